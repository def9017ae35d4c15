"""The language of policies as Markdown: docs/policy.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from controller.core.policy.not_yet import KINDS
from controller.core.policy.reference import Key, Path, Told
from controller.report.markdown.policy_example import POLICIES, TEST
from controller.report.markdown.writing import code, fenced, heading, page, table, text

_MADE: Final = (
    "<!-- Made by `make docs` from the models in controller/core/policy/ and policy_test/:"
    " change it there. -->"
)
_INTRO: Final = """\
Every key that a policy may have. What the parts do together, such as which policy governs a \
service, is told in [policies](policy-language.md); how to come from the first look at a fleet to \
Enforce, in the [guide](guide.md). `ecs-logging policy reference` prints this page.

This example has every key of policies, exceptions and sets that this version serves:
"""
_VALUES: Final = """\
A mapping is known by the keys that lead to it, the kind of the document first: \
`LoggingPolicy.spec.rollout` is the mapping below `rollout`, below `spec`. Where a list, or a \
mapping by key, holds mappings, the table tells the keys of one of them. A key that stands \
nowhere on this page is an error ([UnknownKey](reasons.md#unknownkey)).

| Value | is written |
| --- | --- |
| duration | a whole number and its unit, `s`, `m`, `h` or `d`: `90s`, `10m`, `24h`, `7d` |
| percentage | a number with its sign: `10%`, `0.5%` |
| whole percentage | from `0%` to `100%` |
| size | in Docker's way, a whole number and `b`, `k`, `m` or `g`: `25m` |
| day | `2027-03-31`, in UTC |
| day, or moment | `2027-03-31`, which stands for its first moment, or `2027-03-31T18:00:00Z` |
| days, or a variable | one of the numbers that CloudWatch Logs takes, or `"{var:NAME}"` |
| ARN or alias | `arn:aws:kms:REGION:ACCOUNT:key/ID`, or `alias/NAME` |
| name | small letters, digits, `-` and `.`, at most 63, a letter or digit at each end |
| time of day | `09:30`, with two digits each; the end of a day is `24:00` |
| cron | minute (one number), hour, day of the month, month and weekday: `0 22 * * 1-5` |

A glob is a text in which `*` stands for anything and `?` for one character; upper and lower case \
are told apart. A template is a text with names in braces, in quotes: see [names](names.md).
"""
_TEST: Final = "`ecs-logging policy test` runs them:"


def render(mappings: Iterable[Told]) -> str:
    """Return the page of all mappings."""
    blocks = (block for one in mappings for block in _blocks(one))
    example = fenced(POLICIES.rstrip("\n"), "yaml")
    later = (heading(2, "Kinds to come"), _not_yet(KINDS))
    return page(_MADE, heading(1, "Reference"), _INTRO, example, _VALUES, *blocks, *later)


def _blocks(told: Told) -> Iterator[str]:
    is_kind = len(told.path) == 1
    yield heading(2 if is_kind else 3, _name(told.path))
    yield told.says
    if told.path == ("PolicyTest",):
        yield _TEST
        yield fenced(TEST.rstrip("\n"), "yaml")
    if told.also:
        yield f"The same stands at {_codes(map(_name, told.also))}."
    yield table(("Key", "Value", "Default", "Meaning"), (_row(told.path, key) for key in told.keys))
    if told.not_yet:
        yield _not_yet(told.not_yet)


def _row(path: Path, key: Key) -> tuple[str, str, str, str]:
    anchor = _name((*path, key.name)).lower()
    form = _cell(key.form)
    return (
        f'<a id="{anchor}"></a>`{key.name}`',
        form if key.at is None else f"[{form}](#{_name(key.at).replace('.', '').lower()})",
        _default(key),
        _cell(key.says.replace(" Required.", "")),  # which the column before has said
    )


def _default(key: Key) -> str:
    if key.unless is not None:
        return f"required, unless `{key.unless}` is there"
    return "required" if key.required else code(key.default or "")


def _not_yet(names: Sequence[str]) -> str:
    which = "which belong" if len(names) > 1 else "which belongs"
    are = "are" if len(names) > 1 else "is"
    told = f"{which} to the language and {are} refused by name ([NotYet](reasons.md#notyet))"
    return f"Not yet: {_codes(names)}, {told}."


def _name(path: Path) -> str:
    return ".".join(path)


def _codes(names: Iterable[str]) -> str:
    *others, last = (f"`{one}`" for one in names)
    return f"{', '.join(others)} and {last}" if others else last


def _cell(markdown: str) -> str:
    """Return Markdown whose only marks are those of code, so that it may stand in a table."""
    parts = markdown.split("`")
    return "".join(code(part) if number % 2 else _around(part) for number, part in enumerate(parts))


def _around(words: str) -> str:
    """Return words between two pieces of code, the spaces at their ends kept."""
    bare = words.strip()
    return words.replace(bare, text(bare)) if bare else words
