"""Lists, panes and pages that the views are made of."""
