"""`planner export plan.xml` and `planner import plan.xml`, and the files that MPXJ reads."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from planner.exchange.importing import mpxj as extra
from tests.cli.conftest import Run
from tests.cli.conftest import run as run
from tests.exchange.test_mspdi_dates import ROADMAPS
from tests.long import of_length
from tests.mspdi.java import missing

SAMPLE = str(ROADMAPS / "acme-2027")
NEEDS_JAVA = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture
def file(run: Run, tmp_path: Path) -> Path:
    """The sample as Microsoft Project XML."""
    made = tmp_path / "plan.xml"
    done = run("export", str(made), SAMPLE)
    assert done.code == 0
    return made


def shown(run: Run, path: str) -> dict[str, Any]:
    """Dates, floats, sides and driving links of everything, by id."""
    keys = ("start", "finish", "total_float", "free_float", "portfolio", "owner", "driven_by")
    found = json.loads(run("show", path, "--json").out)
    return {one["id"]: {key: one[key] for key in keys} for one in found["initiatives"]}


def test_out_and_in_is_the_same_plan(run: Run, file: Path, tmp_path: Path) -> None:
    again = str(tmp_path / "again")
    assert run("import", str(file), again).code == 0
    assert shown(run, again) == shown(run, SAMPLE)


def test_a_second_import_changes_nothing(run: Run, file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    run("import", str(file), str(again))
    before = {path: path.read_bytes() for path in again.rglob("*.toml")}
    assert run("import", str(file), str(again)).code == 0
    assert {path: path.read_bytes() for path in again.rglob("*.toml")} == before


def test_a_part_has_no_links_to_what_is_not_in_it(run: Run, tmp_path: Path) -> None:
    part = tmp_path / "marketing.xml"
    done = run("export", str(part), SAMPLE, "--side", "marketing")
    assert done.code == 0
    assert "links to other initiatives" in done.err
    json_of = run("import", str(part), str(tmp_path / "part"), "--json").out
    assert json.loads(json_of)["losses"] == []


def test_terms_of_handovers_are_counted_that_the_file_has_no_place_for(
    run: Run, tmp_path: Path
) -> None:
    roadmap = tmp_path / "plan.toml"
    asked = "asked = 2027-01-04, needed_by = 2027-02-05"
    roadmap.write_text(
        "[roadmap]\nstatus_date = 2027-01-11\n"
        '[initiatives.api]\nestimate = "5d"\n[initiatives.shop]\nestimate = "5d"\n'
        f'[initiatives.page]\nneeds = [{{ on = "api", {asked} }}, {{ on = "shop", lag = "2d" }}]\n'
    )
    done = run("export", str(tmp_path / "plan.xml"), str(roadmap))
    assert done.code == 0
    assert "terms of handovers (1)" in done.err


def test_no_xml_of_microsoft_project_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "p6.xml"
    file.write_text("<APIBusinessObjects><Project/></APIBusinessObjects>")
    done = run("import", str(file), str(tmp_path / "none"))
    assert done.code == 2
    assert "APIBusinessObjects" in done.err
    assert not (tmp_path / "none").exists()


# --- by MPXJ --------------------------------------------------------------------------------------


def converted(file: Path, suffix: str) -> Path:
    """The file as MPXJ writes it in another format."""
    made = file.with_suffix(suffix)
    command = ["java", "-cp", extra._jars(), extra._CONVERTER, str(file), str(made)]
    subprocess.run(command, check=True, capture_output=True)
    return made


FORMATS = (".mpx", ".xer", ".pmxml", ".planner")


@NEEDS_JAVA
@pytest.mark.parametrize("suffix", of_length(FORMATS, FORMATS[1:]))
def test_what_mpxj_reads_comes_in(run: Run, file: Path, tmp_path: Path, suffix: str) -> None:
    """Every task, every link and who owns it; what the format can't say is not asked."""
    done = run("import", str(converted(file, suffix)), str(tmp_path / "in"), "--json")
    assert done.code == 0, done.err
    found = json.loads(run("show", str(tmp_path / "in"), "--json").out)["initiatives"]
    sample = json.loads(run("show", SAMPLE, "--json").out)["initiatives"]
    assert {one["title"] for one in found} == {one["title"] for one in sample}
    assert len({one["owner"] for one in found}) == len({one["owner"] for one in sample})
    assert sum(len(one["needs"]) for one in found) == sum(len(one["needs"]) for one in sample)


GAN = """<?xml version="1.0" encoding="UTF-8"?>
<project name="Shop" company="" webLink="" view-date="2027-03-01" view-index="0" version="3.2">
 <calendars><day-types><day-type id="0"/><day-type id="1"/>
  <default-week id="1" name="default" sun="1" mon="0" tue="0" wed="0" thu="0" fri="0" sat="1"/>
 </day-types></calendars>
 <tasks empty-milestones="true"><taskproperties/>
  <task id="0" name="API" meeting="false" start="2027-03-01" duration="5" complete="0">
   <depend id="1" type="2" difference="2" hardness="Strong"/>
  </task>
  <task id="1" name="Campaign" meeting="false" start="2027-03-10" duration="3" complete="0"/>
 </tasks>
 <resources/><allocations/><vacations/>
</project>
"""


@NEEDS_JAVA
def test_a_file_of_ganttproject(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "shop.gan"
    file.write_text(GAN)
    assert run("import", str(file), str(tmp_path / "shop.toml")).code == 0
    found = json.loads(run("show", str(tmp_path / "shop.toml"), "--json").out)["initiatives"]
    assert [(one["title"], one["duration"]) for one in found] == [("API", 5), ("Campaign", 3)]
    (need,) = found[1]["needs"]
    assert (need["on"], need["type"], need["lag"]) == ("api", "FS", 2)


@NEEDS_JAVA
def test_what_mpxj_cannot_read_says_so(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "broken.mpp"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    done = run("import", str(file), str(tmp_path / "none"))
    assert done.code == 2
    assert str(file) in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "none").exists()


def test_without_java(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "plan.mpp"
    file.write_bytes(b"anything")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    done = run("import", str(file), str(tmp_path / "none"))
    assert done.code == 2
    assert "Java" in done.err


def test_without_the_extra(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "plan.mpp"
    file.write_bytes(b"anything")
    monkeypatch.setattr(extra, "find_spec", lambda _name: None)
    done = run("import", str(file), str(tmp_path / "none"))
    assert done.code == 2
    assert "joint-planner[mpxj]" in done.err


def test_java_is_looked_for_where_it_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "jdk" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("#!/bin/sh\n")
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    assert extra._java() == str(java)
    assert os.access(java, os.X_OK)
