"""The agreements view: the matrix, the hand-overs, and recording what was agreed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Static

from planner.analysis.raci import Column
from planner.roadmap.quantities import Counter
from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.board.detail import DetailPane
from planner.tui.dialogs.form import FormDialog
from planner.tui.views.agreements import AgreementsView
from planner.tui.views.agreements_detail import part_explained
from planner.tui.views.agreements_lines import layout_of
from planner.tui.views.agreements_parts import Part
from tests.tui.looking import Looked, looking

NARROW, WIDE = (80, 24), (120, 36)
Open = Callable[[str], Session]

TEAMS = """
[roadmap]
title = "Spring"
start = 2027-03-01
status_date = 2027-03-22
[teams.crm]
title = "CRM"
portfolio = "marketing"
[teams.growth]
portfolio = "marketing"
[teams.data]
title = "Data platform"
portfolio = "it"
[teams.privacy]
portfolio = "it"
"""

AGREED = (
    TEAMS
    + """
[agreements.mail]
title = "Sending e-mail"
accountable = "crm"
responsible = ["crm", "data"]
why = "One sender, one reputation."
agreed = { marketing = 2027-01-11, it = 2027-01-18 }
review_by = 2027-09-01
[agreements.tests]
title = "Testing on the site"
accountable = "growth"
informed = ["data"]
agreed = { marketing = 2027-02-01 }
[agreements.tags]
title = "Tags"
accountable = ["growth", "data"]
[agreements.profiles]
title = "Customer profiles"
consulted = ["privacy"]
agreed = { marketing = 2027-02-01, it = 2027-02-01 }

