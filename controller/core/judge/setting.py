"""How a rule is to be taken: whether its edits may be written, and how grave a finding is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from controller.core.judge.rule import Context, Rule, View
from controller.core.policy.mode import Mode, weakest
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.severity import Severity


@dataclass(frozen=True, slots=True)
class Setting:
    """The mode in which a rule's edits stand, and the severity of its findings."""

    mode: Mode
    severity: Severity


def settings_for(rules: Iterable[Rule[View, Context]], policy: LoggingPolicy) -> dict[str, Setting]:
    """Return, by rule id, how *policy* takes each of *rules*.

    A rule without a mode of its own has its policy's, and never more than that.
    """
    settings = {}
    for rule in rules:
        stated = policy.rules.get(rule.id)
        mode = policy.mode if stated is None or stated.mode is None else stated.mode
        severity = rule.severity if stated is None or stated.severity is None else stated.severity
        settings[rule.id] = Setting(weakest(policy.mode, mode), severity)
    return settings


def strictest(settings: Iterable[Setting]) -> Setting:
    """Return the weakest mode and the highest severity of several claimers' settings."""
    settings = tuple(settings)
    first, *others = (one.mode for one in settings)
    return Setting(weakest(first, *others), max(one.severity for one in settings))
