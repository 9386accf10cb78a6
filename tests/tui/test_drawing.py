"""The parts that draw the board: rows, axis, bars, lines between them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.session.session import Session
from planner.tui.board import bars
from planner.tui.board.columns import columns, table_width
from planner.tui.board.connectors import Connector, End, overlay
from planner.tui.board.outline import Outline, same_rows
from planner.tui.board.scale import Scale, coarser, finer, fit, labels

MARCH = date(2027, 3, 1)
DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1))


# --- rows -----------------------------------------------------------------------------------------

GROUPED = """
[groups.keep]
title = "Keep"
[groups.mail]
part_of = "keep"
[groups.loop-a]
part_of = "loop-b"
[groups.loop-b]
part_of = "loop-a"
[initiatives.deep]
portfolio = "it"
part_of = "mail"
[initiatives.flat]
portfolio = "it"
[initiatives.lost]
[initiatives.round]
portfolio = "marketing"
part_of = "loop-a"
[initiatives.shop]
portfolio = "retail"
"""


def ids(outline: Outline) -> list[str]:
    return [f"{'  ' * row.depth}{row.id}" for row in outline.rows]


def test_lanes_groups_and_work_that_belongs_nowhere(roadmap: Callable[[str], Session]) -> None:
    outline = Outline(roadmap(GROUPED).plan.roadmap)
    assert ids(outline) == [
        "marketing",
        "  loop-b",
        "    loop-a",
        "      round",
        "it",
        "  flat",
        "  keep",
        "    mail",
        "      deep",
        "retail",
        "  shop",
        "",
        "  lost",
    ]


def test_a_folded_heading_stands_for_what_it_holds(roadmap: Callable[[str], Session]) -> None:
    plan = roadmap(GROUPED).plan
    outline = Outline(plan.roadmap, {(("portfolios", "it"), ("groups", "keep"))})
    assert "deep" not in [row.id for row in outline.rows]
    at = outline.find("initiatives", "deep")
    assert at is not None
    assert outline.rows[at].id == "keep"
    assert outline.members(outline.rows[at]) == ("deep",)
    assert outline.find("initiatives", "unknown") is None


def test_a_filter_keeps_the_headings_of_what_it_keeps(roadmap: Callable[[str], Session]) -> None:
    outline = Outline(roadmap(GROUPED).plan.roadmap, only={"deep"})
    assert ids(outline) == ["it", "  keep", "    mail", "      deep"]


def test_only_what_moves_rows_makes_new_ones(small: Session) -> None:
    from planner.text.edits import SetKey

    before = small.plan.roadmap

    def after(key: str, value: object) -> bool:
        edit = SetKey("initiatives", "web-push", (key,), value)
        return same_rows(before, small.preview(edit).plan.roadmap)

    assert after("estimate", "1w")
    assert after("title", "Other")
    assert not after("part_of", "group")
    assert not after("owner", "data")


# --- the axis -------------------------------------------------------------------------------------


@given(DAYS, st.integers(10, 300), st.sampled_from([0.25, 0.5, 1.0, 2.7, 3.0, 9.0]), DAYS)
def test_a_day_lies_in_the_cell_that_begins_with_it_or_before(
    origin: date, width: int, days: float, day: date
) -> None:
    scale = Scale(origin, days, width)
    first, last = scale.span(day, day)
    assert first <= last
    assert scale.day(first) <= day <= scale.day(last + 1)
    assert len(labels(scale)) == width


@given(DAYS, DAYS, st.integers(20, 200))
def test_fit_shows_all_of_it(one: date, other: date, width: int) -> None:
    first, last = min(one, other), max(one, other)
    scale = fit(first, last, width)
    assert scale.cell(first) >= 0
    assert scale.last_cell(last) < width


def test_zooming_keeps_the_day_in_its_cell() -> None:
    scale = Scale(MARCH, 3.0, 80)
    day = date(2027, 5, 13)
    for days in (finer(3.0), coarser(3.0), 0.25):
        assert abs(scale.zoomed(days, day).cell(day) - scale.cell(day)) <= 1 / days + 1
    assert finer(0.25) == 0.25
    assert coarser(9.0) == 9.0


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0.25, "1 Mar 2027                  8 Mar"),
        (1.0, "1 Mar 2027    15 Mar"),
        (3.0, "Mar 2027  Apr       May"),
        (9.0, "   Q2 2027   Q3        Q4"),
        (30.0, "2027      2028        2029"),
    ],
)
def test_what_the_axis_says_at_each_zoom(days: float, text: str) -> None:
    assert labels(Scale(MARCH, days, 80)).startswith(text)


# --- columns and bars -----------------------------------------------------------------------------


@pytest.mark.parametrize("width", range(30, 260, 7))
def test_columns_leave_the_timeline_half(width: int) -> None:
    shown = columns(width)
    assert shown[0].name == "title"
    if width >= 80:
        assert table_width(shown) <= width // 2 + 1


def drawn(session: Session, id: str, scale: Scale) -> str:
    cells = bars.ground(session.plan, scale)
    bars.draw(cells, session.plan, session.plan.roadmap.initiatives[id], scale)
    return "".join(cell[0] for cell in cells)


def test_bars_by_day(small: Session) -> None:
    week = Scale(MARCH, 1.0, 40)
    assert drawn(small, "tag-cleanup", week).startswith("▒▒▒▒▒╌╌")
    critical = drawn(small, "profile-api", week)
    assert critical.startswith("█▓▓▓")
    assert critical[25] == "█"
    assert "▓" not in critical[26:]


WAITING = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-15
[initiatives.gate]
estimate = "10d"
start_no_earlier_than = 2027-03-15
[initiatives.early]
estimate = "10d"
actual_start = 2027-03-03
remaining = "5d"
needs = ["gate"]
[initiatives.late]
estimate = "8w"
"""
"""early was worked from 3 to 9 March, waits for the gate until 26 March, and goes on to 2 April."""


