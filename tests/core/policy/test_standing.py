"""How far a policy goes with a service, moment by moment: whatever holds it can only weaken it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.core.policy.exception import PolicyException
from controller.core.policy.mode import Mode, weakest
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.owner_tags import OwnerTags
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.select import Subject
from controller.core.policy.selector import Selector
from controller.core.policy.standing import Standing, in_the_end, standing
from tests.core.policy.written import governing

NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
UNTAGGED: Final[Mapping[str, str]] = {}
TICK = timedelta(microseconds=1)


def enforcing(**members: object) -> LoggingPolicy:
    """Return a policy that enforces, with members more."""
    return governing("one").model_copy(update={"mode": Mode.ENFORCE, **members})


def exception(
    name: str = "spared", *, expires: str = "2027-03-31", **match: tuple[str, ...]
) -> PolicyException:
    """Return an exception of every rule, for what matches."""
    return PolicyException(
        name=name,
        rules=("*",),
        match=(Selector.model_validate(match or {"services": ("web",)}),),
        reason="vendor image",
        expires=date.fromisoformat(expires),
    )


def stands(
    policy: LoggingPolicy,
    *exceptions: PolicyException,
    tags: Mapping[str, str] | None = UNTAGGED,
    created_at: datetime | None = LONG_AGO,
    now: datetime = NOW,
    service: str | None = "web",
) -> Standing:
    """Return how the policy stands to the service `web` of the cluster `prod`."""
    subject = Subject("prod", service, tags=tags)
    policies = PolicySet.of([policy], exceptions)
    return standing(policies, policy, subject, created_at=created_at, now=now)


def held(one: Standing) -> tuple[Mode, str | None]:
    """Return how far it goes, and the reason why no further."""
    return one.cap, None if one.held is None else one.held.code


@pytest.mark.parametrize("mode", list(Mode))
def test_a_policy_that_nothing_holds_goes_all_its_way(mode: Mode) -> None:
    one = stands(enforcing(mode=mode))

    assert (held(one), one.exemptions, one.changes_at) == ((mode, None), (), None)


# ── grace ─────────────────────────────────────────────────────────────────────────────────────────

EFFECTIVE = date(2027, 1, 10)
BEGINS = datetime(2027, 1, 10, tzinfo=UTC)
WEEK = timedelta(days=7)
MADE_LATER = datetime(2027, 1, 12, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("grace", "created_at", "over"),
    [
        pytest.param(WEEK, LONG_AGO, BEGINS + WEEK, id="an old service, from the day"),
        pytest.param(WEEK, MADE_LATER, MADE_LATER + WEEK, id="a new service, from its making"),
        pytest.param(WEEK, BEGINS, BEGINS + WEEK, id="made at the very moment"),
        pytest.param(timedelta(0), LONG_AGO, BEGINS, id="without grace, at the day"),
        pytest.param(timedelta(0), None, BEGINS, id="without grace, whenever it was made"),
    ],
)
def test_it_enforces_from_the_moment_at_which_the_grace_is_over(
    grace: timedelta, created_at: datetime | None, over: datetime
) -> None:
    policy = enforcing(effective_from=EFFECTIVE, grace_period=grace)
    before = stands(policy, created_at=created_at, now=over - TICK)
    after = stands(policy, created_at=created_at, now=over)

    assert held(before) == (Mode.AUDIT, "InGracePeriod")
    assert before.changes_at == over
    assert (held(after), after.changes_at) == ((Mode.ENFORCE, None), None)


def test_of_a_service_whose_making_is_not_known_the_grace_is_never_over() -> None:
    policy = enforcing(effective_from=date(2001, 1, 1), grace_period=WEEK)
    one = stands(policy, created_at=None)

    assert held(one) == (Mode.AUDIT, "InGracePeriod")
    assert one.held is not None
    assert "not known" in one.held.message
    assert one.changes_at is None


def test_a_policy_in_audit_is_not_held_by_its_grace() -> None:
    policy = enforcing(mode=Mode.AUDIT, effective_from=date(2030, 1, 1), grace_period=WEEK)

    assert held(stands(policy)) == (Mode.AUDIT, None)


# ── the owner's tags ──────────────────────────────────────────────────────────────────────────────

MODE, UNTIL, SUSPENDED = (f"ecs-logging/{key}" for key in ("mode", "exempt-until", "suspended"))
AUDIT = (Mode.AUDIT, "OwnerTag")


@pytest.mark.parametrize(
    ("tags", "expected", "warned"),
    [
        pytest.param({"team": "x"}, (Mode.ENFORCE, None), False, id="others"),
        pytest.param({MODE: "Audit"}, AUDIT, False, id="Audit"),
        pytest.param({MODE: "Enforce"}, AUDIT, True, id="more than a policy is not for owners"),
        pytest.param({MODE: "audit"}, AUDIT, True, id="misspelt"),
        pytest.param({MODE: ""}, AUDIT, True, id="empty"),
        pytest.param({MODE: "Disabled"}, AUDIT, True, id="Disabled for ever"),
        pytest.param({MODE: "Disabled", UNTIL: "soon"}, AUDIT, True, id="until no day"),
        pytest.param({MODE: "Disabled", UNTIL: "2027-01-14"}, AUDIT, True, id="until yesterday"),
        pytest.param(
            {MODE: "Disabled", UNTIL: "2027-01-15"}, (Mode.DISABLED, "OwnerTag"), False, id="today"
        ),
        pytest.param({UNTIL: "2027-01-15"}, (Mode.ENFORCE, None), False, id="a day for nothing"),
        pytest.param({SUSPENDED: "true"}, (Mode.AUDIT, "OwnerSuspended"), False, id="suspended"),
        pytest.param({SUSPENDED: ""}, (Mode.AUDIT, "OwnerSuspended"), False, id="without a value"),
        pytest.param({SUSPENDED: "False"}, (Mode.ENFORCE, None), False, id="not suspended"),
        pytest.param(
            {SUSPENDED: "true", MODE: "Disabled", UNTIL: "2027-01-15"},
            (Mode.DISABLED, "OwnerTag"),
            False,
            id="the weaker of two",
        ),
    ],
)
def test_what_an_owner_says(
    tags: dict[str, str], expected: tuple[Mode, str | None], *, warned: bool
) -> None:
    one = stands(enforcing(), tags=tags)

    assert held(one) == expected
    assert bool(one.warnings) is warned


def test_an_owner_is_exempt_to_the_end_of_the_day() -> None:
    tags = {MODE: "Disabled", UNTIL: "2027-01-15"}
    over = datetime(2027, 1, 16, tzinfo=UTC)
    last, after = (stands(enforcing(), tags=tags, now=now) for now in (over - TICK, over))

    assert (held(last), last.changes_at) == ((Mode.DISABLED, "OwnerTag"), over)
    assert last.off is not None
    assert held(after) == AUDIT
    assert after.off is None


def test_no_value_of_a_tag_is_repeated() -> None:
    one = stands(enforcing(), tags={MODE: "hunter2"})

    assert one.held is not None
    assert "hunter2" not in f"{one.held} {one.warnings}"


def test_tags_that_were_not_read_hold_everything() -> None:
    assert held(stands(enforcing(), tags=None)) == (Mode.AUDIT, "OwnerTagsUnread")


def test_a_policy_that_reports_tags_tells_of_them_and_goes_on() -> None:
    policy = enforcing(owner_tags=OwnerTags.REPORT)
    one = stands(policy, tags={MODE: "Audit"})

    assert held(one) == (Mode.ENFORCE, None)
    assert len(one.warnings) == 1
    assert held(stands(policy, tags=None)) == (Mode.ENFORCE, None)


def test_a_policy_that_ignores_tags_does_not_look() -> None:
    policy = enforcing(owner_tags=OwnerTags.IGNORE)

    assert stands(policy, tags={MODE: "nonsense"}) == stands(policy, tags=None)
    assert held(stands(policy, tags={MODE: "Audit"})) == (Mode.ENFORCE, None)


# ── exceptions ────────────────────────────────────────────────────────────────────────────────────


def test_an_exception_holds_until_its_day_is_over() -> None:
    one = exception()
    over = datetime(2027, 4, 1, tzinfo=UTC)
    last, after = (stands(enforcing(), one, now=now) for now in (over - TICK, over))

    assert (last.exemptions, last.changes_at) == ((one,), over)
    assert (after.exemptions, after.changes_at) == ((), None)
    assert held(last) == held(after) == (Mode.ENFORCE, None)


def test_an_exception_for_others_is_none() -> None:
    one = stands(enforcing(), exception(services=("billing",)))

    assert (one.exemptions, one.changes_at) == ((), None)


def test_where_it_is_not_known_whether_an_exception_matches_nothing_is_written() -> None:
    one = stands(enforcing(), exception(families=("web",)))

    assert held(one) == (Mode.AUDIT, "ExemptionUndecided")
    assert one.exemptions == ()
    assert one.changes_at == datetime(2027, 4, 1, tzinfo=UTC)


def test_an_exception_that_is_over_leaves_nothing_undecided() -> None:
    over = exception(expires="2027-01-14", families=("web",))

    assert held(stands(enforcing(), over)) == (Mode.ENFORCE, None)


def test_it_changes_at_the_first_of_all_moments() -> None:
    policy = enforcing(effective_from=date(2027, 1, 18))
    soon, late = exception("soon", expires="2027-01-16"), exception("late")

    assert stands(policy, soon, late).changes_at == datetime(2027, 1, 17, tzinfo=UTC)
    assert stands(policy, late).changes_at == datetime(2027, 1, 18, tzinfo=UTC)


# ── all together ──────────────────────────────────────────────────────────────────────────────────

DAYS = st.dates(date(2027, 1, 1), date(2027, 2, 1))
VALUES = st.sampled_from(["Audit", "Disabled", "Enforce", "nonsense", "true", "2027-01-20"])


@given(
    mode=st.sampled_from(Mode),
    owner_tags=st.sampled_from(OwnerTags),
    tags=st.none() | st.dictionaries(st.sampled_from([MODE, UNTIL, SUSPENDED]), VALUES),
    effective_from=st.none() | DAYS,
    created_at=st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 31)),  # noqa: DTZ001  # made UTC below
    expires=DAYS,
)
def test_whatever_is_said_nothing_goes_further_than_the_policy(
    mode: Mode,
    owner_tags: OwnerTags,
    tags: dict[str, str] | None,
    effective_from: date | None,
    created_at: datetime | None,
    expires: date,
) -> None:
    policy = enforcing(
        mode=mode,
        owner_tags=owner_tags,
        effective_from=effective_from,
        grace_period=WEEK if effective_from else timedelta(0),
    )
    one = stands(
        policy,
        exception(expires=expires.isoformat()),
        tags=tags,
        created_at=created_at and created_at.replace(tzinfo=UTC),
    )

    assert weakest(one.cap, mode) is one.cap
    assert (one.held is None) is (one.cap is mode)
    assert one.changes_at is None or one.changes_at > NOW


@given(moment=st.datetimes(datetime(2027, 1, 1), datetime(2027, 2, 1)), expires=DAYS)  # noqa: DTZ001  # made UTC below
def test_nothing_changes_before_the_moment_at_which_it_may(moment: datetime, expires: date) -> None:
    policy = enforcing(effective_from=EFFECTIVE, grace_period=WEEK)
    spared = exception(expires=expires.isoformat())
    tags = {MODE: "Disabled", UNTIL: "2027-01-12"}
    now = moment.replace(tzinfo=UTC)
    one = stands(policy, spared, tags=tags, now=now)
    if one.changes_at is not None:
        later = stands(policy, spared, tags=tags, now=one.changes_at - TICK)
        assert (held(later), later.exemptions) == (held(one), one.exemptions)


# ── in the end ────────────────────────────────────────────────────────────────────────────────────


def at_the_end(policy: LoggingPolicy, tags: Mapping[str, str] | None) -> Standing:
    """Return how far the policy goes with `web` once all that ends by itself is over."""
    return in_the_end(policy, Subject("prod", "web", tags=tags), now=NOW)


@pytest.mark.parametrize("mode", list(Mode))
def test_in_the_end_there_is_neither_grace_nor_exception(mode: Mode) -> None:
    policy = enforcing(mode=mode, effective_from=date(2030, 1, 1), grace_period=WEEK)

    end = at_the_end(policy, UNTAGGED)

    assert (held(end), end.exemptions) == ((mode, None), ())


def test_in_the_end_the_owners_word_still_holds() -> None:
    assert held(at_the_end(enforcing(), {"ecs-logging/mode": "Audit"})) == (Mode.AUDIT, "OwnerTag")


def test_in_the_end_what_the_owner_says_has_been_read() -> None:
    assert held(stands(enforcing(), tags=None)) == (Mode.AUDIT, "OwnerTagsUnread")
    assert held(at_the_end(enforcing(), None)) == (Mode.ENFORCE, None)
