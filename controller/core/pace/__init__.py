"""How many services may be rolled at once, and how many in a day."""
