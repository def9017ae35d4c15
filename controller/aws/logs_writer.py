"""The port LogsWriter: the log groups of one account, in any of its Regions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from controller.aws.api import Api
from controller.core.refs import LogGroupRef
from controller.errors import TerminalError


class AwsLogsWriter:
    """Writes to CloudWatch Logs through the Api that *api* returns for a Region."""

    def __init__(self, api: Callable[[str], Api]) -> None:
        self._api = api

    async def create_log_group(
        self,
        ref: LogGroupRef,
        tags: Mapping[str, str],
        *,
        kms_key_id: str | None = None,
        log_group_class: str | None = None,
        deletion_protection: bool = False,
    ) -> None:
        wanted: dict[str, object] = {
            "tags": dict(tags),
            "kmsKeyId": kms_key_id,
            "logGroupClass": log_group_class,
            "deletionProtectionEnabled": deletion_protection,
        }
        asked = {"logGroupName": ref.name} | {key: one for key, one in wanted.items() if one}
        try:
            await self._api(ref.region).call("CreateLogGroup", asked, where=ref.arn)
        except TerminalError as error:
            if error.code != "ResourceAlreadyExistsException":  # [fact 6.6]
                raise

    async def set_retention(self, ref: LogGroupRef, days: int) -> None:
        asked = {"logGroupName": ref.name, "retentionInDays": days}
        await self._api(ref.region).call("PutRetentionPolicy", asked, where=ref.arn)
