"""Reports of the windows of policies: when rolls may start next."""
