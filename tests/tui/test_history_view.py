"""The history view: the trend drawn, the steps of a launch, and what is said without a record."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.analysis.history import history_of
from planner.errors import UsageError
from planner.plan.model import Plan
from planner.roadmap.output_history import HistoryShown
from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.views.history import HistoryView
from tests.git.clones import Clone
from tests.pages.records import DAYS, sample, shown, trend
from tests.tui.conftest import SMALL, TODAY
from tests.tui.looking import Looked, looking

WIDE, NARROW = (120, 36), (80, 24)


def view(screen: Looked) -> HistoryView:
    assert isinstance(screen.app.screen, HistoryView)
    return screen.app.screen


async def opened(screen: Looked) -> Looked:
    await screen.press("9")
    await screen.app.workers.wait_for_complete()
    return await screen.rest()


@pytest.fixture
def promised(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the page of promises be sixty lines, whatever they say elsewhere."""
    lines = [((f"line {at}", "text"),) for at in range(60)]
    page = [(("Promises kept since 3 Dec 2026", "title"),), *lines]
    monkeypatch.setattr("planner.pages.promises.promises_page", lambda *_: page)


@pytest.fixture
def recorded(
    monkeypatch: pytest.MonkeyPatch,
    promised: None,  # noqa: ARG001  it goes with the record
) -> Callable[[HistoryShown], None]:
    """Let the record be one that was made by hand."""

    def record(made: HistoryShown) -> None:
        monkeypatch.setattr("planner.analysis.history.history_of", lambda *_, **__: made)

    record(sample())
    return record


Recorded = Callable[[HistoryShown], None]


