"""The vocabulary of these tests: the program in this process, and a fleet that it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner, Result

from controller.app.compared import impact_offline
from controller.cli import program
from controller.cli.app import App
from controller.core.consent import Consent
from controller.core.explained_service import ExplainedService
from controller.core.inventory_file.model import InventoryFile
from controller.core.outcome import Outcome
from controller.core.policy.policy_set import PolicySet
from controller.core.policy_impact.model import Impact, Pair
from controller.core.report import Report
from controller.core.service.revision import Identity
from controller.core.state.said import Said
from controller.core.state.word import Heard, Word, Write
from controller.core.status import Status
from controller.core.taken_back import Begun, Ending, Meant, Planned, Rollback, TakenBack
from controller.settings import Settings
from tests.core.policy.written import SMALLEST
from tests.report.reports import NOW

Tell = Callable[[Outcome], None]

EMPTY_INVENTORY = InventoryFile(NOW, Identity("main", frozenset()), ("eu-central-1",), (), {})


@dataclass(slots=True)
class Fleet:
    """A fleet of outcomes: `before` is what a look shows, `after` what is left once settled.

    It remembers how it was looked at, and makes the move of each outcome to whose change the
    process says yes.
    """

    before: tuple[Outcome, ...] = ()
    after: tuple[Outcome, ...] | None = None
    gaps: tuple[str, ...] = ()
    error: Exception | None = None
    looks: list[str] = field(default_factory=list)
    settings: Settings | None = None
    policies: PolicySet | None = None
    inventory: InventoryFile = EMPTY_INVENTORY
    explained: ExplainedService | None = None
    planned: tuple[Planned, ...] = ()
    taken_back: Rollback = field(default_factory=lambda: Rollback(()))
    meant: Meant | None = None
    going_on: Status = field(default_factory=lambda: Status(NOW, None))

    @property
    def app(self) -> App:
        """The app that shows this fleet."""
        return App(
            self.survey,
            self.settle,
            self.run,
            self.save,
            self.say,
            self.explain,
            self.impact,
            self.save_for,
            self.rollback,
            self.status,
        )

    async def survey(self, settings: Settings, policies: PolicySet, tell: Tell) -> Report:
        """Look once."""
        return self._looked("survey", settings, policies, tell, self.before)

    async def save(self, settings: Settings, policies: PolicySet | None) -> InventoryFile:
        """Look once, and show the inventory."""
        self.looks.append("save")
        self.settings, self.policies = settings, policies
        if self.error is not None:
            raise self.error
        return self.inventory

    async def save_for(
        self, settings: Settings, policies_for: Callable[[InventoryFile], PolicySet]
    ) -> InventoryFile:
        """Look once, show the inventory, and note the policies that are made for it."""
        return await self.save(settings, policies_for(self.inventory))

    async def impact(self, settings: Settings, policies: Pair[PolicySet], tell: Tell) -> Impact:
        """Look once, and judge the inventory by both sets."""
        self.looks.append("impact")
        self.settings = settings
        if self.error is not None:
            raise self.error
        return await impact_offline(self.inventory, settings, policies, tell)

    async def say(
        self,
        word: Callable[[Said], Word],
        service: str | None,
        settings: Settings,
        confirm: Callable[[Sequence[Write]], bool],
    ) -> Heard:
        """Note what is said, and of what; nobody hears it."""
        said = word(Said(NOW))
        self.looks.append(f"said {said.done}{'' if service is None else f' of {service}'}")
        self.settings = settings
        return Heard()

    async def rollback(
        self,
        meant: Meant,
        settings: Settings,
        policies: PolicySet | None,
        confirm: Callable[[Sequence[Planned]], bool],
        tell: Callable[[Begun], None],
    ) -> Rollback:
        """Ask for what would be taken back, and show what came of it."""
        self.settings, self.policies, self.meant = settings, policies, meant
        if self.error is not None:
            raise self.error
        if not confirm(self.planned):
            return Rollback(tuple(TakenBack(one.ref, Ending.DECLINED) for one in self.planned))
        self.looks.append("rollback")
        for one in self.taken_back.services:
            for write in one.writes:
                tell(write)
        return self.taken_back

    async def status(self, settings: Settings, policies: PolicySet | None) -> Status:
        """Show what goes on."""
        self.looks.append("status")
        self.settings, self.policies = settings, policies
        if self.error is not None:
            raise self.error
        return self.going_on

    async def explain(
        self, name: str, settings: Settings, policies: PolicySet, tell: Tell
    ) -> ExplainedService:
        """Look at all, and into one service."""
        self._looked(f"explain {name}", settings, policies, tell, self.before)
        assert self.explained is not None
        return self.explained

    async def settle(
        self, settings: Settings, policies: PolicySet, consent: Consent, tell: Tell
    ) -> Report:
        """Tell what may be moved as moved, and show what is left."""
        for one in self.before:
            if one.proposal is not None and consent.to(one.proposal.change).given:
                self.looks.append(f"moved {one.ref}")
        shown = self.before if self.after is None else self.after
        return self._looked("settle", settings, policies, tell, shown)

    async def run(self, settings: Settings, policies: PolicySet) -> int:
        """Run for no time at all."""
        self._looked("run", settings, policies, _ignore, ())
        return 0

    def _looked(
        self,
        how: str,
        settings: Settings,
        policies: PolicySet,
        tell: Tell,
        shown: tuple[Outcome, ...],
    ) -> Report:
        self.looks.append(how)
        self.settings, self.policies = settings, policies
        if self.error is not None:
            raise self.error
        for one in shown:
            tell(one)
        return Report(NOW, policies.digest, shown, self.gaps)


def _ignore(outcome: Outcome) -> None:
    """Take no note of an outcome."""


def ecs_logging(
    *arguments: str | Path,
    fleet: Fleet | None = None,
    env: Mapping[str, str] | None = None,
    stdin: str | bytes | None = None,
) -> Result:
    """Run the program with these arguments; an exception that escapes it fails the test."""
    return CliRunner().invoke(
        program(),
        [str(one) for one in arguments],
        input=stdin,
        env=env,
        obj=(fleet or Fleet()).app,
        prog_name="ecs-logging",
        catch_exceptions=False,
    )


def policy_in(folder: Path, text: str = SMALLEST) -> Path:
    """Write a policy, and return its path."""
    path = folder / "policy.yaml"
    path.write_text(text, "utf-8")
    return path
