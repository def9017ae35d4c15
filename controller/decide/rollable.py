"""Whether what was decided of a service keeps it from being rolled for good, or for now."""

from __future__ import annotations

from typing import Final

from controller.core.move import Step, Wait

_NEVER: Final = frozenset({"OwnedElsewhere", "UnsupportedController", "NotActive"})
_TRIED: Final = frozenset({"HeldAfterFailure", "UnsupportedDeployment"})


def is_rollable(step: Step | None) -> bool:
    """Tell whether the service may ever be rolled."""
    return not (isinstance(step, Wait) and step.reason.code in _NEVER)


def would_be_rolled(step: Step | None) -> bool:
    """Tell whether the edits would be rolled out, once those who hold them now let go."""
    tried = isinstance(step, Wait) and step.reason.code in _TRIED
    return is_rollable(step) and not tried
