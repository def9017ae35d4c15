"""The parts of one running controller, put together: discovery, queue, workers, and their log."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from controller.app.connection import Connection
from controller.core.consent import Always, Never
from controller.core.reason import Reason
from controller.core.refs import Ref
from controller.decide.world import World
from controller.discovery import Discovery
from controller.errors import AwsError
from controller.fleet import Fleet
from controller.heartbeat import Heartbeats
from controller.inventory import Inventory, take_inventory
from controller.loop import Eternal
from controller.policy_source import InForce, PolicySource, Written
from controller.ports.clock import Clock
from controller.queue.worker import HandlingTimedOut, longest_silence, work
from controller.queue.workqueue import WorkQueue
from controller.reconcile import Reconciler
from controller.reminders import HOUR, Reminders
from controller.settings import Settings
from controller.telemetry import log as telemetry
from controller.telemetry.emit import Emit
from controller.telemetry.log import LogSink, where
from controller.turn import Turn


class Log(telemetry.Log, Protocol):
    """What is used of a structlog logger here."""

    def error(self, event: str, **fields: object) -> object:
        """Write an event that is a fault of ours."""
        ...


class Controller:
    """Everything that runs, save what is of the process itself: signals and probes."""

    def __init__(
        self,
        settings: Settings,
        policies: InForce,
        written: Written,
        connection: Connection,
        clock: Clock,
        log: Log,
    ) -> None:
        self._settings, self._log = settings, log
        self.heartbeats = Heartbeats(clock)
        self._fleet = Fleet()
        self._first_pass_over = False
        emit = Emit((LogSink(log),))
        self._queue: WorkQueue[Ref] = WorkQueue(clock=clock, random=random.random)
        self._discovery = Discovery(
            inventory=partial(take_inventory, connection.ecs, clusters=settings.clusters),
            fleet=self._fleet,
            queue=self._queue,
            clock=clock,
            period=settings.resync,
            random=random.random,
            on_error=self._not_discovered,
            on_gaps=self._not_listed,
        )
        self.policies = PolicySource(
            written,
            policies,
            clock,
            period=settings.policy_poll,
            emit=emit,
            on_switch=self._look_anew,
        )
        self._reminders = Reminders(policies, clock, self._remind)
        world = World(
            ecs=connection.ecs,
            logs=connection.logs,
            state=connection.state,
            kms=connection.kms,
            code_deploy=connection.code_deploy,
            alarms=connection.alarms,
            identity=connection.identity,
            policies=policies,
            consent=Always() if settings.enforce else Never(),
            kill_switch=connection.kill_switch,
            fleet=self._fleet,
            clock=clock,
            earlier=lambda: policies.earlier,
        )
        self._turn = Turn(
            reconcile=Reconciler(world, connection.writers, settings.resync, emit),
            fleet=self._fleet,
            queue=self._queue,
            emit=emit,
            random=random.random,
            new_id=partial(secrets.token_hex, 4),
        )

    def stages(self) -> tuple[tuple[Eternal, ...], ...]:
        """Return the eternal tasks in the order in which they stop: intake first, then workers."""
        resync, poll = self._settings.resync, self._settings.policy_poll
        return (
            (
                Eternal("discovery", self._discovery, resync.total_seconds() * 1.2 + 60),
                Eternal("policies", self.policies, poll.total_seconds() + 60),
                Eternal("reminders", self._reminders, HOUR.total_seconds() + 60),
            ),
            tuple(self._worker(number) for number in range(self._settings.workers)),
        )

    def _worker(self, number: int) -> Eternal:
        limit = self._settings.limit.total_seconds()
        return Eternal(
            f"worker-{number}",
            lambda beat: work(
                self._queue, self._turn, limit=limit, on_error=self._not_reconciled, beat=beat
            ),
            within=longest_silence(limit=limit),
            finish=self._queue.shut_down,
        )

    def readiness(self) -> Mapping[str, Callable[[], str | None]]:
        """Return what must be well for the controller to be of use: the sub-checks by name."""
        return {
            "discovery": self.discovered,
            "first-pass": self.seen,
            "policy": self.policies.complaint,
        }

    def discovered(self) -> str | None:
        """Tell what keeps discovery from seeing the fleet, or None."""
        failed = self._discovery.failed
        return None if failed is None else str(failed)

    def seen(self) -> str | None:
        """Tell that the first pass is not over yet, or None."""
        is_over = self._first_pass_over or self._fleet.complete
        return None if is_over else "not every service has been seen yet"

    def _look_anew(self) -> None:
        self._first_pass_over = self.seen() is None
        services = self._fleet.policies_changed()
        for ref in services:
            self._queue.add(ref)
        for cluster in sorted({ref.cluster_ref for ref in services}):
            self._queue.add(cluster)

    def _not_reconciled(self, ref: Ref, error: BaseException) -> None:
        if isinstance(error, AwsError | HandlingTimedOut):
            self._log.warning("to be tried again", **where(ref), message=str(error))
        else:
            self._log.error("a fault of ours", **where(ref), exc_info=error)

    def _remind(self, notice: Reason) -> None:
        fields = {"reason": notice.code, "message": notice.message, "remedy": notice.remedy}
        self._log.warning("an exception", **fields)

    def _not_discovered(self, error: AwsError) -> None:
        self._log.warning("the fleet could not be listed", message=str(error))

    def _not_listed(self, inventory: Inventory) -> None:
        for gap in inventory.gaps:
            self._log.warning("a part of the fleet could not be listed", message=str(gap))
