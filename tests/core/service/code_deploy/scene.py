"""The vocabulary of these tests: a service that CodeDeploy deploys, and its deployments."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from controller.core.service.code_deploy.app_spec import parse_app_spec, sha256_of
from controller.core.service.code_deploy.group import CodeDeployment, DeploymentGroup
from controller.core.service.code_deploy.history import history_of, with_revisions
from controller.core.service.observed import Observed, Service
from controller.core.service.revision import Revision
from tests.core.service.given import REF, ago
from tests.core.service.scene import IDENTITY, SERVICE, deployment, family


def content(one: Revision) -> str:
    """Return an AppSpec that names a revision."""
    return f"Resources: [{{T: {{Properties: {{TaskDefinition: {one.arn}}}}}}}]"


def made(one: Revision, status: str = "Succeeded", **more: Any) -> CodeDeployment:
    """Return a deployment of a revision; one that ended did so at once."""
    text = content(one)
    stated = CodeDeployment(
        id=f"d-{one.number}",
        status=status,
        app_spec=parse_app_spec(text, sha256_of(text)),
        created_at=ago(60 - one.number),
        finished_at=ago(60 - one.number),
        creator="user",
    )
    return replace(stated, **more)


def group(*deployments: CodeDeployment, **more: Any) -> DeploymentGroup:
    """Return the group of the service, its deployments newest first."""
    return replace(DeploymentGroup("AppECS-prod-web", "DgpECS-prod-web", deployments, True), **more)


def by_code_deploy(
    primary: Revision, *others: Revision, started: datetime | None = None
) -> Service:
    """Return the service with its task sets, of which the first serves."""
    sets = (
        deployment(primary, started=started or ago(30), state=None),
        *(deployment(one, started=ago(5), state=None, status="ACTIVE") for one in others),
    )
    running = tuple(replace(one, running=2, pending=0) for one in sets)
    return replace(SERVICE, controller="CODE_DEPLOY", document={}, deployments=running)


def seen(
    service: Service, of: DeploymentGroup, primary: Revision, *revisions: Revision
) -> Observed:
    """Return what was observed of the service that is set to *primary*."""
    known = {one.arn: one for one in (primary, *revisions)}
    return Observed(
        REF,
        service,
        primary,
        IDENTITY,
        "non-blocking",
        history=with_revisions(history_of(of), known),
        family=family(primary, *revisions),
        base=known.get(primary.base or "", primary),
        code_deploy=of,
    )
