"""Each export is read by a program that knows its format, whatever stands in the plan's texts."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import networkx as nx
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.exchange.exporting import exported
from planner.exchange.sheets.guard import printable
from planner.plan.model import Plan
from planner.session.session import Session
from tests.cli.conftest import ROADMAPS
from tests.exchange.hostile_plans import ANY_TITLE, TITLES, plan_of
from tests.long import examples

MERMAID = Path("/opt/mmdc/node_modules/.bin/mmdc")
CHROMIUM = "/usr/bin/chromium"
PLANS = st.lists(ANY_TITLE, min_size=1, max_size=5)

needs_mermaid = pytest.mark.skipif(
    not (MERMAID.exists() and Path(CHROMIUM).exists()), reason="mermaid-cli is not here"
)
needs_graphviz = pytest.mark.skipif(shutil.which("dot") is None, reason="graphviz is not here")
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")


@pytest.fixture(scope="module")
def acme() -> Plan:
    return Session.open(ROADMAPS / "acme-2027").plan


def written(plan: Plan, suffix: str) -> bytes:
    return exported(plan, tuple(plan.roadmap.initiatives), suffix).raw


def one_line(text: str) -> str:
    """A text as formats of one line show it."""
    return " ".join(printable(text).split())


# --- iCalendar ------------------------------------------------------------------------------------


def events(raw: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(raw).walk("VEVENT"))


def test_a_calendar_has_the_days_of_the_plan(acme: Plan) -> None:
    found = {str(event["UID"]): event for event in events(written(acme, ".ics"))}

    for id in acme.roadmap.initiatives:
        dates = acme.schedule.get(id)
        event = found.get(f"initiative-{id}.acme-2027@planner")
        assert (event is None) == (dates is None)
        if event is not None and dates is not None:
            assert event["DTSTART"].dt == dates.start
            assert event["DTEND"].dt == dates.finish + timedelta(days=1)
    peak = found["deadline-peak-readiness.acme-2027@planner"]
    assert peak["DTSTART"].dt == date(2027, 10, 8)
    freeze = found["freeze-peak.acme-2027@planner"]
    assert (freeze["DTSTART"].dt, freeze["DTEND"].dt) == (date(2027, 10, 25), date(2028, 1, 8))


@given(titles=PLANS)
@example(titles=list(TITLES))
def test_a_calendar_has_every_text_as_it_is(titles: list[str]) -> None:
    raw = written(plan_of(titles), ".ics")
    lines = raw.split(b"\r\n")

    assert lines[-1] == b""
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    found = {str(event["UID"]).partition(".")[0]: event for event in events(raw)}
    assert len(found) == len(titles) + 1
    for number, title in enumerate(titles, 1):
        said = printable(title).replace("\t", " ")
        assert str(found[f"initiative-i-{number}"]["SUMMARY"]) == said
        assert len({str(event["DTSTAMP"].dt) for event in found.values()}) == 1


# --- GraphML --------------------------------------------------------------------------------------


def test_a_graph_has_types(acme: Plan) -> None:
    graph = nx.read_graphml(io.BytesIO(written(acme, ".graphml")))

    sso = graph.nodes["customer-sso"]
    assert (sso["total_float"], sso["critical"], sso["finish"]) == (-5, True, "2027-05-12")
    assert sum(len(acme.roadmap.initiatives[id].needs) for id in graph) == graph.number_of_edges()
    (edge,) = graph.get_edge_data("customer-sso", "cdp-foundation").values()
    assert (edge["type"], edge["lag"], edge["driving"]) == ("FS", 0, True)


@given(titles=PLANS)
@example(titles=list(TITLES))
def test_a_graph_has_every_text_as_it_is(titles: list[str]) -> None:
    graph = nx.read_graphml(io.BytesIO(written(plan_of(titles), ".graphml")))

    assert [graph.nodes[f"i-{n}"]["title"] for n in range(1, len(titles) + 1)] == [
        printable(title) for title in titles
    ]
    assert graph.number_of_edges() == len(titles) - 1


# --- DOT ------------------------------------------------------------------------------------------


def drawn(plan: Plan, tmp_path: Path) -> ElementTree.Element:
    """The picture that Graphviz makes."""
    file = tmp_path / "plan.dot"
    file.write_bytes(written(plan, ".dot"))
    ran = subprocess.run(["dot", "-Tsvg", str(file)], capture_output=True, check=True)
    assert ran.stderr == b""
    return ElementTree.fromstring(ran.stdout)


def _texts(group: ElementTree.Element) -> list[str]:
    return ["".join(each.itertext()) for each in group.iter("{http://www.w3.org/2000/svg}text")]


def _groups(svg: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    found = svg.iter("{http://www.w3.org/2000/svg}g")
    return [group for group in found if group.get("class") == kind]


@needs_graphviz
def test_graphviz_draws_the_sample(acme: Plan, tmp_path: Path) -> None:
    svg = drawn(acme, tmp_path)

    assert len(_groups(svg, "node")) == len(acme.roadmap.initiatives)
    links = sum(len(each.needs) for each in acme.roadmap.initiatives.values())
    assert len(_groups(svg, "edge")) == links
    assert [_texts(each)[0] for each in _groups(svg, "cluster")] == ["Marketing", "Joint", "IT"]


@needs_graphviz
@given(titles=PLANS)
@settings(max_examples=examples(8, 15))
@example(titles=list(TITLES))
def test_graphviz_shows_every_text_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, titles: list[str]
) -> None:
    svg = drawn(plan_of(titles), tmp_path_factory.mktemp("dot"))

    nodes = _groups(svg, "node")
    shown = [" ".join(" ".join(_texts(node)[:-1]).split()) for node in nodes]
    assert shown == [one_line(title) for title in titles]
    assert len(_groups(svg, "edge")) == len(titles) - 1


# --- Mermaid --------------------------------------------------------------------------------------


def rendered(plans: Sequence[Plan], folder: Path) -> list[ElementTree.Element]:
    """The pictures that Mermaid makes in a browser, of several plans by one start of it."""
    page = "\n".join(f"```mermaid\n{written(plan, '.mmd').decode()}```\n" for plan in plans)
    (folder / "page.md").write_text(page)
    (folder / "browser.json").write_text(json.dumps({"args": ["--no-sandbox"]}))
    words = [str(MERMAID), "-p", "browser.json", "-i", "page.md", "-o", "page.svg"]
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": CHROMIUM, "HOME": str(folder)}
    ran = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, check=False, text=True
    )
    assert ran.returncode == 0, ran.stderr
    files = sorted(folder.glob("page-*.svg"), key=lambda file: int(file.stem.split("-")[1]))
    assert len(files) == len(plans)
    return [ElementTree.fromstring(file.read_text()) for file in files]


def _bars(svg: ElementTree.Element) -> list[str]:
    """What stands at each bar, in the order of the bars."""
    texts = svg.iter("{http://www.w3.org/2000/svg}text")
    found = {str(each.get("id")): "".join(each.itertext()) for each in texts}
    numbered = {
        int(match[1]): text
        for id, text in found.items()
        if (match := re.search(r"i([0-9]+)-text$", id))
    }
    return [" ".join(numbered[number].split()) for number in sorted(numbered)]


@needs_mermaid
def test_mermaid_draws_the_sample_and_every_text_as_it_is(acme: Plan, tmp_path: Path) -> None:
    headed = [title for title in TITLES if len(title) > 9][: examples(2, 10)]
    plans = [plan_of([title, "plain"]) for title in headed]
    sample, whole, *others = rendered([acme, plan_of(TITLES), *plans], tmp_path)

    dated = [id for id in acme.roadmap.initiatives if acme.schedule.get(id)]
    assert len(_bars(sample)) == len(dated)
    assert _bars(whole) == [one_line(title) or "–" for title in TITLES]
    for title, svg in zip(headed, others, strict=True):
        assert _bars(svg) == [one_line(title), "plain"]
        assert one_line(title) in {
            " ".join("".join(each.itertext()).split()) for each in svg.iter()
        }
        assert not [each for each in svg.iter() if each.tag.endswith("}script")]


@given(titles=PLANS)
@example(titles=list(TITLES))
def test_a_gantt_has_a_line_for_each_and_its_own_days(titles: list[str]) -> None:
    plan = plan_of(titles)
    lines = written(plan, ".mmd").decode().split("\n")

    bars = [line for line in lines if re.search(r" :[a-z0-9, -]*i[0-9]+, ", line)]
    assert len(bars) == len(titles)
    assert len(lines) == len(titles) + 7
    assert not [line for line in lines if "excludes" in line.split("#")[0].split()[:1]]
    for bar, id in zip(bars, plan.roadmap.initiatives, strict=True):
        dates = plan.schedule.get(id)
        assert dates is not None
        assert bar.count(":") == 1
        end = (dates.finish + timedelta(days=1)).isoformat()
        is_milestone = plan.roadmap.initiatives[id].is_milestone
        assert bar.endswith(f", {dates.start}, {'0d' if is_milestone else end}")


# --- XLSX and CSV ---------------------------------------------------------------------------------


@needs_office
def test_libreoffice_reads_the_workbook_and_no_formula(acme: Plan, tmp_path: Path) -> None:
    for name, plan in (("acme", acme), ("hostile", plan_of(TITLES))):
        (tmp_path / f"{name}.xlsx").write_bytes(written(plan, ".xlsx"))
    words = ["soffice", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    words += ["--outdir", str(tmp_path), *map(str, sorted(tmp_path.glob("*.xlsx")))]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run([*words, profile], capture_output=True, check=True)

    sample = (tmp_path / "acme.csv").read_text(encoding="utf-8")
    assert "Customer identity and SSO" in sample
    assert "2027-05-12" in sample
    hostile = (tmp_path / "hostile.csv").read_text(encoding="utf-8")
    assert "=1+1" in hostile
    assert "#NAME?" not in hostile


def test_a_workbook_has_every_text_as_text() -> None:
    page: Any = openpyxl.load_workbook(io.BytesIO(written(plan_of(TITLES), ".xlsx")))["initiatives"]
    column = [cell.value for cell in page[1]].index("title")
    cells = [row[column] for row in page.iter_rows(min_row=2)]

    assert [cell.data_type for cell in cells] == ["s"] * len(TITLES)
    assert [cell.value for cell in cells] == [printable(title) for title in TITLES]
