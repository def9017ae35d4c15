"""A session of the controller with the sandbox, in the same process and without a socket."""

from __future__ import annotations

from collections.abc import Callable

from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession

from controller.aws.session import AwsSession
from controller.ports.clock import Clock
from controller.sandbox.inprocess import session_class
from controller.sandbox.sandbox import Sandbox


def sessions_with(sandbox: Sandbox, *, key: str, secret: str) -> Callable[[Clock], AwsSession]:
    """Return what opens sessions with *sandbox* for the holder of an access key."""

    def open_session(clock: Clock) -> AwsSession:
        session = AioSession()
        session.set_credentials(key, secret)
        config = AioConfig(http_session_cls=session_class(sandbox))
        return AwsSession(clock, config, session=session)

    return open_session
