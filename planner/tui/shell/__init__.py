"""The app, its actions and themes, and the terminal under it."""
