"""Fixes of findings, by the families of the rules."""
