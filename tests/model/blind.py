"""Controllers that see or write amiss: each as if one of its safeguards were not there.

They prove that the laws can be broken, and that this is seen. Nothing of the controller is
replaced: it is shown what makes the safeguard worthless.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from controller.app.connection import Connection
from controller.core.document.json import Document, items, members
from controller.core.refs import ServiceRef
from controller.core.service.deployment import History, PastDeployment
from controller.core.service.observed import Family, Service
from controller.core.service.revision import FAILED, Revision
from controller.errors import DeniedError
from tests.fleet.given import REGION
from tests.model.ports.ecs_reader import ModelEcsReader
from tests.model.ports.ecs_writer import ModelEcsWriter
from tests.model.process import Eyes


@dataclass(frozen=True, slots=True)
class TakesAllForSettled(ModelEcsReader):
    """Sees no deployment under way, as without the gate `steady`."""

    async def service(self, ref: ServiceRef) -> Service | None:
        seen = await ModelEcsReader.service(self, ref)
        if seen is None:
            return None
        settled = [replace(one, rollout_state="COMPLETED") for one in seen.deployments[:1]]
        return replace(seen, deployments=tuple(settled), running=seen.desired)

    async def history(self, ref: ServiceRef) -> History:
        seen = await ModelEcsReader.history(self, ref)
        return replace(seen, deployments=tuple(_ended(one) for one in seen.deployments))


def _ended(one: PastDeployment) -> PastDeployment:
    if one.finished_at is not None:
        return one
    return replace(one, status="SUCCESSFUL", finished_at=one.created_at, failed=False)


@dataclass(frozen=True, slots=True)
class ForgetsFailures(ModelEcsReader):
    """Sees nothing of what failed once a service is back from it, as without the gate `held`."""

    async def history(self, ref: ServiceRef) -> History:
        seen = await ModelEcsReader.history(self, ref)
        if not seen.deployments or seen.deployments[0].finished_at is None:
            return seen
        well = [one for one in seen.deployments if not one.failed]
        return replace(seen, deployments=tuple(well[-1:]))

    async def family(self, name: str, *, above: int) -> Family:
        seen = await ModelEcsReader.family(self, name, above=above)
        return replace(seen, revisions=tuple(_unmarked(one) for one in seen.revisions))


@dataclass(frozen=True, slots=True)
class TakesAnyDeploymentForTheSame(ModelEcsReader):
    """Sees a PRIMARY deployment that never changes its id: as if no move heeded its `over`."""

    async def service(self, ref: ServiceRef) -> Service | None:
        seen = await ModelEcsReader.service(self, ref)
        if seen is None:
            return None
        numbered = enumerate(seen.deployments)
        same = tuple(replace(one, id=f"ecs-svc/{number}") for number, one in numbered)
        return replace(seen, deployments=same)


def _unmarked(revision: Revision) -> Revision:
    kept = {key: one for key, one in revision.tags.items() if not key.startswith(FAILED)}
    return replace(revision, tags=kept)


@dataclass(frozen=True, slots=True)
class LosesMembers(ModelEcsWriter):
    """Registers only what it knows of, as if documents were parsed into a model and back."""

    async def register(self, document: Document, tags: Mapping[str, str]) -> str:
        known = {"name", "image", "memory", "essential", "logConfiguration"}
        containers = [
            {key: value for key, value in members(one).items() if key in known}
            for one in items(document["containerDefinitions"])
        ]
        lost = {**document, "containerDefinitions": containers}
        return await ModelEcsWriter.register(self, lost, tags)


@dataclass(frozen=True, slots=True)
class RegistersTwice(ModelEcsWriter):
    """Registers again what it has registered, as if it did not look for it first."""

    async def register(self, document: Document, tags: Mapping[str, str]) -> str:
        await ModelEcsWriter.register(self, document, tags)
        return await ModelEcsWriter.register(self, document, tags)


@dataclass(frozen=True, slots=True)
class NeverReturns(ModelEcsWriter):
    """Rolls, and never goes back, as without `way_home`."""

    async def set_task_definition(self, ref: ServiceRef, arn: str) -> None:
        if "ecs-logging/base" not in self.account.revision(arn).tags:
            raise DeniedError("UpdateService", "AccessDenied", "never", where=ref.arn)
        await ModelEcsWriter.set_task_definition(self, ref, arn)

    async def stop_deployment(self, arn: str) -> None:
        raise DeniedError("StopServiceDeployment", "AccessDenied", "never", where=arn)


def reading(reader: type[ModelEcsReader]) -> Eyes:
    """Return what gives a process this reader instead of its own."""

    def given(connection: Connection) -> Connection:
        own = connection.ecs[REGION]
        assert isinstance(own, ModelEcsReader)
        return replace(connection, ecs={REGION: reader(own.account, own.line, own.witness)})

    return given


def writing(writer: type[ModelEcsWriter]) -> Eyes:
    """Return what gives a process this writer instead of its own."""

    def given(connection: Connection) -> Connection:
        writers = connection.writers
        assert writers is not None
        own = writers.ecs[REGION]
        assert isinstance(own, ModelEcsWriter)
        other = writer(own.account, own.line, own.witness, own.by)
        return replace(connection, writers=replace(writers, ecs={REGION: other}))

    return given
