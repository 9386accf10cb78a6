"""Filters, arrangement, and who is at the keys."""
