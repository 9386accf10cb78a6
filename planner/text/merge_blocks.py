"""A text as blocks: each table with its comments above and all of its sections, to the next.

Two texts' blocks of one table can be compared and exchanged as text, so that a merge parses only
tables that differ. That takes a file in which every table stands in one place below headers of its
own; of any other there are no blocks, and it is merged as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from planner.roadmap.entities import KINDS
from planner.text.scanning import ScanError
from planner.text.sections import Section, Unit, split, unit_of

_TAIL = re.compile(r"(?:[ \t]*\r?\n|[ \t]+\Z)*\Z")


class Block(Struct, frozen=True):
    """`text` of one unit, and the blank lines behind it. The first block has the unit ``()``."""

    unit: Unit
    text: str
    gap: str = ""


def blocks(text: str) -> dict[Unit, Block] | None:
    """The blocks in the order of the text; None where a table can't be taken out by itself."""
    try:
        sections = split(text)
    except ScanError:
        return None
    found: dict[Unit, list[str]] = {}
    lead, last = "", None
    for at, section in enumerate(sections):
        if not _regular(section):
            return None
        unit = unit_of(section.path)
        if unit != last and unit in found:
            return None
        own, following = _own(section, at + 1 == len(sections))
        found.setdefault(unit, []).append(lead + own)
        lead, last = following, unit
    return {unit: _block(unit, "".join(parts)) for unit, parts in found.items()}


def _regular(section: Section) -> bool:
    """Whether no other section can write to its tables."""
    if not section.path:
        return not _has_statements(section)
    return not (len(section.path) == 1 and section.path[0] in KINDS)


def _has_statements(section: Section) -> bool:
    try:
        return bool(section.statements)
    except ScanError:
        return True


def _own(section: Section, last: bool) -> tuple[str, str]:
    """A section's text without the comments that belong to the header after it, and those."""
    text = section.text
    line = text.rfind("\n", 0, len(text) - 1) + 1
    if last or not text[line:].lstrip(" \t").startswith("#"):
        return text, ""
    try:
        at = section.lead_start
    except ScanError:
        at = len(text)
    return text[:at], text[at:]


def _block(unit: Unit, text: str) -> Block:
    own = text.rstrip(" \t\r\n")
    end = text.find("\n", len(own)) + 1 or len(text)
    if not own:
        end = 0
    return Block(unit, text[:end], text[end:])


def joined(found: Iterable[Block], newline: str, ends: bool) -> str:
    """The blocks as one text; a block that was last and no longer is gets its line end and a blank
    line. `ends` says whether the text ends with a line end."""
    parts: list[str] = []
    kept = [block for block in found if block.text or block.gap]
    for at, block in enumerate(kept):
        text, gap = block.text, block.gap
        if at + 1 < len(kept):
            if text and not text.endswith("\n"):
                text += newline
            following = kept[at + 1]
            parts += [text, gap or (newline if text and following.apart else "")]
        else:
            parts.append(text + gap if ends else text.removesuffix("\n").removesuffix("\r"))
    return "".join(parts)
