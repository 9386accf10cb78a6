"""Dates and floats: when everything can happen, how late it may be, and what drives it."""
