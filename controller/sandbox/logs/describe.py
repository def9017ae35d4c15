"""DescribeLogGroups, with the filters that moto ignores."""

from __future__ import annotations

from moto.logs.models import LogGroup

from controller.sandbox.call import Call
from controller.sandbox.logs.find import backend_of, name_in
from controller.sandbox.paging import page
from controller.sandbox.state import Region
from controller.sandbox.wire import Json, Unimplemented, invalid

PAGE = 50  # [fact 5.9]


def describe_log_groups(call: Call) -> Json:
    """In the order of names, at most 50 at a time; absent ``retentionInDays`` means for ever.

    ``logGroupIdentifiers`` are at most 50, and unknown ones are left out silently; prefix and
    pattern exclude each other [DescribeLogGroups, API reference; simulated-aws 3.4].
    """
    if call.get("includeLinkedAccounts"):
        raise Unimplemented("log groups of linked accounts are not simulated")
    if call.get("logGroupNamePrefix") and call.get("logGroupNamePattern"):
        raise invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive.")
    if len(call.get("logGroupIdentifiers") or []) > PAGE:
        raise invalid(f"logGroupIdentifiers can have at most {PAGE} items.")
    groups = backend_of(call.region).groups
    answers = [_answer(call.region, groups[name]) for name in sorted(groups)]
    chosen = [answer for answer in answers if _is_chosen(call, answer)]
    return page(call, chosen, member="logGroups", default=PAGE, maximum=PAGE)


def _is_chosen(call: Call, answer: Json) -> bool:
    name = answer["logGroupName"]
    named = {name_in(identifier) for identifier in call.get("logGroupIdentifiers") or []}
    return (
        (not named or name in named)
        and name.startswith(call.get("logGroupNamePrefix") or "")
        and (call.get("logGroupNamePattern") or "").lower() in name.lower()
        and call.get("logGroupClass") in {None, answer["logGroupClass"]}
    )


def _answer(region: Region, group: LogGroup) -> Json:
    return {
        "logGroupClass": "STANDARD",
        **group.to_describe_dict(),
        **region.log_groups.get(group.name, {}),
    }
