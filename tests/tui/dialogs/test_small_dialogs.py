"""The dialogs that ask one thing, each with what it shows before it is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from planner.entry.fuzzy import Candidate, rank
from planner.entry.needs import need_on
from planner.entry.removal import references_to, removal
from planner.session.session import Session
from planner.text.edits import AddTable, Edit, Edits, RemoveKey, RemoveTable, SetKey
from planner.tui.dialogs.agree import AgreeDialog
from planner.tui.dialogs.announce import AnnounceDialog
from planner.tui.dialogs.ask import AskDialog
from planner.tui.dialogs.cell import CellDialog
from planner.tui.dialogs.decide import DecideDialog
from planner.tui.dialogs.editors import Lines, OneLine
from planner.tui.dialogs.need import NeedDialog, UnneedDialog
from planner.tui.dialogs.prompt import FilterPrompt
from planner.tui.dialogs.remove import RemoveDialog
from planner.tui.dialogs.status import StatusDialog
from planner.tui.dialogs.tables import TablesDialog
from planner.tui.dialogs.target import TargetDialog
from planner.tui.dialogs.waive import WaiveDialog
from tests.tui.dialogs.stage import (
    ROADMAP,
    Stage,
    on_stage,
    screen_text,
    settled,
    spring,
    type_in,
)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return spring(tmp_path)


def answer(pilot: Pilot[None]) -> Any:
    return cast("Stage", pilot.app).answer


def parts(edit: Edit) -> list[Edit]:
    assert isinstance(edit, Edits)
    return list(edit.edits)


# --- one cell -------------------------------------------------------------------------------------


async def test_a_cell_is_edited_in_place(session: Session) -> None:
    dialog = CellDialog(session, "initiatives", "consent-api", ("estimate",))
    async with on_stage(dialog) as pilot:
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "5w")
        assert dialog.row.note == "→ 5 weeks = 25 working days, ends 2 Apr"
        assert dialog.consequence.text.startswith("Spring launch 23 Apr +5d")
        await pilot.press("enter")
    assert parts(answer(pilot)) == [SetKey("initiatives", "consent-api", ("estimate",), "5w")]


async def test_a_cell_left_with_escape_changes_nothing(session: Session) -> None:
    async with on_stage(CellDialog(session, "initiatives", "consent-api", "estimate")) as pilot:
        await type_in(pilot, "0")
        await pilot.press("escape")
    assert answer(pilot) is None


async def test_an_unchanged_cell_gives_no_edit(session: Session) -> None:
    async with on_stage(CellDialog(session, "initiatives", "consent-api", "estimate")) as pilot:
        await pilot.press("enter")
    assert answer(pilot) is None


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('actual_start = 2027-02-22\nremaining = "1w"\n', "remaining 1w decides, not estimate"),
        ("actual_start = 2027-02-22\npercent_complete = 50\n", "3 working days to do"),
        ("actual_start = 2027-02-22\n", "5 working days to do from 1 Mar"),
        ("", ""),
    ],
)
async def test_the_estimate_of_started_work_says_what_decides(
    tmp_path: Path, written: str, says: str
) -> None:
    session = spring(tmp_path, f'[initiatives.a]\nestimate = "1w"\n{written}')
    dialog = CellDialog(session, "initiatives", "a", "estimate")
    async with on_stage(dialog) as pilot:
        assert says in dialog.row.note
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "2w")
        assert "ends" in dialog.row.note
        assert ("a has started" in dialog.row.note) == bool(says)


# --- dependencies ---------------------------------------------------------------------------------


async def test_a_dependency_is_picked_then_its_link_is_typed(session: Session) -> None:
    dialog = NeedDialog(session, "web-push")
    async with on_stage(dialog) as pilot:
        await type_in(pilot, "seg")
        assert [each.id for each in dialog.offered.found] == ["segments"]
        await pilot.press("enter")
        await type_in(pilot, "+3w")
        assert "→ starts 3 weeks after segments finishes" in screen_text(pilot.app)
        assert dialog.consequence.text.startswith("Spring launch 23 Apr +5d")
        await pilot.press("enter")
    assert parts(answer(pilot)) == [
        SetKey("initiatives", "web-push", ("needs",), ["consent-api", "segments +3w"])
    ]


async def test_what_would_close_a_circle_is_not_offered(session: Session) -> None:
    dialog = NeedDialog(session, "consent-api")
    async with on_stage(dialog) as pilot:
        assert [each.id for each in dialog.offered.all] == ["segments"]
        assert "2 left out, which would close a circle" in screen_text(pilot.app)
        await pilot.press("escape")


async def test_the_marked_predecessor_is_weighed_before_it_is_picked(session: Session) -> None:
    dialog = NeedDialog(session, "segments")
    async with on_stage(dialog) as pilot:
        await type_in(pilot, "web")
        assert "Spring launch 30 Apr +10d" in dialog.consequence.text
        await pilot.press("ctrl+s")
    assert parts(answer(pilot)) == [SetKey("initiatives", "segments", ("needs",), ["web-push"])]


async def test_escape_goes_back_from_the_link_to_the_predecessors(session: Session) -> None:
    dialog = NeedDialog(session, "segments")
    async with on_stage(dialog) as pilot:
        await type_in(pilot, "web")
        await pilot.press("enter", "escape")
        await settled(pilot)
        assert dialog.on is None
        assert dialog.offered.display
        await pilot.press("escape")
    assert answer(pilot) is None


async def test_a_dependency_is_taken_out(session: Session) -> None:
    dialog = UnneedDialog(session, "spring-launch")
    async with on_stage(dialog) as pilot:
        text = screen_text(pilot.app)
        assert "web-push" in text
        assert "drives" in text
        assert dialog.consequence.text.startswith("Spring launch 12 Mar −25d")
        await pilot.press("j")
        await settled(pilot)
        assert "unchanged" in dialog.consequence.text
        await pilot.press("k", "enter")
    (edit,) = parts(answer(pilot))
    assert isinstance(edit, SetKey)
    assert [need_on(one) for one in edit.value] == ["segments"]


async def test_a_dependency_that_was_agreed_asks_before_it_goes(session: Session) -> None:
    dialog = UnneedDialog(session, "spring-launch")
    async with on_stage(dialog) as pilot:
        await pilot.press("j", "enter")
        await settled(pilot)
        asked = pilot.app.screen
        assert isinstance(asked, AskDialog)
        assert "agreed 2027-02-15" in screen_text(pilot.app)
        assert asked.press("leave").has_focus
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen is dialog
        await pilot.press("enter", "u")
    assert parts(answer(pilot)) == [
        SetKey("initiatives", "spring-launch", ("needs",), ["web-push"])
    ]


async def test_the_last_dependency_takes_its_key_along(session: Session) -> None:
    async with on_stage(UnneedDialog(session, "web-push")) as pilot:
        await pilot.press("enter")
    assert parts(answer(pilot)) == [RemoveKey("initiatives", "web-push", ("needs",))]


# --- announce -------------------------------------------------------------------------------------


async def test_an_announcement_answers_while_the_day_is_typed(session: Session) -> None:
    dialog = AnnounceDialog(session, "web-push")
    async with on_stage(dialog) as pilot:
        await settled(pilot)
        finish = session.plan.schedule.get("web-push")
        assert finish is not None
        assert dialog.rows()[0].text == finish.finish.isoformat()
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "2027-03-05")
        assert "on 5 Mar: no" in screen_text(pilot.app)
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "2027-09-01")
        await pilot.press("enter")
    assert parts(answer(pilot)) == [
        SetKey("initiatives", "web-push", ("announced",), date(2027, 9, 1))
    ]


# --- status ---------------------------------------------------------------------------------------


async def test_a_status_writes_its_date(session: Session) -> None:
    dialog = StatusDialog(session, "consent-api")
    async with on_stage(dialog) as pilot:
        assert dialog.status == "planned"
        await pilot.press("down")
        await settled(pilot)
        assert dialog.rows()[0].text == "2027-03-01"
        await pilot.press("enter")
    assert parts(answer(pilot)) == [
        SetKey("initiatives", "consent-api", ("status",), "active"),
        SetKey("initiatives", "consent-api", ("actual_start",), date(2027, 3, 1)),
    ]


async def test_the_date_of_a_status_can_be_another(session: Session) -> None:
    dialog = StatusDialog(session, "segments")
    async with on_stage(dialog) as pilot:
        await pilot.press("down", "down", "down")
        assert dialog.status == "done"
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "last fri")
        assert "Fri 26 Feb 2027" in screen_text(pilot.app)
        await pilot.press("enter")
    assert parts(answer(pilot))[1] == SetKey(
        "initiatives", "segments", ("actual_finish",), date(2027, 2, 26)
    )


async def test_a_status_is_found_by_its_letters(session: Session) -> None:
    dialog = StatusDialog(session, "consent-api")
    async with on_stage(dialog) as pilot:
        for letters, status in (("act", "active"), ("dr", "dropped"), ("do", "done")):
            await type_in(pilot, letters)
            assert dialog.status == status
            assert "✗" not in screen_text(pilot.app), "dropped work is no error"
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "26 feb")
        assert "Fri 26 Feb 2027" in screen_text(pilot.app)
        assert dialog.status == "done", "letters belong to a day that was begun"


STARTED = '[initiatives.a]\nestimate = "1w"\nstatus = "active"\nactual_start = 2027-02-22\n'


@pytest.mark.parametrize("answered", ["leave", "take"])
async def test_going_back_to_planned_asks_before_a_recorded_date_goes(
    tmp_path: Path, answered: str
) -> None:
    dialog = StatusDialog(spring(tmp_path, STARTED), "a")
    async with on_stage(dialog) as pilot:
        await pilot.press("up")
        await settled(pilot)
        text = screen_text(pilot.app)
        assert "status active and actual_start 2027-02-22 removed" in text
        await pilot.press("enter")
        await settled(pilot)
        asked = pilot.app.screen
        assert isinstance(asked, AskDialog)
        assert asked.press("leave").has_focus
        await pilot.press(*(["right", "enter"] if answered == "take" else ["enter"]))
        await settled(pilot)
        if answered == "leave":
            assert pilot.app.screen is dialog, "nothing is kept by enter enter"
            return
    assert parts(answer(pilot)) == [
        SetKey("initiatives", "a", ("status",), "planned"),
        RemoveKey("initiatives", "a", ("actual_start",)),
    ]


async def test_a_status_said_again_changes_nothing(tmp_path: Path) -> None:
    async with on_stage(StatusDialog(spring(tmp_path, STARTED), "a")) as pilot:
        await pilot.press("enter")
    assert answer(pilot) is None


async def test_another_day_for_a_recorded_date_asks_too(tmp_path: Path) -> None:
    async with on_stage(StatusDialog(spring(tmp_path, STARTED), "a")) as pilot:
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "24 feb")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, AskDialog)
        await pilot.press("r")
    assert parts(answer(pilot)) == [
        SetKey("initiatives", "a", ("actual_start",), date(2027, 2, 24))
    ]


async def test_paused_work_keeps_the_day_it_started(tmp_path: Path) -> None:
    async with on_stage(StatusDialog(spring(tmp_path, STARTED), "a")) as pilot:
        await type_in(pilot, "pa")
        await pilot.press("enter")
    assert parts(answer(pilot)) == [SetKey("initiatives", "a", ("status",), "paused")]


# --- what was said ---


@pytest.mark.parametrize("answered", ["keep", "again"])
async def test_a_review_that_was_given_asks_before_it_gets_another_day(
    tmp_path: Path, answered: str
) -> None:
    text = '[initiatives.a]\nconsulted = ["legal"]\nreviews = { legal = 2027-01-11 }\n'
    dialog = AgreeDialog(spring(tmp_path, text), "initiatives", "a")
    async with on_stage(dialog) as pilot:
        await pilot.press("enter")
        await settled(pilot)
        asked = pilot.app.screen
        assert isinstance(asked, AskDialog)
        assert asked.press("leave").has_focus
        await pilot.press("enter" if answered == "keep" else "r")
        await settled(pilot)
        if answered == "keep":
            assert pilot.app.screen is dialog
            return
    assert parts(answer(pilot)) == [
        SetKey("initiatives", "a", ("reviews", "legal"), date(2027, 3, 1))
    ]


# --- removing -------------------------------------------------------------------------------------


async def test_a_group_can_go_and_its_work_stays(tmp_path: Path) -> None:
    text = '[groups.keep]\n[initiatives.a]\npart_of = "keep"\nportfolio = "it"\n'
    dialog = RemoveDialog(spring(tmp_path, text), "groups", "keep")
    async with on_stage(dialog) as pilot:
        assert "Remove the group, keep its members, and 1 reference" in screen_text(pilot.app)
        await pilot.press("down", "enter")
    assert parts(answer(pilot)) == [
        RemoveKey("initiatives", "a", ("part_of",)),
        RemoveTable("groups", "keep"),
    ]


async def test_what_has_no_table_says_why_nothing_can_go(tmp_path: Path) -> None:
    text = '[initiatives.a]\nportfolio = "it"\n'
    async with on_stage(RemoveDialog(spring(tmp_path, text), "portfolios", "it")) as pilot:
        assert "The file has no table for this portfolio" in screen_text(pilot.app)


async def test_dropping_is_offered_first(session: Session) -> None:
    dialog = RemoveDialog(session, "initiatives", "segments")
    async with on_stage(dialog) as pilot:
        assert "▸ Set status to dropped (stays in the file)" in screen_text(pilot.app)
        await pilot.press("enter")
    assert parts(answer(pilot)) == [SetKey("initiatives", "segments", ("status",), "dropped")]


async def test_what_is_done_can_not_be_dropped(tmp_path: Path) -> None:
    done = '[initiatives.a]\nstatus = "done"\nactual_finish = 2027-02-26\n'
    dialog = RemoveDialog(spring(tmp_path, done), "initiatives", "a")
    async with on_stage(dialog) as pilot:
        await pilot.press("enter")
    assert answer(pilot) is None


async def test_removing_takes_the_references_along(session: Session) -> None:
    dialog = RemoveDialog(session, "initiatives", "web-push")
    async with on_stage(dialog) as pilot:
        assert "spring-launch  needs" in screen_text(pilot.app)
        await pilot.press("j")
        await settled(pilot)
        assert dialog.consequence.text.startswith("Spring launch 12 Mar −25d")
        await pilot.press("enter")
    edits = parts(answer(pilot))
    assert edits[-1] == RemoveTable("initiatives", "web-push")
    plan = session.preview(answer(pilot)).plan
    assert "web-push" not in plan.roadmap.initiatives
    assert not [finding for finding in plan.findings if finding.code == "PLAN02"]


async def test_the_safe_answer_comes_first_for_other_kinds(session: Session) -> None:
    async with on_stage(RemoveDialog(session, "systems", "cdp")) as pilot:
        assert "▸ Cancel" in screen_text(pilot.app)
        await pilot.press("enter")
    assert answer(pilot) is None


def test_every_shape_of_reference_goes(tmp_path: Path) -> None:
    session = spring(
        tmp_path,
        """
