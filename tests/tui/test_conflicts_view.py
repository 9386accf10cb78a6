"""The conflicts view: findings in groups, one explained, its fixes tried and made."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from networkx import descendants
from syrupy.assertion import SnapshotAssertion
from textual.worker import WorkerState

from planner.conflicts import registry
from planner.conflicts.findings import SEVERITY_MARKS, Finding
from planner.conflicts.fix_choice import CUT
from planner.conflicts.registry import RULES
from planner.pages import conflict
from planner.plan.offers import Offer
from planner.session.session import Session
from planner.tui.shell.app_state import Desk
from planner.tui.views.conflicts import ConflictsView
from planner.tui.views.conflicts_groups import Group, causes, grouped, shown_findings
from tests.tui.looking import SIZES, Looked, looking

WIDE, NARROW = (120, 36), (80, 24)

LATE = """
[roadmap]
title = "Late"
start = 2027-03-01
status_date = 2027-03-01

[teams.crm]
title = "CRM"
portfolio = "marketing"
[teams.data]
title = "Data"
portfolio = "it"

[initiatives.profile-api]
owner = "data"
estimate = ["2w", "4w", "6w"]

[initiatives.web-push]
owner = "crm"
estimate = "3w"
needs = [{ on = "profile-api", delivers = "segment endpoint", asked = 2027-01-11 }]

[initiatives.spring-launch]
portfolio = "joint"
estimate = "0d"
needs = ["web-push"]
deadline = 2027-04-12

