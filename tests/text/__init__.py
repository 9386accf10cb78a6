"""Tests of how a roadmap is written: reading, limits, edits, and what they leave alone."""
