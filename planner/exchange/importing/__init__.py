"""Import: what a sheet or another tool's file says, as edits of a roadmap."""
