"""Keeping the demo running: the simulated AWS on loopback, and the controller enforcing on it."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from controller.app.logging import configure_logging
from controller.app.run import run
from controller.cli.demo.stage import KEY, SECRET, policy_text, staged
from controller.sandbox import DEFAULT_REGION, SandboxServer


def serve_demo() -> int:
    """Run until Ctrl-C, and return the exit code of the controller."""
    configure_logging(level=logging.INFO)
    with (
        staged() as stage,
        SandboxServer(stage.sandbox) as server,
        tempfile.TemporaryDirectory(prefix="ecs-logging-") as folder,
    ):
        policy = Path(folder) / "policy.yaml"
        policy.write_text(policy_text(), "utf-8")
        _invite(server.url, policy)
        settings = replace(stage.settings, enforce=True)
        return asyncio.run(run(settings, stage.policies, open_session=stage.open_session))


def _invite(url: str, policy: Path) -> None:
    click.echo(
        f"""The simulated AWS is at {url}. In another terminal:

  export AWS_ENDPOINT_URL={url} AWS_DEFAULT_REGION={DEFAULT_REGION}
  export AWS_ACCESS_KEY_ID={KEY} AWS_SECRET_ACCESS_KEY={SECRET}
  aws ecs list-services --cluster prod-core
  aws ecs describe-task-definition --task-definition storefront-api
  ecs-logging audit --policy {policy}

The controller enforces here; Ctrl-C stops everything.
"""
    )
