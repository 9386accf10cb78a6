"""Out and in again gives the same plan: CSV beside the other tables, a workbook alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.exchange.sheets.guard import printable
from planner.plan.model import Plan
from planner.roadmap.quantities import Need
from planner.session.session import Session
from tests.cli.conftest import ROADMAPS, Run, run
from tests.exchange.hostile_plans import ANY_TITLE
from tests.long import examples

__all__ = ["run"]

START = date(2027, 3, 1)


def facts(plan: Plan) -> dict[str, Any]:
    """Dates, floats and links of a plan by initiative."""
    return {id: (_dates(plan, id), _links(plan, id)) for id in plan.roadmap.initiatives}


def _dates(plan: Plan, id: str) -> Any:
    found = plan.schedule.get(id)
    return None if found is None else (found.start, found.finish, found.total_float, found.critical)


def _links(plan: Plan, id: str) -> Any:
    """Links with all that was agreed about them, texts as any file can hold them."""
    return [
        (
            *(getattr(link, key) for key in ("on", "type", "lag", "slack", "driving")),
            *(_said(getattr(link.need, key)) for key in Need.__struct_fields__ if key != "lag"),
        )
        for link in plan.schedule.links_into(id)
    ]


def _said(value: Any) -> Any:
    return printable(value).strip() or None if isinstance(value, str) else value


def written(plan: Plan) -> Mapping[str, Any]:
    """All that a file says, whichever way it is written."""
    return {
        kind: {id: getattr(plan.roadmap, kind)[id] for id in tables}
        for kind, tables in plan.tables.items()
        if kind not in ("roadmap", "checks", "glossary")
    }


def test_the_sample_comes_in_again_from_a_workbook(run: Run, tmp_path: Path) -> None:
    before = Session.open(ROADMAPS / "acme-2027").plan
    book = tmp_path / "acme.xlsx"
    run("export", str(book), str(ROADMAPS / "acme-2027"))

    ran = run("import", str(book), str(tmp_path / "new"))
    assert ran.code == 0, ran.err
    after = Session.open(tmp_path / "new").plan
    assert facts(after) == facts(before)
    assert written(after) == written(before)
    for one in ("settings", "checks", "glossary"):
        assert getattr(after.roadmap, one) == getattr(before.roadmap, one)
    assert [f.fingerprint for f in after.findings] == [f.fingerprint for f in before.findings]


def test_the_sample_comes_in_again_from_a_csv_beside_the_rest(run: Run, tmp_path: Path) -> None:
    before = Session.open(ROADMAPS / "acme-2027").plan
    sheet, new = tmp_path / "acme.csv", tmp_path / "new"
    run("export", str(sheet), str(ROADMAPS / "acme-2027"))
    shutil.copytree(ROADMAPS / "acme-2027", new)
    for file in new.glob("*.toml"):
        file.write_text(_without_initiatives(file.read_text()))

    ran = run("import", str(sheet), str(new))
    assert ran.code == 0, ran.err
    after = Session.open(new).plan
    assert facts(after) == facts(before)
    assert after.roadmap.initiatives == before.roadmap.initiatives


def _without_initiatives(text: str) -> str:
    kept, taken = [], True
    for line in text.splitlines(keepends=True):
        if line.startswith("["):
            taken = not line.startswith("[initiatives.")
        if taken:
            kept.append(line)
    return "".join(kept)


def assert_nothing_changes(run: Run, roadmap: Path, file: Path) -> None:
    """An export changes nothing where it came from, before and after it was imported once."""
    files = sorted(roadmap.glob("*.toml")) if roadmap.is_dir() else [roadmap]
    before = {each: each.read_bytes() for each in files}
    assert run("export", str(file), str(roadmap), "--force").code == 0
    tried = run("import", str(file), str(roadmap), "--dry-run", "--json")
    assert tried.code == 0, tried.out
    assert json.loads(tried.out)["edits"] == []
    for _ in range(2):
        ran = run("import", str(file), str(roadmap))
        assert ran.code == 0, ran.out + ran.err
        assert {each: each.read_bytes() for each in files} == before, ran.out
        assert "wrote" not in ran.out


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "xml"])
@pytest.mark.parametrize("name", ["acme-2027", "minimal.toml"])
def test_it_changes_nothing_where_it_came_from(
    run: Run, tmp_path: Path, name: str, suffix: str
) -> None:
    sample, roadmap = ROADMAPS / name, tmp_path / name
    (shutil.copytree if sample.is_dir() else shutil.copy)(sample, roadmap)
    assert_nothing_changes(run, roadmap, tmp_path / f"out.{suffix}")


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "xml"])
def test_ids_are_known_again_whatever_the_titles(run: Run, tmp_path: Path, suffix: str) -> None:
    file, sheet = tmp_path / "plan.toml", tmp_path / f"plan.{suffix}"
    text = """[roadmap]
