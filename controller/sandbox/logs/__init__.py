"""CloudWatch Logs: what moto gets wrong about log groups; streams and events are moto's.

A group is one of moto's, so that its streams, filters and events work as moto has them; what moto
forgets of it stands beside it in ``Region.log_groups``.
"""

from __future__ import annotations

from controller.sandbox.call import Operations
from controller.sandbox.logs.describe import describe_log_groups
from controller.sandbox.logs.filters import (
    describe_metric_filters,
    describe_subscription_filters,
    put_metric_filter,
)
from controller.sandbox.logs.groups import (
    associate_kms_key,
    create_log_group,
    delete_log_group,
    delete_retention_policy,
    disassociate_kms_key,
    put_log_group_deletion_protection,
    put_retention_policy,
)
from controller.sandbox.logs.tags import list_tags_for_resource, tag_resource, untag_resource

OPERATIONS: Operations = {
    "AssociateKmsKey": associate_kms_key,
    "CreateLogGroup": create_log_group,
    "DeleteLogGroup": delete_log_group,
    "DeleteRetentionPolicy": delete_retention_policy,
    "DescribeLogGroups": describe_log_groups,
    "DescribeMetricFilters": describe_metric_filters,
    "DescribeSubscriptionFilters": describe_subscription_filters,
    "DisassociateKmsKey": disassociate_kms_key,
    "ListTagsForResource": list_tags_for_resource,
    "PutLogGroupDeletionProtection": put_log_group_deletion_protection,
    "PutMetricFilter": put_metric_filter,
    "PutRetentionPolicy": put_retention_policy,
    "TagResource": tag_resource,
    "UntagResource": untag_resource,
}
