"""Files of a roadmap: workspace (one file or a folder), saving, watching, configuration."""
