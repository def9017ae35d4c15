"""Working on a saved inventory instead of AWS: no session is opened, and no SDK imported.

    inventory = open_inventory(Path("fleet.json"))   # an InventoryFile, or all of its problems
    report = await survey_offline(inventory, settings, policies, tell)

Whatever else asks about a fleet works on the same two values: `connection_of(inventory)` has the
readers that `connect` would have, and no writers; `AsOf(inventory.taken_at)` is its clock. What
nobody asked when the inventory was taken is answered by the TerminalError `NotSaved`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from controller.app.connection import Connection
from controller.app.look_into import look_into
from controller.app.look_over import look_over
from controller.core.explained_service import ExplainedService
from controller.core.inventory_file.model import InventoryFile
from controller.core.inventory_file.parse import parse
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Problem, Reason, Source
from controller.core.report import Report
from controller.errors import UsageError
from controller.saved.alarms_reader import SavedAlarmsReader
from controller.saved.answers import Answers
from controller.saved.code_deploy_reader import NothingOfCodeDeploy
from controller.saved.ecs_reader import SavedEcsReader
from controller.saved.kms_reader import SavedKmsReader
from controller.saved.logs_reader import SavedLogsReader
from controller.saved.state_reader import SavedStateReader
from controller.settings import Settings


@dataclass(frozen=True, slots=True)
class AsOf:
    """The clock of a saved inventory: it is always the moment at which that was taken.

    How long ago a deployment was, whether an exception has expired and a grace period is over is
    therefore told as of that moment, and is the same whenever it is asked.
    """

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def heard(self, date: datetime) -> None:
        """Stay: nothing is asked of AWS."""

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def open_inventory(path: Path) -> InventoryFile | tuple[Problem, ...]:
    """Return the inventory in a file, or everything that is wrong with the file."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        return (_unreadable(path, error.strerror or str(error)),)
    except UnicodeDecodeError as error:
        return (_unreadable(path, f"byte {error.start} is not UTF-8"),)
    return parse(Source(str(path), text))


def _unreadable(path: Path, message: str) -> Problem:
    return Problem(str(path), 1, 1, Reason.SYNTAX, f"cannot be read: {message}", None, "")


def connection_of(inventory: InventoryFile) -> Connection:
    """Return what a process sees that is shown the inventory: all that AWS answered, then."""
    answers = Answers(inventory.answers)
    return Connection(
        identity=inventory.identity,
        ecs={region: SavedEcsReader(answers, region) for region in inventory.regions},
        logs=SavedLogsReader(answers),
        kms=SavedKmsReader(answers),
        code_deploy=dict.fromkeys(inventory.regions, NothingOfCodeDeploy()),
        alarms=SavedAlarmsReader(answers),
        state=SavedStateReader(answers),
        writers=None,
    )


def remembering(live: Connection, answers: Answers) -> Connection:
    """Return a connection that shows what *live* does, and keeps in *answers* what it showed."""
    return Connection(
        identity=live.identity,
        ecs={region: SavedEcsReader(answers, region, ecs) for region, ecs in live.ecs.items()},
        logs=SavedLogsReader(answers, live.logs),
        kms=SavedKmsReader(answers, live.kms),
        code_deploy=dict.fromkeys(live.ecs, NothingOfCodeDeploy()),
        alarms=SavedAlarmsReader(answers, live.alarms),
        state=SavedStateReader(answers, live.state),
        writers=None,
    )


async def survey_offline(
    inventory: InventoryFile,
    settings: Settings,
    policies: PolicySet,
    tell: Callable[[Outcome], None],
) -> Report:
    """Return the report that a survey would have made when the inventory was taken.

    Regions and clusters of *settings* narrow what is looked at; without them it is all that was
    looked at then. The instance is that of the inventory. Raises UsageError for a Region that the
    inventory does not cover.
    """
    connection, looking = narrowed(inventory, settings)
    return await look_over(connection, looking, policies, AsOf(inventory.taken_at), tell)


async def explain_offline(
    name: str,
    inventory: InventoryFile,
    settings: Settings,
    policies: PolicySet,
    tell: Callable[[Outcome], None],
) -> ExplainedService:
    """Return what `explain` would have told of the service *name* when the inventory was taken.

    Raises as `survey_offline` and `look_into` do.
    """
    connection, looking = narrowed(inventory, settings)
    clock = AsOf(inventory.taken_at)
    return await look_into(name, connection, looking, policies, clock, tell)


def narrowed(inventory: InventoryFile, settings: Settings) -> tuple[Connection, Settings]:
    """Return what is shown of the inventory, and by which settings, where *settings* narrow it.

    Raises UsageError for a Region that the inventory does not cover.
    """
    connection = connection_of(inventory)
    if strange := set(settings.regions) - set(inventory.regions):
        covered = ", ".join(inventory.regions)
        raise UsageError(f"the inventory does not cover {', '.join(sorted(strange))}: {covered}")
    regions = settings.regions or inventory.regions
    shown = replace(connection, ecs={region: connection.ecs[region] for region in regions})
    return shown, replace(settings, clusters=settings.clusters or inventory.clusters)
