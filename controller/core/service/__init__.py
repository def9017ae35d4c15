"""Everything that is decided about one ECS service."""
