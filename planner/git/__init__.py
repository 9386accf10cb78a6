"""Git plumbing: revisions, authors and HEAD of a roadmap, index stages, install and hooks."""
