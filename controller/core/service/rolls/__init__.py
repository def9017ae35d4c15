"""Our roll of a service: which deployment it is, how it is doing, and what earlier ones were.

Nothing is remembered between two looks. Everything follows from what ECS shows: the PRIMARY
deployment, the revision that it runs, the history of the service's deployments, and its tasks.
"""
