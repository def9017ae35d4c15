"""Meeting: whether two selectors certainly have a service in common, before any is looked at.

Certain is what one statement says of another: `prod-*` has all that `prod-eu-*` has. Names are
free: where one selector speaks of clusters and another of services, some service may be called as
both say. What a service is, is not: whether one on FARGATE has the tag that another selector asks
for is known only when there is one. So of launch types, platforms, strategies, controllers and
tags, one of the two must state all that the other does.

It is told by example. For each thing that can be selected by, the services that the statements
speak of are few, as far as these statements can tell them apart; each is a Subject of which
nothing else is known. What remains of the exclusions after one example of each tells the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import Final, get_args

from controller.core.policy.select import Subject, fits
from controller.core.policy.selector import (
    DeploymentController,
    LaunchType,
    SchedulingStrategy,
    Selector,
)
from controller.core.policy.tags import TagRequirement

_ANY: Final = "\0" * 64
"""What stands for whatever fits `*`: no pattern fits it unless by its own `*`."""

_ONE: Final = "\0"

_MOST_TAGS: Final = 1_000
"""Examples of tags that are tried. A meeting beyond them is told when a service is in it."""

_MOST_NAMES: Final = 200
"""Examples of one name that are tried, such as of a cluster's."""

_MOST_LEFT: Final = 200
"""How many ways to be left with some exclusions are followed, those with the fewest. A meeting that
only another shows is told when a service is in it."""

_KINDS: Final = ("launch_types", "platforms", "scheduling_strategies", "deployment_controllers")

Left = frozenset[int]
"""The exclusions, by their place, that take away all of which examples have been given so far."""


def surely_meet(one: Selector, other: Selector, excluded: Sequence[Selector]) -> bool:
    """Say whether two selectors certainly have a service in common that no exclusion takes away.

    An exclusion takes away what it certainly fits, and nothing else.
    """
    left = {frozenset(range(len(excluded)))}
    left = _after(_names_of(one, other), left, one, other, excluded)
    return any(
        frozenset() in _after(_kinds_of(narrow, excluded), left, narrow, wide, excluded)
        for narrow, wide in ((one, other), (other, one))
        if left and _stated(wide) <= _stated(narrow)
    )


def _after(
    aspects: Iterable[Iterable[Subject]],
    left: set[Left],
    one: Selector,
    other: Selector,
    excluded: Sequence[Selector],
) -> set[Left]:
    """Return what is left of the exclusions after each choice of examples that both may have."""
    for examples in aspects:
        common = [example for example in examples if _may(one, example) and _may(other, example)]
        fitting = {
            frozenset(place for place, each in enumerate(excluded) if _may(each, example))
            for example in common
        }
        left = {before & those for before in left for those in fitting}
        left = set(sorted(left, key=len)[:_MOST_LEFT])
        if not left:
            break
    return left


def _may(selector: Selector, example: Subject) -> bool:
    return fits(selector, example) is not False


def _stated(selector: Selector) -> set[str]:
    """Return what a selector states of what a service is; of tags, each by its key."""
    stated = {name for name in _KINDS if getattr(selector, name)}
    return stated | {f"tag {requirement.key}" for requirement in _requirements(selector)}


def _names_of(one: Selector, other: Selector) -> Iterator[Iterable[Subject]]:
    """Yield, for each name that can be selected by, the examples of it."""
    yield (Subject(cluster=name) for name in _names(one.clusters + other.clusters))
    yield (Subject(service=name) for name in _names(one.services + other.services))
    yield (Subject(family=name) for name in _names(one.families + other.families))
    yield (Subject(account=name) for name in _names(one.accounts + other.accounts))
    yield (Subject(region=name) for name in _names(one.regions + other.regions))


def _kinds_of(narrow: Selector, excluded: Sequence[Selector]) -> Iterator[Iterable[Subject]]:
    """Yield, for all else that can be selected by, the examples of what `narrow` states."""
    yield (Subject(launch_types=frozenset({one})) for one in get_args(LaunchType))
    yield (Subject(platform=name) for name in _names(narrow.platforms))
    yield (Subject(scheduling_strategy=one) for one in get_args(SchedulingStrategy))
    yield (Subject(deployment_controller=one) for one in get_args(DeploymentController))
    yield _tags(narrow, excluded)


def _names(patterns: Iterable[str]) -> Iterator[str]:
    for pattern in sorted({"*", *patterns})[:_MOST_NAMES]:
        yield pattern.replace("*", _ANY).replace("?", _ONE)


def _tags(narrow: Selector, excluded: Sequence[Selector]) -> Iterator[Subject]:
    """Yield tags that fit what `narrow` states, with and without those that exclusions ask for."""
    stated = [one for selector in (narrow, *excluded) for one in _requirements(selector)]
    values: dict[str, dict[str | None, None]] = {}
    for one in stated:
        values.setdefault(one.key, {None: None, _ANY: None}).update(dict.fromkeys(one.values))
    for one in _requirements(narrow):
        values[one.key] = {value: None for value in values[one.key] if one.allows(value)}
    for chosen in islice(product(*values.values()), _MOST_TAGS):
        tags = dict(zip(values, chosen, strict=True))
        yield Subject(tags={key: value for key, value in tags.items() if value is not None})


def _requirements(selector: Selector) -> tuple[TagRequirement, ...]:
    return selector.tags.requirements() if selector.tags else ()