def test_what_waits_is_drawn_as_waiting(roadmap: Callable[[str], Session]) -> None:
    session, days = roadmap(WAITING), Scale(MARCH, 1.0, 50)
    early = drawn(session, "early", days)
    assert early[2:33] == "█" * 7 + "═" * 17 + "══" + "▒" * 5
    begun = roadmap(WAITING.replace("2027-03-03", "2027-03-15").replace('"5d"', '"10d"'))
    assert "█" not in drawn(begun, "early", days)
    assert drawn(begun, "early", days)[14:].startswith("═" * 14 + "▒")
    weeks = Scale(MARCH, 7.0, 20)
    assert drawn(session, "early", weeks)[:5] == "██══▒"


def test_critical_work_that_waits_is_closed_round_what_is_to_do(
    roadmap: Callable[[str], Session],
) -> None:
    session = roadmap(WAITING.replace("8w", "1w"))
    early = drawn(session, "early", Scale(MARCH, 1.0, 50))
    assert early[2:33] == "█" * 7 + "═" * 19 + "█▓▓▓█"


def test_paused_work_waits_until_the_status_date(roadmap: Callable[[str], Session]) -> None:
    paused = WAITING.replace('needs = ["gate"]', 'status = "paused"')
    early = drawn(roadmap(paused), "early", Scale(MARCH, 1.0, 50))
    assert early[2:19] == "█" * 7 + "═" * 5 + "▒" * 5


