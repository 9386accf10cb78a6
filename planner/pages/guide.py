"""The pages of `planner help` as lines in a width: the guide, and what it leads to.

They are Markdown that reads well as it stands; here headings, points, tables and code are told
apart, and paragraphs are wrapped. A page that names another (``planner help git``) links to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from planner.pages.canvas import wrap
from planner.pages.lines import Line, Piece

TOPICS = Path(__file__).parents[1] / "cli" / "topics"
"""Where the pages are: they belong to `planner help`."""
LINK = re.compile(r"planner help ([a-z]+)")
_POINT = re.compile(r"(\s*)(- |\d\. )(.*)")
_MARKED = re.compile(r"(`[^`]+`)")


class Guide(NamedTuple):
    """A page: its lines, and the names of the pages that it links to, each once."""

    lines: list[Line]
    links: tuple[str, ...]


def guide_page(name: str, width: int) -> Guide:
    """One of the pages in a width."""
    text = (TOPICS / f"{name}.md").read_text(encoding="utf-8")
    named = dict.fromkeys(each for each in LINK.findall(text) if each != name)
    links = tuple(each for each in named if (TOPICS / f"{each}.md").exists())
    return Guide([line for block in _blocks(text) for line in _drawn(block, width)], links)


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, points, headings and lines that stand as they are, one by one."""
    code, held = False, ""
    for line in text.splitlines():
        if line.startswith("<!--"):
            continue
        fence = line.startswith("```")
        goes_on = bool(held) and not code and line.strip() and not _stands_alone(line)
        if goes_on and not fence:
            held = f"{held} {line.strip()}"
            continue
        if held:
            yield held
            held = ""
        if fence:
            code = not code
        elif code or _as_it_is(line):
            yield f"    {line}" if code else line
        else:
            held = line
    if held:
        yield held


def _stands_alone(line: str) -> bool:
    return _as_it_is(line) or _POINT.fullmatch(line) is not None


def _as_it_is(line: str) -> bool:
    return not line.strip() or line.startswith(("#", "|", "    "))


def _drawn(block: str, width: int) -> Iterator[Line]:
    if block.startswith("#"):
        yield from (((line, "title"),) for line in wrap(block.lstrip("# "), width))
    elif _as_it_is(block):
        yield ((block[:width], "dim" if block.startswith("|-") else "text"),)
    else:
        point = _POINT.fullmatch(block)
        lead = point[1] + point[2] if point is not None else ""
        said = point[3] if point is not None else block
        for at, line in enumerate(wrap(said, width - len(lead))):
            yield ((lead if not at else " " * len(lead), "text"), *_marked(line))


def _marked(line: str) -> Iterator[Piece]:
    """What stands in backticks is a key, a command or a word of the file; a line may break it."""
    for part in _MARKED.split(line):
        if part:
            code = len(part) > 1 and part.startswith("`") and part.endswith("`")
            yield (part[1:-1], "key") if code else (part.replace("`", ""), "text")
