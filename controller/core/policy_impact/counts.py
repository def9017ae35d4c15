"""How many services and log groups stand how, under the old set and under the new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from controller.core.judge.finding import EXEMPT
from controller.core.policy_impact.model import Judged, Pair, TargetImpact
from controller.core.reason import Sync
from controller.core.refs import LogGroupRef, ServiceRef


def counts(old: Judged, new: Judged, targets: Iterable[TargetImpact]) -> Mapping[str, Pair[int]]:
    """Return the numbers by what they count, in the order in which they are told."""
    targets = tuple(targets)
    services = [one for one in targets if isinstance(one.ref, ServiceRef)]
    groups = [one for one in targets if isinstance(one.ref, LogGroupRef)]
    syncs = Pair([one.sync.old for one in services], [one.sync.new for one in services])
    unsure = {Sync.UNKNOWN, Sync.UNDECIDED}
    counted = {
        "governed services": Pair(_governed(old), _governed(new)),
        "compliant services": _of(syncs, {Sync.COMPLIANT}),
        "drifted services": _of(syncs, {Sync.DRIFTED}),
        "exempt services": _of(syncs, {Sync.EXEMPT}),
        "exempt findings": Pair(_exempt(old), _exempt(new)),
        "services that cannot be judged": _of(syncs, unsure),
        "services that would be written": _written(services),
        "log groups asked for": Pair(
            sum(one.sync.old is not None for one in groups),
            sum(one.sync.new is not None for one in groups),
        ),
        "log groups that would be written": _written(groups),
    }
    return MappingProxyType(counted)


def _governed(judged: Judged) -> int:
    return sum(one.policy is not None for one in judged.traffic.sightings.values())


def _exempt(judged: Judged) -> int:
    findings = (finding for one in judged.report.outcomes for finding in one.findings)
    return sum(one.blocked == EXEMPT for one in findings)


def _of(syncs: Pair[list[Sync | None]], wanted: set[Sync]) -> Pair[int]:
    old, new = (sum(one in wanted for one in each) for each in (syncs.old, syncs.new))
    return Pair(old, new)


def _written(targets: Iterable[TargetImpact]) -> Pair[int]:
    targets = tuple(targets)
    return Pair(sum(one.written.old for one in targets), sum(one.written.new for one in targets))
