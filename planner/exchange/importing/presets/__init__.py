"""Exports of issue trackers whose columns are known: Jira, Linear, GitHub."""
