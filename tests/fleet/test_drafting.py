"""A policy that is drafted from a fleet in AWS finds nothing there but what its baseline spares."""

from __future__ import annotations

from controller.app.drafting import Begun, drafted, policies_in, with_baseline
from controller.app.library import names, text
from controller.app.save import save_for
from controller.core.reason import Sync
from controller.sandbox.fleet import seed
from tests.fleet.aws import Aws
from tests.fleet.controller import Controller
from tests.fleet.given import compliant
from tests.virtual_time import EPOCH, VirtualClock


async def begun(controller: Controller, shipped: str | None = None) -> Begun:
    """Return what `policy init --baseline 90d` writes of the fleet as it is."""
    seen = await save_for(
        controller.settings,
        lambda seen: policies_in(shipped or drafted(seen, controller.settings)),
        clock=VirtualClock(),
        open_session=controller.session,
    )
    whole = shipped or drafted(seen, controller.settings)
    return await with_baseline(
        whole, seen, controller.settings, controller.tell, start=EPOCH.date(), days=90
    )


async def test_an_audit_right_after_is_clean_and_shows_what_is_exempt(
    aws: Aws, controller: Controller
) -> None:
    fleet = seed(aws.sandbox)

    found = await begun(controller)
    controller.policies = policies_in(found.text)
    report = await controller.audits()

    assert (found.left, found.incomplete) == (0, False)
    assert report.counts[Sync.DRIFTED] == 0
    assert report.counts[Sync.EXEMPT] > 10
    assert not report.incomplete
    assert [one.code for one in report.notices if one.code == "ExceptionUnused"] == []
    assert [one for one in fleet.canaries() if one in found.text] == []
    assert aws.writes() == []


async def test_the_library_can_be_begun_with_on_any_fleet(aws: Aws, controller: Controller) -> None:
    seed(aws.sandbox)

    for name in names():
        found = await begun(controller, text(name))
        controller.policies = policies_in(found.text)
        report = await controller.audits()

        assert (name, found.left, report.counts[Sync.DRIFTED]) == (name, 0, 0)


async def test_what_drifts_after_the_baseline_is_told(aws: Aws, controller: Controller) -> None:
    web, _ = aws.runs("web", compliant("web")), aws.runs("api", compliant("api"))
    controller.policies = policies_in((await begun(controller)).text)
    assert (await controller.audits()).counts[Sync.DRIFTED] == 0

    document = compliant("web")
    del document["containerDefinitions"][0]["logConfiguration"]
    aws.releases(web, document)

    assert (await controller.audits()).counts[Sync.DRIFTED] > 0
