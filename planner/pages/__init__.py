"""What a page says, as lines of (text, role): printed by the CLI, coloured by the TUI."""
