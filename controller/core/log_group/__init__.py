"""Everything that is decided about one log group."""
