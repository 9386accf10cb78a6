"""What the line counts, with the header before it, is the header after it; and what it claims."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.conflicts.changes import Outcome
from planner.errors import PlannerError
from planner.plan.impact import Consequence, compare
from planner.plan.impact_line import line_of, parts_of
from planner.plan.model import Plan
from planner.roadmap.entities import Tables
from planner.session.session import Session
from planner.text.edits import (
    AddTable,
    Edit,
    Edits,
    RemoveKey,
    RemoveTable,
    RenameId,
    SetKey,
)
from tests.benchmarks.rich import write_rich
from tests.cli.conftest import ROADMAPS, Run
from tests.cli.conftest import run as run
from tests.long import examples

LESS = ("clears", "waives", "no longer checked")


def header(plan: Plan) -> Counter[str]:
    """How many findings are shown of each severity, by its mark."""
    marks = {"error": "✗", "warning": "▲", "info": "·"}
    return Counter(marks[one.severity] for one in plan.findings if not one.waived)


def counted(text: str) -> Counter[str]:
    return Counter({mark: int(number) for mark, number in re.findall(r"([✗▲·])(\d+)", text)})


def told(consequence: Consequence) -> Counter[str]:
    """What the words of the line make of the header before."""
    found = header(consequence.before)
    for part in parts_of(consequence):
        if part.text.startswith(LESS):
            found.subtract(counted(part.text))
        elif part.text.startswith("new "):
            found.update(counted(part.text))
        for was, now in re.findall(
            r"((?:[✗▲·]\d+ ?)+)(?:now|shown as) ((?:[✗▲·]\d+ ?)+)", part.text
        ):
            found.subtract(counted(was))
            found.update(counted(now))
    assert +found == told_in_words(consequence)
    return +found


GONE = ("cleared", "waived", "no longer checked")
MARKS = {"error": "✗", "warning": "▲", "info": "·"}


def told_in_words(consequence: Consequence) -> Counter[str]:
    """The same of the line that a command prints: ``errors: 1 new, 2 cleared``."""
    found = header(consequence.before)
    for noun, mark in MARKS.items():
        for counts in re.findall(rf" · {noun}s?: ([^·]+)", line_of(consequence)):
            for number, word in re.findall(r"(\d+) ([a-z ]+)", counts):
                sign = 1 if word.strip() == "new" else -1 if word.strip() in GONE else 0
                found[mark] += sign * int(number)
    for was, now in re.findall(r": (\d[^:·]*), now (\d[^·]*)", line_of(consequence)):
        for sign, text in ((-1, was), (1, now)):
            for number, noun in re.findall(r"(\d+) (error|warning|info)", text):
                found[MARKS[noun]] += sign * int(number)
    return +found


# --- random edits ---------------------------------------------------------------------------------


def some_value(draw: random.Random, old: Any) -> Any:
    """Another value of the same sort."""
    if isinstance(old, date):
        return old + timedelta(days=draw.randint(-40, 40))
    if isinstance(old, bool):
        return not old
    if isinstance(old, int | float):
        return old * draw.choice((0, 0.5, 0.9, 1.2, 3))
    if isinstance(old, str) and re.fullmatch(r"\d+[dw]", old):
        return f"{draw.randint(1, 30)}{draw.choice('dw')}"
    if isinstance(old, list):
        return draw.sample(old, draw.randint(0, len(old)))
    if isinstance(old, dict):
        return {key: value for key, value in old.items() if draw.random() < 0.6}
    return old


def some_edit(draw: random.Random, tables: Tables) -> Edit:
    """One edit of any kind, mostly of an initiative."""
    kind = draw.choice([*(kind for kind in tables if tables[kind]), *["initiatives"] * 8])
    id = draw.choice(list(tables[kind]))
    table, what = tables[kind][id], draw.random()
    if what < 0.08 and id:
        return RemoveTable(kind, id)
    if what < 0.16 and id:
        return RenameId(kind, id, f"{id}-x")
    if what < 0.24 and kind == "initiatives":
        words = ("done", "dropped", "active", "planned", "paused", "proposed")
        return SetKey(kind, id, ("status",), draw.choice(words))
    key = draw.choice(list(table) or ["title"])
    if what < 0.4 and key in table:
        return RemoveKey(kind, id, (key,))
    other = tables[kind][draw.choice(list(tables[kind]))]
    if what < 0.5 and key in other:
        return SetKey(kind, id, (key,), other[key])
    return SetKey(kind, id, (key,), some_value(draw, table.get(key, "x")))


@pytest.mark.parametrize("seed", range(examples(1, 4)))
@pytest.mark.parametrize("large", [False, True], ids=["sample", "generated"])
def test_the_header_and_the_line_add_up(tmp_path: Path, large: bool, seed: int) -> None:
    draw = random.Random(seed)
    path = write_rich(tmp_path, 60, seed) if large else ROADMAPS / "acme-2027"
    session = Session.open(path)
    tried: Counter[Outcome] = Counter()
    for _ in range(120):
        number = draw.choice((1, 1, 1, 2, 4))
        tables = session.plan.tables
        edit = Edits(tuple(some_edit(draw, tables) for _ in range(number)))
        try:
            consequence = session.preview(edit).consequence
        except PlannerError:
            continue
        assert told(consequence) == header(consequence.after), edit
        tried.update(change.outcome for change in consequence.changes.all)
        if draw.random() < 0.3:
            with suppress(PlannerError):  # a text refuses what has no meaning on it
                session.apply(edit)
    assert {"cleared", "better", "worse", "new"} <= tried.keys()


# --- told as one ----------------------------------------------------------------------------------

OPEN = '[initiatives.w{}]\nneeds = ["w0"]\n'
FIRST = (
    '[roadmap]\nstart = 2027-03-01\nstatus_date = 2027-03-01\n[initiatives.w0]\nestimate = "1w"\n'
)


def opened(tmp_path: Path, text: str) -> Session:
    path = tmp_path / "plan.toml"
    path.write_text(text, "utf-8")
    return Session.open(path)


def outcomes(consequence: Consequence) -> list[tuple[str, str]]:
    """(outcome, code) of each change."""
    return [(change.outcome, change.code) for change in consequence.changes.all]


def test_what_is_told_as_one_from_now_on_is_not_cleared(tmp_path: Path) -> None:
    estimated = "".join(f'[initiatives.e{n}]\nneeds = ["w0"]\nestimate = "1w"\n' for n in range(6))
    bare = "".join(OPEN.format(number) for number in range(1, 6))
    session = opened(tmp_path, FIRST + estimated + bare)
    added = AddTable("initiatives", "w6", {"needs": ["w0"]})
    consequence = session.preview(added).consequence
    assert outcomes(consequence) == [("worse", "PLAN07")]
    assert (header(consequence.before)["▲"], header(consequence.after)["▲"]) == (5, 1)
    assert told(consequence) == header(consequence.after)


def test_a_deadline_that_is_missed_with_another_is_neither_gone_nor_silent(tmp_path: Path) -> None:
    text = (
        "[roadmap]\nstart = 2027-03-01\nstatus_date = 2027-03-01\n"
        '[initiatives.a]\nestimate = "2w"\ndeadline = 2027-03-10\n'
        '[initiatives.b]\nestimate = "2w"\nneeds = ["a"]\ndeadline = 2027-03-24\n'
    )
    session = opened(tmp_path, text)
    (before,) = (one for one in session.plan.findings if one.code == "DATE01")
    assert before.on == ("a", "b")
    longer = session.preview(SetKey("initiatives", "b", ("estimate",), "13d")).consequence
    assert outcomes(longer) == [("worse", "DATE01")]
    assert header(longer.after)["✗"] == 2, "b is later than a now, and is told by itself"
    (change,) = longer.changes.all
    assert "b 5 working days late, was 2" in change.text
    assert told(longer) == header(longer.after)


# --- renames --------------------------------------------------------------------------------------


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROADMAPS / "acme-2027", tmp_path / "acme"))


@pytest.mark.parametrize(
    ("kind", "id"),
    [
        ("initiatives", "customer-sso"),
        ("initiatives", "peak-readiness"),
        ("initiatives", "loyalty-relaunch"),
        ("systems", "esp"),
        ("teams", "data"),
        ("people", "ines-duarte"),
        ("outcomes", "brand-preference"),
        ("freezes", "peak"),
        ("data", "customer-profile"),
        ("agreements", "email-sending"),
        ("decisions", "points-expiry"),
    ],
)
def test_another_id_changes_nothing(acme: Path, kind: str, id: str) -> None:
    session = Session.open(acme)
    for new in (f"zz-{id}", f"aa-{id}"):
        consequence = session.apply(RenameId(kind, id, new))
        assert consequence.nothing, outcomes(consequence)
        assert consequence.slip is not None
        assert not consequence.slip
        id = new


def test_ids_that_change_places_are_kept_apart(tmp_path: Path) -> None:
    late = '[initiatives.{}]\nestimate = "{}"\ndeadline = 2027-03-02\n'
    session = opened(tmp_path, FIRST + late.format("a", "4d") + late.format("b", "9d"))
    swap = [RenameId("initiatives", *pair) for pair in (("a", "c"), ("b", "a"), ("c", "b"))]
    assert session.preview(Edits(tuple(swap))).consequence.nothing


def test_a_rename_with_an_edit_tells_the_edit(acme: Path) -> None:
    edit = Edits(
        (
            RenameId("initiatives", "pim-commerce", "pim-shop"),
            SetKey("initiatives", "pim-shop", ("estimate",), "7w"),
        )
    )
    consequence = Session.open(acme).preview(edit).consequence
    assert [(move.id, move.days) for move in consequence.moved if move.id == "pim-shop"] == [
        ("pim-shop", 5)
    ]
    assert ("worse", "DATE06") in outcomes(consequence)
    assert not [each for each in outcomes(consequence) if each[0] in ("cleared", "new")]


# --- what got worse -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "figures"),
    [
        (("portfolios.it", "budget=880000"), "COST01", ("€140,000", "€40,000")),
        (("pim-commerce", "estimate=7w"), "DATE06", ("11 working days", "was 6")),
        (
            ("autumn-range-live", "announced=2027-08-25"),
            "PROM01",
            ("1 working day", "a warning before"),
        ),
        (
            ("peak-campaign", "finish_no_earlier_than=2027-10-18"),
            "FREEZE03",
            ("5 working days", "was 6"),
        ),
    ],
)
def test_what_got_worse_is_told_with_both_figures(
    run: Run, acme: Path, words: tuple[str, str], code: str, figures: tuple[str, str]
) -> None:
    ran = run("set", *words, "-r", str(acme))
    (line,) = (line for line in ran.out.splitlines() if line.startswith("  worse") and code in line)
    assert all(figure in line for figure in figures)
    assert "worse" in ran.out.splitlines()[1]


def test_what_got_better_and_is_not_gone_is_told_too(run: Run, acme: Path) -> None:
    ran = run("set", "portfolios.it", "budget=1000000", "-r", str(acme))
    (line,) = (line for line in ran.out.splitlines() if "COST01" in line)
    assert line.startswith("  better")
    assert "€20,000" in line
    assert "€40,000" in line


# --- what is gone is not solved -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (RemoveTable("people", "ines-duarte"), "OWN04"),
        (RemoveKey("initiatives", "cdp-foundation", ("responsible",)), "OWN04"),
        (RemoveKey("teams", "data", ("capacity",)), "CAP01"),
        (RemoveTable("teams", "web-eng"), "CAP01"),
        (SetKey("checks", "", ("ignore",), ["CAP01", "OWN"]), "CAP01"),
        (SetKey("checks", "", ("overload_days",), 100), "CAP01"),
        (RemoveKey("portfolios", "it", ("budget",)), "COST01"),
        (RemoveTable("portfolios", "it"), "COST01"),
        (RemoveKey("initiatives", "brand-site", ("cost",)), "COST01"),
        (RemoveKey("initiatives", "customer-sso", ("estimate",)), "DATE01"),
        (RemoveKey("initiatives", "customer-sso", ("percent_complete",)), "FREEZE03"),
        (RemoveKey("systems", "match-service", ("standing",)), "STD01"),
        (RemoveKey("systems", "dam", ("standing_until",)), "STD02"),
        (RemoveKey("systems", "pim", ("supported_until",)), "SYS06"),
        (RemoveKey("data", "customer-profile", ("classification",)), "DATA01"),
        (RemoveKey("outcomes", "brand-preference", ("kpi",)), "OUT03"),
    ],
)
def test_who_or_what_is_gone_clears_nothing(acme: Path, edit: Edit, code: str) -> None:
    consequence = Session.open(acme).preview(edit).consequence
    assert ("unchecked", code) in outcomes(consequence)
    assert not [each for each in outcomes(consequence) if each[0] in ("cleared", "better")]
    assert told(consequence) == header(consequence.after)


@pytest.mark.parametrize(
    ("id", "key", "left"),
    [
        ("loyalty-relaunch", "cost", None),
        ("loyalty-relaunch", "cost", "marketing"),
        ("api-gateway", "value", None),
        ("api-gateway", "value", "it"),
    ],
)
def test_what_is_only_less_known_is_no_better(
    acme: Path, id: str, key: str, left: str | None
) -> None:
    session = Session.open(acme)
    was = session.plan.tables["initiatives"][id][key]
    kept = {left: was[left]} if left else None
    edit = SetKey("initiatives", id, (key,), kept) if kept else RemoveKey("initiatives", id, (key,))
    assert outcomes(session.preview(edit).consequence) == []
    lower = dict.fromkeys(was, 1)
    better = session.preview(SetKey("initiatives", id, (key,), lower)).consequence
    assert [one for one, _ in outcomes(better)] == ["better"]


def test_who_is_no_longer_here_leaves_no_better_plan(acme: Path) -> None:
    session = Session.open(acme)
    session.apply(SetKey("people", "ines-duarte", ("until",), date(2027, 4, 30)))
    for edit, code in (
        (RemoveTable("people", "ines-duarte"), "OWN05"),
        (RemoveKey("people", "ines-duarte", ("until",)), "OWN05"),
        (RemoveKey("initiatives", "cdp-foundation", ("responsible",)), "OWN04"),
    ):
        gone = outcomes(session.preview(edit).consequence)
        assert ("unchecked", code) in gone
        assert not [each for each in gone if each[0] in ("cleared", "better")]
    stays = SetKey("people", "ines-duarte", ("until",), date(2027, 12, 31))
    assert outcomes(session.preview(stays).consequence) == [("cleared", "OWN05")]


def test_a_rule_that_too_few_give_a_reason_for_has_solved_nothing(tmp_path: Path) -> None:
    work = "".join(f'[initiatives.o{n}]\noutcomes = ["sales"]\n' for n in range(3))
    bare = "".join(OPEN.format(n) for n in range(1, 9))
    text = FIRST + "[outcomes.sales]\n" + work + bare
    consequence = opened(tmp_path, text).preview(RemoveKey("initiatives", "o1", ("outcomes",)))
    found = outcomes(consequence.consequence)
    assert ("unchecked", "OUT01") in found
    assert ("unchecked", "PLAN06") not in found
    assert not [each for each in found if each[0] in ("cleared", "better")]


def test_what_was_written_wrongly_is_cleared_when_it_is_taken_out(tmp_path: Path) -> None:
    text = FIRST + '[initiatives.a]\nestimate = "soon"\n[initiatives.b]\nestimate = "2w"\n'
    future = 'status = "active"\nactual_start = 2027-04-01\n'
    session = opened(tmp_path, text + future)
    unread = session.preview(RemoveKey("initiatives", "a", ("estimate",))).consequence
    assert ("cleared", "READ01") in outcomes(unread)
    later = session.preview(RemoveKey("initiatives", "b", ("actual_start",))).consequence
    assert ("cleared", "DATE05") in outcomes(later)


READ = """
[outcomes.sales]
kpi = "sales"
baseline = 10
target = 50
by = 2027-02-01
source = "till"
owner = "crm"
readings = { 2027-01-15 = 40, 2027-01-29 = 20 }
[teams.crm]
[initiatives.w1]
estimate = "1w"
outcomes = ["sales"]
"""


def test_a_reading_that_is_taken_out_is_no_progress(tmp_path: Path) -> None:
    session = opened(tmp_path, FIRST + READ)
    kept = {"2027-01-15": 40}
    consequence = session.preview(SetKey("outcomes", "sales", ("readings",), kept)).consequence
    assert [one.code for one in consequence.after.findings].count("OUT05") == 1
    assert outcomes(consequence) == []
    corrected = SetKey("outcomes", "sales", ("readings",), {**kept, "2027-01-29": 45})
    assert outcomes(session.preview(corrected).consequence) == [("better", "OUT05")]


def test_another_person_in_the_role_clears_it(acme: Path) -> None:
    other = SetKey("initiatives", "cdp-foundation", ("responsible",), ["piotr-zielinski"])
    assert ("cleared", "OWN04") in outcomes(Session.open(acme).preview(other).consequence)


def test_a_waiver_waives_and_does_not_clear(acme: Path) -> None:
    on = ["peak-readiness"]
    waiver = {"rule": "DATE01", "on": on, "reason": "x", "by": "crm", "until": date(2027, 5, 1)}
    consequence = Session.open(acme).preview(AddTable("waivers", "w", waiver)).consequence
    assert outcomes(consequence) == [("waived", "DATE01")]
    assert told(consequence) == header(consequence.after)


# --- a launch that leaves -------------------------------------------------------------------------


LEAVING: dict[str, Callable[[str], Edit]] = {
    "dropped": lambda id: SetKey("initiatives", id, ("status",), "dropped"),
    "removed": lambda id: RemoveTable("initiatives", id),
    "renamed, removed": lambda id: Edits(
        (RenameId("initiatives", id, "other"), RemoveTable("initiatives", "other"))
    ),
}


@pytest.mark.parametrize("why", LEAVING)
def test_where_the_main_launch_leaves_nothing_is_saved(acme: Path, why: str) -> None:
    session = Session.open(acme)
    launch = session.plan.schedule.main_launch
    assert launch is not None
    consequence = session.preview(LEAVING[why](launch)).consequence
    target = "other" if "renamed" in why else launch
    assert (consequence.target, consequence.after_finish, consequence.left) == (target, None, True)
    left = [(each.id, each.why) for each in consequence.launches_left]
    assert left == [(target, why.removeprefix("renamed, "))]
    assert (consequence.cost or 0) >= 0
    assert "delay cost −" not in line_of(consequence)
    assert consequence.slip is None


def test_where_the_main_launch_can_be_read_no_more_nothing_is_saved(acme: Path) -> None:
    before = Session.open(acme).plan
    launch = before.schedule.main_launch
    (file,) = (one for one in acme.glob("*.toml") if f"[initiatives.{launch}]" in one.read_text())
    head, header_line, rest = file.read_text().partition(f"[initiatives.{launch}]\n")
    unreadable = rest.replace('estimate = "0d"', 'estimate = "soon"', 1)
    file.write_text(head + header_line + unreadable)
    consequence = compare(before, Session.open(acme).plan)
    assert (consequence.target, consequence.after_finish, consequence.left) == (launch, None, True)
    left = [(each.id, each.why) for each in consequence.launches_left]
    assert left == [(launch, "unreadable estimate")]
    assert (consequence.cost or 0) >= 0
    assert "delay cost −" not in line_of(consequence)
    assert consequence.slip is None


def test_where_the_main_launch_is_on_a_circle_nothing_is_saved(tmp_path: Path) -> None:
    text = VALUED.partition("[initiatives.after]")[0]
    before = opened(tmp_path, text).plan
    circle = text.replace("[initiatives.api]", '[initiatives.api]\nneeds = ["launch"]')
    consequence = compare(before, opened(tmp_path, circle).plan)
    assert (consequence.target, consequence.left, consequence.cost) == ("launch", True, 0)
    assert told(consequence) == header(consequence.after)


VALUED = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
currency = "EUR"
[outcomes.sales]
value = 261000
[initiatives.api]
estimate = "2w"
outcomes = ["sales"]
[initiatives.launch]
kind = "milestone"
needs = ["api"]
[initiatives.after]
estimate = "6w"
outcomes = ["sales"]
"""


