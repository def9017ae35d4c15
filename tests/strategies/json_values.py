"""JSON values of any shape, and places in them."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from controller.core.document.json import Json

NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(max_size=8)
LEAVES: st.SearchStrategy[Json] = st.none() | st.booleans() | NUMBERS | TEXTS


def json_values(max_leaves: int = 8) -> st.SearchStrategy[Json]:
    """Draw any JSON value."""
    return st.recursive(
        LEAVES,
        lambda children: (
            st.lists(children, max_size=3) | st.dictionaries(TEXTS, children, max_size=3)
        ),
        max_leaves=max_leaves,
    )


Place = tuple[str | int, ...]
"""The way to a value: keys of objects and positions in lists."""


def places(value: Json, here: Place = ()) -> Iterator[Place]:
    """Yield the way to every value inside *value*, itself aside."""
    children: list[tuple[str | int, Json]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    for key, child in children:
        yield (*here, key)
        yield from places(child, (*here, key))


def planted(value: Json, place: Place, seed: Json) -> Json:
    """Return a copy of *value* with *seed* at *place*."""
    if not place:
        return seed
    key, *rest = place
    if isinstance(value, dict) and isinstance(key, str):
        return {**value, key: planted(value[key], tuple(rest), seed)}
    if isinstance(value, list) and isinstance(key, int):
        return [*value[:key], planted(value[key], tuple(rest), seed), *value[key + 1 :]]
    raise AssertionError(place)


def without(value: Json, place: Place) -> Json:
    """Return a copy of *value* without what stands at *place*."""
    key, *rest = place
    if isinstance(value, dict) and isinstance(key, str):
        left = {name: child for name, child in value.items() if name != key}
        return {**value, key: without(value[key], tuple(rest))} if rest else left
    if isinstance(value, list) and isinstance(key, int):
        kept = [without(value[key], tuple(rest))] if rest else []
        return [*value[:key], *kept, *value[key + 1 :]]
    raise AssertionError(place)
