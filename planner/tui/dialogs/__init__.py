"""What asks a person something: each dialog returns an edit or an answer, and changes nothing.

Below them, without a screen: `shapes` (what a field takes), `values` (a field's value as text and
back) and `draft` (one table while it is being filled in).
"""