@pytest.mark.parametrize(
    "edit",
    [
        SetKey("initiatives", "after", ("status",), "dropped"),
        RemoveTable("initiatives", "after"),
        RemoveKey("initiatives", "after", ("outcomes",)),
    ],
)
def test_an_outcome_that_loses_its_last_work_is_not_early(tmp_path: Path, edit: Edit) -> None:
    consequence = opened(tmp_path, VALUED).preview(edit).consequence
    assert consequence.cost == 0


def test_an_outcome_whose_last_work_can_be_read_no_more_is_not_early(tmp_path: Path) -> None:
    before = opened(tmp_path, VALUED).plan
    after = opened(tmp_path, VALUED.replace('estimate = "6w"', 'estimate = "soon"')).plan
    assert compare(before, after).cost == 0


def test_work_that_is_done_early_saves_what_it_is_early(tmp_path: Path) -> None:
    session = opened(
        tmp_path, VALUED.replace("status_date = 2027-03-01", "status_date = 2027-04-01")
    )
    done = {"status": "done", "actual_start": date(2027, 3, 1), "actual_finish": date(2027, 3, 31)}
    edits = [
        SetKey("initiatives", id, (key,), value)
        for id in ("api", "after")
        for key, value in done.items()
    ]
    before = session.plan.schedule.get("after")
    assert before is not None
    consequence = session.preview(Edits(tuple(edits))).consequence
    days = session.plan.calendars.roadmap.working_days(before.finish, date(2027, 3, 31))
    assert consequence.cost == pytest.approx(days * 1000)


