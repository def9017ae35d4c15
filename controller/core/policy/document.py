"""The document of kind LoggingPolicy, as people write it: the envelope around a policy."""

from __future__ import annotations

from typing import Literal

from controller.core.policy.metadata import Metadata
from controller.core.policy.model import LoggingPolicy, LoggingPolicySpec
from controller.core.policy.written import Written


class LoggingPolicyDocument(Written):
    """A document of kind LoggingPolicy, as it is written."""

    api_version: Literal["ecs-logging/v1alpha1"]
    """The version of the language. Required, so that a later one can differ."""

    kind: Literal["LoggingPolicy"]
    """What the document is. Required, as a file may hold several kinds."""

    metadata: Metadata
    """What the policy is called. Required."""

    spec: LoggingPolicySpec
    """What the policy says. Required."""

    @property
    def policy(self) -> LoggingPolicy:
        """Return the policy that the document states."""
        stated = {name: getattr(self.spec, name) for name in self.spec.model_fields_set}
        return LoggingPolicy(name=self.metadata.name, **stated)
