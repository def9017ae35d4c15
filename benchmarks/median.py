"""The time of something, as the median of several runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median


def median_cpu_seconds(run: Callable[[], object], *, times: int = 5) -> float:
    """Return the median CPU time of *run*, in seconds, after one run that does not count."""
    run()
    seconds = []
    for _ in range(times):
        before = time.process_time()
        run()
        seconds.append(time.process_time() - before)
    return median(seconds)
