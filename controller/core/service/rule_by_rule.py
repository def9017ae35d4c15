"""Rule by rule: how a service stands to each of them, those included that found nothing."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.judge.finding import Finding
from controller.core.judge.setting import settings_for
from controller.core.policy.mode import Mode
from controller.core.policy.severity import Severity
from controller.core.service.exempt import exempt_containers
from controller.core.service.rules import RULES
from controller.core.service.task_definition import TaskDefinition
from controller.core.service.verdict import Verdict


@dataclass(frozen=True, slots=True)
class RuleStanding:
    """How one rule is taken with the service, and what it found; nothing is compliant.

    `stated` is the mode that the policy gives the rule, `mode` the one that holds now; `held` is
    the code of the reason why edits are not made, None in Enforce. `exempt_by` are the exceptions
    that speak of the rule, for all of the service or for some containers.
    """

    rule: str
    title: str
    severity: Severity
    stated: Mode
    mode: Mode
    held: str | None
    exempt_by: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def is_asked(self) -> bool:
        """Tell whether the rule is asked at all."""
        return self.mode is not Mode.DISABLED


def rule_by_rule(verdict: Verdict) -> tuple[RuleStanding, ...]:
    """Return how a service stands to each rule, in their order; nothing where nothing is asked."""
    if not verdict.asks:
        return ()
    standing = verdict.standing
    exceptions = () if standing is None else standing.exemptions
    containers = exempt_containers(exceptions, TaskDefinition(verdict.document))
    stated = settings_for(RULES, verdict.policy)
    settings = settings_for(RULES, verdict.policy, standing, containers=containers)
    return tuple(
        RuleStanding(
            rule=rule.id,
            title=rule.title,
            severity=settings[rule.id].severity,
            stated=stated[rule.id].mode,
            mode=settings[rule.id].mode,
            held=None if settings[rule.id].mode is Mode.ENFORCE else settings[rule.id].held,
            exempt_by=tuple(one.by for one in settings[rule.id].exemptions),
            findings=tuple(one for one in verdict.judgement.findings if one.rule == rule.id),
        )
        for rule in RULES
    )
