"""What git keeps of a roadmap: earlier revisions, the sides of a merge, and how git is set up."""
