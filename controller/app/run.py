"""The controller as a process, with signals and probes, until it is asked to stop."""

from __future__ import annotations

import structlog

from controller.app.clock import SystemClock
from controller.app.connect import OpenSession, connect
from controller.app.controller import Controller
from controller.aws.session import AwsSession
from controller.core.policy.policy_set import PolicySet
from controller.loop import DrainOverrun, EternalTaskEnded
from controller.loop import run as supervise
from controller.settings import Settings
from controller.signals import stop_on_signals
from controller.web.listen import CannotListen, listening
from controller.web.probes import probes


async def run(
    settings: Settings, policies: PolicySet, *, open_session: OpenSession = AwsSession
) -> int:
    """Run the controller until it is asked to stop; return the exit code.

    Raises UsageError or AwsError where it cannot even start.
    """
    clock = SystemClock()
    log = structlog.get_logger().bind(policy_digest=policies.short_digest)
    async with connect(
        settings, clock, write=settings.enforce, open_session=open_session
    ) as connection:
        controller = Controller(settings, policies, connection, clock, log)
        readiness = {"discovery": controller.discovered, "first-pass": controller.seen}
        app = probes(healthz={"loops": controller.heartbeats.complaint}, readyz=readiness)
        try:
            async with listening(
                app, what="the probes", host=settings.probe_host, port=settings.probe_port
            ) as port:
                log.info("started", enforce=settings.enforce, probes=port)
                with stop_on_signals() as stop:
                    await supervise(
                        controller.stages(),
                        stop=stop,
                        clock=clock,
                        heartbeats=controller.heartbeats,
                    )
        except (EternalTaskEnded, DrainOverrun, CannotListen) as error:
            log.error("ended", message=str(error))  # noqa: TRY400  # a sentence, not a traceback
            return 1
        log.info("stopped")
        return 0
