"""The path as lanes: what is on it, what is close behind it, and how both are drawn."""

from __future__ import annotations

import re
from datetime import date

import pytest
import tomli

from planner.analysis.path import Lanes, lanes_of, targets_of, with_graph
from planner.pages.canvas import Canvas, cells, shorten
from planner.pages.path import lanes_text
from planner.pages.path_across import draw_across
from planner.pages.path_down import draw_down
from planner.plan.model import Clock, Plan
from planner.roadmap.reading import read

ROADMAP = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-01

[teams.data]
title = "Data"
portfolio = "it"
[teams.crm]
portfolio = "marketing"

[initiatives.profile-api]
owner = "data"
estimate = "4w"

[initiatives.segments]
owner = "crm"
estimate = "3w"

[initiatives.signals]
title = "Consent signals"
owner = "data"
estimate = "2w"
needs = [
    "profile-api",
    { on = "segments", delivers = "signed-off segments", asked = 2027-02-01 },
]

[initiatives.journeys]
owner = "crm"
estimate = "3w"

[[initiatives.journeys.needs]]
on = "signals"
lag = "2d"
delivers = "consent by channel"
promised = 2027-04-09
agreed = 2027-02-20

[initiatives.launch]
title = "Spring launch"
portfolio = "joint"
estimate = "0d"
needs = ["journeys"]
deadline = 2027-04-30

[initiatives.newsletter]
owner = "crm"
kind = "campaign"
estimate = "1w"
deadline = 2027-06-01
"""


def plan_of(text: str = ROADMAP) -> Plan:
    data = tomli.loads(text)
    reading = read({"roadmap.toml": data})
    return Plan(reading, data, Clock(date(2027, 3, 1)))


def whole(plan: Plan, target: str | None = None, paths: int | None = None) -> Lanes:
    """The path with all that is told of it."""
    return with_graph(plan, lanes_of(plan, target), paths)


@pytest.fixture
def lanes() -> Lanes:
    return whole(plan_of())


# --- what is on the path --------------------------------------------------------------------------


def test_steps_come_in_schedule_order_with_their_sides(lanes: Lanes) -> None:
    assert [(step.id, step.side) for step in lanes.steps] == [
        ("profile-api", "it"),
        ("signals", "it"),
        ("journeys", "marketing"),
        ("launch", "joint"),
    ]


def test_the_heading_facts_are_the_targets(lanes: Lanes) -> None:
    assert (lanes.target, lanes.title, lanes.deadline) == (
        "launch",
        "Spring launch",
        date(2027, 4, 30),
    )
    assert lanes.finish == date(2027, 5, 4)
    assert lanes.late is not None
    assert lanes.late.working == 2


def test_marketing_and_it_frame_what_is_joint(lanes: Lanes) -> None:
    assert [side for side, _ in lanes.sides] == ["marketing", "joint", "it"]


def test_a_handover_says_what_it_delivers_and_how_it_stands(lanes: Lanes) -> None:
    [link] = lanes.handovers
    assert (link.on, link.succ, link.ties) == ("signals", "journeys", ("FS+2d",))
    assert (link.state, link.day) == ("agreed", date(2027, 2, 20))
    assert (link.delivers, link.promised) == ("consent by channel", date(2027, 4, 9))


def test_joint_work_takes_over_from_a_side_without_a_handover(lanes: Lanes) -> None:
    [link] = lanes.links_into("launch")
    assert not link.crosses


def test_what_is_close_behind_says_by_how_much_and_where_it_joins(lanes: Lanes) -> None:
    [near] = lanes.near
    assert [step.id for step in near.steps] == ["segments"]
    assert (near.behind, near.joins) == (5, "signals")


def test_targets_are_the_plans_own_then_the_launches_by_finish() -> None:
    assert targets_of(plan_of()) == ("launch", "newsletter")


def test_another_target_has_its_own_path() -> None:
    lanes = whole(plan_of(), "newsletter")
    assert [step.id for step in lanes.steps] == ["newsletter"]
    assert lanes.near == ()


FLOW = """
[roadmap]
start = 2027-03-01
[initiatives.base]
estimate = "2w"
[initiatives.left]
estimate = "4w"
needs = ["base"]
[initiatives.right]
estimate = "3w"
needs = ["base"]
[initiatives.audit]
estimate = "1w"
[initiatives.check]
estimate = "1w"
needs = ["audit"]
start_no_earlier_than = 2027-03-22
[initiatives.idea]
estimate = "9d"
status = "proposed"
[initiatives.done]
estimate = "4w"
actual_start = 2027-02-01
actual_finish = 2027-02-26
[initiatives.launch]
estimate = "0d"
needs = ["left", "right", "check", "idea", "done"]
[initiatives.after]
estimate = "20w"
needs = ["launch"]
[calendars.standard]
holidays = { 2027-04-05 = "off" }
"""


def test_the_paths_behind_come_by_how_far_they_can_slip_to_the_day() -> None:
    lanes = whole(plan_of(FLOW), "launch", 9)
    assert [(*(step.id for step in near.steps), near.joins) for near in lanes.near] == [
        ("right", "launch"),
        ("check", "launch"),
        ("audit", "check"),
    ]
    assert [near.behind for near in lanes.near] == [5, 10, 20]


def test_as_many_paths_as_are_asked_for() -> None:
    plan = plan_of(FLOW)
    every = whole(plan, "launch", 9).near
    assert [whole(plan, "launch", paths).near for paths in (1, 2, 3, 4)] == [
        every[: paths - 1] for paths in (1, 2, 3, 4)
    ]
    assert whole(plan, "launch").near == every[:1]  # within near_critical


def test_a_start_that_is_a_fact_puts_nothing_behind() -> None:
    plan = plan_of("""
