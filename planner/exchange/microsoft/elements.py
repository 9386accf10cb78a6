"""XML as text: nested elements, with whatever a title has made fit for XML.

XML 1.0 can't hold control characters, not even escaped; they become the pictures that a terminal
shows for them. A carriage return is escaped, since a reader turns a bare one into a new line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from planner.text.visible import visible

Element = tuple[str, "str | float | list[Element]"]
"""A name, and its text or the elements in it."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", "\t": "&#9;"}


def escaped(text: str) -> str:
    """Text as it stands in an element."""
    fit = _NOT_XML.sub(lambda match: visible(match[0]), text)
    return re.sub("[&<>\r\t]", lambda match: _ESCAPED[match[0]], fit)


def document(name: str, namespace: str, content: Iterable[Element]) -> bytes:
    """A whole document in UTF-8, one element a line, which diffs well."""
    lines = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>']
    lines.append(f'<{name} xmlns="{namespace}">')
    for element in content:
        lines += _lines(element, 1)
    lines.append(f"</{name}>")
    return ("\n".join(lines) + "\n").encode()


def _lines(element: Element, depth: int) -> Iterator[str]:
    name, content = element
    indent = "  " * depth
    if not isinstance(content, list):
        yield f"{indent}<{name}>{escaped(str(content))}</{name}>"
    elif not content:
        yield f"{indent}<{name}/>"
    else:
        yield f"{indent}<{name}>"
        for inner in content:
            yield from _lines(inner, depth + 1)
        yield f"{indent}</{name}>"
