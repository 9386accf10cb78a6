"""Dependency graph: arrays for the schedule and the rules, a networkx graph for other questions."""
