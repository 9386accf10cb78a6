"""The command line: one module for each command, thin over the session.

stdout is data, stderr is talk. Exit codes: 0 all is well, 1 error findings that are not waived,
2 usage, or a file that can't be read.
"""
