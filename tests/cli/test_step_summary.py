"""What GitHub leaves out of a step's annotations is a table in the step's summary."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.cli.conftest import Run

HOSTILE = "x|y `a` <img src=//x> [l](http://x) **b** \\\\ &amp; @me #1 www.x.io ~~s~~"
"""Marks of Markdown and HTML, and what GitHub makes a link of by itself."""
LATE = """
[initiatives.{id}]
estimate = "8w"
deadline = 2027-03-12
"""


def roadmap(folder: Path, count: int, called: str = "late") -> str:
    path = folder / "road|map.toml"
    head = "[roadmap]\nstart = 2027-03-01\nstatus_date = 2027-03-01\n"
    path.write_text(
        head + "".join(LATE.format(id=json.dumps(f"{called}-{n}")) for n in range(count))
    )
    return str(path)


@pytest.fixture
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    return tmp_path / "summary.md"


def rows(text: str) -> list[list[str]]:
    """The cells of the tables, as text; nothing in them is anything else."""
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(text)
    inline = [
        child
        for token in tokens
        for child in token.children or []
        if token.type == "inline" and child.type not in ("text", "text_special")
    ]
    assert [child.type for child in inline] == []
    assert not [token for token in tokens if token.type.startswith("html")]
    found: list[list[str]] = []
    for before, token in itertools.pairwise(tokens):
        if token.type == "tr_open":
            found.append([])
        if before.type == "td_open":
            found[-1].append("".join(child.content for child in token.children or []))
    return [row for row in found if row]


def test_what_has_no_annotation_has_a_row(run: Run, tmp_path: Path, summary: Path) -> None:
    summary.write_text("before\n")
    path = roadmap(tmp_path, 13)
    done = run("check", "--format", "github", "--select", "DATE01", path)
    found = rows(summary.read_text())
    assert (done.code, len(found)) == (1, 4)
    assert summary.read_text().startswith("before\n")
    annotated = done.out.split("::error title=")[0]
    assert len(annotated.splitlines()) == 9
    for severity, rule, where, said in found:
        assert (severity, rule.split()[0]) == ("error", "DATE01")
        assert "road|map.toml:" in where
        assert said.split()[0] not in annotated
        assert said in done.out


def test_text_of_a_roadmap_is_text(run: Run, tmp_path: Path, summary: Path) -> None:
    path = roadmap(tmp_path, 12, f"{HOSTILE}\x0a| a | b |\u202e")
    done = run("check", "--format", "github", "--select", "DATE01", path)
    assert done.code == 1
    text = summary.read_text()
    assert not set("<[`@\u202e") & set(text)
    assert "www.x" not in text
    owners = [row[3] for row in rows(text) if "x|y `a`" in row[3]]
    assert owners
    assert all("<img src=//x> [l](http://x) **b**" in each for each in owners)
    assert {len(row) for row in rows(text)} == {4}


@pytest.mark.parametrize("count", [0, 10])
def test_where_all_is_shown_nothing_is_added(
    run: Run, tmp_path: Path, summary: Path, count: int
) -> None:
    run("check", "--format", "github", "--select", "DATE01", roadmap(tmp_path, count))
    assert not summary.exists()


def test_only_annotations_leave_something_out(run: Run, tmp_path: Path, summary: Path) -> None:
    for words in (("--json",), ("--format", "sarif"), ()):
        run("check", *words, roadmap(tmp_path, 13))
    assert not summary.exists()


def test_a_summary_that_cannot_be_written_is_no_error_of_the_roadmap(
    run: Run, tmp_path: Path, summary: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    path = roadmap(tmp_path, 13)
    plants: tuple[Callable[[], None], ...] = (
        lambda: summary.symlink_to(victim),
        lambda: os.mkfifo(summary),
        lambda: summary.mkdir(),
    )
    for plant in plants:
        plant()
        done = run("check", "--format", "github", "--select", "DATE01", path)
        assert (done.code, done.out.count("::error")) == (1, 14)
        assert str(summary) in done.err
        summary.rmdir() if summary.is_dir() else summary.unlink()
    assert victim.read_text() == "mine"


def test_a_summary_stays_smaller_than_github_takes(
    run: Run, tmp_path: Path, summary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.cli.formats.summary.MOST_BYTES", 500)
    run("check", "--format", "github", "--select", "DATE01", roadmap(tmp_path, 30))
    text = summary.read_text()
    assert len(text) < 800
    assert 0 < len(rows(text)) < 21
    assert "21 more" in text.replace("&#58;", ":")
