"""Killing the controller at a chosen call: at once, and without a word.

A killed process is never resumed and makes no more calls; what it had done stays done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Literal, TypeAlias

from aiobotocore.awsrequest import AioAWSResponse
from botocore.awsrequest import AWSPreparedRequest

from controller.sandbox import Request
from controller.sandbox.request import operation_of
from controller.sandbox.wire import Http
from tests.fleet.aws import Aws

When: TypeAlias = Literal["before", "after"]


class Died(AssertionError):
    """The controller was not killed although it should have been."""