[initiatives.tag-cleanup]
estimate = "1w"
deadline = 2027-06-01
"""


def view(screen: Looked) -> ConflictsView:
    assert isinstance(screen.app.screen, ConflictsView)
    return screen.app.screen


async def opened(screen: Looked) -> Looked:
    await screen.press("2")
    return await tried(screen)


async def tried(screen: Looked) -> Looked:
    """Wait until every fix of the finding under the cursor has been tried."""
    await screen.rest()
    for _ in range(100):
        if view(screen).ways_out.complete:
            break
        await screen.rest()
    return screen


def here(screen: Looked) -> Finding:
    finding = view(screen).finding
    assert finding is not None
    return finding


def headings(screen: Looked) -> list[str]:
    return [row.of.title for row in view(screen).listing.rows if isinstance(row.of, Group)]


def listed(screen: Looked) -> list[Finding]:
    return [row.of for row in view(screen).listing.rows if isinstance(row.of, Finding)]


# --- the list -------------------------------------------------------------------------------------


async def test_the_sentence_comes_first_and_the_code_last(
    roadmap: Callable[[str], Session],
) -> None:
    async with looking(roadmap(LATE)) as screen:
        await opened(screen)
        assert re.search(r"✗ spring-launch is 4 working days late.*DATE01$", screen.text, re.M)


def causes_of(screen: Looked) -> list[tuple[str, list[str]]]:
    """The code of each cause on screen, and the codes of what hangs under it."""
    found: list[tuple[str, list[str]]] = []
    for row in view(screen).listing.rows:
        assert isinstance(row.of, Finding)
        if row.inside or (row.group and not row.heading):
            found[-1][1].append(row.of.code)
        else:
            found.append((row.of.code, []))
    return found


async def test_what_has_one_cause_hangs_under_it_what_costs_most_first(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        found, roots = causes_of(screen), acme.plan.roots
        waived = [one for one in acme.plan.findings if one.waived]
        assert [code for code, _ in found] == [one.first.code for one in roots] + [
            one.code for one in waived
        ]
        assert found[0][1] == [one.code for one in roots[0].findings[1:]]
        assert not any(below for _, below in found[1:]), "the others begin folded"
        lines = [line for line in screen.lines if "├ ▲" in line or "└ ▲" in line]
        assert len(lines) == len(found[0][1])
        assert f"{acme.plan.roots[0].first.message} " in screen.text
        assert "by cause" in screen.lines[2]
        errors = sum(one.severity == "error" and not one.waived for one in acme.plan.findings)
        assert f"✗{errors} errors" in screen.lines[2]


async def test_a_folded_cause_says_how_much_is_under_it(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        below = len(acme.plan.roots[0].findings) - 1
        first = acme.plan.roots[0].first.message
        assert f"+{below}" not in screen.line_with(first)
        await screen.press("g", "z")
        assert f"▹ ✗ {first} +{below} " in screen.line_with(first)
        await screen.press("z", "j", "j", "z")
        assert f"▹ ✗ {first} +{below} " in screen.line_with(first), "a part folds its cause"
        assert here(screen).message == first
        await screen.press("Z")
        assert not any("+" in line for line in screen.lines[3:10])


async def test_what_is_told_as_one_unfolds_into_its_parts(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        whole = next(one for one in listed(screen) if one.parts)
        parts = [one for one in whole.parts if one.fingerprint != whole.fingerprint]
        assert not any(one in listed(screen) for one in parts)
        at = view(screen).listing.find(lambda row: row.of is whole)
        assert at is not None
        view(screen).listing.move_to(at)
        await screen.press("z")
        assert all(one in listed(screen) for one in parts)
        await screen.press("j")
        assert here(screen) == parts[0]
        await tried(screen)
        assert f"{parts[0].code} {parts[0].rule}" in screen.text


async def test_delay_cost_and_who_moves_next_have_columns(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        heads, first = screen.lines[3], screen.lines[4]
        assert heads.split() == ["conflict", "delay", "cost", "next", "code"]
        end = heads.index("cost") + 4
        assert first[end - 4 : end].strip() == "€11k"
        assert first[heads.index("next") :].split() == ["IT", "·", "Identity", "DATE01"]
        same = [line for line in screen.lines if "LINK04" in line]
        assert same[0][heads.index("next") :].split() == ["LINK04"], "the same one moves"
        at = view(screen).listing.find(lambda row: row.of in cheap(acme))
        assert at is not None
        view(screen).listing.move_to(at)
        await screen.rest()
        announced = next(row for row in screen.lines if " announced " in row)
        assert announced.index("announced") + 9 == end


def cheap(acme: Session) -> list[Finding]:
    """What is late for an announced date, and costs nothing that is written."""
    return [root.first for root in acme.plan.roots[1:] if root.first.code == "DATE02"]


async def test_the_last_line_counts_what_is_below(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        (told,) = [
            line for line in screen.lines if re.match(r" … \d+ more causes with errors", line)
        ]
        listing = view(screen).listing
        seen = [row for row in listing.rows[: listing.room] if not row.inside and row.heading]
        alone = [row for row in listing.rows[: listing.room] if not row.group]
        errors = sum(one.first.severity == "error" for one in acme.plan.roots)
        assert f"… {errors - len(seen) - len(alone)} more" in told
        await screen.press("G")
        assert not any(line.startswith(" … ") for line in screen.lines)
        last = listing.rows[-1].of
        assert isinstance(last, Finding)
        assert last.message in screen.text


@pytest.mark.parametrize(("width", "shown"), [(80, False), (90, True)])
async def test_who_moves_next_is_whole_or_left_out(acme: Session, width: int, shown: bool) -> None:
    async with looking(acme, (width, 24)) as screen:
        await opened(screen)
        listing = view(screen).listing
        at = listing.find(lambda row: row.key == "OWN03:experimentation")
        assert at is not None
        listing.move_to(at)
        await screen.rest()
        row = screen.line_with("experimentation: IT has not agreed")
        assert ("  David Achterberg " in row) is shown
        assert "David" not in row or shown


async def test_a_view_that_is_not_put_together_yet_has_no_way_out_marked(acme: Session) -> None:
    """What looks round after a moment may meet one that a key has just asked for."""
    async with looking(acme) as screen:
        assert not ConflictsView(screen.app.desk).choosing


async def test_the_late_launch_comes_first(acme: Session) -> None:
    async with looking(acme) as screen:
        await opened(screen)
        first = listed(screen)[0]
        assert (first.code, first.id) == ("DATE01", "peak-readiness")


@pytest.mark.parametrize("size", SIZES)
async def test_a_message_stands_before_its_code_and_takes_all_the_room_there_is(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as screen:
        await opened(screen)
        width = view(screen).listing.size.width
        rows = [
            line[:width] for line in screen.lines if re.match(r"[▸ ][▾▹ ] (  [├└] )?[✗▲·] ", line)
        ]
        assert len(rows) >= 5
        for row in rows:
            found = re.search(r"^(.*?) +([A-Z]+\d\d) *[▁-█]?$", row)
            assert found, row
            assert "…   " not in found[1]
            assert len(found[1]) > width * 3 // 5 or "…" not in row


async def test_the_first_heading_comes_back_with_the_first_row(acme: Session) -> None:
    async with looking(acme, (60, 15)) as screen:
        await opened(screen)
        await screen.press("r", "G", *["k"] * len(view(screen).listing.rows))
        await screen.press("j")
        assert any("▾ Errors" in line for line in screen.lines)


async def test_a_key_groups_by_severity_rule_owner_who_moves_next_and_cause(
    roadmap: Callable[[str], Session],
) -> None:
    async with looking(roadmap(LATE)) as screen:
        await opened(screen)
        assert "by cause" in screen.text
        await screen.press("r")
        assert headings(screen)[0] == "Errors"
        assert re.search(r"▾ Errors +✗1", screen.text)
        await screen.press("r")
        assert "by rule" in screen.text
        assert headings(screen)[0] == "DATE01 deadline-missed"
        await screen.press("r")
        assert "by owner" in screen.text
        assert "Marketing · CRM" in headings(screen)
        await screen.press("r")
        assert "by who moves next" in screen.text
        assert "IT · Data" in headings(screen)
        await screen.press("r")
        assert "by cause" in screen.text
        assert not headings(screen)


async def test_by_who_moves_next_the_desks_of_a_side_stand_together(acme: Session) -> None:
    async with looking(acme) as screen:
        await opened(screen)
        await screen.press("r", "r", "r", "r", "Z")
        sides = [one.partition(" · ")[0] for one in headings(screen)]
        assert [*dict.fromkeys(sides)] == ["IT", "Marketing", "Marketing and IT"]
        assert sides == sorted(sides)
        assert re.search(r"▹ IT · Platform +✗\d ▲\d", screen.text)
        assert re.search(r"^ … \d+ more$", screen.text, re.M)
        assert not listed(screen)
        await screen.press("g", "]")
        assert view(screen).finding is not None, "the next conflict is in a folded group"


async def test_regrouping_keeps_the_finding_under_the_cursor(
    roadmap: Callable[[str], Session],
) -> None:
    async with looking(roadmap(LATE)) as screen:
        await opened(screen)
        await screen.press("G")
        before = here(screen)
        await screen.press("r")
        assert here(screen) == before


async def test_regrouping_unfolds_the_finding_under_the_cursor(acme: Session) -> None:
    async with looking(acme) as screen:
        await opened(screen)
        await screen.press("r")
        inside = next(one for root in acme.plan.roots[1:] for one in root.findings[1:])
        at = view(screen).listing.find(lambda row: row.of is inside)
        assert at is not None
        view(screen).listing.move_to(at)
        await screen.press("r", "r", "r", "r")
        assert "by cause" in screen.text
        assert here(screen) is inside


async def test_groups_fold_with_enter_and_all_at_once(acme: Session) -> None:
    async with looking(acme) as screen:
        await opened(screen)
        await screen.press("r")
        rows = len(view(screen).listing.rows)
        await screen.press("g", "enter")
        assert len(view(screen).listing.rows) < rows
        assert screen.lines[3].startswith("▸▹ Errors")
        await screen.press("enter")
        assert len(view(screen).listing.rows) == rows
        await screen.press("Z")
        assert not listed(screen)
        await screen.press("Z")
        assert len(view(screen).listing.rows) > rows, "what is told as one is unfolded too"


async def test_a_heading_says_what_its_rule_looks_for(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("r", "r", "g")
        await screen.rest()
        assert "What" in screen.text
        assert "When" in screen.text


async def test_waived_findings_come_last_and_can_be_hidden(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("G")
        assert "waived" in screen.text
        await screen.press("I")
        waived = sum(finding.waived for finding in acme.plan.findings)
        assert f"{waived} waived hidden" in screen.text
        assert not any(finding.waived for finding in listed(screen))


async def test_brackets_step_from_finding_to_finding(acme: Session) -> None:
    async with looking(acme) as screen:
        await opened(screen)
        await screen.press("g", "right_square_bracket")
        first = here(screen)
        await screen.press("right_square_bracket")
        assert here(screen) != first
        await screen.press("left_square_bracket")
        assert here(screen) == first
        await screen.press("left_square_bracket", "left_square_bracket")
        assert "This is the first one" in screen.foot


async def test_the_filter_shows_what_involves_a_match(acme: Session) -> None:
    async with looking(acme) as screen:
        await opened(screen)
        view(screen).filtering.set("peak-readiness")
        await screen.rest()
        assert listed(screen)
        assert all("peak-readiness" in finding.on for finding in listed(screen))
        view(screen).filtering.set("nothing-like-it")
        await screen.rest()
        assert "No conflict matches the filter" in screen.text


async def test_the_selection_is_shared_with_the_board(acme: Session) -> None:
    async with looking(acme) as screen:
        await opened(screen)
        assert "peak-readiness" in here(screen).on
        await screen.press("j")
        chosen = here(screen)
        assert "peak-readiness" not in chosen.on
        await screen.press("1")
        assert screen.selected in chosen.on
        await screen.press("backspace")
        assert here(screen) == chosen


# --- the explanation ------------------------------------------------------------------------------


async def test_a_finding_is_explained_to_both_sides(roadmap: Callable[[str], Session]) -> None:
    async with looking(roadmap(LATE), WIDE) as screen:
        await opened(screen)
        right = screen.body
        for said in ("DATE01 deadline-missed", "Marketing", "IT", "driven by", "next", "wins"):
            assert said in right
        assert "profile-api ?━▶ web-push" in right, "whose handover was asked for"
        assert re.search(r"roadmap\.toml:\d+", right)


async def test_each_way_out_says_what_it_does_to_the_whole_plan(
    roadmap: Callable[[str], Session],
) -> None:
    async with looking(roadmap(LATE), WIDE) as screen:
        await opened(screen)
        offers = view(screen).ways_out
        assert len(offers.found) >= 2
        first = offers.found[0]
        assert first.parts[0].text in screen.text
        assert re.search(rf"▸1 [√ ] {re.escape(first.fix.title)} ", screen.text)


async def test_the_fixes_are_a_table(acme: Session) -> None:
    async with looking(acme, (200, 60)) as screen:
        await opened(screen)
        heads = screen.line_with("wins  finish")
        columns = ("wins", "finish", "delay cost", "clears", "new", "agreement of")
        assert [heads.index(one) for one in columns] == sorted(heads.index(one) for one in columns)
        offers = view(screen).ways_out.found
        assert len(offers) >= 4
        told = re.findall(r"^ *▸? *(\d) [√ ] ", screen.text, re.M)
        assert [int(one) for one in told] == [*range(1, len(told) + 1)], "the numbers run on"
        for number, one in enumerate(offers, 1):
            if one.fix.choice == CUT:
                row = screen.line_with(f"{number} {one.fix.title} · {one.fix.wins}d, ")
                assert row.strip().startswith("gives up scope: ")
                continue
            sign = "√" if by_itself(one) else " "
            row = screen.line_with(f"{number} {sign} {one.fix.title}")
            for change in one.consequence.changes.of("cleared"):
                assert SEVERITY_MARKS[change.severity] in row[heads.index("clears") :][:8]
            if one.fix.wins:
                assert f" {one.fix.wins}d " in row[: heads.index("finish")]
            if not one.fix.clears:
                assert re.search(r"\(still \d+d late\)", row)


def by_itself(offer: Offer) -> bool:
    return offer.fix.clears and not offer.fix.choice and not offer.harm


@pytest.mark.one_in(2)
@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 36), (200, 60)])
async def test_every_fix_can_be_walked_to_and_is_whole(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as screen:
        await opened(screen)
        await screen.press("tab")
        offers = view(screen).ways_out.found
        for one in offers:
            for _ in range(12):
                if view(screen).fix == one.fix:
                    break
                await screen.press("j")
            assert view(screen).fix == one.fix
            if view(screen).both.page.begins_in_view:
                assert all(word in screen.text for word in one.fix.title.split())
        await screen.press("tab")
        assert not view(screen).choosing
        assert view(screen).listing.display


async def test_the_keyboard_does_not_wait_for_ways_out(
    acme: Session,
) -> None:
    async with looking(acme, WIDE) as screen:
        await screen.press("2")
        await screen.press("j", "k", "j")
        marked = view(screen).listing.cursor
        await screen.press("j")
        assert view(screen).listing.cursor == marked + 1, "it moves while fixes are tried"
        await tried(screen)
        assert all(w.state != WorkerState.ERROR for w in screen.app.workers)


async def test_what_was_tried_is_kept_for_its_plan(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        offers = view(screen).ways_out
        await screen.press("j", "k")
        assert view(screen).ways_out is offers


# --- making a fix ---------------------------------------------------------------------------------


async def test_enter_goes_to_the_ways_out_and_enter_makes_the_marked_one(
    roadmap: Callable[[str], Session],
) -> None:
    session = roadmap(LATE)
    async with looking(session, WIDE) as screen:
        await opened(screen)
        await screen.press("enter", "j")
        fix = view(screen).fix
        assert fix is not None
        assert fix == view(screen).ways_out.found[1].fix
        await screen.press("enter")
        assert session.history.undo_label == fix.title
        assert fix.title[:30] in screen.foot


async def test_undo_brings_the_finding_back(roadmap: Callable[[str], Session]) -> None:
    async with looking(roadmap(LATE), WIDE) as screen:
        await opened(screen)
        assert here(screen).code == "DATE01"
        await screen.press("enter", "enter")
        assert "DATE01" not in screen.text
        await screen.press("u")
        await screen.rest()
        assert "DATE01" in screen.text


async def test_escape_leaves_the_ways_out_and_changes_nothing(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("l")
        assert view(screen).choosing
        await screen.press("escape", "j")
        assert not view(screen).choosing
        assert not acme.unsaved


async def test_tab_goes_to_the_fixes_and_back(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        assert "tab conflicts/fixes  enter apply  i waive  r group  z fold" in screen.foot
        await screen.press("tab")
        assert view(screen).choosing
        await screen.press("tab", "j")
        assert not view(screen).choosing


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_heading_has_no_fixes_to_go_to(acme: Session, size: tuple[int, int]) -> None:
    async with looking(acme, size) as screen:
        await opened(screen)
        await screen.press("r", "g", "tab")
        assert view(screen).finding is None
        assert not view(screen).both.reading
        assert "Select a conflict first" in screen.text
        await screen.press("j", "tab")
        assert view(screen).both.reading


async def test_where_no_fix_is_ready_enter_says_so(roadmap: Callable[[str], Session]) -> None:
    text = '[initiatives.a]\nestimate = "8w"\ndeadline = 2027-03-31\n'
    async with looking(roadmap(text), WIDE) as screen:
        await opened(screen)
        assert "none ready" in screen.text
        await screen.press("enter")
        assert "No fix is ready" in screen.foot


UNDEFINED = """
[roadmap]
status_date = 2027-03-15
[initiatives.api]
portfolio = "it"
estimate = "2w"
[initiatives.site]
portfolio = "marketing"
estimate = "1w"
needs = ["api", "brief"]
[initiatives.brief]
portfolio = "marketing"
estimate = "1w"
[initiatives.push]
portfolio = "marketing"
estimate = "1w"
needs = [{ on = "api", why = "sign-in" }]
"""
ONE_SIDED = """
[roadmap]
status_date = 2027-03-15
[teams.eng]
portfolio = "it"
[systems.cms]
owner = "eng"
[outcomes.sales]
kpi = "orders a week"
baseline = 1
target = 2
source = "shop"
owner = "eng"
[initiatives.site]
portfolio = "marketing"
estimate = "2w"
uses = ["cms"]
outcomes = ["sales"]
"""


@pytest.mark.parametrize("keys", [("enter",), ("f", "enter")])
async def test_what_only_a_person_can_say_is_asked(
    roadmap: Callable[[str], Session], keys: tuple[str, ...]
) -> None:
    session = roadmap(UNDEFINED)
    async with looking(session, WIDE) as screen:
        await opened(screen)
        assert "enter asks you to" in screen.text
        await screen.press(*keys)
        assert "api; delivers" in screen.text
        await screen.press(*"segments", "ctrl+s")
        assert '{ on = "api", delivers = "segments" },' in session.diff()
        assert not session.plan.findings


async def test_the_other_sides_part_is_planned_in_a_form(roadmap: Callable[[str], Session]) -> None:
    session = roadmap(ONE_SIDED)
    async with looking(session, WIDE) as screen:
        await opened(screen)
        assert "enter asks you to plan with IT" in screen.text
        await screen.press("enter")
        assert "sales" in screen.text
        await screen.press(*"Measure it", "ctrl+s")
        added = session.plan.roadmap.initiatives["measure-it"]
        assert (added.portfolio, added.outcomes) == ("it", ("sales",))


async def test_on_a_narrow_screen_enter_gives_the_explanation_a_page(
    roadmap: Callable[[str], Session],
) -> None:
    session = roadmap(LATE)
    async with looking(session, NARROW) as screen:
        await opened(screen)
        await screen.press("enter")
        assert not view(screen).listing.display
        assert "enter apply" in screen.foot
        await screen.press("escape")
        assert view(screen).listing.display
        await screen.press("enter", "enter")
        assert session.history.undo_label
        assert view(screen).listing.display


async def test_the_heads_of_the_list_go_with_it(roadmap: Callable[[str], Session]) -> None:
    async with looking(roadmap(LATE), (104, 30)) as screen:
        await opened(screen)
        assert screen.lines[3].split()[0] == "conflict"
        await screen.press("enter")
        assert "conflict" not in screen.lines[3]
        await screen.press("escape")
        assert screen.lines[3].split()[0] == "conflict"


async def test_waiving_and_fixes_open_for_the_finding_under_the_cursor(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("j")
        code = here(screen).code
        await screen.press("i")
        assert f"Waive {code}" in screen.text
        await screen.press("escape")
        await screen.press("f")
        await screen.rest()
        assert screen.app.screen is not None
        assert code in screen.text
        await screen.press("escape")
        assert view(screen).finding is not None


async def test_the_editor_opens_where_the_finding_is(acme: Session) -> None:
    async with looking(acme) as screen:
        await opened(screen)
        found = here(screen)
        assert view(screen).mark.cell == (found.key or None)


# --- nothing found, bad files, hostile files ------------------------------------------------------


async def test_without_conflicts_it_says_what_was_checked_and_what_was_not(
    roadmap: Callable[[str], Session],
) -> None:
    async with looking(roadmap('[initiatives.a]\nestimate = "2w"\n'), (120, 70)) as screen:
        await opened(screen)
        assert "No conflicts" in screen.text
        assert re.search(r"Rules active: \d+", screen.text)
        assert "Rules not active" in screen.text
        topic = RULES["DATE01"].topic
        assert topic is not None
        assert f"{topic.name}: once {topic.start}" in screen.text


async def test_what_was_not_checked_can_be_scrolled(roadmap: Callable[[str], Session]) -> None:
    async with looking(roadmap('[initiatives.a]\nestimate = "2w"\n')) as screen:
        await opened(screen)
        before = screen.lines[10]
        await screen.press("j", "j")
        assert screen.lines[8] == before


async def test_bad_values_are_listed_with_file_and_line(roadmap: Callable[[str], Session]) -> None:
    text = '[initiatives.a]\nestimate = "7 parsecs"\n[initiatives.b]\nstatus = "wat"\n'
    async with looking(roadmap(text), WIDE) as screen:
        await opened(screen)
        assert "roadmap.toml:2" in screen.text
        assert "roadmap.toml:4" in screen.text


async def test_text_from_a_file_is_never_markup(roadmap: Callable[[str], Session]) -> None:
    text = LATE.replace('title = "Data"', r'title = "[/][@click=app.quit]\u001b]0;x\u0007data"')
    async with looking(roadmap(text), WIDE) as screen:
        await opened(screen)
        await screen.press("r", "r", "r", "r")
        assert "[/][@click=app.quit]␛]0;x␇data" in screen.text
        assert "\x1b" not in screen.text


# --- many findings --------------------------------------------------------------------------------


async def test_ten_thousand_findings_are_only_drawn_where_seen(acme: Session) -> None:
    async with looking(acme) as screen:
        await opened(screen)
        listing = view(screen).listing
        listing.show([row for row in listing.rows if row.of == here(screen)] * 10_000)
        await screen.press("G")
        assert listing.cursor == 9_999
        assert "DATE01" in screen.text


def test_groups_of_a_plan_hold_every_finding_once(acme: Session) -> None:
    findings = shown_findings(acme.plan, None, Desk(acme).me, waived=True)
    whole = [one.fingerprint for root in causes(acme.plan.roots, findings) for one in root.findings]
    assert sorted(whole) == sorted(finding.fingerprint for finding in findings)
    for by in ("severity", "rule", "owner", "next"):
        groups = grouped(acme.plan, findings, by)
        shown = [finding.fingerprint for group in groups for finding in group.findings]
        assert sorted(shown) == sorted(finding.fingerprint for finding in findings)


# --- how it looks ---------------------------------------------------------------------------------


@pytest.fixture
def few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures of this view don't change with each new rule."""
    few = {code: RULES[code] for code in ("READ01", "PLAN01", "DATE01", "OWN01", "LINK01")}
    for module in (registry, conflict):
        monkeypatch.setattr(module, "RULES", few)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
