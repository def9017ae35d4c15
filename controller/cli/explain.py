"""`explain`: what a rule, a reason or a control means, and why a service stands as it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from controller.app.clock import SystemClock
from controller.cli import options
from controller.cli.exit_code import ExitCode
from controller.cli.explaining import looked_into
from controller.cli.policies import policies_of
from controller.cli.reporting import Output, Reporting
from controller.core.consent import NOT_ENFORCED
from controller.core.explain import Named, find, meant
from controller.core.explained_service import ExplainedService
from controller.core.explained_windows import explain_windows
from controller.core.frameworks import CONTROLS
from controller.core.reasons import CHAPTERS, MEANINGS
from controller.core.rules import RULES
from controller.core.service.named import is_name_of_a_service
from controller.core.state.kill_switch import Place
from controller.errors import UsageError
from controller.report import explained
from controller.report.explained_service import structure, table
from controller.report.explained_windows import structure as windows_structure
from controller.report.explained_windows import table as windows_table
from controller.report.markdown import explained as markdown
from controller.report.markdown import explained_service, explained_windows, reasons, rules
from controller.settings import Settings

_WHOLE: Final[dict[str, tuple[Named, ...]]] = {
    "rules": RULES,
    "reasons": tuple(MEANINGS.values()),
    "controls": CONTROLS,
}
_WINDOWS: Final = "windows"
_PAGES: Final[dict[str, Callable[[], str]]] = {
    "rules": lambda: rules.render(RULES),
    "reasons": lambda: reasons.render(CHAPTERS),
}


@click.command("explain")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@options.option(
    "--policy",
    multiple=True,
    type=click.Path(path_type=Path),
    help="The policies by which a service is judged; may be given several times.",
)
@options.place
@options.KILL_SWITCH
@options.INVENTORY
@options.option("--all", "every", is_flag=True, help="List policies that do not match, too.")
@options.output(Output.MARKDOWN)
@click.pass_context
def command(
    context: click.Context,
    *,
    names: tuple[str, ...],
    settings: Settings,
    kill_switch: Place | None,
    inventory: Path | None,
    every: bool,
    output: str,
) -> None:
    """Tell why a service stands as it does, or what a name means.

    NAME is a service, as prod/web (cluster/service) or by its ARN; with --policy just web, if only
    one is called so. It is told which policies match and which governs, how far that goes, what
    each rule found, what would be written, and what every gate says to it. The whole fleet is
    looked at once for that, for services hold each other up; nothing is written.

    Or it is the id of a rule, the code of a reason, or the id of a control that asks for one, such
    as ECS.9 of AWS Security Hub; or rules, reasons, controls for all of these. Or it is windows,
    for when rolls of each policy may start next. That asks nobody. Without a name, all these names
    are listed.

    Exit code 4 tells that the service could not be seen.
    """
    reporting = Reporting(Output(output), every=every)
    settings = replace(settings, kill_switch=kill_switch)
    if names == (_WINDOWS,):
        _say_windows(settings, reporting)
        return
    service = _service(names, settings)
    if service is None:
        _say(names, reporting)
        return
    found = looked_into(context, service, settings, inventory)
    _say_service(found, reporting)
    if code := _to_be_explained(found):
        reporting.close(f"What {code} means, and what to do:\n  ecs-logging explain {code}")
    context.exit(ExitCode.of(violations=False, incomplete=not found.outcome.observed))


def _service(names: tuple[str, ...], settings: Settings) -> str | None:
    """Return the service that is meant, or None where none is; raise UsageError for a muddle."""
    services = [name for name in names if _means_a_service(name, settings)]
    if not services:
        return None
    if len(names) > 1:
        raise UsageError("one service is explained at a time, and nothing else with it")
    if not settings.policies:
        raise UsageError(
            f"{services[0]} is a service, and policies say how it should stand: give --policy"
        )
    return services[0]


def _say_windows(settings: Settings, reporting: Reporting) -> None:
    if not settings.policies:
        raise UsageError("windows are of policies: give --policy")
    policies = policies_of(settings.policies).policies
    found = explain_windows(policies, SystemClock().now())
    reporting.say(
        lambda page: windows_table.render(found, page),
        lambda: windows_structure.structure(found),
        markdown=lambda: explained_windows.render(found),
    )


def _means_a_service(name: str, settings: Settings) -> bool:
    known = name in _WHOLE or find(name) is not None
    return is_name_of_a_service(name) or (bool(settings.policies) and not known)


def _say_service(found: ExplainedService, reporting: Reporting) -> None:
    reporting.say(
        lambda page: table.render(found, page, every=reporting.every),
        lambda: structure.structure(found),
        markdown=lambda: explained_service.render(found, every=reporting.every),
    )


def _to_be_explained(found: ExplainedService) -> str | None:
    """Return the reason that is worth a question: of a gate rather than of this process."""
    held = [one.reason for one in found.holding if one.reason != NOT_ENFORCED]
    first = next(iter(held), found.outcome.reason)
    return first.code if first is not None and first.code in MEANINGS else None


def _say(names: tuple[str, ...], reporting: Reporting) -> None:
    named = _named(names) if names else tuple(one for several in _WHOLE.values() for one in several)
    reporting.say(
        lambda page: (
            explained.render(named, page) if names else explained.overview(RULES, CHAPTERS, page)
        ),
        lambda: explained.structure(named),
        markdown=lambda: _markdown(names, named),
    )


def _named(names: tuple[str, ...]) -> tuple[Named, ...]:
    """Return what *names* stand for, each once; raise UsageError where one stands for nothing."""
    found: dict[int, Named] = {}
    for name in names:
        for one in _WHOLE.get(name) or (_one(name),):
            found[id(one)] = one
    return tuple(found.values())


def _one(name: str) -> Named:
    found = find(name)
    if found is not None:
        return found
    near = meant(name)
    hint = f"Did you mean {near}?" if near else "All names:\n  ecs-logging explain"
    raise UsageError(f"{name!r} is no rule, reason or control. {hint}")


def _markdown(names: tuple[str, ...], named: tuple[Named, ...]) -> str:
    """Return the page: for all rules, and for all reasons, the one that is kept in docs/."""
    if len(names) == 1 and names[0] in _PAGES:
        return _PAGES[names[0]]()
    return markdown.render(named)
