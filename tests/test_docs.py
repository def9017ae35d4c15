"""What must hold for the pages in docs/: they name what the code knows, all of it, and no more."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from botocore.session import Session

from controller.core.document.edit import apply
from controller.core.document.json import Document
from controller.core.frameworks import CONTROLS
from controller.core.judge.finding import Subject
from controller.core.judge.rule import Rule
from controller.core.judge.setting import settings_for
from controller.core.log_group.claims import Joined
from controller.core.log_group.observed import LogGroup
from controller.core.log_group.rules import RULES as GROUP_RULES
from controller.core.log_group.verdict import judge as judge_group
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.parse import parse
from controller.core.policy.problem import Reason as ProblemReason
from controller.core.policy.problem import Source
from controller.core.reasons import CHAPTERS, MEANINGS
from controller.core.refs import LogGroupRef
from controller.core.rules import RULES
from controller.core.service.context import ServiceContext
from controller.core.service.gates import GATES
from controller.core.service.memory import MEMORY
from controller.core.service.rules import RULES as SERVICE_RULES
from controller.core.service.verdict import judge as judge_service
from controller.core.state.verbs import VERBS
from controller.report.markdown.reasons import render as reasons_page
from controller.report.markdown.rules import points
from controller.report.markdown.rules import render as rules_page

ROOT = Path(__file__).parent.parent
CONTROLLER = ROOT / "controller"
MODULES = [
    module
    for module in sorted(CONTROLLER.rglob("*.py"))
    if not module.is_relative_to(CONTROLLER / "sandbox")
]
PAGES = sorted(
    page
    for page in ROOT.rglob("*.md")
    if not any(part.startswith(".") for part in page.relative_to(ROOT).parts)
)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    """Return the text of a page in docs/."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """Return a page without its blocks of code."""
    return FENCE.sub("", text)


def sections(text: str, level: int) -> list[tuple[str, str]]:
    """Return the headings of a level and what stands below each."""
    mark = "#" * level
    parts = re.split(rf"^{mark} (.+)$", text, flags=re.MULTILINE)[1:]
    bodies = (re.split(rf"^#{{1,{level}}} ", body, flags=re.MULTILINE)[0] for body in parts[1::2])
    return [(title.strip("` "), body) for title, body in zip(parts[::2], bodies, strict=True)]


def blocks(text: str, language: str) -> list[str]:
    """Return the blocks of code in one language."""
    return [body for known, body in FENCE.findall(text) if known == language]


def table(text: str, *, columns: int) -> list[list[str]]:
    """Return the rows of all tables that have so many columns, without their heads."""
    rows = [
        [cell.strip().replace("\\<", "<") for cell in line.strip().strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    rules = [at for at, row in enumerate(rows) if set("".join(row)) <= {"-", ":"}]
    heads = {at - 1 for at in rules} | set(rules)
    return [row for at, row in enumerate(rows) if at not in heads and len(row) == columns]


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def name_called(call: ast.Call) -> str:
    return ast.unparse(call.func).rsplit(".", 1)[-1]


def texts(value: ast.expr, tree: ast.Module) -> Iterator[str]:
    """Yield the literal texts that an expression may stand for.

    A name stands for what its module assigns to it. An attribute, a parameter or an import hands
    on what another place has made, where its literal is found. Anything else is more than this
    understands, and fails the test rather than hiding a text from it.
    """
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from texts(body, tree)
            yield from texts(other, tree)
        case ast.Name(id=name) if assigned := list(assignments(name, tree)):
            for given in assigned:
                yield from texts(given, tree)
        case ast.Name(id=name) if name in handed_in(tree):
            pass
        case ast.Attribute() | ast.Constant(value=None):
            pass
        case _:
            pytest.fail(f"cannot tell which text this is: {ast.unparse(value)}")


def assignments(name: str, tree: ast.Module) -> Iterator[ast.expr]:
    """Yield what a module assigns to a name, also where it assigns to several at once."""
    for node in (one for one in ast.walk(tree) if isinstance(one, ast.Assign)):
        (target,) = node.targets
        pairs = [(target, node.value)]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = list(zip(target.elts, node.value.elts, strict=True))
        for given, value in pairs:
            if isinstance(given, ast.Name) and given.id == name:
                yield value


def handed_in(tree: ast.Module) -> set[str]:
    """Return the names of a module's parameters, imports and captured patterns."""
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.arg(arg=name) | ast.alias(name=name) | ast.MatchAs(name=str(name)):
                names.add(name)
            case _:
                pass
    return names


