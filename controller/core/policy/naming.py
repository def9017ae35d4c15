"""Naming: what AWS takes as a name, asked of finished names and of the templates for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.suggest import nearest
from controller.core.policy.template import (
    TAG,
    VAR,
    VARIABLES,
    Placeholder,
    names_in,
    parts,
    unbalanced,
)

_FEW = 10


@dataclass(frozen=True, slots=True)
class Naming:
    """The rules for one sort of name; `illegal` finds a character that it must not hold."""

    noun: str
    illegal: re.Pattern[str]
    longest: int
    forbidden_prefix: str | None = None


LOG_GROUP = Naming("a log group's name", re.compile(r"[^.\-_/#A-Za-z0-9]"), 512, "aws/")
"""[fact 6.4]; `/aws/…` is allowed, `aws/…` is not."""

LOG_STREAM = Naming("a log stream's name", re.compile(r"[:*]"), 512)
"""[fact 6.4]"""

REGION = Naming("a Region's name", re.compile(r"[^a-z0-9-]"), 64)


def objection(name: str, naming: Naming) -> str | None:
    """Return why AWS would not take a finished name, or None when it would."""
    return "it is empty" if not name else next(_objections((name,), naming), None)


def template_faults(template: str, naming: Naming) -> tuple[Fault, ...]:
    """Return every reason for which a template can never give a name, whatever its variables."""
    if unbalanced(template):
        return placeholder_faults(template)
    literals, placeholders = parts(template)
    wrong = _objections(literals, naming) if template else iter(("it is empty",))
    return (
        *placeholder_faults(template),
        *(_never(template, naming, why) for why in wrong),
        *(fault for one in placeholders for fault in _useless_default(one, naming)),
    )


def placeholder_faults(template: str) -> tuple[Fault, ...]:
    """Return what is wrong with the braces of a template, and with the names between them.

    Whether the policy has a variable `{var:…}` is not asked here.
    """
    if unbalanced(template):
        hint = "write a variable as {cluster}, and a brace itself twice: {{"
        return (Fault(Reason.INVALID_VALUE, f"a brace of `{template}` has no partner", hint),)
    return tuple(_unknown(name) for name in names_in(template) if not _is_known(name))


def _is_known(name: str) -> bool:
    named = any(name.startswith(kind) and name != kind for kind in (TAG, VAR))
    return named or name in VARIABLES


def _objections(literals: tuple[str, ...], naming: Naming) -> Iterator[str]:
    literal = "".join(literals)
    illegal = "".join(dict.fromkeys(naming.illegal.findall(literal)))
    if illegal:
        yield f"{illegal[:_FEW]!r} is not allowed in it"
    if len(literal) > naming.longest:
        yield f"it is longer than {naming.longest} characters"
    if naming.forbidden_prefix and literals[0].startswith(naming.forbidden_prefix):
        yield f"it must not begin with {naming.forbidden_prefix!r}"


def _never(template: str, naming: Naming, why: str) -> Fault:
    return Fault(Reason.INVALID_VALUE, f"`{template}` can never be {naming.noun}: {why}")


def _useless_default(placeholder: Placeholder, naming: Naming) -> Iterator[Fault]:
    default = placeholder.default
    if default is not None and naming.illegal.search(default):
        message = f"the default `{default}` of `{{{placeholder.name}}}` cannot be in {naming.noun}"
        yield Fault(Reason.INVALID_VALUE, message, "write one that can")


def _unknown(name: str) -> Fault:
    if name in {TAG, VAR}:
        message = f"`{{{name}}}` does not say which"
        example = {TAG: "{tag:team}", VAR: "{var:stage}"}[name]
        return Fault(Reason.UNKNOWN_VARIABLE, message, f"write it after the colon: {example}")
    meant = _meant(name)
    hint = f"did you mean {{{meant}}}?" if meant else f"use {_listed()}"
    return Fault(Reason.UNKNOWN_VARIABLE, f"`{{{name}}}` is no variable", hint)


def _meant(name: str) -> str | None:
    kind, colon, rest = name.partition(":")
    if not colon:
        return nearest(name, VARIABLES)
    near = nearest(kind + colon, (TAG, VAR))
    return near + rest if near and rest else None


def _listed() -> str:
    return " ".join(f"{{{name}}}" for name in (*VARIABLES, f"{TAG}KEY", f"{VAR}NAME"))
