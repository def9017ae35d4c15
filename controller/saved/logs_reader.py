"""The port LogsReader, from what was answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from controller.core.inventory_file.questions import CONSUMERS, EXISTS, LOG_GROUP, Question
from controller.core.log_group.observed import LogGroup
from controller.core.refs import LogGroupRef
from controller.core.service.consumers import Consumer
from controller.ports.logs import LogsReader
from controller.saved.answers import Answers

A = TypeVar("A")


class SavedLogsReader:
    """Answers for CloudWatch Logs, and asks *live*, if it is given, what is not known yet."""

    def __init__(self, answers: Answers, live: LogsReader | None = None) -> None:
        self._answers = answers
        self._live = live

    async def log_group(self, ref: LogGroupRef) -> LogGroup:
        return await self._ask(LOG_GROUP, ref, lambda logs: logs.log_group(ref))

    async def exists(self, ref: LogGroupRef) -> bool:
        if self._answers.has(LOG_GROUP, ref.region, ref.arn):
            return (await self.log_group(ref)).exists
        return await self._ask(EXISTS, ref, lambda logs: logs.exists(ref))

    async def consumers(self, ref: LogGroupRef) -> frozenset[Consumer]:
        return await self._ask(CONSUMERS, ref, lambda logs: logs.consumers(ref))

    async def _ask(
        self, question: Question[A], ref: LogGroupRef, ask: Callable[[LogsReader], Awaitable[A]]
    ) -> A:
        live = self._live
        asked = None if live is None else lambda: ask(live)
        return await self._answers.ask(question, ref.region, ref.arn, asked)
