"""`--context`: where a task definition is to be deployed, as far as a person says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, get_args

import click

from controller.cli import options
from controller.core.check import CheckContext
from controller.core.policy.destination import DeliveryMode
from controller.core.policy.suggest import nearest

_MEMBERS: Final = {
    "account": "account",
    "cluster": "cluster",
    "defaultLogDriverMode": "default_mode",
    "family": "family",
    "partition": "partition",
    "region": "region",
    "service": "service",
}


def _context(
    context: click.Context, parameter: click.Parameter, given: tuple[str, ...]
) -> CheckContext:
    stated = CheckContext()
    for written in given:
        for pair in filter(None, re.split(r"\s*,\s*", written.strip())):
            stated = _with(stated, pair)
    return stated


def _with(stated: CheckContext, pair: str) -> CheckContext:
    key, equals, value = (part.strip() for part in pair.partition("="))
    if not equals or not value:
        raise click.BadParameter(f"{pair!r} is not key=value, such as cluster=prod")
    if key not in _MEMBERS:
        meant = nearest(key, _MEMBERS)
        hint = f"did you mean {meant}?" if meant else f"known: {', '.join(_MEMBERS)}"
        raise click.BadParameter(f"{key!r} is nothing that a policy asks for; {hint}")
    if key == "defaultLogDriverMode" and value not in get_args(DeliveryMode):
        raise click.BadParameter(f"{key} is {' or '.join(get_args(DeliveryMode))}, not {value!r}")
    member = _MEMBERS[key]
    if getattr(stated, member) not in (None, value):
        raise click.BadParameter(f"{key} is said twice, and differently")
    return replace(stated, **{member: value})


CONTEXT: Final = options.option(
    "--context",
    "deployed",
    multiple=True,
    metavar="KEY=VALUE,…",
    callback=_context,
    help=f"Where it is to be deployed: {', '.join(_MEMBERS)}.",
)
