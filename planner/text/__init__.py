"""Text of a roadmap: documents as spans, edits as values, and visible text."""