# --- time -----------------------------------------------------------------------------------------


def test_moving_the_status_date_is_time_and_costs_nothing(run: Run, acme: Path) -> None:
    session = Session.open(acme)
    later = SetKey("roadmap", "", ("status_date",), date(2027, 4, 5))
    consequence = session.preview(later).consequence
    assert consequence.slip is not None
    assert consequence.slip.working > 0
    assert consequence.slip_by_time == consequence.slip
    assert not consequence.slip_by_edit
    assert consequence.cost == 0
    assert told(consequence) == header(consequence.after)
    ran = run("set", "roadmap", "status_date=2027-04-05", "-r", str(acme))
    follows = ran.out.splitlines()[1]
    assert "time goes on to 5 Apr" in follows
    assert "delay cost" not in follows


def test_time_and_an_edit_add_up_and_only_the_edit_costs(acme: Path) -> None:
    session = Session.open(acme)
    longer = SetKey("initiatives", "customer-sso", ("estimate",), "12w")
    later = SetKey("roadmap", "", ("status_date",), date(2027, 4, 5))
    both = session.preview(Edits((later, longer))).consequence
    time, edit, slip = both.slip_by_time, both.slip_by_edit, both.slip
    assert time
    assert edit
    assert slip
    assert time.working + edit.working == slip.working
    session.apply(later)
    assert both.cost == pytest.approx(session.preview(longer).consequence.cost)


