"""What two sets of policies want differently: where containers log, what log groups are to be."""

from __future__ import annotations

from collections.abc import Mapping

from controller.core.document.unresolved import Unresolved
from controller.core.log_group.claims import Joined, join
from controller.core.policy_impact.model import Difference, Judged
from controller.core.reason import Reason
from controller.core.refs import LogGroupRef, Ref, ServiceRef

Wanted = Mapping[str, str]


def differences(ref: Ref, old: Judged, new: Judged) -> tuple[Difference, ...]:
    """Return what the sets want differently: of a service by container, of a group by setting."""
    before, after = _wanted(ref, old), _wanted(ref, new)
    return tuple(
        Difference(of, before.get(of), after.get(of))
        for of in dict.fromkeys((*before, *after))
        if before.get(of) != after.get(of)
    )


def _wanted(ref: Ref, judged: Judged) -> Wanted:
    match ref:
        case ServiceRef():
            return judged.logs_to.get(ref, {})
        case LogGroupRef():
            return _of_group(join(judged.traffic.claims.get(ref, {}).values()))
        case _:
            return {}


def _of_group(joined: Joined | None) -> Wanted:
    """Return what is asked of a log group; nothing where nobody asks for it."""
    if joined is None:
        return {}
    stated = {
        "creation": "made if missing" if joined.create else "left undone",
        "retention": _retention(joined.retention_in_days),
        "key": joined.kms_key_id,
        "class": joined.log_group_class,
        "deletion protection": "on" if joined.deletion_protection else None,
    }
    return {of: value for of, value in stated.items() if value is not None}


def _retention(days: int | Unresolved | Reason | None) -> str | None:
    match days:
        case None:
            return None
        case int():
            return f"{days} days"
        case _:
            return "cannot be told"
