"""What a policy takes over from another: merged by key, told where it is written, never `mode`."""

from __future__ import annotations

import pytest

from controller.core.policy.model import LoggingPolicy
from controller.core.policy.policy_set import PolicySet
from tests.core.policy.test_schema import faults
from tests.core.policy.written import SMALLEST, parsed, places

BASE = """\
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata: {name: base}
spec:
  mode: Enforce
  priority: 7
  match: [{clusters: ["prod-*"]}, {clusters: ["live-*"]}]
  destinations: [{awslogs: {group: "/ecs/{cluster}", streamPrefix: "{service}"}}]
  logGroup: {create: true, retentionInDays: 30}
  rollout: {cooldown: 1h, maxConcurrent: {total: 5, perCluster: 2}}
  rules: {delivery-mode: {severity: Low}}
"""


def heir(spec: str = "", *, name: str = "heir", base: str = "base") -> str:
    """Return a policy that extends another, with a priority of its own and more lines."""
    return f"""\
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata: {{name: {name}}}
spec:
  extends: {base}
  priority: 9
{spec}"""


def policies_of(*texts: str) -> dict[str, LoggingPolicy]:
    result = parsed(*texts)
    assert result.problems == ()
    assert result.policies is not None
    return {one.name: one for one in result.policies.policies}


def test_what_a_policy_does_not_state_is_as_in_the_one_that_it_extends() -> None:
    both = policies_of(BASE, heir())

    assert both["heir"].match == both["base"].match
    assert both["heir"].destinations == both["base"].destinations
    assert both["heir"].rollout == both["base"].rollout


def test_mode_and_name_are_never_taken_over() -> None:
    both = policies_of(BASE, heir())

    assert (both["base"].mode, both["heir"].mode) == ("Enforce", "Audit")
    assert both["heir"].name == "heir"


def test_maps_are_merged_down_to_their_leaves() -> None:
    spec = (
        "  logGroup: {retentionInDays: 7}\n"
        "  rollout: {maxConcurrent: {total: 3}}\n"
        "  rules: {log-driver: {severity: High}}\n"
    )
    one = policies_of(BASE, heir(spec))["heir"]

    assert one.log_group is not None
    assert (one.log_group.create, one.log_group.retention_in_days) == (True, 7)
    assert one.rollout.cooldown.total_seconds() == 3600
    assert (one.rollout.max_concurrent.total, one.rollout.max_concurrent.per_cluster) == (3, 2)
    assert {rule: said.severity for rule, said in one.rules.items()} == {
        "delivery-mode": "Low",
        "log-driver": "High",
    }


def test_lists_are_replaced() -> None:
    one = policies_of(BASE, heir('  match: [{services: ["web"]}]\n'))["heir"]

    assert [selector.services for selector in one.match] == [("web",)]
    assert one.match[0].clusters == ()


def test_a_null_takes_nothing_over() -> None:
    assert policies_of(BASE, heir("  logGroup: null\n"))["heir"].log_group is None


def test_a_chain_is_followed_to_its_end_in_any_order_of_files() -> None:
    texts = (
        heir("  logGroup: {retentionInDays: 1}\n", name="third", base="second"),
        heir("  logGroup: {create: false}\n", name="second").replace("priority: 9", "priority: 8"),
        BASE,
    )
    one = policies_of(*texts)["third"]

    assert one.log_group is not None
    assert (one.log_group.create, one.log_group.retention_in_days) == (False, 1)
    assert one.rollout.max_concurrent.per_cluster == 2


def test_a_wrong_value_is_told_once_and_where_it_is_written() -> None:
    wrong = BASE.replace("cooldown: 1h", "cooldown: soon")
    texts = (heir(), wrong, heir(name="other").replace("priority: 9", "priority: 11"))

    assert places(parsed(*texts)) == ["b.yaml:10:23 InvalidValue"]


def test_a_value_of_the_heir_hides_a_wrong_one_only_in_the_heir() -> None:
    wrong = BASE.replace("retentionInDays: 30", "retentionInDays: 31")

    assert places(parsed(wrong, heir("  logGroup: {retentionInDays: 7}\n"))) == [
        "a.yaml:9:45 InvalidValue"
    ]


def test_what_is_wrong_with_the_heir_is_told_in_its_own_file() -> None:
    assert places(parsed(BASE, heir("  rollout: {cooldwn: 1h}\n"))) == ["b.yaml:7:13 UnknownKey"]


def test_an_unknown_rule_that_is_taken_over_is_told_once() -> None:
    wrong = BASE.replace("delivery-mode:", "delivery-mod:")

    assert places(parsed(wrong, heir())) == ["a.yaml:11:11 UnknownRule"]


