"""What ECS adds to a document is compared with answers that ECS really gave."""

from __future__ import annotations

import copy
import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from controller.sandbox.ecs.capabilities import requires_attributes
from controller.sandbox.ecs.defaults import with_defaults

CORPUS = Path(
    os.environ.get("ECS_LOGGING_CORPUS", Path(__file__).parents[2].parent / "shared" / "corpus")
)
# Members that ECS has begun to show after these answers were recorded.
NEWER = {"systemControls", "placementConstraints"}
LOGGING = ("logging-driver", "firelens", "execution-role-awslogs", "bootstrap.log-driver")

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")


def recorded() -> Iterator[dict[str, Any]]:
    """Every task definition of the corpus that was described by ECS."""
    with (CORPUS / "INDEX.tsv").open() as index:
        rows = [row for row in csv.DictReader(index, delimiter="\t") if _is_described(row["kind"])]
    for row in rows:
        answer = json.loads((CORPUS / row["file"]).read_text())
        answer = answer.get("data", answer)
        document = answer.get("taskDefinition", answer)
        if "requiresAttributes" in document:
            yield document


def _is_described(kind: str) -> bool:
    return kind in {"api-DescribeTaskDefinition", "taskdef-describe"}


def test_a_described_document_has_its_defaults_already() -> None:
    documents = list(recorded())
    assert len(documents) > 50
    for document in documents:
        filled = with_defaults(copy.deepcopy(document))
        added = {
            member
            for before, after in zip(
                document["containerDefinitions"], filled["containerDefinitions"], strict=True
            )
            for member in after.keys() - before.keys()
        } | (filled.keys() - document.keys())
        assert added <= NEWER, document["taskDefinitionArn"]


def test_logging_asks_for_the_attributes_that_ecs_said_it_asks_for() -> None:
    for document in recorded():
        said = {attribute["name"] for attribute in document["requiresAttributes"]}
        ours = set(requires_attributes(document))
        assert _of_logging(ours) == _of_logging(said), document["taskDefinitionArn"]
        assert ours <= said, document["taskDefinitionArn"]


def _of_logging(names: set[str]) -> set[str]:
    return {name for name in names if any(part in name for part in LOGGING)}
