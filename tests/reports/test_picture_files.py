"""The picture as a file: SVG, PNG and slides, each read by a program that knows its format."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zlib import decompress

import pytest

from planner.exchange.reports.composing import BUDGET
from planner.exchange.reports.picture import drawn
from planner.exchange.reports.picture_file import slide
from planner.exchange.reports.shapes import Rect, Text
from planner.exchange.reports.writing import Material, report_bytes
from planner.pages.report import report_shown
from planner.plan.model import Plan
from planner.session.session import Session
from tests.cli.conftest import ROADMAPS, Run
from tests.exchange.pictured import faults, generated

IMPRESS = Path("/usr/lib/libreoffice/program/libsdlo.so")
HOSTILE = ("</svg><script>alert(1)</script>", "=1+1", "\x00\x07\ud800 & <b>", "_x000D_ ]]>")


@pytest.fixture(scope="module")
def acme() -> Plan:
    return Session.open(ROADMAPS / "acme-2027").plan


def made(run: Run, suffix: str, folder: Path, roadmap: Path, *words: str) -> bytes:
    """The report in a format, as the command writes it."""
    file = folder / f"report{suffix}"
    ran = run("report", str(file), str(roadmap), "--force", *words)
    assert ran.code == 0, ran.err
    return file.read_bytes()


def pixels(raw: bytes) -> tuple[int, int, int]:
    """Width, height and number of different rows of a PNG."""
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, depth, kind = struct.unpack(">IIBB", raw[16:26])
    assert (depth, kind) == (8, 6)
    at, packed = 8, b""
    while at < len(raw):
        (size,) = struct.unpack(">I", raw[at : at + 4])
        if raw[at + 4 : at + 8] == b"IDAT":
            packed += raw[at + 8 : at + 8 + size]
        at += size + 12
    rows = decompress(packed)
    step = width * 4 + 1
    return width, height, len({rows[n : n + step] for n in range(0, len(rows), step)})


def test_svg_stands_alone(run: Run, tmp_path: Path) -> None:
    raw = made(run, ".svg", tmp_path, ROADMAPS / "acme-2027")
    root = ElementTree.fromstring(raw)

    assert float(root.attrib["width"]) / float(root.attrib["height"]) == pytest.approx(
        16 / 9, rel=1e-3
    )
    assert b"var(" not in raw
    said = {element.text for element in root.iter() if element.tag.endswith("text")}
    assert {"Acme 2027", "Customer identity and SSO", "Peak freeze readiness"} <= said
    assert any("15 October" in text for text in said if text)
    assert raw == made(run, ".svg", tmp_path, ROADMAPS / "acme-2027")


def test_the_side_the_launch_and_the_title_are_those_asked_for(run: Run, tmp_path: Path) -> None:
    words = ("--side", "it", "--for", "autumn-range-live", "--title", "For the board")
    raw = made(run, ".svg", tmp_path, ROADMAPS / "acme-2027", *words).decode()

    assert ">For the board</text>" in raw
    assert raw.index(">IT</text>") < raw.index(">Marketing</text>")
    critical = [line for line in raw.split("<rect")[1:] if 'fill="#43297a"' in line]
    assert critical


def test_every_bar_of_the_sample_has_room_beside_its_own_asks(acme: Plan) -> None:
    material = Material(plan=acme, shown=report_shown(acme))
    found = drawn(acme, material.numbered)

    assert len(material.numbered) == 5
    assert found.height <= BUDGET["wide"]
    assert not found.of("strip")
    assert faults(found) == []


def test_png_is_a_picture_of_twice_the_size(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("resvg_py", reason="resvg-py is not installed: joint-planner[png]")
    width, height, rows = pixels(made(run, ".png", tmp_path, ROADMAPS / "acme-2027"))

    assert (width, height) == (2496, 1404)
    assert rows > 300


def slides(raw: bytes) -> Any:
    """A file of slides as python-pptx reads it."""
    pptx = pytest.importorskip("pptx", reason="python-pptx is not installed: slides")
    from io import BytesIO

    return pptx.Presentation(BytesIO(raw))


def test_slides_have_the_shapes_of_the_picture(run: Run, acme: Plan, tmp_path: Path) -> None:
    deck = slides(made(run, ".pptx", tmp_path, ROADMAPS / "acme-2027"))
    material = Material(plan=acme, shown=report_shown(acme))
    drawing = slide(material)
    by_name = {shape.name: shape for shape in deck.slides[0].shapes}

    assert (deck.slide_width, deck.slide_height) == (12_192_000, 6_858_000)
    assert len(deck.slides) == 2
    unit = deck.slide_width / drawing.width
    bars = [shape for shape in drawing.of("bar") if isinstance(shape, Rect)]
    assert len(bars) > 30
    for bar in bars:
        shape = by_name[f"bar {bar.of}"]
        assert shape.left == pytest.approx((bar.x - drawing.left) * unit, abs=2)
        assert shape.width == pytest.approx(bar.width * unit, abs=2)
        assert shape.top == pytest.approx((bar.y - drawing.top) * unit, abs=2)
    assert by_name["bar customer-sso"].text_frame.text == "Customer identity and SSO"
    said = [shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame]
    for text in drawing.shapes:
        if isinstance(text, Text):
            assert text.text in said
    assert not deck.slides[0].shapes._spTree.findall(".//{*}style")  # no shadow of the theme


def test_slides_list_the_asks_in_a_table(run: Run, acme: Plan, tmp_path: Path) -> None:
    deck = slides(made(run, ".pptx", tmp_path, ROADMAPS / "acme-2027"))
    (table,) = [shape.table for shape in deck.slides[1].shapes if shape.has_table]
    shown = report_shown(acme)

    assert len(table.rows) == len(shown.asks) + 1
    for row, ask in zip(list(table.rows)[1:], shown.asks, strict=True):
        cells = [cell.text.replace("\u00a0", " ") for cell in row.cells]
        assert cells[0] == str(ask.number)
        assert cells[2] == ask.ask
        assert all(one.name in cells[1] for one in ask.who)


def test_slides_are_the_same_every_time(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pptx", reason="python-pptx is not installed: slides")
    first = made(run, ".pptx", tmp_path, ROADMAPS / "acme-2027")

    assert first == made(run, ".pptx", tmp_path, ROADMAPS / "acme-2027")


def test_hostile_titles_are_text_on_slides_and_in_pixels() -> None:
    plan = generated(14, titles=HOSTILE)
    material = Material(plan=plan, shown=report_shown(plan))

    pytest.importorskip("pptx", reason="python-pptx is not installed: slides")
    deck = slides(report_bytes(material, ".pptx"))
    said = " ".join(s.text_frame.text for s in deck.slides[0].shapes if s.has_text_frame)
    assert "</svg><script>" in said
    pytest.importorskip("resvg_py", reason="resvg-py is not installed: joint-planner[png]")
    assert pixels(report_bytes(material, ".png"))[0] == 2496


@pytest.mark.parametrize(("suffix", "extra", "library"), [
    (".png", "png", "resvg_py"), (".pptx", "slides", "pptx"),
])  # fmt: skip
def test_what_is_not_installed_is_said_in_one_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, extra: str, library: str
) -> None:
    for name in [
        name
        for name in sys.modules
        if name.startswith((library, "planner.exchange.reports.slide_"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    ran = run("report", str(tmp_path / f"report{suffix}"), str(ROADMAPS / "acme-2027"))

    assert ran.code == 2
    assert f"joint-planner[{extra}]" in ran.err
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(
    shutil.which("soffice") is None or not IMPRESS.exists(),
    reason="LibreOffice Impress is not here",
)
def test_libreoffice_opens_the_slides(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pptx", reason="python-pptx is not installed: slides")
    made(run, ".pptx", tmp_path, ROADMAPS / "acme-2027")
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
         f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
         str(tmp_path / "report.pptx")],
        capture_output=True, check=True,
    )  # fmt: skip
    assert (tmp_path / "report.pdf").read_bytes().count(b"/Type/Page/") == 2
