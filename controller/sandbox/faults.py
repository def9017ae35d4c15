"""What can go wrong between a client and AWS, and in which order it is dealt out."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from controller.sandbox.request import Request
from controller.sandbox.wire import Answer, Refusal, answer_refusal


@dataclass(frozen=True, slots=True)
class Fault:
    """One mishap. The call waits ``seconds``, then is executed (or not), then answered (or not).

    ``answer`` stands in for AWS's own and nothing is executed; ``executes`` False means that the
    effect does not happen; ``cut`` that the connection ends instead of an answer, by a TCP reset or
    by being closed; ``truncated`` that half of the body arrives, and no HTTP error tells.
    """

    seconds: float = 0.0
    answer: Answer | None = None
    executes: bool = True
    cut: Literal["reset", "close"] | None = None
    truncated: bool = False


# ThrottlingException "Rate exceeded", HTTP 400 [fact 5.4].
THROTTLE = Fault(answer=answer_refusal(Refusal("ThrottlingException", "Rate exceeded")))
SERVER_ERROR = Fault(
    answer=answer_refusal(Refusal("ServerException", "Service Unavailable", status=500))
)
# What a load balancer in front of AWS says: not JSON, no AWS error code.
UNAVAILABLE = Fault(
    answer=Answer(503, b"<html>Service Unavailable</html>", {"content-type": "text/html"})
)
RESET = Fault(executes=False, cut="reset")
# The effect is done, and the client cannot know [fact 4.4]. aiobotocore says ConnectionClosedError
# for a closed connection and EndpointConnectionError for a reset one, however late it came.
LOST_ANSWER = Fault(cut="close")
LOST_ANSWER_RESET = Fault(cut="reset")
TRUNCATED = Fault(truncated=True)  # parses to an empty success in botocore


def latency(seconds: float) -> Fault:
    """AWS answers, but only after ``seconds``."""
    return Fault(seconds=seconds)


def access_denied(request: Request) -> Fault:
    """AccessDeniedException as IAM words it for a call by ``request.caller``."""
    where = f" on resource: {request.cluster}" if request.cluster else ""
    message = (
        f"User: {request.caller} is not authorized to perform: "
        f"{request.service}:{request.operation}{where}"
        " because no identity-based policy allows the action"
    )
    return Fault(answer=answer_refusal(Refusal("AccessDeniedException", message)))


Hook = Callable[[Request], Fault | None]


@dataclass(slots=True)
class Faults:
    """Who decides what goes wrong: first what is denied, then what is planned, then the hook."""

    hook: Hook | None = None
    plans: defaultdict[str, deque[Fault | None]] = field(default_factory=lambda: defaultdict(deque))
    denied: set[tuple[str, str | None]] = field(default_factory=set)

    def befall(self, request: Request) -> Fault | None:
        """The fault of this call, if any; a planned one is used up."""
        if {(request.operation, None), (request.operation, request.cluster)} & self.denied:
            return access_denied(request)
        if plan := self.plans[request.operation]:
            return plan.popleft()
        return self.hook(request) if self.hook else None


def suffer(fault: Fault | None, execute: Callable[[], Answer]) -> Answer | None:
    """The answer that reaches the client, None where the connection is cut; waits for nothing."""
    if fault is None:
        return execute()
    if fault.answer is not None:
        return fault.answer
    answer = execute() if fault.executes else None
    if answer is None or fault.cut:
        return None
    if fault.truncated:
        return Answer(answer.status, answer.body[: len(answer.body) // 2], answer.headers)
    return answer
