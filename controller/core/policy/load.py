"""PolicyLoad: what came of reading the policies anew while the controller runs."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.policy.problem import Problem


@dataclass(frozen=True, slots=True)
class PolicyLoad:
    """What is written was taken over, or refused for its `problems`.

    `digest` is that of the set in force from now on, `before` that of the set in force until now.
    `after_refusal`: what was written before this was refused.
    """

    digest: str
    before: str
    problems: tuple[Problem, ...] = ()
    after_refusal: bool = False

    @property
    def refused(self) -> bool:
        """Tell whether nothing was taken over, and the last good set stays in force."""
        return bool(self.problems)

    @property
    def switched(self) -> bool:
        """Tell whether another set is in force now: one that says something else."""
        return self.digest != self.before
