"""The only caller of writers: one move in, one call to AWS out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from controller.core.move import (
    CreateLogGroup,
    Deploy,
    Deregister,
    MarkFailed,
    MarkProof,
    Move,
    Redeploy,
    Register,
    RememberConflict,
    RememberPolicy,
    RememberUnknownMember,
    Return,
    Roll,
    SetRetention,
    Stop,
)
from controller.core.state.conflicts import Conflict
from controller.ports.code_deploy import CodeDeployWriter
from controller.ports.ecs import EcsWriter
from controller.ports.logs import LogsWriter
from controller.ports.state import StateWriter


@dataclass(frozen=True, slots=True)
class Writers:
    """What may be written with, ECS and CodeDeploy by Region. A process in Audit has none."""

    ecs: Mapping[str, EcsWriter]
    logs: LogsWriter
    state: StateWriter
    code_deploy: Mapping[str, CodeDeployWriter]


async def act(move: Move, writers: Writers) -> str | None:
    """Carry out *move*, and return the ARN of what it registered, if it did.

    Raises an AwsError, LostError where nobody knows whether it was done.
    """
    match move:
        case Register(ref=ref, document=document, tags=tags):
            return await writers.ecs[ref.region].register(document, tags)
        case Roll(ref=ref, task_definition=arn) | Return(ref=ref, task_definition=arn):
            await writers.ecs[ref.region].set_task_definition(ref, arn)
        case Deploy(ref=ref) | Redeploy(ref=ref):
            await writers.code_deploy[ref.region].create_deployment(
                ref,
                application=move.application,
                group=move.group,
                content=move.content,
                sha256=move.sha256,
            )
        case Stop(ref=ref, deployment=arn):
            await writers.ecs[ref.region].stop_deployment(arn)
        case (
            MarkFailed(ref=ref, task_definition=arn, key=key, value=value)
            | MarkProof(ref=ref, task_definition=arn, key=key, value=value)
        ):
            await writers.ecs[ref.region].tag(arn, key, value)
        case Deregister(ref=ref, task_definition=arn):
            await writers.ecs[ref.region].deregister(arn)
        case CreateLogGroup(ref=group, tags=tags):
            await writers.logs.create_log_group(
                group,
                tags,
                kms_key_id=move.kms_key_id,
                log_group_class=move.log_group_class,
                deletion_protection=move.deletion_protection,
            )
        case SetRetention(ref=group, days=days):
            await writers.logs.set_retention(group, days)
        case RememberPolicy() | RememberUnknownMember() | RememberConflict():
            await _remember(move, writers.state)
        case _:
            assert_never(move)
    return None


async def _remember(
    move: RememberPolicy | RememberUnknownMember | RememberConflict, state: StateWriter
) -> None:
    match move:
        case RememberPolicy(ref=cluster, digest=digest, governed=governed):
            await state.remember_policy(cluster, digest, governed)
        case RememberUnknownMember(ref=cluster, revision=arn):
            await state.remember_unknown_member(cluster, arn)
        case RememberConflict(ref=cluster, service=service, at=at, because=because):
            await state.remember_conflict(cluster, service, Conflict(at, because))
