"""Sheets: rows of cells as people keep them, read from and written to CSV, XLSX and Markdown."""
