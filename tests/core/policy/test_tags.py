"""Tags select as labels do in Kubernetes."""

from __future__ import annotations

from typing import Any

import pytest

from controller.core.policy.tags import TagSelector

TAGS = {"team": "payments", "tier": "web", "empty": ""}


def selector(**stated: Any) -> TagSelector:
    """Return a selector by labels and expressions."""
    return TagSelector.model_validate(stated)


def expression(key: str, operator: str, *values: str) -> TagSelector:
    """Return a selector by one expression."""
    stated = {"key": key, "operator": operator} | ({"values": values} if values else {})
    return selector(match_expressions=(stated,))


@pytest.mark.parametrize(
    ("key", "operator", "values", "fits"),
    [
        ("team", "In", ("payments", "shop"), True),
        ("team", "In", ("shop",), False),
        ("team", "In", ("Payments",), False),
        ("owner", "In", ("payments",), False),
        ("Team", "In", ("payments",), False),
        ("empty", "In", ("",), True),
        ("team", "NotIn", ("shop",), True),
        ("team", "NotIn", ("payments",), False),
        ("owner", "NotIn", ("payments",), True),
        ("team", "Exists", (), True),
        ("empty", "Exists", (), True),
        ("owner", "Exists", (), False),
        ("team", "DoesNotExist", (), False),
        ("owner", "DoesNotExist", (), True),
    ],
)
def test_an_expression_fits_as_in_kubernetes(
    key: str, operator: str, values: tuple[str, ...], *, fits: bool
) -> None:
    assert expression(key, operator, *values).fits(TAGS) is fits


def test_all_labels_and_all_expressions_must_fit() -> None:
    web = {"key": "tier", "operator": "In", "values": ("web",)}
    none = {"key": "tier", "operator": "DoesNotExist"}

    assert selector(match_labels={"team": "payments"}, match_expressions=(web,)).fits(TAGS)
    assert not selector(match_labels={"team": "shop"}, match_expressions=(web,)).fits(TAGS)
    assert not selector(match_labels={"team": "payments"}, match_expressions=(none,)).fits(TAGS)
    assert not selector(match_labels={"team": "payments", "tier": "db"}).fits(TAGS)


def test_values_are_no_globs() -> None:
    assert not selector(match_labels={"team": "pay*"}).fits(TAGS)
