"""The form: what a person types, and what is on screen before anything is kept."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from planner.session.session import Session
from planner.text.edits import AddTable, Edits, SetKey
from planner.tui.dialogs.form import FormDialog
from tests.tui.dialogs.stage import Stage, on_stage, screen_text, settled, spring, type_in


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return spring(tmp_path)


def stage(pilot: Pilot[None]) -> Stage:
    return cast("Stage", pilot.app)


def shown_dialog(pilot: Pilot[None]) -> str:
    return type(pilot.app.screen).__name__


async def go_to(pilot: Pilot[None], form: FormDialog, key: str) -> None:
    form.row(key).editor.focus()
    await settled(pilot)


async def clear(pilot: Pilot[None]) -> None:
    await pilot.press("end", "ctrl+u")
    await settled(pilot)


async def test_a_typed_estimate_shows_what_it_does_to_the_whole_plan(session: Session) -> None:
    form = FormDialog(session, "initiatives", "web-push")
    async with on_stage(form) as pilot:
        assert form.consequence.text == "no changes yet"
        await go_to(pilot, form, "estimate")
        await clear(pilot)
        await type_in(pilot, "4w")
        assert form.row("estimate").note == "→ 4 weeks = 20 working days, ends 23 Apr"
        line = form.consequence.text
        assert line.startswith("Spring launch 23 Apr +5d")
        assert "5d late" in line
        assert "delay cost +€10k" in line
        assert "delay cost +" in line
        assert "new ✗1" in line
        assert session.plan.tables["initiatives"]["web-push"]["estimate"] == ["2w", "3w", "5w"]
        await pilot.press("ctrl+s")
    edit = stage(pilot).answer
    assert edit == Edits((SetKey("initiatives", "web-push", ("estimate",), "4w"),), "edit web-push")


async def test_a_field_with_nothing_to_say_is_its_editor_alone(session: Session) -> None:
    """A form has dozens of fields, and each widget takes time before the form is there."""
    form = FormDialog(session, "initiatives", "web-push")
    async with on_stage(form) as pilot:
        await settled(pilot)
        assert [list(row.children) for row in form.rows()[1:]] == [
            [row.editor] for row in form.rows()[1:]
        ]
        await go_to(pilot, form, "owner")
        await pilot.press("end", *", da")
        await settled(pilot)
        note, suggested = list(form.row("owner").children)[1:]
        assert suggested is form.row("owner").suggested
        assert note.region.bottom == suggested.region.y
        assert re.search(r"^. owner +crm, da", screen_text(stage(pilot)), re.MULTILINE)


async def test_every_keystroke_is_understood(session: Session) -> None:
    form = FormDialog(session, "initiatives", "spring-launch")
    async with on_stage(form) as pilot:
        await go_to(pilot, form, "deadline")
        await clear(pilot)
        row = form.row("deadline")
        await type_in(pilot, "1")
        assert row.note.startswith("✗ which month?")
        await type_in(pilot, " m")
        assert row.note.startswith("✗ ago, or from now?")
        await type_in(pilot, "ay")
        assert row.note == "→ Sat 1 May 2027, the next one, in 9 weeks, 10 working days to spare"
        await clear(pilot)
        await type_in(pilot, "17 apr")
        assert row.note.endswith(", 1 calendar day to spare")
        await clear(pilot)
        await type_in(pilot, "1 may")
        await pilot.press("tab")
        assert row.editor.text == "2027-05-01"


async def test_enter_takes_the_nearest_right_thing(session: Session) -> None:
    form = FormDialog(session, "initiatives", "web-push")
    async with on_stage(form) as pilot:
        await go_to(pilot, form, "estimate")
        await clear(pilot)
        await type_in(pilot, "4")
        assert form.row("estimate").note == "✗ days or weeks? → 4w enter"
        await pilot.press("enter")
        await settled(pilot)
        assert form.row("estimate").editor.text == "4w"


async def test_references_are_found_by_a_few_letters(session: Session) -> None:
    form = FormDialog(session, "initiatives", "segments")
    async with on_stage(form) as pilot:
        await go_to(pilot, form, "needs")
        await type_in(pilot, "cons")
        shown = form.row("needs").suggested
        assert [each.word for each in shown.found] == ["consent-api"]
        await pilot.press("enter")
        await type_in(pilot, " ss+5d")
        assert form.row("needs").note.startswith("→ starts 5 working days after consent-api starts")
        await pilot.press("ctrl+s")
    edit = stage(pilot).answer
    assert edit.edits[0] == SetKey("initiatives", "segments", ("needs",), ["consent-api SS+5d"])


async def test_a_system_that_is_not_there_yet_is_created_in_place(session: Session) -> None:
    form = FormDialog(session, "initiatives", "web-push")
    async with on_stage(form) as pilot:
        await go_to(pilot, form, "uses")
        await type_in(pilot, ", ab-tool")
        assert form.row("uses").suggested.found[-1].title == "create system 'ab-tool'"
        await pilot.press("up", "enter")
        await settled(pilot)
        assert "new system 'ab-tool', made with the same save" in form.row("uses").note
        await pilot.press("ctrl+s")
    edit = stage(pilot).answer
    assert edit.edits == (
        AddTable("systems", "ab-tool", {}),
        SetKey("initiatives", "web-push", ("uses",), ["cdp", "ab-tool"]),
    )
    session.apply(edit)
    assert "ab-tool" in session.plan.roadmap.systems


async def test_coming_back_to_an_unknown_id_offers_to_create_it_again(session: Session) -> None:
    form = FormDialog(session, "initiatives", "web-push")
    async with on_stage(form) as pilot:
        await go_to(pilot, form, "outcomes")
        await type_in(pilot, ", new-orders")
        await pilot.press("tab")
        assert not form.row("outcomes").suggested.display
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert form.row("outcomes").suggested.found[-1].title == "create outcome 'new-orders'"
        await pilot.press("up", "enter", "ctrl+s")
    assert stage(pilot).answer.edits[0] == AddTable("outcomes", "new-orders", {})


async def test_making_something_new_is_chosen_never_taken(session: Session) -> None:
    form = FormDialog(session, "initiatives", None)
    async with on_stage(form) as pilot:
        await type_in(pilot, "Surveys")
        await go_to(pilot, form, "owner")
        await type_in(pilot, "research")
        row = form.row("owner")
        assert [each.title for each in row.suggested.found] == ["create team 'research'"]
        assert row.suggested.marked is None
        assert "↓ enter" in screen_text(pilot.app)
        await pilot.press("enter")
        assert not form.draft.around.creating
        await go_to(pilot, form, "owner")
        await type_in(pilot, "x")
        await pilot.press("backspace", "down", "enter")
        await settled(pilot)
        assert row.editor.text == "research"
        assert not row.has_focus_within, "typing goes on in the next field"
        assert form.consequence.text.startswith("+ new team research · ")


async def test_a_length_in_the_wrong_field_makes_no_team(session: Session) -> None:
    form = FormDialog(session, "initiatives", None)
    async with on_stage(form) as pilot:
        await go_to(pilot, form, "owner")
        await type_in(pilot, "6 weeks")
        assert not form.row("owner").suggested.found


async def test_taking_a_suggestion_goes_on_to_the_next_field(session: Session) -> None:
    form = FormDialog(session, "initiatives", "segments")
    async with on_stage(form) as pilot:
        await go_to(pilot, form, "owner")
        await clear(pilot)
        await type_in(pilot, "cr")
        await pilot.press("enter")
        await settled(pilot)
        assert form.row("owner").editor.text == "crm"
        assert not form.row("owner").has_focus_within


async def test_suggestions_cover_no_other_field(session: Session) -> None:
    form = FormDialog(session, "initiatives", "segments")
    async with on_stage(form, (80, 40)) as pilot:
        await go_to(pilot, form, "owner")
        await clear(pilot)
        await type_in(pilot, "d")
        lines = screen_text(pilot.app).splitlines()
        offered = [line for line in lines if "Data engineering" in line]
        assert offered
        assert not any(re.search(r"[a-z]", line.partition("data ")[0]) for line in offered)
        assert all(line.strip("│ ").endswith("engineering") for line in offered)


async def test_a_derived_id_is_typed_over(session: Session) -> None:
    form = FormDialog(session, "initiatives", None)
    async with on_stage(form) as pilot:
        await type_in(pilot, "Surveys")
        await pilot.press("tab")
        await type_in(pilot, "nps")
        assert form.row("id").editor.text == "nps"


async def test_a_side_that_no_owner_gives_is_asked_for(session: Session) -> None:
    form = FormDialog(session, "initiatives", None)
    async with on_stage(form):
        assert "portfolio" in [row.key for row in form.rows()]
    form = FormDialog(session, "initiatives", "segments")
    async with on_stage(form):
        assert "portfolio" not in [row.key for row in form.rows()]


async def test_a_new_initiative_gets_its_id_from_its_title(session: Session) -> None:
    form = FormDialog(session, "initiatives", None)
    async with on_stage(form) as pilot:
        await type_in(pilot, "AB tool rollout")
        assert form.row("id").editor.text == "ab-tool-rollout"
        await go_to(pilot, form, "estimate")
        await type_in(pilot, "2w")
        assert "ends 12 Mar" in form.row("estimate").note
        await pilot.press("ctrl+s")
    session.apply(stage(pilot).answer)
    dates = session.plan.schedule.get("ab-tool-rollout")
    assert dates is not None
    assert dates.duration == 10


async def test_fields_of_every_kind_fit_at_80_columns(session: Session) -> None:
    for kind in ("systems", "agreements", "calendars", "outcomes", "waivers", "views"):
        form = FormDialog(session, kind, None)
        async with on_stage(form) as pilot:
            text = screen_text(pilot.app)
            assert "no changes yet" in text
            assert "^s apply" in text
            await pilot.press("escape")


async def test_more_shows_the_other_fields(session: Session) -> None:
    form = FormDialog(session, "initiatives", "segments")
    async with on_stage(form) as pilot:
        before = len(form.rows())
        await pilot.press("ctrl+t")
        await settled(pilot)
        assert len(form.rows()) == len(form.draft.fields) > before
        assert "start_no_earlier_than" in {row.key for row in form.rows()}


async def test_unclear_fields_are_not_kept(session: Session) -> None:
    form = FormDialog(session, "initiatives", "web-push")
    async with on_stage(form) as pilot:
        await go_to(pilot, form, "estimate")
        await type_in(pilot, "x")
        await go_to(pilot, form, "title")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert form.consequence.text.startswith("✗ estimate: ")
        assert form.row("estimate").has_focus_within
        assert stage(pilot).answers == []


async def test_escape_asks_only_when_much_was_typed(session: Session) -> None:
    form = FormDialog(session, "initiatives", "web-push")
    async with on_stage(form) as pilot:
        await type_in(pilot, "x")
        await pilot.press("escape")
        assert stage(pilot).answer is None
    form = FormDialog(session, "initiatives", "web-push")
    async with on_stage(form) as pilot:
        for key in ("title", "uses", "outcomes"):
            await go_to(pilot, form, key)
            await clear(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert shown_dialog(pilot) == "AskDialog"
        await pilot.press("enter")
        await settled(pilot)
        assert shown_dialog(pilot) == "FormDialog"
        await pilot.press("escape", "right", "enter")
        await settled(pilot)
        assert stage(pilot).answers == [None]


async def test_unknown_keys_stand_below_and_are_kept(session: Session) -> None:
    form = FormDialog(session, "initiatives", "web-push")
    async with on_stage(form, (120, 36)) as pilot:
        assert "blue  kept as it is" in screen_text(pilot.app)


async def test_text_from_the_file_is_never_markup(tmp_path: Path) -> None:
    roadmap = """
