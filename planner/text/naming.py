"""Rename an id in the text: in headers, keys and inline tables."""

from __future__ import annotations

from planner.text.drafts import Draft
from planner.text.locations import names
from planner.text.rendering import render_key
from planner.text.sections import Path


def rename(draft: Draft, path: Path, name: str) -> None:
    """Give the last part of a path another name wherever the path is written."""
    for section in draft.around(path):
        text = section.text
        found = sorted(names(section, path), reverse=True)
        for start, end in found:
            text = text[:start] + _respelled(text[start:end], name) + text[end:]
        renamed = section.path[: len(path)] == path
        new = (*path[:-1], name, *section.path[len(path) :]) if renamed else section.path
        if found:
            draft.rewrite(section, text, new)


def _respelled(old: str, name: str) -> str:
    """A name in the quotes of the one that it replaces."""
    quote = old[0]
    plain = quote in "\"'" and name.isprintable() and not set(name) & {quote, "\\"}
    return f"{quote}{name}{quote}" if plain else render_key((name,))
