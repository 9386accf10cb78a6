"""The picture as PNG, by resvg: the SVG of a slide at twice its size.

Fonts are those of the machine. Widths are fixed in the SVG, so that whichever stands in for
Helvetica clips nothing; where there is none at all, text would be missing without a word.
"""

from __future__ import annotations

from planner.errors import UsageError
from planner.exchange.extras import needs
from planner.exchange.reports.picture_file import slide
from planner.exchange.reports.svg import FONTS, svg
from planner.exchange.reports.writing import Material

ZOOM = 2.0
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    f'<text x="5" y="30" font-size="24" font-family="{FONTS}">{{letters}}</text></svg>'
)


def written(material: Material) -> bytes:
    """The report's picture as PNG. Raises UsageError without resvg, or without any font."""
    if _rendered(_PROBE.format(letters="M"), 1) == _rendered(_PROBE.format(letters=""), 1):
        raise UsageError(
            "no font for the picture is installed",
            hint="install Arial, Liberation Sans or DejaVu Sans, or write .svg",
        )
    return _rendered(svg(slide(material), "plain", "slide"), ZOOM)


def _rendered(text: str, zoom: float) -> bytes:
    with needs("png"):
        import resvg_py
    return bytes(resvg_py.svg_to_bytes(svg_string=text, zoom=zoom))