# --- what is shown --------------------------------------------------------------------------------


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
async def test_it_looks_like_this(
    acme: Session, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with looking(acme, size) as screen:
        await opened(screen)
        assert screen.body == snapshot


@pytest.mark.usefixtures("recorded")
async def test_the_heaviest_step_is_marked_in_the_list_and_in_the_drawing(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        row = next(line for line in screen.lines if line.startswith("▸"))
        assert row.split()[1:6] == ["11", "Mar", "+11d", "+1", "+10"]
        labels = screen.line_with("14 Jan 28")
        column = labels.index("11 Mar") + 3
        assert sum(line[column : column + 1] == "┊" for line in screen.lines) > 5
        assert screen.selected == "customer-sso"
        assert "time +1d: customer-sso began 8 Mar" in screen.text


@pytest.mark.usefixtures("recorded")
async def test_wide_all_launches_are_in_one_drawing_and_narrow_they_have_a_line_each(
    acme: Session,
) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        assert sum("◆" in line for line in screen.lines) == 4
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        assert screen.line_with("◆").split("◆ ")[1] == "15 Oct  5d late"
        assert screen.line_with("Autumn range live").split()[-4:] == ["1", "Sep,", "on", "time"]


@pytest.mark.usefixtures("recorded")
async def test_keys_walk_by_weight_and_by_date(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        days = []
        for key in ("j", "l", "l", "l", "h"):
            await screen.press(key)
            line = next(line for line in screen.lines if line.startswith("▸"))
            days.append(" ".join(line.split()[1:3]))
        assert days == ["11 Feb", "11 Mar", "22 Mar", "22 Mar", "11 Mar"]


@pytest.mark.usefixtures("recorded")
async def test_the_end_of_the_dates_says_so(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("l", "l")
        assert screen.foot == "▲ Nothing moved it later than that"


@pytest.mark.usefixtures("recorded")
async def test_n_goes_from_launch_to_launch(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        names = []
        for _ in range(4):
            await screen.press("n")
            names.append(screen.lines[2].split("  ")[0].strip())
        assert names == [
            "History · 2 of 4 Autumn range live",
            "History · 3 of 4 Loyalty relaunch",
            "History · 4 of 4 Influencer pages",
            "History · 1 of 4 Peak freeze readiness",
        ]
        assert screen.selected == "customer-sso", "its heaviest step"


@pytest.mark.usefixtures("recorded")
async def test_sorted_by_time_the_latest_comes_first(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("S", "g")
        assert screen.line_with("▸").split()[1:3] == ["22", "Mar"]
        await screen.press("S", "g")
        assert screen.line_with("▸").split()[1:3] == ["11", "Mar"]


@pytest.mark.usefixtures("recorded")
async def test_a_launch_that_was_marked_elsewhere_is_the_one_that_is_shown(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await screen.press("colon", *"loyalty-relaunch", "enter")
        await opened(screen)
        assert "Loyalty relaunch" in screen.lines[2]


@pytest.mark.usefixtures("recorded")
async def test_what_drove_a_step_is_what_keys_act_on(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("j")
        assert screen.selected == "lifecycle-journeys"
        await screen.press("1")
        await screen.rest()
        assert screen.selected == "lifecycle-journeys"


@pytest.mark.usefixtures("recorded")
async def test_a_filter_keeps_the_steps_that_matching_work_drove(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        view(screen).filtering.set("portfolio:it")
        await screen.rest()
        keys = [row.about for row in view(screen).listing.rows if row.key is not None]
        assert keys == [("initiatives", "customer-sso"), ("initiatives", "consent-signals")]
        assert "filter portfolio:it" in screen.lines[2]
        view(screen).filtering.set("id-of-nothing")
        await screen.rest()
        assert "No step matches the filter" in screen.text


async def test_what_cannot_be_read_is_named(acme: Session, recorded: Recorded) -> None:
    read = (*DAYS[:3], *DAYS[4:])
    level = trend("peak-readiness", "Peak", ["2027-10-15"] * 8, {}, read, main=True)
    recorded(shown(level, gaps=[(DAYS[3], "it.toml:12 is no TOML")]))
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        assert "it.toml:12 is no TOML" in screen.text
        assert "a promise kept" in screen.text


@pytest.mark.usefixtures("recorded")
async def test_a_low_screen_keeps_the_steps(acme: Session) -> None:
    async with looking(acme, (60, 15)) as screen:
        await opened(screen)
        assert sum("d  " in line for line in screen.lines if "+" in line) >= 4
        assert "trend: in a window" in screen.text, screen.text
        await screen.press("j", "j", "j", "j")
        assert screen.line_with("▸").split()[1:3] == ["17", "Dec"]


# --- promises and differences ---------------------------------------------------------------------


@pytest.mark.usefixtures("recorded")
async def test_promises_stand_at_the_right_where_there_is_room(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        assert screen.lines[3].endswith("│ Promises kept since 3 Dec 2026")
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        assert "Promises kept" not in screen.text


@pytest.mark.usefixtures("recorded")
async def test_tab_shows_the_promises_and_keys_scroll_them(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        await screen.press("tab")
        await screen.rest()
        assert "Promises kept" in screen.lines[3]
        assert "◆" not in screen.text
        await screen.press("G")
        assert "line 59" in screen.text
        await screen.press("g", "j")
        assert screen.lines[3].split()[:2] == ["line", "0"]
        await screen.press("escape")
        await screen.rest()
        assert screen.line_with("▸").split()[1:3] == ["11", "Mar"], "the mark stays where it was"


async def test_promises_follow_the_filter(acme: Session) -> None:
    async with looking(acme, (120, 60)) as screen:
        await opened(screen)
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert "Handovers, 12 agreed" in screen.text
        view(screen).filtering.set("nothing-has-this-id")
        await screen.rest()
        assert "Handovers, 12 agreed" not in screen.text


# --- a real record --------------------------------------------------------------------------------


def committed(clone: Clone, text: str, day: str, author: str) -> None:
    clone.environment |= {
        "GIT_AUTHOR_NAME": author,
        "GIT_AUTHOR_DATE": f"{day}T12:00:00",
        "GIT_COMMITTER_DATE": f"{day}T12:00:00",
    }
    clone.commit("roadmap.toml", text.replace("2027-03-01\n\n[teams", f"{day}\n\n[teams"), author)


@pytest.fixture
def repository(tmp_path: Path) -> Clone:
    """SMALL, then web push a week longer, by another author."""
    clone = Clone(tmp_path)
    clone.git("init", "-q")
    committed(clone, SMALL, "2027-03-01", "Ana")
    committed(clone, SMALL.replace('["2w", "3w", "5w"]', '"4w"'), "2027-03-02", "Ben")
    return clone


def session_of(clone: Clone) -> Session:
    return Session.open(clone.top / "roadmap.toml", today=TODAY)


async def test_a_step_of_a_repository_names_its_cause_and_its_author(repository: Clone) -> None:
    async with looking(session_of(repository), WIDE) as screen:
        await opened(screen)
        row = screen.line_with("▸")
        assert "web-push 3w → 4w" in " ".join(row.split()) or "web-push" in row
        assert "Ben" in row
        assert repository.git("rev-parse", "HEAD")[:7] in row


async def test_enter_shows_the_commit_and_the_difference_in_the_words_of_diff(
    repository: Clone,
) -> None:
    repository.git("commit", "-q", "--amend", "-m", "A longer push\n\nThe vendor is late.")
    said = repository.planner("diff", "HEAD~1", "HEAD").splitlines()
    async with looking(session_of(repository), WIDE) as screen:
        await opened(screen)
        await screen.press("enter")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        shown = " ".join(screen.text.split())
        assert "Ben <ana@example.com> · 2027-03-02 12:00" in shown
        assert "A longer push" in shown
        assert "The vendor is late." in shown
        assert len(said) > 1
        assert [line for line in said if " ".join(line.split()) not in shown] == []
        await screen.press("escape")
        assert view(screen).listing.row is not None


async def test_what_is_not_committed_has_a_difference_too(repository: Clone) -> None:
    session = session_of(repository)
    session.apply(SetKey("initiatives", "profile-api", ("estimate",), "8w"))
    async with looking(session, WIDE) as screen:
        await opened(screen)
        await screen.press("enter")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert "you, not committed" in screen.text
        assert "initiatives.profile-api: estimate 4w → 8w" in screen.text


async def test_what_is_not_committed_is_the_last_step(repository: Clone) -> None:
    session = session_of(repository)
    async with looking(session, WIDE) as screen:
        await opened(screen)
        view(screen).changes.make(SetKey("initiatives", "profile-api", ("estimate",), "8w"))
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert "you, not committed" in screen.line_with("profile-api")
        assert "+20d" in screen.line_with("profile-api")


async def test_a_new_commit_is_read_when_the_view_comes_back(repository: Clone) -> None:
    async with looking(session_of(repository), WIDE) as screen:
        await opened(screen)
        before = len(view(screen).listing.rows)
        await screen.press("1")
        text = SMALL.replace('["2w", "3w", "5w"]', '"6w"')
        committed(repository, text, "2027-03-03", "Cleo")
        await screen.press("R")
        await screen.rest()
        await screen.press("9")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert len(view(screen).listing.rows) == before + 1
        assert "Cleo" in screen.text


# --- without a record -----------------------------------------------------------------------------


@pytest.mark.usefixtures("promised")
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
async def test_without_a_repository_it_says_how_to_start_one(
    small: Session, size: tuple[int, int]
) -> None:
    async with looking(small, size) as screen:
        await opened(screen)
        said = [line.split("│")[0].rstrip() for line in screen.lines]
        first = said.index("    git init")
        assert said[first + 1 : first + 4] == [
            "        makes a repository of this folder",
            "    git add . && git commit",
            "        keeps a revision: from the second on, moves are shown here",
        ]
        assert ("│ Promises kept since" in screen.text) == (size == WIDE)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
async def test_with_one_revision_it_says_that_the_next_one_counts(
    acme: Session, recorded: Recorded, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    recorded(shown(trend("peak-readiness", "Peak", ["2027-10-15"], {}, DAYS[:1], main=True)))
    async with looking(acme, size) as screen:
        await opened(screen)
        assert "git commit" in screen.text
        assert screen.body == snapshot


async def test_a_shallow_clone_says_how_to_have_the_rest(acme: Session, recorded: Recorded) -> None:
    one = trend("peak-readiness", "Peak", ["2027-10-15"], {}, DAYS[:1], main=True)
    recorded(shown(one, shallow=True))
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        assert "git fetch --unshallow" in " ".join(screen.text.split())


async def test_without_launches_it_says_so(acme: Session, recorded: Recorded) -> None:
    recorded(shown())
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        assert "no launch" in screen.text


# --- while it is read -----------------------------------------------------------------------------


async def test_reading_is_told_and_esc_stops_it(
    acme: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    halfway, on = threading.Event(), threading.Event()
    ended: list[BaseException] = []

    def slow(*_: object, progress: Callable[[int, int], None]) -> HistoryShown:
        progress(120, 500)
        halfway.set()
        on.wait(20)
        try:
            progress(121, 500)
        except BaseException as error:
            ended.append(error)
            raise
        return sample()

    monkeypatch.setattr("planner.analysis.history.history_of", slow)
    monkeypatch.setattr("planner.tui.views.history_reading._before_a_long_one", lambda *_: None)
    async with looking(acme, NARROW) as screen:
        await screen.press("9")
        await screen.rest()
        assert halfway.wait(20)
        while "reading 24%" not in screen.lines[2]:
            await screen.rest()
        await screen.press("escape")
        on.set()
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert len(ended) == 1
        assert "not read to its end" in screen.text
        monkeypatch.setattr("planner.analysis.history.history_of", lambda *_, **__: sample())
        await screen.press("enter")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert "◆" in screen.text


async def test_of_a_long_record_the_last_revisions_come_first(
    repository: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, on = history_of, threading.Event()

    def waiting(path: Path, plan: Plan, **options: Any) -> HistoryShown:
        found = read(path, plan, **options)
        if "since" not in options:
            on.wait(20)
        return found

    monkeypatch.setattr("planner.analysis.history.history_of", waiting)
    monkeypatch.setattr("planner.tui.views.history_reading.LONG", 3)
    monkeypatch.setattr("planner.tui.views.history_reading.LATEST", 2)
    committed(repository, SMALL.replace('["2w", "3w", "5w"]', '"6w"'), "2027-03-03", "Cleo")
    async with looking(session_of(repository), WIDE) as screen:
        await screen.press("9")
        while "Cleo" not in screen.text:
            await screen.rest()
        assert "Ben" not in screen.text
        on.set()
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert "Ben" in screen.text
        assert "Cleo" in screen.text


async def test_what_cannot_be_asked_is_said(acme: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> HistoryShown:
        raise UsageError("git is too old", hint="2.25 does")

    monkeypatch.setattr("planner.analysis.history.history_of", failing)
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        assert "git is too old: 2.25 does" in screen.text
