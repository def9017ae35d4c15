"""The subject: what policies select an observed service by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controller.core.document.json import MISSING, Document, text
from controller.core.document.path import ROOT, read
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.select import Subject
from controller.core.policy.selector import Selector
from controller.core.service.capacity import BUILT_IN, launch_types, providers
from controller.core.service.observed import NOT_ASKED, NotAsked, Observed, Unread

_FARGATE: Final = frozenset({"FARGATE"})
_OPERATING_SYSTEM: Final = ROOT / "runtimePlatform" / "operatingSystemFamily"


def subject_of(observed: Observed) -> Subject:
    """Return what is known of an observed service and policies select by; None where it is not."""
    ref, service = observed.ref, observed.service
    known = {} if isinstance(observed.capacity, Unread | NotAsked) else observed.capacity
    placed_on = launch_types(service.document, known)
    return Subject(
        cluster=ref.cluster,
        service=ref.name,
        family=observed.revision.family,
        account=ref.account,
        region=ref.region,
        launch_types=placed_on,
        platform=platform_of(observed.revision.document, placed_on),
        scheduling_strategy=service.scheduling_strategy,
        deployment_controller=service.controller,
        tags=service.tags,
    )


def platform_of(task_definition: Document, placed_on: frozenset[str] | None) -> str | None:
    """Return the operating system that a task definition is for, or None where nobody can tell.

    *placed_on* are the launch types on which its tasks may be placed. One for Fargate alone that
    states none is for LINUX [runtimePlatform, developer guide]. On instances it runs on whatever
    they run, which is for its placement constraints to say.
    """
    written = read(task_definition, _OPERATING_SYSTEM)
    if written is MISSING and placed_on == _FARGATE:
        return "LINUX"
    return text(written)


def needs_capacity(observed: Observed, policies: PolicySet) -> bool:
    """Tell whether somebody must look at the capacity providers of a service.

    So it is where policies select by launch types, and the service may run on a provider that says
    nothing of them by its name.
    """
    by_launch_type = any(selector.launch_types for selector in _selectors(policies))
    unknown = providers(observed.service.document) - BUILT_IN.keys()
    return by_launch_type and observed.capacity is NOT_ASKED and bool(unknown)


def unread(observed: Observed) -> str:
    """Return what a person can do about what could not be read and policies select by, if any."""
    if observed.service.tags is None:
        return "Its tags could not be read: see docs/permissions.md."
    if isinstance(observed.capacity, Unread):
        return f"{observed.capacity.reason.message}. See docs/permissions.md."
    return ""


def _selectors(policies: PolicySet) -> Iterator[Selector]:
    for policy in policies.policies:
        yield from (*policy.match, *policy.exclude)
    for exception in policies.exceptions:
        yield from exception.match
