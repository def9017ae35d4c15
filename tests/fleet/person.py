"""A person at a keyboard: what they type is the program itself, against the same simulated AWS."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from threading import Thread

from click.testing import CliRunner, Result

from controller.app.say import say
from controller.cli import program
from tests.cli.program import Fleet
from tests.fleet.controller import Controller
from tests.fleet.given import REGION
from tests.virtual_time import VirtualClock


class _StandingStill(VirtualClock):
    """A clock for the program, which has an event loop of its own while time stands still."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return the moment at which the person types."""
        return self._moment


def types(controller: Controller, *words: str) -> Result:
    """Let a person type `ecs-logging` and these words now, and --yes; it must end well."""
    clock = _StandingStill(VirtualClock().now())
    app = replace(Fleet().app, say=partial(say, clock=clock, open_session=controller.session))
    results: list[Result] = []

    def run() -> None:
        arguments = [*words, "--region", REGION, "--yes"]
        runner = CliRunner()
        results.append(runner.invoke(program(), arguments, obj=app, prog_name="ecs-logging"))

    thread = Thread(target=run)
    thread.start()
    thread.join()
    (result,) = results
    assert result.exit_code == 0, (result.output, result.exception)
    return result
