"""A drawing as SVG: text stays text, nothing is fetched, and the same drawing gives the same bytes.

Text of known letters is drawn at exactly the width that it was placed with (`textLength`), whatever
font stands in. Ids begin with a key, so that several drawings stand on one page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from planner.exchange.reports.palette import Colours, paint
from planner.exchange.reports.shapes import Disc, Drawing, Line, Polygon, Rect, Text
from planner.exchange.reports.widths import known

FONTS = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', 'DejaVu Sans', 'Noto Sans', sans-serif"
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_ESCAPED = str.maketrans(_ESCAPES)


def svg(drawing: Drawing, colours: Colours, key: str) -> str:
    """The drawing as an element of a page, or a file of its own."""
    return "".join(_parts(drawing, colours, key))


def _parts(drawing: Drawing, colours: Colours, key: str) -> Iterator[str]:
    box = " ".join(map(_n, (drawing.left, drawing.top, drawing.width, drawing.height)))
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img"'
    if colours == "plain":
        yield f' width="{_n(drawing.width)}" height="{_n(drawing.height)}"'
    yield f' aria-labelledby="{key}-title {key}-desc" font-family="{FONTS}">'
    yield f'<title id="{key}-title">{escape(drawing.title)}</title>'
    yield f'<desc id="{key}-desc">{escape(drawing.description)}</desc>'
    yield _pattern(key, colours)
    for shape in drawing.shapes:
        if isinstance(shape, Rect):
            yield from _rect(shape, colours, key)
        else:
            yield from _DRAWN[type(shape)](shape, colours)
    yield "</svg>\n"


def escape(text: str) -> str:
    """A text as XML has it."""
    return text.translate(_ESCAPED)


def _pattern(key: str, colours: Colours) -> str:
    return (
        f'<defs><pattern id="{key}-hatch" width="7" height="7" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)">'
        f'<path d="M0 0V7" stroke="{paint("hatch", colours)}" stroke-width="2"/></pattern></defs>'
    )


def _n(value: float) -> str:
    """A number to one decimal, the shortest way."""
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def _painted(fill: str | None, edge: str | None, weight: float, colours: Colours) -> str:
    said = f' fill="{paint(fill, colours) if fill else "none"}"'
    if edge:
        said += f' stroke="{paint(edge, colours)}"'
        said += f' stroke-width="{_n(weight)}"' if weight != 1 else ""
    return said


def _rect(one: Rect, colours: Colours, key: str) -> Iterator[str]:
    where = f'x="{_n(one.x)}" y="{_n(one.y)}" width="{_n(one.width)}" height="{_n(one.height)}"'
    round_ = f' rx="{_n(one.radius)}"' if one.radius else ""
    dash = ' stroke-dasharray="3 2"' if one.dashed else ""
    yield f"<rect {where}{round_}{_painted(one.fill, one.edge, one.weight, colours)}{dash}/>"
    if one.hatched:
        yield f'<rect {where} fill="url(#{key}-hatch)"/>'


def _line(one: Line, colours: Colours) -> Iterator[str]:
    where = f'd="M{_n(one.x1)} {_n(one.y1)}L{_n(one.x2)} {_n(one.y2)}"'
    dots = ' stroke-dasharray="1.5 3"' if one.dotted else ""
    yield f"<path {where}{_painted(None, one.ink, one.weight, colours)}{dots}/>"


def _polygon(one: Polygon, colours: Colours) -> Iterator[str]:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in one.points)
    yield f'<polygon points="{points}"{_painted(one.fill, one.edge, one.weight, colours)}/>'


def _disc(one: Disc, colours: Colours) -> Iterator[str]:
    where = f'cx="{_n(one.x)}" cy="{_n(one.y)}" r="{_n(one.radius)}"'
    yield f"<circle {where}{_painted(one.fill, one.edge, one.weight, colours)}/>"


def _text(one: Text, colours: Colours) -> Iterator[str]:
    yield f'<text x="{_n(one.x)}" y="{_n(one.y)}" font-size="{_n(one.size)}"'
    yield f' fill="{paint(one.ink, colours)}"'
    yield ' font-weight="bold"' if one.bold else ""
    yield f' text-anchor="{one.anchor}"' if one.anchor != "start" else ""
    if one.halo:
        yield f' stroke="{paint(one.halo, colours)}" stroke-width="3" stroke-linejoin="round"'
        yield ' paint-order="stroke"'
    if known(one.text):
        yield f' textLength="{_n(one.width)}" lengthAdjust="spacingAndGlyphs"'
    yield f">{escape(one.text)}</text>"


_DRAWN: dict[type, Callable[[Any, Colours], Iterator[str]]] = {
    Line: _line,
    Polygon: _polygon,
    Disc: _disc,
    Text: _text,
}
