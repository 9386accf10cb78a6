"""The format: entities, their fields and quantities, and how a file is read into them."""
