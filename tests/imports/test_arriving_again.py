"""Imports again and again: what either side changed is there, and the same file changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from planner.analysis.importing import Incoming, Link
from planner.errors import EditRefused
from planner.exchange.importing.arriving import EVERY_OTHER, Arrival, arriving, resolved
from planner.exchange.importing.linking import without_circles
from planner.exchange.importing.target import importing_to, write
from planner.session.session import Session
from planner.text.edits import AddTable, Edits, RemoveKey, SetKey
from tests.long import examples

TODAY = date(2027, 3, 1)
IDS = ("alpha", "beta", "gamma", "delta", "epsilon")
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "title": st.sampled_from(["One", "Two", "Three – vier", "“Five”", "a = [1]"]),
    "estimate": st.sampled_from(["3d", "2w", "10d"]),
    "notes": st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20),
    "priority": st.integers(1, 5),
    "deadline": st.dates(date(2027, 4, 1), date(2027, 12, 1)),
    "uses": st.lists(st.sampled_from(["crm", "cms"]), unique=True, min_size=1),
    "portfolio": st.sampled_from(["it", "marketing"]),
    "owner": st.sampled_from(["web", "data"]),
}
rows = st.fixed_dictionaries({}, optional={key: VALUES[key] for key in VALUES if key != "title"})


@st.composite
def sheets(draw: st.DrawFn) -> Incoming:
    """A sheet with keys, so that a title may change; links lead to rows above."""
    ids = IDS[: draw(st.integers(1, len(IDS)))]
    initiatives = {id: {"title": f"Row {id}", **draw(rows)} for id in ids}
    links = [
        Link(row + 2, id, ids[draw(st.integers(0, row - 1))], "above")
        for row, id in enumerate(ids)
        if row and draw(st.booleans())
    ]
    return Incoming(
        "plan.csv",
        {"initiatives": initiatives, "systems": {"crm": {"title": "CRM"}}},
        {id: row for row, id in enumerate(ids, 2)},
        {id: f"K-{row}" for row, id in enumerate(ids)},
        links=tuple(links),
    )


@contextmanager
def roadmap_of(incoming: Incoming, *, folder: bool) -> Iterator[Path]:
    with TemporaryDirectory() as name:
        path = Path(name) / ("plan" if folder else "plan.toml")
        write(arrival_of(incoming, path))
        yield path


def arrival_of(incoming: Incoming, path: Path) -> Arrival:
    return arriving(importing_to(incoming, path, TODAY))


def contents(path: Path) -> dict[str, bytes]:
    top = path.parent
    return {str(each): each.read_bytes() for each in top.rglob("*") if each.is_file()}


Changes = Mapping[tuple[str, str], Any]
"""(id, key) → the new value, None for none."""


@st.composite
def changes(draw: st.DrawFn, incoming: Incoming, without: Changes) -> Changes:
    ids = list(incoming.tables["initiatives"])
    places = st.tuples(st.sampled_from(ids), st.sampled_from(list(VALUES)))
    found = {}
    for place in draw(st.lists(places, unique=True, max_size=6)):
        if place not in without:
            found[place] = draw(
                VALUES[place[1]] if place[1] == "title" else st.none() | VALUES[place[1]]
            )
    return found


def in_the_sheet(incoming: Incoming, made: Changes) -> Incoming:
    initiatives = {id: dict(one) for id, one in incoming.tables["initiatives"].items()}
    for (id, key), value in made.items():
        initiatives[id].pop(key, None)
        if value is not None:
            initiatives[id][key] = value
    return structs.replace(incoming, tables={**incoming.tables, "initiatives": initiatives})


def in_the_roadmap(path: Path, made: Changes) -> None:
    session = Session.open(path, TODAY)
    for (id, key), value in made.items():
        if value is not None:
            session.apply(SetKey("initiatives", id, (key,), value))
        elif key in session.plan.written("initiatives", id):
            session.apply(RemoveKey("initiatives", id, (key,)))
    session.save()


@settings(max_examples=examples(20, 60), deadline=None)
@given(st.data(), st.booleans())
def test_what_either_side_changed_is_there(data: st.DataObject, folder: bool) -> None:
    incoming = data.draw(sheets())
    ours = data.draw(changes(incoming, {}))
    theirs = data.draw(changes(incoming, ours))
    with roadmap_of(incoming, folder=folder) as path:
        in_the_roadmap(path, ours)
        arrival = arrival_of(in_the_sheet(incoming, theirs), path)
        assert not arrival.clashes
        write(arrival)
        written = Session.open(path, TODAY).plan
        for made in (ours, theirs):
            for (id, key), value in made.items():
                assert written.written("initiatives", id).get(key) == value, (id, key)
        before = contents(path)
        again = arrival_of(in_the_sheet(incoming, theirs), path)
        assert not again.changes
        write(again)
        assert contents(path) == before


@settings(max_examples=examples(15, 40), deadline=None)
@given(sheets(), st.booleans())
def test_the_same_file_twice_gives_the_same_bytes(incoming: Incoming, folder: bool) -> None:
    with roadmap_of(incoming, folder=folder) as path:
        before = contents(path)
        write(arrival_of(incoming, path))
        assert contents(path) == before
        with roadmap_of(incoming, folder=folder) as other:
            made = [raw for _, raw in sorted(contents(other).items())]
            assert made == [raw for _, raw in sorted(before.items())]


@settings(max_examples=examples(15, 30), deadline=None)
@given(st.data())
def test_what_only_the_roadmap_has_stays(data: st.DataObject) -> None:
    """Comments, working agreements, waivers, initiatives and keys that a sheet can't say."""
    incoming = data.draw(sheets())
    with roadmap_of(incoming, folder=False) as path:
        session = Session.open(path, TODAY)
        session.apply(
            Edits(
                (
                    AddTable("agreements", "content", {"title": "Content", "accountable": ["web"]}),
                    AddTable("waivers", "w", {"rule": "PLAN06", "reason": "known"}),
                    AddTable("initiatives", "own", {"title": "Own", "needs": ["alpha"]}),
                    SetKey("initiatives", "alpha", ("value",), {"it": 3}),
                )
            )
        )
        session.save()
        text = path.read_text("utf-8")
        path.write_text(text.replace("[waivers.w]", "# our reason\n[waivers.w] # so"), "utf-8")
        own = {
            kind: Session.open(path, TODAY).plan.tables[kind] for kind in ("agreements", "waivers")
        }
        write(arrival_of(in_the_sheet(incoming, data.draw(changes(incoming, {}))), path))
        plan = Session.open(path, TODAY).plan
        assert {kind: plan.tables[kind] for kind in own} == own
        assert plan.written("initiatives", "own") == {"title": "Own", "needs": ["alpha"]}
        assert plan.written("initiatives", "alpha")["value"] == {"it": 3}
        assert "# our reason\n[waivers.w] # so\n" in path.read_text("utf-8")


