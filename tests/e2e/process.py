"""The real program as a process of its own, pointed at a sandbox behind a socket."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.leaks import leaks_in

KEY = "AKIDCONTROLLER"


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that has ended, and all that it said."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> Any:  # the JSON of a report
        """What it wrote to standard output, as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Program:
    """`ecs-logging`, started in a folder and an environment of its own."""

    url: str | None
    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str, seconds: float = 90, **variables: str) -> Ended:
        """Run it to its end; the test fails if it takes longer than *seconds*."""
        ended = subprocess.run(
            self._command(arguments),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
            cwd=self.folder,
            env=self.environment | variables,
        )
        return checked(Ended(ended.returncode, ended.stdout, ended.stderr))

    def start(
        self, *arguments: str, log: Path | None = None, **variables: str
    ) -> subprocess.Popen[str]:
        """Start it, and leave it running; what it logs goes into *log*, if that is given."""
        piped = nullcontext(subprocess.PIPE)
        with piped if log is None else log.open("w", encoding="utf-8") as errors:
            return subprocess.Popen(
                self._command(arguments),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                cwd=self.folder,
                env=self.environment | variables,
            )

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "controller", *arguments]


def program(url: str | None, folder: Path) -> Program:
    """Return the program for the AWS at *url*, with nothing of this machine's AWS environment."""
    root = Path(__file__).parents[2]
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "ECS_LOGGING_"))
    }
    environment |= {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(folder / "no-config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(folder / "no-credentials"),
        "PYTHONPATH": str(root),
        "PYTHONWARNINGS": "error",
    }
    if url is not None:
        environment["AWS_ENDPOINT_URL"] = url
    return Program(url, folder, environment)


def checked(ended: Ended) -> Ended:
    """Return *ended*, after a look for tracebacks and leaks in what it said."""
    assert "Traceback" not in ended.err, ended.err
    assert leaks_in(ended.out + ended.err) == ()
    return ended
