"""The report as two slides for PowerPoint: the picture as shapes that can be edited, and the asks.

The shapes are those of the drawing, in the same places. A label in a bar, and a number in its ring,
is the text of that shape, so that they move together. The same plan gives the same bytes.
"""

from __future__ import annotations

from io import BytesIO

from planner.exchange.archives import without_time
from planner.exchange.extras import needs
from planner.exchange.reports.picture_file import slide
from planner.exchange.reports.writing import Material
from planner.pages.report_head import asks_heading, belongs, by, names
from planner.roadmap.figures import listed


def written(material: Material) -> bytes:
    """The two slides. Raises UsageError without python-pptx."""
    with needs("slides"):
        from planner.exchange.reports.slide_shapes import Deck
    shown = material.shown
    deck = Deck()
    deck.picture(slide(material))
    rows = [
        (str(ask.number), f"{listed(names(ask))}\n{belongs(ask)}", ask.ask, ask.why, by(shown, ask))
        for ask in shown.asks
    ]
    deck.table(asks_heading(shown), ("", "Who", "Ask", "Why", "Answer by"), rows)
    made = BytesIO()
    deck.save(made)
    return without_time(made)