# ── reasons ───────────────────────────────────────────────────────────────────────────────────────


def codes_said(call: ast.Call) -> Iterator[ast.expr]:
    """Yield the expressions of a call that state a reason's code."""
    match name_called(call):
        case "Reason" | "refuse" if call.args:
            yield call.args[0]
        case "Refuse" if len(call.args) > 1:
            yield call.args[1]
        case "Setting":
            yield from (one.value for one in call.keywords if one.arg == "held")
        case _:
            pass
    yield from (one.value for one in call.keywords if one.arg == "blocked")
    if name_called(call) == "Refuse":
        yield from (one.value for one in call.keywords if one.arg == "reason")


def codes_of_the_code() -> set[str]:
    """Return the code of every reason that a person may read."""
    codes = {reason.value for reason in ProblemReason}
    for module in MODULES:
        tree = tree_of(module)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            for said in codes_said(call):
                codes.update(texts(said, tree))
    for node in tree_of(CONTROLLER / "core/judge/finding.py").body:
        match node:
            case ast.Assign(targets=[ast.Name()], value=ast.Constant(value=str(code))):
                codes.add(code)
            case _:
                pass
    return codes


def reasons() -> list[tuple[str, str]]:
    return sections(page("reasons.md"), 3)


def test_every_reason_has_a_section_and_every_section_is_a_reason() -> None:
    headings = [code for code, _ in reasons()]

    assert len(headings) == len(set(headings))
    assert set(headings) == codes_of_the_code()


def test_every_reason_says_what_it_looks_like_what_to_do_and_whether_it_passes() -> None:
    silent = [
        f"{one.code}.{member.name}"
        for one in MEANINGS.values()
        for member in fields(one)
        if not getattr(one, member.name).strip()
    ]

    assert silent == []


def test_the_reasons_of_a_chapter_stand_in_order() -> None:
    assert [
        chapter.title
        for chapter in CHAPTERS
        if [*chapter.meanings] != sorted(chapter.meanings, key=lambda one: one.code)
    ] == []


def test_no_reason_is_told_twice() -> None:
    assert len(MEANINGS) == sum(len(chapter.meanings) for chapter in CHAPTERS)


def test_the_page_of_reasons_is_current() -> None:
    assert page("reasons.md") == reasons_page(CHAPTERS), "make docs"


# ── permissions ───────────────────────────────────────────────────────────────────────────────────

COMPANIONS = {  # not called, but asked for by what is called
    "iam:PassRole",  # RegisterTaskDefinition, with a role in the document
    "ecs:TagResource",  # RegisterTaskDefinition, with tags
    "logs:TagResource",  # CreateLogGroup, with tags
    "codedeploy:RegisterApplicationRevision",  # CreateDeployment, for its AppSpec
    "codedeploy:GetDeploymentConfig",  # CreateDeployment, for that of the group
}
FOR_ANYBODY = {"sts:GetCallerIdentity"}
SAID_BY_PEOPLE = "operator_writer"  # the module by which people speak, with their permissions
HAND_ON = {"api", "wire"}  # the modules through which every call goes, and which make none
READS = re.compile(r"\w+:(Describe|List|Get|BatchGet)[A-Z]\w+")


def service_of(module: Path) -> str:
    spoken = {
        "logs": "logs",
        "kms": "kms",
        "ssm": "ssm",
        "s3": "s3",
        "alarms": "cloudwatch",
        "identity": "sts",
        "code": "codedeploy",
    }
    return spoken.get(module.stem.split("_")[0], "ecs")


def operation_said(call: ast.Call) -> ast.expr | None:
    """Return the expression by which a call says which operation it is; None for other calls."""
    match call.func, call.args:
        case ast.Attribute(attr="call" | "send" | "pages" | "_pages" | "parsed" | "streamed"), [
            said,
            *_,
        ]:
            return said
        case ast.Name(id="describe_all"), [_, said, *_]:
            return said
        case _:
            return None


