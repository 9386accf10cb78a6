"""Other formats, in and out, and reports."""
