"""Looking up the KMS key that is asked for where it is named by an alias."""

from __future__ import annotations

from controller.core.document.unresolved import Unresolved
from controller.core.policy.kms_key import is_alias
from controller.errors import AwsError, RetryError
from controller.ports.kms import KmsReader


async def look_up_key(named: str | None, region: str, kms: KmsReader) -> str | Unresolved | None:
    """Return the ARN of the key *named* by ARN or alias in the Region of a log group.

    Unresolved where the alias is unknown, or may not be read; a passing fault is raised as
    RetryError. None stays None.
    """
    if named is None or not is_alias(named):
        return named
    try:
        arn = await kms.key_of(named, region)
    except RetryError:
        raise
    except AwsError as error:
        return Unresolved(f"the key {named} could not be looked up ({error})")
    return arn or Unresolved(f"there is no key {named} in {region}")
