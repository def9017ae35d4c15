"""The reference tells of each key what may stand there, what holds without it, and where it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal

import pytest
from pydantic import Field

from controller.core.policy.day import Day
from controller.core.policy.document import DOCUMENTS
from controller.core.policy.quantities import Duration, WholePercent
from controller.core.policy.reference import Key, reference
from controller.core.policy.written import Written


class Inner(Written):
    """What stands inside."""

    colour: Literal["red", "green"] = "red"
    """Red, so that it is seen."""


class Outer(Written):
    """What stands outside."""

    first: Inner
    """The first [fact 1.2]."""

    others: tuple[Inner, ...] = ()
    named: Mapping[str, Inner] = Field(default_factory=dict)
    texts: Mapping[str, str] = Field(default_factory=dict)
    either: Inner | tuple[Inner, ...] | None = None
    colours: tuple[Literal["red", "green"], ...] = ("red", "green")
    wait: Duration = timedelta(minutes=10)
    until: Day | None = None
    part: Annotated[WholePercent, Field(json_schema_extra={"default": "20%"})] = 20
    number: int | str = 3
    yes: bool = False
    anything: Mapping[str, object] | None = None


def keys(path: str = "Outer") -> dict[str, Key]:
    told = {".".join(one.path): one for one in reference({"Outer": Outer})}
    return {key.name: key for key in told[path].keys}


@pytest.mark.parametrize(
    ("key", "form", "default"),
    [
        ("first", "mapping", None),
        ("others", "list of mappings", None),
        ("named", "mappings by key", None),
        ("texts", "texts by key", None),
        ("either", "mapping or list of mappings", None),
        ("colours", "list of `red` or `green`", "[red, green]"),
        ("wait", "duration", "10m"),
        ("until", "day", None),
        ("part", "whole percentage", "20%"),
        ("number", "whole number or text", "3"),
        ("yes", "`true` or `false`", "false"),
        ("anything", "mapping", None),
    ],
)
def test_a_key_tells_its_form_and_its_default_as_people_write_them(
    key: str, form: str, default: str | None
) -> None:
    assert (keys()[key].form, keys()[key].default) == (form, default)


def test_a_key_tells_what_it_says_without_citations_and_whether_it_is_required() -> None:
    assert keys()["first"].says == "The first."
    assert [key.name for key in keys().values() if key.required] == ["first"]


def test_a_mapping_is_told_where_it_stands_first_and_named_where_it_stands_again() -> None:
    outer, inner = reference({"Outer": Outer})

    assert inner.path == ("Outer", "first")
    assert inner.also == (("Outer", "others"), ("Outer", "named"), ("Outer", "either"))
    at = {key.name for key in outer.keys if key.at == inner.path}
    assert at == {"first", "others", "named", "either"}


def test_what_an_extended_policy_may_bring_is_required_unless_one_is_extended() -> None:
    told = {".".join(one.path): one for one in reference(DOCUMENTS)}

    unless = {key.name: key.unless for key in told["LoggingPolicy.spec"].keys if key.required}

    assert unless == {"match": "extends", "destinations": "extends"}


def test_keys_to_come_belong_to_the_policy_alone() -> None:
    to_come = {".".join(one.path) for one in reference(DOCUMENTS) if one.not_yet}

    assert "LoggingPolicy.spec" in to_come
    assert {path.partition(".")[0] for path in to_come} == {"LoggingPolicy"}
