"""The path as plain lines, for `planner path`: the same bytes for the same plan and width."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.analysis.path import Lanes
from planner.pages import path_words
from planner.pages.canvas import Drawing, phrases
from planner.pages.path_across import draw_across
from planner.pages.path_down import draw_down
from planner.roadmap.output_path import PathLink
from planner.text.visible import visible

WIDE = 100
"""From this width on time runs to the right, if there is room for every name."""


def lanes_text(lanes: Lanes, width: int) -> list[str]:
    """Heading, drawing with the paths behind, bottlenecks and handovers in words, all in plain."""
    lines = phrases((text for text, _ in path_words.heading(lanes)), width, "  ")
    if lanes.steps:
        lines += ["", *_drawing(lanes, width).text()]
        told = [phrases(one.split(), width - 2, "  ", " ") for one in path_words.bottlenecks(lanes)]
        lines += _section("Bottlenecks", [line for lines in told for line in lines])
        told = [_handover(link, lanes.as_of, width - 2) for link in lanes.handovers]
        lines += _section("Handovers", [line for lines in told for line in lines])
    return lines


def _drawing(lanes: Lanes, width: int) -> Drawing:
    """Across where there is width and every step can be named, else down."""
    across = draw_across(lanes, width) if width >= WIDE else None
    return draw_down(lanes, width) if across is None or across.unnamed else across


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield from ("", title)
        yield from (f"  {line}" for line in lines)


def _handover(link: PathLink, near: date, width: int) -> list[str]:
    """One handover, broken between its phrases where it is too long for a line."""
    first, *more = path_words.handover(link, near).split(" · ")
    head = f"{visible(link.on)} → {visible(link.succ)}: {first}"
    return phrases([head, *more], max(38, width), "  ")
