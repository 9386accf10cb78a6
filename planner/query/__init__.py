"""Which initiatives somebody wants to see, in which order and under which headings."""
