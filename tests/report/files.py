"""The vocabulary of these tests: what was found in files, and texts that renderers must survive."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from controller.core.check import CheckContext, Checked, Placed
from controller.core.document.unresolved import Span
from controller.core.judge.finding import EXEMPT, Finding
from controller.core.policy.problem import Problem
from controller.core.policy.problem import Reason as ProblemReason
from controller.core.policy.severity import Severity
from controller.core.reason import Reason, Sync

AWKWARD = "|`\\<>&*_[]~$\"'\r\n\t\0\x1b\x85\u2028\ufeff\ufffe\ud800\udcff日😀"
ODD = st.text(st.characters() | st.sampled_from(AWKWARD), max_size=25)


def finding(rule: str = "log-driver", severity: Severity = Severity.HIGH) -> Finding:
    """Return a finding that could be mended."""
    return Finding(
        id="a1b2c3d4e5f6",
        rule=rule,
        severity=severity,
        container="web",
        path="containerDefinitions[name=web].logConfiguration",
        message="container web has no log configuration",
        fixable=True,
    )


def placed(one: Finding | None = None, *, file: str = "web.json", line: int = 4) -> Placed:
    """Return a finding at its place."""
    return Placed(one or finding(), Span(file, line, 5))


def checked(*found: Placed, file: str = "web.json", name: str = "shop") -> Checked:
    """Return a task definition in which this was found."""
    drifted = any(one.finding.is_violation for one in found)
    sync = Sync.DRIFTED if drifted else Sync.COMPLIANT
    return Checked(name, Span(file, 1, 1), CheckContext(), sync, "production", findings=found)


def undecided() -> Checked:
    """Return a task definition of which it is not known what governs it."""
    why = Reason("Undecided", "policy a selects by the cluster", "State it with --context.")
    return replace(checked(), sync=Sync.UNDECIDED, reason=why)


def exempt(one: Finding | None = None) -> Finding:
    """Return a finding that an exception accepts."""
    return replace(one or finding(), blocked=EXEMPT, exempt_by="vendor-image", fixable=False)


def unknown(one: Finding | None = None) -> Finding:
    """Return a finding that could not be judged."""
    return replace(one or finding(), blocked="Unknown", fixable=False)


PROBLEM = Problem(
    "p.yaml", 5, 9, ProblemReason.INVALID_VALUE, "`Enforc` is no mode", "did you mean Enforce?", ""
)

FINDINGS = st.builds(
    Finding,
    id=st.just("a1b2c3d4e5f6"),
    rule=st.sampled_from(["log-driver", "delivery-mode"]),
    severity=st.sampled_from(Severity),
    container=ODD | st.none(),
    path=ODD,
    message=ODD,
    fixable=st.booleans(),
    blocked=st.sampled_from([None, "Unknown", "AuditOnly", EXEMPT]),
    exempt_by=ODD | st.none(),
)
SPANS = st.builds(Span, ODD, st.integers(1, 9), st.integers(1, 9))
CHECKED = st.builds(
    Checked,
    name=ODD | st.none(),
    span=SPANS,
    context=st.just(CheckContext()),
    sync=st.sampled_from(Sync),
    policy=st.none(),
    reason=st.none() | st.builds(Reason, st.just("Undecided"), ODD, ODD),
    findings=st.lists(st.builds(Placed, FINDINGS, SPANS), max_size=3).map(tuple),
)
PROBLEMS = st.builds(
    Problem,
    ODD,
    st.integers(1, 9),
    st.integers(1, 9),
    st.sampled_from(ProblemReason),
    ODD,
    ODD | st.none(),
    ODD,
)
