"""The port KillSwitchReader: a parameter of Systems Manager, or an object of S3."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from controller.aws.api import Api
from controller.aws.s3_object import said_by_object
from controller.aws.ssm_parameter import said_by_parameter
from controller.core.state.kill_switch import Parameter, Place, StoredObject


class AwsKillSwitchReader:
    """Reads through the Api that *api* returns for a service (`ssm`, `s3`)."""

    def __init__(self, api: Callable[[str], Api]) -> None:
        self._api = api

    async def said(self, place: Place) -> str | None:
        match place:
            case Parameter():
                return await said_by_parameter(place, self._api("ssm"))
            case StoredObject():
                return await said_by_object(place, self._api("s3"))
            case _:
                assert_never(place)
