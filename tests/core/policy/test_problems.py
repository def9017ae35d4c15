"""Everything that is wrong with a policy is told at once, each with its place and what to do."""

from __future__ import annotations

from textwrap import dedent

import pytest

from controller.core.policy.problem import Problem, Reason
from controller.core.policy.yaml.node import plain
from controller.core.policy.yaml.read import read
from tests.core.policy.written import SMALLEST, parsed, places

KINDS = "write one of: LoggingPolicy, PolicyException, PolicySet"

BAD = """\
apiVersion: ecs-logging/v1
kind: LoggingPolicy
metadata: {name: Prod}
spec:
  mode: enforce
  prioritty: 3
  match:
    - {}
    - clusters: [001122334455, {cluster}, true, ""]
    - services: []
  destinations:
    - containers: {names: [a], image: 1}
      awslogs: {group: "/a b/{clutser}", streamPrefix: "{x", mode: blocking, maxBufferSize: 25m}
    - awslogs: {group: x}
      keep: [gruop]
  accept:
    - {driver: splnk, output: datadog}
    - {driver: splunk, output: datadog}
  logGroup: {retentionInDays: 100, create: "yes"}
  rules: {delivery-mod: {mode: Off}, log-driver: {severity: high}}
  owners: Patch
  rollout: {maxConcurrent: {total: 0}, maxPer: {share: 10, in: 24}}
  allow: {shorterRetention: 1}
  mode: Audit
"""


def test_every_problem_of_a_file_is_told_at_once_and_in_order() -> None:
    assert places(parsed(BAD)) == [
        "a.yaml:1:13 InvalidValue",
        "a.yaml:3:18 InvalidValue",
        "a.yaml:5:9 InvalidValue",
        "a.yaml:6:3 UnknownKey",
        "a.yaml:8:7 InvalidValue",
        "a.yaml:9:18 UnquotedAccountId",
        "a.yaml:9:32 UnquotedTemplate",
        "a.yaml:9:43 InvalidValue",
        "a.yaml:9:49 InvalidValue",
        "a.yaml:10:17 InvalidValue",
        "a.yaml:12:32 UnknownKey",
        "a.yaml:13:24 UnknownVariable",
        "a.yaml:13:24 InvalidValue",
        "a.yaml:13:56 InvalidValue",
        "a.yaml:13:93 InvalidValue",
        "a.yaml:14:7 MissingKey",
        "a.yaml:15:14 InvalidValue",
        "a.yaml:17:16 InvalidValue",
        "a.yaml:18:32 InvalidValue",
        "a.yaml:19:31 InvalidValue",
        "a.yaml:19:44 InvalidValue",
        "a.yaml:20:11 UnknownRule",
        "a.yaml:20:32 InvalidValue",
        "a.yaml:20:61 InvalidValue",
        "a.yaml:21:11 InvalidValue",
        "a.yaml:22:36 InvalidValue",
        "a.yaml:22:56 InvalidValue",
        "a.yaml:22:64 InvalidValue",
        "a.yaml:23:29 InvalidValue",
        "a.yaml:24:3 DuplicateKey",
    ]


def test_one_problem_refuses_all_policies_of_all_files() -> None:
    other = SMALLEST.replace("small", "other").replace('"*"', '"prod"') + "  priority: 1\n"
    result = parsed(SMALLEST, other + "  modus: Audit\n")

    assert result.policies is None
    assert places(result) == ["b.yaml:8:3 UnknownKey"]


def test_problems_of_all_files_and_documents_come_in_their_order() -> None:
    wrong = SMALLEST + "  x: 1\n"

    assert places(parsed(f"{wrong}---\n{wrong}", wrong, "- [")) == [
        "a.yaml:7:3 UnknownKey",
        "a.yaml:15:3 UnknownKey",
        "b.yaml:7:3 UnknownKey",
        "c.yaml:1:3 Syntax",
    ]


