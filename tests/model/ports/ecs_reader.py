"""The port EcsReader before the in-memory AWS."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from controller.core.refs import ServiceRef
from controller.core.service import observed
from controller.core.service.deployment import History
from controller.core.service.observed import Family
from controller.core.service.revision import Revision
from controller.core.service.tasks import Tasks
from tests.model.aws.account import Account
from tests.model.ports import shown
from tests.model.ports.line import Line
from tests.model.witness import Witness


@dataclass(frozen=True, slots=True)
class ModelEcsReader:
    """Reads *account* as one process does; *witness* sees when it looks at which service."""

    account: Account
    line: Line
    witness: Witness

    async def clusters(self) -> Sequence[str]:
        return await self.line.call("ListClusters", "", lambda: [self.account.cluster.name])

    async def services(self, cluster: str) -> Sequence[ServiceRef]:
        place = self.account.cluster

        def listed() -> list[ServiceRef]:
            return [
                ServiceRef(place.account, place.region, place.partition, place.name, name)
                for name in self.account.services
            ]

        return await self.line.call("ListServices", cluster, listed)

    async def service(self, ref: ServiceRef) -> observed.Service | None:
        def described() -> observed.Service | None:
            self.witness.looked(ref)
            service = self.account.services.get(ref.name)
            return None if service is None else shown.service(service)

        return await self.line.call("DescribeServices", ref.arn, described)

    async def revision(self, arn: str) -> Revision | None:
        return await self.line.call("DescribeTaskDefinition", arn, lambda: self._revision(arn))

    async def family(self, name: str, *, above: int) -> Family:
        """The newest first; of INACTIVE ones, those that are still described [fact 4.21]."""

        def listed() -> Family:
            found = [
                shown.revision(one)
                for one in reversed(self.account.families.get(name, []))
                if (one.is_active and one.number > above)
                or (not one.is_active and self.account.described(one.arn))
            ]
            return Family(tuple(found), above)

        return await self.line.call("ListTaskDefinitions", name, listed)

    async def history(self, ref: ServiceRef) -> History:
        def listed() -> History:
            service = self.account.services.get(ref.name)
            return shown.history(service, self._revision)

        return await self.line.call("ListServiceDeployments", ref.arn, listed)

    async def tasks(self, ref: ServiceRef) -> Tasks:
        def listed() -> Tasks:
            account = self.account
            return shown.tasks(account.services.get(ref.name), now=account.now())

        return await self.line.call("ListTasks", ref.arn, listed)

    async def launch_types(self, cluster: str, providers: Collection[str]) -> Mapping[str, str]:
        """No service of this AWS runs on capacity providers."""
        return await self.line.call("DescribeClusters", cluster, dict)

    async def default_delivery_mode(self) -> str:
        """What holds where nobody set anything else [fact 2.9]."""
        return await self.line.call("ListAccountSettings", "", lambda: "non-blocking")

    def _revision(self, arn: str) -> Revision | None:
        found = self.account.described(arn)
        return None if found is None else shown.revision(found)
