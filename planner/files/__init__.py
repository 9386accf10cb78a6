"""Where a roadmap lives: a workspace of one file or a folder, and how it is saved."""
