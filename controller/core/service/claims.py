"""The log groups that a service asks for: those to which its corrected revision would log."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from controller.core.document.json import Document, text
from controller.core.judge.claim import LogGroupClaim
from controller.core.judge.setting import Setting
from controller.core.policy.mode import Mode, weakest
from controller.core.service.awslogs import AWSLOGS, GROUP, REGION
from controller.core.service.context import ServiceContext
from controller.core.service.governed import governed, logs_by
from controller.core.service.named_for import named_for
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
    proposed: Document,
    context: ServiceContext,
    *,
    needs: Collection[tuple[str, str]],
    uses: Collection[tuple[str, str]],
    settings: Mapping[str, Setting],
) -> dict[tuple[str, str], LogGroupClaim]:
    """Return what the policy asks of the log groups that a service would log to, by (Region, name).

    *proposed* is the document with the edits of all rules; *needs* are the groups to which it
    logs with the edits that may be rolled out, *uses* those to which it logs now. A group that
    only *proposed* logs to is asked for in Audit.
    """
    policy = context.policy
    wanted = policy.log_group
    named = named_for(proposed, context)
    audited = {
        rule: replace(one, mode=weakest(one.mode, Mode.AUDIT)) for rule, one in settings.items()
    }
    return {
        (region, name): LogGroupClaim(
            region=region,
            name=name,
            create=None if wanted is None else wanted.create,
            retention_in_days=context.retention_in_days,
            allow_shorter_retention=policy.allow.shorter_retention,
            may_keep_longer=wanted is not None and wanted.retention == "AtLeast",
            settings=settings if (region, name) in needs else audited,
            policy=policy.name,
            kms_key_id=None if wanted is None else wanted.kms_key_id,
            log_group_class=None if wanted is None else wanted.log_group_class,
            deletion_protection=wanted is not None and wanted.deletion_protection,
            is_used=(region, name) in uses,
            named_for=named.get((region, name), frozenset()),
            owners=policy.owners,
        )
        for region, name in dict.fromkeys((*groups_of(proposed, context), *needs))
    }
