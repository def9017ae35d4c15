from __future__ import annotations

import json as stdlib
from typing import Any

from hypothesis import given
from ruamel.yaml import YAML

from controller.core.policy.severity import Severity
from controller.core.reason import Sync
from controller.core.report import Report
from controller.report import json, yaml
from controller.report.structure import structure
from tests.report.reports import (
    REPORTS,
    drifted,
    finding,
    log_group,
    outcome,
    report,
)


def written(seen: Report, *, fail_on: Severity | None = None, with_plan: bool = False) -> Any:
    """Return what the JSON of a report says."""
    return stdlib.loads(json.render(structure(seen, fail_on=fail_on, with_plan=with_plan)))


def test_a_service_is_written_member_by_member() -> None:
    seen = report(drifted())

    assert written(seen) == {
        "schemaVersion": 1,
        "observedAt": "2026-11-22T12:00:00+00:00",
        "inventory": None,
        "policyDigest": "0123456789abcdef" * 4,
        "summary": {
            "compliant": 0,
            "drifted": 1,
            "unknown": 0,
            "exempt": 0,
            "ungoverned": 0,
            "undecided": 0,
            "incomplete": False,
            "failed": False,
            "gaps": [],
            "notices": [],
        },
        "targets": [
            {
                "kind": "service",
                "name": "web",
                "arn": "arn:aws:ecs:eu-west-1:111122223333:service/prod/web",
                "account": "111122223333",
                "region": "eu-west-1",
                "cluster": "prod",
                "service": "web",
                "taskDefinitionArn": "arn:aws:…:task-definition/web:7",
                "policy": "production",
                "sync": "Drifted",
                "health": "Healthy",
                "reason": "AuditOnly",
                "findings": [
                    {
                        "id": "a1b2c3d4e5f6",
                        "rule": "delivery-mode",
                        "severity": "High",
                        "container": "web",
                        "path": "containerDefinitions[name=web].logConfiguration.options.mode",
                        "message": "container web does not hand over its logs as the policy says",
                        "fixable": True,
                        "blocked": None,
                        "exemptBy": None,
                    }
                ],
                "gates": [],
            }
        ],
    }


def test_members_that_a_log_group_does_not_have_are_null() -> None:
    (target,) = written(report(outcome(log_group())))["targets"]

    assert target["kind"] == "log-group"
    assert [target[key] for key in ("cluster", "service", "taskDefinitionArn", "reason")] == [
        None
    ] * 4


def test_a_plan_adds_what_would_be_changed() -> None:
    (target,) = written(report(drifted()), with_plan=True)["targets"]

    assert target["plan"] == {
        "applicable": True,
        "step": None,
        "message": "this process does not enforce",
        "remedy": "Start it with --enforce (or ECS_LOGGING_ENFORCE=true).",
        "changes": [
            {
                "path": "containerDefinitions[name=web].logConfiguration.options.mode",
                "old": "blocking",
                "new": "non-blocking",
                "blocked": None,
            }
        ],
        "patch": [
            {"op": "replace", "path": "/containerDefinitions/0/mode", "value": "non-blocking"}
        ],
    }


def test_what_is_incomplete_and_what_failed_are_both_told() -> None:
    seen = report(outcome(sync=Sync.DRIFTED, findings=(finding(Severity.HIGH),)), gaps=("dark",))

    summary = written(seen, fail_on=Severity.MEDIUM)["summary"]

    assert (summary["incomplete"], summary["failed"], summary["gaps"]) == (True, True, ["dark"])


def test_a_violation_below_the_threshold_has_not_failed() -> None:
    seen = report(outcome(sync=Sync.DRIFTED, findings=(finding(Severity.LOW),)))

    assert written(seen, fail_on=Severity.MEDIUM)["summary"]["failed"] is False


@given(REPORTS)
def test_yaml_and_json_say_the_same(seen: Report) -> None:
    data = structure(seen, fail_on=Severity.LOW, with_plan=True)

    assert YAML(typ="safe", pure=True).load(yaml.render(data)) == stdlib.loads(json.render(data))


def test_an_account_id_stays_a_text_in_yaml() -> None:
    assert 'account: "111122223333"' in yaml.render(structure(report(outcome()), fail_on=None))


def test_a_drifted_target_of_which_something_is_unknown_is_incomplete() -> None:
    drifted = outcome(findings=(finding(), finding(blocked="Unknown")))

    assert report(drifted).incomplete
    assert not report(outcome(findings=(finding(),))).incomplete
