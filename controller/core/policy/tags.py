"""Tags: selecting by the tags of a service, as Kubernetes selects by labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.written import Written, refusal

Operator = Literal["In", "NotIn", "Exists", "DoesNotExist"]
"""How a tag must stand to the values."""

Key = Annotated[str, Field(min_length=1)]


class TagRequirement(Written):
    """What one tag must be."""

    key: Key
    """The key of the tag, in its own upper and lower case. Required."""

    operator: Operator
    """In: the tag has one of the values. NotIn: it has none of them, or is not there at all.
    Exists and DoesNotExist: it is there, or is not, whatever its value. Required."""

    values: Annotated[tuple[str, ...], Field(min_length=1)] = ()
    """The values, letter by letter. In and NotIn need them, Exists and DoesNotExist have none."""

    @model_validator(mode="after")
    def _has_values_where_they_count(self) -> Self:
        wanted = self.operator in ("In", "NotIn")
        if wanted and not self.values:
            message = f"`{self.operator}` compares with values, and there are none"
            raise refusal(Fault(Reason.MISSING_KEY, message, "add `values: [...]`"))
        if self.values and not wanted:
            message = f"`{self.operator}` looks at no values"
            hint = "remove them, or write `In` or `NotIn`"
            raise refusal(Fault(Reason.INVALID_VALUE, message, hint, at=("values",)))
        return self

    def allows(self, value: str | None) -> bool:
        """Say whether a tag may have a value; None stands for a tag that is not there."""
        match self.operator:
            case "In":
                return value in self.values
            case "NotIn":
                return value not in self.values
            case "Exists":
                return value is not None
            case "DoesNotExist":
                return value is None


class TagSelector(Written):
    """Tags of a service, of which all must be as stated here."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    match_labels: Annotated[Mapping[Key, str], Field(min_length=1)] = Field(default_factory=dict)
    """Tags that must be there with just these values. None by default."""

    match_expressions: Annotated[tuple[TagRequirement, ...], Field(min_length=1)] = ()
    """What else tags must be. Nothing by default."""

    @model_validator(mode="after")
    def _states_something(self) -> Self:
        if not self.model_fields_set:
            hint = "write `matchLabels: {team: payments}`, or `matchExpressions`"
            raise refusal(Fault(Reason.INVALID_VALUE, "this selects by no tag", hint))
        return self

    def requirements(self) -> tuple[TagRequirement, ...]:
        """Return all that is stated, one tag at a time."""
        labels = (
            TagRequirement(key=key, operator="In", values=(value,))
            for key, value in self.match_labels.items()
        )
        return (*labels, *self.match_expressions)

    def fits(self, tags: Mapping[str, str]) -> bool:
        """Say whether these are tags as stated here."""
        return all(one.allows(tags.get(one.key)) for one in self.requirements())
