"""What SARIF 2.1.0 demands of the part of it that we write, as a JSON Schema.

Written from the standard (docs.oasis-open.org/sarif/sarif/v2.1.0, sections 3.13 to 3.58). No other
member may stand anywhere, so a misspelt one is found.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
SOME_TEXT: Schema = {"type": "string", "minLength": 1}
FROM_ONE: Schema = {"type": "integer", "minimum": 1}
BAG: Schema = {"type": "object"}
LEVEL: Schema = {"enum": ["none", "note", "warning", "error"]}


def an_object(required: str, **members: Schema) -> Schema:
    """Return the schema of an object that has these members and no others."""
    return {
        "type": "object",
        "properties": members,
        "required": required.split(),
        "additionalProperties": False,
    }


def several(member: Schema, **limits: object) -> Schema:
    """Return the schema of an array."""
    return {"type": "array", "items": member, **limits}


MESSAGE = an_object("text", text=TEXT, markdown=TEXT)
ARTIFACT = an_object("uri", uri={"type": "string", "format": "uri-reference"}, uriBaseId=SOME_TEXT)
REGION = an_object(
    "startLine", startLine=FROM_ONE, startColumn=FROM_ONE, snippet=an_object("text", text=TEXT)
)
LOCATION = an_object(
    "physicalLocation",
    physicalLocation=an_object("artifactLocation", artifactLocation=ARTIFACT, region=REGION),
    logicalLocations=several(an_object("", fullyQualifiedName=TEXT, kind=TEXT)),
)
DESCRIPTOR = an_object(
    "id",
    id=SOME_TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    helpUri={"type": "string", "format": "uri"},
    defaultConfiguration=an_object("", level=LEVEL),
    properties=BAG,
)
SUPPRESSION = an_object(
    "kind",
    kind={"enum": ["inSource", "external"]},
    status={"enum": ["accepted", "underReview", "rejected"]},
    justification=TEXT,
)
RESULT = an_object(
    "message",
    ruleId=SOME_TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    kind={"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
    level=LEVEL,
    message=MESSAGE,
    locations=several(LOCATION),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    suppressions=several(SUPPRESSION),
    properties=BAG,
) | {
    # 3.27.10: only what failed has a level.
    "if": {"properties": {"kind": {"const": "fail"}}},
    "else": {"properties": {"level": {"const": "none"}}},
}
NOTIFICATION = an_object("message", level=LEVEL, message=MESSAGE, locations=several(LOCATION))
INVOCATION = an_object(
    "executionSuccessful",
    executionSuccessful={"type": "boolean"},
    exitCode={"type": "integer"},
    endTimeUtc={"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
    toolExecutionNotifications=several(NOTIFICATION),
)
DRIVER = an_object(
    "name",
    name=SOME_TEXT,
    semanticVersion=SOME_TEXT,
    rules=several(DESCRIPTOR, uniqueItems=True),
)
RUN = an_object(
    "tool",
    tool=an_object("driver", driver=DRIVER),
    automationDetails=an_object("id", id=SOME_TEXT),
    invocations=several(INVOCATION),
    originalUriBaseIds={
        "type": "object",
        "additionalProperties": an_object("", description=MESSAGE),
    },
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=several(RESULT),
)
SARIF = an_object(
    "version runs", **{"$schema": TEXT}, version={"const": "2.1.0"}, runs=several(RUN)
)
