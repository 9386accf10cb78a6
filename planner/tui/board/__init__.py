"""The joint timeline: table, bars, axis and connectors."""
