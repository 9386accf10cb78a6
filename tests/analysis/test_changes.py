"""What changed between two plans, and why a date moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.analysis.changes import Differences
from planner.conflicts.changes import Outcome
from planner.files.workspace import Workspace
from planner.merge.textconv import lines_of
from planner.pages.changes import move_words
from planner.plan.model import Clock, Plan, plan_of
from planner.text.document import Document

CLOCK = Clock(today=date(2027, 1, 4), fixed=date(2027, 1, 4))
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


def differences(*pairs: tuple[str, str]) -> Differences:
    after = BASE
    for old, new in pairs:
        assert old in after
        after = after.replace(old, new)
    return Differences(plan(BASE), plan(after))


def moves(found: Differences) -> list[str]:
    return [move_words(move, found.after.as_of) for move in found.moves]


def test_a_move_is_put_down_to_what_changed_before_it() -> None:
    assert moves(differences(('"20d"', '"25d"'))) == [
        "tags: finish 29 Jan → 5 Feb (+5d) because estimate 20d → 25d",
        "push: finish 12 Feb → 19 Feb (+5d) because tags 20d → 25d",
    ]


def test_a_move_over_a_weekend_is_a_move() -> None:
    seven = '[calendars.seven]\nworkdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]\n'
    text = f'[roadmap]\nstart = 2027-01-04\n{seven}[initiatives.shoot]\ncalendar = "seven"\n'
    before, after = (plan(f'{text}estimate = "{days}d"\n') for days in (5, 7))
    (move,) = Differences(before, after).moves
    assert (move.days, move.calendar_days) == (0, 2)
    assert "(+2 calendar days)" in move_words(move, after.as_of)


def test_a_new_and_a_removed_link_are_causes() -> None:
    assert moves(differences(('needs = ["tags"]', 'needs = ["tags", "alone FF+6w"]'))) == [
        "push: finish 12 Feb → 19 Feb (+5d) because needs +alone FF+6w",
    ]
    assert moves(differences(('needs = ["tags"]\n', ""))) == [
        "push: finish 12 Feb → 15 Jan (−20d) because needs removed",
    ]


def test_a_calendar_moves_all_and_is_named() -> None:
    found = differences(
        (
            "[initiatives.tags]",
            '[calendars.standard.holidays]\n2027-01-05 = "off"\n\n[initiatives.tags]',
        )
    )
    assert (
        moves(found)[0] == "alone: finish 8 Jan → 11 Jan (+1d) because calendars.standard changed"
    )


def test_work_that_loses_its_dates_says_so() -> None:
    found = differences(('estimate = "1w"', 'estimate = "1w"\nstatus = "dropped"'))
    assert moves(found) == ["alone: finish 8 Jan → no date because status = dropped"]


def test_tables_that_came_went_and_changed_names() -> None:
    found = differences(
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
    found = Differences(plan(tables), plan(tables.replace("initiatives.a", "initiatives.b")))
    assert found.renamed == {}
    assert {each.what for each in found.changes} == {"added", "removed"}


def errors(found: Differences, *outcomes: Outcome) -> list[str]:
    """The codes of the errors among these changes."""
    return [each.code for each in found.findings.of(*outcomes) if each.severity == "error"]


def test_findings_that_are_new_are_those_of_this_change() -> None:
    found = differences(('"20d"', '"30d"'))
    assert errors(found, "new") == ["DATE01"]
    back = Differences(found.after, found.before)
    assert errors(back, "cleared") == ["DATE01"]
    assert errors(back, "new", "worse") == []


def test_nothing_is_nothing() -> None:
    assert Differences(plan(BASE), plan(BASE + "# a comment\n")).nothing


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
