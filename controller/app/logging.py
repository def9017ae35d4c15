"""How log lines look: JSON for machines, columns for people on a terminal; on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable

import structlog

from controller.core.policy.policy_set import PolicySet


def configure_logging(*, level: int, pretty: bool | None = None) -> None:
    """Set up structlog for the process; *pretty* None asks whether standard error is a terminal."""
    pretty = sys.stderr.isatty() if pretty is None else pretty
    rendered: tuple[structlog.typing.Processor, ...] = (
        # A formatter that shows local variables would show whole task definitions.
        (structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),)
        if pretty
        else (structlog.processors.format_exc_info, structlog.processors.JSONRenderer())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *rendered,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def with_digest(policies: Callable[[], PolicySet]) -> structlog.typing.Processor:
    """Return what adds to a line the digest of the policies in force when it is written.

    A line about a target says itself by which policies the target was judged, and keeps that.
    """

    def add(
        logger: structlog.typing.WrappedLogger, method: str, event: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        event.setdefault("policy_digest", policies().short_digest)
        return event

    return add


def logger_of(policies: Callable[[], PolicySet]) -> structlog.typing.FilteringBoundLogger:
    """Return the logger of a process in which *policies* tells those in force."""
    processors = [with_digest(policies), *structlog.get_config()["processors"]]
    logger: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        None, processors=processors
    )
    return logger
