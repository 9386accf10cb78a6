"""A hostile Microsoft Project XML: a message with its name, and never more than 200 MB.

Each is read by a process of its own, whose peak of memory is the kernel's figure.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from planner.errors import PlannerError
from planner.exchange.importing.mspdi import read_mspdi
from tests.exchange.test_mspdi_reading import (
    in_progress,
    others,
    project_365,
    project_2010,
    project_2016,
)
from tests.long import examples, of_length
from tests.mspdi.files import NAMESPACE, calendar, exception, link, project, task

MEGABYTE = 1024 * 1024
MAX_MEMORY = 200
"""Megabytes."""
_READ = """
import json, sys
from pathlib import Path
from planner.errors import PlannerError
from planner.exchange.importing.mspdi import read_mspdi
try:
    found = read_mspdi(Path(sys.argv[1]))
    said = {"tasks": len(found.rows), "links": len(found.links)}
    said["title"] = next(iter(found.tables["initiatives"].values()))["title"]
except PlannerError as error:
    said = {"error": str(error), "where": error.where}
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({**said, "megabytes": int(peak.split()[1]) // 1024}))
"""

_HEAD = f'<Project xmlns="{NAMESPACE}"><Tasks>'
_TAIL = "</Tasks></Project>"

LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10)
)  # fmt: skip

Build = Callable[[Path], Path]


class Read(Struct):
    """What became of a file."""

    megabytes: int
    error: str = ""
    where: str = ""
    title: str = ""
    tasks: int = 0
    links: int = 0


def read(file: Path) -> Read:
    """Read a file in a process of its own."""
    words = [sys.executable, "-c", _READ, str(file)]
    ran = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300)
    assert ran.returncode == 0, ran.stderr
    return Read(**json.loads(ran.stdout))


def repeated(head: str, piece: str, megabytes: float, tail: str = "") -> Build:
    """A file of a piece again and again, up to a size."""

    def build(folder: Path) -> Path:
        made = folder / "plan.xml"
        block = (piece * (MEGABYTE // len(piece.encode()) + 1)).encode()
        with made.open("wb") as file:
            file.write(head.encode())
            for _ in range(int(megabytes * MEGABYTE / len(block)) + 1):
                file.write(block)
            file.write(tail.encode())
        return made

    return build


def text(content: str) -> Build:
    """A file with this text."""
    return repeated(content, " ", 0)


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "plan.xml")
    return folder / "plan.xml"


def _zeros(folder: Path) -> Path:
    (folder / "plan.xml").symlink_to("/dev/zero")
    return folder / "plan.xml"


def _folder(folder: Path) -> Path:
    (folder / "plan.xml").mkdir()
    return folder / "plan.xml"


REFUSED: dict[str, Build] = {
    "entities of entities": text(
        f"<!DOCTYPE Project [{LAUGHS}]>{_HEAD}<Task><Name>&l9;</Name></Task>{_TAIL}"
    ),
    "an external entity": text(
        f'<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]>{_HEAD}<Task>'
        f"<Name>&x;</Name></Task>{_TAIL}"
    ),
    "an external type": text(f'<!DOCTYPE Project SYSTEM "http://127.0.0.1:9/x">{_HEAD}{_TAIL}'),
    "a parameter entity": text(
        f'<!DOCTYPE Project [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>{_HEAD}{_TAIL}'
    ),
    "cut off": text(_HEAD + "<Task><UID>1</UID>"),
    "no XML": text("UID,Name\n1,API\n"),
    "a page of the web": text("<html><body>plan</body></html>"),
    "another tool's": text("<APIBusinessObjects><Project/></APIBusinessObjects>"),
    "bytes of no encoding": text('<?xml version="1.0" encoding="x-none"?>' + _HEAD + _TAIL),
    "elements in elements": repeated(_HEAD + "<Task>", "<Notes>", 1),
    "more than 100 MB": repeated(_HEAD, f"<Task><HideBar>{' ' * 10_000}</HideBar></Task>", 101),
    "millions of tasks": repeated(_HEAD, "<Task><UID>1</UID></Task>", 90, _TAIL),
    "millions of links": repeated(_HEAD + "<Task>", link(1), 90, f"</Task>{_TAIL}"),
    "exceptions without end": text(
        f'<Project xmlns="{NAMESPACE}"><Calendars>'
        + calendar(1, "Standard", *[exception("1990-01-01", "2200-01-01", Type=6)] * 2000)
        + "</Calendars></Project>"
    ),
    "a pipe": _pipe,
    "zeros without end": _zeros,
    "a folder": _folder,
}


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_by_name(name: str, tmp_path: Path) -> None:
    file = REFUSED[name](tmp_path)
    found = read(file)
    assert found.where.startswith(str(file))
    assert found.megabytes <= MAX_MEMORY


def test_more_than_100_mb_are_named(tmp_path: Path) -> None:
    assert "100 MB" in read(REFUSED["more than 100 MB"](tmp_path)).error


ONE = task(1, "API")
TIMEPHASED = (
    "<TimephasedData><Type>1</Type><UID>1</UID><Start>2027-03-01T08:00:00</Start>"
    "<Finish>2027-03-02T08:00:00</Finish><Unit>2</Unit><Value>PT8H0M0S</Value></TimephasedData>"
).replace("<", "\r\n\t\t\t<")
"""A line for each element, as Microsoft Project writes it."""

READ: dict[str, tuple[Build, int]] = {
    "100 MB of days by the hour": (
        repeated(_HEAD + ONE.replace("</Task>", ""), TIMEPHASED, 99, f"</Task>{_TAIL}"),
        1,
    ),
    "100 MB of one note": (
        repeated(_HEAD + ONE.replace("</Task>", "<Notes>"), "note ", 99, f"</Notes></Task>{_TAIL}"),
        1,
    ),
    "20,000 tasks of 5 kB": (
        repeated(_HEAD, f"{ONE}{' ' * (5000 - len(ONE))}", 19_900 * 5000 / MEGABYTE, _TAIL),
        19_908,
    ),
}


AT_THE_LIMIT = ("100 MB of days by the hour", "20,000 tasks of 5 kB")


@pytest.mark.parametrize("name", of_length(READ, AT_THE_LIMIT))
def test_a_large_file_is_read(name: str, tmp_path: Path) -> None:
    build, tasks = READ[name]
    found = read(build(tmp_path))
    assert (found.error, found.title) == ("", "API")
    assert abs(found.tasks - tasks) < 100
    assert found.megabytes <= MAX_MEMORY


def test_a_name_of_a_file_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    file = tmp_path / "plan\x1b[2J\n.xml"
    file.write_text("<html/>")
    assert read(file).error


def test_an_outline_without_end(tmp_path: Path) -> None:
    """Each task below the one before, and a link from each to the first."""
    tasks = (task(n, f"Task {n}", 5, link(1), level=n) for n in range(1, 3001))
    file = tmp_path / "plan.xml"
    file.write_text(project(*tasks).replace("<Title>Relaunch</Title>", ""))
    found = read(file)
    assert (found.error, found.tasks > 2000) == ("", True)


def test_20_000_tasks_with_links(tmp_path: Path) -> None:
    """As many as are read, each with its links, resources left out."""
    tasks = (task(n, f"Task {n}", 5, *([link(n - 1)] if n > 1 else [])) for n in range(1, 20_001))
    file = tmp_path / "plan.xml"
    file.write_text(project(*tasks))
    found = read(file)
    assert found.error == "" or "20,000" in found.error
    assert found.megabytes <= MAX_MEMORY


FIELDS = re.compile(r"(?<=>)([^<>\n]{1,40})(?=</)")
JUNK = st.one_of(
    st.sampled_from(
        ["", "-1", "0", "9999999999999999", "1e400", "nan", "PT" + "9" * 30 + "H", "P", "[" * 999,
         "0001-01-01T00:00:00", "9999-12-31T23:59:59", "2027-02-30T08:00:00", "{}", "[1]", "null"]
    ),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Z"]), max_size=9),
)  # fmt: skip


@pytest.mark.parametrize("whole", [project_2010, project_2016, project_365, in_progress, others])
@settings(max_examples=examples(20, 60))
@given(data=st.data())
def test_fields_of_any_content_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, whole: Callable[[], str], data: st.DataObject
) -> None:
    """Nothing but what a person can be told is ever raised."""
    spans = [match.span() for match in FIELDS.finditer(whole())]
    text = whole()
    for first, last in sorted(data.draw(st.lists(st.sampled_from(spans), max_size=12)))[::-1]:
        text = text[:first] + escape(data.draw(JUNK)) + text[last:]
    file = tmp_path_factory.mktemp("junk") / "plan.xml"
    file.write_text(text, encoding="utf-8")
    with suppress(PlannerError):
        read_mspdi(file)


@settings(max_examples=examples(30, 60))
@given(data=st.data())
def test_fields_of_our_own_of_any_content(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    values = st.recursive(JUNK | st.integers(), lambda inner: st.lists(inner, max_size=3))
    keys = st.sampled_from(["absent", "calendars", "near_critical", "kind", "tags", "calendar"])
    said = [json.dumps(data.draw(st.dictionaries(keys, values, max_size=4))) for _ in range(2)]
    fields = {188744015: said[0]}
    text = project(task(1, "API", custom=fields), aliases={188744015: "planner keys"})
    root = task(0, "Relaunch", 80, level=0, Summary=1)
    other = task(0, "Relaunch", 80, level=0, Summary=1, custom={188744015: said[1]})
    file = tmp_path_factory.mktemp("own") / "plan.xml"
    file.write_text(text.replace(root, other), encoding="utf-8")
    with suppress(PlannerError):
        read_mspdi(file)
