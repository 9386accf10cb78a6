"""The page in a real browser: nothing is asked of the net, nothing is clipped, and it prints.

Chromium has to be installed; axe-core, which looks for what keeps people out, is where `AXE` says
(`.ci/run` fetches both). What is missing is skipped, with a sentence.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.cli.main import main
from tests.cli.conftest import ROADMAPS, Run
from tests.reports.chromium import Browser, browser, chromium, pages_of
from tests.reports.roadmaps import write

AXE = os.environ.get("AXE")
"""The file axe.min.js of npm's axe-core."""
PLANS = (
    (10, 2, False),
    (40, 2, False),
    (150, 2, False),
    (40, 3, False),
    (40, 2, True),
    (7, 3, True),
)
"""Initiatives, sides, and whether titles are long and of many scripts."""
DONE = """
[initiatives.web]
status = "done"
estimate = "1w"
actual_start = 2027-03-01
actual_finish = 2027-03-05
"""
"""Work that is behind us, so that nothing is left to tell of."""
CLIPPED = """
[...document.querySelectorAll('main *')].filter(one => {
  const box = one.getBoundingClientRect(), looks = getComputedStyle(one);
  const unseen = one.closest('thead, .unseen');
  if (!box.width || one.closest('svg')) return false;
  if (unseen && getComputedStyle(unseen).clipPath !== 'none') return false;
  const inside = looks.display === 'inline' || one.scrollWidth <= one.clientWidth + 1;
  return box.left < -0.5 || box.right > innerWidth + 0.5 || !inside;
}).map(one => one.tagName + '.' + one.className + ' ' + one.textContent.slice(0, 60))
"""
"""What of the page stands out of it, or is wider than where it stands."""
OUTSIDE = """
[...document.querySelectorAll('figure svg')].filter(one => one.getBoundingClientRect().width)
.flatMap(one => { const all = one.getBoundingClientRect();
  return [...one.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.left < all.left - 1 || box.right > all.right + 1 || box.top < all.top - 1 ||
      box.bottom > all.bottom + 1; }).map(text => text.textContent); })
"""
"""What of the drawing's words stands out of the drawing."""


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser for all tests of this module."""
    if chromium() is None:
        pytest.skip("no Chromium is installed: apt-get install chromium")
    with browser(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


def report(run: Run, roadmap: Path | str, folder: Path, *words: str) -> Path:
    """The page of a roadmap."""
    file = folder / "report.html"
    ran = run("report", str(file), str(roadmap), "--force", *words)
    assert ran.code == 0, ran.err
    return file


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the sample, for all tests that read it."""
    file = tmp_path_factory.mktemp("sample") / "report.html"
    with pytest.raises(SystemExit) as left:
        main(["report", str(file), str(ROADMAPS / "acme-2027")])
    assert not left.value.code
    return file


@pytest.mark.parametrize("width", [1280, 720, 390, 320])
def test_the_sample_asks_for_nothing_complains_of_nothing_and_fits(
    chrome: Browser, sample: Path, width: int
) -> None:
    chrome.open(sample, width)
    assert chrome.complaints == []
    assert chrome.requests == [sample.as_uri()]
    assert chrome.run(CLIPPED) == []
    assert chrome.run(OUTSIDE) == []
    chrome.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert chrome.run(CLIPPED) == []


@pytest.mark.parametrize("work", ["", DONE])
def test_a_page_with_nothing_below_it_complains_of_nothing(
    chrome: Browser, run: Run, tmp_path: Path, work: str
) -> None:
    file = tmp_path / "roadmap.toml"
    file.write_text(f"[roadmap]\nstatus_date = 2027-03-08\n{work}", encoding="utf-8")
    chrome.open(report(run, file, tmp_path))
    assert chrome.complaints == []
    assert chrome.run("document.querySelectorAll('details.fold').length") == 0


@pytest.mark.parametrize(("number", "sides", "long"), PLANS)
def test_any_plan_begins_on_one_sheet_and_fits_with_everything_open(
    chrome: Browser, run: Run, tmp_path: Path, number: int, sides: int, long: bool
) -> None:
    roadmap = write(tmp_path, number, sides=sides, long=long)
    chrome.open(report(run, roadmap, tmp_path))
    assert pages_of(chrome.printed()) == 1
    page = report(run, roadmap, tmp_path, "--all")
    for width in (390, 900, 1280):
        chrome.open(page, width)
        assert chrome.complaints == []
        assert chrome.requests == [page.as_uri()]
        assert chrome.run(CLIPPED) == []
        assert chrome.run("document.querySelectorAll('script').length") == 1
    assert pages_of(chrome.printed()) > 1


