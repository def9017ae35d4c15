from __future__ import annotations
import pytest
from controller.core.move import Wait
from controller.report.explained_service import table
from controller.report.page import Page
from tests.fleet.refused import SCENES

@pytest.mark.parametrize("scene", SCENES, ids=lambda s: s.__name__)
async def test_x(aws, controller, scene):
    await scene(aws, controller)
    explained = await controller.explains("prod/web")
    out = [f"#### {scene.__name__} unasked={explained.unasked} {explained.outcome.sync} {explained.outcome.health}"]
    if explained.outcome.reason: out.append(f"   outcome: {explained.outcome.reason}")
    for f in explained.outcome.findings:
        if f.blocked: out.append(f"   blocked: {f}")
    for one in explained.gates:
        if one.said is not None:
            out.append(f"  {one.gate}: {one.said}")
    open("/tmp/r3/out.txt","a").write("\n".join(out)+"\n")
    open(f"/tmp/r3/{scene.__name__}.page","w").write(table.render(explained, Page()))
