"""A plan: everything that follows from a roadmap, and what an edit would do to it, as values."""
