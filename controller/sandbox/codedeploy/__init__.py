"""CodeDeploy for services of ECS: moto keeps its deployments ``Created`` for ever.

What is not in botocore's model is as AWS's user guide tells it, or marked UNVERIFIED.
"""

from __future__ import annotations

from controller.sandbox.call import Operations
from controller.sandbox.codedeploy.deployments import (
    batch_get_deployments,
    get_deployment,
    list_deployments,
)
from controller.sandbox.codedeploy.groups import (
    batch_get_deployment_groups,
    create_application,
    create_deployment_group,
    get_deployment_group,
    list_applications,
    list_deployment_groups,
    update_deployment_group,
)
from controller.sandbox.codedeploy.steer import (
    continue_deployment,
    create_deployment,
    stop_deployment,
)

OPERATIONS: Operations = {
    "BatchGetDeploymentGroups": batch_get_deployment_groups,
    "BatchGetDeployments": batch_get_deployments,
    "ContinueDeployment": continue_deployment,
    "CreateApplication": create_application,
    "CreateDeployment": create_deployment,
    "CreateDeploymentGroup": create_deployment_group,
    "GetDeployment": get_deployment,
    "GetDeploymentGroup": get_deployment_group,
    "ListApplications": list_applications,
    "ListDeploymentGroups": list_deployment_groups,
    "ListDeployments": list_deployments,
    "StopDeployment": stop_deployment,
    "UpdateDeploymentGroup": update_deployment_group,
}
