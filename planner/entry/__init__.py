"""Entry: typed text into values, values into edits.

Forms, dialogs and editing commands all use this, so that a text means the same wherever it is
typed. Nothing here depends on a screen or a command line.
"""
