"""The port StateReader, from what was answered."""

from __future__ import annotations

from controller.core.inventory_file.questions import CLUSTER_STATE
from controller.core.refs import ClusterRef
from controller.core.state.model import ClusterState, Unknown
from controller.ports.state import StateReader
from controller.saved.answers import Answers


class SavedStateReader:
    """Answers for what clusters remember, and asks *live*, if it is given, what is not known."""

    def __init__(self, answers: Answers, live: StateReader | None = None) -> None:
        self._answers = answers
        self._live = live

    async def cluster_state(self, ref: ClusterRef) -> ClusterState | Unknown:
        live = self._live
        asked = None if live is None else lambda: live.cluster_state(ref)
        return await self._answers.ask(CLUSTER_STATE, ref.region, ref.arn, asked)
