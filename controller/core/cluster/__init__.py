"""Clusters: they hold what must be remembered of policies, and of what people have said."""
