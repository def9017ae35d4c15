"""What the verbs ask of the rest of the program: the real one, unless a test hands in another."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:  # importing the SDK takes a second: not before it is needed
    from controller.core.consent import Consent
    from controller.core.outcome import Outcome
    from controller.core.policy.policy_set import PolicySet
    from controller.core.report import Report
    from controller.settings import Settings


@dataclass(frozen=True, slots=True)
class App:
    """The three ways to look at a fleet: once, until it is settled, and for good."""

    survey: Callable[[Settings, PolicySet, Callable[[Outcome], None]], Coroutine[Any, Any, Report]]
    settle: Callable[
        [Settings, PolicySet, Consent, Callable[[Outcome], None]], Coroutine[Any, Any, Report]
    ]
    run: Callable[[Settings, PolicySet], Coroutine[Any, Any, int]]


def app_of(context: click.Context) -> App:
    """Return the app that the program was started with; mostly the real one."""
    given = context.find_object(App)
    return _real() if given is None else given


def _real() -> App:
    from controller.app.run import run  # noqa: PLC0415  # takes a second
    from controller.app.settle import settle  # noqa: PLC0415  # takes a second
    from controller.app.survey import survey  # noqa: PLC0415  # takes a second

    return App(survey, settle, run)
