"""What must hold after every step, whatever happened: each law a function over the evidence.

A law raises AssertionError with what broke it. None of them asks the controller, nor its gates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from tests.model.aws.state import Json, Revision
from tests.model.witness import NAMED, ROLE, Ledger, Setting, is_of_a_controller

A_LOOK: Final = timedelta(minutes=3)
"""How long a look at a service may take at most, with the time until a policy is read anew."""

BASE: Final = f"{NAMED}base"
DIGEST: Final = f"{NAMED}digest"
SUSPENDED: Final = f"{NAMED}suspended"


@dataclass(slots=True)
class Terms:
    """What was agreed upon in this run: the budget, and for how many controllers.

    `enforced` tells since when policies enforce, None while they do not, oldest first.
    """

    at_once: int
    share: float
    span: timedelta
    controllers: int
    enforced: list[tuple[datetime, bool]] = field(default_factory=list)

    def enforces(self, at: datetime) -> bool:
        """Tell whether the policies did so at the time or shortly before."""
        before = [is_so for since, is_so in self.enforced if since <= at - A_LOOK]
        lately = [is_so for since, is_so in self.enforced if at - A_LOOK < since <= at]
        return any([*before[-1:], *lately])


Law: TypeAlias = Callable[[Ledger, Terms], None]


def rolls(ledger: Ledger) -> Iterator[Setting]:
    """Yield the settings that were rolls."""
    return (one for one in ledger.settings if one.is_roll)


def budget_held(ledger: Ledger, terms: Terms) -> None:
    """No roll began while as many services as may be at once were being rolled or watched, nor
    beyond the share of the governed ones in the time. For one controller only: several do not know
    of each other before AWS shows it.
    """
    if terms.controllers > 1:
        return
    begun: list[Setting] = []
    for one in rolls(ledger):
        assert len(one.flying) < terms.at_once, f"{one} was one too many at once"
        since = one.at - terms.span + A_LOOK
        there = {each.arn for each in ledger.account.services.values()}
        begun = [each for each in begun if each.at > since and each.service.arn in there]
        most = max(1, int(max(one.existing, len(there)) * terms.share))
        assert len(begun) < most, f"{one} was one too many within {terms.span}"
        begun.append(one)


def no_roll_started_outside_gates(ledger: Ledger, terms: Terms) -> None:
    """No roll began where the process could see a deployment under way, a service that a person
    had suspended or scaled to zero, or an INACTIVE revision; nor while the policies only audited.
    """
    for one in rolls(ledger):
        assert one.seen is not None, f"{one} went without a look"
        assert one.at - one.seen < A_LOOK, f"{one} came long after the last look"
        assert one.target_was_active, f"{one} went to an INACTIVE revision"
        assert terms.enforces(one.at), f"{one} was made though policies only audit"
        if one.was_known:
            at_rest = one.state == "COMPLETED" and one.deployments == 1
            assert at_rest, f"{one} went over a deployment under way"


def nobodys_release_undone(ledger: Ledger, terms: Terms) -> None:
    """What somebody else began is neither rolled away nor returned, if it was there to be seen.

    A roll keeps what it goes over: it corrects the very revision that runs. A return goes from a
    deployment of a controller to what that had corrected. What is begun in the moment between the
    last look and the write nobody can see: ECS has no condition for that.
    """
    for one in (one for one in ledger.settings if one.was_known):
        if one.is_roll:
            assert one.to.tags[BASE] == one.over.task_definition, f"{one} corrects something else"
            continue
        assert one.over.by.startswith(ROLE), f"{one} undid what {one.over.by} began"
        left = ledger.account.revision(one.over.task_definition)
        assert left.tags.get(BASE) == one.to.arn, f"{one} did not go to where it had come from"
    for other in ledger.stoppings:
        assert other.change.by.startswith(ROLE), f"{other} stopped what is not a controller's"


def no_second_try_at_what_is_held(ledger: Ledger, terms: Terms) -> None:
    """A logging that failed on a service is not rolled out to it again, by whatever name."""
    failed: dict[int, list[object]] = {}
    for one in ledger.settings:
        tried = failed.setdefault(id(one.service), [])
        if one.is_roll:
            assert logging_of(one.to.document) not in tried, f"{one} had failed before"
            tried += [logging_of(one.to.document)] if _ended_badly(one) else []
        else:
            left = ledger.account.revision(one.over.task_definition)
            tried.append(logging_of(left.document))


def _ended_badly(roll: Setting) -> bool:
    """Tell whether ECS took the service back from this roll, and remembers that it did."""
    history = roll.service.history
    return any(
        change.created == roll.at
        and change.task_definition == roll.to.arn
        and change.status in {"ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"}
        for change in history
    )


def no_member_lost(ledger: Ledger, terms: Terms) -> None:
    """What a controller registers is its base, tags and all, in everything but the logging."""
    for one in ledger.registrations:
        base = ledger.account.revision(one.tags[BASE])
        assert _without_logging(one) == _without_logging(base), f"{one.arn} is not {base.arn}"
        kept = {key: value for key, value in one.tags.items() if not key.startswith(NAMED)}
        carried = {k: v for k, v in base.tags.items() if not k.startswith((NAMED, "aws:"))}
        assert kept == carried, f"{one.arn} has not the tags of {base.arn}"


def registrations_bounded(ledger: Ledger, terms: Terms) -> None:
    """No family gets more than two revisions an hour from each controller, nor two that are the
    same and both ACTIVE.
    """
    an_hour = timedelta(hours=1).total_seconds() - A_LOOK.total_seconds()
    seen: dict[tuple[str, str], list[Revision]] = {}
    for one in ledger.registrations:
        family = str(one.document["family"])
        at = one.document["registeredAt"]
        before = [each for each in ledger.registrations if each.document["family"] == family]
        within = [each for each in before if at - an_hour < each.document["registeredAt"] <= at]
        assert len(within) <= 2 * terms.controllers, f"{one.arn} is the {len(within)}th in an hour"
        if one.is_active:
            seen.setdefault((one.tags[BASE], one.tags[DIGEST]), []).append(one)
    for same in seen.values():
        arns = [one.arn for one in same]
        assert len(same) <= terms.controllers, f"{arns} are the same, and all ACTIVE"


def no_conflicting_write(ledger: Ledger, terms: Terms) -> None:
    """No process sets a service while it could see that another one's setting is under way."""
    for one in ledger.settings:
        others = one.over.by.startswith(ROLE) and one.over.by != f"{ROLE}/{one.process}"
        if one.is_roll and others and one.was_known:
            assert one.state != "IN_PROGRESS", f"{one} went over what {one.over.by} had begun"


