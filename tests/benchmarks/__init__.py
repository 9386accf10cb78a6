"""Measurements, not tests: `python -m tests.benchmarks` prints each figure beside its goal."""
