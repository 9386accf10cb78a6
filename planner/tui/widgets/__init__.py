"""Parts of screens that draw: header, footer, consequence line, timeline, detail pane."""
