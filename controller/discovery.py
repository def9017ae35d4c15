"""Discovery: finds the services again and again, and puts those that are new in the queue."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from controller.core.refs import ClusterRef, Ref
from controller.errors import AwsError
from controller.fleet import Fleet
from controller.heartbeat import Beat
from controller.inventory import Inventory
from controller.ports.clock import Clock
from controller.queue.workqueue import WorkQueue

_AGAIN_AFTER_A_FAULT = timedelta(seconds=30)


@dataclass(slots=True)
class Discovery:
    """Takes inventory every `period`, with jitter so that many controllers spread out.

    *random* draws from [0, 1). `failed` is the last fault, None once an inventory has been taken.
    """

    inventory: Callable[[], Awaitable[Inventory]]
    fleet: Fleet
    queue: WorkQueue[Ref]
    clock: Clock
    period: timedelta
    random: Callable[[], float]
    on_error: Callable[[AwsError], None]
    on_gaps: Callable[[Inventory], None]
    failed: AwsError | None = None
    _clusters: set[ClusterRef] = field(default_factory=set)

    async def __call__(self, beat: Beat) -> None:
        """Discover until cancelled."""
        while True:
            beat()
            await self.clock.sleep(await self._once())

    async def _once(self) -> float:
        """Take inventory once, and return how many seconds to wait for the next."""
        try:
            inventory = await self.inventory()
        except AwsError as error:
            self.failed = error
            self.on_error(error)
            return _AGAIN_AFTER_A_FAULT.total_seconds()
        self.failed = None
        self.fleet.expect(inventory.services, whole=inventory.whole)
        if inventory.gaps:
            self.on_gaps(inventory)
        for ref in sorted(inventory.services):
            if not self.fleet.is_known(ref):
                self.queue.add(ref)
        self._add_new({ref.cluster_ref for ref in inventory.services})
        return self.period.total_seconds() * (0.9 + 0.2 * self.random())

    def _add_new(self, clusters: set[ClusterRef]) -> None:
        """Put those clusters in the queue in which the last inventory found no service."""
        for cluster in sorted(clusters - self._clusters):
            self.queue.add(cluster)
        self._clusters = clusters
