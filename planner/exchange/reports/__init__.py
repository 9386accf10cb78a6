"""Reports for people without a terminal: the page, the picture on it, and the same on slides."""
