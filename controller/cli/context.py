"""`--context`: where a task definition is to be deployed, as far as a person says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final, get_args

import click

from controller.cli import options
from controller.core.check import CheckContext
from controller.core.policy.destination import DeliveryMode
from controller.core.policy.selector import DeploymentController, LaunchType, SchedulingStrategy
from controller.core.policy.suggest import nearest

_MEMBERS: Final = {
    "account": "account",
    "cluster": "cluster",
    "defaultLogDriverMode": "default_mode",
    "deploymentController": "deployment_controller",
    "family": "family",
    "launchType": "launch_types",
    "partition": "partition",
    "platform": "platform",
    "region": "region",
    "schedulingStrategy": "scheduling_strategy",
    "service": "service",
}
_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "defaultLogDriverMode": get_args(DeliveryMode),
    "deploymentController": get_args(DeploymentController),
    "launchType": get_args(LaunchType),
    "schedulingStrategy": get_args(SchedulingStrategy),
}
_TAG: Final = re.compile(r"(?:tags\.|tag:)(.+)")


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
    if (tag := _TAG.fullmatch(key)) is not None:
        return _with_tag(stated, tag[1], value)
    if (key, value) == ("tags", "none"):
        return _without_tags(stated)
    _refuse(key, value)
    if key == "launchType":  # a service may have several
        return replace(stated, launch_types=(stated.launch_types or frozenset()) | {value})
    member = _MEMBERS[key]
    if getattr(stated, member) not in (None, value):
        raise click.BadParameter(f"{key} is said twice, and differently")
    changed: dict[str, Any] = {member: value}
    return replace(stated, **changed)


def _with_tag(stated: CheckContext, key: str, value: str) -> CheckContext:
    tags = {**(stated.tags or {}), key: value}
    if stated.tags is not None and stated.tags.get(key, value) != value:
        raise click.BadParameter(f"the tag {key} is said twice, and differently")
    if stated.tags == {}:
        raise click.BadParameter(f"there is a tag {key}, and there are none")
    return replace(stated, tags=tags)


def _without_tags(stated: CheckContext) -> CheckContext:
    if stated.tags:
        raise click.BadParameter(f"there is a tag {next(iter(stated.tags))}, and there are none")
    return replace(stated, tags={})


def _refuse(key: str, value: str) -> None:
    """Raise BadParameter for what no policy asks for, and for a value that AWS does not know."""
    if key not in _MEMBERS:
        known = (*_MEMBERS, "tags.KEY")
        meant = nearest(key, known)
        hint = f"did you mean {meant}?" if meant else f"known: {', '.join(known)}"
        raise click.BadParameter(f"{key!r} is nothing that a policy asks for; {hint}")
    choices = _CHOICES.get(key, (value,))
    if value not in choices:
        *others, last = choices
        raise click.BadParameter(f"{key} is {', '.join(others)} or {last}, not {value!r}")


CONTEXT: Final = options.option(
    "--context",
    "deployed",
    multiple=True,
    metavar="KEY=VALUE,…",
    callback=_context,
    help=(
        f"Where it is to be deployed: {', '.join(_MEMBERS)}, and the service's tags as tags.KEY. "
        "Several launchTypes stand for a service that may run on each. A tag stands for all that "
        "there are: those not stated are taken as absent; tags=none if there are none."
    ),
)
