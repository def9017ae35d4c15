"""The sandbox itself: every call comes in here, is recorded, suffers its fault, and is answered."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

from controller.sandbox import codedeploy, ecs, logs
from controller.sandbox.behaviour import Behaviour, Predicate
from controller.sandbox.call import Call, Operations
from controller.sandbox.callers import Callers, account_of, caller_identity
from controller.sandbox.cloudwatch import AlarmState, set_alarm
from controller.sandbox.codedeploy import scheduler as code_deploy_scheduler
from controller.sandbox.ecs import scheduler
from controller.sandbox.ecs.clusters import cluster_named
from controller.sandbox.ecs.find import find_service, find_task_definition
from controller.sandbox.endings import LOGGER_ARGS, failed_to_start
from controller.sandbox.faults import Fault, Faults, Hook
from controller.sandbox.moto import answer_by_moto, forget_everything
from controller.sandbox.reads import is_write
from controller.sandbox.request import Request, body_of, operation_of, signed_by
from controller.sandbox.state import Region, Service
from controller.sandbox.wire import (
    Answer,
    Http,
    Json,
    Refusal,
    Unimplemented,
    answer_json,
    answer_refusal,
)

DEFAULT_ACCOUNT = "123456789012"
DEFAULT_REGION = "us-east-1"
START = 1_767_600_000.0  # 2026-01-05T08:00:00Z, a Monday: time stands until someone moves it


class Sandbox:
    """An AWS of one process: ECS and log groups are simulated, the rest is moto.

    Making one empties moto, which has one state per process. ``clock`` gives seconds since the
    epoch; without one, time stands at ``START`` until ``advance``.
    """

    def __init__(self, *, clock: Callable[[], float] | None = None) -> None:
        forget_everything()
        self.behaviour = Behaviour()
        self.callers = Callers()
        self.requests: list[Request] = []
        self.unimplemented: list[str] = []
        self._faults = Faults()
        self._regions: dict[tuple[str, str], Region] = {}
        self._lock = threading.RLock()
        self._clock = clock or (lambda: START)
        self._moved = 0.0
        self._ended = threading.Event()

    # ── time ─────────────────────────────────────────────────────────────────────────────────────

    @property
    def now(self) -> float:
        """Seconds since the epoch, as AWS would stamp them."""
        return self._clock() + self._moved

    @now.setter
    def now(self, moment: float) -> None:
        self._moved = moment - self._clock()

    def advance(self, seconds: float) -> None:
        """Move AWS's clock; nothing is deployed by that, see ``tick``."""
        self._moved += seconds

    def tick(self, times: int = 1) -> None:
        """Let ECS's scheduler look at every service so many times; the clock does not move."""
        for _ in range(times):
            with self._lock:
                for region in self._regions.values():
                    scheduler.tick(region, self.behaviour, now=self.now)
                    code_deploy_scheduler.tick(region, self.behaviour, now=self.now)

    def run(self, interval: float) -> Callable[[], None]:
        """Tick every ``interval`` seconds in a thread of its own; the answer stops it."""

        def go_on() -> None:
            while not self._ended.wait(interval):
                self.tick()

        thread = threading.Thread(target=go_on, name="sandbox-scheduler", daemon=True)
        thread.start()

        def stop() -> None:
            self._ended.set()
            thread.join()
            self._ended.clear()

        return stop

    # ── what was asked ───────────────────────────────────────────────────────────────────────────

    def writes(self, operation: str | None = None) -> list[Request]:
        """Every call so far that may have changed something, of one operation or of all."""
        with self._lock:
            return [
                request
                for request in self.requests
                if is_write(request) and operation in {None, request.operation}
            ]

    def counts(self) -> Counter[str]:
        """How often each operation was called."""
        with self._lock:
            return Counter(request.operation for request in self.requests)

    def clear_requests(self) -> None:
        """Forget what was asked; what it did stays."""
        with self._lock:
            self.requests.clear()

    # ── what goes wrong ──────────────────────────────────────────────────────────────────────────

    @property
    def fault(self) -> Hook | None:
        """Asked for every call that is neither denied nor planned: its fault, or None."""
        return self._faults.hook

    @fault.setter
    def fault(self, hook: Hook | None) -> None:
        self._faults.hook = hook

    def plan(self, operation: str, *faults: Fault | None) -> None:
        """The next calls of an operation suffer these, in turn; None lets one pass."""
        self._faults.plans[operation].extend(faults)

    def deny(self, operation: str, *, cluster: str | None = None) -> None:
        """AccessDeniedException for an operation, in one cluster (by name) or everywhere."""
        self._faults.denied.add((operation, cluster))

    def allow(self, operation: str, *, cluster: str | None = None) -> None:
        """Take a ``deny`` back."""
        self._faults.denied.discard((operation, cluster))

    def fails(self, predicate: Predicate, *, reason: str = LOGGER_ARGS) -> None:
        """Tasks of revisions that the predicate picks stop before they run, for this reason.

        ``controller.sandbox.endings`` has reasons; see there where they are shown.
        """
        self.behaviour.failing.append((predicate, failed_to_start(reason)))

    def stalls(self, predicate: Predicate) -> None:
        """Tasks of revisions that the predicate picks stay pending."""
        self.behaviour.stalling.append(predicate)

    def alarm(self, name: str, state: AlarmState = "ALARM", *, composite: bool = False) -> None:
        """Put a CloudWatch alarm of the default account and Region into a state, made if new."""
        set_alarm(DEFAULT_ACCOUNT, DEFAULT_REGION, name, state, composite=composite)

    # ── what it holds: live, so that a test may plant what no API call can ───────────────────────

    def region(self, account: str = DEFAULT_ACCOUNT, name: str = DEFAULT_REGION) -> Region:
        """All that an account holds in a Region; made when first named."""
        with self._lock:
            return self._regions.setdefault((account, name), Region(account, name))

    def document(self, arn: str) -> Json:
        """The stored raw document of a task definition revision, by its full ARN."""
        return find_task_definition(self._region_of(arn), arn).document

    def service(self, arn: str) -> Service:
        """A service by its full ARN."""
        _, cluster, name = arn.split(":", 5)[5].split("/")
        region = self._region_of(arn)
        return find_service(region, cluster_named(region, cluster), name)

    def tags(self, arn: str) -> list[Json]:
        """The tags of anything of ECS; ``aws:`` ones can be planted only here."""
        return self._region_of(arn).tags.setdefault(arn, [])

    def _region_of(self, arn: str) -> Region:
        _, _, _, name, account, _ = arn.split(":", 5)
        return self.region(account, name)

    # ── the way of a call, for the transports ────────────────────────────────────────────────────

    def receive(self, http: Http) -> Request:
        """Recognise a call and record it."""
        key, region, service = signed_by(http)
        caller = self.callers.arn_of(key, region)
        named = service or urlsplit(http.url).netloc.split(".")[0]
        request = Request(
            named, operation_of(http), body_of(http), account_of(caller), region, caller
        )
        with self._lock:
            self.requests.append(request)
        return request

    def fault_of(self, request: Request) -> Fault | None:
        """What shall go wrong with this call."""
        with self._lock:
            return self._faults.befall(request)

    def execute(self, http: Http, request: Request) -> Answer:
        """AWS's answer. Raises Unimplemented (and remembers it) where nobody knows the call."""
        try:
            return self._execute(http, request)
        except Unimplemented as missing:
            self.unimplemented.append(f"{request.service}:{request.operation}: {missing}")
            raise

    def _execute(self, http: Http, request: Request) -> Answer:
        if (request.service, request.operation) == ("sts", "GetCallerIdentity"):
            return caller_identity(request.caller)
        simulated = SIMULATED.get(request.service, {})
        if handler := simulated.get(request.operation):
            with self._lock:
                region = self.region(request.account, request.region)
                call = Call(request.body or {}, region, request.caller, self.now, self.behaviour)
                try:
                    return answer_json(handler(call))
                except Refusal as refusal:
                    return answer_refusal(refusal)
        if request.service == "ecs":
            raise Unimplemented("the sandbox does not simulate this operation of ECS")
        return answer_by_moto(http, account=request.account)


SIMULATED: dict[str, Operations] = {
    "codedeploy": codedeploy.OPERATIONS,
    "ecs": ecs.OPERATIONS,
    "logs": logs.OPERATIONS,
}
