"""What commands share: options, names as typed, edits carried out, and text that is printed."""
