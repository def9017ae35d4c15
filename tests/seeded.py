"""The fleet of the sandbox, saved once: a fleet of forty services for tests that need no AWS."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession

from controller.app.offline import AsOf
from controller.app.save import save_for
from controller.aws.session import AwsSession
from controller.core.inventory_file.model import InventoryFile
from controller.core.inventory_file.text import text_of
from controller.core.policy.policy_set import PolicySet
from controller.ports.clock import Clock
from controller.sandbox import Sandbox, session_class
from controller.sandbox.fleet import seed
from controller.settings import Settings
from tests.report.reports import NOW

REGION = "us-east-1"


def look(
    sandbox: Sandbox,
    policies_for: Callable[[InventoryFile], PolicySet | None],
    *,
    at: datetime = NOW,
) -> InventoryFile:
    """Return the inventory of a simulated AWS, as `inventory save` takes it."""
    models = AioSession()
    models.set_credentials("AKIDCONTROLLER", "none")
    config = AioConfig(http_session_cls=session_class(sandbox))

    def session(clock: Clock) -> AwsSession:
        return AwsSession(clock, config, session=models)

    settings = Settings(policies=(), regions=(REGION,))
    return asyncio.run(save_for(settings, policies_for, clock=AsOf(at), open_session=session))


@cache
def seeded() -> InventoryFile:
    """Return the inventory of the fleet that `demo` shows."""
    sandbox = Sandbox()
    seed(sandbox)
    return look(sandbox, lambda _: None)


@cache
def _text() -> str:
    return text_of(seeded())


def seeded_in(folder: Path) -> Path:
    """Write that inventory to a file, and return its path."""
    path = folder / "seeded.json"
    path.write_text(_text(), encoding="utf-8")
    return path
