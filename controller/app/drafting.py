"""Drafting policies: from an inventory to their text, and to the baseline that they need today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from controller.app.compared import Tell, judged_offline
from controller.app.policies import parsed
from controller.core.draft.baseline import baseline
from controller.core.draft.draft import draft
from controller.core.draft.habits import habits
from controller.core.draft.text import baseline_text, text_of
from controller.core.inventory_file.model import InventoryFile
from controller.core.policy.policy_set import PolicySet
from controller.core.policy.problem import Source
from controller.settings import Settings


@dataclass(frozen=True, slots=True)
class Begun:
    """The text of policies with their baseline, and how many violations no exception can cover."""

    text: str
    left: int = 0
    incomplete: bool = False


def drafted(inventory: InventoryFile, settings: Settings) -> str:
    """Return policies, as YAML, that ask what most services of *inventory* do already.

    Regions and clusters of *settings* narrow which services are asked.
    """
    clusters = settings.clusters or inventory.clusters
    asked = (
        one
        for one in habits(inventory)
        if (not clusters or one.ref.cluster in clusters)
        and (not settings.regions or one.ref.region in settings.regions)
    )
    return text_of(draft(asked, whole=not clusters), at=inventory.taken_at)


def policies_in(text: str) -> PolicySet:
    """Return the policies that are stated by a text of ours; one that is not valid is our fault."""
    found = parsed((Source("draft", text),))
    if found.policies is None:
        msg = f"the draft is not valid: {found.problems[0]}"
        raise ValueError(msg)
    return found.policies


async def with_baseline(
    text: str, inventory: InventoryFile, settings: Settings, tell: Tell, *, start: date, days: int
) -> Begun:
    """Return *text* with exceptions, for *days* days from *start*, for all that violates it now."""
    judged = await judged_offline(inventory, settings, policies_in(text), tell)
    asking = {
        group: [ref for ref, one in claims.items() if one.asks]
        for group, claims in judged.traffic.claims.items()
    }
    spared = baseline(judged.report.outcomes, asking)
    regions = {ref.region for ref in judged.traffic.sightings}
    whole = text + baseline_text(spared, start=start, days=days, with_region=len(regions) > 1)
    after = (await judged_offline(inventory, settings, policies_in(whole), tell)).report
    findings = (finding for one in after.outcomes for finding in one.findings)
    left = sum(one.is_violation for one in findings)
    return Begun(whole, left, incomplete=after.incomplete)
