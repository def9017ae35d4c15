"""Allow: the dangerous things, which are refused unless a policy asks for them by name."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Strict

from controller.core.policy.written import Written

Yes = Annotated[bool, Strict()]


class InactiveBase(StrEnum):
    """What becomes of a service that runs a revision which no longer is ACTIVE."""

    REFUSE = "Refuse"
    REGISTER_COPY = "RegisterCopy"


class Allow(Written):
    """What is refused unless asked for by name."""

    interruption: Yes = False
    """Roll a service whose deployment may run fewer healthy tasks than it should. false, because
    requests would be lost."""

    scaled_to_zero: Yes = False
    """Roll a service that wants no task. false, because the roll proves nothing: what is wrong with
    it shows only when the service is needed."""

    shared_families: Yes = False
    """Register in a family that has newer revisions of somebody else. false, because the latest
    revision of the family is what deploys by its bare name follow [fact 4.8]."""

    inactive_base: InactiveBase = InactiveBase.REFUSE
    """What becomes of a service whose revision is not ACTIVE any more: Refuse leaves it,
    RegisterCopy first registers an equal one to return to. Refuse, because ECS takes no service
    back to a revision that was deregistered."""

    shorter_retention: Yes = False
    """Shorten the retention of a log group that exists. false, because expired events are gone
    for good."""

    code_deploy: Yes = False
    """Roll services that CodeDeploy deploys, by a deployment of CodeDeploy's own. false, because
    hooks and traffic shifts of its deployments are the team's."""

    deregister_superseded: Yes = False
    """Deregister revisions of ours that later ones of ours replaced, once nothing uses them. false,
    because somebody may want to return to one."""
