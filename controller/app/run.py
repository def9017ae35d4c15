"""The controller as a process, with signals and probes, until it is asked to stop."""

from __future__ import annotations

from controller.app.clock import SystemClock
from controller.app.connect import OpenSession, connect
from controller.app.controller import Controller
from controller.app.logging import logger_of
from controller.app.policies import PolicyFiles
from controller.aws.session import AwsSession
from controller.core.policy.policy_set import PolicySet
from controller.loop import DrainOverrun, EternalTaskEnded
from controller.loop import run as supervise
from controller.policy_source import InForce
from controller.settings import Settings
from controller.signals import stop_on_signals
from controller.web.listen import CannotListen, listening
from controller.web.probes import probes


async def run(
    settings: Settings, policies: PolicySet, *, open_session: OpenSession = AwsSession
) -> int:
    """Run the controller until it is asked to stop; return the exit code.

    *policies* are in force until others come from the files of *settings*.
    Raises UsageError or AwsError where it cannot even start.
    """
    clock = SystemClock()
    in_force = InForce(policies)
    log = logger_of(in_force)
    async with connect(
        settings, clock, write=settings.enforce, open_session=open_session
    ) as connection:
        written = PolicyFiles(settings.policies)
        controller = Controller(settings, in_force, written, connection, clock, log)
        healthz = {"loops": controller.heartbeats.complaint}
        app = probes(healthz=healthz, readyz=controller.readiness())
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
