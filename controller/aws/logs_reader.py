"""The port LogsReader: the log groups of one account, in any of its Regions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Final

from controller.aws.answer import Answer
from controller.aws.api import Api
from controller.core.document.json import Document, members
from controller.core.log_group.observed import LogGroup
from controller.core.refs import LogGroupRef
from controller.core.service.consumers import Consumer, metric_filter, subscription_filter
from controller.errors import TerminalError, UsageError

PAGE: Final = 50  # [fact 5.9]


class AwsLogsReader:
    """Reads CloudWatch Logs through the Api that *api* returns for a Region."""

    def __init__(self, api: Callable[[str], Api]) -> None:
        self._api = api

    async def log_group(self, ref: LogGroupRef) -> LogGroup:
        document = await self._described(ref)
        if document is None:
            return LogGroup(ref, {}, {})
        try:
            return LogGroup(ref, document, await self._tags(ref))
        except TerminalError as error:
            if error.code == "ResourceNotFoundException":  # it was deleted at this moment
                return LogGroup(ref, {}, {})
            raise

    async def exists(self, ref: LogGroupRef) -> bool:
        return await self._described(ref) is not None

    async def consumers(self, ref: LogGroupRef) -> frozenset[Consumer]:
        try:
            return frozenset([one async for one in self._filters(ref)])
        except TerminalError as error:
            if error.code == "ResourceNotFoundException":
                return frozenset()
            raise

    async def _filters(self, ref: LogGroupRef) -> AsyncIterator[Consumer]:
        asked = {"logGroupName": ref.name, "limit": PAGE}
        async for page in self._pages("DescribeSubscriptionFilters", asked, ref):
            for one in page.parts("subscriptionFilters"):
                one.text("destinationArn")  # none without it
                yield subscription_filter(one.text("filterName"), one.document)
        async for page in self._pages("DescribeMetricFilters", asked, ref):
            for one in page.parts("metricFilters"):
                one.parts("metricTransformations")  # none without them
                yield metric_filter(one.text("filterName"), one.document)

    async def _described(self, ref: LogGroupRef) -> Document | None:
        asked = {"logGroupNamePrefix": ref.name, "limit": PAGE}
        async for page in self._pages("DescribeLogGroups", asked, ref):
            for group in page.parts("logGroups"):
                if group.text("logGroupName") == ref.name:
                    return group.document
        return None

    async def _pages(
        self, operation: str, asked: Mapping[str, object], ref: LogGroupRef
    ) -> AsyncIterator[Answer]:
        try:
            async for page in self._api(ref.region).pages(operation, asked, where=ref.arn):
                yield page
        except UsageError as error:
            # A task definition names the Region: a wrong one must not end the process.
            raise TerminalError(operation, "UnknownRegion", str(error), where=ref.arn) from error

    async def _tags(self, ref: LogGroupRef) -> Mapping[str, str]:
        # The ARN without `:*`, as the tagging operations want it [fact 6.8].
        asked = {"resourceArn": ref.arn}
        answer = await self._api(ref.region).call("ListTagsForResource", asked, where=ref.arn)
        tags = members(answer.document.get("tags"))
        return {key: value for key, value in tags.items() if isinstance(value, str)}
