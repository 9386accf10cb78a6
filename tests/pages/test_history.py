"""The record as a page: the trend drawn, the steps as a table, and what could not be read."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from planner.pages.canvas import Canvas, cells
from planner.pages.history import (
    drawing,
    history_page,
    in_order,
    made_by,
    step_page,
    steps_lines,
    trend_of,
)
from planner.pages.lines import Line, plain
from planner.pages.trend import dates_on, reporting_days
from planner.plan.model import Plan
from planner.roadmap.output_history import HistoryShown
from planner.session.session import Session
from tests.pages.records import AS_OF, DAYS, generated, sample, shown, trend

ACME = Path(__file__).parents[2] / "roadmaps" / "acme-2027"
RECORD = sample()


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Session.open(ACME, today=AS_OF).plan


def drawn(
    plan: Plan,
    record: HistoryShown,
    width: int = 80,
    height: int = 20,
    id: str | None = None,
    *,
    marked: date | None = None,
    others: bool = True,
) -> list[str]:
    launch = trend_of(record, id)
    assert launch is not None
    return list(plain(drawing(plan, record, launch, width, height, marked=marked, others=others)))


def ends(lines: list[str]) -> list[str]:
    """What stands behind each launch's sign, from the top down."""
    return [line.partition("◆ ")[2] for line in lines if "◆ " in line]


def test_later_stands_higher_and_each_step_has_its_working_days(plan: Plan) -> None:
    lines = drawn(plan, RECORD)
    assert ends(lines) == [
        "Peak freeze readiness",
        "Autumn range live",
        "Loyalty relaunch",
        "Influencer pages",
    ]
    assert [text for text in ("+2", "+3", "+5", "+11", "−3", "+10") if text not in str(lines)] == []
    top = [at for at, line in enumerate(lines) if "┏" in line or "┓" in line]
    assert top == sorted(top)
    assert "━" in lines[top[0]]
    assert "─" in next(line for line in lines if "Autumn" in line), "the others are light"


def test_the_days_across_are_the_meetings_the_first_and_the_last(plan: Plan) -> None:
    assert reporting_days(RECORD) == DAYS
    assert drawn(plan, RECORD, 120)[-1].split() == [
        *("3", "Dec", "17", "31", "14", "Jan", "28", "11", "Feb", "25", "11", "Mar", "22")
    ]


def test_without_meetings_each_day_with_a_revision_is_one() -> None:
    lone = shown(trend("a", "A", ["2027-05-03", "2027-05-04"], {}, DAYS[:2], main=True))
    assert reporting_days(lone) == DAYS[:2]


def test_deadline_and_announcement_are_dotted_lines_with_their_dates(plan: Plan) -> None:
    lines = drawn(plan, RECORD)
    for words in ("! deadline 8 Oct", "announced 1 Sep"):
        assert "┈┈┈┈" in next(line for line in lines if words in line)


def test_a_deadline_far_away_does_not_flatten_the_line(plan: Plan) -> None:
    days = ["2027-05-03", "2027-05-12", "2027-05-12"]
    told = {1: (0, 7, "a 1w → 2w", "Ana")}
    near = trend("a", "A", days, told, DAYS[:3], main=True, deadline="2029-12-28")
    lines = drawn(plan, shown(near))
    assert "↑ ! deadline 28 Dec 2029" in "\n".join(lines)
    rows = [at for at, line in enumerate(lines) if "●" in line or "◆" in line]
    assert rows[-1] - rows[0] >= 4, "nine days are more than a row"


def test_alone_it_ends_in_its_date_and_how_late_it_is(plan: Plan) -> None:
    lines = drawn(plan, RECORD, 80, 11, others=False)
    assert ends(lines) == ["15 Oct  5d late"]
    assert len(lines) <= 11


def test_the_marked_day_has_a_line_down_to_its_date(plan: Plan) -> None:
    without, marked = drawn(plan, RECORD), drawn(plan, RECORD, marked=DAYS[7])
    column = marked[-1].index("11 Mar") + 3
    assert sum(line[column : column + 1] == "┊" for line in marked) > 5
    assert not any(line[column : column + 1] == "┊" for line in without)


def test_dates_are_years_where_a_reader_would_take_them_for_others(plan: Plan) -> None:
    far = trend("a", "A", ["2028-05-03", "2028-05-10"], {}, (date(2025, 12, 1), AS_OF), main=True)
    lines = drawn(plan, shown(far), 80)
    assert "1 Dec 2025" in lines[-1]
    assert any("May 2028" in line[:14] for line in lines)


