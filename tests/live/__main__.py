"""`make live-check CLUSTER=…`: asks the AWS account of the environment; never part of CI.

It reads. Before each write it asks, on a terminal; what it makes bears the tag
`ecs-logging-live-check` and is taken away again. It starts no task, touches no service, and makes
no cluster: name one that you have made for it. Where AWS_ENDPOINT_URL points at a simulation, it
says so: what is proven there is not proven of AWS.
"""

from __future__ import annotations

import argparse
import secrets
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tests.live.check import check, in_cluster
from tests.live.item import Answer, Live
from tests.live.page import page


def main(arguments: list[str]) -> int:
    """Check, and return 1 if anything is refuted, 2 where it cannot begin, else 0."""
    parser = argparse.ArgumentParser(prog="make live-check", description=__doc__)
    parser.add_argument("--cluster", help="an ECS cluster of yours")
    parser.add_argument(
        "--page", action="store_true", help="print docs/unproven.md, and ask nobody"
    )
    given = parser.parse_args(arguments)
    if given.page:
        sys.stdout.write(page())
        return 0
    if not given.cluster:
        _say("Name a cluster that you have made for this: make live-check CLUSTER=…")
        return 2
    try:
        return _check(given.cluster)
    except (ClientError, BotoCoreError) as error:
        _say(f"The account cannot be asked: {error}")
        return 2


def _check(cluster: str) -> int:
    session = boto3.Session()
    clients = {name: session.client(name) for name in ("ecs", "logs", "sts")}
    live = in_cluster(Live(**clients, cluster="", run=secrets.token_hex(4)), cluster)
    if live is None:
        _say(f"There is no ACTIVE cluster {cluster}, and none is made. Make it yourself first.")
        return 2
    endpoint = live.ecs.meta.endpoint_url
    caller = live.sts.get_caller_identity()
    _say(f"{caller['Account']} {live.ecs.meta.region_name}, as {caller['Arn']}, at {endpoint}")
    if ".amazonaws.com" not in endpoint:
        _say("THIS IS NOT AWS. What is proven here is proven of a simulation.")
    verdicts = check(live, _say, _ask)
    return int(any(one.answer is Answer.REFUTED for one in verdicts.values()))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _ask(question: str) -> bool:
    if not sys.stdin.isatty():
        return False
    sys.stdout.write(f"{question} [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
