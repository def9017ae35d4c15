"""The vocabulary of these tests: targets, what was found of them, and reports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from controller.core.consent import NOT_ENFORCED, Change
from controller.core.document.diff import Change as Line
from controller.core.document.patch import Operation
from controller.core.document.path import ROOT, Path, named
from controller.core.judge.finding import Finding
from controller.core.move import CreateLogGroup, Move
from controller.core.outcome import Outcome, Proposal
from controller.core.policy.severity import Severity
from controller.core.reason import Health, Reason, Sync
from controller.core.refs import LogGroupRef, Ref, ServiceRef
from controller.core.report import Report
from controller.report.page import Page

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DIGEST = "0123456789abcdef" * 4
PAGE = Page()
MODE = ROOT / "containerDefinitions" / named("web") / "logConfiguration" / "options" / "mode"


def service(name: str = "web", *, cluster: str = "prod", region: str = "eu-west-1") -> ServiceRef:
    """Return the ref of a service."""
    return ServiceRef("111122223333", region, "aws", cluster, name)


def log_group(name: str = "/ecs/web") -> LogGroupRef:
    """Return the ref of a log group."""
    return LogGroupRef("111122223333", "eu-west-1", "aws", name)


def finding(severity: Severity = Severity.HIGH, blocked: str | None = None) -> Finding:
    """Return a finding of one container."""
    return Finding(
        id="a1b2c3d4e5f6",
        rule="delivery-mode",
        severity=severity,
        container="web",
        path=str(MODE),
        message="container web does not hand over its logs as the policy says",
        fixable=blocked is None,
        blocked=blocked,
    )


def outcome(
    ref: Ref | None = None,
    sync: Sync = Sync.COMPLIANT,
    *,
    health: Health = Health.HEALTHY,
    reason: Reason | None = None,
    findings: tuple[Finding, ...] = (),
    proposal: Proposal | None = None,
    move: Move | None = None,
) -> Outcome:
    """Return how one target stands; by default, as it should."""
    return Outcome(
        ref=ref or service(),
        sync=sync,
        health=health,
        requeue_after=timedelta(minutes=5),
        reason=reason,
        policy="production",
        task_definition=None if isinstance(ref, LogGroupRef) else "arn:aws:…:task-definition/web:7",
        findings=findings,
        proposal=proposal,
        move=move,
    )


def proposal(ref: Ref | None = None, *, held: frozenset[Path] = frozenset()) -> Proposal:
    """Return the proposal to make a container non-blocking; one that is *held* has no patch."""
    operation: Operation = {
        "op": "replace",
        "path": "/containerDefinitions/0/mode",
        "value": "non-blocking",
    }
    patch = () if held else (operation,)
    lines = (Line(MODE, "blocking", "non-blocking"),)
    return Proposal(Change(ref or service(), "f" * 64, "a" * 64), lines, patch, held)


def drifted(ref: Ref | None = None, *, reason: Reason = NOT_ENFORCED) -> Outcome:
    """Return a target that differs, and that only the process's yes holds, or what *reason* is."""
    return outcome(ref, Sync.DRIFTED, reason=reason, findings=(finding(),), proposal=proposal(ref))


def report(*outcomes: Outcome, gaps: tuple[str, ...] = ()) -> Report:
    """Return the report of these outcomes."""
    return Report(NOW, DIGEST, outcomes, gaps)


# ── any report at all ─────────────────────────────────────────────────────────────────────────────

TEXTS = st.text(max_size=150) | st.sampled_from(
    ["", "x" * 300, "two words", "日本語" * 40, "a\x1b[31m"]
)
NAMES = st.text("abcdefgh-_/.", min_size=1, max_size=255)
REGIONS = st.sampled_from(["eu-west-1", "ap-southeast-2"])
REFS: st.SearchStrategy[Ref] = st.builds(service, NAMES, cluster=NAMES, region=REGIONS) | st.builds(
    log_group, NAMES
)
REASONS = st.builds(Reason, st.sampled_from(["AuditOnly", "X" * 60]), TEXTS, TEXTS)
LINES = st.builds(
    Line,
    st.sampled_from([MODE, ROOT / "retentionInDays", ROOT / "tags" / named("x" * 200) / "é" / "y"]),
    TEXTS | st.none(),
    TEXTS | st.none(),
)
PROPOSALS = st.builds(
    Proposal,
    st.just(Change(service(), "f" * 64, "a" * 64)),
    st.lists(LINES, max_size=4).map(tuple),
    st.just(()),
    st.sampled_from([frozenset(), frozenset({MODE})]),
)
FINDINGS = st.builds(
    Finding,
    id=st.just("a1b2c3d4e5f6"),
    rule=st.sampled_from(["log-driver", "r" * 40]),
    severity=st.sampled_from(Severity),
    container=TEXTS | st.none(),
    path=TEXTS,
    message=TEXTS,
    fixable=st.booleans(),
    blocked=st.sampled_from([None, "Unknown", "AuditOnly"]),
)
OUTCOMES = st.builds(
    outcome,
    REFS,
    st.sampled_from(Sync),
    health=st.sampled_from(Health),
    reason=REASONS | st.none(),
    findings=st.lists(FINDINGS, max_size=3).map(tuple),
    proposal=PROPOSALS | st.none(),
    move=st.just(CreateLogGroup(log_group(), {})) | st.none(),
)
REPORTS = st.builds(
    Report,
    st.just(NOW),
    st.just(DIGEST),
    st.lists(OUTCOMES, max_size=4).map(tuple),
    st.lists(TEXTS, max_size=2).map(tuple),
)
