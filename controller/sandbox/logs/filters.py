"""Filters of log groups: those of moto, in pages, and only of groups that are there.

PutSubscriptionFilter and the deletions are moto's own: a destination must exist there, and two
subscription filters are the most [fact 6.11].
"""

from __future__ import annotations

from typing import Final

from controller.sandbox.call import Call
from controller.sandbox.logs.find import backend_of, find_group
from controller.sandbox.paging import page
from controller.sandbox.wire import Json, Refusal

PAGE: Final = 50
MOST: Final = 100  # [fact 6.11]


def describe_subscription_filters(call: Call) -> Json:
    """At most 50 at a time; moto hands out all of them, with a null for a role that is none."""
    group = find_group(call, call.need("logGroupName"))
    shown = [_without_nulls(one.to_json()) for one in group.describe_subscription_filters()]
    return page(
        call, _chosen(call, shown), member="subscriptionFilters", default=PAGE, maximum=PAGE
    )


def describe_metric_filters(call: Call) -> Json:
    """Of one group or of all; moto knows no pages, and takes a missing group for an empty one."""
    group = call.get("logGroupName")
    if group is not None:
        find_group(call, group)
    backend = backend_of(call.region)
    shown = backend.describe_metric_filters(
        None, group, call.get("metricName"), call.get("metricNamespace")
    )
    return page(call, _chosen(call, shown), member="metricFilters", default=PAGE, maximum=PAGE)


def put_metric_filter(call: Call) -> Json:
    """Made, or replaced by its name; moto adds it once more, and to groups that are not there."""
    group, name = find_group(call, call.need("logGroupName")), call.need("filterName")
    held = backend_of(call.region).filters.metric_filters
    others = [one for one in held if (one["logGroupName"], one["filterName"]) != (group.name, name)]
    if sum(one["logGroupName"] == group.name for one in others) >= MOST:
        raise Refusal("LimitExceededException", "Resource limit exceeded.")
    made: Json = {
        "filterName": name,
        "filterPattern": call.need("filterPattern"),
        "metricTransformations": call.need("metricTransformations"),
        "creationTime": int(call.now * 1000),
        "logGroupName": group.name,
    }
    held[:] = [*others, made]
    return {}


def _chosen(call: Call, shown: list[Json]) -> list[Json]:
    prefix = call.get("filterNamePrefix") or ""
    chosen = [one for one in shown if one["filterName"].startswith(prefix)]
    return sorted(chosen, key=lambda one: str(one["filterName"]))


def _without_nulls(shown: Json) -> Json:
    return {key: value for key, value in shown.items() if value is not None}
