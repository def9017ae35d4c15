"""What people and pipelines do to a fleet, beside the controller and without a word to it."""

from __future__ import annotations

from dataclasses import dataclass

from controller.core.refs import ServiceRef
from tests.fleet.given import Json
from tests.model import given
from tests.model.aws.account import Account
from tests.model.laws import BASE, SUSPENDED
from tests.model.witness import is_of_a_controller


@dataclass(slots=True)
class People:
    """Everybody who works on *account*; `which` picks one of the services that are there."""

    account: Account
    releases: int = 0

    def service(self, which: int) -> ServiceRef:
        """Return one of the services: there always is one."""
        names = sorted(self.account.services)
        place = self.account.cluster
        name = names[which % len(names)]
        return ServiceRef(place.account, place.region, place.partition, place.name, name)

    def family(self, ref: ServiceRef) -> str:
        """Return the family of what a service is set to."""
        now = self.account.revision(self.account.service(ref).task_definition)
        return str(now.document["family"])

    def creates(self, drift: str, *, breaker: bool, beside: bool = False) -> None:
        """Create a service that logs by *drift*; *beside*: it runs what the first one runs."""
        self.releases += 1
        first = next(iter(self.account.services.values()), None)
        name = f"web-{self.releases}"
        if beside and first is not None:
            task = first.task_definition
        else:
            task = self.account.registers(given.drifts(name, f"shop/{name}:0")[drift], given.TAGS)
        if self.account.revision(task).is_active:
            self.account.runs(name, task, breaker=breaker)

    def deletes(self, which: int) -> None:
        """Delete a service, unless it is the last one."""
        if len(self.account.services) > 1:
            self.account.deletes(self.service(which))

    def releases_anew(self, which: int, drift: str, *, broken: bool) -> None:
        """Register another image that logs by *drift*, and deploy it."""
        ref = self.service(which)
        self.releases += 1
        image = f"shop/{'broken' if broken else 'web'}:{self.releases}"
        self.account.releases(ref, given.drifts(self.family(ref), image)[drift])

    def deploys_the_bare_family(self, which: int) -> None:
        """Deploy by a bare name, which leads to whatever is the latest [fact 4.8]."""
        ref = self.service(which)
        family = self.family(ref)
        if any(one.is_active for one in self.account.families[family]):
            self.account.updates(ref, task=family)

    def reverts(self, which: int) -> None:
        """Take a service back to what its correction was made from."""
        ref = self.service(which)
        now = self.account.revision(self.account.service(ref).task_definition)
        base = now.tags.get(BASE)
        if base is not None and is_of_a_controller(now) and self.account.revision(base).is_active:
            self.account.updates(ref, task=base)

    def redeploys(self, which: int) -> None:
        """Force a new deployment of what runs."""
        ref = self.service(which)
        if self.account.revision(self.account.service(ref).task_definition).is_active:
            self.account.updates(ref, force=True)

    def scales(self, which: int, desired: int) -> None:
        """Ask for so many tasks."""
        self.account.updates(self.service(which), desired=desired)

    def suspends(self, which: int) -> None:
        """Ask for no change of a service; or for changes again, if that was asked before."""
        tags = self.account.service(self.service(which)).tags
        if tags.pop(SUSPENDED, None) is None:
            tags[SUSPENDED] = "true"

    def deregisters(self, which: int, older: int) -> None:
        """Deregister one of the newest revisions of a family, used or not."""
        revisions = self.account.families[self.family(self.service(which))]
        self.account.deregisters(revisions[-1 - older % len(revisions)].arn)

    def breaks_the_host(self, which: int) -> None:
        """Put a family where tasks that log without blocking fail."""
        family = self.family(self.service(which))

        def fails(document: Json) -> bool:
            return document["family"] == family and given.is_non_blocking(document)

        self.account.failing.append(fails)
        self.account.broken[family] = self.account.now()

    def mends_all_hosts(self) -> None:
        """Let tasks fail only where their release is bad."""
        del self.account.failing[1:]
