"""The settings of the process, as the command line and ECS_LOGGING_* state them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from controller.core.state.kill_switch import Place


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person says of one process; what must hold of the fleet is policy, not setting."""

    policies: tuple[Path, ...]
    """Files and directories of policies."""

    policy_poll: timedelta = timedelta(seconds=5)
    """How soon the policies are read again. 5 seconds: a change is in force after 5 to 10, for it
    must be read twice the same, and reading a few small files costs next to nothing."""

    regions: tuple[str, ...] = ()
    """Regions to look at; empty: the one that the AWS environment names."""

    clusters: tuple[str, ...] = ()
    """Short names of clusters to look at; empty: all of them."""

    enforce: bool = False
    """The process's yes. False, because nothing is written before somebody asks for it."""

    instance: str = "ecs-logging-controller"
    """The name under which this controller tags what it makes; another name is another owner."""

    former_principals: tuple[str, ...] = ()
    """Principals under which this controller registered before, as `principal` writes them; empty:
    it always ran as it does now."""

    kill_switch: Place | None = None
    """Where the kill switch is kept, by which rolls are stopped from outside; None: there is none,
    since it must first be written somewhere."""

    workers: int = 8
    """Targets looked at at the same time. 8, well within what ECS answers per second [fact 5.1]."""

    resync: timedelta = timedelta(minutes=5)
    """How soon a target in which nothing goes on is looked at again. 5 minutes suit some hundreds
    of services in one account and Region: each look takes several calls, and ECS answers 20 reads
    of task definitions per second to all who ask there [fact 5.1]. More services want longer."""

    limit: timedelta = timedelta(minutes=2)
    """How long one look at one target may take before it is given up and tried again."""

    probe_host: str | None = None
    """The address that /healthz and /readyz listen on; None is all of them."""

    probe_port: int = 8081
    """The port of the probes; 0 takes any that is free."""
