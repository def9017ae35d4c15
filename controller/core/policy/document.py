"""The documents of the language, as people write them: envelopes around what they state."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import Field

from controller.core.policy.exception import PolicyException, PolicyExceptionSpec
from controller.core.policy.metadata import Metadata
from controller.core.policy.model import LoggingPolicy, LoggingPolicySpec
from controller.core.policy.policy_set import MAX_IMPACT
from controller.core.policy.quantities import WholePercent
from controller.core.policy.written import Written

Version: TypeAlias = Literal["ecs-logging/v1alpha1"]


class LoggingPolicyDocument(Written):
    """How the containers of some services must log, and how far to go about it."""

    api_version: Version
    """The version of the language. Required, so that a later one can differ."""

    kind: Literal["LoggingPolicy"]
    """What the document is. Required, as a file may hold several kinds."""

    metadata: Metadata
    """What the policy is called. Required."""

    spec: LoggingPolicySpec
    """What the policy says. Required."""

    @property
    def stated(self) -> LoggingPolicy:
        """Return the policy that the document states."""
        return LoggingPolicy(name=self.metadata.name, **_said(self.spec))


class PolicyExceptionDocument(Written):
    """Rules that some services need not follow, why, and until when."""

    api_version: Version
    """The version of the language in which the exception is written. Required."""

    kind: Literal["PolicyException"]
    """That the document is an exception. Required."""

    metadata: Metadata
    """What the exception is called. Required."""

    spec: PolicyExceptionSpec
    """What the exception says. Required."""

    @property
    def stated(self) -> PolicyException:
        """Return the exception that the document states."""
        return PolicyException(name=self.metadata.name, **_said(self.spec))


class PolicySetSpec(Written):
    """What concerns all policies and exceptions together."""

    max_impact: Annotated[
        WholePercent, Field(json_schema_extra={"default": f"{MAX_IMPACT}%"})  # as it is written
    ] = MAX_IMPACT
    """The share of the governed services that a new set of policies may change at once; one that
    would change more loads as Audit until a person approves it. 20%: a slip of the pen that meets
    a fifth of a fleet is seen before it is written."""


class PolicySetDocument(Written):
    """What concerns all policies and exceptions together; at most one document is of this kind."""

    api_version: Version
    """The version of the language in which the set is written. Required."""

    kind: Literal["PolicySet"]
    """That the document speaks of the whole set. Required."""

    metadata: Metadata | None = None
    """What the set is called. Nobody needs the name, as there is one set; none by default."""

    spec: PolicySetSpec = PolicySetSpec()
    """What concerns the whole set. Without it, the defaults."""

    @property
    def stated(self) -> PolicySetSpec:
        """Return what the document states."""
        return self.spec


Document: TypeAlias = LoggingPolicyDocument | PolicyExceptionDocument | PolicySetDocument
Statement: TypeAlias = LoggingPolicy | PolicyException | PolicySetSpec

DOCUMENTS: Final = MappingProxyType[str, type[Document]](
    {
        "LoggingPolicy": LoggingPolicyDocument,
        "PolicyException": PolicyExceptionDocument,
        "PolicySet": PolicySetDocument,
    }
)
"""The kinds of documents that this version knows."""


def _said(spec: Written) -> dict[str, Any]:  # each value was validated as its field
    return {name: getattr(spec, name) for name in spec.model_fields_set}
