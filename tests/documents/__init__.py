"""Our own documents: README, CONTRIBUTING, the pages of `planner help`, and what is made in them.

What a document says of keys, commands, rules, the format or folders is made from the program, and
what commands print is printed by them. `python -m tests.documents` writes all of it anew; a test
fails when something is stale.
"""