@pytest.mark.parametrize(
    ("spec", "place", "message", "hint"),
    [
        (
            "  prioritty: 1",
            "a.yaml:7:3 UnknownKey",
            "`prioritty` is no key of this mapping",
            "did you mean `priority`?",
        ),
        (
            "  log_group: {}",
            "a.yaml:7:3 UnknownKey",
            "`log_group` is no key of this mapping",
            "did you mean `logGroup`?",
        ),
        (
            "  allow: {zzz: true}",
            "a.yaml:7:11 UnknownKey",
            "`zzz` is no key of this mapping",
            (
                "known here: interruption, scaledToZero, sharedFamilies, inactiveBase, "
                "shorterRetention, codeDeploy, deregisterSuperseded"
            ),
        ),
        (
            "  rollout: {maxPer: {span: 24h}}",
            "a.yaml:7:22 UnknownKey",
            "`span` is no key of this mapping",
            "known here: share, in",
        ),
        (
            "  mode: Enforced",
            "a.yaml:7:9 InvalidValue",
            "`Enforced` is not one of: Disabled, Audit, Enforce",
            "did you mean Enforce?",
        ),
        (
            "  mode: Off",
            "a.yaml:7:9 InvalidValue",
            "`Off` is not one of: Disabled, Audit, Enforce",
            None,
        ),
        (
            "  mode: [Audit]",
            "a.yaml:7:9 InvalidValue",
            "a value is wanted here",
            "write one of: Disabled, Audit, Enforce",
        ),
        (
            "  mode:",
            "a.yaml:7:3 InvalidValue",
            "a value is wanted here",
            "write one of: Disabled, Audit, Enforce",
        ),
        (
            "  priority: high",
            "a.yaml:7:13 InvalidValue",
            "a whole number is wanted here, without quotes",
            None,
        ),
        (
            "  containers: {exclude: [{names: [123456789012]}]}",
            "a.yaml:7:35 UnquotedAccountId",
            "the account id 123456789012 without quotes is a number",
            'put it in quotes: "123456789012"',
        ),
        (
            "  containers: {exclude: [{names: [1234]}]}",
            "a.yaml:7:35 InvalidValue",
            "a text is wanted here, and `1234` without quotes is none",
            'put it in quotes: "1234"',
        ),
        (
            "  containers: {exclude: [{names: [{service}]}]}",
            "a.yaml:7:35 UnquotedTemplate",
            "{service} without quotes is a YAML mapping",
            'put the value in quotes: "…{service}…"',
        ),
        (
            "  containers: {exclude: [{}]}",
            "a.yaml:7:26 InvalidValue",
            "this selector selects by nothing",
            'write `names`, `images` or `essential`; `names: ["*"]` stands for all',
        ),
        (
            "  accept: [{driver: awslogs, output: s3}]",
            "a.yaml:7:38 InvalidValue",
            "only awsfirelens has an output",
            "remove it, or write `driver: awsfirelens`",
        ),
        (
            "  accept: [{driver: splunk, options: {splunk-url: 1}}]",
            "a.yaml:7:51 InvalidValue",
            "a text is wanted here, and `1` without quotes is none",
            'put it in quotes: "1"',
        ),
        (
            "  rules: {delivery-mod: {}}",
            "a.yaml:7:11 UnknownRule",
            "there is no rule `delivery-mod`",
            "did you mean `delivery-mode`?",
        ),
        (
            "  rules: {xyz: {}}",
            "a.yaml:7:11 UnknownRule",
            "there is no rule `xyz`",
            "the rules are: awslogs-options, delivery-mode, log-driver",
        ),
        (
            "  rules: [log-driver]",
            "a.yaml:7:10 InvalidValue",
            "a mapping is wanted here",
            None,
        ),
        (
            "  rollout: {maxConcurrent: {perCluster: 0}}",
            "a.yaml:7:41 InvalidValue",
            "this must be at least 1",
            None,
        ),
        (
            "  mode: !Ref Mode",
            "a.yaml:7:9 TagRefused",
            "a policy has no tags such as !Ref",
            "remove it; a value in quotes is a text",
        ),
    ],
)
def test_a_problem_says_what_and_where_and_what_to_do(
    spec: str, place: str, message: str, hint: str | None
) -> None:
    result = parsed(SMALLEST + spec)
    (problem,) = result.problems

    assert places(result) == [place]
    assert (problem.message, problem.hint) == (message, hint)
    assert problem.shown == spec


