"""delivery-mode: how logs are handed over, and how many may wait."""

from __future__ import annotations

import pytest

from controller.core.document.edit import Edit
from controller.core.document.json import Json
from controller.core.service.awslogs import size_in_bytes
from tests.core.service.given import awslogs, destination, logging_by
from tests.core.service.rules.tables import edits_of, options

RULE = "delivery-mode"
SILENT = awslogs(mode=None)
MODE = options(mode="non-blocking")


@pytest.mark.parametrize(
    ("logs", "default", "edits"),
    [
        pytest.param(awslogs(), "blocking", [], id="stated"),
        pytest.param(awslogs(mode="blocking"), "non-blocking", MODE, id="stated otherwise"),
        pytest.param(awslogs(mode="other"), "non-blocking", MODE, id="stated as nothing known"),
        pytest.param(awslogs(mode=True), "non-blocking", MODE, id="no text"),
        pytest.param(SILENT, "non-blocking", [], id="[2.9] the account's default is it"),
        pytest.param(SILENT, "blocking", MODE, id="[2.9] the account's default is another"),
        pytest.param(awslogs(max_buffer_size="1m"), "blocking", [], id="any buffer will do"),
        pytest.param(logging_by("awslogs"), "non-blocking", [], id="no options at all"),
        pytest.param(logging_by("awslogs"), "blocking", MODE, id="nor a default that is it"),
        pytest.param(logging_by("gelf", options={"mode": "blocking"}), "blocking", [], id="gelf"),
    ],
)
def test_non_blocking_is_stated_where_it_does_not_hold_anyway(
    logs: dict[str, Json], default: str, edits: list[Edit]
) -> None:
    assert edits_of(RULE, logs, default_mode=default) == edits


BUFFER = options(max_buffer_size="25m")


@pytest.mark.parametrize(
    ("logs", "edits"),
    [
        pytest.param(awslogs(max_buffer_size="25m"), [], id="as large"),
        pytest.param(awslogs(max_buffer_size="1g"), [], id="larger"),
        pytest.param(awslogs(max_buffer_size="26214400"), [], id="as large in bytes"),
        pytest.param(awslogs(max_buffer_size="24m"), BUFFER, id="smaller"),
        pytest.param(awslogs(), BUFFER, id="[2.9] 10m without one"),
        pytest.param(awslogs(max_buffer_size="much"), BUFFER, id="no size"),
        pytest.param(awslogs(max_buffer_size=26214400), BUFFER, id="a number"),
        pytest.param(SILENT, MODE + BUFFER, id="[2.10] a size needs a stated mode"),
        pytest.param(
            awslogs(mode="blocking", max_buffer_size="25m"), MODE, id="the size that stands stays"
        ),
    ],
)
def test_the_buffer_is_at_least_the_policys(logs: dict[str, Json], edits: list[Edit]) -> None:
    to = destination(max_buffer_size="25m")

    assert edits_of(RULE, logs, destinations=(to,)) == edits


def test_a_policys_buffer_that_ecs_gives_anyway_is_not_asked_for() -> None:
    assert edits_of(RULE, SILENT, destinations=(destination(max_buffer_size="10m"),)) == []


BLOCKING = options(mode="blocking")


@pytest.mark.parametrize(
    ("logs", "default", "edits"),
    [
        pytest.param(awslogs(mode="blocking"), "non-blocking", [], id="stated"),
        pytest.param(awslogs(), "blocking", BLOCKING, id="stated otherwise"),
        pytest.param(SILENT, "blocking", [], id="the account's default is it"),
        pytest.param(SILENT, "non-blocking", BLOCKING, id="the account's default is another"),
        pytest.param(
            awslogs(max_buffer_size="25m"),
            "blocking",
            BLOCKING + options(max_buffer_size=None),
            id="a buffer goes with the mode",
        ),
        pytest.param(
            awslogs(mode="blocking", max_buffer_size="25m"),
            "blocking",
            options(max_buffer_size=None),
            id="a buffer that blocking does not take",
        ),
    ],
)
def test_blocking_has_no_buffer(logs: dict[str, Json], default: str, edits: list[Edit]) -> None:
    to = destination(mode="blocking")

    assert edits_of(RULE, logs, default_mode=default, destinations=(to,)) == edits


@pytest.mark.parametrize(
    ("keep", "logs", "edits"),
    [
        pytest.param(("mode",), awslogs(mode="blocking"), [], id="its own mode"),
        pytest.param(("mode",), SILENT, MODE + BUFFER, id="no mode to keep"),
        pytest.param(("maxBufferSize",), awslogs(max_buffer_size="1m"), [], id="its own buffer"),
        pytest.param(("maxBufferSize",), awslogs(), BUFFER, id="no buffer to keep"),
        pytest.param(
            ("maxBufferSize",),
            awslogs(mode="blocking", max_buffer_size="1m"),
            MODE,
            id="its buffer, not its mode",
        ),
        pytest.param(("group",), awslogs(mode="blocking"), MODE + BUFFER, id="only the group"),
    ],
)
def test_a_container_keeps_what_the_destination_lets_it_keep(
    keep: tuple[str, ...], logs: dict[str, Json], edits: list[Edit]
) -> None:
    to = destination(max_buffer_size="25m", keep=keep)

    assert edits_of(RULE, logs, destinations=(to,)) == edits


@pytest.mark.parametrize("accept", [(), ({"driver": "awsfirelens"},)], ids=["not", "accepted"])
def test_neither_option_stands_beside_firelens(accept: tuple[dict[str, str], ...]) -> None:
    logs = logging_by(
        "awsfirelens",
        options={"Name": "datadog", "mode": "non-blocking", "max-buffer-size": "25m"},
    )

    assert edits_of(RULE, logs, accept=accept) == options(mode=None, max_buffer_size=None)  # [3.16]


def test_an_accepted_shape_of_awslogs_is_left_alone() -> None:
    assert edits_of(RULE, awslogs(mode="blocking"), accept=({"driver": "awslogs"},)) == []


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("1048576", 2**20),
        ("1m", 2**20),
        ("1M", 2**20),
        ("1mb", 2**20),
        ("1MiB", 2**20),
        ("1.5k", 1536),
        ("1b", 1),
        ("1 g", 2**30),
        (" 1g", None),
        ("", None),
        ("m", None),
        ("-1m", None),
        ("1x", None),
        ("٢m", None),
        (10, None),
        (None, None),
    ],
)
def test_a_size_is_read_as_docker_reads_it(written: Json, size: float | None) -> None:
    assert size_in_bytes(written) == size  # [fact 2.12]
