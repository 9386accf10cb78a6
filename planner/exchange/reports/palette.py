"""Colours of reports by name, light and dark: hue says side, weight says critical, red says late.

A page sets them once as CSS variables and the drawings in it follow; a picture on its own has them
as they are, and is light.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

Colours = Literal["page", "plain"]

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "ink": "#15191d",
    "second": "#4b535b",
    "hairline": "#d5dade",
    "rule": "#a3acb4",
    "band": "#f5f6f7",
    "marketing": "#e3dbf0",
    "marketing-edge": "#8f79bd",
    "marketing-critical": "#43297a",
    "it": "#cfe3e6",
    "it-edge": "#57929c",
    "it-critical": "#0c4a57",
    "third": "#e6e0cf",
    "third-edge": "#93805a",
    "third-critical": "#55430f",
    "red": "#b8102b",
    "on-red": "#ffffff",
    "on-critical": "#ffffff",
    "freeze": "#eef0f2",
    "hatch": "#c3cad0",
    "ghost": "#8b949c",
    "done-strip": "#d5dade",
}
DARK: Mapping[str, str] = {
    "paper": "#14181c",
    "ink": "#eceff1",
    "second": "#b0b9c1",
    "hairline": "#333b43",
    "rule": "#56606a",
    "band": "#1b2127",
    "marketing": "#4a3f66",
    "marketing-edge": "#8573b4",
    "marketing-critical": "#d3c4f7",
    "it": "#24505a",
    "it-edge": "#4f8f9c",
    "it-critical": "#9fdbe6",
    "third": "#544a2c",
    "third-edge": "#9d8a5c",
    "third-critical": "#e6d6a0",
    "red": "#ff8a93",
    "on-red": "#14181c",
    "on-critical": "#14181c",
    "freeze": "#20262c",
    "hatch": "#3f4952",
    "ghost": "#8d979f",
    "done-strip": "#56606a",
}


def paint(name: str, colours: Colours) -> str:
    """A colour as SVG has it: a variable of the page, or itself."""
    return f"var(--{name})" if colours == "page" else LIGHT[name]


def style() -> str:
    """The variables of a page as CSS: light, dark where the reader has that, light in print."""
    return "".join(_rules())


def _rules() -> Iterator[str]:
    yield f":root{{color-scheme:light dark;{_set(LIGHT)}}}"
    yield f"@media screen and (prefers-color-scheme:dark){{:root{{{_set(DARK)}}}}}"


def _set(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())
