"""Files made to write to the terminal, over every command and every screen."""
