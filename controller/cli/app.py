"""What the verbs ask of the rest of the program: the real one, unless a test hands in another."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:  # importing the SDK takes a second: not before it is needed
    from controller.core.consent import Consent
    from controller.core.explained_service import ExplainedService
    from controller.core.inventory_file.model import InventoryFile
    from controller.core.outcome import Outcome
    from controller.core.policy.policy_set import PolicySet
    from controller.core.policy_impact.model import Impact, Pair
    from controller.core.report import Report
    from controller.core.state.said import Said
    from controller.core.state.word import Heard, Word, Write
    from controller.core.status import Status
    from controller.core.taken_back import Begun, Meant, Planned, Rollback
    from controller.settings import Settings


@dataclass(frozen=True, slots=True)
class App:
    """The ways to look at a fleet: once, until it is settled, for good, and to keep it in a file.

    The way to look into one service, by its name; and the way to say a person's word, on the
    service of a name or on clusters: whoever is asked before it is written comes last. And what one
    policy set in place of another would change, and the fleet in a file for policies that are made
    when it has been seen. The way to take services back, asking first; and to see what goes on.
    """

    survey: Callable[[Settings, PolicySet, Callable[[Outcome], None]], Coroutine[Any, Any, Report]]
    settle: Callable[
        [Settings, PolicySet, Consent, Callable[[Outcome], None]], Coroutine[Any, Any, Report]
    ]
    run: Callable[[Settings, PolicySet], Coroutine[Any, Any, int]]
    save: Callable[[Settings, PolicySet | None], Coroutine[Any, Any, InventoryFile]]
    say: Callable[
        [Callable[[Said], Word], str | None, Settings, Callable[[Sequence[Write]], bool]],
        Coroutine[Any, Any, Heard],
    ]
    explain: Callable[
        [str, Settings, PolicySet, Callable[[Outcome], None]],
        Coroutine[Any, Any, ExplainedService],
    ]
    impact: Callable[
        [Settings, Pair[PolicySet], Callable[[Outcome], None]], Coroutine[Any, Any, Impact]
    ]
    save_for: Callable[
        [Settings, Callable[[InventoryFile], PolicySet]], Coroutine[Any, Any, InventoryFile]
    ]
    rollback: Callable[
        [
            Meant,
            Settings,
            PolicySet | None,
            Callable[[Sequence[Planned]], bool],
            Callable[[Begun], None],
        ],
        Coroutine[Any, Any, Rollback],
    ]
    status: Callable[[Settings, PolicySet | None], Coroutine[Any, Any, Status]]


def app_of(context: click.Context) -> App:
    """Return the app that the program was started with; mostly the real one."""
    given = context.find_object(App)
    return _real() if given is None else given


def _real() -> App:
    from controller.app.explain import explain  # noqa: PLC0415  # takes a second
    from controller.app.impact import impact  # noqa: PLC0415  # takes a second
    from controller.app.rollback import rollback  # noqa: PLC0415  # takes a second
    from controller.app.run import run  # noqa: PLC0415  # takes a second
    from controller.app.save import save, save_for  # noqa: PLC0415  # takes a second
    from controller.app.say import say  # noqa: PLC0415  # takes a second
    from controller.app.settle import settle  # noqa: PLC0415  # takes a second
    from controller.app.status import status  # noqa: PLC0415  # takes a second
    from controller.app.survey import survey  # noqa: PLC0415  # takes a second

    return App(survey, settle, run, save, say, explain, impact, save_for, rollback, status)
