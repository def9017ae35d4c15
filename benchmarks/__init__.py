"""Measurements, as ratios within one run: a figure of one machine alone says little."""
