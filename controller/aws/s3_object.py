"""An object of S3, as the kill switch is kept in one."""

from __future__ import annotations

from typing import Final

from controller.aws.api import Api
from controller.core.state.kill_switch import LARGEST, StoredObject
from controller.errors import TerminalError

_NOT_THERE: Final = frozenset({"NoSuchBucket", "NoSuchKey"})


async def said_by_object(place: StoredObject, s3: Api) -> str | None:
    """Return the beginning of what the object holds, None where there is none.

    Whoever may not list the bucket is told that a missing object is denied. Raises an AwsError.
    """
    asked = {"Bucket": place.bucket, "Key": place.key}
    try:
        held = await s3.streamed("GetObject", asked, largest=LARGEST, where=str(place))
    except TerminalError as error:
        if error.code in _NOT_THERE:
            return None
        raise
    return held.decode("utf-8", errors="replace")
