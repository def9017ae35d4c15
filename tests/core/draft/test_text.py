"""The text of a draft says why each value was chosen."""

from __future__ import annotations

from controller.core.draft.text import text_of
from tests.core.draft.given import drafts, fleet, logs_to, service
from tests.core.service.given import NOW


def test_each_value_says_who_agrees() -> None:
    running = {service(name): [logs_to(f"/ecs/{name}")] for name in ("web", "api")}
    running[service("odd")] = [logs_to("/odd-one")]
    splunk = {"logDriver": "splunk", "secretOptions": [{"name": "splunk-token", "valueFrom": "x"}]}
    running[service("vendor")] = [splunk]

    text = text_of(drafts(fleet(running, retentions={"/ecs/web": None, "/ecs/api": 30})), at=NOW)

    assert (
        text
        == """\
# Drafted from 4 services: what most of them do already.
# Seen 2026-11-22 12:00 UTC.
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata:
  name: "logging"
spec:
  mode: Audit # nothing is written before this says Enforce
  match:
    - clusters: ["*"]
  destinations:
    - awslogs:
        group: "/ecs/{service}" # 2 of 3 services
        streamPrefix: "ecs" # 3 of 3 services
        mode: non-blocking # 3 of 3 services
  # in use besides awslogs, and taken as they are
  accept:
    - {driver: splunk, secretOptions: ["splunk-token"]}
  logGroup:
    # 1 of 2 log groups keep events for ever:
    # retentionInDays would end that
    create: true # a container whose log group is missing does not start
"""
    )


def test_a_draft_from_nothing_says_so() -> None:
    text = text_of(drafts(fleet({})), at=NOW)

    assert text.startswith("# No service was found to draft a policy from")
    assert '"/ecs/{cluster}/{service}" # a default: nobody here logs by awslogs' in text


def test_what_is_taken_from_other_clusters_says_so() -> None:
    running = {
        service("web"): [logs_to("/ecs/web", mode="blocking")],
        service("api"): [logs_to("/ecs/api", mode="blocking")],
        **{service(name, cluster="odd"): [logs_to(f"/x{name}")] for name in "abc"},
    }

    text = text_of(drafts(fleet(running)), at=NOW)

    assert 'group: "/ecs/{service}" # as most of other clusters; here 0 of 3 services' in text
    assert "Services of clusters that are not named here are not governed." in text
    assert '    - clusters: ["odd"]' in text
