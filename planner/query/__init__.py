"""Queries: filter language, grouping and sorting of initiatives, and the current user."""