IDEA = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
[initiatives.site]
estimate = "10d"
[initiatives.referral]
status = "proposed"
estimate = "20d"
[initiatives.begun]
status = "proposed"
estimate = "5d"
actual_start = 2027-03-01
"""


def test_what_is_only_proposed_is_hollow(roadmap: Callable[[str], Session]) -> None:
    session, days = roadmap(IDEA), Scale(MARCH, 1.0, 50)
    referral = drawn(session, "referral", days)
    assert set(referral[:26]) == {"□"}
    assert "□" not in referral[26:]
    assert "□" not in drawn(session, "site", days) + drawn(session, "begun", days)


def test_the_axis_reaches_to_the_end_of_an_idea(roadmap: Callable[[str], Session]) -> None:
    plan = roadmap(IDEA).plan
    assert plan.schedule.finish == date(2027, 3, 12)
    assert bars.whole(plan)[1] > date(2027, 3, 26)


def test_what_is_out_of_view_has_an_arrow_at_the_edge(small: Session) -> None:
    june = Scale(date(2027, 6, 1), 1.0, 40)
    assert drawn(small, "web-push", june)[0] == "←"
    january = Scale(date(2027, 1, 1), 1.0, 40)
    assert drawn(small, "web-push", january)[-1] == "→"


def test_what_has_no_dates_says_why(roadmap: Callable[[str], Session]) -> None:
    session = roadmap('[initiatives.a]\nneeds = ["b"]\n[initiatives.b]\nneeds = ["a"]\n')
    assert "cycle" in drawn(session, "a", Scale(session.plan.as_of, 1.0, 60))


# --- lines ----------------------------------------------------------------------------------------


def picture(*connectors: Connector, rows: range = range(6), width: int = 20) -> list[str]:
    cells = overlay(connectors, rows, width, lambda _row, _cell: True)
    return [
        "".join(cells.get(row, {}).get(cell, (" ", "link"))[0] for cell in range(width)).rstrip()
        for row in rows
    ]


def link(source: End, target: End, type: str = "FS", driving: bool = True) -> Connector:
    return Connector(source, target, type, driving)  # type: ignore[arg-type]


def test_down_and_up_from_finish_to_start() -> None:
    assert picture(link(End(0, 1, 4), End(3, 10, 14))) == [
        "     ────╮", "         │", "         │", "         ▶", "", "",
    ]  # fmt: skip
    assert picture(link(End(3, 1, 4), End(0, 10, 14)))[:4] == [
        "         ▶", "         │", "         │", "     ────╯",
    ]  # fmt: skip


def test_a_line_drops_from_under_a_bar_that_is_still_running() -> None:
    assert picture(link(End(0, 1, 12), End(2, 6, 14), "SS"))[:3] == ["", "     │", "     ▶"]


def test_finish_to_finish_touches_the_end() -> None:
    assert picture(link(End(0, 1, 4), End(2, 2, 10), "FF"))[:3] == [
        "     ──────╮", "           │", "           ◀",
    ]  # fmt: skip


def test_lines_that_meet_are_joined() -> None:
    target = End(2, 10, 14)
    both = picture(link(End(0, 1, 4), target), link(End(1, 1, 6), target))
    assert both[:3] == ["     ────╮", "       ──┤", "         ▶"]


def test_ends_out_of_view_are_arrows_at_the_edge() -> None:
    assert picture(link(End(-5, 1, 4), End(1, 10, 14)))[:2] == ["         ↑", "         ▶"]
    assert picture(link(End(0, 1, 4), End(60, 10, 14)))[5] == "         ↓"
    assert picture(link(End(0, 1, 4), End(2, 50, 60)))[0].endswith("→")
    assert picture(link(End(0, 8, 12), End(2, -9, -5)))[0].startswith("←")


@given(
    st.lists(
        st.builds(
            link,
            st.builds(lambda r, a, b: End(r, min(a, b), max(a, b)), st.integers(-9, 20),
                      st.integers(-20, 40), st.integers(-20, 40)),
            st.builds(lambda r, a, b: End(r, min(a, b), max(a, b)), st.integers(-9, 20),
                      st.integers(-20, 40), st.integers(-20, 40)),
            st.sampled_from(["FS", "SS", "FF", "SF"]),
            st.booleans(),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_lines_stay_in_view(connectors: list[Connector]) -> None:
    for row, cells in overlay(connectors, range(3, 11), 20, lambda _row, _cell: True).items():
        assert row in range(3, 11)
        assert all(cell in range(20) for cell in cells)