@pytest.mark.parametrize("name", ["acme-2027", "minimal.toml"])
def test_the_samples_print_on_one_sheet(
    chrome: Browser, run: Run, tmp_path: Path, name: str
) -> None:
    chrome.open(report(run, ROADMAPS / name, tmp_path))
    assert pages_of(chrome.printed()) == 1


def test_the_page_on_data_fits_a_sheet_and_a_telephone(
    chrome: Browser, run: Run, acme: str, tmp_path: Path
) -> None:
    page = report(run, acme, tmp_path, "--for-data", "customer-profile")
    for width in (1280, 390):
        chrome.open(page, width)
        assert (chrome.complaints, chrome.run(CLIPPED)) == ([], [])
    assert pages_of(chrome.printed()) == 1


def test_one_drawing_is_read_and_it_is_the_one_for_the_width(chrome: Browser, sample: Path) -> None:
    shown = "[...document.querySelectorAll('figure')].filter(one => one.checkVisibility())"
    for width, name in ((1280, "wide"), (390, "narrow")):
        chrome.open(sample, width)
        assert chrome.run(f"{shown}.map(one => one.className)") == [name]


def test_all_is_opened_by_one_button_and_can_be_read_without_a_script(
    chrome: Browser, sample: Path
) -> None:
    folded = "[...document.querySelectorAll('details.fold')].map(one => one.open)"
    chrome.open(sample)
    assert not any(chrome.run(folded))
    chrome.run("document.querySelector('.bar button').click()")
    assert all(chrome.run(folded))
    chrome.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        chrome.open(sample)
        assert chrome.run("document.querySelector('.bar button').checkVisibility()") is False
        assert len(chrome.run(folded)) >= 4
    finally:
        chrome.call("Emulation.setScriptExecutionDisabled", value=False)


def test_dark_where_the_reader_has_that_and_always_light_on_paper(
    chrome: Browser, sample: Path
) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    chrome.open(sample)
    assert chrome.run(paper) == "rgb(255, 255, 255)"
    chrome.open(sample, dark=True)
    assert chrome.run(paper) == "rgb(20, 24, 28)"
    chrome.open(sample, dark=True, media="print")
    assert chrome.run(paper) == "rgb(255, 255, 255)"


def test_a_title_from_right_to_left_turns_no_number_round(
    chrome: Browser, run: Run, tmp_path: Path
) -> None:
    """What stands behind such a title is right of it, as in any English sentence."""
    file = tmp_path / "roadmap.toml"
    file.write_text(
        "[roadmap]\nstart = 2027-03-01\nstatus_date = 2027-03-01\n[initiatives.web]\n"
        'title = "חידוש 5"\nestimate = "1w"\ndeadline = 2027-03-05\n',
        encoding="utf-8",
    )
    chrome.open(report(run, file, tmp_path))
    left, right = chrome.run(
        "(() => { const range = document.createRange(), h1 = document.querySelector('h1');"
        "const words = [...h1.childNodes].find(one => one.nodeType === 3);"
        "range.selectNodeContents(h1.querySelector('bdi'));"
        "const title = range.getBoundingClientRect().right;"
        "range.setStart(words, 1); range.setEnd(words, 2);"
        "return [title, range.getBoundingClientRect().left]; })()"
    )
    assert left <= right


def test_the_policy_stops_what_does_not_belong_to_the_page(
    chrome: Browser, sample: Path, tmp_path: Path
) -> None:
    """That the page asks for nothing is no accident: what is put into it does nothing either."""
    planted = tmp_path / "planted.html"
    evil = '<script>document.title="got you"</script><img src="http://example.org/x.png">'
    planted.write_text(sample.read_text().replace("</main>", f"{evil}</main>"))
    chrome.open(planted)
    assert chrome.run("document.title") != "got you"
    assert any("Content Security Policy" in each for each in chrome.complaints)


@pytest.mark.skipif(
    AXE is None,
    reason="axe-core is not here: `npm install axe-core`, and AXE names its axe.min.js",
)
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("opened", [False, True])
def test_axe_finds_nothing(
    chrome: Browser, sample: Path, width: int, dark: bool, opened: bool
) -> None:
    assert AXE
    chrome.open(sample, width, dark=dark)
    if opened:
        chrome.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    chrome.run(Path(AXE).read_text(encoding="utf-8"))
    found: Any = chrome.run(
        "axe.run().then(all => all.violations.map(one => "
        "[one.id, one.nodes.map(node => node.html.slice(0, 120))]))"
    )
    assert found == []
