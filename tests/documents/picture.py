"""The pictures of the README: the board, what the first keys do to it, and the report's picture.

The moving one is a picture of each state of the screen, row by row: a row that several states share
is drawn once, and shown while one of them is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from planner.exchange.reports.writing import Material, report_bytes
from planner.pages.report import report_shown
from planner.session.session import Session
from planner.tui.shell.app import PlannerApp

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / ".readme" / "board.svg"
MOVING = ROOT / ".readme" / "first-keys.svg"
REPORT = ROOT / ".readme" / "report.svg"
SIZE, SMALL = (120, 36), (100, 24)

STATES: tuple[tuple[tuple[str, ...], str, float], ...] = (
    ((), "A launch that is late", 3),
    (("f",), "f   Fixes, each tried on the whole plan", 4),
    (("enter",), "enter   Apply one", 3),
    (("u",), "u   Undo", 2),
    (("m",), "m   Move the bar", 2),
    (("l",), "l   A day later", 1),
    (("l",), "l   Two days later", 1),
    (("l",), "l   Three days later", 2),
    (("escape",), "esc   As it was", 2),
)
"""Keys, what they do, and for how many seconds that is shown."""

Visible = frozenset[int]
"""The states in which something is shown."""


class Screen(Struct, frozen=True):
    """A screenshot as SVG: what is around the rows, its styles by class, and its rows."""

    svg: str
    styles: dict[str, str]
    rows: dict[int, str]


async def pictures() -> dict[Path, str]:
    """The text of each picture."""
    (board,) = [svg async for svg in _shown(SIZE, [()])]
    states = [_screen(svg) async for svg in _shown(SMALL, [keys for keys, _, _ in STATES])]
    return {PICTURE: board, MOVING: "".join(_moving(states)), REPORT: report_picture()}


def report_picture() -> str:
    """The picture that `planner report` makes of the sample."""
    plan = Session.open(ROOT / "roadmaps" / "acme-2027").plan
    return report_bytes(Material(plan=plan, shown=report_shown(plan)), ".svg").decode()


async def _shown(size: tuple[int, int], states: Iterable[Sequence[str]]) -> AsyncIterator[str]:
    """The board of the sample roadmap after each of the key presses, as SVG."""
    app = PlannerApp(Session.open(ROOT / "roadmaps" / "acme-2027"), theme="dark")
    async with app.run_test(size=size) as pilot:
        for keys in states:
            await pilot.press(*keys)
            await app.workers.wait_for_complete()
            await pilot.pause(0.5)
            svg = app.export_screenshot(title="planner")
            yield re.sub(r"terminal-\d+-", "terminal-", svg)


# --- one picture of several -----------------------------------------------------------------------

_STYLE = re.compile(r"\.terminal-(r\d+) \{ (.*?) \}")
_TEXT = re.compile(
    r'<text class="terminal-(r\d+)"([^>]*clip-path="url\(#terminal-line-(\d+)\)">.*?)</text>'
)
_RECT = re.compile(r'<rect fill="[^"]*" x="[^"]*" y="([^"]*)"[^>]*shape-rendering="crispEdges"/>')
LINE = 24.4
"""Height of a row in the SVG of Textual."""


def _screen(svg: str) -> Screen:
    styles = dict(_STYLE.findall(svg))
    rows: dict[int, str] = defaultdict(str)
    for rect in _RECT.finditer(svg):
        rows[round((float(rect[1]) - 1.5) / LINE)] += rect[0]
    for name, rest, row in _TEXT.findall(svg):
        rows[int(row)] += f'<text style="{styles[name]}"{rest}</text>'
    return Screen(svg, styles, dict(rows))


def _moving(screens: Sequence[Screen]) -> Iterator[str]:
    """The rows of all states, each shown in those that have it, and what was pressed below."""
    drawn = dict(_rows(screens))
    before, frame = screens[0].svg.split('<g transform="translate(9, 41)"')[0].split("</defs>")
    width, height = re.findall(r'viewBox="0 0 (\S+) ([^"]+)"', before)[0]
    taller = before.replace(f'0 0 {width} {height}"', f'0 0 {width} {float(height) + 44:.1f}"')
    styles = "".join(
        _animation(shown) for shown in dict.fromkeys([*drawn.values(), *_each(screens)])
    )
    styles += "@media (prefers-reduced-motion) { g, text { animation: none !important; } }\n"
    yield taller.replace("</style>", f"{styles}</style>") + "</defs>" + frame
    yield '<g transform="translate(9, 41)"><g class="terminal-matrix">'
    for row, shown in drawn.items():
        yield f'<g class="{_named(shown)}">{row}</g>'
    yield "</g></g>"
    for shown, (_, caption, _) in zip(_each(screens), STATES, strict=True):
        yield (
            f'<text class="terminal-matrix {_named(shown)}" fill="#8a93a8" x="20"'
            f' y="{float(height) + 28:.1f}" xml:space="preserve">{caption}</text>'
        )
    yield "</svg>\n"


def _rows(screens: Sequence[Screen]) -> Iterator[tuple[str, Visible]]:
    """Every different row with the states in which it is shown."""
    for number in sorted({number for screen in screens for number in screen.rows}):
        found: dict[str, set[int]] = defaultdict(set)
        for state, screen in enumerate(screens):
            found[screen.rows.get(number, "")].add(state)
        for row, states in found.items():
            yield row, frozenset(states)


def _each(screens: Sequence[Screen]) -> list[Visible]:
    return [frozenset((state,)) for state in range(len(screens))]


def _named(shown: Visible) -> str:
    return "s" + "-".join(map(str, sorted(shown)))


def _animation(shown: Visible) -> str:
    """What shows something in some of the states, for as long as each lasts."""
    whole = sum(seconds for _, _, seconds in STATES)
    steps, passed = "", 0.0
    for state, (_, _, seconds) in enumerate(STATES):
        steps += f"{100 * passed / whole:.2f}% {{ opacity: {int(state in shown)} }} "
        passed += seconds
    name, first = _named(shown), int(0 in shown)
    return (
        f"@keyframes {name} {{ {steps}}}\n"
        f".{name} {{ opacity: {first}; animation: {name} {whole:g}s step-end infinite; }}\n"
    )
