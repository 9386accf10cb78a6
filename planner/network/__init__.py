"""Who waits for whom: the dependency graph, its cycles, and what crosses from side to side."""
