"""Account settings, of which `defaultLogDriverMode` decides what an unset `mode` means."""

from __future__ import annotations

from controller.sandbox.call import Call
from controller.sandbox.paging import page
from controller.sandbox.wire import Json, invalid

# What ECS answers with effectiveSettings where nothing was put. The names are those of the model
# [fact 1.12]; `non-blocking` since 2025-06-25 [fact 2.9]; the other values are UNVERIFIED.
EFFECTIVE = {
    "serviceLongArnFormat": "enabled",
    "taskLongArnFormat": "enabled",
    "containerInstanceLongArnFormat": "enabled",
    "awsvpcTrunking": "disabled",
    "containerInsights": "disabled",
    "fargateFIPSMode": "disabled",
    "tagResourceAuthorization": "off",
    "fargateTaskRetirementWaitPeriod": "7",
    "guardDutyActivate": "off",
    "defaultLogDriverMode": "non-blocking",
    "fargateEventWindows": "disabled",
}
_MODES = ("blocking", "non-blocking")


def put_account_setting(call: Call) -> Json:
    """For the caller or for the account: the sandbox has one principal, so they are the same."""
    name, value = call.need("name"), call.need("value")
    if name not in EFFECTIVE:
        raise invalid(f"Invalid setting name: {name}")  # wording UNVERIFIED
    if name == "defaultLogDriverMode" and value not in _MODES:
        raise invalid(f"Invalid value for {name}: {value}")  # wording UNVERIFIED
    call.region.account_settings[name] = value
    return {"setting": _setting(call, name, value)}


def list_account_settings(call: Call) -> Json:
    """What was put; with ``effectiveSettings`` also the defaults of what was not [fact 1.12]."""
    put = call.region.account_settings
    shown = {**EFFECTIVE, **put} if call.get("effectiveSettings") else put
    wanted, value = call.get("name"), call.get("value")
    settings = [
        _setting(call, name, set_to)
        for name, set_to in shown.items()
        if wanted in {None, name} and value in {None, set_to}
    ]
    return page(call, settings, member="settings", default=10)


def _setting(call: Call, name: str, value: str) -> Json:
    root = call.region.arn("root", service="iam").replace(f":{call.region.name}:", "::")
    return {"name": name, "value": value, "principalArn": root, "type": "user"}
