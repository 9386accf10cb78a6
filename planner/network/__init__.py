"""Dependency graph: links, cycles, topological order, and handovers between sides."""