ALWAYS: Final[tuple[Law, ...]] = (
    budget_held,
    no_roll_started_outside_gates,
    nobodys_release_undone,
    no_second_try_at_what_is_held,
    no_member_lost,
    registrations_bounded,
    no_conflicting_write,
)


def no_service_left_on_a_revision_that_failed(ledger: Ledger) -> None:
    """Once all is quiet, no service stands on a corrected revision that does not run.

    Save where there is no way back: its base is INACTIVE; where somebody else put it there; or
    where its host broke after the roll had proven itself.
    """
    for service in ledger.account.services.values():
        primary = service.primary
        now = ledger.account.revision(primary.task_definition)
        if not is_of_a_controller(now) or not primary.by.startswith(ROLE):
            continue
        ended, broken = (
            primary.part_of.finished,
            ledger.account.broken.get(now.arn.rsplit("/", 1)[-1].partition(":")[0]),
        )
        if ended is not None and broken is not None and ended + ledger.bake < broken:
            continue
        failed = primary.rollout != "COMPLETED" or service.running < service.desired
        has_a_way = ledger.account.revision(now.tags[BASE]).is_active
        assert not (failed and has_a_way), f"{service.arn} was left on {now.arn}"


def at_most_one_orphan(ledger: Ledger, terms: Terms) -> None:
    """Once all is quiet, each controller left at most one ACTIVE revision in a family that nothing
    uses and that never did its work: those that a release has superseded did.
    """
    account = ledger.account
    worked = {
        change.task_definition
        for one in ledger.settings
        for change in one.service.history
        if change.status == "SUCCESSFUL"
    }
    used = {*account.in_use(), *worked}
    for family, revisions in account.families.items():
        ours = [one for one in revisions if is_of_a_controller(one) and one.is_active]
        unused = [one.arn for one in ours if one.arn not in used]
        assert len(unused) <= terms.controllers, f"{family} is left with {unused}"


def it_is_quiet(ledger: Ledger, *, since: datetime) -> None:
    """Nothing was written any more *since*."""
    settings: list[Any] = [*ledger.settings, *ledger.stoppings]
    settings = [one for one in settings if one.at > since]
    writes = [one for one in ledger.writes if one.at > since]
    assert not settings, f"it does not come to rest: {settings}"
    assert not writes, f"it does not come to rest: {writes}"


def logging_of(document: Json) -> object:
    """Return how each container logs, to compare."""
    containers = document["containerDefinitions"]
    return sorted((one["name"], repr(one.get("logConfiguration"))) for one in containers)


def _without_logging(revision: Revision) -> Json:
    output_only = {
        "taskDefinitionArn",
        "revision",
        "status",
        "requiresAttributes",
        "compatibilities",
        "registeredAt",
        "registeredBy",
        "deregisteredAt",
    }
    bare = {key: one for key, one in revision.document.items() if key not in output_only}
    bare["containerDefinitions"] = [
        {key: value for key, value in one.items() if key != "logConfiguration"}
        for one in revision.document["containerDefinitions"]
    ]
    return bare
