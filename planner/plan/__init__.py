"""Plan: everything derived from a roadmap, and the consequence of an edit, as values."""
