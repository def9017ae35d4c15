"""The kill switch as the controller reads it: whoever may write there stops it everywhere."""

from __future__ import annotations

from typing import Protocol

from controller.core.state.kill_switch import Place


class KillSwitchReader(Protocol):
    """Looks, and changes nothing."""

    async def said(self, place: Place) -> str | None:
        """Return what the switch at *place* says; None where there is nothing.

        What is too long to be a word is cut. Raises an `AwsError` of `controller.errors`.
        """
        ...