[initiatives.profile-api]
title = "Profile API"
owner = "data"
estimate = "4w"
[initiatives.consent]
title = "Consent centre"
estimate = "3w"
portfolio = "it"
[initiatives.push]
title = "Web push"
owner = "crm"
estimate = "3w"
consulted = ["privacy"]
needs = [
    "consent",
    { on = "profile-api", delivers = "segments", asked = 2027-03-08, needed_by = 2027-04-09 },
]
[initiatives.launch]
title = "Spring launch"
owner = "crm"
estimate = "0d"
needs = ["push"]
deadline = 2027-05-10
"""
)


def view(screen: Looked) -> AgreementsView:
    assert isinstance(screen.app.screen, AgreementsView)
    return screen.app.screen


async def opened(screen: Looked, *keys: str) -> Looked:
    await screen.press("6", "g", *keys)
    return await screen.rest()


def line_with(screen: Looked, text: str) -> str:
    return next(line for line in screen.lines[3:] if text in line)


# --- what is shown --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
async def test_what_it_looks_like(
    roadmap: Open, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with looking(roadmap(AGREED), size) as screen:
        await opened(screen, "j")
        assert screen.body == snapshot


@pytest.mark.parametrize("width", range(40, 90, 7))
def test_a_sign_of_the_legend_stays_with_its_words(roadmap: Open, width: int) -> None:
    part = Part("agreements", "Agreements", (), ())
    told = part_explained(roadmap(AGREED).plan, part, (), (), {"crm": "crm-desk"}, width)
    lines = ["".join(text for text, _ in line).strip() for line in told.lines]
    assert not [line for line in lines if line.rpartition(" ")[2] in ("A", "R", "C", "I", "!", "?")]


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
async def test_an_empty_view_says_how_to_start(
    roadmap: Open, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with looking(roadmap('[initiatives.a]\nestimate = "1w"'), size) as screen:
        await opened(screen)
        assert "No responsibilities yet." in screen.text
        assert screen.body == snapshot
        await screen.press("a")
        assert "Agreement" in screen.text or "agreement" in screen.text


async def test_gaps_and_double_accountables_are_seen_at_a_glance(roadmap: Open) -> None:
    async with looking(roadmap(AGREED), WIDE) as screen:
        await opened(screen)
        assert "✗2 no accountable · ▲1 several · waiting for IT 10d" in screen.lines[2]
        assert line_with(screen, "Sending e-mail").startswith(" √ ")
        assert line_with(screen, "Testing on the site").startswith(" ? ")
        assert "not agreed: IT" in line_with(screen, "Testing on the site")
        assert line_with(screen, "Tags").startswith(" ▲ ")
        assert line_with(screen, "Customer profiles").startswith(" ✗ ")
        assert "no accountable team" in line_with(screen, "Consent centre")


@pytest.mark.parametrize(
    ("width", "asked", "said"),
    [
        (80, "", "Agreements · ✗2 no accountable · ▲1 several · waiting for IT 10d"),
        (65, "", "Agreements · ✗2 no accountable · ▲1 several · waiting for IT 10d"),
        (64, "", "Agreements · ✗2 · ▲1 · waiting for IT 10d"),
        (80, "owner:data", "Agreements · ✗2 · ▲1 · waiting for IT 10d · filter owner:data"),
        (61, "owner:data", "Agreements · ✗2 · ▲1 · filter owner:data"),
        (62, "owner:data", "Agreements · ✗2 · ▲1 · waiting for IT 10d · filter owner:data"),
    ],
)
async def test_the_heading_leaves_out_whole_words(
    roadmap: Open, width: int, asked: str, said: str
) -> None:
    async with looking(roadmap(AGREED), (width, 24)) as screen:
        await opened(screen)
        view(screen).filtering.set(asked)
        await screen.rest()
        assert screen.lines[2] == f" {said}"


async def test_a_hand_over_has_its_days_and_who_is_waited_for(roadmap: Open) -> None:
    async with looking(roadmap(AGREED), WIDE) as screen:
        await opened(screen, "G")
        row = line_with(screen, "profile-api → push")
        assert row.split()[4:] == ["8", "Mar", "–", "9", "Apr", "–", "16", "Apr", "–", "5d", "late"]
        assert "Data platform (IT) answers; waiting for 10 working days" in screen.text
        assert "if late" in screen.text


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
async def test_a_date_of_another_year_has_a_column_as_wide(
    roadmap: Open, size: tuple[int, int]
) -> None:
    text = AGREED.replace("asked = 2027-03-08", "asked = 2026-12-14")
    async with looking(roadmap(text), size) as screen:
        await opened(screen, "G")
        row = line_with(screen, "profile-api → push")
        assert " 14 Dec 2026 " in row
        heading = line_with(screen, "waiting for")
        assert [heading.index("asked"), heading.index("waiting")] == [
            row.index("14 Dec"),
            row.index("5d late"),
        ]


async def test_what_would_break_is_worked_out_for_the_row_under_the_cursor(roadmap: Open) -> None:
    async with looking(roadmap(AGREED), WIDE) as screen:
        await opened(screen, "G")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert "by 5 working days: launch +5d to 14 May; then launch is 4d late" in screen.text


@pytest.mark.parametrize(
    ("width", "teams", "shown", "words"),
    [(80, 4, 4, 0), (80, 16, 11, 0), (120, 16, 16, 20), (200, 16, 16, 32)],
)
def test_columns_fold_by_width(width: int, teams: int, shown: int, words: int) -> None:
    columns = tuple(Column(f"team-{n}", "", "it") for n in range(teams))
    layout = layout_of(width, columns, 0)
    assert (len(layout.teams), layout.words) == (shown, words)
    assert layout_of(width, columns, 99).first == teams - shown


async def test_teams_are_named_in_full_where_there_is_room(acme: Session) -> None:
    async with looking(acme, (200, 60)) as screen:
        await opened(screen)
        assert "growth insight loyalty media studio web joint" in line_with(screen, "Agreements 6")
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        assert "gro growth · ins insight" in screen.text
        await screen.press("G")
        assert "mktg 20d" in line_with(screen, "autumn-content")


async def test_teams_that_are_out_of_view_come_with_l(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        assert line_with(screen, "Agreements 6").endswith("+5›")
        await screen.press(*"lllll")
        assert "w-e" in line_with(screen, "Agreements 6")
        await screen.press("h")
        assert "w-e" not in line_with(screen, "Agreements 6")


# --- getting about --------------------------------------------------------------------------------


async def test_tab_goes_from_part_to_part_and_brackets_to_what_lacks_something(
    roadmap: Open,
) -> None:
    async with looking(roadmap(AGREED), NARROW) as screen:
        await opened(screen)
        listing = view(screen).listing
        seen = []
        for _ in range(3):
            await screen.press("tab")
            seen.append(listing.cursor)
        assert seen == [5, 10, 0]
        await screen.press("right_square_bracket")
        assert screen.selected == "tests"
        await screen.press("left_square_bracket")
        assert "This is the first one" in screen.foot


async def test_what_is_selected_on_the_board_is_selected_here(roadmap: Open) -> None:
    async with looking(roadmap(AGREED), WIDE) as screen:
        screen.app.desk.selected = ("initiatives", "consent")
        await screen.press("6")
        await screen.rest()
        assert "Consent centre  consent   ✗ no accountable team" in screen.text


async def test_enter_gives_the_words_the_whole_screen(roadmap: Open) -> None:
    async with looking(roadmap(AGREED), NARROW) as screen:
        await opened(screen, "j", "enter")
        assert "One sender, one reputation." in screen.text
        assert "Customer profiles" not in screen.text
        await screen.press("escape")
        assert "Customer profiles" in screen.text


async def test_parts_fold(roadmap: Open) -> None:
    async with looking(roadmap(AGREED), NARROW) as screen:
        await opened(screen, "z")
        assert "Sending e-mail" not in screen.text
        await screen.press("Z")
        assert "Profile API" not in screen.body
        await screen.press("Z")
        assert "Sending e-mail" in screen.text


async def test_the_handovers_say_which_of_them_frees_which_launch(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen, "tab", "tab")
        assert "one yes frees it: customer-sso → loyalty-relaunch" in screen.text
        assert "one yes frees it: autumn-content → autumn-range-load" in screen.text
        await screen.press(*"jjjjjjjj")
        await screen.rest()
        assert screen.selected == "loyalty-relaunch"
        frees = "Loyalty programme relaunch, Peak-season campaign build with 3 others"
        assert frees in screen.line_with("frees ")


async def test_the_filter_keeps_what_matches(roadmap: Open) -> None:
    async with looking(roadmap(AGREED), WIDE) as screen:
        await opened(screen)
        view(screen).filtering.set("profile-api")
        await screen.rest()
        assert "consent → push" not in screen.text
        assert "profile-api → push" in screen.text


async def test_the_filter_keeps_the_agreements_on_what_matching_work_touches(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        view(screen).filtering.set("audience-activation")
        await screen.rest()
        assert "Audiences sent to ad platforms" in screen.text
        assert "Tags on the site" not in screen.text
        view(screen).filtering.set("nothing-like-this")
        await screen.rest()
        assert "Nothing here matches the filter" in screen.text


async def test_the_cursor_stays_on_its_row_when_the_plan_changes(roadmap: Open) -> None:
    session = roadmap(AGREED)
    async with looking(session, WIDE) as screen:
        await opened(screen, "G")
        session.apply(SetKey("initiatives", "consent", ("status",), "dropped"))
        await screen.rest()
        assert "consent → push" not in screen.text
        assert "profile-api → push  IT to Marketing" in screen.text


# --- recording ------------------------------------------------------------------------------------


async def test_agreeing_to_a_hand_over(roadmap: Open) -> None:
    session = roadmap(AGREED)
    async with looking(session, WIDE) as screen:
        await opened(screen, "G", "A")
        await screen.rest()
        assert "IT agrees to profile-api → push by 16 Apr" in screen.text
        assert "seen: delivers “segments” · finishes 16 Apr · needed by 9 Apr" in screen.text
        await screen.press("enter")
        await screen.rest()
        need = session.plan.roadmap.initiatives["push"].needs[1]
        assert (need.agreed, need.promised) == (date(2027, 3, 22), date(2027, 4, 16))
        assert session.history.undo_label == "IT agrees to profile-api → push by 16 Apr"
        assert "√ 22 Mar" in line_with(screen, "profile-api → push")


async def test_promising_another_day(roadmap: Open) -> None:
    session = roadmap(AGREED)
    async with looking(session, WIDE) as screen:
        await opened(screen, "G", "A", "down")
        await screen.rest()
        assert "promised for" in screen.text
        assert "IT promises profile-api → push for 16 Apr" in screen.text
        await screen.press("ctrl+u", *"23apr")
        await screen.rest()
        assert "if it comes on 23 Apr: " in screen.text
        await screen.press("enter")
        await screen.rest()
        need = session.plan.roadmap.initiatives["push"].needs[1]
        assert (need.agreed, need.promised) == (None, None)
        wanted = Counter(by="it", on=date(2027, 3, 22), promised=date(2027, 4, 23))
        assert need.counter == wanted
        assert "⇄ 22 Mar" in line_with(screen, "profile-api → push")
        await screen.press("A", "enter")
        await screen.rest()
        need = session.plan.roadmap.initiatives["push"].needs[1]
        assert (need.agreed, need.promised) == (date(2027, 3, 22), date(2027, 4, 23))
        assert (need.counter, need.by) == (None, "marketing")


async def test_of_several_hand_overs_none_is_recorded_until_one_is_marked(roadmap: Open) -> None:
    session = roadmap(AGREED)
    async with looking(session, WIDE) as screen:
        screen.app.desk.selected = ("initiatives", "push")
        await screen.press("2", "1", "A")
        await screen.rest()
        assert "▸" not in screen.body
        await screen.press("enter")
        await screen.rest()
        assert "which one?" in screen.text
        assert session.history.undo_label is None
        await screen.press("down", "enter")
        await screen.rest()
        assert session.history.undo_label == "Marketing asks IT for consent → push"


async def test_a_note_is_kept_with_an_answer(roadmap: Open) -> None:
    session = roadmap(AGREED)
    async with looking(session, WIDE) as screen:
        await opened(screen, "G", "A", "down", "down", "tab", *"no people", "enter")
        await screen.rest()
        need = session.plan.roadmap.initiatives["push"].needs[1]
        assert (need.declined, need.note, need.by) == (date(2027, 3, 22), "no people", "it")


async def test_a_later_day_that_is_taken_holds_the_supplier_where_that_is_chosen(
    roadmap: Open,
) -> None:
    counter = "needed_by = 2027-04-09, counter = { by = 'it', promised = 2027-04-23 }"
    session = roadmap(AGREED.replace("needed_by = 2027-04-09", counter))
    async with looking(session, WIDE) as screen:
        await opened(screen, "G", "A")
        await screen.rest()
        assert "if it comes on 23 Apr: " in screen.text
        await screen.press("down", "enter")
        await screen.rest()
        initiatives = session.plan.roadmap.initiatives
        assert initiatives["profile-api"].finish_no_earlier_than == date(2027, 4, 23)
        assert initiatives["push"].needs[1].agreed == date(2027, 3, 22)


async def test_a_day_that_is_typed_in_a_form_has_a_consequence_and_waits(roadmap: Open) -> None:
    session = roadmap(AGREED)
    async with looking(session, NARROW) as screen:
        screen.app.desk.selected = ("initiatives", "push")
        await screen.press("2", "1", "E")
        form = screen.app.screen
        assert isinstance(form, FormDialog)
        form.row("needs").editor.focus()
        await screen.press(*"; promised 23 apr")
        await screen.rest()
        assert "if it comes on 23 Apr: " in screen.text
        assert "^s apply" in screen.text
        await screen.press("ctrl+s")
        await screen.rest()
        need = session.plan.roadmap.initiatives["push"].needs[1]
        wanted = Counter(by="it", on=date(2027, 3, 22), promised=date(2027, 4, 23))
        assert (need.promised, need.counter) == (None, wanted)


async def test_a_day_that_is_typed_with_a_new_dependency_has_a_consequence(roadmap: Open) -> None:
    async with looking(roadmap(AGREED), NARROW) as screen:
        screen.app.desk.selected = ("initiatives", "push")
        await screen.press("2", "1", "j", "d", *"profile", "enter", *"; promised 4 jun")
        await screen.rest()
        assert "if it comes on 4 Jun: " in screen.text


async def test_what_is_agreed_is_promised_anew_from_its_finish(roadmap: Open) -> None:
    text = AGREED.replace("asked = 2027-03-08", "asked = 2027-03-08, agreed = 2027-03-10")
    async with looking(roadmap(text), WIDE) as screen:
        await opened(screen, "G", "A")
        await screen.rest()
        assert "IT promises profile-api → push for 16 Apr" in screen.text
        await screen.press("down")
        await screen.rest()
        assert "Mon 22 Mar 2027, today" in screen.text


async def test_a_yes_of_a_side_on_another_day(roadmap: Open) -> None:
    session = roadmap(AGREED)
    async with looking(session, WIDE) as screen:
        await opened(screen, "j", "j", "A", "ctrl+u", *"15mar", "enter")
        await screen.rest()
        agreed = session.plan.roadmap.agreements["tests"].agreed
        assert agreed == {"marketing": date(2027, 2, 1), "it": date(2027, 3, 15)}


async def test_a_review_from_the_board(roadmap: Open) -> None:
    session = roadmap(AGREED)
    async with looking(session, WIDE) as screen:
        screen.app.desk.selected = ("initiatives", "push")
        await screen.press("2", "1", "A")
        await screen.rest()
        await screen.press("up")
        await screen.rest()
        assert "▸ !  privacy reviewed push" in screen.text
        await screen.press("enter")
        await screen.rest()
        assert session.plan.roadmap.initiatives["push"].reviews == {"privacy": date(2027, 3, 22)}


async def test_a_day_that_is_none_keeps_the_dialog_open(roadmap: Open) -> None:
    session = roadmap(AGREED)
    async with looking(session, WIDE) as screen:
        await opened(screen, "j", "A", "ctrl+u", *"31feb", "enter")
        await screen.rest()
        assert "said on" in screen.text
        await screen.press("escape")
        assert session.history.undo_label is None


async def test_where_nothing_can_be_recorded_that_is_said(small: Session) -> None:
    async with looking(small) as board:
        board.app.desk.selected = ("initiatives", "spring-launch")
        await board.press("2", "1", "A")
        assert "Nothing to record here" in board.foot


# --- words ----------------------------------------------------------------------------------------

GLOSSARY = """
[glossary]
"web push" = { marketing = "a message", it = "a browser protocol" }
segment = "a saved query"
"""


async def test_words_of_the_glossary_are_underlined(roadmap: Open) -> None:
    async with looking(roadmap(AGREED + GLOSSARY), WIDE) as screen:
        screen.app.desk.selected = ("initiatives", "push")
        await screen.press("2", "1")
        await screen.rest()
        text = screen.app.screen.query_one(DetailPane).render()
        marked = {text.plain[s.start : s.end] for s in text.spans if "underline" in str(s.style)}
        assert marked == {"Web push", "segments"}


async def test_a_key_tells_what_words_mean_to_each_side(roadmap: Open) -> None:
    async with looking(roadmap(AGREED + GLOSSARY), WIDE) as screen:
        screen.app.desk.selected = ("initiatives", "push")
        await screen.press("2", "1", "K")
        shown = screen.app.screen.query_one("ReadText Static", Static).render()
        assert str(shown).splitlines() == [
            "web push   ▲ two meanings",
            "Marketing  a message",
            "IT         a browser protocol",
            "",
            "segment",
            "agreed     a saved query",
        ]
        await screen.press("escape")
        assert "Web push" in screen.text


async def test_without_a_glossary_the_key_leads_to_one(small: Session) -> None:
    async with looking(small) as board:
        await board.press("K")
        assert "No glossary yet" in board.text
        await board.press("e")
        await board.rest()
        assert "glossary" in board.text.lower()


# --- text from the file ---------------------------------------------------------------------------


async def test_text_of_the_file_is_never_markup_and_never_reaches_the_terminal(
    roadmap: Open,
) -> None:
    evil = "[red]x[/] [@click=app.quit]y[/] \\u001b[31m \\u202e"
    text = AGREED.replace("Sending e-mail", evil).replace("segments", evil)
    text += f'[glossary]\n"[/b]" = "{evil}"\nx = "{evil}"\n'
    async with looking(roadmap(text), WIDE) as screen:
        for keys in (("6", "g", "j"), ("A",), ("escape", "G"), ("A",), ("escape", "K")):
            await screen.press(*keys)
            await screen.rest()
            assert "\x1b" not in screen.text
            assert "\u202e" not in screen.text
        assert "[red]x[/]" in screen.text


async def test_it_opens_on_the_agreements_and_a_heading_selects_nothing(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await screen.press("6")
        await screen.rest()
        assert "Sending e-mail" in screen.text
        assert screen.selected is None
        await screen.press("A")
        await screen.rest()
        assert "Select an initiative, a working agreement" in screen.text


async def test_it_opens_on_what_somebody_went_to(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await screen.press("colon", *"sms-service", "enter", "6")
        await screen.rest()
        assert screen.selected == "sms-service"
        assert "▸  Service messages by SMS" in screen.text


# --- what is owed ---------------------------------------------------------------------------------


async def test_r_shows_what_each_side_owes_and_keys_act_on_the_marked_debt(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen, "r")
        assert view(screen).owed_by == "team"
        assert "IT owes Marketing 12 handovers 1 late" in screen.lines[2]
        parts = {row.key: row.of for row in view(screen).listing.rows if isinstance(row.of, Part)}
        for key, count in (("owes it identity", 3), ("owes it data", 3), ("answers", 6)):
            assert len(parts[key].members) == count
        at = view(screen).listing.find(
            lambda row: row.key == "customer-sso → loyalty-relaunch" and row.group != "answers"
        )
        assert at is not None
        view(screen).listing.move_to(at)
        await screen.rest()
        assert view(screen).mark.supplier == "customer-sso"
        assert screen.selected == "loyalty-relaunch"
        assert "19 May" in line_with(screen, "customer-sso → loyalty")
        await screen.press("A")
        assert "customer-sso" in screen.text
        await screen.press("escape", "p")
        await screen.rest()
        assert screen.app.desk.target == "loyalty-relaunch"
        await screen.press("backspace")
        await screen.rest()
        assert view(screen).owed_by == "team"
        await screen.press("r")
        months = [row.key for row in view(screen).listing.rows if row.heading]
        assert months[:2] == ["owes marketing 2027-03", "owes marketing 2027-05"]
        await screen.press("r")
        assert view(screen).owed_by is None


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
async def test_what_is_owed_looks_like(
    acme: Session, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as screen:
        await opened(screen, "r", "j")
        await screen.rest()
        assert screen.body == snapshot(name="by team")
        await screen.press("r", "g", "j")
        await screen.rest()
        assert screen.body == snapshot(name="by month")


async def test_nothing_owed_says_so(roadmap: Open) -> None:
    text = '[initiatives.a]\nowner = "web"\nestimate = "1w"\n[teams.web]\nportfolio = "it"\n'
    async with looking(roadmap(text), NARROW) as screen:
        await opened(screen, "r")
        assert "Nothing is owed" in screen.text
        await screen.press("r", "r")
        assert view(screen).listing.row is not None
