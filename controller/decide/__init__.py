"""One target, observed and judged: what would be the next step, and how the target stands."""
