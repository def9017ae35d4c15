"""Settings that hold for every test: how hypothesis draws its examples."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

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
