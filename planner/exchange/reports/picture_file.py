"""The picture as a file of its own: SVG of 16:9, light, with its title and the sentence."""

from __future__ import annotations

from planner.exchange.reports.picture import drawn
from planner.exchange.reports.shapes import Drawing
from planner.exchange.reports.svg import svg
from planner.exchange.reports.writing import Material


def written(material: Material) -> bytes:
    """The report's picture as SVG."""
    return svg(slide(material), "plain", "slide").encode()


def slide(material: Material) -> Drawing:
    """What the page shows, as a drawing for a slide."""
    shown = material.shown
    return drawn(
        material.plan,
        material.numbered,
        material.was,
        material.was_on,
        "slide",
        shown.side,
        launch=material.launch,
        sentence="".join(part.text for part in shown.sentence),
        title=shown.title,
    )
