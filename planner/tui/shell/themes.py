"""Colour roles, the themes that give them colours, and styles for drawing lines.

A colour means one thing everywhere: marketing blue, IT green, joint violet, critical red, warning
amber, done dim. Each role is a variable of the theme: CSS and `Content` say ``$marketing``, a
widget that draws its own lines asks `palette(app)["marketing"]`. No role is ever the only sign:
a glyph or a word stands beside it, so that a screen reads the same without colour.

Every text stands out from every ground that it is drawn on by 4.5:1 (`tests.tui.test_colours`), and
what must not be taken for each other differs for people who don't tell red from green, too. Of the
terminal's own colours that is so on a black ground, where its blue is too dark to read: marketing
is cyan there.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from os import environ
from typing import Any, Literal, cast

from rich.color import Color as RichColor
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from planner.pages.roles import Role as Meaning
from planner.pages.roles import side_role

Drawn = Literal[
    "marketing-rest",
    "it-rest",
    "joint-rest",
    "other-rest",
    "done-bar",
    "freeze",
    "freeze-mark",
    "ground",
    "panel-ground",
    "bar-ground",
    "cursor-ground",
    "cell-ground",
    "marketing-low",
    "marketing-middle",
    "marketing-high",
    "it-low",
    "it-middle",
    "it-high",
    "joint-low",
    "joint-middle",
    "joint-high",
    "other-low",
    "other-middle",
    "other-high",
    "over-ground",
    "what-if-ground",
]
"""What a screen draws beside text. ``-rest`` is the part of a bar that is not done yet and
``done-bar`` finished work; ``-ground`` roles are backgrounds: of the board, of panels and dialogs,
of header and footer, of the selected row and of the cell under the cursor. A team is loaded by up
to a third (``-low``), to two thirds (``-middle``), to all (``-high``), or by more than there are
(``over-ground``); ``what-if-ground`` says that a what-if is on."""

Load = Literal["low", "middle", "high"]
"""How much of a team is needed."""

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


def load_ground(side: str, level: Load) -> Role:
    """The ground of a cell in which a team is loaded by so much."""
    return cast("Role", f"{side_role(side)}-{level}")


_DARK = {
    "marketing": "#4aa3ff",
    "it": "#35c28b",
    "joint": "#dcb4ff",
    "other": "#b0b8c8",
    "marketing-rest": "#2b639f",
    "it-rest": "#22745a",
    "joint-rest": "#8a6fae",
    "other-rest": "#5b6374",
    "done-bar": "#6b7286",
    "critical": "#ff6b5e",
    "warning": "#ffc857",
    "good": "#4fd1a0",
    "done": "#8c93a6",
    "dim": "#9ba3b7",
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
    "cursor-ground": "#1e2b49",
    "cell-ground": "#2f4778",
    "what-if-ground": "#362a0d",
}

_LIGHT = {
    "marketing": "#1459ab",
    "it": "#0a6b48",
    "joint": "#7d1680",
    "other": "#56607a",
    "marketing-rest": "#86b3e6",
    "it-rest": "#84cdb0",
    "joint-rest": "#d3a3dc",
    "other-rest": "#b4bccb",
    "done-bar": "#8f97a8",
    "critical": "#9c0019",
    "warning": "#8d5b00",
    "good": "#0a6b48",
    "done": "#5f6778",
    "dim": "#4d566a",
    "faint": "#c3cad6",
    "text": "#1d2433",
    "strong": "#000000",
    "title": "#000000",
    "today": "#96590a",
    "freeze": "#eee9f4",
    "freeze-mark": "#c9bcdb",
    "link": "#1d2433",
    "key": "#985000",
    "ground": "#fbfbfd",
    "panel-ground": "#f3f5f9",
    "bar-ground": "#e6eaf2",
    "cursor-ground": "#dfeafb",
    "cell-ground": "#b9d3f7",
    "what-if-ground": "#ffecc2",
}

_HIGH = {
    "marketing": "#7cc4ff",
    "it": "#3df0a8",
    "joint": "#ffd2ff",
    "other": "#e0e4ee",
    "marketing-rest": "#3c7fc4",
    "it-rest": "#1d9468",
    "joint-rest": "#a878c0",
    "other-rest": "#8a92a6",
    "done-bar": "#a0a7b8",
    "critical": "#ff938a",
    "warning": "#ffe066",
    "good": "#66ffc8",
    "done": "#c3c9d8",
    "dim": "#d3d8e4",
    "faint": "#6f7890",
    "text": "#ffffff",
    "strong": "#ffffff",
    "title": "#ffffff",
    "today": "#ffc46b",
    "freeze": "#241c36",
    "freeze-mark": "#8a76b0",
    "link": "#ffffff",
    "key": "#ffc46b",
    "ground": "#000000",
    "panel-ground": "#000000",
    "bar-ground": "#14181f",
    "cursor-ground": "#0b2450",
    "cell-ground": "#24509c",
    "what-if-ground": "#2b2008",
}

_HIGH_LIGHT = {
    "marketing": "#003f8a",
    "it": "#00502f",
    "joint": "#64006a",
    "other": "#3a4256",
    "marketing-rest": "#5f98d6",
    "it-rest": "#4fae86",
    "joint-rest": "#c07fcc",
    "other-rest": "#8e97aa",
    "done-bar": "#7a8294",
    "critical": "#5f000c",
    "warning": "#643e00",
    "good": "#00502f",
    "done": "#404859",
    "dim": "#3a4254",
    "faint": "#8b93a6",
    "text": "#000000",
    "strong": "#000000",
    "title": "#000000",
    "today": "#643e00",
    "freeze": "#ece4f6",
    "freeze-mark": "#8f78b4",
    "link": "#000000",
    "key": "#6a3700",
    "ground": "#ffffff",
    "panel-ground": "#ffffff",
    "bar-ground": "#eef1f7",
    "cursor-ground": "#d4e4ff",
    "cell-ground": "#a9cbff",
    "what-if-ground": "#ffe9b0",
}

READABLE, HIGH = 4.5, 7.0
"""How far any text has to stand out from its ground, and how far in high contrast."""
STEPS = 16
"""In so many steps a colour is made as strong as the strongest text."""

QUIET = "ansi_bright_black"
"""What is quieter than text, where a terminal has sixteen colours: lines are drawn in this colour,
text is dim instead (`planner.tui.shell.plain`), since on some grounds it could not be read."""
_TERMINAL = {
    "marketing": "ansi_bright_cyan",
    "it": "ansi_bright_green",
    "joint": "ansi_bright_magenta",
    "other": "ansi_default",
    "marketing-rest": "ansi_cyan",
    "it-rest": "ansi_green",
    "joint-rest": "ansi_magenta",
    "other-rest": "ansi_white",
    "done-bar": QUIET,
    "critical": "ansi_bright_red",
    "warning": "ansi_bright_yellow",
    "good": "ansi_green",
    "done": QUIET,
    "dim": "ansi_default",
    "faint": QUIET,
    "text": "ansi_default",
    "strong": "ansi_default",
    "title": "ansi_default",
    "today": "ansi_bright_yellow",
    "freeze": "ansi_default",
    "freeze-mark": QUIET,
    "link": "ansi_default",
    "key": "ansi_bright_yellow",
    "ground": "ansi_default",
    "panel-ground": "ansi_default",
    "bar-ground": "ansi_default",
    "cursor-ground": "ansi_default",
    "cell-ground": "ansi_default",
    "what-if-ground": "ansi_default",
}


_REVERSED = {
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
}
"""Where text is typed, in a terminal whose colours may be taken out."""


def _quiet(colours: dict[str, str]) -> dict[str, str]:
    """What Textual mixes with the ground is as readable as all else: examples in empty fields, and
    text that is selected in one.
    """
    return {
        "text-muted": colours["dim"],
        "text-disabled": colours["dim"],
        "input-selection-background": colours["cell-ground"],
        "input-selection-foreground": colours["strong"],
    }


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
            **(BUILTIN_THEMES["ansi-dark"].variables | _REVERSED if ansi else _quiet(colours)),
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


def contrast(one: Color, other: Color) -> float:
    """How far two colours stand out from each other, from 1 to 21 (WCAG 2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    """The relative luminance of a colour (WCAG 2)."""
    linear = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized
    )
    return sum(share * each for share, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


LOADS: Mapping[Load, float] = {"low": 0.42, "middle": 0.7, "high": 1.0}
"""The grounds of load, by their share of the strongest on which figures can be read."""
GROUND_STEPS = 50
"""In so many steps that is looked for."""


def _with_loads(colours: dict[str, str], least: float = READABLE) -> dict[str, str]:
    """The colours with grounds for load, on which strong text stands out by `least`."""
    found = dict(colours)
    for side in ("marketing", "it", "joint", "other"):
        for level, share in LOADS.items():
            found[f"{side}-{level}"] = _ground(colours, f"{side}-rest", share, least)
    return found | {"over-ground": _ground(colours, "critical", 1.0, least)}


def _ground(colours: dict[str, str], role: str, share: float, least: float) -> str:
    """A share of the strongest ground of a role's colour; the plain one where none can be mixed."""
    if colours[role].startswith("ansi_"):
        return colours["ground"]
    ground, colour, text = (Color.parse(colours[name]) for name in ("ground", role, "strong"))
    shares = (step / GROUND_STEPS for step in range(GROUND_STEPS, 0, -1))
    most = next(one for one in shares if contrast(ground.blend(colour, one), text) >= least)
    return ground.blend(colour, most * share).hex


_COLOURS = {
    "planner-dark": _with_loads(_DARK),
    "planner-light": _with_loads(_LIGHT),
    "planner-terminal": _with_loads(_TERMINAL),
    "planner-high-contrast": _with_loads(_HIGH, HIGH),
    "planner-high-contrast-light": _with_loads(_HIGH_LIGHT, HIGH),
}

THEMES: tuple[Theme, ...] = tuple(
    _theme(name, colours, dark=not name.endswith("light"), ansi=name == "planner-terminal")
    for name, colours in _COLOURS.items()
)
"""Dark, light, one that uses only the terminal's own sixteen colours and its ground, and two whose
text stands out from its ground by 7:1."""


def least_contrast(theme: str) -> float:
    """How far every text stands out from its ground in a theme."""
    return HIGH if "high-contrast" in theme else READABLE


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
        readable = on == "cell-ground" and not self.sixteen
        return Style(
            color=self._on_the_cell(role) if readable else self._colour(role),
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

    def _on_the_cell(self, role: Role) -> RichColor:
        """The colour as near to `role`'s as can be read on the cell under the cursor, whose ground
        is the one that stands out most.
        """
        ground, strong = (Color.parse(self._colours[each]) for each in ("cell-ground", "strong"))
        own = Color.parse(self._colours[role])
        steps = (own.blend(strong, step / STEPS) for step in range(STEPS + 1))
        found = next(each for each in steps if contrast(each, ground) >= least_contrast(self.theme))
        return found.rich_color

    def _colour(self, role: Role) -> RichColor:
        name = self._colours[role]
        return RichColor.parse(name.removeprefix("ansi_") if name.startswith("ansi_") else name)


@lru_cache(maxsize=8)
def _palette(theme: str) -> Palette:
    return Palette(theme)


def palette(app: App[Any]) -> Palette:
    """The palette of the theme that `app` shows now. Cheap: asked on every repaint."""
    return _palette(app.theme)
