"""Decisions: values in, values out; never awaits, reads a clock, logs or imports an AWS library."""
