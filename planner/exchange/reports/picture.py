"""The picture of a roadmap as SVG: both sides on one time axis, facing each other over handovers.

Wide for a page, narrow for a phone, or a slide of 16:9 on its own. The same plan gives the same
bytes: no clock, no chance, and every order ends in the id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from planner.exchange.reports.composing import Shaped, drawing
from planner.exchange.reports.facts import Facts, Numbered, Span
from planner.exchange.reports.palette import Colours
from planner.exchange.reports.shapes import Drawing
from planner.exchange.reports.svg import svg
from planner.plan.model import Plan

__all__ = ["Numbered", "Span", "drawn", "picture"]


def picture(
    plan: Plan,
    numbered: Sequence[Numbered] = (),
    was: Mapping[str, Span] | None = None,
    was_on: date | None = None,
    shape: Shaped = "wide",
    colours: Colours = "page",
    side: str | None = None,
    *,
    launch: str | None = None,
    sentence: str = "",
) -> str:
    """The picture as SVG.

    `numbered` are the asks whose numbers stand in it, `was` where work stood on the day `was_on`.
    The reader's `side` comes first. It is about one `launch`, the main one unless it is named. With
    colours of the `page` it uses the variables of `palette.style()`. A slide has the `sentence`
    under its title.
    """
    return svg(
        drawn(plan, numbered, was, was_on, shape, side, launch=launch, sentence=sentence),
        colours,
        shape,
    )


def drawn(
    plan: Plan,
    numbered: Sequence[Numbered] = (),
    was: Mapping[str, Span] | None = None,
    was_on: date | None = None,
    shape: Shaped = "wide",
    side: str | None = None,
    *,
    launch: str | None = None,
    sentence: str = "",
    title: str | None = None,
) -> Drawing:
    """The same as values: what stands where."""
    return drawing(Facts(plan, numbered, was, side, launch, title), shape, was_on, sentence)
