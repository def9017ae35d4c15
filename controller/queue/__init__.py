"""What to work on next: order, deduplication, delay and backoff, as in Kubernetes' workqueue."""
