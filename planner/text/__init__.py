"""How a roadmap is written: documents as spans, edits as values, and text made visible."""
