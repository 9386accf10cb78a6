"""What an edit would do, and the day that a handover comes on."""
