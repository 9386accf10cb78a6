"""What of a workbook's styles says something: dates, percentages, colours, what is struck out."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping

from msgspec import Struct

from planner.exchange.sheets.limits import Budget
from planner.exchange.xml_events import Events

_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))
"""The order in which styles count the colours of a theme, which lists dark before light."""


class Style(Struct, frozen=True):
    """A style of cells."""

    kind: str = ""
    """What its numbers are: ``date``, ``time`` (an amount), ``percent``, or just numbers."""
    fill: str = ""
    is_struck: bool = False


PLAIN = Style()


class Theme(Events):
    """The colours of a theme, by their place among the colours of styles."""

    def __init__(self) -> None:
        self.colours: dict[int, str] = {}
        self._name = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _THEME:
            self._name = name
        elif name in ("srgbClr", "sysClr") and self._name:
            colour = attributes.get("lastClr") or attributes.get("val", "")
            self.colours[_THEME.index(self._name)] = colour[-6:].upper()
            self._name = ""


_COUNTED = ("numFmt", "font", "fill", "xf")


class Styles(Events):
    """The styles of a workbook, by the number that its cells have."""

    def __init__(self, theme: Mapping[int, str], budget: Budget) -> None:
        self._budget = budget
        self.styles: list[Style] = []
        self._theme = theme
        self._formats: dict[int, str] = {}
        self._fills: list[str] = []
        self._struck: list[bool] = []
        self._inside: list[str] = []
        self._pattern = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._inside.append(name)
        part = self._inside[1] if len(self._inside) > 1 else ""
        if name in _COUNTED:
            self._budget.spend(1, "styles")
        if part == "numFmts" and name == "numFmt":
            self._formats[_number(attributes, "numFmtId")] = attributes.get("formatCode", "")
        elif part == "fonts":
            self._font(name, attributes)
        elif part == "fills":
            self._fill(name, attributes)
        elif part == "cellXfs" and name == "xf":
            self.styles.append(self._style(attributes))

    def end(self, name: str) -> None:
        self._inside.pop()

    def _font(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "font":
            self._struck.append(False)
        elif name == "strike" and self._struck:
            self._struck[-1] = attributes.get("val", "1") not in ("0", "false")

    def _fill(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "fill":
            self._fills.append("")
        elif name == "patternFill":
            self._pattern = attributes.get("patternType", "none")
        elif name == "fgColor" and self._pattern == "solid" and self._fills:
            self._fills[-1] = self._colour(attributes)

    def _colour(self, attributes: Mapping[str, str]) -> str:
        from openpyxl.styles.colors import COLOR_INDEX

        if "rgb" in attributes:
            return attributes["rgb"][-6:].upper()
        if "theme" in attributes:
            colour = self._theme.get(_number(attributes, "theme"), "")
            return _tinted(colour, attributes.get("tint", "0"))
        place = _number(attributes, "indexed")
        return COLOR_INDEX[place][-6:] if 0 <= place < len(COLOR_INDEX) else ""

    def _style(self, attributes: Mapping[str, str]) -> Style:
        fill, font = _number(attributes, "fillId"), _number(attributes, "fontId")
        return Style(
            kind=self._kind(_number(attributes, "numFmtId")),
            fill=self._fills[fill] if 0 <= fill < len(self._fills) else "",
            is_struck=0 <= font < len(self._struck) and self._struck[font],
        )

    def _kind(self, number: int) -> str:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

        code = self._formats.get(number) or BUILTIN_FORMATS.get(number, "")
        if is_timedelta_format(code):
            return "time"
        if is_date_format(code) or number in _DATES_OF_EAST_ASIA:
            return "date"
        return "percent" if "%" in code else ""


_DATES_OF_EAST_ASIA = frozenset((*range(27, 37), *range(50, 59)))


def _number(attributes: Mapping[str, str], key: str) -> int:
    text = attributes.get(key, "")
    return int(text) if text.isdecimal() and len(text) < 9 else -1 if key != "numFmtId" else 0


def _tinted(colour: str, tint: str) -> str:
    """A colour of the theme, lighter or darker."""
    try:
        by = float(tint)
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    except ValueError:
        return colour
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + by) if by < 0 else light + (1 - light) * by
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)
