"""The catalogue by family: one module for each, each with its rules and the functions that look."""