[initiatives.gateway]
estimate = "5w"
actual_start = 2027-02-08
[initiatives.crm]
estimate = "5w"
actual_start = 2027-02-15
[initiatives.sso]
estimate = "9w"
actual_start = 2027-02-15
needs = ["gateway SS+5d", "crm FF+1w"]
""")
    near = whole(plan, "sso", 9).near
    assert [([step.id for step in one.steps], one.behind) for one in near] == [(["crm"], 15)]


def test_a_bottleneck_is_what_a_third_of_the_open_work_and_three_wait_for() -> None:
    chain = "[roadmap]\nstart = 2027-03-01\n" + "".join(
        f'[initiatives.w{n}]\nestimate = "1w"\n' + (f'needs = ["w{n - 1}"]\n' if n else "")
        for n in range(6)
    )
    found = whole(plan_of(chain), "w5").bottlenecks
    assert [(one.id, one.waiting, one.among) for one in found] == [("w0", 4, 4), ("w1", 3, 4)]
    more = "".join(f'[initiatives.x{n}]\nestimate = "1d"\n' for n in range(9))
    last = 'needs = ["w4", ' + ", ".join(f'"x{n}"' for n in range(9)) + "]"
    wide = chain.replace('needs = ["w4"]', last) + more
    assert whole(plan_of(wide), "w5").bottlenecks == ()  # 4 of 13 are less than a third


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("asked = 2027-02-20\ndeclined = 2027-02-25", "declined"),
        ("declined = 2027-02-20\nagreed = 2027-02-25", "agreed"),
        ("agreed = 2027-02-20\ndeclined = 2027-02-25", "declined"),
        ("agreed = 2027-02-20\nasked = 2027-02-25", "asked"),
    ],
)
def test_what_was_said_last_holds(said: str, state: str) -> None:
    [link] = lanes_of(plan_of(ROADMAP.replace("agreed = 2027-02-20", said))).handovers
    assert link.state == state


def test_a_target_without_dates_says_why() -> None:
    text = '[initiatives.a]\nneeds = ["b"]\n[initiatives.b]\nneeds = ["a"]\n'
    lanes = lanes_of(plan_of(text), "a")
    assert not lanes.steps
    assert "cycle" in (lanes.why_not or "")


def test_an_unknown_target_says_so() -> None:
    assert lanes_of(plan_of(), "nope").why_not == "there is no initiative nope"


def test_an_empty_roadmap_has_no_path() -> None:
    assert lanes_of(plan_of("[roadmap]\n")).why_not == "nothing is scheduled"


# --- drawings -------------------------------------------------------------------------------------


def row_with(lines: list[str], text: str) -> int:
    return next(at for at, line in enumerate(lines) if text in line)


def test_time_runs_down_with_it_right_of_the_line(lanes: Lanes) -> None:
    lines = draw_down(lanes, 80).text()
    middle = lines[0].index("IT") - 2
    assert lines[row_with(lines, "profile-api")].index("profile-api") > middle
    assert lines[row_with(lines, "journeys")].index("journeys") < middle
    assert row_with(lines, "profile-api") < row_with(lines, "signals") < row_with(lines, "launch")


def test_a_picture_calls_work_by_its_short_title() -> None:
    title = 'title = "Consent signals"'
    assert ROADMAP.count(title) == 1
    lanes = lanes_of(plan_of(ROADMAP.replace(title, f'{title}\nshort = "Opt-in"')))
    for lines in (draw_across(lanes, 118).text(), draw_down(lanes, 80).text()):
        assert any("Opt-in" in line for line in lines)
        assert not any("Consent signals" in line for line in lines)
    assert lanes.steps[1].title == "Consent signals"


def test_a_handover_crosses_the_line_in_a_row_of_its_own(lanes: Lanes) -> None:
    lines = draw_down(lanes, 80).text()
    arrow = lines[row_with(lines, "journeys") - 1]
    assert "√ agreed" in arrow
    assert arrow.index("▼") < arrow.index("┼") < arrow.index("╯")


def test_time_runs_to_the_right_with_lanes_from_marketing_to_it(lanes: Lanes) -> None:
    lines = draw_across(lanes, 118).text()
    rows = [row_with(lines, name) for name in ("MARKETING", "JOINT", "IT ──", "PATHS BEHIND")]
    assert rows == sorted(rows)
    names = [line for line in lines if "signals" in line or "profile-api" in line]
    assert names[0].index("profile-api") < names[0].index("signals")


def test_a_handover_crosses_the_rules_between_the_lanes(lanes: Lanes) -> None:
    lines = draw_across(lanes, 118).text()
    assert "┼" in lines[row_with(lines, "IT ──")]
    assert any("√ agreed · consent by channel" in line for line in lines)


def test_late_paths_mark_the_deadline(lanes: Lanes) -> None:
    lines = draw_across(lanes, 118).text()
    assert "deadline 30 Apr ◇" in lines[1] or "◇ deadline 30 Apr" in lines[1]


@pytest.mark.parametrize("width", [40, 60, 80, 99, 100, 118, 160, 198])
def test_no_line_is_wider_than_asked(lanes: Lanes, width: int) -> None:
    drawing = (draw_across if width >= 100 else draw_down)(lanes, width)
    assert max(map(cells, drawing.text())) <= width
    assert set(drawing.places) == {step.id for step in lanes.steps} | {"segments"}


def test_the_text_is_the_same_every_time() -> None:
    first = lanes_text(lanes_of(plan_of()), 80)
    assert first == lanes_text(lanes_of(plan_of()), 80)
    assert first[0].startswith(
        "Spring launch · 4 May · 2d late · 1 handover, agreed · 4 initiatives"
    )
    assert all(line == line.rstrip() for line in first)


def test_the_text_tells_every_handover_in_full(lanes: Lanes) -> None:
    lines = lanes_text(lanes, 100)
    told = lines[row_with(lines, "signals → journeys:")]
    assert told.strip() == (
        "signals → journeys: √ agreed 20 Feb · consent by channel · FS+2d · promised 9 Apr"
    )


def test_what_a_file_says_cannot_reach_the_terminal() -> None:
    text = ROADMAP.replace("Spring launch", r"\u001b]0;owned\u0007launch")
    text = text.replace("consent by channel", r"\u202econsent")
    for width in (80, 118):
        drawn = "\n".join(lanes_text(lanes_of(plan_of(text)), width))
        assert "\x1b" not in drawn
        assert "\u202e" not in drawn


def test_without_sides_there_is_one_lane() -> None:
    text = '[initiatives.a]\nestimate = "2w"\n[initiatives.b]\nestimate = "1w"\nneeds = ["a"]\n'
    lanes = lanes_of(plan_of(text))
    assert [title for _, title in lanes.sides] == ["No side"]
    assert not lanes.handovers
    assert draw_down(lanes, 80).rows
    assert draw_across(lanes, 118).rows


EARLY = """
[roadmap]
start = 2027-01-04
[initiatives.gate]
estimate = "30d"
actual_start = 2027-01-04
[initiatives.early]
estimate = "10d"
actual_start = 2027-01-06
remaining = "8d"
needs = ["gate"]
"""
"""As of 1 March: 30 days of the gate end on 9 April; two of early were done on 6 and 7 January."""


def test_what_waits_is_drawn_as_waiting() -> None:
    lanes = lanes_of(plan_of(EARLY), "early")
    step = lanes.step("early")
    assert step is not None
    assert step.waiting == (date(2027, 1, 8), date(2027, 4, 11))
    bars = [re.search(r"[█▓▒▐▌═]{3,}", line) for line in draw_across(lanes, 118).text()]
    gate, early = (found.group() for found in bars if found)
    assert re.fullmatch(r"▐█+▓+▌", gate)
    assert re.fullmatch(r"▐█═+▓+▌", early)
    assert early.index("▓") > 80
    assert any("waits until 12 Apr" in line for line in draw_down(lanes, 80).text())


# --- the canvas -----------------------------------------------------------------------------------


def drawn(canvas: Canvas) -> list[str]:
    return ["".join(run.text for run in row).rstrip() for row in canvas.rows()]


def test_lines_join_where_they_meet() -> None:
    canvas = Canvas(5)
    canvas.across(1, 0, 4)
    canvas.down(2, 0, 2)
    assert drawn(canvas) == ["  ╷", "╶─┼─╴", "  ╵"]


def test_what_is_drawn_first_stays() -> None:
    canvas = Canvas(8)
    canvas.put(0, 0, "bar")
    canvas.put(0, 1, "LATER")
    canvas.across(0, 0, 7)
    assert drawn(canvas) == ["barTER─╴"]


def test_wide_characters_take_two_columns() -> None:
    canvas = Canvas(6)
    end = canvas.put(0, 0, "日本x")
    assert end == 5
    assert drawn(canvas) == ["日本x"]
    assert cells("日本x") == 5
    assert shorten("日本日本", 5) == "日本…"


def test_nothing_is_written_past_the_edge() -> None:
    canvas = Canvas(3)
    canvas.put(0, 1, "abc")
    canvas.put(0, -1, "xy")
    assert drawn(canvas) == ["yab"]
