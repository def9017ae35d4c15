"""The stage of the demo: the seeded fleet, a policy that states its own budget, a way in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from controller.app.connect import OpenSession
from controller.app.policies import KNOWN_RULES
from controller.core.policy.parse import parse
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Source
from controller.sandbox import DEFAULT_REGION, Sandbox
from controller.sandbox.fleet import Fleet, seed
from controller.sandbox.session import sessions_with
from controller.settings import Settings

KEY: Final = "AKIADEMO"
SECRET: Final = "demo"  # noqa: S105  # the sandbox asks for none
_TICK: Final = 0.4
"""Seconds between two looks of the simulated scheduler: the only thing that runs faster here."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A simulated AWS with a fleet in it, and what the controller is to make of it."""

    sandbox: Sandbox
    fleet: Fleet
    policies: PolicySet
    settings: Settings
    open_session: OpenSession


@contextmanager
def staged() -> Iterator[Stage]:
    """Set the stage; the simulated AWS runs by the clock on the wall inside the block."""
    sandbox = Sandbox(clock=time.time)
    fleet = seed(sandbox)
    stop = sandbox.run(_TICK)
    settings = Settings(policies=(), regions=(DEFAULT_REGION,), workers=16, probe_port=0)
    try:
        opens = sessions_with(sandbox, key=KEY, secret=SECRET)
        yield Stage(sandbox, fleet, policies(), settings, opens)
    finally:
        stop()


def policy_text() -> str:
    """Return the demo's policy as it is written."""
    return files("controller.cli.demo").joinpath("policy.yaml").read_text("utf-8")


def policies() -> PolicySet:
    """Return the demo's policy, parsed."""
    parsed = parse([Source("policy.yaml", policy_text())], known_rules=KNOWN_RULES)
    if parsed.policies is None:
        msg = f"the demo's own policy is wrong: {parsed.problems}"
        raise ValueError(msg)
    return parsed.policies
