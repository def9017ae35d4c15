"""Tests of policies: given a service and a date, what a policy must say of it."""
