"""Why a service may stay as it is once all is quiet: what is said of it must be so in AWS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from controller.core.outcome import Outcome
from controller.core.reason import Health, Sync
from controller.core.service.revision import FAILED, MANAGED_BY
from tests.model.aws.state import Service
from tests.model.laws import SUSPENDED
from tests.model.witness import Ledger

Excuse: TypeAlias = Callable[[Service, Ledger], bool]


def audits(service: Service, ledger: Ledger) -> bool:
    """Nothing in AWS tells that; whoever asks knows the policies."""
    return True


def wants_no_task(service: Service, ledger: Ledger) -> bool:
    """It is scaled to zero."""
    return service.desired == 0


def is_not_at_rest(service: Service, ledger: Ledger) -> bool:
    """It does not run what it wants, or its deployment never ended."""
    return not service.is_settled or service.primary.rollout != "COMPLETED"


def has_failed_before(service: Service, ledger: Ledger) -> bool:
    """A controller tried something on it that failed, or was taken back from."""
    tried = [one for one in ledger.settings if one.service is service and one.is_roll]
    return bool(tried) or any(one.gave_up for one in service.history)


def somebody_has_failed(service: Service, ledger: Ledger) -> bool:
    """Rolls of a controller were given up, returned, or taken back by a person, several in all."""
    left = [one for one in ledger.settings if one.is_roll and one.service.task_definition]
    gone = [one for one in left if one.service.primary.task_definition != one.to.arn]
    return len(gone) > 1


def family_is_ahead(service: Service, ledger: Ledger) -> bool:
    """A newer ACTIVE revision of its family is somebody else's."""
    now = ledger.account.revision(service.task_definition)
    newer = ledger.account.families[str(now.document["family"])][now.number :]
    return any(one.is_active for one in newer)


def has_no_way_back(service: Service, ledger: Ledger) -> bool:
    """What it runs, or what that was made from, is INACTIVE."""
    now = ledger.account.revision(service.task_definition)
    base = now.tags.get("ecs-logging/base")
    gone = base is not None and not ledger.account.revision(base).is_active
    return not now.is_active or gone


def waits_for_a_suspended_one(service: Service, ledger: Ledger) -> bool:
    """Its log group is not there, and another service that would log to it is suspended.

    A log group is made when all who would log to it agree.
    """
    mine = _family(service, ledger)
    others = (one for one in ledger.account.services.values() if one is not service)
    shares = any(SUSPENDED in one.tags and _family(one, ledger) == mine for one in others)
    return shares and f"/ecs/{mine}" not in ledger.account.log_groups


def _family(service: Service, ledger: Ledger) -> str:
    return str(ledger.account.revision(service.task_definition).document["family"])


def is_anothers(service: Service, ledger: Ledger, asked: str) -> bool:
    """A controller of another name than *asked* made what it runs, or what failed in its family."""
    family = ledger.account.families[_family(service, ledger)]
    tells = (
        one
        for one in family
        if one.arn == service.task_definition or any(key.startswith(FAILED) for key in one.tags)
    )
    return any(one.tags.get(MANAGED_BY, asked) != asked for one in tells)


def is_suspended(service: Service, ledger: Ledger) -> bool:
    """A person has suspended it."""
    return SUSPENDED in service.tags


EXCUSES: Final[Mapping[str, Excuse]] = MappingProxyType(
    {
        "AuditOnly": audits,
        "PolicyImpact": audits,
        "WaitingForScaleUp": wants_no_task,
        "Unproven": wants_no_task,
        "NotSteady": is_not_at_rest,
        "DeploymentInProgress": is_not_at_rest,
        "HeldAfterFailure": has_failed_before,
        "LineStopped": somebody_has_failed,
        "ConflictingManager": has_failed_before,
        "FamilyAhead": family_is_ahead,
        "NoWayBack": has_no_way_back,
        "LogGroupMissing": waits_for_a_suspended_one,
        "OwnerSuspended": is_suspended,
        "Superseded": is_not_at_rest,
    }
)


def is_in_order(outcome: Outcome, service: Service, ledger: Ledger, *, asked: str) -> bool:
    """Tell whether what a fresh process, of the name *asked*, says of a service at rest is so.

    Either it is compliant, and logs as its own correction would; or it is not, for a good reason.
    """
    if outcome.reason is None:
        return (outcome.sync, outcome.health) == (Sync.COMPLIANT, Health.HEALTHY)
    if outcome.reason.code == "OwnedElsewhere":
        return is_anothers(service, ledger, asked)
    excuse = EXCUSES.get(outcome.reason.code)
    return excuse is not None and excuse(service, ledger)