@pytest.mark.usefixtures("few_rules")
async def test_looks(
    roadmap: Callable[[str], Session], snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with looking(roadmap(LATE), size) as screen:
        await opened(screen)
        assert screen.body == snapshot


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
@pytest.mark.usefixtures("few_rules")
async def test_looks_empty(
    roadmap: Callable[[str], Session], snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    text = '[roadmap]\nstatus_date = 2027-03-01\n[initiatives.a]\nestimate = "2w"\n'
    async with looking(roadmap(text), size) as screen:
        await opened(screen)
        assert screen.body == snapshot


def test_the_days_of_this_page_are_fixed(acme: Session) -> None:
    assert acme.plan.as_of == date(2027, 3, 22)


def test_each_subject_begins_with_what_is_easiest() -> None:
    starts = conflict.easiest_starts(RULES.values())
    assert starts["handovers"] == "a link has `asked`"
    assert starts["working agreements"] == "there is an `[agreements]` table"
    assert starts["owners"].endswith("have an `owner`")


async def test_somebody_in_no_team_stands_under_a_heading_with_their_side(acme: Session) -> None:
    async with looking(acme) as screen:
        await opened(screen)
        await screen.press("r", "r", "r", "r")
        assert "Marketing · Elena Voss" in headings(screen)


async def test_the_page_says_how_much_hangs_on_what_a_conflict_is_about(acme: Session) -> None:
    async with looking(acme, (120, 36)) as screen:
        await screen.press("2")
        await screen.rest()
        assert "after " not in screen.text  # nothing waits for the launch
        screen.app.screen.select("initiatives", "brand-site")  # type: ignore[attr-defined]
        await screen.rest()
        waiting = len(descendants(acme.plan.graph.initiatives, "brand-site"))
        assert f"{waiting} initiatives" in screen.line_with("after brand-site: ")