def operations_of(module: Path) -> Iterator[str]:
    """Yield the operations that a module of controller/aws calls, as IAM names them."""
    tree, service = tree_of(module), service_of(module)
    known = Session().get_service_model(service).operation_names
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if (said := operation_said(call)) is not None:
            for operation in texts(said, tree):
                assert operation in known, f"{service} has no {operation}"
                yield f"{service}:{operation}"


def operations(*, write: bool) -> set[str]:
    """Return what the readers call, with *write* also what the writers do."""
    modules = (one for one in (CONTROLLER / "aws").glob("*.py") if one.stem not in HAND_ON)
    ours = (one for one in modules if one.stem != SAID_BY_PEOPLE)
    wanted = (one for one in ours if write or not one.stem.endswith("_writer"))
    return {operation for module in wanted for operation in operations_of(module)} - FOR_ANYBODY


def policy(title: str) -> dict[str, Any]:
    """Return the IAM policy that stands below a heading of the page."""
    body = next(body for name, body in sections(page("permissions.md"), 2) if name == title)
    document: dict[str, Any] = json.loads(blocks(body, "json")[0])
    return document


def granted(document: dict[str, Any]) -> list[str]:
    return [action for one in document["Statement"] for action in one["Action"]]


def test_the_audit_policy_grants_what_the_readers_call_and_no_more() -> None:
    assert set(granted(policy("Audit"))) == operations(write=False)


def test_what_people_need_is_told_besides() -> None:
    body = next(body for name, body in sections(page("permissions.md"), 2) if name == "Approve")

    said = set(operations_of(CONTROLLER / "aws" / f"{SAID_BY_PEOPLE}.py"))
    told = {f"ecs:{one}" for one in re.findall(r"ecs:(\w+Resource)\b", body)}
    assert told == said
    tags = {one.tag.replace("<policy>", "*") for one in VERBS}
    assert tags <= set(re.findall(r"`(ecs-logging/[\w.*-]+)`", body))


def test_the_audit_policy_grants_no_write() -> None:
    assert [action for action in granted(policy("Audit")) if not READS.fullmatch(action)] == []


def test_the_enforce_policy_grants_what_is_called_and_what_that_asks_for() -> None:
    assert set(granted(policy("Enforce"))) == operations(write=True) | COMPANIONS


def test_the_enforce_policy_begins_with_the_audit_policy() -> None:
    audit, enforce = (policy(title)["Statement"] for title in ("Audit", "Enforce"))

    assert enforce[: len(audit)] == audit


def test_a_role_is_passed_to_tasks_only() -> None:
    passing = [one for one in policy("Enforce")["Statement"] if "iam:PassRole" in one["Action"]]

    assert [one["Condition"] for one in passing] == [
        {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}
    ]


def test_every_statement_is_explained() -> None:
    explained = {title for title, _ in sections(page("permissions.md"), 3)}

    assert {one["Sid"] for one in policy("Enforce")["Statement"]} <= explained


def test_every_operation_is_said_to_be_called_by_somebody() -> None:
    told = prose(page("permissions.md"))

    assert [one for one in granted(policy("Enforce")) if f"`{one}`" not in told] == []


# ── rules ─────────────────────────────────────────────────────────────────────────────────────────


def example_policy() -> LoggingPolicy:
    known = {rule.id for rule in RULES}
    parsed = parse([Source("rules.md", blocks(page("rules.md"), "yaml")[0])], known_rules=known)
    assert parsed.policies is not None, parsed.problems
    return parsed.policies.policies[0]


def running(members: Document) -> Document:
    """Return the task definition whose one container has these members."""
    return {"family": "web", "containerDefinitions": [{"name": "web", **members}]}


def test_every_rule_has_a_section_and_every_section_is_a_rule() -> None:
    assert [title for title, _ in sections(page("rules.md"), 2)] == [rule.id for rule in RULES]


def test_the_page_of_rules_is_current() -> None:
    assert page("rules.md") == rules_page(RULES), "make docs"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_on_what_it_relies_what_it_does_and_where_aws_says_so(
    rule: Rule[Any, Any],
) -> None:
    told = rule.explained

    assert points(told.relies_on)
    assert points(told.does)
    assert all(url.startswith("https://") for url in told.sources)
    assert told.sources