title = "Two launches"
status_date = 2027-03-01
[initiatives.a]
title = "Launch"
estimate = "3d"
[initiatives.b]
title = "Launch"
estimate = "5d"
needs = ["a"]
"""
    file.write_text(text)
    run("export", str(sheet), str(file))

    assert run("import", str(sheet), str(file)).code == 0
    assert file.read_text() == text
    if suffix != "csv":
        return
    sheet.write_text(sheet.read_text().replace("a,Launch,3d", "a,First launch,4d"))
    assert run("import", str(sheet), str(file)).code == 0
    assert file.read_text() == text.replace('"Launch"', '"First launch"', 1).replace("3d", "4d")


DAYS = st.dates(START, START + timedelta(days=200))
LENGTHS = st.sampled_from(["0d", "3d", "2w", "1.5w", "12d"])
NEED_TEXT = st.sampled_from(["", " SS+2d", " FF", " -1d", " SF+1w", " +3d"])


@st.composite
def roadmaps(draw: st.DrawFn) -> dict[str, Any]:
    """Roadmaps with texts of any sort, and values of each form."""
    size = draw(st.integers(1, 5))
    initiatives: dict[str, Any] = {}
    for number in range(size):
        optional: dict[str, Any] = {
            "title": ANY_TITLE,
            "notes": ANY_TITLE,
            "tags": st.lists(ANY_TITLE, max_size=3),
            "urls": ANY_TITLE,
            "portfolio": st.sampled_from(["it", "marketing"]),
            "owner": st.sampled_from(["crm", "web"]),
            "estimate": LENGTHS | st.just(["3d", "1w", "2w"]),
            "deadline": DAYS,
            "start_no_earlier_than": DAYS,
            "priority": st.integers(1, 5),
            "percent_complete": st.integers(0, 100) | st.floats(0, 100),
            "cost": st.integers(0, 10**6) | st.just({"it": 5, "marketing": [1, 2.5, 4]}),
            "staff": st.just({"crm": 0.5}),
            "as_late_as_possible": st.booleans(),
            "accelerate": st.just({"to": "1d", "cost": 100}),
            "reviews": st.dictionaries(st.just("legal"), DAYS),
            "kind": st.sampled_from(["feature", "milestone", "campaign"]),
        }
        keys = draw(st.sets(st.sampled_from(sorted(optional)), max_size=7))
        table = {key: draw(optional[key]) for key in sorted(keys)}
        if number:
            table["needs"] = draw(st.lists(_need(number), max_size=3, unique_by=str))
        initiatives[f"i-{number}"] = table
    settings = {"title": draw(ANY_TITLE), "start": START, "status_date": START}
    teams = {"crm": {"title": draw(ANY_TITLE)}, "web": {"portfolio": "it"}}
    glossary = draw(st.dictionaries(ANY_TITLE, ANY_TITLE, max_size=2))
    return {
        "roadmap": settings,
        "teams": teams,
        "initiatives": initiatives,
        "glossary": glossary,
        "checks": {"assumed_estimate": "1w", "ignore": ["PLAN06"]},
    }


def _need(number: int) -> st.SearchStrategy[Any]:
    others = st.integers(0, number - 1).map(lambda other: f"i-{other}")
    said = st.builds(lambda on, end: f"{on}{end}", others, NEED_TEXT)
    terms = st.fixed_dictionaries(
        {"on": others},
        optional={
            "type": st.sampled_from(["SS", "FF"]),
            "lag": st.just("2d"),
            "delivers": ANY_TITLE,
            "note": ANY_TITLE,
            "asked": DAYS,
            "needed_by": DAYS,
            "counter": st.fixed_dictionaries({"by": st.just("it"), "promised": DAYS}),
        },
    )
    return said | terms


@given(tables=roadmaps())
@settings(
    max_examples=examples(20, 60), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_any_roadmap_comes_in_again(
    run: Run, tmp_path_factory: pytest.TempPathFactory, suffix: str, tables: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("plan")
    (folder / "old.toml").write_text(tomli_w.dumps(tables), encoding="utf-8")
    file = folder / f"plan.{suffix}"
    assert run("export", str(file), str(folder / "old.toml")).code == 0
    if suffix == "csv":
        rest = {kind: table for kind, table in tables.items() if kind != "initiatives"}
        (folder / "new.toml").write_text(tomli_w.dumps(rest), encoding="utf-8")

    ran = run("import", str(file), str(folder / "new.toml"))
    assert ran.code == 0, ran.err
    before, after = (Session.open(folder / f"{name}.toml").plan for name in ("old", "new"))
    assert facts(after) == facts(before)


@given(tables=roadmaps())
@settings(
    max_examples=examples(10, 60), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "xml"])
def test_any_roadmap_is_not_changed_by_its_own_export(
    run: Run, tmp_path_factory: pytest.TempPathFactory, suffix: str, tables: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("own")
    (folder / "plan.toml").write_text(tomli_w.dumps(tables), encoding="utf-8")
    assert_nothing_changes(run, folder / "plan.toml", folder / f"out.{suffix}")
