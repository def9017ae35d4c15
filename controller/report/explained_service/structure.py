"""Why a service stands as it does, as plain data: the one shape in which JSON and YAML show it."""

from __future__ import annotations

from datetime import datetime

from controller.core.explained_service import ExplainedService
from controller.core.policy.exception import PolicyException
from controller.core.policy.standing import Standing
from controller.core.policy.why import Considered
from controller.core.service.rule_by_rule import RuleStanding
from controller.report.gates import reason
from controller.report.structure import SCHEMA_VERSION, Structure, finding, plan, target


def structure(explained: ExplainedService) -> Structure:
    """Return what is written of *explained*: a target as in every report, and what led to it."""
    outcome, why = explained.outcome, explained.why
    entry: Structure = {
        **target(outcome),
        "observedAt": explained.observed_at.isoformat(),
        "inventory": explained.inventory,
        "policyDigest": outcome.policy_digest,
        "policies": [_policy(one) for one in (() if why is None else why.considered)],
        "standing": None if explained.standing is None else _standing(explained.standing),
        "rules": [_rule(one) for one in explained.rules],
        "plan": plan(outcome),
        "logGroups": [target(one) | {"plan": plan(one)} for one in explained.log_groups],
        "gatesNotAsked": explained.unasked,
        "gaps": list(explained.gaps),
    }
    return {"schemaVersion": SCHEMA_VERSION, "explained": [entry]}


def _policy(one: Considered) -> Structure:
    return {
        "name": one.name,
        "priority": one.priority,
        "mode": str(one.mode),
        "place": str(one.place),
        "because": one.because,
        "excludedBy": one.excluded_by,
        "lacks": list(one.lacks),
    }


def _standing(stands: Standing) -> Structure:
    return {
        "policy": stands.policy.name,
        "processMode": "Audit",
        "policyMode": str(stands.policy.mode),
        "mode": str(stands.cap),
        "held": None if stands.held is None else reason(stands.held),
        "changesAt": _moment(stands.changes_at),
        "exemptions": [_exemption(one) for one in stands.exemptions],
        "warnings": list(stands.warnings),
    }


def _exemption(one: PolicyException) -> Structure:
    return {
        "name": one.name,
        "rules": list(one.rules),
        "someContainers": one.containers is not None,
        "reason": one.reason,
        "owner": one.owner,
        "ticket": one.ticket,
        "expires": one.expires.isoformat(),
    }


def _rule(one: RuleStanding) -> Structure:
    return {
        "rule": one.rule,
        "title": one.title,
        "severity": str(one.severity),
        "policyMode": str(one.stated),
        "mode": str(one.mode),
        "held": one.held,
        "exemptBy": list(one.exempt_by),
        "findings": [finding(found) for found in one.findings],
    }


def _moment(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat()