@st.composite
def linked_rows(draw: st.DrawFn) -> Incoming:
    """Some rows of a sheet, with links from any to any: circles among them."""
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, min_size=1))
    pairs = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=8))
    found = [Link(IDS.index(succ) + 2, succ, pred, pred) for pred, succ in pairs]
    return Incoming(
        "plan.csv",
        {"initiatives": {id: {"title": f"Row {id}"} for id in ids}},
        {id: IDS.index(id) + 2 for id in ids},
        links=tuple(without_circles(found)[0]),
    )


@settings(max_examples=examples(25, 80), deadline=None)
@given(st.data())
def test_no_import_makes_a_circle(data: st.DataObject) -> None:
    with roadmap_of(data.draw(linked_rows()), folder=False) as path:
        session = Session.open(path, TODAY)
        for _ in range(3):
            ids = list(session.plan.roadmap.initiatives)
            id, other = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
            with suppress(EditRefused):
                session.apply(SetKey("initiatives", id, ("needs",), [other]))
        session.save()
        for _ in range(2):
            arrival = arrival_of(data.draw(linked_rows()), path)
            if arrival.clashes:
                arrival = resolved(
                    arrival, EVERY_OTHER, data.draw(st.sampled_from(["ours", "theirs"]))
                )
            assert not arrival.plan.network.stuck
            write(arrival)
            assert not Session.open(path, TODAY).plan.network.stuck


def test_an_agreed_handover_stays_and_asks_for_more_by_a_counter() -> None:
    incoming = Incoming(
        "plan.csv",
        {
            "initiatives": {
                "api": {"title": "API", "portfolio": "it", "estimate": "2w"},
                "web": {"title": "Web", "portfolio": "marketing", "estimate": "2w"},
            }
        },
        {"api": 2, "web": 3},
        links=(Link(3, "web", "api", "2", lag="+5d"),),
    )
    with roadmap_of(incoming, folder=True) as path:
        session = Session.open(path, TODAY)
        agreed = {"on": "api", "lag": "+5d", "agreed": date(2027, 2, 1), "delivers": "orders"}
        session.apply(SetKey("initiatives", "web", ("needs",), [agreed]))
        session.save()
        assert not arrival_of(incoming, path).changes
        less = structs.replace(incoming, links=(structs.replace(incoming.links[0], lag=""),))
        write(arrival_of(less, path))
        (link,) = Session.open(path, TODAY).plan.written("initiatives", "web")["needs"]
        assert link["agreed"] == date(2027, 2, 1)
        assert link["delivers"] == "orders"
        assert not arrival_of(less, path).changes
