"""The port AlarmsReader: the alarms of one account, in any of its Regions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from controller.aws.api import Api
from controller.errors import RetryError

AT_ONCE: Final = 100
KINDS: Final = {  # [MODEL AlarmType]: by kind, the member of the answer
    "MetricAlarm": "MetricAlarms",
    "CompositeAlarm": "CompositeAlarms",
}


class AwsAlarmsReader:
    """Reads CloudWatch through the Api that *api* returns for a Region.

    CloudWatch does not speak JSON, so its answers are taken as the SDK parses them. Without their
    kinds, it would leave composite alarms out [DescribeAlarms, API reference].
    """

    def __init__(self, api: Callable[[str], Api]) -> None:
        self._api = api

    async def states(self, names: Collection[str], region: str) -> Mapping[str, str]:
        asked, found = sorted(names), dict[str, str]()
        for at in range(0, len(asked), AT_ONCE):
            some = asked[at : at + AT_ONCE]
            params: dict[str, object] = {
                "AlarmNames": some,
                "AlarmTypes": [*KINDS],
                "MaxRecords": AT_ONCE,
            }
            answer = await self._api(region).parsed("DescribeAlarms", params)
            found |= states_in(answer)
        return found


def states_in(answer: Mapping[str, Any]) -> dict[str, str]:
    """Return the states of the alarms in an answer, by their names; RetryError where it was cut."""
    listed = [one for member in KINDS.values() for one in answer.get(member) or ()]
    states = {one.get("AlarmName"): one.get("StateValue") for one in listed}
    known = {name: state for name, state in states.items() if name and state}
    if len(known) < len(states):
        message = "an alarm in the answer has no name or no state; it may have been cut on its way"
        raise RetryError("DescribeAlarms", "MissingMember", message)
    return known