[initiatives.a]
title = "[/] [@click=app.quit]x[/] \\u001b]52;c;aGk=\\u0007"
notes = "[b]\\u001b[31m"
owner = "[/]"
"[/x]" = "[/y]"
"""
    session = spring(tmp_path, roadmap)
    form = FormDialog(session, "initiatives", "a")
    async with on_stage(form, (120, 36)) as pilot:
        text = screen_text(pilot.app)
        assert "[/] [@click=app.quit]x[/] ␛]52;c;aGk=␇" in text
        assert "\x1b" not in text
        await go_to(pilot, form, "estimate")
        await type_in(pilot, "1w")
        await pilot.press("ctrl+s")
    assert stage(pilot).answer.edits == (SetKey("initiatives", "a", ("estimate",), "1w"),)


async def test_a_circle_is_refused_and_what_was_typed_stays(session: Session) -> None:
    form = FormDialog(session, "initiatives", "consent-api")
    async with on_stage(form) as pilot:
        await go_to(pilot, form, "needs")
        await type_in(pilot, "spring-launch")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "spring-launch → consent-api → web-push → spring-launch" in form.consequence.text
        assert not stage(pilot).answers
        assert form.row("needs").editor.text == "spring-launch"


async def test_a_later_status_date_is_told_as_time(session: Session) -> None:
    form = FormDialog(Session.open(session.path, today=date(2027, 3, 1)), "roadmap", "")
    async with on_stage(form, (120, 36)) as pilot:
        await go_to(pilot, form, "status_date")
        await clear(pilot)
        await type_in(pilot, "2027-06-01")
        assert "time goes on to 1 Jun" in form.consequence.text
        assert "costs" not in form.consequence.text


BUDGET = """
[roadmap]
start = 2027-03-01
currency = "EUR"
[portfolios.it]
title = "IT"
budget = 980000
[initiatives.launch]
title = "Spring launch"
kind = "milestone"
portfolio = "it"
cost = 1020000
"""


async def test_what_gets_worse_is_named_with_both_figures(tmp_path: Path) -> None:
    form = FormDialog(spring(tmp_path, BUDGET), "portfolios", "it")
    async with on_stage(form) as pilot:
        await go_to(pilot, form, "budget")
        await clear(pilot)
        await type_in(pilot, "880000")
        line = form.consequence.text
        assert line.startswith("Spring launch 1 Mar")
        assert line.endswith("worse ▲1: IT €140,000 over budget, was €40,000")


async def test_the_counts_stay_where_there_is_no_room_for_names(tmp_path: Path) -> None:
    form = FormDialog(spring(tmp_path, BUDGET), "portfolios", "it")
    async with on_stage(form, (60, 20)) as pilot:
        await go_to(pilot, form, "budget")
        await clear(pilot)
        await type_in(pilot, "880000")
        assert form.consequence.text == "Spring launch 1 Mar · worse ▲1"
