"""What policies select an observed service by, and what of it is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.core.document.json import Document, Json
from controller.core.document.unresolved import Unresolved
from controller.core.policy.exception import PolicyException
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.select import Subject
from controller.core.policy.selector import Selector
from controller.core.reason import Reason
from controller.core.service.capacity import launch_types, providers
from controller.core.service.observed import NOT_ASKED, CapacityRead, Observed, Unread
from controller.core.service.revision import Identity, Revision
from controller.core.service.subject import needs_capacity, platform_of, subject_of, unread
from tests.core.policy.written import governing
from tests.core.service.given import REF
from tests.core.service.scene import SERVICE

DENIED = Unread(Reason("AccessDenied", "DescribeCapacityProviders: AccessDenied: no"))
ARN = "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop:7"


def strategy(*names: str, **weights: int) -> list[Json]:
    """Return a strategy of providers, of weight 1 or of those that are stated."""
    equal: dict[str, int] = dict.fromkeys(names, 1)
    return [{"capacityProvider": name, "weight": one} for name, one in (equal | weights).items()]


def observed(
    service: Document,
    task_definition: Document | None = None,
    *,
    capacity: CapacityRead = NOT_ASKED,
) -> Observed:
    """Return a service as it is described, set to a task definition."""
    revision = Revision(ARN, task_definition or {"family": "shop"}, {})
    shown = replace(SERVICE, document=service, tags={"team": "payments"})
    identity = Identity("i", frozenset())
    return Observed(REF, shown, revision, identity, "blocking", capacity=capacity)


def test_a_service_is_known_by_all_that_it_shows() -> None:
    windows: Document = {"runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}
    shown: Document = {"launchType": "EC2", "schedulingStrategy": "DAEMON"}

    assert subject_of(observed(shown, windows)) == Subject(
        cluster="prod",
        service="web",
        family="shop",
        account="111122223333",
        region="eu-central-1",
        launch_types=frozenset({"EC2"}),
        platform="WINDOWS_SERVER_2022_CORE",
        scheduling_strategy="DAEMON",
        deployment_controller="ECS",
        tags={"team": "payments"},
    )


def test_what_a_service_does_not_show_is_not_known() -> None:
    subject = subject_of(observed({}))

    assert (subject.launch_types, subject.platform) == (None, None)
    assert subject.scheduling_strategy is None


def test_tags_that_could_not_be_read_are_not_known() -> None:
    one = observed({"launchType": "EC2"})
    blind = replace(one, service=replace(one.service, tags=None))

    assert subject_of(blind).tags is None
    assert "tags could not be read" in unread(blind)


@pytest.mark.parametrize(
    ("service", "known", "expected"),
    [
        pytest.param({"launchType": "EXTERNAL"}, {}, {"EXTERNAL"}, id="by its launch type"),
        pytest.param(
            {"capacityProviderStrategy": strategy("FARGATE", "FARGATE_SPOT")},
            {},
            {"FARGATE"},
            id="[1.21] by the providers that every account has",
        ),
        pytest.param(
            {"capacityProviderStrategy": strategy("asg", "mi")},
            {"asg": "EC2", "mi": "MANAGED_INSTANCES"},
            {"EC2", "MANAGED_INSTANCES"},
            id="by providers that were looked at",
        ),
        pytest.param(
            {"capacityProviderStrategy": strategy("asg", "FARGATE")},
            {"asg": "EC2"},
            {"EC2", "FARGATE"},
            id="on several",
        ),
        pytest.param(
            {"capacityProviderStrategy": strategy("asg", "FARGATE")}, {}, None, id="one unknown"
        ),
        pytest.param(
            {"capacityProviderStrategy": strategy("FARGATE", asg=0)},
            {},
            {"FARGATE"},
            id="a provider of weight 0 gets no tasks",
        ),
        pytest.param(
            {
                "capacityProviderStrategy": [
                    {"capacityProvider": "asg", "weight": 0, "base": 1},
                    {"capacityProvider": "FARGATE", "weight": 1},
                ]
            },
            {"asg": "EC2"},
            {"EC2", "FARGATE"},
            id="unless it has a base",
        ),
        pytest.param(
            {"capacityProviderStrategy": [{"capacityProvider": "FARGATE"}]},
            {},
            {"FARGATE"},
            id="no weight anywhere",
        ),
        pytest.param(
            {"taskSets": [{"launchType": "EC2"}, {"launchType": "FARGATE"}]},
            {},
            {"EC2", "FARGATE"},
            id="[4.13] by task sets",
        ),
        pytest.param(
            {"launchType": "EC2", "taskSets": [{"launchType": "FARGATE"}]},
            {},
            {"EC2"},
            id="by itself before its task sets",
        ),
        pytest.param({}, {}, None, id="by nothing"),
    ],
)
def test_launch_types_come_from_all_on_which_tasks_may_be_placed(
    service: Document, known: dict[str, str], expected: set[str] | None
) -> None:
    assert launch_types(service, known) == expected


def test_providers_are_those_on_which_tasks_may_be_placed() -> None:
    shown: Document = {"capacityProviderStrategy": strategy("asg", "FARGATE", idle=0)}

    assert providers(shown) == {"asg", "FARGATE"}
    assert providers({"launchType": "EC2"}) == frozenset()


@pytest.mark.parametrize(
    ("task_definition", "placed_on", "platform"),
    [
        ({"runtimePlatform": {"operatingSystemFamily": "LINUX"}}, None, "LINUX"),
        ({"runtimePlatform": {"cpuArchitecture": "ARM64"}}, {"FARGATE"}, "LINUX"),
        ({}, {"FARGATE"}, "LINUX"),
        ({}, {"EC2"}, None),
        ({}, {"EC2", "FARGATE"}, None),
        ({}, None, None),
        ({"runtimePlatform": Unresolved("a parameter")}, {"FARGATE"}, None),
        (
            {"runtimePlatform": {"operatingSystemFamily": Unresolved("a parameter")}},
            {"FARGATE"},
            None,
        ),
    ],
)
def test_the_platform_is_what_is_stated_or_that_of_fargate(
    task_definition: Document, placed_on: set[str] | None, platform: str | None
) -> None:
    known = None if placed_on is None else frozenset(placed_on)

    assert platform_of(task_definition, known) == platform


# ── which services are looked at more closely ─────────────────────────────────────────────────────

BY_LAUNCH_TYPE = PolicySet.of([governing("p", {"launchTypes": ["EC2"]})])
ON_A_GROUP: Document = {"capacityProviderStrategy": strategy("asg", "FARGATE")}


def test_providers_are_looked_at_where_policies_select_by_launch_types() -> None:
    excluding = PolicySet.of([governing("p", exclude=[{"launchTypes": ["EC2"]}])])

    assert needs_capacity(observed(ON_A_GROUP), BY_LAUNCH_TYPE)
    assert needs_capacity(observed(ON_A_GROUP), excluding)
    assert not needs_capacity(observed(ON_A_GROUP), PolicySet.of([governing("p")]))


def test_providers_are_looked_at_where_an_exception_selects_by_launch_types() -> None:
    exempt = PolicyException.model_validate(
        {
            "name": "e",
            "rules": ("*",),
            "match": (Selector(launch_types=("EC2",)),),
            "reason": "not ours",
            "expires": "2027-03-31",
        }
    )

    assert needs_capacity(observed(ON_A_GROUP), PolicySet.of([governing("p")], [exempt]))


@pytest.mark.parametrize(
    "service",
    [
        {"launchType": "EC2"},
        {"capacityProviderStrategy": strategy("FARGATE", "FARGATE_SPOT")},
        {"capacityProviderStrategy": strategy("FARGATE", asg=0)},
    ],
)
def test_providers_are_not_looked_at_where_the_launch_type_shows(service: Document) -> None:
    assert not needs_capacity(observed(service), BY_LAUNCH_TYPE)


def test_providers_are_looked_at_once_and_a_denial_is_told() -> None:
    denied = observed(ON_A_GROUP, capacity=DENIED)

    assert not needs_capacity(denied, BY_LAUNCH_TYPE)
    assert subject_of(denied).launch_types is None
    assert unread(denied) == f"{DENIED.reason.message}. See docs/permissions.md."
    assert unread(observed(ON_A_GROUP)) == ""
