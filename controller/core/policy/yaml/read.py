"""Read: YAML text to nodes, without trusting it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from controller.core.policy.problem import Fault, Reason
from controller.core.policy.yaml.build import Builder, Stop
from controller.core.policy.yaml.node import Defect, Mark, Node
from controller.core.policy.yaml.syntax import syntax_defect

MAX_BYTES = 1024 * 1024  # no policy that a person wrote comes near it


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents of a text as far as it could be read, and all that is wrong with its YAML."""

    documents: tuple[Node, ...]
    defects: tuple[Defect, ...]


def read(text: str, file: str = "") -> Reading:
    """Return the documents of a text and the defects found on the way; it raises nothing.

    *file* is what the marks of its values call the text.

    What is wrong with one value (a key given twice, a tag) spoils nothing else; what is no YAML,
    or goes beyond a bound, ends the reading there.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        fault = Fault(Reason.TOO_LARGE, "the file is larger than 1 MiB", "split it")
        return Reading((), (Defect(Mark(1, 1, file), fault),))
    documents: list[Node] = []
    defects: list[Defect] = []
    builder = Builder(YAML(typ="safe", pure=True).parse(text), defects, file)
    try:
        documents.extend(builder.documents())
    except Stop as stop:
        defects.append(stop.defect)
    except (YAMLError, ArithmeticError, LookupError, ValueError) as error:
        # ruamel.yaml lets a few of Python's own errors through, such as for "\UFFFFFFFF".
        defect = syntax_defect(error, text)
        defects.append(replace(defect, mark=replace(defect.mark, file=file)))
    return Reading(tuple(documents), tuple(defects))
