"""What reading alone can prove, of the services that the cluster has."""

from __future__ import annotations

from tests.live.item import Item, Live, Verdict, not_tried, proven, refuted

_NONE = "the cluster has no such service"


def _rollout_state(live: Live) -> Verdict:
    rolling = [one for one in live.services() if _rolls(one)]
    if not rolling:
        return not_tried(f"{_NONE}: one of the ECS controller, ROLLING")
    without = [
        one["serviceName"]
        for one in rolling
        if any("rolloutState" not in each for each in one["deployments"])
        and not any("loadBalancerName" in each for each in one.get("loadBalancers", []))
    ]
    return refuted(f"none is shown of {', '.join(without)}") if without else proven()


def _rolls(service: dict[str, object]) -> bool:
    controller, configured = service.get("deploymentController"), service["deploymentConfiguration"]
    by_ecs = not isinstance(controller, dict) or controller.get("type") == "ECS"
    strategy = configured.get("strategy") if isinstance(configured, dict) else None
    return by_ecs and strategy in {None, "ROLLING"} and bool(service["deployments"])


def _history(live: Live) -> Verdict:
    for service in live.services():
        name = service["serviceName"]
        asked = {"cluster": live.cluster, "service": name, "maxResults": 20}
        listed = live.ecs.list_service_deployments(**asked)["serviceDeployments"]
        arns = [one["serviceDeploymentArn"] for one in listed]
        if len(arns) > 1:
            return _described(live, name, arns)
    return not_tried(f"{_NONE}: one with two deployments that ECS remembers")


def _described(live: Live, name: str, arns: list[str]) -> Verdict:
    answer = live.ecs.describe_service_deployments(serviceDeploymentArns=arns)
    told = answer["serviceDeployments"]
    targets = [one["targetServiceRevision"]["arn"] for one in told]
    found = live.ecs.describe_service_revisions(serviceRevisionArns=targets[:20])
    brought = {one["serviceRevisionArn"] for one in found["serviceRevisions"]}
    lost = [one for one in targets if one not in brought]
    if len(told) < len(arns) or lost:
        return refuted(f"of {len(arns)} deployments of {name}, {len(lost)} tell no task definition")
    return proven(f"{len(arns)} deployments of {name}")


def _default_mode(live: Live) -> Verdict:
    asked = {"name": "defaultLogDriverMode", "effectiveSettings": True}
    settings = live.ecs.list_account_settings(**asked)["settings"]
    if [one["value"] for one in settings] not in (["blocking"], ["non-blocking"]):
        return refuted(f"it says {settings}")
    return proven(settings[0]["value"])


READING = (
    Item(
        "rollout-state",
        "Each deployment of a rolling service shows a rolloutState, unless the service is behind a "
        "Classic Load Balancer.",
        "A deployment without one counts as over as soon as it is alone.",
        "aws ecs describe-services --cluster $CLUSTER --services $SERVICE "
        "--query 'services[].deployments[].rolloutState'",
        _rollout_state,
    ),
    Item(
        "history",
        "ECS tells of every service deployment that it lists which task definition it brought.",
        "What is not told is unknown: the service is held, and not written to.",
        "aws ecs list-service-deployments --cluster $CLUSTER --service $SERVICE, then "
        "describe-service-deployments, and describe-service-revisions with the "
        "targetServiceRevision of each",
        _history,
    ),
    Item(
        "default-mode",
        "The effective account settings name the mode of a container that states none: blocking "
        "or non-blocking.",
        "Such a container is Unknown, and is neither compliant nor corrected.",
        "aws ecs list-account-settings --name defaultLogDriverMode --effective-settings",
        _default_mode,
    ),
)
