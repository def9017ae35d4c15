"""The windows of policies as plain data, for JSON and YAML."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from controller.core.explained_windows import ExplainedWindow, ExplainedWindows
from controller.core.pace.windows import Opening
from controller.core.policy.quantities import duration_text
from controller.report.structure import SCHEMA_VERSION, Structure


def structure(policies: Sequence[ExplainedWindows]) -> Structure:
    """Return the windows of each policy and its next openings."""
    return {"schemaVersion": SCHEMA_VERSION, "windows": [_entry(one) for one in policies]}


def _entry(one: ExplainedWindows) -> Structure:
    return {
        "policy": one.policy,
        "windows": [_window(each) for each in one.windows],
        "needed": duration_text(one.needed),
        "nextStart": None if one.next_start is None else one.next_start.isoformat(),
        "openings": [_opening(each, one) for each in one.openings],
    }


def _window(one: ExplainedWindow) -> Structure:
    return {
        "effect": "deny" if one.denies else "allow",
        "when": one.when,
        "zone": one.window.zone,
        "isLongEnough": one.serves,
    }


def _opening(opening: Opening, one: ExplainedWindows) -> Structure:
    until = opening.until
    return {
        "at": opening.at.isoformat(),
        "until": None if until is None else until.isoformat(),
        "local": {
            zone: {
                "at": opening.at.astimezone(ZoneInfo(zone)).isoformat(),
                "until": None if until is None else until.astimezone(ZoneInfo(zone)).isoformat(),
            }
            for zone in one.zones
        },
        "isLongEnough": opening.lasts(one.needed),
    }
