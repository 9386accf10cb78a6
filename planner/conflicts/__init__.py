"""Conflicts: the rules that find them, who moves next, and their fixes."""
