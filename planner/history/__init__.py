"""What changed from one plan to another, and why dates moved."""
