"""A Kubernetes-style controller that keeps Amazon ECS services logging as a policy says."""

from __future__ import annotations

__version__ = "0.1.0"
