"""Problems of policies as SARIF."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath

from controller.core.policy.problem import Problem
from controller.core.reasons import MEANINGS
from controller.report.markdown.reasons import help_of
from controller.report.sarif.location import location
from controller.report.sarif.log import Descriptor, Run, log
from controller.report.structure import Structure
from controller.report.words import clean, first_sentence


def structure(problems: Sequence[Problem], run: Run, root: PurePath) -> Structure:
    """Return problems of policies as a SARIF log; without any, one that has no results."""
    codes = sorted({str(one.reason) for one in problems})
    return log(run, [_descriptor(code) for code in codes], [_result(one, root) for one in problems])


def _descriptor(code: str) -> Descriptor:
    meaning = MEANINGS[code]
    return Descriptor(
        id=code,
        title=first_sentence(meaning.means),
        why=meaning.means,
        help=help_of(meaning),
        level="error",
        tags=("policy",),
    )


def _result(problem: Problem, root: PurePath) -> Structure:
    told = problem.message if problem.hint is None else f"{problem.message} ({problem.hint})"
    place = location(problem.file, problem.line, problem.column, root, shown=problem.shown)
    return {
        "ruleId": str(problem.reason),
        "kind": "fail",
        "level": "error",
        "message": {"text": clean(told)},
        "locations": [place],
        "partialFingerprints": {"problemId/v1": _identity(problem)},
    }


def _identity(problem: Problem) -> str:
    """Return what stays the same while lines above the problem come and go."""
    parts = (str(problem.reason), problem.message, problem.shown.strip())
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:12]