# --- the whole plan -------------------------------------------------------------------------------


def test_a_fix_that_lengthens_the_plan_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(
        '[roadmap]\nstart = 2027-01-04\n[teams.m]\nportfolio = "marketing"\n[teams.i]\n'
        'portfolio = "it"\n[initiatives.banner]\nowner = "m"\nestimate = "10d"\n'
        'changes = ["shop"]\n[initiatives.checkout]\nowner = "i"\nestimate = "10d"\n'
        'changes = ["shop"]\n',
        "utf-8",
    )
    ran = run("check", str(path), "--as-of", "2027-01-01", "--fix", "SYS01", "--dry-run")
    orders = [line for line in ran.out.splitlines() if "29 Jan" in line]
    assert len(orders) == 2
    assert all("29 Jan +10d" in line for line in orders)


def test_another_launch_is_named_where_the_main_one_stays(tmp_path: Path) -> None:
    text = FIRST + (
        '[initiatives.main]\nkind = "milestone"\nneeds = ["w0"]\n'
        "finish_no_earlier_than = 2027-09-01\n"
        '[initiatives.api]\nestimate = "1w"\n'
        '[initiatives.early]\ntitle = "Early bird"\nkind = "milestone"\nneeds = ["api"]\n'
    )
    session = opened(tmp_path, text)
    assert session.plan.schedule.main_launch == "main"
    line = line_of(session.preview(SetKey("initiatives", "api", ("estimate",), "2w")).consequence)
    assert "Early bird 12 Mar +5d" in line
    both = SetKey("initiatives", "main", ("finish_no_earlier_than",), date(2027, 9, 6))
    assert "Early" not in line_of(session.preview(both).consequence)