@pytest.mark.parametrize(
    ("left_out", "place", "message"),
    [
        ("apiVersion: ecs-logging/v1alpha1\n", "1:1", "this needs the key `apiVersion`"),
        ("kind: LoggingPolicy\n", "1:1", "this needs the key `kind`"),
        ("metadata: {name: small}\n", "1:1", "this needs the key `metadata`"),
        ("name: small", "3:1", "`metadata` needs the key `name`"),
        ('  match: [{clusters: ["*"]}]\n', "4:1", "`spec` needs the key `match`"),
        ('group: "/ecs/{cluster}", ', "6:19", "`awslogs` needs the key `group`"),
        (', streamPrefix: "{service}"', "6:19", "`awslogs` needs the key `streamPrefix`"),
    ],
)
def test_a_key_that_is_missing_is_told_at_the_mapping_that_lacks_it(
    left_out: str, place: str, message: str
) -> None:
    (problem,) = parsed(SMALLEST.replace(left_out, "")).problems

    assert problem.reason == "MissingKey"
    assert f"{problem.line}:{problem.column}" == place
    assert problem.message == message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[]", "a.yaml:1:1 InvalidValue"),
        ("text", "a.yaml:1:1 InvalidValue"),
        ("kind: LogingPolicy", "a.yaml:1:7 InvalidValue"),
        ("kind: [LoggingPolicy]", "a.yaml:1:7 InvalidValue"),
        ("kind: 1", "a.yaml:1:7 InvalidValue"),
    ],
)
def test_what_is_no_policy_at_all_is_told_so(text: str, place: str) -> None:
    assert place in places(parsed(text))


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n---\n", "null", "\ufeff"])
def test_a_file_without_a_policy_is_a_problem(text: str) -> None:
    assert places(parsed(text)) == ["a.yaml:1:1 NoPolicies"]
    assert places(parsed(SMALLEST, text)) == ["b.yaml:1:1 NoPolicies"]


def test_no_file_is_a_problem() -> None:
    (problem,) = parsed().problems

    assert problem == Problem(
        file="(no file)",
        line=1,
        column=1,
        reason=problem.reason,
        message="no policy was given",
        hint="name a file, or a directory that holds one",
        shown="",
    )
    assert problem.reason == "NoPolicies"


def test_empty_documents_beside_a_policy_are_no_problem() -> None:
    assert parsed(f"---\n---\n{SMALLEST}---\n").problems == ()


def test_only_the_last_destination_may_select_everything_and_must() -> None:
    text = dedent("""\
        apiVersion: ecs-logging/v1alpha1
        kind: LoggingPolicy
        metadata: {name: a}
        spec:
          match: [{clusters: ["*"]}]
          destinations:
            - awslogs: {group: a, streamPrefix: a}
            - awslogs: {group: b, streamPrefix: b}
            - awslogs: {group: c, streamPrefix: c}
              containers: [{names: [c]}]
        """)

    assert places(parsed(text)) == [
        "a.yaml:7:7 InvalidValue",
        "a.yaml:8:7 InvalidValue",
        "a.yaml:10:19 InvalidValue",
    ]


def test_a_complaint_about_yaml_is_not_repeated_about_its_value() -> None:
    assert places(parsed(SMALLEST + "  priority: *unknown")) == ["a.yaml:7:13 Syntax"]


def test_the_place_of_a_problem_is_in_its_line_however_long_that_is() -> None:
    (problem,) = parsed(SMALLEST + f"  exclude: [{{services: [{'y' * 1_000}], zzz: 1}}]").problems

    assert problem.shown[problem.column - 1 :] == "zzz: 1}]"


@pytest.mark.parametrize(
    ("kind", "message", "hint"),
    [
        (
            "PolicyTest",
            "a PolicyTest is a test of policies, and no policy",
            "name its file *.test.yaml; `policy test` runs it",
        ),
        ("ConfigMap", "`ConfigMap` is no kind of document", KINDS),
        ("", "a kind is wanted here", KINDS),
        ('""', "a kind is wanted here", KINDS),
        ("~", "a kind is wanted here", KINDS),
        ("{a: b}", "a kind is wanted here", KINDS),
        ("LogingPolicy", "`LogingPolicy` is no kind of document", "did you mean LoggingPolicy?"),
    ],
)
def test_a_kind_that_is_none_is_told_with_those_that_are(
    kind: str, message: str, hint: str
) -> None:
    (problem,) = parsed(SMALLEST.replace("kind: LoggingPolicy", f"kind: {kind}")).problems

    assert (problem.line, problem.message, problem.hint) == (2, message, hint)


