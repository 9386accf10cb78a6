"""Slides of PowerPoint from a drawing and a table. Imported only where python-pptx is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from planner.exchange.archives import ALWAYS
from planner.exchange.reports.names import together
from planner.exchange.reports.palette import LIGHT
from planner.exchange.reports.shapes import Disc, Drawing, Line, Polygon, Rect, Text
from planner.exchange.sheets.guard import printable

WIDE, HIGH = 12_192_000, 6_858_000
"""A slide of 16:9 in English Metric Units."""
POINT = 12_700
FONT = "Arial"
TITLE_ONLY = 5
"""The layout of the default template that has a title and nothing else."""
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The table style without lines and fills."""
ABOVE = 0.905
"""How far a line of Arial reaches above its baseline, in sizes."""
LINE = 48
"""The height of a row of the table, in points."""
Look = tuple[float, str, bool]
"""Size in points, colour, and whether it is bold."""
HEAD: Look = (12, "second", False)
LOOKS: tuple[Look, ...] = (
    (16, "red", True),
    (15, "ink", True),
    (15, "ink", True),
    (14, "second", False),
    (15, "ink", True),
)
"""How the columns of the asks look."""
CARRIES = {"label": "bar", "number": "badge", "today name": "today sign"}
"""Texts that belong into a shape, by what they are."""
BEHIND = ("band", "freeze", "grid", "today")
"""What lies behind all else: letters on a slide have no halo that keeps a line out of them."""
SIDES = {"start": PP_ALIGN.LEFT, "middle": PP_ALIGN.CENTER, "end": PP_ALIGN.RIGHT}


