"""Amazon ECS, simulated: the operations that this project calls, and no others.

All of them, not only those that moto gets wrong: moto holds parsed models, and nearly every read
and write of services and task definitions is wrong or incomplete there (tests/sandbox pins each gap
against bare moto), so that two half-models side by side would be larger and less honest than one.
"""

from __future__ import annotations

from controller.sandbox.call import Operations
from controller.sandbox.ecs.account_settings import list_account_settings, put_account_setting
from controller.sandbox.ecs.capacity_providers import (
    create_capacity_provider,
    describe_capacity_providers,
)
from controller.sandbox.ecs.clusters import (
    create_cluster,
    delete_cluster,
    describe_clusters,
    list_clusters,
    put_cluster_capacity_providers,
    update_cluster,
)
from controller.sandbox.ecs.container_instances import (
    describe_container_instances,
    list_container_instances,
)
from controller.sandbox.ecs.create_service import create_service
from controller.sandbox.ecs.families import list_task_definition_families, list_task_definitions
from controller.sandbox.ecs.service_deployments import (
    describe_service_deployments,
    describe_service_revisions,
    list_service_deployments,
)
from controller.sandbox.ecs.services import delete_service, describe_services, list_services
from controller.sandbox.ecs.stop_and_continue import (
    continue_service_deployment,
    stop_service_deployment,
)
from controller.sandbox.ecs.tags import list_tags_for_resource, tag_resource, untag_resource
from controller.sandbox.ecs.task_definitions import (
    delete_task_definitions,
    deregister_task_definition,
    describe_task_definition,
    register_task_definition,
)
from controller.sandbox.ecs.task_protection import get_task_protection, update_task_protection
from controller.sandbox.ecs.task_sets import describe_task_sets
from controller.sandbox.ecs.tasks import describe_tasks, list_tasks
from controller.sandbox.ecs.update_service import update_service

OPERATIONS: Operations = {
    "ContinueServiceDeployment": continue_service_deployment,
    "CreateCapacityProvider": create_capacity_provider,
    "CreateCluster": create_cluster,
    "CreateService": create_service,
    "DeleteCluster": delete_cluster,
    "DeleteService": delete_service,
    "DeleteTaskDefinitions": delete_task_definitions,
    "DeregisterTaskDefinition": deregister_task_definition,
    "DescribeCapacityProviders": describe_capacity_providers,
    "DescribeClusters": describe_clusters,
    "DescribeContainerInstances": describe_container_instances,
    "DescribeServiceDeployments": describe_service_deployments,
    "DescribeServiceRevisions": describe_service_revisions,
    "DescribeServices": describe_services,
    "DescribeTaskDefinition": describe_task_definition,
    "DescribeTaskSets": describe_task_sets,
    "DescribeTasks": describe_tasks,
    "GetTaskProtection": get_task_protection,
    "ListAccountSettings": list_account_settings,
    "ListClusters": list_clusters,
    "ListContainerInstances": list_container_instances,
    "ListServiceDeployments": list_service_deployments,
    "ListServices": list_services,
    "ListTagsForResource": list_tags_for_resource,
    "ListTaskDefinitionFamilies": list_task_definition_families,
    "ListTaskDefinitions": list_task_definitions,
    "ListTasks": list_tasks,
    "PutAccountSetting": put_account_setting,
    "PutAccountSettingDefault": put_account_setting,
    "PutClusterCapacityProviders": put_cluster_capacity_providers,
    "RegisterTaskDefinition": register_task_definition,
    "StopServiceDeployment": stop_service_deployment,
    "TagResource": tag_resource,
    "UntagResource": untag_resource,
    "UpdateCluster": update_cluster,
    "UpdateClusterSettings": update_cluster,
    "UpdateService": update_service,
    "UpdateTaskProtection": update_task_protection,
}
