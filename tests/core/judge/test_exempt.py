"""What is exempt is found and told by whose word, and is neither a violation nor mended."""

from __future__ import annotations

from datetime import date

import pytest

from controller.core.document.edit import Set
from controller.core.document.path import ROOT, named
from controller.core.document.unresolved import Unresolved
from controller.core.judge.demand import Refuse, Want
from controller.core.judge.setting import Exemption, Setting, settings_for, strictest
from controller.core.policy.exception import PolicyException
from controller.core.policy.mode import Mode
from controller.core.policy.selector import ContainerSelector, Selector
from controller.core.policy.severity import Severity
from controller.core.policy.standing import Standing
from controller.core.reason import Reason
from tests.core.judge.rules import ENFORCE, evaluated, rule
from tests.core.service.given import policy

A, B = ROOT / "a", ROOT / "b"
CONTAINERS = ROOT / "containerDefinitions"
DRIVER = rule("driver", Want(A, "x", "told"))
OPTIONS = rule("options", Want(B, "y", "told"), needs=("driver",))
TWO = {"containerDefinitions": [{"name": "web"}, {"name": "vendor"}]}
OF_BOTH = rule(
    "driver",
    Want(CONTAINERS / named("web") / "image", "x", "told"),
    Want(CONTAINERS / named("vendor") / "image", "x", "told"),
)


def exempt(*containers: str, mode: Mode = Mode.ENFORCE) -> Setting:
    """Return a setting from which some containers, or everything, are exempt."""
    names = frozenset(containers) or None
    return Setting(mode, Severity.HIGH, exemptions=(Exemption("vendor-image", names),))


def test_what_is_exempt_is_told_and_not_mended() -> None:
    judgement = evaluated({}, DRIVER, settings={"driver": exempt()})

    [finding] = judgement.findings
    assert (finding.blocked, finding.exempt_by) == ("Exempt", "vendor-image")
    assert (finding.is_violation, finding.is_unsure, finding.fixable) == (False, False, False)
    assert (judgement.edits, judgement.enforced) == ((), ())


def test_what_is_met_needs_no_exemption() -> None:
    assert evaluated({"a": "x"}, DRIVER, settings={"driver": exempt()}).findings == ()


@pytest.mark.parametrize("mode", [Mode.AUDIT, Mode.ENFORCE])
def test_what_is_exempt_is_so_in_every_mode(mode: Mode) -> None:
    [finding] = evaluated({}, DRIVER, settings={"driver": exempt(mode=mode)}).findings

    assert finding.blocked == "Exempt"


def test_what_is_not_known_and_exempt_forbids_nothing() -> None:
    hole = Unresolved("Ref Name")
    judgement = evaluated({"a": hole}, DRIVER, settings={"driver": exempt()})

    assert [one.blocked for one in judgement.findings] == ["Exempt"]
    assert judgement.unknown_in_enforce == ()


def test_a_refusal_is_exempt_too() -> None:
    asking = rule("driver", Refuse(A, "RouterInUse", "told"))

    [finding] = evaluated({}, asking, settings={"driver": exempt()}).findings
    assert finding.blocked == "Exempt"


def test_an_exemption_of_containers_spares_those_alone() -> None:
    judgement = evaluated(TWO, OF_BOTH, settings={"driver": exempt("vendor")})

    assert {one.container: one.blocked for one in judgement.findings} == {
        "web": None,
        "vendor": "Exempt",
    }
    assert judgement.enforced == (Set(CONTAINERS / named("web") / "image", "x"),)


def test_what_is_of_no_container_is_exempt_only_with_everything() -> None:
    [finding] = evaluated({}, DRIVER, settings={"driver": exempt("vendor")}).findings

    assert finding.blocked is None


def test_a_rule_whose_need_is_exempt_is_held() -> None:
    judgement = evaluated({}, DRIVER, OPTIONS, settings={"driver": exempt()})

    assert {one.rule: one.blocked for one in judgement.findings} == {
        "driver": "Exempt",
        "options": "RuleDependency",
    }
    assert judgement.enforced == ()


