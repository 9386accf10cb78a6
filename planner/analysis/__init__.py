"""What a view or a command shows, as values computed from a plan."""
