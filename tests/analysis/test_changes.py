"""What changed between two plans, and why a date moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.analysis.causes import MOST_TABLES
from planner.analysis.compared import Compared, shift_of
from planner.conflicts.changes import Outcome
from planner.files.workspace import Workspace
from planner.merge.textconv import lines_of
from planner.pages.changes import move_words
from planner.plan.model import Clock, Plan, plan_of
from planner.text.document import Document

DAY = date(2027, 1, 4)
CLOCK = Clock(today=DAY, fixed=DAY)
BASE = """\
[roadmap]
start = 2027-01-04

[initiatives.tags]
estimate = "20d"

[initiatives.push]
estimate = "2w"
needs = ["tags"]
deadline = 2027-02-19

[initiatives.alone]
estimate = "1w"
"""


def plan(text: str) -> Plan:
    path = Path("roadmap.toml")
    workspace = Workspace(path, (path,), (Document.parse(text.encode(), "roadmap.toml"),))
    return plan_of(workspace, CLOCK)


def compared(*pairs: tuple[str, str]) -> Compared:
    after = BASE
    for old, new in pairs:
        assert old in after
        after = after.replace(old, new)
    return Compared(plan(BASE), plan(after))


def moves(found: Compared) -> list[tuple[str, str, int | None, list[str]]]:
    """Each move: the two days, the working days, and the words of its causes."""
    told = []
    for move in found.moves:
        step = found.move(move.id, move.key)
        dates = f"{step.then:%d %b} {step.now:%d %b}" if step.then and step.now else "none"
        told.append((move.id, dates, step.moved, [cause.text for cause in step.causes]))
    return told


def test_a_move_is_put_down_to_what_changed_before_it() -> None:
    assert moves(compared(('"20d"', '"25d"'))) == [
        ("tags", "29 Jan 05 Feb", 5, ["tags 20d → 25d"]),
        ("push", "12 Feb 19 Feb", 5, ["tags 20d → 25d"]),
    ]


def test_a_move_over_a_weekend_is_a_move() -> None:
    seven = '[calendars.seven]\nworkdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]\n'
    text = f'[roadmap]\nstart = 2027-01-04\n{seven}[initiatives.shoot]\ncalendar = "seven"\n'
    before, after = (plan(f'{text}estimate = "{days}d"\n') for days in (5, 7))
    found = Compared(before, after)
    (move,) = found.moves
    step = found.move(move.id)
    shift = shift_of(step, "moved")
    assert shift is not None
    assert (step.moved, step.edits, shift.calendar) == (0, 0, 2)
    assert "(+2 calendar days)" in move_words(move, step, after.as_of)


def test_a_new_and_a_removed_link_are_causes() -> None:
    assert moves(compared(('needs = ["tags"]', 'needs = ["tags", "alone FF+6w"]'))) == [
        ("push", "12 Feb 19 Feb", 5, ["push needs +alone FF+6w"]),
    ]
    assert moves(compared(('needs = ["tags"]\n', ""))) == [
        ("push", "12 Feb 15 Jan", -20, ["push needs removed"]),
    ]


def test_a_calendar_moves_all_and_is_named() -> None:
    found = compared(
        (
            "[initiatives.tags]",
            '[calendars.standard.holidays]\n2027-01-05 = "off"\n\n[initiatives.tags]',
        )
    )
    assert moves(found)[0] == ("alone", "08 Jan 11 Jan", 1, ["calendar standard is new"])


def test_work_that_loses_its_dates_says_so() -> None:
    found = compared(('estimate = "1w"', 'estimate = "1w"\nstatus = "dropped"'))
    assert moves(found) == [("alone", "none", None, [])]
    assert found.move("alone").waited == ("alone is dropped",)


def test_tables_that_came_went_and_changed_names() -> None:
    found = compared(
        ("[initiatives.tags]", "[initiatives.labels]"),
        ('["tags"]', '["labels"]'),
        ("[initiatives.alone]\n", "[initiatives.other]\ntitle = 'x'\n"),
        ('"1w"', '"3w"'),
    )
    said = [(each.what, each.id, each.old) for each in found.changes]
    assert said == [
        ("renamed", "labels", "tags"),
        ("added", "other", None),
        ("removed", "alone", None),
    ]
    assert moves(found) == []


def test_a_roadmap_that_is_another_one_is_not_looked_through_for_renames() -> None:
    tables = "".join(f'[initiatives.a{n}]\nestimate = "{n}d"\n' for n in range(200))
    found = Compared(plan(tables), plan(tables.replace("initiatives.a", "initiatives.b")))
    assert found.renamed == {}
    assert {each.what for each in found.changes} == {"added", "removed"}


def chain(length: int, estimate: str) -> str:
    """Initiatives in a row, all but the first of one estimate, and a launch at their end."""
    text = '[roadmap]\nstart = 2027-01-04\n[initiatives.a0]\nestimate = "3d"\n'
    for n in range(1, length):
        text += f'[initiatives.a{n}]\nestimate = "{estimate}"\nneeds = ["a{n - 1}"]\n'
    return text + f'[initiatives.go]\nkind = "milestone"\nneeds = ["a{length - 1}"]\n'


def test_of_very_many_edits_some_are_tried_and_no_figure_is_given() -> None:
    before = plan(chain(2 * MOST_TABLES, "1d"))
    found = Compared(before, plan(chain(2 * MOST_TABLES, "2d")))
    step = found.move("go")
    assert step.edits == 2 * MOST_TABLES - 1
    assert 0 < len(step.causes) <= MOST_TABLES
    assert found.move(f"a{2 * MOST_TABLES - 1}").edits == step.edits
    assert [(each.id, each.days) for each in found.move("a1").causes] == [("a1", 1)]
    assert found.move("a9").causes == ()
    text = chain(2 * MOST_TABLES, "1d").replace('"3d"', '"8d"')
    (cause,) = Compared(before, plan(text)).move("go").causes
    assert (cause.id, cause.days) == ("a0", 5)


def errors(found: Compared, *outcomes: Outcome) -> list[str]:
    """The codes of the errors among these changes."""
    return [each.code for each in found.findings.of(*outcomes) if each.severity == "error"]


def test_findings_that_are_new_are_those_of_this_change() -> None:
    found = compared(('"20d"', '"30d"'))
    assert errors(found, "new") == ["DATE01"]
    back = Compared(found.now, found.then)
    assert errors(back, "cleared") == ["DATE01"]
    assert errors(back, "new", "worse") == []


def test_nothing_is_nothing() -> None:
    assert Compared(plan(BASE), plan(BASE + "# a comment\n")).nothing


def test_a_file_as_lines_compares_by_key_whatever_its_layout(tmp_path: Path) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    one.write_text('[initiatives]\nb.estimate = "1w"\na = { uses = ["y", "x"], estimate = "2w" }\n')
    other.write_text(
        '[initiatives.a]\nestimate = "2w"\nuses = [\n  "x",\n  "y",\n]\n\n'
        '[initiatives.b]\nestimate = "1w"\n'
    )
    assert list(lines_of(one)) == list(lines_of(other))
    assert "estimate = 2w" in lines_of(one)
    assert "uses: x" in lines_of(one)
    one.write_text("# why\n[initiatives.a]\n")
    assert "# why" in lines_of(one)
    one.write_text("not toml")
    assert list(lines_of(one)) == ["not toml"]
