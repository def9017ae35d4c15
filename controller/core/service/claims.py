"""The log groups that a service asks for: those to which its corrected revision would log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from controller.core.document.json import Document, text
from controller.core.judge.claim import LogGroupClaim
from controller.core.judge.setting import Setting
from controller.core.policy.mode import Mode, weakest
from controller.core.policy.model import LoggingPolicy
from controller.core.service.awslogs import AWSLOGS, GROUP, REGION
from controller.core.service.context import ServiceContext
from controller.core.service.governed import governed, logs_by
from controller.core.service.task_definition import TaskDefinition


def groups_of(document: Document, context: ServiceContext) -> Iterator[tuple[str, str]]:
    """Yield (Region, name) of each group to which governed containers of *document* log.

    A log group is looked for in the Region that its own option names. A group whose name or
    Region is not known is left out.
    """
    seen = set()
    for container, _ in governed(TaskDefinition(document), context):
        region, name = (text(container.options.get(option)) for option in (REGION, GROUP))
        if logs_by(container, AWSLOGS) and region and name and (region, name) not in seen:
            seen.add((region, name))
            yield region, name


def claims(
    proposed: Iterable[tuple[str, str]],
    needs: Collection[tuple[str, str]],
    policy: LoggingPolicy,
    settings: Mapping[str, Setting],
) -> dict[tuple[str, str], LogGroupClaim]:
    """Return what *policy* asks of the log groups that a service would log to, by (Region, name).

    *proposed* are the groups of the document with the edits of all rules, *needs* those with the
    edits that may be rolled out. A group that only the former logs to is asked for in Audit.
    """
    wanted = policy.log_group
    audited = {
        rule: replace(one, mode=weakest(one.mode, Mode.AUDIT)) for rule, one in settings.items()
    }
    return {
        (region, name): LogGroupClaim(
            region=region,
            name=name,
            create=None if wanted is None else wanted.create,
            retention_in_days=None if wanted is None else wanted.retention_in_days,
            allow_shorter_retention=policy.allow.shorter_retention,
            settings=settings if (region, name) in needs else audited,
            policy=policy.name,
        )
        for region, name in dict.fromkeys((*proposed, *needs))
    }