# --- gaps -----------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_a_gap_in_the_line_and_is_named(plan: Plan) -> None:
    read = (*DAYS[:3], *DAYS[4:])
    level = trend("a", "A", ["2027-05-03"] * 8, {}, read, main=True)
    record = shown(level, gaps=[(DAYS[3], "it.toml:12 is no TOML")])
    assert dates_on(record, level, DAYS)[2:5] == (date(2027, 5, 3), None, date(2027, 5, 3))
    line = next(line for line in drawn(plan, record) if "◆" in line)
    assert line.count("━  ") == 0
    assert "●  " in line, "nothing leads over the gap"
    page = "\n".join(plain(history_page(plan, record, 80)))
    assert "No plan on 14 Jan (Ana, " in page
    assert "it.toml:12 is no TOML" in page


def test_a_launch_without_a_date_is_a_gap_too(plan: Plan) -> None:
    lost = trend("a", "A", ["2027-05-03", None, "2027-05-03", None], {}, DAYS[:4], main=True)
    lines = drawn(plan, shown(lost))
    assert "◆" not in "".join(lines)
    assert any("then no date" in line for line in lines)


def test_a_shallow_clone_says_from_when_on_the_record_is(plan: Plan) -> None:
    one = trend("a", "A", ["2027-05-03"], {}, DAYS[:1], main=True)
    page = " ".join(plain(history_page(plan, shown(one, shallow=True), 80)))
    assert "starts on 3 Dec" in page
    assert "git fetch --unshallow" in page


# --- whatever there is ----------------------------------------------------------------------------

Put = tuple[int, int, str]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Put]:
    """All words that are written into a drawing: row, column, text."""
    found: list[Put] = []
    put = Canvas.put

    def noting(canvas: Canvas, row: int, column: int, text: str, *rest: str) -> int:
        if len(text) > 1:
            found.append((row, column, text))
        return put(canvas, row, column, text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Canvas, "put", noting)
    return found


@pytest.mark.one_in(3)
@pytest.mark.parametrize("width", [60, 80, 100, 160, 200])
@pytest.mark.parametrize("days", [1, 2, 8, 60])
@pytest.mark.parametrize("launches", [1, 4, 12])
@pytest.mark.parametrize("largest", [1, 200])
def test_words_never_overlap_and_it_never_is_too_large(
    plan: Plan, written: list[Put], width: int, days: int, launches: int, largest: int
) -> None:
    for seed, holes, gaps in ((1, 0.0, 0), (2, 0.2, 0), (3, 0.0, 3)):
        record = generated(seed, days, launches, largest, holes=holes, gaps=gaps)
        for others in (True, False):
            written.clear()
            launch = trend_of(record, None)
            assert launch is not None
            lines = drawing(plan, record, launch, width, 20, marked=AS_OF, others=others)
            assert fits(lines, width, 20)
            rows = list(plain(lines))
            for row, column, text in written:
                assert rows[row][column : column + len(text)] == text[: width - column]
        page = history_page(plan, record, width)
        assert fits(page, width, 999)


def fits(lines: list[Line], width: int, height: int) -> bool:
    widest = max(sum(cells(text) for text, _ in line) for line in lines)
    return len(lines) <= height and widest <= width


def test_of_many_days_those_at_which_most_moved_are_drawn(plan: Plan) -> None:
    days = tuple(AS_OF - timedelta(days=119 - at) for at in range(120))
    dates = ["2027-05-03"] * 77 + ["2027-05-24"] * 43
    lone = trend("a", "A", dates, {77: (0, 15, "a 1w → 4w", "Ana")}, days, main=True)
    lines = drawn(plan, shown(lone), 60)
    assert "of 120 days" in lines[-1]
    bend = next(line for line in lines if "┏" in line).index("┏")
    assert lines[-2][bend + 1] == "┴", "the step is drawn at its own day"
    assert "+15" in "".join(lines)


def test_moves_between_two_days_that_are_drawn_are_one_figure(plan: Plan) -> None:
    days = tuple(date(2027, 1, day) for day in (4, 5, 6, 18))
    steps = {1: (0, 2, "a x", "Ana"), 2: (0, 3, "a y", "Ana")}
    dates = ["2027-05-03", "2027-05-05", "2027-05-10", "2027-05-10"]
    record = shown(trend("a", "A", dates, steps, days, main=True), meetings=(days[0], days[3]))
    text = "".join(drawn(plan, record))
    assert "+5" in text
    assert "+2" not in text


# --- the steps ------------------------------------------------------------------------------------


def rows(plan: Plan, width: int, id: str | None = None) -> list[list[str]]:
    lines = list(plain(history_page(plan, RECORD, width, id=id)))
    start = next(at for at, line in enumerate(lines) if "driven by" in line)
    return [line.split() for line in lines[start + 1 :]]


