"""Selectors of few words, so that they often meet, and services that they may fit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from controller.core.policy.select import Subject

GLOBS = st.lists(st.sampled_from(["*", "a*", "ab", "b?"]), min_size=1, max_size=2)
LAUNCH_TYPES = ("FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES")
STRATEGIES = ("REPLICA", "DAEMON")
CONTROLLERS = ("ECS", "CODE_DEPLOY", "EXTERNAL")

ACCOUNTS = st.lists(st.sampled_from(["*", "1*", "1?2", "222222222222"]), min_size=1, max_size=2)
PLATFORMS = st.lists(st.sampled_from(["*", "L*", "LINUX", "W?"]), min_size=1, max_size=2)

_NAMES = ("clusters", "services", "families", "regions")
_KEYS = st.sampled_from(["t", "u"])
_VALUES = st.lists(st.sampled_from(["1", "2"]), min_size=1, max_size=2, unique=True)
_EXPRESSIONS = st.one_of(
    st.fixed_dictionaries(
        {"key": _KEYS, "operator": st.sampled_from(["In", "NotIn"]), "values": _VALUES}
    ),
    st.fixed_dictionaries({"key": _KEYS, "operator": st.sampled_from(["Exists", "DoesNotExist"])}),
)
_TAGS = st.fixed_dictionaries(
    {},
    optional={
        "matchLabels": st.dictionaries(_KEYS, st.sampled_from(["1", "2"]), min_size=1),
        "matchExpressions": st.lists(_EXPRESSIONS, min_size=1, max_size=2),
    },
).filter(bool)


def _some(values: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


_STATEMENTS: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(_NAMES, GLOBS),
    "accounts": ACCOUNTS,
    "platforms": PLATFORMS,
    "launchTypes": _some(LAUNCH_TYPES),
    "schedulingStrategies": _some(STRATEGIES),
    "deploymentControllers": _some(CONTROLLERS),
    "tags": _TAGS,
}


def selectors(*keys: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return selectors that state some of these keys."""
    return st.fixed_dictionaries({}, optional={key: _STATEMENTS[key] for key in keys}).filter(bool)


SELECTORS = selectors(*_STATEMENTS)

_NAME = st.sampled_from(["ab", "abc", "b1", "c"])
SUBJECTS = st.builds(
    Subject,
    cluster=_NAME,
    service=_NAME,
    family=_NAME,
    account=st.sampled_from(["112", "222222222222", "333"]),
    region=_NAME,
    launch_types=st.frozensets(st.sampled_from(LAUNCH_TYPES), min_size=1, max_size=2),
    platform=st.sampled_from(["LINUX", "L", "WS", "X"]),
    scheduling_strategy=st.sampled_from(STRATEGIES),
    deployment_controller=st.sampled_from(CONTROLLERS),
    tags=st.dictionaries(_KEYS, st.sampled_from(["1", "2", "3"])),
)
"""Services of which everything is known."""

ATTRIBUTES = tuple(Subject.__dataclass_fields__)


def without(subject: Subject, unknown: frozenset[str]) -> Subject:
    """Return a service of which some attributes are not known."""
    changes: dict[str, Any] = dict.fromkeys(unknown)
    return replace(subject, **changes)
