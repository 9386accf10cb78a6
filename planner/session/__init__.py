"""One open roadmap: undo, changes of others, the recovery file, and who else has it open."""