@pytest.mark.parametrize(
    ("spec", "place", "template"),
    [
        ("  logGroup: {retentionInDays: {var:x}}", "7:31", "{var:x}"),
        ("  logGroup: {retentionInDays: {tag:days|30}}", "7:31", "{tag:days|30}"),
        ("  mode: {var:mode}", "7:9", "{var:mode}"),
        ("  exclude: [{clusters: {cluster}}]", "7:24", "{cluster}"),
        ("  allow: {interruption: {var:x}}", "7:25", "{var:x}"),
        ("  rollout: {maxPer: {share: {var:s}, in: 24h}}", "7:29", "{var:s}"),
        ("  rules: {log-driver: {var:x}}", "7:23", "{var:x}"),
    ],
)
def test_a_template_without_quotes_is_told_as_one_wherever_it_stands(
    spec: str, place: str, template: str
) -> None:
    (problem,) = parsed(SMALLEST + spec).problems

    assert f"{problem.line}:{problem.column} {problem.reason}" == f"{place} UnquotedTemplate"
    assert problem.message == f"{template} without quotes is a YAML mapping"


def test_a_mapping_that_is_no_template_is_not_told_as_one() -> None:
    (problem,) = parsed(SMALLEST + "  containers: {exclude: [{names: [{a: b}]}]}").problems

    assert (problem.reason, problem.message) == ("InvalidValue", "a text is wanted here")


@pytest.mark.parametrize(
    ("size", "hint"), [("25", "write 25m"), ("26214400", "write 25m"), ("1.5", "write 25m")]
)
def test_a_size_without_its_unit_is_told_so_that_the_hint_is_valid(size: str, hint: str) -> None:
    text = SMALLEST.replace("}}]", f", maxBufferSize: {size}}}}}]")
    (problem,) = parsed(text).problems

    assert (problem.reason, problem.hint) == ("InvalidValue", hint)
    assert parsed(text.replace(size, "25m")).problems == ()


@pytest.mark.parametrize(
    ("spec", "hint"),
    [
        ("  exclude: [{clusters: prod}]", "write [prod]"),
        ('  exclude: [{clusters: "prod, *-eu"}]', 'write [prod, "*-eu"]'),
        ("  exclude: [{accounts: 123456789012}]", 'write ["123456789012"]'),
        ("  exclude:\n    clusters: [prod]", "begin it with `- `"),
        ("  exclude: {clusters: [prod]}", "put it in brackets: [{…}]"),
        ("  exclude: prod", None),
    ],
)
def test_what_should_be_a_list_is_told_with_how_to_make_one(spec: str, hint: str | None) -> None:
    (problem,) = parsed(SMALLEST + spec).problems

    assert (problem.message, problem.hint) == ("a list is wanted here", hint)


@pytest.mark.parametrize("key", ["priority", "logGroup: {retentionInDays"])
def test_a_number_that_is_too_large_is_told_so(key: str) -> None:
    (problem,) = parsed(SMALLEST + f"  {key}: {10**20}{'}' if '{' in key else ''}").problems

    assert problem.message == "this number is too large"


def test_a_problem_inside_an_alias_is_told_once_and_where_it_must_be_mended() -> None:
    text = SMALLEST.replace('"*"', "&glob 1") + "  exclude: [{services: [*glob]}]\n"

    assert places(parsed(text)) == ["a.yaml:5:23 InvalidValue"]


def test_a_pair_of_escapes_is_one_character_as_in_json() -> None:
    assert read(r'{"a": "\ud83d\ude48"}').documents[0] == read('{"a": "🙈"}').documents[0]


def test_half_a_pair_is_no_character() -> None:
    reading = read(r'a: "\ud83d"')

    assert [(one.fault.reason, one.mark.column) for one in reading.defects] == [(Reason.SYNTAX, 4)]
    assert plain(reading.documents[0]) == {"a": "\ufffd"}


def test_what_a_slip_of_the_pen_hides_of_the_whole_is_told_beside_it() -> None:
    text = SMALLEST.replace(
        "spec:",
        "spec:\n  mode: Enfroce\n  gracePeriod: 7d\n"
        "  variables: {r: {from: '{tag:env}', map: {a: 31}}}\n"
        "  logGroup: {retentionInDays: '{var:r}'}",
    )

    told = [one.message for one in parsed(text).problems]

    assert len(told) == 3
    assert "`Enfroce`" in told[0]
    assert "effectiveFrom" in told[1] or "effectiveFrom" in str(parsed(text).problems[1].hint)
    assert "31 days" in told[2]


def test_what_only_follows_from_a_slip_is_not_told() -> None:
    text = SMALLEST.replace("spec:", "spec:\n  exclude: [{services: 5}]\n  variables: {r: 3}")

    assert len(parsed(text).problems) == 2