def test_a_base_that_lacks_something_is_told_and_its_heirs_are_not() -> None:
    wrong = "\n".join(line for line in BASE.splitlines() if "match:" not in line)

    assert places(parsed(wrong, heir())) == ["a.yaml:4:1 MissingKey"]


def test_equal_priorities_that_were_taken_over_tie_as_any_do() -> None:
    [problem] = parsed(BASE, heir().replace("  priority: 9\n", "")).problems

    assert problem.reason == "AmbiguousPriority"
    assert (problem.file, problem.line) == ("b.yaml", 5)  # where the heir says whom it extends
    assert "`base` (a.yaml:6:3)" in problem.message


@pytest.mark.parametrize(
    ("named", "hint"),
    [
        ("bas", "did you mean `base`?"),
        ("elsewhere", "name a LoggingPolicy of the same set"),
    ],
)
def test_a_name_that_nobody_has_is_told_alone(named: str, hint: str) -> None:
    result = parsed(BASE, heir(base=named))

    assert places(result) == ["b.yaml:5:12 UnknownPolicy"]
    assert result.problems[0].hint == hint


def test_an_exception_cannot_be_extended() -> None:
    exception = """\
apiVersion: ecs-logging/v1alpha1
kind: PolicyException
metadata: {name: vendor}
spec: {rules: ["*"], match: [{services: [x]}], reason: x, expires: 2027-03-31}
"""

    assert places(parsed(exception, heir(base="vendor"))) == ["b.yaml:5:12 UnknownPolicy"]


def test_a_policy_that_extends_itself_is_refused() -> None:
    [problem] = parsed(heir(name="base")).problems

    assert (problem.reason, problem.line, problem.column) == ("ExtendsItself", 5, 12)
    assert problem.message == "a policy cannot extend itself: `base` → `base`"


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_a_circle_is_named_once_whoever_is_looked_at_first(order: tuple[int, ...]) -> None:
    texts = (
        heir(name="a", base="b"),
        heir(name="b", base="c"),
        heir(name="c", base="a"),
        heir(name="outside", base="b"),
    )
    [problem] = parsed(*(texts[index] for index in order)).problems

    assert problem.message == "a policy cannot extend itself: `a` → `b` → `c` → `a`"
    assert problem.file == f"{'abcd'[order.index(2)]}.yaml"  # where the circle closes


def test_more_policies_in_a_row_than_anybody_could_follow_are_refused() -> None:
    def numbered(number: int) -> str:
        text = heir(name=f"p{number}", base=f"p{number - 1}")
        return text.replace("priority: 9", f"priority: {number}")

    base = BASE.replace("name: base", "name: p0").replace("priority: 7", "priority: 0")
    row = [base, *(numbered(number) for number in range(1, 21))]

    assert {one.reason for one in parsed("---\n".join(row)).problems} == {"TooLarge"}
    assert parsed("---\n".join(row[:20])).problems == ()


@pytest.mark.parametrize("named", ["[]", "{}", "Base", "7", '""'])
def test_what_cannot_be_a_name_is_told(named: str) -> None:
    result = parsed(BASE, heir(base=named))

    assert [(one.file, one.line, one.column) for one in result.problems] == [("b.yaml", 5, 12)]


def test_who_extends_nobody_states_everything() -> None:
    assert places(parsed(heir(base="null"))) == ["a.yaml:4:1 MissingKey"] * 2


def test_a_shape_that_is_wrong_is_told_of_whoever_has_it() -> None:
    assert places(parsed(BASE, heir("  rollout: []\n"))) == ["b.yaml:7:12 InvalidValue"]
    without_spec = "\n".join(BASE.splitlines()[:3])
    assert places(parsed(without_spec, heir())) == ["a.yaml:1:1 MissingKey"]
    shapeless = "apiVersion: ecs-logging/v1alpha1\nkind: LoggingPolicy\nmetadata: {name: base}\n"
    assert places(parsed(shapeless + "spec: 1\n", heir())) == ["a.yaml:4:7 InvalidValue"]


def test_the_digest_is_of_what_is_said_not_of_who_said_it_first() -> None:
    written_out = BASE.replace("name: base", "name: heir").replace("  mode: Enforce\n", "")
    written_out = written_out.replace("priority: 7", "priority: 9")
    extended = parsed(BASE, heir()).policies
    repeated = parsed(BASE, written_out).policies

    assert isinstance(extended, PolicySet)
    assert isinstance(repeated, PolicySet)
    assert extended.digest == repeated.digest


def test_an_editor_wants_match_and_destinations_only_of_who_extends_nobody() -> None:
    assert faults(heir()) == []
    assert faults(SMALLEST.replace("match:", "exclude:")) != []
