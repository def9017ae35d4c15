"""The port KmsReader, from what was answered."""

from __future__ import annotations

from controller.core.inventory_file.questions import KEY_OF
from controller.ports.kms import KmsReader
from controller.saved.answers import Answers


class SavedKmsReader:
    """Answers for KMS, and asks *live*, if it is given, what is not known yet."""

    def __init__(self, answers: Answers, live: KmsReader | None = None) -> None:
        self._answers = answers
        self._live = live

    async def key_of(self, alias: str, region: str) -> str | None:
        live = self._live
        asked = None if live is None else lambda: live.key_of(alias, region)
        return await self._answers.ask(KEY_OF, region, alias, asked)
