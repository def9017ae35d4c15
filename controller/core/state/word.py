"""A person's word: the tag that it sets on each thing it is about, or takes away, and why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from controller.core.reason import Reason
from controller.core.refs import ClusterRef, ServiceRef

Tags: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Word:
    """What a verb says: `value` returns, from the tags of a thing, what the tag is set to there.

    None takes it away. `done` is what is told of it afterwards. `besides` tells, from the same
    tags, why it need not be said there: as a sentence; or as a Reason, where it cannot be told
    whether it must be. `then`, of a word on a service, is what is said on its cluster once that is
    done, where it must be: for good order only.
    """

    tag: str
    value: Callable[[Tags], str | None]
    done: str
    besides: Callable[[Tags], str | Reason | None]
    then: Callable[[ServiceRef], Word] | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """One tag that is set on a cluster or a service, or taken away where `value` is None."""

    ref: ClusterRef | ServiceRef
    tag: str
    value: str | None
    before: str | None
    done: str


@dataclass(frozen=True, slots=True)
class Needless:
    """A thing of which it need not be said, and why."""

    ref: ClusterRef | ServiceRef
    because: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A thing of which it could not be said, or cannot be told whether it must be, and why."""

    ref: ClusterRef | ServiceRef
    reason: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a word. `declined` is what would have been written, had the person said yes."""

    written: tuple[Write, ...] = ()
    needless: tuple[Needless, ...] = ()
    failed: tuple[Failure, ...] = ()
    declined: tuple[Write, ...] = ()


def weigh(word: Word, ref: ClusterRef | ServiceRef, tags: Tags) -> Write | Needless | Failure:
    """Return what *word* comes to for one thing with these tags."""
    match word.besides(tags):
        case None:
            return Write(ref, word.tag, word.value(tags), tags.get(word.tag), word.done)
        case Reason() as reason:
            return Failure(ref, f"{reason.code}: {reason.message}")
        case because:
            return Needless(ref, because)
