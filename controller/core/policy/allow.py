"""Allow: the dangerous things, which are refused unless a policy asks for them by name."""

from __future__ import annotations

from typing import Annotated

from pydantic import Strict

from controller.core.policy.written import Written

Yes = Annotated[bool, Strict()]


class Allow(Written):
    """What is refused unless asked for by name."""

    interruption: Yes = False
    """Roll a service whose deployment may run fewer healthy tasks than it should. false, because
    requests would be lost."""

    shared_families: Yes = False
    """Register in a family that has newer revisions of somebody else. false, because the latest
    revision of the family is what deploys by its bare name follow [fact 4.8]."""

    shorter_retention: Yes = False
    """Shorten the retention of a log group that exists. false, because expired events are gone
    for good."""
