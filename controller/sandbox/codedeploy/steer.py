"""What begins a deployment, ends it, or lets it go on."""

from __future__ import annotations

import hashlib

from controller.sandbox.call import Call
from controller.sandbox.code_deploy_state import Deployment
from controller.sandbox.codedeploy.deployments import deployment_of
from controller.sandbox.codedeploy.ends import fail
from controller.sandbox.codedeploy.groups import group_named
from controller.sandbox.wire import Json, Refusal, Unimplemented

_TEXTS = {"AppSpecContent": "appSpecContent", "String": "string"}


def create_deployment(call: Call) -> Json:
    """A deployment of an AppSpec; a group has one at a time [CodeDeploy quotas].

    There is no client token: the same call again is another deployment [botocore].
    """
    application, name = call.need("applicationName"), call.need("deploymentGroupName")
    group_named(call, name)
    for one in call.region.code_deploy.of(application, name):
        if not one.ended:  # wording UNVERIFIED
            told = f"The Deployment Group '{name}' already has an active Deployment '{one.id}'"
            raise Refusal("DeploymentLimitExceededException", told)
    made = Deployment(
        call.region.code_deploy.new_id(),
        application,
        name,
        _checked(call.need("revision")),
        "user",
        call.now,
        call.get("description"),
    )
    call.region.code_deploy.deployments.append(made)
    return {"deploymentId": made.id}


def _checked(revision: Json) -> Json:
    """An AppSpec as text keeps its hash; where none was sent, CodeDeploy makes one (UNVERIFIED)."""
    kind = revision.get("revisionType")
    if kind == "S3":
        return revision
    if kind not in _TEXTS:
        raise Unimplemented(f"revisions of the type {kind} are not simulated")
    sent = revision.get(_TEXTS[kind], {})
    if not sent.get("content"):
        raise Refusal("InvalidRevisionException", "The revision has no content.")
    digest = hashlib.sha256(sent["content"].encode()).hexdigest()
    if sent.get("sha256", digest) != digest:
        raise Refusal("InvalidRevisionException", "The hash is not that of the content.")
    return {**revision, _TEXTS[kind]: {**sent, "sha256": digest}}


def stop_deployment(call: Call) -> Json:
    """Stopped by a person; rolled back if the person or the group says so."""
    one = deployment_of(call, call.need("deploymentId"))
    if one.ended:
        told = f"The deployment {one.id} is already completed"
        raise Refusal("DeploymentAlreadyCompletedException", told)
    because = {"code": "MANUAL_STOP", "message": "The deployment was stopped by a person."}
    fail(
        call.region,
        one,
        because,
        status="Stopped",
        event="DEPLOYMENT_STOP_ON_REQUEST",
        rolls_back=call.get("autoRollbackEnabled"),
        now=call.now,
    )
    return {"status": "Succeeded", "statusMessage": "Deployment stopped"}


def continue_deployment(call: Call) -> Json:
    """Traffic may move now: a person says so."""
    one = deployment_of(call, call.need("deploymentId"))
    if one.status != "Ready":
        told = f"The deployment {one.id} is not in a ready state"
        raise Refusal("DeploymentIsNotInReadyStateException", told)
    one.status, one.ready = "InProgress", 0.0
    return {}
