"""Three-way merges, by planner alone and through git."""
