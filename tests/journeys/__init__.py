"""Whole journeys in a real pseudo-terminal: what a person does, and what the file says then."""
