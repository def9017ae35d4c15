"""Containers of the fleet: applications, and the companions that run beside them."""

from __future__ import annotations

from controller.sandbox.fleet.canaries import Canaries
from controller.sandbox.fleet.logging import ACCOUNT, REGION, log_configuration
from controller.sandbox.wire import Json

_REGISTRY = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"
_SECRETS = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret"
_VARIABLES = ("DATABASE_URL", "CACHE_HOST", "SESSION_KEY")
COMPANIONS = {
    "envoy": "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.29.6.1-prod",
    "datadog-agent": "public.ecr.aws/datadog/agent:7.58.1",
    "xray-daemon": "public.ecr.aws/xray/aws-xray-daemon:3.3.13",
    "nginx": "public.ecr.aws/nginx/nginx:1.27",
    "migrate": f"{_REGISTRY}/tools/migrate:4.17.1",
    "log_router": "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
}


def application(family: str, way: str, canaries: Canaries) -> Json:
    """The container that the task is there for."""
    container: Json = {
        "name": "app",
        "image": f"{_REGISTRY}/{family}:2026.01.2",
        "memoryReservation": 256,
        "portMappings": [{"containerPort": 8080}],
        "environment": [{"name": name, "value": canaries.next()} for name in _VARIABLES],
        "secrets": [
            {
                "name": "API_TOKEN",
                "valueFrom": f"{_SECRETS}:{family}/{canaries.next()}",
            }
        ],
    }
    return _logging(container, way, family, canaries)


def companion(name: str, way: str, family: str, canaries: Canaries) -> Json:
    """A sidecar, an init container (``migrate``) or the FireLens router (``log_router``)."""
    container: Json = {
        "name": name,
        "image": COMPANIONS[name],
        "memoryReservation": 64,
        "essential": name == "log_router",
        "environment": [{"name": "LICENCE", "value": canaries.next()}],
    }
    if name == "log_router":
        container["firelensConfiguration"] = {
            "type": "fluentbit",
            "options": {"enable-ecs-log-metadata": "true"},
        }
    return _logging(container, way, family, canaries)


def _logging(container: Json, way: str, family: str, canaries: Canaries) -> Json:
    configuration = log_configuration(way, family, canaries)
    if configuration is not None:
        container["logConfiguration"] = configuration
    return container
