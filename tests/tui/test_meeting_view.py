"""The meeting on screen: items are answered in their place, and undo takes each answer back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.analysis.meeting import Entry
from planner.pages.lines import Line as PageLine
from planner.pages.meeting import entry_line
from planner.plan.model import Plan
from planner.session.demo import write_history
from planner.session.session import Session
from planner.tui.views.meeting import MeetingView
from tests.tui.conftest import ROOT, TODAY
from tests.tui.looking import Looked, looking

WIDE = (120, 36)
SSO = "agree initiatives loyalty-relaunch customer-sso"
AUTUMN = "agree initiatives autumn-range-load autumn-content"
SEGMENTS = "agree initiatives consent-signals segment-definitions"


def view(screen: Looked) -> MeetingView:
    here = screen.app.screen_stack[0]
    assert isinstance(here, MeetingView)
    return here


async def to(screen: Looked, key: str) -> None:
    """Put the cursor on an item by its name."""
    at = view(screen).listing.find(lambda row: row.key == key)
    assert at is not None, [row.key for row in view(screen).listing.rows]
    view(screen).listing.move_to(at)
    await screen.rest()


async def opened(screen: Looked) -> None:
    await screen.press("M")
    await screen.rest()


def need(session: Session, successor: str, supplier: str) -> dict[str, object]:
    """One link as the file has it."""
    links = session.plan.written("initiatives", successor)["needs"]
    return next(one for one in links if isinstance(one, dict) and one["on"] == supplier)


async def test_the_agenda_is_there_with_how_much_is_done(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        assert "Joint roadmap review  Thu 25 Mar 2027 · last 11 Mar · 7 teams" in screen.lines[2]
        assert "0 of 27 done" in screen.lines[2]
        assert screen.line_with("To decide").split()[-4:-1] == ["0", "of", "4"]
        assert "2027-03-25" in screen.lines[-2]
        assert "27 items stay for 8 Apr" in screen.lines[-2]


async def test_what_frees_a_launch_only_together_is_tied(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        tied = [line for line in screen.lines if any(sign in line for sign in "┐├┘")]
        assert [("┐" in line, "├ free" in line, "┘" in line) for line in tied[:3]] == [
            (True, False, False),
            (False, True, False),
            (False, False, True),
        ]


async def test_the_keys_of_the_item_stand_under_it(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        for key, wanted in (
            (SSO, "A agree, counter or decline"),
            ("decide decisions points-expiry ", "A decide"),
            ("owner initiatives influencer-pages owner", "e owner"),
            ("late initiatives peak-readiness ", "i waive"),
        ):
            await to(screen, key)
            lines = screen.lines
            at = next(n for n, line in enumerate(lines) if line.startswith("▸"))
            assert wanted in lines[at + 1]


async def test_agreeing_keeps_the_item_in_its_place_and_tells_who_said_it(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await to(screen, SSO)
        await screen.press("A", "enter")
        await screen.rest()
        assert need(acme, "loyalty-relaunch", "customer-sso")["agreed"] == date(2027, 3, 22)
        assert need(acme, "loyalty-relaunch", "customer-sso")["by"] == "nadia-haddad"
        assert "1 of 27 done" in screen.lines[2]
        line = screen.line_with("▸")
        assert "√ customer-sso → loyalty-relaunch" in line
        assert "agreed" in line
        assert "Done so far  1 · unsaved" in screen.text
        assert "by 12 May · Nadia Haddad" in screen.text
        assert "and 1 record" in screen.lines[-2]
        await screen.press("u")
        await screen.rest()
        assert "0 of 27 done" in screen.lines[2]
        assert "? customer-sso → loyalty-relaunch" in screen.line_with("▸")
        assert "Done so far  nothing yet" in screen.text


async def test_a_counter_says_in_red_what_it_would_do(acme: Session) -> None:
    async with looking(acme, (200, 60)) as screen:
        await opened(screen)
        await to(screen, SEGMENTS)
        await screen.press("A", "down", *["backspace"] * 10, *"2027-07-15")
        await screen.press("enter")
        await screen.rest()
        counter = need(acme, "consent-signals", "segment-definitions")["counter"]
        assert isinstance(counter, dict)
        assert counter["promised"] == date(2027, 7, 15)
        assert counter["by"] == "jonas-keller"
        assert "⇄ segment-definitions → consent-signals" in screen.line_with("▸")
        assert "⇄ countered" in screen.text
        words = " ".join(screen.text.split())
        assert "if so: Peak freeze" in words
        style = screen.app.theme_variables["critical"]
        strip = view(screen).both.page.render_line(
            next(n for n, line in enumerate(view(screen).both.page.lines)
                 if "if so" in "".join(text for text, _ in line))
        )  # fmt: skip
        assert any("if so" in one.text and one.style.color.name == style.lower()
                   for one in strip if one.style and one.style.color)  # fmt: skip


async def test_what_a_counter_would_do_is_told_once_and_with_a_delivery_on_its_day(
    acme: Session,
) -> None:
    async with looking(acme, (200, 60)) as screen:
        await opened(screen)
        await to(screen, "agree initiatives segment-definitions customer-sso")
        await screen.press("A", "enter")
        await screen.rest()
        await screen.press("A", "down", "down", *["backspace"] * 10, *"2027-05-05", "enter")
        await screen.rest()
        assert [row.act for row in view(screen).found.said] == ["agreed", "countered"]
        words = " ".join(screen.text.split())
        assert words.count("if so: Peak freeze") == 1
        assert "if so: Peak freeze 8 Oct −5d" in words


async def test_who_became_accountable_is_named_once(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await to(screen, "owner initiatives influencer-pages owner")
        await screen.press("e", *"web", "enter")
        await screen.rest()
        assert [row.act for row in view(screen).found.said] == ["assigned"]
        assert sum("Web and content" in line.partition("│")[2] for line in screen.lines[4:8]) == 1


async def test_another_day_that_is_asked_for_is_said_too(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await to(screen, SEGMENTS)
        await screen.press("A", "down", "down", "down", *["backspace"] * 10, *"2027-06-25", "enter")
        await screen.rest()
        assert need(acme, "consent-signals", "segment-definitions")["needed_by"] == date(
            2027, 6, 25
        )
        said = view(screen).found.said
        assert [(row.act, row.other, row.text) for row in said] == [
            ("asked", "segment-definitions", "by 25 Jun instead of 8 Jul")
        ]
        assert "1 of 28 done" in screen.lines[2]


async def test_a_date_is_typed_over_the_one_that_is_offered(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await to(screen, SEGMENTS)
        await screen.press("A", "down", *"15 jul", "enter")
        await screen.rest()
        counter = need(acme, "consent-signals", "segment-definitions")["counter"]
        assert isinstance(counter, dict)
        assert counter["promised"] == date(2027, 7, 15)


async def test_saved_is_no_longer_called_unsaved(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await to(screen, SSO)
        await screen.press("A", "enter")
        await screen.rest()
        await screen.press("w")
        await screen.rest()
        assert not acme.unsaved
        assert "Done so far" in screen.text
        assert "unsaved" not in screen.text


async def test_a_no_needs_a_word_why(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await to(screen, AUTUMN)
        await screen.press("A", "down", "down", "enter")
        await screen.rest()
        assert "declined" not in need(acme, "autumn-range-load", "autumn-content")
        assert "why not?" in screen.text
        await screen.press(*"no people", "enter")
        await screen.rest()
        written = need(acme, "autumn-range-load", "autumn-content")
        assert (written["declined"], written["note"]) == (date(2027, 3, 22), "no people")
        assert "✗ declined" in screen.text
        assert "no people" in screen.text


async def test_a_decision_an_owner_a_waiver_and_an_action_are_one_step_each(acme: Session) -> None:
    before = acme.workspace
    async with looking(acme, (200, 60)) as screen:
        await opened(screen)
        await to(screen, "decide decisions points-expiry ")
        await screen.press("A", "down", "enter")
        await screen.rest()
        assert acme.plan.roadmap.decisions["points-expiry"].choice == "carry over for 12 months"
        assert "carry over for 12 months" in screen.line_with("▸")
        await to(screen, "owner initiatives influencer-pages owner")
        await screen.press("e", *"crm", "enter")
        await screen.rest()
        assert acme.plan.roadmap.initiatives["influencer-pages"].owner == ("crm",)
        await to(screen, "late initiatives peak-readiness ")
        await screen.press("i", *"known", "enter", "enter", *"2027-09-01", "enter")
        await screen.rest()
        [waiver] = [one for one in acme.plan.roadmap.waivers.values() if one.reason == "known"]
        assert (waiver.rule, waiver.until) == ("DATE01", date(2027, 9, 1))
        await screen.press("a", *"quote", "ctrl+s")
        await screen.rest()
        [action] = [o for o in acme.plan.roadmap.actions.values() if o.title == "quote"]
        assert action.meeting == "joint-review"
        assert len(view(screen).found.said) == 4
        for left in (3, 2, 1, 0):
            await screen.press("u")
            await screen.rest()
            assert len(view(screen).found.said) == left
    assert acme.workspace.reads_as(before)


async def test_closing_writes_when_it_was_held_and_undo_opens_it(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("C")
        assert "2027-03-25" in screen.text
        await screen.press("enter")
        await screen.rest()
        assert acme.plan.roadmap.meetings["joint-review"].last == date(2027, 3, 25)
        assert "closed" in screen.lines[2]
        await screen.press("C")
        assert "closed already" in screen.foot
        await screen.press("u")
        await screen.rest()
        assert acme.plan.roadmap.meetings["joint-review"].last == date(2027, 3, 11)
        assert "closed" not in screen.lines[2]


async def test_a_meeting_that_is_closed_and_saved_makes_room_for_the_next(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("C", "enter", "w", "1", "M")
        await screen.rest()
        assert "Thu 8 Apr 2027 · last 25 Mar" in screen.lines[2]


async def test_enter_opens_the_subject(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await to(screen, SSO)
        await screen.press("enter")
        assert "Loyalty programme relaunch" in screen.text
        await screen.press("escape")
        await to(screen, "decide decisions points-expiry ")
        await screen.press("enter")
        assert "points-expiry" in screen.text
        assert "needed by" in screen.text


async def test_a_filter_leaves_its_items(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("slash", *"owner:loyalty", "enter")
        await screen.rest()
        assert "loyalty-relaunch" in screen.text
        assert "autumn-content" not in "\n".join(screen.lines[3:-2])


EMPTY = '[roadmap]\ntitle = "Small"\nstatus_date = 2027-03-22\n[initiatives.a]\nestimate = "2w"\n'


async def test_without_a_meeting_it_says_how_one_comes_into_the_file(
    roadmap: Callable[[str], Session],
) -> None:
    async with looking(roadmap(EMPTY), WIDE) as screen:
        await opened(screen)
        assert "add meeting" in screen.text
        await screen.press("C")
        assert "No meeting" in screen.foot


@pytest.mark.parametrize("size", [(80, 24), WIDE], ids=["80x24", "120x36"])
async def test_it_looks_like_this(
    acme: Session, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with looking(acme, size) as screen:
        await opened(screen)
        await to(screen, SSO)
        assert screen.body == snapshot


@pytest.mark.parametrize("size", [(80, 24), WIDE], ids=["80x24", "120x36"])
async def test_done_it_looks_like_this(
    acme: Session, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with looking(acme, size) as screen:
        await opened(screen)
        await to(screen, SSO)
        await screen.press("A", "enter")
        await to(screen, "decide decisions points-expiry ")
        await screen.press("A", "down", "enter")
        await screen.press("C", "enter")
        await to(screen, SSO)
        assert screen.body == snapshot


@pytest.mark.parametrize("size", [(80, 24), WIDE], ids=["80x24", "120x36"])
async def test_empty_it_looks_like_this(
    roadmap: Callable[[str], Session], size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with looking(roadmap(EMPTY), size) as screen:
        await opened(screen)
        assert screen.body == snapshot


async def test_a_cursor_move_draws_few_lines(
    acme: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw = entry_line

    def counting(plan: Plan, entry: Entry, bracket: str, width: int) -> PageLine:
        drawn.append(f"{entry.item.other} {entry.item.id}")
        return draw(plan, entry, bracket, width)

    monkeypatch.setattr("planner.tui.views.meeting.entry_line", counting)
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await to(screen, SSO)
        drawn.clear()
        await screen.press("j")
        assert 0 < len(set(drawn)) <= 2
        drawn.clear()
        await screen.press("k")
        assert 0 < len(set(drawn)) <= 2


async def test_an_action_is_done_by_the_same_key(acme: Session) -> None:
    async with looking(acme, (200, 60)) as screen:
        await opened(screen)
        await to(screen, "action actions sms-contract-terms ")
        await screen.press("A", "enter")
        await screen.rest()
        done = acme.plan.roadmap.actions["sms-contract-terms"].done
        assert done == date(2027, 3, 22)
        assert "√" in screen.line_with("▸")


async def test_names_of_the_file_can_do_nothing_to_the_screen(
    roadmap: Callable[[str], Session],
) -> None:
    hostile = "\\u001b]0;owned\\u0007 [bold]x[/bold]"
    text = f"""
