"""Which services of a report a verb is to act on: those named, or those said yes to one by one."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Final

import click

from controller.cli.reporting import page
from controller.core.outcome import Outcome
from controller.core.plan_file.narrowed import narrowed
from controller.core.refs import ServiceRef
from controller.core.report import Report
from controller.core.service.named import meant_by, nearest_to
from controller.errors import UsageError
from controller.report.plan import target
from controller.report.words import in_order, name, spans_regions

_ANSWERS: Final = {"y": "yes", "n": "no", "q": "no, and none of those that follow"}


def only(report: Report, names: tuple[str, ...]) -> Report:
    """Return *report* narrowed to the services called *names*; as it is where none is named.

    Raises UsageError with every name that is no service's, or several services'.
    """
    if not names:
        return report
    services = frozenset(_services(report))
    faults = [fault for one in names if (fault := _fault(one, services)) is not None]
    if faults:
        raise UsageError("\n".join(faults))
    return narrowed(report, [ref for one in names for ref in meant_by(one, services)])


def approved(report: Report) -> Report:
    """Return *report* narrowed to the services to whose change a person at the terminal says yes.

    Each is shown in full before it is asked for. Raises UsageError where there is no terminal.
    """
    if not sys.stdin.isatty():
        raise UsageError("--approve asks a person at a terminal, and there is none here")
    with_region = spans_regions(report)
    chosen = []
    for one in in_order(report):
        if not one.awaits_consent or not isinstance(one.ref, ServiceRef):
            continue
        click.echo(page().lay_out(*target(one, with_region=with_region)), err=True)
        answer = _asked(one, with_region=with_region)
        if answer == "q":
            break
        if answer == "y":
            chosen.append(one.ref)
    return narrowed(report, chosen)


def _asked(one: Outcome, *, with_region: bool) -> str:
    """Return what a person answers; to say nothing is to say no."""
    meanings = ", ".join(f"{key}: {meaning}" for key, meaning in _ANSWERS.items())
    question = f"Change {name(one.ref, with_region=with_region)}? ({meanings})"
    answer: str = click.prompt(
        question,
        type=click.Choice([*_ANSWERS], case_sensitive=False),
        default="n",
        show_choices=False,
        err=True,
    )
    return answer


def _services(report: Report) -> Iterable[ServiceRef]:
    return (one.ref for one in report.outcomes if isinstance(one.ref, ServiceRef))


def _fault(said: str, services: frozenset[ServiceRef]) -> str | None:
    found = meant_by(said, services)
    if len(found) == 1:
        return None
    if found:
        return f"several services are called {said!r}: {', '.join(map(str, found))}"
    near = nearest_to(said, services)
    hint = "" if near is None else f" Did you mean {near}?"
    return f"there is no service {said!r} among those looked at.{hint}"
