"""What asks a person something: each dialog returns an edit or an answer, and changes nothing.

What a typed text means is `planner.entry`'s business; here is only how it is asked.
"""
