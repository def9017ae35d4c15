"""The tests: one folder per part of the controller, one sentence per test."""
