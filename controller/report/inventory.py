"""A saved inventory: what was there, how it logs, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from controller.core.inventory_file.listing import Listed, listing
from controller.core.inventory_file.model import Failure, InventoryFile, Key
from controller.core.reason import Sync
from controller.report.page import Page
from controller.report.structure import SCHEMA_VERSION, Structure
from controller.report.styles import ASIDE, HEADING, SYNC
from controller.report.words import clean, counted, listed, moment

_HEADINGS = ("Service", "Runs on", "Logs by", "Log groups")


def render(inventory: InventoryFile, page: Page) -> str:
    """Return the services of *inventory* by cluster, and what could not be read."""
    services = [*listing(inventory)]
    parts: list[RenderableType] = [Text(_answer(services), HEADING), _taken(inventory)]
    if services:
        parts += [Text(), _table(services)]
    return page.lay_out(*parts, *_failures([*inventory.failures]))


def _answer(services: Sequence[Listed]) -> str:
    clusters = {one.ref.cluster_ref for one in services}
    if not services:
        return "The inventory holds no service."
    return f"{counted(len(services), 'service')} in {counted(len(clusters), 'cluster')}."


def _taken(inventory: InventoryFile) -> Text:
    where = listed(inventory.regions) if inventory.regions else "no Region"
    only = f", clusters {listed(inventory.clusters)} only" if inventory.clusters else ""
    by = (
        f", as {listed(sorted(inventory.identity.principals))}"
        if inventory.identity.principals
        else ""
    )
    return Text(clean(f"Taken {moment(inventory.taken_at)} in {where}{only}{by}"), ASIDE)


def _table(services: Sequence[Listed]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=HEADING, pad_edge=False)
    for heading in _HEADINGS:
        table.add_column(heading, overflow="fold")
    for cluster, those in groupby(services, key=lambda one: one.ref.cluster_ref):
        place = f"{cluster.name} ({cluster.account} {cluster.region})"
        table.add_row(Text(clean(place), HEADING))
        for one in those:
            table.add_row(*_row(one))
    return table


def _row(one: Listed) -> tuple[Text, ...]:
    runs_on = "not known" if one.launch_types is None else ", ".join(one.launch_types)
    groups = ", ".join(group.name for group in one.log_groups)
    cells = (f"  {one.ref.name}", runs_on, _drivers(one.drivers), groups)
    return tuple(Text(clean(cell)) for cell in cells)


def _drivers(drivers: Mapping[str, str | None]) -> str:
    """Return `awslogs, 2 none`: the drivers of the containers, with how many where several."""
    counts = Counter(driver or "none" for driver in drivers.values())
    named = sorted(counts.items())
    return ", ".join(driver if number == 1 else f"{number} {driver}" for driver, number in named)


def _failures(failures: Sequence[tuple[Key, Failure]]) -> Iterator[RenderableType]:
    if not failures:
        return
    yield Text()
    yield Text("Not read, so whatever depends on it is Unknown:", SYNC[Sync.UNKNOWN])
    for key, failure in failures:
        told = f"{key.region}: {failure.operation}: {failure.code}: {failure.message}"
        yield Text(f"  {clean(told)}" + (f" ({clean(key.of)})" if key.of else ""))


def structure(inventory: InventoryFile) -> Structure:
    """Return the same as plain data, for JSON and YAML."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        "takenAt": inventory.taken_at.isoformat(),
        "instance": inventory.identity.instance,
        "principals": sorted(inventory.identity.principals),
        "regions": list(inventory.regions),
        "clusters": list(inventory.clusters),
        "services": [_service(one) for one in listing(inventory)],
        "failures": [_failure(key, one) for key, one in inventory.failures],
    }


def _service(one: Listed) -> Structure:
    return {
        "arn": one.ref.arn,
        "account": one.ref.account,
        "region": one.ref.region,
        "cluster": one.ref.cluster,
        "service": one.ref.name,
        "taskDefinitionArn": one.task_definition,
        "launchTypes": None if one.launch_types is None else list(one.launch_types),
        "containers": [{"name": name, "driver": by} for name, by in one.drivers.items()],
        "logGroups": [group.arn for group in one.log_groups],
    }


def _failure(key: Key, failure: Failure) -> Structure:
    return {
        "question": key.question,
        "of": key.of or None,
        "region": key.region,
        "operation": failure.operation,
        "code": failure.code,
        "message": failure.message,
    }
