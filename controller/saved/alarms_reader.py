"""The port AlarmsReader, from what was answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from controller.core.inventory_file.questions import ALARMS
from controller.ports.alarms import AlarmsReader
from controller.saved.answers import Answers


class SavedAlarmsReader:
    """Answers for alarms, and asks *live*, if it is given, what is not known yet."""

    def __init__(self, answers: Answers, live: AlarmsReader | None = None) -> None:
        self._answers = answers
        self._live = live

    async def states(self, names: Collection[str], region: str) -> Mapping[str, str]:
        live = self._live
        asked = None if live is None else lambda: live.states(names, region)
        return await self._answers.ask(ALARMS, region, ", ".join(sorted(names)), asked)
