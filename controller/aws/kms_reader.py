"""The port KmsReader: the keys of one account, in any of its Regions."""

from __future__ import annotations

from collections.abc import Callable

from controller.aws.api import Api
from controller.errors import TerminalError, UsageError


class AwsKmsReader:
    """Reads KMS through the Api that *api* returns for a Region."""

    def __init__(self, api: Callable[[str], Api]) -> None:
        self._api = api

    async def key_of(self, alias: str, region: str) -> str | None:
        where = f"{alias} in {region}"
        try:
            answer = await self._api(region).call("DescribeKey", {"KeyId": alias}, where=where)
        except TerminalError as error:
            if error.code == "NotFoundException":
                return None
            raise
        except UsageError as error:
            # A task definition names the Region: a wrong one must not end the process.
            raise TerminalError("DescribeKey", "UnknownRegion", str(error), where=where) from error
        return answer.part("KeyMetadata").text("Arn")
