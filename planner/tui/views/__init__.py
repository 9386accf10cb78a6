"""The views of the app, one for each number key, and the pages beside them."""
