"""The newest revisions of a family: who is newer than a base, and which of ours might be reused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from controller.aws.api import Api
from controller.aws.at_once import for_each
from controller.core.service.observed import Family
from controller.core.service.revision import Revision, family_of, number_of
from controller.errors import RetryError

PAGE: Final = 100  # [fact 5.5]
MOST_ACTIVE: Final = 30
MOST_INACTIVE: Final = 10


async def read_family(
    api: Api, name: str, *, above: int, revision: Callable[[str], Awaitable[Revision | None]]
) -> Family:
    """Return the ACTIVE revisions of *name* that are newer than *above*, and some INACTIVE ones.

    At most `MOST_ACTIVE` of the former and `MOST_INACTIVE` of the latter, described by *revision*.
    An INACTIVE one that is no longer described is left out; an ACTIVE one raises RetryError.
    """
    active, reaches = await _active(api, name, above=above)
    inactive = await _newest(api, name, status="INACTIVE", most=MOST_INACTIVE)

    async def read(arn: str) -> Revision | None:
        found = await revision(arn)
        if found is None and arn in active:
            message = "a revision that was listed as ACTIVE is not described"
            raise RetryError("DescribeTaskDefinition", "NotDescribed", message, where=arn)
        return found

    # One that was deregistered between the two lists stands in both.
    arns = sorted({*active, *inactive}, key=number_of, reverse=True)
    found = await for_each(arns, read)
    return Family(tuple(one for one in found if one is not None), reaches)


async def _active(api: Api, name: str, *, above: int) -> tuple[list[str], int]:
    """Return the ARNs of those newer than *above*, and the number down to which they are all."""
    listed = await _newest(api, name, status="ACTIVE", most=MOST_ACTIVE + 1)
    newer = [arn for arn in listed if number_of(arn) > above]
    if len(newer) <= MOST_ACTIVE:
        return newer, above
    taken = newer[:MOST_ACTIVE]
    return taken, number_of(taken[-1])


async def _newest(api: Api, name: str, *, status: str, most: int) -> list[str]:
    """Return the ARNs of the newest revisions, at most so many.

    `familyPrefix` is documented as a full family name; another family that a prefix might bring
    along is passed over.
    """
    asked = {"familyPrefix": name, "status": status, "sort": "DESC", "maxResults": PAGE}
    newest: list[str] = []
    async for page in api.pages("ListTaskDefinitions", asked, where=f"family {name}"):
        for arn in page.texts("taskDefinitionArns"):
            if family_of(arn) != name:
                continue
            newest.append(arn)
            if len(newest) == most:
                return newest
    return newest
