"""The views, one module each, and what they have in common."""
