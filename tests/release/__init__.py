"""What a release consists of, built from this checkout: `python -m tests.release`.

The one file is shiv's zipapp with a start of its own (`launch.py`), which finds a Python that can
run it and a place to unpack to.
"""
