"""The ways in which the fleet's containers log: well, badly, and not at all."""

from __future__ import annotations

from controller.sandbox.fleet.canaries import Canaries
from controller.sandbox.wire import Json

REGION = "us-east-1"
ACCOUNT = "123456789012"
_SPLUNK_TOKEN = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:observability/splunk-hec"


def log_configuration(way: str, family: str, canaries: Canaries) -> Json | None:
    """The ``logConfiguration`` of a container of this family; None where it has none."""
    awslogs = {
        "awslogs-group": f"/ecs/{family}",
        "awslogs-region": REGION,
        "awslogs-stream-prefix": "ecs",
    }
    if way == "nothing":
        return None
    ways: dict[str, Json] = {
        "well": _awslogs({**awslogs, "mode": "non-blocking", "max-buffer-size": "25m"}),
        "unset": _awslogs(awslogs),
        "blocking": _awslogs({**awslogs, "mode": "blocking"}),
        "create": _awslogs({**awslogs, "awslogs-create-group": "true"}),
        "small": _awslogs({**awslogs, "mode": "non-blocking", "max-buffer-size": "1m"}),
        "lost": _awslogs({**awslogs, "awslogs-group": f"/ecs/retired/{family}"}),
        "prefixless": _awslogs({k: v for k, v in awslogs.items() if "prefix" not in k}),
        "json-file": {"logDriver": "json-file", "options": {"max-size": "10m", "max-file": "3"}},
        "syslog": {
            "logDriver": "syslog",
            "options": {"syslog-address": "udp://syslog.internal.brightcart.example:514"},
        },
        "splunk": {
            "logDriver": "splunk",
            "options": {"splunk-url": "https://splunk.brightcart.example:8088"},
            "secretOptions": [{"name": "splunk-token", "valueFrom": _SPLUNK_TOKEN}],
        },
        "firelens": _firelens({"Name": "cloudwatch_logs", "region": REGION, **_stream(family)}),
    }
    if way == "firelens-key":  # an API key in plain sight: it happens
        return _firelens({"Name": "datadog", "apikey": canaries.next(), "dd_service": family})
    return ways[way]


def _awslogs(options: Json) -> Json:
    return {"logDriver": "awslogs", "options": options}


def _firelens(options: Json) -> Json:
    return {"logDriver": "awsfirelens", "options": options}


def _stream(family: str) -> Json:
    return {"log_group_name": f"/ecs/{family}", "log_stream_prefix": "app-"}
