"""Signs in ASCII, for terminals that have no others: every view, and nothing of it moves."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from planner.pages.signs import LEGEND
from planner.text.ascii import FORMS, ascii_only, in_ascii
from tests.terminals import Terminal

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("glyphs", "environment", "expected"),
    [
        (None, {}, False),
        (None, {"LANG": "C.UTF-8"}, False),
        (None, {"LANG": "de_DE.utf8"}, False),
        (None, {"LANG": "de_DE.ISO-8859-1@euro"}, True),
        (None, {"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, True),
        (None, {"LC_ALL": "de_DE.UTF-8", "TERM": "vt100"}, True),
        ("auto", {"LANG": "C.UTF-8", "TERM": "screen"}, False),
        ("ascii", {"LANG": "C.UTF-8"}, True),
        ("unicode", {"LC_ALL": "C", "TERM": "vt100"}, False),
    ],
)
def test_when_it_is_ascii(glyphs: str | None, environment: dict[str, str], expected: bool) -> None:
    assert ascii_only(glyphs, environment) is expected


def test_a_sign_keeps_its_width() -> None:
    for sign, form in FORMS.items():
        assert form.isascii(), chr(sign)
        assert len(form) == cell_len(chr(sign)) == 1, chr(sign)


@pytest.mark.parametrize("heading", [heading for heading, _ in LEGEND])
def test_signs_of_one_legend_keep_apart(heading: str) -> None:
    signs = [in_ascii(sign) for sign, _ in dict(LEGEND)[heading]]
    assert all(each.isascii() for each in signs)
    assert len({*signs}) == len({sign for sign, _ in dict(LEGEND)[heading]})


def test_every_view_is_drawn_in_ascii(tmp_path: Path) -> None:
    copy = tmp_path / "acme-2027"
    shutil.copytree(ROOT / "roadmaps" / "acme-2027", copy)
    for file in copy.glob("*.toml"):
        file.write_text(file.read_text("utf-8").encode("ascii", "ignore").decode(), "utf-8")
    settings = tmp_path / "planner" / "config.toml"
    settings.parent.mkdir()
    settings.write_text('glyphs = "ascii"\n', encoding="utf-8")
    command = [sys.executable, "-m", "planner", "--as-of", "2027-03-22", str(copy)]
    home = str(tmp_path)
    with Terminal(command, 120, 36, HOME=home, XDG_CONFIG_HOME=home, XDG_STATE_HOME=home) as screen:
        screen.wait_for("Peak freeze readiness", "? help")
        for key in "2346789M1?":
            screen.press(key)
            screen.settle()
        screen.press("esc", "q")
        assert screen.wait_exit() == 0
        drawn = screen.written.decode()
        assert not {*re.findall(r"[^\x00-\x7f]", drawn)}
