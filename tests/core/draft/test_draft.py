"""A draft asks what most services do already."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from controller.core.draft.draft import draft
from controller.core.draft.habits import Shape, habits
from controller.core.draft.votes import Chosen
from controller.core.policy.destination import Accepted
from controller.core.policy.mode import Mode
from controller.core.policy.template import render
from controller.core.refs import ServiceRef
from tests.core.draft.given import drafts, fleet, habits_of, logs_to, parsed, service


def same(group: str, *refs: ServiceRef) -> dict[ServiceRef, list[dict[str, Any]]]:
    """Return services that log to the group of this template."""
    return {ref: [logs_to(group.format(service=ref.name, cluster=ref.cluster))] for ref in refs}


def test_one_template_that_holds_for_all_clusters_makes_one_policy() -> None:
    refs = [service(name, cluster=where) for name in ("web", "api") for where in ("prod", "dev")]

    (one,) = drafts(fleet(same("/ecs/{cluster}/{service}", *refs)))

    assert (one.name, one.clusters, one.services) == ("logging", (), 4)
    assert one.wanted.group == Chosen("/ecs/{cluster}/{service}", 4, 4)
    assert one.wanted.stream_prefix == Chosen("ecs", 4, 4)
    (policy,) = parsed([one]).policies
    assert policy.mode is Mode.AUDIT
    assert [selector.clusters for selector in policy.match] == [("*",)]


def test_clusters_that_log_otherwise_have_policies_of_their_own() -> None:
    running = {
        **same("/ecs/{service}", service("web"), service("api")),
        **same("/dev/{service}", service("web", cluster="Dev_1"), service("api", cluster="Dev_1")),
        **same("/ecs/{service}", service("web", cluster="live"), service("api", cluster="live")),
    }

    drafted = drafts(fleet(running))

    assert [(one.name, one.clusters) for one in drafted] == [
        ("dev-1", ("Dev_1",)),
        ("live", ("live", "prod")),
    ]
    assert [one.wanted.group.value for one in drafted] == ["/dev/{service}", "/ecs/{service}"]
    assert len(parsed(drafted).policies) == 2


def test_a_cluster_with_nothing_in_common_takes_what_most_elsewhere_do() -> None:
    odd = {service(name, cluster="odd"): [logs_to(f"/x{at}")] for at, name in enumerate("abc")}

    (one,) = drafts(fleet({**odd, **same("/ecs/{service}", service("web"), service("api"))}))

    assert one.wanted.group == Chosen("/ecs/{service}", 2, 5)


def test_a_service_agrees_only_where_all_of_its_containers_do() -> None:
    both = habits_of(fleet({service("web"): [logs_to("/ecs/web"), logs_to("/ecs/prod")]}))

    assert both.groups == frozenset()
    assert both.stream_prefixes == {"ecs"}


def test_the_mode_that_most_have_is_asked_for_with_its_buffer() -> None:
    stated = logs_to("/ecs/shared", mode="non-blocking", max_buffer_size="25m")
    running = {service("a"): [stated], service("b"): [stated], service("c"): [logs_to("/x")]}

    (one,) = drafts(fleet(running))
    awslogs = parsed([one]).policies[0].destinations[0].awslogs

    assert (awslogs.mode, awslogs.max_buffer_size) == ("non-blocking", "25m")
    assert (one.wanted.mode, one.wanted.buffer) == (
        Chosen("non-blocking", 3, 3),
        Chosen("25m", 2, 3),
    )


def test_where_most_block_no_buffer_is_asked_for() -> None:
    blocking = logs_to("/ecs/shared", mode="blocking", max_buffer_size="25m")

    awslogs = parsed(drafts(fleet({service("a"): [blocking]}))).policies[0].destinations[0].awslogs

    assert (awslogs.mode, awslogs.max_buffer_size) == ("blocking", None)


def test_another_region_to_which_most_log_is_asked_for() -> None:
    abroad = logs_to("/ecs/shared", awslogs_region="us-east-1")

    (one,) = drafts(fleet({service("a"): [abroad], service("b"): [abroad]}))

    assert parsed([one]).policies[0].destinations[0].awslogs.region == "us-east-1"


def test_the_retention_that_most_log_groups_have_is_asked_for() -> None:
    running = same("/ecs/{service}", service("a"), service("b"), service("c"))

    (kept,) = drafts(fleet(running, retentions={"/ecs/a": 30, "/ecs/b": 30, "/ecs/c": None}))
    (for_ever,) = drafts(fleet(running, retentions={"/ecs/a": None, "/ecs/b": 30, "/ecs/c": None}))

    groups = [parsed([one]).policies[0].log_group for one in (kept, for_ever)]
    assert [None if one is None else one.retention_in_days for one in groups] == [30, None]
    assert for_ever.wanted.retention == Chosen(None, 2, 3)


def test_other_drivers_in_use_are_accepted_in_the_fewest_shapes() -> None:
    datadog: dict[str, Any] = {"logDriver": "awsfirelens", "options": {"Name": "datadog"}}
    with_key = datadog | {"secretOptions": [{"name": "apikey", "valueFrom": "x"}]}
    splunk = {"logDriver": "splunk", "secretOptions": [{"name": "splunk-token", "valueFrom": "x"}]}
    odd = {"logDriver": "none"}

    (one,) = drafts(fleet({service("a"): [with_key, datadog, splunk, odd, None]}))

    assert one.accept == (
        Shape("awsfirelens", "datadog"),
        Shape("splunk", None, ("splunk-token",)),
    )
    assert parsed([one]).policies[0].accept == (
        Accepted(driver="awsfirelens", output="datadog"),
        Accepted(driver="splunk", secret_options=("splunk-token",)),
    )


def test_an_empty_fleet_gives_the_defaults() -> None:
    (one,) = drafts(fleet({}))

    (policy,) = parsed([one]).policies
    assert policy.destinations[0].awslogs.group == "/ecs/{cluster}/{service}"
    assert (policy.mode, policy.accept) == (Mode.AUDIT, ())


def test_where_only_some_clusters_were_looked_at_they_are_named() -> None:
    seen = fleet(same("/ecs/{service}", service("web")))

    (one,) = draft(habits(seen), whole=False)

    assert one.clusters == ("prod",)


NAMES = st.text("abA1-_", min_size=1, max_size=6).filter(lambda one: one.strip("-_") == one)
GROUPS = st.sampled_from(
    ["/ecs/{cluster}/{service}", "/ecs/{service}", "{cluster}-{service}", "/shared", "bad name!"]
)
FLEETS = st.dictionaries(
    st.tuples(NAMES, NAMES),
    st.tuples(GROUPS, st.sampled_from(["json-file", "awslogs"])),
    max_size=8,
)


@given(FLEETS)
def test_whatever_runs_the_draft_is_valid_and_the_template_gives_the_names_of_who_agrees(
    running: dict[tuple[str, str], tuple[str, str]],
) -> None:
    services: dict[ServiceRef, list[dict[str, Any]]] = {
        service(name, cluster=cluster): [
            logs_to(group.format(cluster=cluster, service=name))
            if driver == "awslogs"
            else {"logDriver": driver}
        ]
        for (cluster, name), (group, driver) in running.items()
    }

    drafted = drafts(fleet(services))

    assert len(parsed(drafted).policies) == len(drafted)
    for one in drafted:
        here = {
            ref: logging[0]["options"]["awslogs-group"]
            for ref, logging in services.items()
            if (not one.clusters or ref.cluster in one.clusters) and "options" in logging[0]
        }
        given = [ref for ref, name in here.items() if rendered(one.wanted.group.value, ref) == name]
        assert (len(given), len(here)) == (one.wanted.group.agreed, one.wanted.group.of)


def rendered(template: str, ref: ServiceRef) -> object:
    """Return the name that a template gives for a service."""
    values = {
        "service": ref.name,
        "family": ref.name,
        "cluster": ref.cluster,
        "region": ref.region,
        "account": ref.account,
        "container": "c0",
    }
    return render(template, values.__getitem__)
