"""An AWS to try the controller on: moto, and an honest simulation of what moto lacks.

For the demo and for tests only. ECS is simulated by this package (``ecs/``), log groups are moto's
with what moto forgets of them (``logs/``), everything else is moto's alone. It is not AWS: a
behaviour here imitates what the fact that it cites says, a wording marked UNVERIFIED is a guess,
and nothing that passes against it has been tested on AWS. What it does not know, it does not
answer: an unimplemented call raises Unimplemented and is listed in ``sandbox.unimplemented``.

How to use it::

    sandbox = Sandbox()                            # an empty AWS; empties moto too: one per process
    config = AioConfig(http_session_cls=session_class(sandbox))            # in this process …
    async with get_session().create_client("ecs", config=config, …) as ecs: …
    with SandboxServer(sandbox) as server: server.url                      # … or behind a socket

    sandbox.tick(3)                                # the scheduler of ECS looks three times
    sandbox.now, sandbox.advance(60)               # AWS's clock; in a demo Sandbox(clock=time.time)
    stop = sandbox.run(interval=1.0); stop()       # ticks by themselves, in a thread

    sandbox.requests, sandbox.counts(), sandbox.writes("UpdateService"), sandbox.clear_requests()
    sandbox.plan("RegisterTaskDefinition", THROTTLE, None, LOST_ANSWER)    # the next three calls
    sandbox.deny("UpdateService", cluster="prod")  # AccessDeniedException, until `allow`
    sandbox.fault = lambda request: latency(2.0) if request.operation == "ListServices" else None
    sandbox.fails(lambda document: document["family"] == "web" and document["revision"] > 1)
    sandbox.fails(…, reason=endings.NO_LOG_DRIVER) # what DescribeTasks says of it [fact 5.14]
    sandbox.stalls(…)                              # its tasks stay pending
    sandbox.behaviour.drops = {"someMember"}       # RegisterTaskDefinition loses it
    sandbox.behaviour.inactive_unreadable = True   # [fact 4.21]
    sandbox.behaviour.lambda_hooks = "FAILED"      # what functions of lifecycle hooks come to
    sandbox.alarm("errors", "ALARM")               # of CloudWatch; the scheduler sees it
    sandbox.callers.planted["AKIDOTHER"] = "arn:aws:sts::222222222222:assumed-role/ops/me"

    sandbox.document(arn), sandbox.service(arn), sandbox.tags(arn)   # live: plant what no API can
    sandbox.region(account, name).log_groups["/ecs/web"]["retentionPolicyName"] = "org-wide"
    plant_instances(sandbox.region(), "prod", 3, drivers=["json-file", "awslogs"])
    fleet = fleet.seed(sandbox); fleet.services, fleet.special, fleet.canaries()   # forty services

Deployments, of ECS: ROLLING, and BLUE_GREEN, LINEAR and CANARY stage by stage, one stage at a look
and bakes by AWS's clock; PAUSE and AWS_LAMBDA hooks with their timeouts; circuit breaker; alarms;
StopServiceDeployment and ContinueServiceDeployment. Each task that a service counts is known, with
its protection and its end. A service's first deployment neither bakes nor goes through stages, so
that a few ticks bring a service up: AWS may well let it.

Not simulated: early success, lifecycle hooks of ROLLING, the 24 hours that a stage may last, what
DescribeServices shows of deployments that shift traffic (a guess stands there), standalone tasks,
composite alarms but for their state (and DescribeAlarms of moto answers them unasked, where AWS
answers metric alarms unless AlarmTypes names both),
task sets beyond the first of CODE_DEPLOY, daemons of the daemon API, Express services, IAM's and
AWS's request quotas, EventBridge events.
"""

from __future__ import annotations

from controller.sandbox.ecs.container_instances import plant_instances
from controller.sandbox.faults import (
    LOST_ANSWER,
    LOST_ANSWER_RESET,
    RESET,
    SERVER_ERROR,
    THROTTLE,
    TRUNCATED,
    UNAVAILABLE,
    Fault,
    latency,
)
from controller.sandbox.inprocess import session_class
from controller.sandbox.request import Request
from controller.sandbox.sandbox import DEFAULT_ACCOUNT, DEFAULT_REGION, START, Sandbox
from controller.sandbox.server import SandboxServer
from controller.sandbox.wire import Unimplemented

__all__ = [
    "DEFAULT_ACCOUNT",
    "DEFAULT_REGION",
    "LOST_ANSWER",
    "LOST_ANSWER_RESET",
    "RESET",
    "SERVER_ERROR",
    "START",
    "THROTTLE",
    "TRUNCATED",
    "UNAVAILABLE",
    "Fault",
    "Request",
    "Sandbox",
    "SandboxServer",
    "Unimplemented",
    "latency",
    "plant_instances",
    "session_class",
]
