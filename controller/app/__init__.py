"""The composition root: the only place where things are constructed."""
