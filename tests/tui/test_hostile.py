"""What a file says can neither be markup, nor reach the terminal as control bytes, nor crash."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from rich.segment import Segment
from textual.color import Color

from planner.session.session import Session
from planner.tui.shell.control_byte_filter import ControlFilter
from tests.tui.looking import looking

HOSTILE = [
    "[/]",
    "[@click=app.exit]quit[/]",
    "[bold red]loud[/",
    "\x1b]52;c;aGVsbG8=\x07clip",
    "\x1b[2Jgone",
    "\x9b31mred",
    "a\u202egnissim",
    "zero\u200bwidth\u2066",
    "tab\there\nline",
    "日本語の題名をとても長くしたもの、まだ続く",
    "👩‍👩‍👧‍👦 family",
    "\\[escaped]",
]


def bad(title: str) -> str:
    quoted = json.dumps(title, ensure_ascii=False)
    return f"""
[roadmap]
title = {quoted}
start = 2027-03-01
status_date = 2027-03-01
[portfolios.marketing]
title = {quoted}
[groups.g]
title = {quoted}
[teams.t]
title = {quoted}
portfolio = "marketing"
[freezes.f]
title = {quoted}
start = 2027-03-08
end = 2027-03-19
[outcomes.o]
title = {quoted}
[initiatives.a]
title = {quoted}
notes = {quoted}
owner = "t"
part_of = "g"
outcomes = ["o"]
estimate = "2w"
needs = [{{ on = "b", delivers = {quoted}, why = {quoted} }}]
deadline = 2027-03-02
[initiatives.b]
title = {quoted}
owner = {quoted}
"""


@pytest.mark.one_in(3)
@pytest.mark.parametrize("title", HOSTILE)
async def test_hostile_titles_are_only_text(roadmap: Callable[[str], Session], title: str) -> None:
    async with looking(roadmap(bad(title)), (120, 36)) as board:
        for keys in (["j", "j"], ["enter"], ["escape"], ["colon", "a"], ["escape"], ["Z"], ["m"],
                     ["l"], ["escape"], ["2"], ["3"], ["1"], ["f"], ["escape"]):  # fmt: skip
            await board.press(*keys)
            assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for line in board.lines
                           for letter in line), keys  # fmt: skip
            assert all("\u202e" not in line and "\u200b" not in line for line in board.lines)
        assert board.app.is_running


def test_the_filter_takes_out_what_slipped_through() -> None:
    clean = [Segment("plain √ ✗"), Segment("日本")]
    assert ControlFilter().apply(clean, Color(0, 0, 0)) is clean
    dirty = [Segment("a\x1b[31mb\x07\u202e")]
    assert "".join(s.text for s in ControlFilter().apply(dirty, Color(0, 0, 0))) == "a[31mb"
