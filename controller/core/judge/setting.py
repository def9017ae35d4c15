"""How a rule is to be taken: may its edits be written, how grave is a finding, what is exempt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from controller.core.judge.rule import Context, Rule, View
from controller.core.policy.mode import Mode, weakest
from controller.core.policy.model import LoggingPolicy
from controller.core.policy.severity import Severity
from controller.core.policy.standing import Standing

AUDIT_ONLY: Final = "AuditOnly"
_NOWHERE: Final[Mapping[str, frozenset[str]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Exemption:
    """That a rule need not be followed, by the word of the PolicyException named `by`.

    `containers` are the names of those that are exempt; None is everything, also what is not of a
    container.
    """

    by: str
    containers: frozenset[str] | None = None

    def spares(self, container: str | None) -> bool:
        """Tell whether a finding of *container* (None: of none) is exempt."""
        return self.containers is None or container in self.containers


@dataclass(frozen=True, slots=True)
class Setting:
    """The mode in which a rule's edits stand, the severity of its findings, and what is exempt.

    `held` is the code of the reason why edits that are not in Enforce are not made.
    """

    mode: Mode
    severity: Severity
    held: str = AUDIT_ONLY
    exemptions: tuple[Exemption, ...] = ()

    def exempt_by(self, container: str | None) -> str | None:
        """Return the exception by which a finding of *container* is exempt, or None."""
        return next((one.by for one in self.exemptions if one.spares(container)), None)


def settings_for(
    rules: Iterable[Rule[View, Context]],
    policy: LoggingPolicy,
    standing: Standing | None = None,
    *,
    containers: Mapping[str, frozenset[str]] = _NOWHERE,
) -> dict[str, Setting]:
    """Return, by rule id, how *policy* takes each of *rules*.

    A rule without a mode of its own has its policy's, and never more than that, nor than
    *standing* lets be. *containers* are the names of those that an exception selects, by the name
    of the exception; one that selects containers and is not there selects none.
    """
    settings = {}
    for rule in rules:
        stated = policy.rules.get(rule.id)
        own = policy.mode if stated is None or stated.mode is None else stated.mode
        mode = weakest(policy.mode, own)
        severities = (None if stated is None else stated.severity, policy.severity, rule.severity)
        severity = next(one for one in severities if one is not None)
        settings[rule.id] = Setting(mode, severity)
        if standing is not None:
            settings[rule.id] = _standing(rule.id, settings[rule.id], standing, containers)
    return settings


def _standing(
    rule: str, setting: Setting, standing: Standing, containers: Mapping[str, frozenset[str]]
) -> Setting:
    capped = weakest(setting.mode, standing.cap)
    held = setting.held if capped is setting.mode or standing.held is None else standing.held.code
    exemptions = (
        Exemption(
            one.name, None if one.containers is None else containers.get(one.name, frozenset())
        )
        for one in standing.exemptions
        if one.covers(rule)
    )
    return Setting(capped, setting.severity, held, tuple(exemptions))


def strictest(settings: Iterable[Setting]) -> Setting:
    """Return what holds of several claimers' settings: the weakest mode, the highest severity, and
    the exemption of any of them.
    """
    settings = tuple(settings)
    weak = min(settings, key=lambda one: (tuple(Mode).index(one.mode), one.held))
    exemptions = dict.fromkeys(one for setting in settings for one in setting.exemptions)
    return Setting(weak.mode, max(one.severity for one in settings), weak.held, tuple(exemptions))
