"""Policies for services, in every combination that the rules tell apart."""

from __future__ import annotations

from hypothesis import strategies as st

from controller.core.policy.model import LoggingPolicy
from tests.core.service.given import policy

KEPT = st.frozensets(
    st.sampled_from(["group", "region", "streamPrefix", "mode", "maxBufferSize"]), max_size=5
)
ACCEPTED: st.SearchStrategy[list[dict[str, object]]] = st.sampled_from(
    [
        [],
        [{"driver": "splunk", "secret_options": ["splunk-token"]}],
        [{"driver": "awsfirelens", "output": "datadog"}],
        [{"driver": "awslogs", "options": {"awslogs-group": "/ecs/*"}}],
    ]
)
EXCLUDED: st.SearchStrategy[list[dict[str, object]]] = st.sampled_from(
    [[], [{"names": ("web",)}], [{"images": ("*/envoy*",)}], [{"essential": False}]]
)


GROUPS = st.sampled_from(
    [
        "/ecs/shop",
        "/ecs/{service}/{container}",
        "/ecs/{tag:team}/{service}",
        "/ecs/{tag:none|shared}",
        "{tag:team|x}",
        "/ecs/{tag:title}",  # no name of a log group
        "/ecs/{tag:none}",  # no name at all
        "/ecs/{var:stage}/{service}",
        "/ecs/{var:nobody}",
    ]
)
VARIABLES = {
    "stage": {"source": "{tag:env}", "map": {"prod": "live"}, "default": "test"},
    "nobody": {"source": "{tag:env}", "map": {"qa": "qa"}},
}


@st.composite
def policies(draw: st.DrawFn) -> LoggingPolicy:
    """Draw a policy in Enforce."""
    blocking = draw(st.booleans())
    awslogs = {
        "group": draw(GROUPS),
        "region": draw(st.sampled_from(["{region}", "us-east-1", "{tag:home}", "{tag:title}"])),
        "stream_prefix": draw(st.sampled_from(["ecs", "{service}", "{tag:team}", "{tag:title}"])),
        "mode": "blocking" if blocking else "non-blocking",
        "max_buffer_size": None if blocking else draw(st.sampled_from([None, "5m", "25m"])),
    }
    return policy(
        destinations=({"awslogs": awslogs, "keep": draw(KEPT)},),
        accept=tuple(draw(ACCEPTED)),
        containers={"exclude": tuple(draw(EXCLUDED))},
        variables=VARIABLES,
    )
