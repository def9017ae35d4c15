"""How much an audit costs beside the bare calls that it makes, sent through the same SDK."""

from __future__ import annotations

import asyncio

from benchmarks.median import median_cpu_seconds
from controller.app.clock import SystemClock
from controller.app.survey import survey
from controller.cli.demo.stage import Stage, staged
from controller.core.outcome import Outcome


def audit_against_bare_calls() -> str:
    """Audit the seeded fleet, then make the same calls without looking; return the ratio."""
    with staged() as stage:

        def audit() -> None:
            asyncio.run(_audit(stage))

        audit()
        stage.sandbox.clear_requests()
        audit()
        calls = [
            (one.service, one.operation, one.body or {})
            for one in stage.sandbox.requests
            if one.service in {"ecs", "logs"}
        ]
        ratio = median_cpu_seconds(audit) / median_cpu_seconds(
            lambda: asyncio.run(_bare(stage, calls))
        )
    services = len(stage.fleet.services)
    return (
        f"an audit / the bare calls that it makes: {ratio:.1f} (CPU time); "
        f"{len(calls) / services:.1f} calls per service"
    )


async def _audit(stage: Stage) -> None:
    await survey(stage.settings, stage.policies, _ignore, open_session=stage.open_session)


async def _bare(stage: Stage, calls: list[tuple[str, str, dict[str, object]]]) -> None:
    async with stage.open_session(SystemClock()) as session:
        region = stage.settings.regions[0]
        for service, operation, body in calls:
            await session.api(service, region).call(operation, body)


def _ignore(outcome: Outcome) -> None:
    """Tell nobody."""