def test_the_heaviest_step_comes_first_with_what_moved_it_and_who(plan: Plan) -> None:
    found = rows(plan, 80)
    assert [row[2] for row in found] == ["+11d", "+5d", "−3d", "+3d", "+2d"]
    commit = RECORD.trends[0].steps[3].revision.commit
    assert commit is not None
    assert found[0] == [
        *("11", "Mar", "+11d", "+1", "+10", "customer-sso", "7w", "→", "9w"),
        *("Nadia", "Haddad", commit[:7]),
    ]
    assert found[2][2:5] == ["−3d", "−3", "·"]


def test_a_narrow_page_gives_up_commit_then_author(plan: Plan) -> None:
    assert rows(plan, 72)[0][-2:] == ["Nadia", "Haddad"]
    assert rows(plan, 60)[0][-1] == "9w"


def test_by_time_the_latest_comes_first() -> None:
    days = [step.revision.day for step in in_order(RECORD.trends[0], "time")]
    assert days == sorted(days, reverse=True)


def test_one_launch_is_shown_alone(plan: Plan) -> None:
    page = "\n".join(plain(history_page(plan, RECORD, 80, id="loyalty-relaunch")))
    assert "Autumn" not in page
    assert rows(plan, 80, "loyalty-relaunch")[0][2:5] == ["+5d", "·", "+5"]


def test_the_others_have_a_line_each(plan: Plan) -> None:
    page = list(plain(history_page(plan, RECORD, 80)))
    autumn = next(line for line in page if line.startswith("Autumn"))
    assert autumn.split() == [
        *("Autumn", "range", "live", "19", "Aug", "▂▂▂▅▅▅▅▅▅", "26", "Aug", "+5d"),
        *("announced", "1", "Sep,", "on", "time"),
    ]


def test_a_step_in_full_adds_up(plan: Plan) -> None:
    heaviest = in_order(RECORD.trends[0], "weight")[0]
    text = "\n".join(plain(step_page(plan, heaviest, AS_OF, 80)))
    assert "time +1d: customer-sso began 8 Mar" in text
    assert "edits +10d: customer-sso 7w → 9w" in text
    assert "5 Oct → with the facts of 11 Mar: 5 Oct → with the edits: 20 Oct" in text
    assert "“Commit number 7”" in text


def test_what_is_not_committed_is_yours(plan: Plan) -> None:
    from msgspec.structs import replace

    from tests.pages.records import revision

    base = RECORD.trends[0]
    own = replace(base.steps[3], revision=revision(AS_OF, 9, committed=False))
    record = shown(replace(base, steps=(own,)))
    page = "\n".join(plain(history_page(plan, record, 80)))
    assert "you, not committed" in page
    narrow = "\n".join(plain(history_page(plan, record, 60)))
    assert "+11d" in narrow


def test_text_of_the_record_stays_text(plan: Plan) -> None:
    from msgspec.structs import replace

    base = RECORD.trends[0]
    bad = "\x1b[2J\u202e"
    by = replace(base.steps[0].revision, author=bad, subject=bad)
    cause = replace(base.steps[0].causes[0], text=bad, id=bad, author=bad)
    step = replace(base.steps[0], revision=by, causes=(cause,), waited=(bad,))
    record = shown(replace(base, title=f"A{bad}", steps=(step,)), gaps=[(DAYS[2], bad)])
    page = [*plain(history_page(plan, record, 80)), *plain(step_page(plan, step, AS_OF, 80))]
    assert not any(letter in line for line in page for letter in bad if letter in "\x1b\u202e")


@pytest.mark.parametrize("width", [60, 66, 72, 80])
def test_what_has_no_room_beside_a_launch_is_left_out_whole(plan: Plan, width: int) -> None:
    lines = list(plain(history_page(plan, RECORD, width)))
    autumn = next(line for line in lines if line.startswith("Autumn"))
    assert autumn.endswith(("+5d", "announced 1 Sep", "announced 1 Sep, on time"))


def test_the_edits_of_a_merge_are_of_whoever_made_them(plan: Plan) -> None:
    one = trend_of(RECORD, None)
    assert one is not None
    step = next(each for each in one.steps if each.causes)
    made = {"commit": "c" * 40, "author": "Cleo"}
    merged = structs.replace(step, causes=(structs.replace(step.causes[0], **made),))
    assert (made_by(step).author, made_by(step).commit) == (
        step.revision.author,
        step.revision.commit,
    )
    (head, line) = plain(steps_lines(plan, RECORD, structs.replace(one, steps=(merged,)), 120))
    assert line[head.index("author") :].split() == ["Cleo", "ccccccc"]
    other = structs.replace(step.causes[0], commit="d" * 40, author="Dan")
    both = structs.replace(merged, causes=(*merged.causes, other))
    assert made_by(both).author == "2 people"
    assert made_by(both).commit == step.revision.commit