def test_every_control_that_a_rule_names_is_known() -> None:
    named = {control for rule in RULES for control in rule.explained.frameworks}

    assert named <= {control.id for control in CONTROLS}


@pytest.mark.parametrize("rule", SERVICE_RULES, ids=lambda rule: rule.id)
def test_the_example_of_a_rule_for_services_is_what_the_rule_does(rule: Rule[Any, Any]) -> None:
    before, after = rule.explained.before, rule.explained.after
    names = {"cluster": "prod-1", "service": "web", "region": "eu-central-1"}
    context = ServiceContext(example_policy(), names, "non-blocking")
    subject = Subject("111122223333", "eu-central-1", "service", "prod-1", "web")

    verdict = judge_service(running(before), context, subject, group_settings={})

    assert {finding.rule for finding in verdict.judgement.findings} == {rule.id}
    assert apply(running(before), verdict.enforced) == running(after)


@pytest.mark.parametrize("rule", GROUP_RULES, ids=lambda rule: rule.id)
def test_the_example_of_a_rule_for_log_groups_is_what_the_rule_does(rule: Rule[Any, Any]) -> None:
    before, after = rule.explained.before, rule.explained.after
    governing = example_policy()
    assert governing.log_group is not None
    days = governing.log_group.retention_in_days
    assert isinstance(days, int)
    asked = Joined(
        policies=(governing.name,),
        create=governing.log_group.create,
        retention_in_days=days,
        allow_shorter_retention=governing.allow.shorter_retention,
        settings=settings_for(GROUP_RULES, governing),
        kms_key_id=governing.log_group.kms_key_id,
        log_group_class=governing.log_group.log_group_class,
        deletion_protection=governing.log_group.deletion_protection,
    )
    ref = LogGroupRef("111122223333", "eu-central-1", "aws", "/ecs/prod-1/web")
    group, key = LogGroup(ref, before, {}), "arn:aws:kms:eu-central-1:111122223333:key/1234abcd"

    now = datetime(2026, 11, 22, tzinfo=UTC)

    judgement = judge_group(group, asked, "ecs-logging-controller", now=now, key=key).judgement

    assert rule.id in {finding.rule for finding in judgement.findings}
    assert apply(before, judgement.enforced) == after


# ── safety ────────────────────────────────────────────────────────────────────────────────────────


def test_everything_that_is_remembered_is_told_with_where_it_is_read_back() -> None:
    rows = table(page("safety.md"), columns=2)

    assert [[one.fact, one.read_back_from] for one in MEMORY] == [
        row for row in rows if not row[0].startswith("`")
    ]


def test_the_gates_are_told_in_their_order() -> None:
    rows = table(page("safety.md"), columns=2)

    assert [row[0] for row in rows if row[0].startswith("`")] == [
        f"`{gate.__name__}`" for gate in GATES
    ]


def test_the_verbs_by_which_people_speak_are_told_as_they_are() -> None:
    rows = [[cell.strip("`") for cell in row] for row in table(page("by-hand.md"), columns=5)]

    assert [row[:4] for row in rows] == [
        [one.typed, one.scope, one.tag, one.sets or "taken away"] for one in VERBS
    ]
    assert [row[4] for row in table(page("by-hand.md"), columns=5)] == [one.effect for one in VERBS]


# ── links ─────────────────────────────────────────────────────────────────────────────────────────


def anchors(text: str) -> set[str]:
    """Return the anchors of a page: those of its headings, as GitHub makes them, and its own."""
    titles = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    made = {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}
    return made | set(re.findall(r'<a id="([^"]+)"></a>', prose(text)))


def is_broken(source: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    linked = (source.parent / path) if path else source
    if not linked.exists():
        return True
    return bool(anchor) and anchor not in anchors(linked.read_text(encoding="utf-8"))


@pytest.mark.parametrize("source", PAGES, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_the_relative_links_of_a_page_lead_somewhere(source: Path) -> None:
    text = prose(source.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    relative = [target for target in targets if not re.match(r"[a-z]+:", target)]

    assert [target for target in relative if is_broken(source, target)] == []