class Deck:
    """Slides as they are made, one after the other."""

    def __init__(self) -> None:
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = Emu(WIDE), Emu(HIGH)
        self._deck.core_properties.created = ALWAYS
        self._deck.core_properties.author = "planner"

    def picture(self, drawing: Drawing) -> None:
        """A slide with the shapes of a drawing."""
        title, *_ = [one for one in drawing.shapes if isinstance(one, Text) and one.what == "title"]
        page = self._slide(title.text)
        pen = _Pen(page, drawing)
        pen.place_title(page.shapes.title, title)
        shown = [one for one in drawing.shapes if one is not title and one.what != "paper"]
        for shape in sorted(shown, key=lambda one: one.what not in BEHIND):
            pen.draw(shape)

    def table(self, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A slide with a title and a table."""
        page = self._slide(title)
        left, top, wide = Emu(WIDE // 26), Emu(HIGH // 14), Emu(WIDE - WIDE // 13)
        _place(page.shapes.title, left, top, wide, Pt(36))
        _write(page.shapes.title.text_frame, title, 24, bold=True)
        frame = page.shapes.add_table(
            len(rows) + 1, len(heads), left, Emu(top + Pt(56)), wide, Pt(LINE)
        )
        frame._element.graphic.graphicData.tbl.tblPr.find(_STYLE_ID).text = NO_STYLE
        shares = (4, 26, 35, 24, 11)
        for column, share in zip(frame.table.columns, shares, strict=True):
            column.width = Emu(wide * share // 100)
        for number, row in enumerate([heads, *rows]):
            frame.table.rows[number].height = Pt(LINE if number else LINE - 14)
            for column, (cell, text) in enumerate(
                zip(frame.table.rows[number].cells, row, strict=True)
            ):
                look = HEAD if not number else LOOKS[column]
                _fill_cell(cell, text, look)

    def save(self, into: BinaryIO) -> None:
        """Write the deck."""
        self._deck.save(into)

    def _slide(self, title: str) -> Any:
        page = self._deck.slides.add_slide(self._deck.slide_layouts[TITLE_ONLY])
        page.shapes.title.text = printable(title)
        return page


_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_STYLE_ID = f"{{{_MAIN}}}tableStyleId"
_RULE = (
    f'<a:lnB xmlns:a="{_MAIN}" w="9525"><a:solidFill><a:srgbClr val="{{}}"/></a:solidFill></a:lnB>'
)


def _fill_cell(cell: Any, text: str, look: Look) -> None:
    """One cell over a hairline: its first line as the column looks, others small."""
    cell.margin_left = cell.margin_right = Pt(6)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    first, *others = printable(together(text)).split("\n")
    size, ink, bold = look
    _write(cell.text_frame, first, size, ink, bold=bold)
    for other in others:
        run = cell.text_frame.add_paragraph().add_run()
        run.text = other
        _letter(run.font, 12, "second")
    cell._tc.get_or_add_tcPr().append(parse_xml(_RULE.format(LIGHT["rule"][1:].upper())))


def _write(
    frame: Any, text: str, size: float, ink: str = "ink", *, bold: bool = False, align: Any = None
) -> None:
    """One line of text in a frame, without margins, that never wraps or shrinks."""
    frame.auto_size = MSO_AUTO_SIZE.NONE
    paragraph = frame.paragraphs[0]
    paragraph.alignment = align or PP_ALIGN.LEFT
    for run in list(paragraph.runs):
        run._r.getparent().remove(run._r)
    run = paragraph.add_run()
    run.text = printable(text)
    _letter(run.font, size, ink, bold=bold)


def _letter(font: Any, size: float, ink: str, *, bold: bool = False) -> None:
    font.name, font.bold = FONT, bold
    font.size = Emu(round(size * POINT / 3_175) * 3_175)
    font.color.rgb = _colour(ink)


def _colour(name: str) -> RGBColor:
    made: Callable[[str], RGBColor] = RGBColor.from_string
    return made(LIGHT[name][1:].upper())


def _place(shape: Any, left: int, top: int, wide: int, high: int) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, wide, high
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP


def _without_style(made: Any) -> None:
    """A shape without what the theme gives it, such as a shadow: it has all that it needs."""
    style = made._element.find(qn("p:style"))
    if style is not None:
        made._element.remove(style)


class _Pen:
    """Draws the shapes of one drawing on one slide."""

    def __init__(self, page: Any, drawing: Drawing) -> None:
        self._page = page
        self._left, self._top = drawing.left, drawing.top
        self._unit = WIDE / drawing.width
        self._carried = _carried(drawing)
        self._inside = {id(text) for text in self._carried.values()}

    def draw(self, shape: Rect | Line | Polygon | Disc | Text) -> None:
        """One shape, with the text that belongs into it."""
        if isinstance(shape, Text):
            if id(shape) not in self._inside:
                self._text(shape)
            return
        if isinstance(shape, Line):
            made = self._line(shape)
        elif isinstance(shape, Polygon):
            made = self._polygon(shape)
        else:
            made = self._solid(shape)
        made.name = " ".join(filter(None, (shape.what, shape.of)))
        _without_style(made)

    def place_title(self, holder: Any, text: Text) -> None:
        """The title of the slide where the drawing has it."""
        top = self._y(text.y - ABOVE * text.size)
        _place(holder, self._x(text.x), top, WIDE * 9 // 10, self._size(text.size * 1.3))
        _write(holder.text_frame, text.text, self._points(text.size), bold=True)

    def _x(self, x: float) -> Emu:
        return Emu(round((x - self._left) * self._unit))

    def _y(self, y: float) -> Emu:
        return Emu(round((y - self._top) * self._unit))

    def _size(self, size: float) -> Emu:
        return Emu(round(size * self._unit))

    def _points(self, size: float) -> float:
        return size * self._unit / POINT

    def _solid(self, one: Rect | Disc) -> Any:
        box = one.box
        kind = MSO_SHAPE.OVAL if isinstance(one, Disc) else MSO_SHAPE.RECTANGLE
        if isinstance(one, Rect) and one.radius:
            kind = MSO_SHAPE.ROUNDED_RECTANGLE
        wide, high = box.right - box.left, box.bottom - box.top
        made = self._page.shapes.add_shape(
            kind, self._x(box.left), self._y(box.top), self._size(wide), self._size(high)
        )
        if isinstance(one, Rect) and one.radius:
            made.adjustments[0] = min(0.5, one.radius / max(min(wide, high), 0.1))
        self._paint(made, one.fill, one.edge, one.weight)
        if isinstance(one, Rect):
            self._hatch(made, one)
        text = self._carried.get(id(one))
        if text is not None:
            self._carry(made, one, text)
        return made

    def _hatch(self, made: Any, one: Rect) -> None:
        if one.dashed:
            made.line.dash_style = MSO_LINE.DASH
        if one.hatched:
            made.fill.patterned()
            made.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
            made.fill.fore_color.rgb = _colour("hatch")
            made.fill.back_color.rgb = _colour(one.fill or "freeze")

    def _carry(self, made: Any, one: Rect | Disc, text: Text) -> None:
        """A text inside a shape, where the drawing has it."""
        frame = made.text_frame
        frame.word_wrap = False
        frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        middle = text.anchor == "middle"
        frame.margin_left = 0 if middle else self._size(text.box.left - one.box.left)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        _write(frame, text.text, self._points(text.size), text.ink, bold=text.bold,
               align=PP_ALIGN.CENTER if middle else PP_ALIGN.LEFT)  # fmt: skip

    def _text(self, one: Text) -> None:
        box = one.box
        wide = (box.right - box.left) * 1.04 + 2
        left = {"start": box.left, "middle": box.left - wide * 0.02, "end": box.right - wide}
        made = self._page.shapes.add_textbox(0, 0, 1, 1)
        _place(made, self._x(left[one.anchor]), self._y(one.y - ABOVE * one.size),
               self._size(wide), self._size(one.size * 1.2))  # fmt: skip
        made.text_frame.word_wrap = False
        _write(made.text_frame, one.text, self._points(one.size), one.ink, bold=one.bold,
               align=SIDES[one.anchor])  # fmt: skip
        made.name = " ".join(filter(None, (one.what, one.of)))

    def _line(self, one: Line) -> Any:
        made = self._page.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT,
            self._x(one.x1), self._y(one.y1), self._x(one.x2), self._y(one.y2),
        )  # fmt: skip
        made.line.color.rgb = _colour(one.ink)
        made.line.width = self._size(one.weight)
        if one.dotted:
            made.line.dash_style = MSO_LINE.ROUND_DOT
        return made

    def _polygon(self, one: Polygon) -> Any:
        (x, y), *others = one.points
        builder = self._page.shapes.build_freeform(self._x(x), self._y(y), scale=1.0)
        builder.add_line_segments([(self._x(x), self._y(y)) for x, y in others], close=True)
        made = builder.convert_to_shape()
        self._paint(made, one.fill, one.edge, one.weight)
        return made

    def _paint(self, made: Any, fill: str | None, edge: str | None, weight: float) -> None:
        if fill:
            made.fill.solid()
            made.fill.fore_color.rgb = _colour(fill)
        else:
            made.fill.background()
        if edge:
            made.line.color.rgb = _colour(edge)
            made.line.width = self._size(weight)
        else:
            made.line.fill.background()


def _carried(drawing: Drawing) -> Mapping[int, Text]:
    """The text that belongs into a shape, by the shape."""
    homes = {
        (shape.what, shape.of): shape
        for shape in drawing.shapes
        if isinstance(shape, Rect | Disc) and shape.what in CARRIES.values()
    }
    found = {}
    for text in drawing.shapes:
        if isinstance(text, Text):
            home = homes.get((CARRIES.get(text.what, ""), text.of))
            if home is not None and home.box.grown(1).left <= text.box.left <= home.box.right:
                middle = (text.box.top + text.box.bottom) / 2
                if home.box.top <= middle <= home.box.bottom:
                    found[id(home)] = text
    return found
