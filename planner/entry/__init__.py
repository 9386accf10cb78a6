"""What a person enters and what it means: typed text into values, values into edits.

Forms, dialogs and the editing commands all go through here, so that a text means the same wherever
it is typed. Nothing here knows a screen or a command line.
"""
