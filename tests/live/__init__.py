"""Proof by a real account: what the code believes of AWS, and no simulation can show."""
