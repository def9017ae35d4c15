"""Settings that hold for every test: how hypothesis draws its examples, and that nothing leaks."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.leaks import leaks_in_sections, leaks_under

# Derandomized: the same examples on every machine, so that a red build is red again.
# Without a deadline: a busy machine is not a bug.
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
# For hunting: `pytest --hypothesis-profile=hunt` draws many, and new ones each time.
settings.register_profile("hunt", max_examples=2_000, deadline=None)
settings.load_profile("ci")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test whose output, log or files hold a canary of the seeded fleets."""
    report = yield
    if report.when != "teardown" or not report.passed:
        return report
    found: dict[str, tuple[str, ...]] = leaks_in_sections(report.sections)
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    if isinstance(folder, Path) and folder.is_dir():
        found |= {str(path): leaks for path, leaks in leaks_under(folder).items()}
    if found:
        report.outcome = "failed"
        report.longrepr = f"environment values or secrets have leaked: {found}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how many random runs there were of each model: tests record them as `runs`."""
    passed: list[pytest.TestReport] = terminalreporter.stats.get("passed", [])
    for report in passed:
        for key, number in report.user_properties:
            if key == "runs":
                terminalreporter.write_line(f"{number} random runs: {report.nodeid}")
