"""Looking at what clusters remember."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from controller.core.reason import Reason
from controller.core.refs import ClusterRef
from controller.core.state.impact import States
from controller.core.state.model import ClusterState, Unknown
from controller.errors import AwsError, DeniedError, RetryError
from controller.ports.state import StateReader


async def observe_states(clusters: Iterable[ClusterRef], state: StateReader) -> States:
    """Return what each cluster remembers; Unknown for one that we may not read.

    Raises RetryError for a passing fault.
    """
    asked = sorted(clusters)
    read = await asyncio.gather(*(_read(ref, state) for ref in asked))
    return dict(zip(asked, read, strict=True))


async def _read(ref: ClusterRef, state: StateReader) -> ClusterState | Unknown:
    try:
        return await state.cluster_state(ref)
    except RetryError:
        raise
    except AwsError as error:
        code = "AccessDenied" if isinstance(error, DeniedError) else "Unknown"
        told = "See docs/permissions.md for what is read, and why."
        return Unknown(Reason(code, str(error), told))
