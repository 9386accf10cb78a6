"""Colour roles, the three themes that give them colours, and styles for drawing lines.

A colour means one thing everywhere: marketing blue, IT green, joint violet, critical red, warning
amber, done dim. Each role is a variable of the theme: CSS and `Content` say ``$marketing``, a
widget that draws its own lines asks `palette(app)["marketing"]`. No role is ever the only sign:
a glyph or a word stands beside it, so that a screen reads the same without colour.
"""

from __future__ import annotations

from functools import lru_cache
from os import environ
from typing import Literal

from rich.color import Color as RichColor
from rich.style import Style
from textual.app import App
from textual.theme import BUILTIN_THEMES, Theme

from planner.pages.roles import Role as Meaning
from planner.pages.roles import side_role

Drawn = Literal[
    "marketing-rest",
    "it-rest",
    "joint-rest",
    "other-rest",
    "freeze",
    "freeze-mark",
    "ground",
    "panel-ground",
    "bar-ground",
    "cursor-ground",
    "cell-ground",
]
"""What a screen draws beside text. ``-rest`` is the part of a bar that is not done yet; ``-ground``
roles are backgrounds: of the board, of panels and dialogs, of header and footer, of the selected
row and of the cell under the cursor."""

Role = Meaning | Drawn
"""What a colour stands for; ``dim`` text must stay readable, ``faint`` is for grid lines too."""


def rest(portfolio: str | None) -> Role:
    """The role of the part of a portfolio's bar that is still to be done."""
    names: dict[Role, Role] = {
        "marketing": "marketing-rest",
        "it": "it-rest",
        "joint": "joint-rest",
    }
    return names.get(side_role(portfolio), "other-rest")


_DARK = {
    "marketing": "#4aa3ff",
    "it": "#35c28b",
    "joint": "#c792ff",
    "other": "#b0b8c8",
    "marketing-rest": "#2b639f",
    "it-rest": "#22745a",
    "joint-rest": "#76549c",
    "other-rest": "#5b6374",
    "critical": "#ff6b5e",
    "warning": "#ffc857",
    "good": "#4fd1a0",
    "done": "#6b7286",
    "dim": "#8a93a8",
    "faint": "#3d455c",
    "text": "#d5dae6",
    "strong": "#ffffff",
    "title": "#ffffff",
    "today": "#ffb347",
    "freeze": "#211d2c",
    "freeze-mark": "#4a3f5e",
    "link": "#f2f4f8",
    "key": "#ffa733",
    "ground": "#11141d",
    "panel-ground": "#151a26",
    "bar-ground": "#1b2233",
    "cursor-ground": "#22304e",
    "cell-ground": "#37548c",
}

_LIGHT = {
    "marketing": "#1662b8",
    "it": "#0b7a52",
    "joint": "#7a3fb8",
    "other": "#56607a",
    "marketing-rest": "#8db9ea",
    "it-rest": "#84cdb0",
    "joint-rest": "#c6a6e6",
    "other-rest": "#b4bccb",
    "critical": "#c4281b",
    "warning": "#96600a",
    "good": "#0b7a52",
    "done": "#8f97a8",
    "dim": "#5b6579",
    "faint": "#c3cad6",
    "text": "#1d2433",
    "strong": "#000000",
    "title": "#000000",
    "today": "#b86e00",
    "freeze": "#eee9f4",
    "freeze-mark": "#c9bcdb",
    "link": "#1d2433",
    "key": "#a85400",
    "ground": "#fbfbfd",
    "panel-ground": "#f3f5f9",
    "bar-ground": "#e6eaf2",
    "cursor-ground": "#dbe7fa",
    "cell-ground": "#aecbf5",
}

QUIET = "ansi_bright_black"
"""The colour of what is quieter than text, where a terminal has sixteen."""
_TERMINAL = {
    "marketing": "ansi_bright_blue",
    "it": "ansi_bright_green",
    "joint": "ansi_bright_magenta",
    "other": "ansi_default",
    "marketing-rest": "ansi_blue",
    "it-rest": "ansi_green",
    "joint-rest": "ansi_magenta",
    "other-rest": "ansi_white",
    "critical": "ansi_bright_red",
    "warning": "ansi_yellow",
    "good": "ansi_green",
    "done": QUIET,
    "dim": "ansi_default",
    "faint": QUIET,
    "text": "ansi_default",
    "strong": "ansi_default",
    "title": "ansi_default",
    "today": "ansi_yellow",
    "freeze": "ansi_default",
    "freeze-mark": QUIET,
    "link": "ansi_default",
    "key": "ansi_yellow",
    "ground": "ansi_default",
    "panel-ground": "ansi_default",
    "bar-ground": "ansi_default",
    "cursor-ground": "ansi_default",
    "cell-ground": "ansi_default",
}


