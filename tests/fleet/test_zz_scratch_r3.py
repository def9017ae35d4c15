from __future__ import annotations
import pytest
from controller.core.move import Wait
from controller.report.explained_service import table
from controller.report.page import Page
from tests.fleet.refused import SCENES

def _w(p,m,x):
    with open(p,m) as f: f.write(x)

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
    _w("/tmp/r3/out.txt","a","\n".join(out)+"\n")
    _w(f"/tmp/r3/{scene.__name__}.page","w",table.render(explained, Page()))
