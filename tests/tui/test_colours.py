"""Colours: in each theme all text can be read, by people who don't tell red from green, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, get_args

import pytest
from rich.style import Style
from textual.app import App
from textual.color import Color

from planner.files.configuration import THEMES as OFFERED
from planner.pages.roles import Role as Meaning
from planner.session.session import Session
from planner.tui.dialogs.panel import Dialog
from planner.tui.shell.themes import (
    LOADS,
    READABLE,
    THEMES,
    Palette,
    Role,
    contrast,
    least_contrast,
    load_ground,
)
from tests.long import LONG
from tests.tui.looking import looking
from tests.tui.test_looks import sent

LINES = ("faint",)
"""The one role of `Meaning` that no word has: grids, rules and dots between words."""
TEXTS: tuple[Role, ...] = tuple(role for role in get_args(Meaning) if role not in LINES)
GROUNDS: tuple[Role, ...] = (
    *("ground", "panel-ground", "bar-ground", "cursor-ground", "cell-ground", "freeze"),
    "what-if-ground",
)
MIXED = [theme.name for theme in THEMES if theme.name != "planner-terminal"]

STANDARD = {
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5"
    " 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "VGA": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa"
    " 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
}
"""The sixteen colours of the two palettes that others are made from; their ground is black."""

DEUTAN = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
          (-0.011820, 0.042940, 0.968881))  # fmt: skip
PROTAN = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
          (-0.003882, -0.048116, 1.051998))  # fmt: skip
"""What is seen without green or red cones: Machado, Oliveira, Fernandes 2009, severity 1."""
ALL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
APART = 9.0
"""CIE76; some 2 are just seen beside each other, 9 also at a distance."""
PAIRS: tuple[tuple[Role, Role], ...] = (
    ("critical", "good"), ("critical", "warning"), ("good", "warning"), ("critical", "it"),
    ("marketing", "it"), ("marketing", "joint"), ("it", "joint"), ("critical", "joint"),
    ("marketing-rest", "it-rest"),
)  # fmt: skip


def colour(theme: str, role: Role, on: Role | None = None) -> Color:
    found = Palette(theme).style(role, on).color
    assert found is not None
    return Color.from_rich_color(found)


def ground(theme: str, role: Role) -> Color:
    found = Palette(theme).style("text", role).bgcolor
    assert found is not None
    return Color.from_rich_color(found)


def lab(one: Color, eyes: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in one.normalized]
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear, strict=True))))
               for row in eyes)  # fmt: skip
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_the_command_line_offers_each_theme() -> None:
    assert [f"planner-{name}" for name in OFFERED] == [theme.name for theme in THEMES]


@pytest.mark.parametrize("theme", MIXED)
def test_every_text_stands_out_from_every_ground(theme: str) -> None:
    for role, on in product(TEXTS, GROUNDS):
        far = contrast(colour(theme, role, on), ground(theme, on))
        assert far >= least_contrast(theme), (role, on)


@pytest.mark.parametrize("theme", MIXED)
def test_figures_stand_out_from_each_ground_of_load(theme: str) -> None:
    least = least_contrast(theme)
    loads = [
        load_ground(side, level) for side in ("marketing", "it", "joint", "") for level in LOADS
    ]
    for on in (*loads, "over-ground"):
        assert contrast(colour(theme, "strong", on), ground(theme, on)) >= least, on


@pytest.mark.parametrize("palette", STANDARD)
def test_so_do_a_terminals_own_colours_on_black(palette: str) -> None:
    black, *_ = sixteen = [Color.parse(f"#{each}") for each in STANDARD[palette].split()]
    for role in TEXTS:
        style = Palette("planner-terminal").style(role)
        if role == "done":
            continue  # is dim text by `planner.tui.shell.plain`, the terminal's own default
        assert style.color is not None
        if not style.color.is_default:
            assert style.color.number is not None
            assert contrast(sixteen[style.color.number], black) >= READABLE, role


@pytest.mark.parametrize("theme", MIXED)
@pytest.mark.parametrize("eyes", [ALL, DEUTAN, PROTAN], ids=["all cones", "no green", "no red"])
def test_what_differs_in_meaning_differs_for_all_eyes(
    theme: str, eyes: tuple[tuple[float, ...], ...]
) -> None:
    for one, other in PAIRS:
        a, b = lab(colour(theme, one), eyes), lab(colour(theme, other), eyes)
        assert sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5 >= APART, (one, other)


SCREENS: dict[str, tuple[str, ...]] = {
    "opening": (),
    "board": ("g", "j", "j", "l", "l"),
    "grab": ("m", "l"),
    "selection": ("escape", "v", "j", "e"),
    "form": ("escape", "escape", "escape", "E"),
    "palette": ("escape", "colon"),
    "help": ("escape", "question_mark"),
    "guide": ("question_mark",),
    "conflicts": ("escape", "2"),
    "path": ("3", "j"),
    "network": ("4",),
    "statuses": ("5", "j", "greater_than_sign"),
    "agreements": ("escape", "6", "j", "j"),
    "answer": ("A",),
    "capacity": ("escape", "7", "l", "l", "enter"),
    "outcomes": ("escape", "8"),
    "history": ("9",),
    "meeting": ("M",),
    "what-if": ("escape", "1", "T", "j", "j", "j", "equals_sign", "4", "w", "enter"),
    "what-if conflicts": ("2",),
    "what-if left": ("T",),
    "options": ("x", "1", "colon", *"peak-readiness", "enter", "f"),
}
"""What to press, one after the other, to see most of what there is to see."""


def hard_to_read(app: App[Any], themes: Sequence[str] = MIXED) -> list[tuple[str, str, float]]:
    """Every piece of text in sight that does not stand out, with its theme."""
    found = []
    for theme in themes:
        app.set_reactive(App.theme, theme)  # and drawn at once, not as soon as there is time
        app.refresh_css(animate=False)
        least = least_contrast(theme)
        found += [(theme, text, far) for text, far in words(app) if far < least]
    return found


def words(app: App[Any]) -> Iterator[tuple[str, float]]:
    """Every piece of text in sight that has a word in it, and how far it stands out."""
    screen = app.screen
    place = screen.panel.region if isinstance(screen, Dialog) else screen.region
    for strip in screen._compositor.render_strips()[place.y : place.bottom]:
        at = 0
        for segment in sent(app, strip):
            style, at, here = segment.style, at + segment.cell_length, at
            inside = place.x <= here < place.right
            if (
                inside
                and any(map(str.isalnum, segment.text))
                and style
                and style.color
                and style.bgcolor
            ):
                one, other = map(Color.from_rich_color, (style.color, style.bgcolor))
                yield segment.text, contrast(one, other)


def styles(app: App[Any]) -> Iterator[Style]:
    """How each piece of the screen is drawn."""
    for strip in app.screen._compositor.render_strips():
        yield from (segment.style for segment in sent(app, strip) if segment.style)


async def test_every_word_on_screen_stands_out(acme: Session) -> None:
    """In every theme in the long run, in the gate by turns in two of them."""
    seen = 0
    async with looking(acme, (120, 36)) as board:
        for at, (name, keys) in enumerate(SCREENS.items()):
            await board.press(*keys)
            await board.rest()
            assert not hard_to_read(board.app, MIXED if LONG else MIXED[at % 2 :: 2]), name
            seen += sum(1 for _ in words(board.app))
    assert seen > 1000


async def test_the_board_is_drawn_in_the_colours_of_another_theme(acme: Session) -> None:
    async with looking(acme, (120, 36)) as board:
        board.app.theme = "planner-light"
        await board.rest()
        grounds = {style.bgcolor for style in styles(board.app)}
    for role in ("cursor-ground", "ground"):
        assert ground("planner-light", role).rich_color in grounds
        assert ground("planner-dark", role).rich_color not in grounds