_REVERSED = {
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
}
"""Where text is typed, in a terminal whose colours may be taken out."""


def _theme(name: str, colours: dict[str, str], *, dark: bool, ansi: bool = False) -> Theme:
    return Theme(
        name=name,
        primary=colours["marketing"],
        secondary=colours["joint"],
        accent=colours["key"],
        warning=colours["warning"],
        error=colours["critical"],
        success=colours["good"],
        foreground=colours["text"],
        background=colours["ground"],
        surface=colours["panel-ground"],
        panel=colours["bar-ground"],
        boost=colours["bar-ground"],
        dark=dark,
        ansi=ansi,
        variables={
            **(BUILTIN_THEMES["ansi-dark"].variables | _REVERSED if ansi else {}),
            **colours,
            "block-cursor-background": colours["cursor-ground"],
            "block-cursor-foreground": colours["strong"],
            "block-cursor-text-style": "bold reverse" if ansi else "bold",
            "block-cursor-blurred-background": colours["cursor-ground"],
            "block-cursor-blurred-foreground": colours["text"],
            "border": colours["dim"],
            "border-blurred": colours["faint"],
            "scrollbar": colours["faint"],
            "scrollbar-background": colours["ground"],
            "scrollbar-corner-color": colours["ground"],
            "scrollbar-background-hover": colours["ground"],
            "scrollbar-background-active": colours["ground"],
            "scrollbar-hover": colours["faint"],
            "scrollbar-active": colours["dim"],
        },
    )


_COLOURS = {"planner-dark": _DARK, "planner-light": _LIGHT, "planner-terminal": _TERMINAL}

THEMES: tuple[Theme, ...] = (
    _theme("planner-dark", _DARK, dark=True),
    _theme("planner-light", _LIGHT, dark=False),
    _theme("planner-terminal", _TERMINAL, dark=True, ansi=True),
)
"""Dark, light, and one that uses only the terminal's own sixteen colours and its ground."""


def no_colour() -> bool:
    """Whether the person asked for no colour (https://no-color.org: set and not empty).

    Asked before the app is made: Textual takes the variable out of the environment.
    """
    return bool(environ.get("NO_COLOR"))


class Palette:
    """The styles of one theme, by role, for widgets that draw their own lines."""

    def __init__(self, theme: str) -> None:
        self.theme = theme
        self._colours = _COLOURS.get(theme, _DARK)
        self.sixteen = theme == "planner-terminal"
        """Only the terminal's own colours: no colour can be mixed, the selected row is reversed."""

    def __getitem__(self, role: Role) -> Style:
        """Text in the colour of `role`, on no ground of its own."""
        return self.style(role)

    reverse = Style(reverse=True)
    line = Style(underline=True)
    underlined = Style(reverse=True, bold=True, underline=True)

    @lru_cache(maxsize=512)  # noqa: B019  three palettes live as long as the program
    def style(self, role: Role, on: Role | None = None, *, bold: bool = False) -> Style:
        """Text in the colour of `role`, on the ground of `on`."""
        dim = self.sixteen and role in ("dim",)
        return Style(
            color=self._colour(role),
            bgcolor=None if on is None else self._colour(on),
            bold=bold or None,
            dim=dim or None,
        )

    @lru_cache(maxsize=512)  # noqa: B019
    def ground(self, role: Role) -> Style:
        """Only the ground of `role`, to be laid under other styles."""
        if self.sixteen and role == "cursor-ground":
            return Style(reverse=True)
        return Style(bgcolor=self._colour(role))

    def _colour(self, role: Role) -> RichColor:
        name = self._colours[role]
        return RichColor.parse(name.removeprefix("ansi_") if name.startswith("ansi_") else name)


@lru_cache(maxsize=8)
def _palette(theme: str) -> Palette:
    return Palette(theme)


def palette(app: App[object]) -> Palette:
    """The palette of the theme that `app` shows now. Cheap: asked on every repaint."""
    return _palette(app.theme)