def test_edits_that_are_not_made_are_in_nobodys_way() -> None:
    other = rule("other", Want(A, "z", "told"))
    judgement = evaluated({}, DRIVER, other, settings={"driver": exempt()})

    assert [one.blocked for one in judgement.findings] == ["Exempt", None]
    assert judgement.enforced == (Set(A, "z"),)


def test_why_an_edit_is_held_is_what_the_setting_says() -> None:
    held = Setting(Mode.AUDIT, Severity.LOW, held="InGracePeriod")

    assert [one.blocked for one in evaluated({}, DRIVER, settings={"driver": held}).findings] == [
        "InGracePeriod"
    ]


# ── settings ──────────────────────────────────────────────────────────────────────────────────────


def exception(*rules: str, containers: tuple[str, ...] = ()) -> PolicyException:
    return PolicyException(
        name="vendor-image",
        rules=rules,
        match=(Selector(clusters=("*",)),),
        containers=(ContainerSelector(names=containers),) if containers else None,
        reason="vendor image",
        expires=date(2027, 3, 31),
    )


def standing(
    *exceptions: PolicyException, cap: Mode = Mode.ENFORCE, code: str | None = None
) -> Standing:
    held = None if code is None else Reason(code, "told")
    return Standing(policy(), cap, held, exceptions)


def test_a_cap_holds_every_rule_and_says_why() -> None:
    capped = standing(cap=Mode.AUDIT, code="OwnerTag")
    by = policy(rules={"options": {"mode": "Audit"}})

    assert settings_for((DRIVER, OPTIONS), by, capped) == {
        "driver": Setting(Mode.AUDIT, Severity.LOW, "OwnerTag"),
        "options": Setting(Mode.AUDIT, Severity.LOW, "AuditOnly"),
    }


def test_an_exception_is_of_the_rules_that_it_names() -> None:
    settings = settings_for((DRIVER, OPTIONS), policy(), standing(exception("driver")))

    assert settings["driver"].exempt_by(None) == "vendor-image"
    assert settings["options"].exempt_by(None) is None


def test_an_exception_of_every_rule_is_of_all() -> None:
    settings = settings_for((DRIVER, OPTIONS), policy(), standing(exception("*")))

    assert {one.exempt_by("web") for one in settings.values()} == {"vendor-image"}


def test_an_exception_of_containers_needs_to_be_told_which_these_are() -> None:
    stands = standing(exception("*", containers=("vendor*",)))
    told = settings_for(
        (DRIVER,), policy(), stands, containers={"vendor-image": frozenset({"vendor-1"})}
    )
    untold = settings_for((DRIVER,), policy(), stands)

    assert [told["driver"].exempt_by(one) for one in ("vendor-1", "web", None)] == [
        "vendor-image",
        None,
        None,
    ]
    assert [untold["driver"].exempt_by(one) for one in ("vendor-1", None)] == [None, None]


@pytest.mark.parametrize(
    ("stated", "severity"),
    [
        ({}, "Low"),
        ({"severity": "High"}, "High"),
        ({"rules": {"driver": {"severity": "Critical"}}}, "Critical"),
        ({"severity": "High", "rules": {"driver": {"severity": "Medium"}}}, "Medium"),
        ({"severity": "High", "rules": {"driver": {"mode": "Audit"}}}, "High"),
    ],
)
def test_a_rules_entry_goes_before_its_policys_severity_and_that_before_its_own(
    stated: dict[str, object], severity: str
) -> None:
    assert settings_for((DRIVER,), policy(**stated))["driver"].severity == severity


def test_a_group_is_exempt_where_any_who_claims_it_is() -> None:
    assert strictest([ENFORCE, exempt()]).exempt_by(None) == "vendor-image"


def test_of_several_the_reason_of_the_weakest_is_told() -> None:
    held = Setting(Mode.AUDIT, Severity.LOW, "InGracePeriod")

    assert strictest([ENFORCE, held]) == Setting(Mode.AUDIT, Severity.HIGH, "InGracePeriod")
