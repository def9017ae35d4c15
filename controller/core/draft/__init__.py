"""A policy drafted from what runs: what most services already do, and what they do not yet."""
