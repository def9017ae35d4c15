"""The KMS key of a log group: one of moto's, enabled, and named by its ARN."""

from __future__ import annotations

from moto.kms.models import kms_backends

from controller.sandbox.wire import invalid


def usable_key(named: str) -> str:
    """Return the ARN of an enabled key; refuses anything else [fact 6.9], wording UNVERIFIED.

    Whether the key's policy lets CloudWatch Logs use it [fact 6.10] is not looked at.
    """
    match named.split(":"):
        case ["arn", _, "kms", region, account, name] if name.startswith("key/"):
            keys = kms_backends[account][region].keys
            found = keys.get(name.removeprefix("key/"))
        case _:
            found = None
    if found is None or not found.enabled:
        raise invalid("The specified KMS key does not exist or is not allowed to be used.")
    return named
