"""A roll that this controller made as somebody else: it may go on, and nobody watches it."""

from __future__ import annotations

from controller.core.document.json import text
from controller.core.move import Decision, Look, Wait
from controller.core.reason import Health, Reason
from controller.core.service.candidate import Candidate
from controller.core.service.deployment import History
from controller.core.service.observed import NotAsked, Observed
from controller.core.service.revision import MANAGED_BY, principal
from controller.core.service.rolls.completion import is_long_over


def of_unknown_principal(candidate: Candidate) -> Decision | None:
    """Return the warning, or what must be seen for it; None where there is nothing to warn of.

    A revision that bears our instance's tags and is what its digest says was registered under a
    role that we do not know: our own former one, or that of whoever copies all that we write. As
    long as its roll may fail, a person must know that we would not return it. What did not lead
    from its base to it is no roll of ours in any case.
    """
    observed = candidate.observed
    by = _stranger(observed)
    primary = observed.service.primary
    if by is None or primary is None or primary.task_definition != observed.revision.arn:
        return None
    if is_long_over(observed.service, primary, candidate.policy.rollout, candidate.now):
        return None
    if isinstance(observed.history, NotAsked):
        return Decision(Look("history"))
    if isinstance(observed.history, History) and not _leads_from_base(observed, observed.history):
        return None
    return Decision(Wait(_unknown(observed, by)), Health.DEGRADED)


def _stranger(observed: Observed) -> str | None:
    """Return the principal that we do not know and that registered what bears our tags."""
    revision, identity = observed.revision, observed.identity
    by = text(revision.document.get("registeredBy"))
    tagged = revision.tags.get(MANAGED_BY) == identity.instance and revision.is_of_our_kind
    if by is None or not tagged or observed.service.is_by_code_deploy:
        return None
    return None if principal(by) in identity.principals else principal(by)


def _leads_from_base(observed: Observed, history: History) -> bool:
    newest = next(iter(history.deployments), None)
    if newest is None or newest.task_definition != observed.revision.arn:
        return False
    return newest.came_from is not None and newest.came_from == observed.revision.base


def _unknown(observed: Observed, by: str) -> Reason:
    revision = observed.revision
    name = f"{revision.family}:{revision.number}"
    return Reason(
        "UnknownPrincipal",
        f"{name} bears the tags of {observed.identity.instance} and was registered by {by}, which "
        "is none of our principals: its roll is not watched, and not returned if it fails",
        f"If this controller ran as that, start it with --former-principal {by}.",
    )
