"""A policy is read as it is written, with the defaults of the design, whatever the layout."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from controller.core.policy.mode import Mode
from controller.core.policy.model import Accepted, ContainerSelector, LogGroupPolicy, OwnerMode
from controller.core.policy.parse import Parsed, parse
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Source
from controller.core.policy.severity import Severity
from tests.core.policy.written import RULES, SMALLEST, governing, parsed, policy_from

FULL = {
    "apiVersion": "ecs-logging/v1alpha1",
    "kind": "LoggingPolicy",
    "metadata": {"name": "full"},
    "spec": {
        "mode": "Enforce",
        "priority": 7,
        "match": [{"clusters": ["prod-*"], "services": ["web"]}],
        "exclude": [{"services": ["legacy-*"]}],
        "containers": {"exclude": [{"names": ["agent"]}]},
        "destinations": [
            {
                "containers": {"names": ["audit-*"]},
                "awslogs": {"group": "/audit", "streamPrefix": "a", "mode": "blocking"},
            },
            {
                "awslogs": {"group": "/{service}", "streamPrefix": "a", "maxBufferSize": "25m"},
                "keep": ["region", "group"],
            },
        ],
        "accept": [{"driver": "awsfirelens", "output": "s3", "options": {"bucket": "logs-*"}}],
        "logGroup": {"create": False, "retentionInDays": 30},
        "rules": {"log-driver": {"mode": "Audit", "severity": "Critical"}},
        "owners": {"cloudformation": "Enforce", "default": "Audit"},
        "rollout": {"maxConcurrent": {"total": 3, "perCluster": 1}, "cooldown": "1h"},
        "allow": {"interruption": True},
    },
}
MAPPINGS = st.sampled_from([(), ("spec",), ("spec", "rollout"), ("spec", "destinations", 1)])


def digest(text: str) -> str:
    result = parsed(text)
    assert result.policies is not None, result.problems
    return result.policies.digest


def test_what_is_not_written_has_the_default_of_the_design() -> None:
    policy = policy_from("")

    assert (policy.name, policy.mode, policy.priority) == ("small", Mode.AUDIT, 0)
    assert (policy.exclude, policy.accept, policy.log_group, policy.rules) == ((), (), None, {})
    assert policy.containers.exclude == ()
    assert (policy.owners.cloudformation, policy.owners.default) == (OwnerMode.PATCH,) * 2
    assert policy.rollout.max_concurrent.total == 1
    assert policy.rollout.max_concurrent.per_account is None
    assert policy.rollout.max_concurrent.per_cluster is None
    assert policy.rollout.max_per.share == Decimal("0.1")
    assert policy.rollout.max_per.span == timedelta(hours=24)
    assert policy.rollout.cooldown == timedelta(minutes=10)
    assert policy.rollout.bake_time == timedelta(minutes=5)
    assert policy.rollout.progress_deadline == timedelta(minutes=15)
    assert not policy.allow.interruption
    assert not policy.allow.shared_families
    assert not policy.allow.shorter_retention


def test_a_destination_has_the_defaults_of_the_design() -> None:
    (destination,) = policy_from("").destinations

    assert destination.containers is None
    assert destination.keep == {"group", "region", "streamPrefix"}
    assert destination.awslogs.region == "{region}"
    assert destination.awslogs.mode == "non-blocking"
    assert destination.awslogs.max_buffer_size is None


def test_everything_that_is_written_is_read() -> None:
    result = parsed(json.dumps(FULL))
    assert result.policies is not None
    (policy,) = result.policies.policies

    assert policy.mode is Mode.ENFORCE
    assert policy.match[0].clusters == ("prod-*",)
    assert policy.exclude[0].services == ("legacy-*",)
    assert policy.destinations[0].containers == (ContainerSelector(names=("audit-*",)),)
    assert policy.destinations[1].keep == {"group", "region"}
    assert policy.destinations[1].awslogs.max_buffer_size == "25m"
    assert policy.accept == (
        Accepted(driver="awsfirelens", output="s3", options={"bucket": "logs-*"}),
    )
    assert policy.log_group == LogGroupPolicy(create=False, retention_in_days=30)
    assert policy.rules["log-driver"].mode is Mode.AUDIT
    assert policy.rules["log-driver"].severity is Severity.CRITICAL
    assert policy.owners.default is OwnerMode.AUDIT
    assert policy.allow.interruption


@pytest.mark.parametrize(
    "containers", ["{names: [a]}", "[{names: [a]}]", "\n      - names:\n        - a\n     "]
)
def test_a_destination_takes_one_selector_or_a_list_of_them(containers: str) -> None:
    policy = parsed(
        SMALLEST.replace(
            "destinations: [",
            f"destinations: [{{awslogs: {{group: g, streamPrefix: s}}, containers: {containers}}},",
        )
        if "\n" not in containers
        else SMALLEST.replace(
            "destinations: [{awslogs: ", f"destinations:\n    - containers:{containers} awslogs: "
        ).replace('"}}]', '"}\n    - awslogs: {group: g, streamPrefix: s}')
    ).policies
    assert policy is not None

    assert policy.policies[0].destinations[0].containers == (ContainerSelector(names=("a",)),)


def test_anchors_and_merge_keys_spare_repetition() -> None:
    spec = (
        "  exclude: &old [{services: [legacy]}]\n"
        "  accept: [&a {driver: splunk, secretOptions: [splunk-token]}, {<<: *a, driver: gelf}]\n"
    )

    assert [shape.driver for shape in policy_from(spec).accept] == ["splunk", "gelf"]
    assert policy_from(spec).accept[1].secret_options == ("splunk-token",)


def test_policies_come_in_the_order_of_their_names() -> None:
    texts = [SMALLEST.replace("small", name) for name in ("b", "a")]
    result = parsed(texts[0], texts[1] + "  priority: 1\n")

    assert result.policies is not None
    assert [policy.name for policy in result.policies.policies] == ["a", "b"]


# ── digest ────────────────────────────────────────────────────────────────────────────────────────


def shuffled(value: object, draw: st.DataObject) -> object:
    """Return a value with the keys of each mapping in another order."""
    match value:
        case dict():
            keys = draw.draw(st.permutations(sorted(value)))
            return {key: shuffled(value[key], draw) for key in keys}
        case list():
            return [shuffled(item, draw) for item in value]
        case _:
            return value


@given(st.data())
def test_the_digest_does_not_know_the_order_of_keys(data: st.DataObject) -> None:
    assert digest(json.dumps(shuffled(FULL, data))) == digest(json.dumps(FULL))


@given(st.lists(st.text(alphabet="abc {}:#é", max_size=9), min_size=7, max_size=7))
def test_the_digest_does_not_know_comments(comments: list[str]) -> None:
    lines = [*SMALLEST.splitlines(), ""]
    commented = "\n".join(f"{a} # {b}" for a, b in zip(lines, comments, strict=True))

    assert digest(commented) == digest(SMALLEST)


def test_the_digest_does_not_know_files_spelling_or_defaults() -> None:
    other = SMALLEST.replace("small", "other") + "  priority: 1\n"
    defaults = (
        "  mode: Audit\n  rollout: {bakeTime: 300s, maxPer: {in: 1d, share: 10.0%}}\n  owners: {}\n"
    )

    assert digest(f"{SMALLEST}---\n{other}") == digest(f"{other}---\n{SMALLEST}")
    assert digest(SMALLEST + defaults) == digest(SMALLEST)


@pytest.mark.parametrize(
    "line", ["mode: Enforce", "priority: 1", "allow: {interruption: true}", "logGroup: {}"]
)
def test_the_digest_knows_what_is_said(line: str) -> None:
    assert digest(f"{SMALLEST}  {line}\n") != digest(SMALLEST)


def test_the_digest_is_a_sha_256_that_depends_on_nothing_but_the_policies() -> None:
    policies = PolicySet.of([governing("b", priority=1), governing("a")])

    assert policies == PolicySet.of([governing("a"), governing("b", priority=1)])
    assert len(policies.digest) == 64
    assert policies.short_digest == policies.digest[:16]


def test_an_old_policy_keeps_its_digest() -> None:
    # People approve digests: a release that changes them makes all of them be asked again.
    assert digest(json.dumps(FULL)) == (
        "5732f244533eb8fecc4e5a7cf5a4fbde0ec20c5cd913e0480fc557cf404006b7"
    )


# ── whatever the text ─────────────────────────────────────────────────────────────────────────────


def check(result: Parsed) -> None:
    """Assert that an answer is one: policies, or problems with places."""
    assert (result.policies is None) == bool(result.problems)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in result.problems)


@given(st.lists(st.text(max_size=60), max_size=3))
@example(['"\\UFFFFFFFF"'])
@example(["%YAML 9999999999999999999999999.1\n--- a"])
def test_parsing_answers_to_any_text(texts: list[str]) -> None:
    check(parsed(*texts))


@given(st.text(alphabet="{}[]:-,&*!|>'\"#%@`?~<= \n\tab1.\\", max_size=60))
def test_parsing_answers_to_any_text_that_looks_like_yaml(text: str) -> None:
    check(parsed(text))


@given(
    st.integers(0, len(SMALLEST)),
    st.integers(0, 12),
    st.text(alphabet="{}[]:-,&*!|>'\"# \nab1", max_size=4),
)
def test_parsing_answers_to_any_slip_of_the_pen(start: int, length: int, typed: str) -> None:
    check(parsed(SMALLEST[:start] + typed + SMALLEST[start + length :]))


@given(
    MAPPINGS,
    st.text(max_size=5),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=4,
    ),
)
def test_a_key_that_nobody_knows_is_never_ignored(
    path: tuple[str | int, ...], key: str, value: object
) -> None:
    document = json.loads(json.dumps(FULL))
    mapping = document
    for step in path:
        mapping = mapping[step]
    known = key in mapping
    mapping[key] = value

    result = parse([Source("a.yaml", json.dumps(document))], known_rules=RULES)

    check(result)
    assert known or result.policies is None
