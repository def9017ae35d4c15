"""One case: a service at a moment, judged by policies as `check` judges it, and compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from controller.core.check import CheckContext, check
from controller.core.document.json import Document
from controller.core.document.unresolved import Span
from controller.core.policy.policy_set import PolicySet
from controller.core.policy_test.actual import Actual, Mismatch, actual_of, mismatches
from controller.core.policy_test.model import Case, Given


@dataclass(frozen=True, slots=True)
class Tested:
    """What came of one case. `unjudged` says why it could not be judged at all."""

    test: str
    name: str
    place: Span
    mismatches: tuple[Mismatch, ...] = ()
    actual: Actual | None = field(default=None, repr=False)
    unjudged: str | None = None

    @property
    def passed(self) -> bool:
        """Tell whether everything came out as expected."""
        return self.unjudged is None and not self.mismatches


def run(
    given: Given, document: Document, policies: PolicySet, now: datetime, place: Span
) -> Actual:
    """Return what *policies* make at *now* of a service of which this is known."""
    checked = check(
        document,
        context_of(given),
        policies,
        lambda _: place,
        now=now,
        created_at=given.created_at,
    )
    return actual_of(checked, document)


def context_of(given: Given) -> CheckContext:
    """Return what is known of a service as `check` takes it."""
    return CheckContext(
        account=given.account,
        region=given.region,
        partition=given.partition,
        cluster=given.cluster,
        service=given.service,
        family=given.family,
        default_mode=given.default_log_driver_mode,
        launch_types=None if given.launch_types is None else frozenset(given.launch_types),
        platform=given.platform,
        scheduling_strategy=given.scheduling_strategy,
        deployment_controller=given.deployment_controller,
        tags=given.tags,
    )


def compared(test: str, case: Case, actual: Actual, place: Span) -> Tested:
    """Return a case together with what came of it."""
    return Tested(test, case.name, place, tuple(mismatches(case.expect, actual)), actual)


def untested(policies: PolicySet, tested: Iterable[Tested]) -> tuple[str, ...]:
    """Return what no case shows: policies that govern in none, exceptions that exempt in none."""
    actual = [one.actual for one in tested if one.actual is not None]
    governed = {one.governed_by for one in actual}
    exempt = {name for one in actual for name in one.exempt_by}
    return (
        *(f"policy {one.name}" for one in policies.policies if one.name not in governed),
        *(f"exception {one.name}" for one in policies.exceptions if one.name not in exempt),
    )
