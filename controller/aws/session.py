"""One client per service and Region, made when first needed and used by all."""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Final, Self

from aiobotocore.client import AioBaseClient
from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession
from botocore.exceptions import (
    InvalidRegionError,
    NoRegionError,
    ProfileNotFound,
    UnknownRegionError,
)

from controller.aws import wire
from controller.aws.api import Api
from controller.aws.errors import VENDOR_ERRORS, translate
from controller.errors import RetryError, UsageError
from controller.ports.clock import Clock

CONNECT_TIMEOUT: Final = 5.0
READ_TIMEOUT: Final = 10.0
CONNECTIONS: Final = 32


class AwsSession:
    """The clients of one set of credentials; to be entered, and left when all is done.

    Credentials, profile, endpoint and proxy are those of the usual environment of AWS, unless
    *session* has others. *config* is added to the configuration of each client; retries are never
    the SDK's. Making the first client of a service blocks for some tenths of a second.
    """

    def __init__(
        self, clock: Clock, config: AioConfig | None = None, *, session: AioSession | None = None
    ) -> None:
        self._clock = clock
        self._config = _config(config)
        self._session = session or AioSession()
        self._clients: dict[tuple[str, str], AioBaseClient] = {}
        self._creating = asyncio.Lock()
        self._stack = AsyncExitStack()
        _keep_bodies_out_of_logs()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._clients.clear()
        await self._stack.aclose()

    def api(self, service: str, region: str) -> Api:
        """Return the service (`ecs`, `logs`, `sts`) in the Region; its client is made when used."""

        async def client() -> AioBaseClient:
            return await self.client(service, region)

        return Api(client, self._clock)

    async def client(self, service: str, region: str) -> AioBaseClient:
        """Return the one client of the service in the Region.

        Raises UsageError where the environment lacks credentials, or names a profile or a Region
        that does not exist; RetryError where credentials could not be fetched.
        """
        key = (service, region)
        if key not in self._clients:
            async with self._creating:
                if key not in self._clients:
                    self._clients[key] = await self._create(service, region)
        return self._clients[key]

    def default_region(self) -> str | None:
        """Return the Region that AWS_REGION, AWS_DEFAULT_REGION or the profile names, if one does.

        Raises UsageError where AWS_PROFILE names a profile that does not exist.
        """
        try:
            named: str | None = self._session.get_config_variable("region")
        except ProfileNotFound as error:
            raise _usage(error, "") from error
        return os.environ.get("AWS_REGION") or named  # the SDK for Python knows the latter alone

    async def _create(self, service: str, region: str) -> AioBaseClient:
        try:
            self._session.get_partition_for_region(region)
            if await self._session.get_credentials() is None:
                raise UsageError(NO_CREDENTIALS)
            making = self._session.create_client(service, region_name=region, config=self._config)
            client: AioBaseClient = await self._stack.enter_async_context(making)
        except (*VENDOR_ERRORS, ValueError) as error:
            passing = translate(error, "GetCredentials")
            if isinstance(passing, RetryError):
                raise passing from error
            raise _usage(error, region) from error
        wire.tap(client, self._clock.heard)
        return client


NO_CREDENTIALS: Final = (
    "no AWS credentials were found: set AWS_PROFILE or AWS_ACCESS_KEY_ID and"
    " AWS_SECRET_ACCESS_KEY, or run where a role is attached"
)


def _usage(error: Exception, region: str) -> UsageError:
    if isinstance(error, UnknownRegionError | InvalidRegionError | NoRegionError):
        return UsageError(f"AWS has no Region {region!r}: name one such as eu-central-1")
    if isinstance(error, ProfileNotFound):
        remedy = "set AWS_PROFILE to a profile of your AWS configuration, or unset it"
        return UsageError(f"{error}: {remedy}")
    return UsageError(f"the AWS environment cannot be used: {error}")


def _config(injected: AioConfig | None) -> AioConfig:
    ours = AioConfig(
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        max_pool_connections=CONNECTIONS,
    )
    never = AioConfig(retries={"total_max_attempts": 1, "mode": "standard"})
    return ours.merge(injected or AioConfig()).merge(never)


def _keep_bodies_out_of_logs() -> None:
    # At level DEBUG the SDK logs whole bodies, and with them the values of environment variables.
    for name in ("botocore", "aiobotocore"):
        logging.getLogger(name).setLevel(logging.INFO)
