"""Naming: what AWS takes as a name, asked of finished names and of the templates for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.suggest import nearest
from controller.core.policy.template import VARIABLES, literals, unbalanced, variables


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
        hint = "write a variable as {cluster}, and a brace itself twice: {{"
        return (Fault(Reason.INVALID_VALUE, f"a brace of `{template}` has no partner", hint),)
    wrong = _objections(literals(template), naming) if template else iter(("it is empty",))
    return (
        *(_unknown(name) for name in variables(template) if name not in VARIABLES),
        *(_never(template, naming, why) for why in wrong),
    )


def _objections(parts: tuple[str, ...], naming: Naming) -> Iterator[str]:
    literal = "".join(parts)
    illegal = "".join(dict.fromkeys(naming.illegal.findall(literal)))
    if illegal:
        yield f"{illegal!r} is not allowed in it"
    if len(literal) > naming.longest:
        yield f"it is longer than {naming.longest} characters"
    if naming.forbidden_prefix and parts[0].startswith(naming.forbidden_prefix):
        yield f"it must not begin with {naming.forbidden_prefix!r}"


def _never(template: str, naming: Naming, why: str) -> Fault:
    return Fault(Reason.INVALID_VALUE, f"`{template}` can never be {naming.noun}: {why}")


def _unknown(name: str) -> Fault:
    if name.startswith(("tag:", "var:")):
        message = f"`{{{name}}}` is part of the language, but this version does not know it yet"
        return Fault(Reason.NOT_YET, message, f"use {_listed()}")
    meant = nearest(name, VARIABLES)
    hint = f"did you mean {{{meant}}}?" if meant else f"use {_listed()}"
    return Fault(Reason.UNKNOWN_VARIABLE, f"`{{{name}}}` is no variable", hint)


def _listed() -> str:
    return " ".join(f"{{{name}}}" for name in VARIABLES)
