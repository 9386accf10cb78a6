"""Words of the glossary in lines of text, underlined: a key explains them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from planner.analysis.glossary import places
from planner.plan.model import Plan


def underlined(plan: Plan, lines: Iterable[Content]) -> list[Content]:
    """The lines with every term of the plan's glossary underlined; none without a glossary.

    A term of several words that is broken over two lines is not found there.
    """
    glossary = plan.roadmap.glossary
    return [_line(line, glossary) for line in lines] if glossary else list(lines)


def _line(line: Content, glossary: Iterable[str]) -> Content:
    for place in places(line.plain, glossary):
        line = line.stylize("underline", place.start, place.end)
    return line
