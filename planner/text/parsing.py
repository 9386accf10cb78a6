"""Parse bytes to data, within the limits and TOML 1.0 only.

A compiled parser holds the interpreter's lock while it works, so a long text is parsed in slices:
runs of whole tables as they stand, each parsed alone. That gives what parsing the whole gives, in
its order, because tables of different ids meet only in what `_mergeable` and `_merged` look at;
where they might, the whole text is parsed at once. Errors always come from the whole text, so that
their lines are right.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import tomli

from planner.errors import ReadError
from planner.roadmap.entities import KINDS
from planner.text import limits
from planner.text.drafts import Outline
from planner.text.scanning import ScanError
from planner.text.sections import Section, runs, split

SLICE = 64 * 1024
"""Characters that are parsed without a break: a keyboard beside it waits 10 ms, not the 120 ms of
10,000 initiatives parsed at once (goal: 50)."""

_TWICE = re.compile(r"Cannot declare \((.*)\) twice")
_WORDS = {
    "Cannot overwrite a value": "this key has a value already",
    "Expected newline or end of document after a statement": "expected the end of the line",
    "Invalid statement": "neither a key, a [table] nor a comment",
}


class Parsed(NamedTuple):
    """What a text says, and its outline where finding that out has made one."""

    data: dict[str, Any]
    outline: Outline | None


def parse(raw: bytes, text: str, file: str) -> Parsed:
    """Read a text (`raw` without decoding it). Raises ReadError with file and line."""
    limits.refuse_too_much(raw, text, file)
    outline = _outline(text) if len(text) > SLICE else None
    data = _parse_runs(outline) if outline and _mergeable(outline) else None
    if data is None:
        data = parse_whole(text, file)
    return Parsed(data, _strict(text, file, outline))


def parse_whole(text: str, file: str) -> dict[str, Any]:
    """What a parser reads from the text. Raises ReadError with file and line."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise ReadError(_in_words(error.msg), file=file, line=error.lineno) from None
    except RecursionError:
        raise ReadError("lists and tables are nested too deep", file=file) from None
    except ValueError as error:
        raise ReadError(f"a number can't be read: {error}", file=file) from None


def _in_words(message: str) -> str:
    if twice := _TWICE.match(message):
        path = ".".join(re.findall(r"'([^']*)'", twice[1]))
        return f"[{path}] stands here a second time"
    words = _WORDS.get(message)
    return words or message[:1].lower() + message[1:]


# --- TOML 1.0 only --------------------------------------------------------------------------------


def _strict(text: str, file: str, outline: Outline | None) -> Outline | None:
    """Scan the sections in which something newer than TOML 1.0 is suspected."""
    suspects = sorted(limits.suspects(text))
    if not suspects:
        return outline
    try:
        outline = outline or Outline(split(text))
    except ScanError as error:
        line = limits.line_at(text, error.at)
        raise ReadError(error.message, file=file, line=line) from None
    start = 0
    for section in outline.sections:
        end = start + len(section.text)
        if suspects and suspects[0] < end:
            _scan(section, text, start, file)
            suspects = [at for at in suspects if at >= end] if len(suspects) > 1 else []
        start = end
    return outline


def _scan(section: Section, text: str, start: int, file: str) -> None:
    try:
        _ = section.statements
    except ScanError as error:
        line = limits.line_at(text, start + error.at)
        raise ReadError(error.message, file=file, line=line) from None


# --- slices ---------------------------------------------------------------------------------------


def _outline(text: str) -> Outline | None:
    try:
        return Outline(split(text))
    except ScanError:
        return None


def _parse_runs(outline: Outline) -> dict[str, Any] | None:
    data: dict[str, Any] | None = {}
    for run in runs(outline.sections, SLICE, outline.whole):
        part = _parse_run(run)
        data = None if part is None or data is None else _merged(data, part)
        if data is None:
            break
    return data


def _parse_run(run: list[Section]) -> dict[str, Any] | None:
    """What a run says, None where it can't be read on its own."""
    try:
        return tomli.loads("".join([section.text for section in run]))
    except (ValueError, RecursionError):
        return None


def _merged(data: dict[str, Any], part: dict[str, Any]) -> dict[str, Any] | None:
    """Both as one, None where they meet in a table."""
    for kind, tables in part.items():
        here = data.setdefault(kind, tables)
        if here is tables:
            continue
        keyed = kind in KINDS and isinstance(here, dict) and isinstance(tables, dict)
        if not keyed or not here.keys().isdisjoint(tables):
            return None
        here.update(tables)
    return data


def _mergeable(outline: Outline) -> bool:
    """Whether no table is opened twice: by two headers, or by one and by what is above them all."""
    sections = outline.sections
    once = [section.path for section in sections if not section.many]
    try:
        above = {statement.item.names[0] for statement in sections[0].statements}
    except ScanError:
        return False
    below = (section.path[0] for section in sections if section.path)
    return len(set(once)) == len(once) and above.isdisjoint(below)


def newline_of(text: str) -> str:
    """How the lines of a text end; LF where it has none."""
    return "\r\n" if text[: text.find("\n") + 1].endswith("\r\n") else "\n"