[roadmap]
title = "H"
status_date = 2027-03-22
[teams.crm]
portfolio = "marketing"
lead = "ann"
[teams.data]
portfolio = "it"
[people.ann]
name = "{hostile}"
[meetings.joint]
title = "{hostile}"
every = "2w"
last = 2027-03-11
attends = ["crm", "data"]
[decisions.d]
title = "{hostile}"
options = ["{hostile}"]
needed_by = 2027-03-15
owner = "crm"
[actions.a]
title = "{hostile}"
owner = "ann"
[initiatives.feed]
title = "{hostile}"
owner = "data"
estimate = "4w"
[initiatives.mails]
owner = "crm"
estimate = "2w"
needs = [{{ on = "feed", asked = 2027-03-01, delivers = "{hostile}" }}]
"""
    async with looking(roadmap(text), WIDE) as screen:
        await opened(screen)
        for _ in range(4):
            assert "\x1b" not in screen.text
            assert "\x07" not in screen.text
            await screen.press("j")
            await screen.rest()
        assert "[bold]x[/bold]" in screen.text
        await to(screen, "decide decisions d ")
        await screen.press("A", "enter")
        await screen.rest()
        assert "\x1b" not in screen.text


async def test_a_review_is_that_of_whoever_is_asked(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await to(screen, "new initiatives dam-cms-connector brand")
        await screen.press("A", "enter")
        await screen.rest()
        reviews = acme.plan.roadmap.initiatives["dam-cms-connector"].reviews
        assert reviews["brand"] == date(2027, 3, 22)
        assert "√ reviewed" in screen.text
        assert "√ dam-cms-connector" in screen.line_with("▸")


async def test_what_moved_since_the_last_meeting_comes_from_the_history(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(ROOT / "roadmaps" / "acme-2027", tmp_path / "acme"))
    write_history(copy)
    async with looking(Session.open(copy, today=TODAY), (200, 60)) as screen:
        await screen.press("M")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert "Moved since 11 Mar" in screen.lines[3]
        line = screen.line_with("20 Oct → 15 Oct, −3d time")
        assert "customer-sso" in line
        assert view(screen).found.done == 0


async def test_a_measurement_is_added_to_those_there_are(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await to(screen, "measured outcomes site-conversion ")
        await screen.press("A", *"2.2", "ctrl+s")
        await screen.rest()
        readings = acme.plan.roadmap.outcomes["site-conversion"].readings
        assert readings[date(2027, 3, 22)] == 2.2
        assert readings[date(2027, 2, 26)] == 2.0
        assert "√ measured" in screen.text
