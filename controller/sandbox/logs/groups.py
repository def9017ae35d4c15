"""Writing log groups: made in two calls, with a closed list of retentions, and refusals."""

from __future__ import annotations

import re

from moto.logs.models import LogGroup

from controller.sandbox.call import Call
from controller.sandbox.logs.find import backend_of, beside, find_group
from controller.sandbox.logs.key import usable_key
from controller.sandbox.wire import Json, Refusal, invalid

CLASSES = ("STANDARD", "INFREQUENT_ACCESS", "DELIVERY", "ESSENTIALS")  # [fact 6.5]
# [fact 6.1]
RETENTIONS = frozenset(
    {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922}
    | {3288, 3653}
)
_NAME = re.compile(r"[.\-_/#A-Za-z0-9]{1,512}")  # [fact 6.4]


def create_log_group(call: Call) -> Json:
    """No retention here: that is a second call [fact 6.6]. Moto drops class and protection."""
    name = call.need("logGroupName")
    if not _NAME.fullmatch(name) or name.startswith("aws/"):
        raise invalid(
            f"1 validation error detected: Value '{name}' at 'logGroupName' failed to satisfy "
            r"constraint: Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+"
        )
    chosen = call.get("logGroupClass", CLASSES[0])
    if chosen not in CLASSES:
        raise invalid(f"1 validation error detected: Value '{chosen}' at 'logGroupClass'.")
    backend = backend_of(call.region)
    if name in backend.groups:
        message = "The specified log group already exists"
        raise Refusal("ResourceAlreadyExistsException", message)
    key = call.get("kmsKeyId")
    if key is not None:
        key = usable_key(key)
    backend.create_log_group(name, call.get("tags") or {}, kmsKeyId=key)
    call.region.log_groups[name] = {
        "creationTime": int(call.now * 1000),
        "logGroupClass": chosen,
        "deletionProtectionEnabled": call.get("deletionProtectionEnabled", False),
    }
    return {}


def delete_log_group(call: Call) -> Json:
    """Refused while deletion protection is on [fact 6.7], wording UNVERIFIED."""
    group = find_group(call, call.need("logGroupName"))
    if beside(call.region, group.name).get("deletionProtectionEnabled"):
        message = "The log group has deletion protection enabled."
        raise Refusal("OperationAbortedException", message)
    backend_of(call.region).delete_log_group(group.name)
    call.region.log_groups.pop(group.name, None)
    return {}


def put_retention_policy(call: Call) -> Json:
    """One of 22 values [fact 6.1]; moto takes any.

    Under an account policy the call succeeds and shows no effect [fact 6.2]: plant
    ``retentionPolicyName`` and ``retentionInDays`` in ``Region.log_groups[name]``.
    """
    group = find_group(call, call.need("logGroupName"))
    days = call.need("retentionInDays")
    if days not in RETENTIONS:
        raise invalid(
            f"1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy "
            f"constraint: Member must satisfy enum value set: {sorted(RETENTIONS)}"
        )
    group.set_retention_policy(days)
    return {}


def delete_retention_policy(call: Call) -> Json:
    """The group keeps everything from now on."""
    find_group(call, call.need("logGroupName")).set_retention_policy(None)
    return {}


def associate_kms_key(call: Call) -> Json:
    """By exactly one of ``logGroupName`` and ``resourceIdentifier`` [fact 6.9]."""
    _of_key(call).kms_key_id = usable_key(call.need("kmsKeyId"))
    return {}


def disassociate_kms_key(call: Call) -> Json:
    """What was encrypted stays so; new events are not [fact 6.9]."""
    _of_key(call).kms_key_id = None
    return {}


def put_log_group_deletion_protection(call: Call) -> Json:
    """[fact 6.7]."""
    group = find_group(call, call.need("logGroupIdentifier"))
    beside(call.region, group.name)["deletionProtectionEnabled"] = call.need(
        "deletionProtectionEnabled"
    )
    return {}


def _of_key(call: Call) -> LogGroup:
    named = [call.body[m] for m in ("logGroupName", "resourceIdentifier") if m in call.body]
    if len(named) != 1:
        raise invalid("Exactly one of logGroupName and resourceIdentifier is required.")
    return find_group(call, named[0])