[teams.web]
lead = "ana"
[teams.crm]
[people.ana]
team = "web"
[initiatives.a]
owner = "web"
consulted = ["web", "crm"]
reviews = { web = 2027-01-04, crm = 2027-01-05 }
staff = { web = 2 }
needs = [{ on = "b", delivers = "x" }, "c SS+5d"]
[initiatives.b]
[initiatives.c]
[checks.reviews_for]
personal = ["web", "crm"]
""",
    )
    assert len(references_to(session.plan, "teams", "web")) >= 5
    plan = session.preview(removal(session.plan, "teams", "web")).plan
    assert plan.tables["initiatives"]["a"] == {
        "consulted": ["crm"],
        "reviews": {"crm": date(2027, 1, 5)},
        "needs": [{"on": "b", "delivers": "x"}, "c SS+5d"],
    }
    plan = session.preview(removal(session.plan, "initiatives", "b")).plan
    assert plan.tables["initiatives"]["a"]["needs"] == ["c SS+5d"]


# --- waiving --------------------------------------------------------------------------------------


async def test_a_waiver_needs_reason_name_and_end(tmp_path: Path) -> None:
    session = spring(tmp_path, ROADMAP.replace("2027-04-16", "2027-04-09"))
    late = next(finding for finding in session.plan.findings if finding.code == "DATE01")
    dialog = WaiveDialog(session, late)
    async with on_stage(dialog) as pilot:
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert dialog.consequence.text == "✗ reason: why is it acceptable?"
        await type_in(pilot, "known and small")
        await pilot.press("enter")
        await type_in(pilot, "ana")
        await pilot.press("tab")
        await type_in(pilot, "end apr")
        assert "waives ✗1" in dialog.consequence.text
        await pilot.press("enter")
    (added,) = parts(answer(pilot))
    assert isinstance(added, AddTable)
    assert added.values == {
        "rule": "DATE01",
        "on": ["spring-launch"],
        "reason": "known and small",
        "by": "ana",
        "until": date(2027, 4, 30),
    }
    plan = session.preview(answer(pilot)).plan
    assert [finding.waived for finding in plan.findings if finding.code == "DATE01"] == [True]


# --- asking, picking, filtering -------------------------------------------------------------------


async def test_the_safe_answer_has_the_focus() -> None:
    choices = {"stay": "Stay", "quit": "Discard and quit"}
    async with on_stage(AskDialog("Unsaved changes", choices, "stay")) as pilot:
        await pilot.press("enter")
    assert answer(pilot) == "stay"


@pytest.mark.parametrize(
    ("keys", "chosen"), [(("right", "enter"), "b"), (("n",), "b"), (("escape",), None)]
)
async def test_answers_by_arrow_letter_and_escape(
    keys: tuple[str, ...], chosen: str | None
) -> None:
    async with on_stage(AskDialog("Well?", {"a": "Yes", "b": "No"}, "a")) as pilot:
        await pilot.press(*keys)
    assert answer(pilot) == chosen


async def test_picking_by_a_few_letters(session: Session) -> None:
    dialog = TargetDialog(session, list(session.plan.roadmap.initiatives))
    async with on_stage(dialog) as pilot:
        await type_in(pilot, "returning")
        assert "1 of 4" in screen_text(pilot.app)
        await pilot.press("enter")
    assert answer(pilot) == "web-push"


def test_nearer_names_come_first() -> None:
    names = ["customer-push", "push", "web-push", "pu-sh", "shop"]
    found = rank("push", [Candidate(name) for name in names])
    assert [each.id for each in found] == ["push", "web-push", "customer-push"]
    assert [each.id for each in rank("wbp", [Candidate(name) for name in names])] == ["web-push"]
    assert rank("zzz", [Candidate("push")]) == []
    titled = [Candidate("a", "Café für die Straße"), Candidate("b", "Web push")]
    for query in ("cafe", "CAFÉ", "strasse", "fur"):
        assert [each.id for each in rank(query, titled)] == ["a"]


async def test_the_filter_is_live_and_escape_brings_the_old_one_back(session: Session) -> None:
    seen: list[str] = []
    prompt = FilterPrompt(session, "done", seen.append)
    async with on_stage(prompt) as pilot:
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "owner:data")
        assert seen[-1] == "owner:data"
        assert prompt.said == "2 of 4"
        await type_in(pilot, " ownr:x")
        assert prompt.said.startswith("✗ no key `ownr`; nearest: owner:x")
        await pilot.press("escape")
    assert answer(pilot) is None
    assert seen[-1] == "done"


# --- tables ---------------------------------------------------------------------------------------


async def test_a_kind_is_listed_and_added_to(session: Session) -> None:
    dialog = TablesDialog(session, "teams", session.apply)
    async with on_stage(dialog) as pilot:
        text = screen_text(pilot.app)
        assert "▸ crm" in text
        assert "CRM and lifecycle" in text
        await pilot.press("a")
        await settled(pilot)
        await type_in(pilot, "Web team")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert dialog.ids == ["crm", "data", "web-team"]
        await pilot.press("G", "x")
        await settled(pilot)
        await pilot.press("j", "enter")
        await settled(pilot)
        assert dialog.ids == ["crm", "data"]
        await pilot.press("escape")


async def test_actions_are_a_kind_like_others(session: Session) -> None:
    session.apply(AddTable("people", "jo", {}))
    dialog = TablesDialog(session, "actions", session.apply)
    async with on_stage(dialog) as pilot:
        await pilot.press("a")
        await settled(pilot)
        await type_in(pilot, "Ask legal")
        await pilot.press("tab", "tab")
        await type_in(pilot, "jo")
        await pilot.press("tab")
        await type_in(pilot, "2027-04-01")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "▸ ask-legal" in screen_text(pilot.app)
    action = session.plan.roadmap.actions["ask-legal"]
    assert (action.label, action.owner, action.due) == ("Ask legal", "jo", date(2027, 4, 1))


async def test_an_empty_kind_says_how_to_begin(session: Session) -> None:
    async with on_stage(TablesDialog(session, "decisions", session.apply)) as pilot:
        assert "no decision in this roadmap yet. a: add one" in screen_text(pilot.app)
        await pilot.press("escape")


async def test_many_answers_stand_below_each_other() -> None:
    choices = [f"answer number {number} of many" for number in range(5)]
    async with on_stage(AskDialog("Which?", choices)) as pilot:
        text = screen_text(pilot.app)
        assert all(choice in text for choice in choices)
        await pilot.press("down", "down", "enter")
    assert answer(pilot) == choices[2]


async def test_no_cursor_blinks(session: Session) -> None:
    async with on_stage(CellDialog(session, "initiatives", "web-push", "needs")) as pilot:
        assert not pilot.app.screen.query_one(Lines).cursor_blink
    async with on_stage(TargetDialog(session, ["web-push"])) as pilot:
        assert not pilot.app.screen.query_one(OneLine).cursor_blink


# --- deciding -------------------------------------------------------------------------------------

DECISION = """
[decisions.sms]
title = "Who sends text messages"
options = ["telephone contract", "own provider"]
needed_by = 2027-03-19
owner = "data"
"""


async def test_a_decision_takes_one_of_its_options_and_the_day(tmp_path: Path) -> None:
    session = spring(tmp_path, ROADMAP + DECISION)
    async with on_stage(DecideDialog(session, "sms")) as pilot:
        await pilot.press("down", "ctrl+u")
        await type_in(pilot, "2027-02-26")
        await pilot.press("enter")
    assert parts(answer(pilot)) == [
        SetKey("decisions", "sms", ("decided",), date(2027, 2, 26)),
        SetKey("decisions", "sms", ("choice",), "own provider"),
    ]


async def test_what_is_none_of_the_options_is_said_in_words(tmp_path: Path) -> None:
    session = spring(tmp_path, ROADMAP + DECISION)
    dialog = DecideDialog(session, "sms")
    async with on_stage(dialog) as pilot:
        await pilot.press("down", "down", "enter")
        await settled(pilot)
        assert "what was decided?" in dialog.consequence.text
        assert "1 mar" not in screen_text(pilot.app), "no date is asked for"
        await type_in(pilot, "no messages")
        await pilot.press("enter")
    assert parts(answer(pilot)) == [
        SetKey("decisions", "sms", ("decided",), session.plan.as_of),
        SetKey("decisions", "sms", ("choice",), "no messages"),
    ]


async def test_a_decision_that_is_made_changes_only_where_that_is_meant(tmp_path: Path) -> None:
    made = 'decided = 2027-02-01\nchoice = "own provider"\n'
    session = spring(tmp_path, ROADMAP + DECISION + made)
    async with on_stage(DecideDialog(session, "sms")) as pilot:
        await pilot.press("up", "enter")
        await settled(pilot)
        assert "2027-02-01" in screen_text(pilot.app)
        await pilot.press("enter", "escape")
    assert answer(pilot) is None
