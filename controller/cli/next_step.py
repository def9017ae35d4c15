"""The line that a person types next."""

from __future__ import annotations

import shlex

from controller.settings import Settings


def command_line(verb: str, settings: Settings, *more: str) -> str:
    """Return the command that goes on with the same fleet, ready to be pasted."""
    words = ["ecs-logging", verb, *more]
    for path in settings.policies:
        words += ["--policy", str(path)]
    for region in settings.regions:
        words += ["--region", region]
    for cluster in settings.clusters:
        words += ["--cluster", cluster]
    if settings.instance != Settings.__dataclass_fields__["instance"].default:
        words += ["--instance", settings.instance]
    for one in settings.former_principals:
        words += ["--former-principal", one]
    if settings.kill_switch is not None:
        words += ["--kill-switch", str(settings.kill_switch)]
    return shlex.join(words)
