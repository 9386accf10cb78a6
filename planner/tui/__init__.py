"""The terminal interface: a shell, the registry of actions, views, dialogs and themes."""
