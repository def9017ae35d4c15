"""Named checks and the text that tells how they went, as Kubernetes' components word it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

Check = Callable[[], str | None]
"""Returns None if all is well, else the reason why not: one line, and no secret."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a probe is told."""

    healthy: bool
    text: str


def answer(
    endpoint: str,
    checks: Mapping[str, Check],
    *,
    excluded: Collection[str] = (),
    verbose: bool = False,
) -> Answer:
    """Run *checks* but for those *excluded*, and say how they went.

    All well is `ok`, and nothing more unless *verbose*; a failure is always told in full.
    """
    reasons = {name: _reason(check) for name, check in checks.items() if name not in excluded}
    healthy = not any(reasons.values())

    if healthy and not verbose:
        return Answer(healthy, "ok")

    unknown = sorted(set(excluded) - set(checks))
    lines = [_line(name, reasons.get(name), excluded=name in excluded) for name in sorted(checks)]
    lines += [f"warn: cannot exclude {name!r}: no such check" for name in unknown]
    lines += [f"{endpoint} check {'passed' if healthy else 'failed'}"]
    return Answer(healthy, "".join(f"{line}\n" for line in lines))


def answer_one(check: Check) -> Answer:
    """Run a single check: `ok`, or the reason why not."""
    reason = _reason(check)
    return Answer(reason is None, "ok" if reason is None else f"failed: {reason}\n")


def _reason(check: Check) -> str | None:
    """Return why *check* fails, in one line. A check that raises fails; its message stays here."""
    try:
        reason = check()
    except Exception as error:  # noqa: BLE001  a probe that cannot be answered tells nothing
        return f"the check itself raised {type(error).__name__}"

    return None if reason is None else " ".join(reason.split()) or "no reason given"


def _line(name: str, reason: str | None, *, excluded: bool) -> str:
    if excluded:
        return f"[+]{name} excluded: ok"

    return f"[+]{name} ok" if reason is None else f"[-]{name} failed: {reason}"
