"""Values that views and commands show."""
