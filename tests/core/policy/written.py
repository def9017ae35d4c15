"""Policies for tests: as text, and as what the text says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from controller.core.policy.model import (
    Awslogs,
    ContainerSelector,
    Destination,
    LoggingPolicy,
    Selector,
)
from controller.core.policy.parse import Parsed, parse
from controller.core.policy.problem import Source

RULES = ("awslogs-options", "delivery-mode", "log-driver")

SMALLEST = """\
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata: {name: small}
spec:
  match: [{clusters: ["*"]}]
  destinations: [{awslogs: {group: "/ecs/{cluster}", streamPrefix: "{service}"}}]
"""

DESTINATION = Destination(awslogs=Awslogs(group="/ecs/{service}", stream_prefix="{service}"))


def parsed(*texts: str, of_log_groups: tuple[str, ...] = ()) -> Parsed:
    """Parse texts as the files a.yaml, b.yaml and so on, where there are these rules, too."""
    names = (f"{chr(ord('a') + index)}.yaml" for index in range(len(texts)))
    sources = [Source(name, text) for name, text in zip(names, texts, strict=True)]
    return parse(sources, known_rules=(*RULES, *of_log_groups), of_log_groups=of_log_groups)


def policy_from(spec: str, *, name: str = "small") -> LoggingPolicy:
    """Return the policy of the smallest text with some lines more in its spec."""
    result = parsed(SMALLEST.replace("small", name) + spec)
    assert result.problems == ()
    assert result.policies is not None
    return result.policies.policies[0]


def places(result: Parsed) -> list[str]:
    """Return each problem as `file:line:column Reason`."""
    return [f"{one.file}:{one.line}:{one.column} {one.reason}" for one in result.problems]


def governing(
    name: str,
    *match: Mapping[str, Any],
    exclude: Sequence[Mapping[str, Any]] = (),
    priority: int = 0,
) -> LoggingPolicy:
    """Return a policy that matches and excludes as stated; without a match, everything."""
    return LoggingPolicy(
        name=name,
        priority=priority,
        match=tuple(_selector(one) for one in match or ({"clusters": ["*"]},)),
        exclude=tuple(_selector(one) for one in exclude),
        destinations=(DESTINATION,),
    )


def sending(*destinations: Destination, exclude: Sequence[ContainerSelector] = ()) -> LoggingPolicy:
    """Return a policy with some destinations before the last, which leaves some containers out."""
    return LoggingPolicy.model_validate(
        {
            "name": "sending",
            "match": ({"clusters": ("*",)},),
            "destinations": (*destinations, DESTINATION),
            "containers": {"exclude": exclude},
        }
    )


def _selector(stated: Mapping[str, Any]) -> Selector:
    return Selector.model_validate(_tuples(stated), by_alias=True)


def _tuples(value: Any) -> Any:
    """Return a value with tuples for its lists, as documents of YAML are handed on."""
    match value:
        case dict():
            return {key: _tuples(one) for key, one in value.items()}
        case list():
            return tuple(_tuples(one) for one in value)
        case _:
            return value
