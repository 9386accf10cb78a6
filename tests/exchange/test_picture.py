"""The picture: what stands where, as values; nothing meets anything else, nothing is clipped."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exchange.reports.composing import BUDGET, Shaped
from planner.exchange.reports.names import names
from planner.exchange.reports.palette import DARK, LIGHT, style
from planner.exchange.reports.picture import Numbered, Span, drawn, picture
from planner.exchange.reports.shapes import Box, Drawing, Line, Rect, Text
from planner.exchange.reports.widths import known, width
from planner.plan.model import Plan
from planner.session.session import Session
from tests.cli.conftest import ROADMAPS
from tests.exchange.pictured import TITLES, TODAY, asks, faults, generated
from tests.exchange.plans import plan_of
from tests.long import examples

SHAPES: tuple[Shaped, ...] = ("wide", "narrow", "slide")
ASKS = (
    Numbered(1, None, "consent-signals"),
    Numbered(2, "customer-sso", "segment-definitions"),
    Numbered(2, "customer-sso", "loyalty-relaunch"),
    Numbered(3, "segment-definitions", "consent-signals"),
    Numbered(4, "consent-signals", "lifecycle-journeys"),
    Numbered(5, "autumn-content", "autumn-range-load"),
)
LAST = date(2027, 3, 11)
THREE = ("marketing", "it", "sales")

CASES: Mapping[str, Mapping[str, Any]] = {
    "nothing": {"count": 0, "launches": 0},
    "one": {"count": 1},
    "ten": {"count": 10},
    "forty": {"count": 40},
    "forty-one": {"count": 41},
    "150": {"count": 150},
    "1,000": {"count": 1_000},
    "ten long titles": {"count": 10, "titles": TITLES},
    "forty long titles": {"count": 40, "titles": TITLES},
    "150 long titles": {"count": 150, "titles": TITLES},
    "a third side": {"count": 30, "sides": THREE},
    "a third side, 150": {"count": 150, "sides": THREE},
    "five sides": {"count": 30, "sides": (*THREE, "legal", "operations")},
    "one side": {"count": 12, "sides": ("marketing",)},
    "other sides": {"count": 12, "sides": ("sales", "operations")},
    "all late": {"count": 30, "late": 1},
    "none late": {"count": 30, "late": 0},
    "one day": {"count": 5, "days": 1},
    "eight years": {"count": 40, "days": 2_900},
    "no groups": {"count": 60, "groups": 0},
    "sixty launches": {"count": 20, "launches": 60},
}


@pytest.fixture(scope="module")
def acme() -> Plan:
    return Session.open(ROADMAPS / "acme-2027").plan


def earlier(plan: Plan, *ids: str) -> dict[str, Span]:
    """Work as it would have stood a week sooner."""
    week = timedelta(days=7)
    spans = {id: plan.schedule.span(id) for id in ids}
    return {id: Span(span[0] - week, span[1] - week) for id, span in spans.items() if span}


def texts(drawing: Drawing, *whats: str) -> list[Text]:
    found = [shape for shape in drawing.shapes if isinstance(shape, Text)]
    return [text for text in found if not whats or text.what in whats]


def boxes(drawing: Drawing, *whats: str) -> dict[str, Box]:
    return {shape.of: shape.box for shape in drawing.of(*whats)}


def band(drawing: Drawing) -> Rect:
    return next(shape for shape in drawing.of("band") if isinstance(shape, Rect))


# --- nothing meets anything -----------------------------------------------------------------------


@pytest.mark.one_in(3)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", CASES)
def test_nothing_meets_anything_and_nothing_is_clipped(case: str, shape: Shaped) -> None:
    for seed in range(1 if case == "1,000" else examples(3, 40)):
        plan = generated(seed=seed, **CASES[case])
        assert faults(drawn(plan, asks(plan), shape=shape)) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_meets_anything_in_the_sample(acme: Plan, shape: Shaped) -> None:
    for side in ("marketing", "it"):
        was = earlier(acme, *acme.roadmap.initiatives)
        assert faults(drawn(acme, ASKS, was, LAST, shape, side)) == []


@settings(max_examples=examples(25, 1_000), deadline=None)
@given(
    count=st.integers(1, 60),
    seed=st.integers(0, 10_000),
    days=st.sampled_from((1, 20, 90, 400, 3_000)),
    titles=st.lists(st.text(min_size=1, max_size=90), min_size=1, max_size=8),
    sides=st.sampled_from((("marketing", "it"), ("it",), THREE)),
)
def test_whatever_the_titles_are(
    count: int, seed: int, days: int, titles: list[str], sides: tuple[str, ...]
) -> None:
    plan = generated(count, seed, titles=titles, days=days, sides=sides)

    for shape in SHAPES:
        found = drawn(plan, asks(plan), shape=shape)
        assert faults(found) == []
        ElementTree.fromstring(picture(plan, asks(plan), shape=shape))


def test_work_in_a_circle_has_no_bar() -> None:
    circle = {
        "a": {"owner": "m", "estimate": "5d", "needs": ["b"]},
        "b": {"owner": "i", "estimate": "5d", "needs": ["a"]},
        "c": {"owner": "i", "estimate": "5d"},
    }
    teams = {"m": {"portfolio": "marketing"}, "i": {"portfolio": "it"}}
    plan = plan_of({"teams": teams, "initiatives": circle}, TODAY)

    for shape in SHAPES:
        found = drawn(plan, shape=shape)
        assert set(boxes(found, "bar", "strip")) == {"c"}
        assert faults(found) == []


def test_days_that_are_far_off_and_work_of_nobody() -> None:
    plan = plan_of(
        {
            "teams": {"v": {}, "m": {"portfolio": "marketing"}},
            "freezes": {"f": {"title": "x" * 300, "start": date.min, "end": date.max}},
            "initiatives": {
                "a": {"owner": "m", "estimate": "5d", "deadline": date.max},
                "b": {"owner": "m", "estimate": "5d", "announced": date.min},
                "c": {"owner": "v", "estimate": "5d", "actual_start": date(1900, 1, 1)},
                "d": {"estimate": "1d", "title": " "},
                "e": {"owner": "m", "estimate": "40000d", "needs": [{"on": "c", "asked": TODAY}]},
            },
        },
        TODAY,
    )
    for shape in SHAPES:
        assert faults(drawn(plan, shape=shape)) == []
        assert faults(drawn(plan.at(date(2150, 1, 1)), shape=shape)) == []
        assert len(drawn(plan, shape=shape).shapes) < 200


@pytest.mark.parametrize("side", THREE)
def test_any_side_may_be_the_reader_s(side: str) -> None:
    plan = generated(24, sides=THREE)
    for shape in SHAPES:
        found = drawn(plan, asks(plan), side=side, shape=shape)
        assert faults(found) == []
        assert texts(found, "side")[0].text == plan.roadmap.side_title(side)


def test_two_sides_fit_their_page(acme: Plan) -> None:
    assert drawn(acme, ASKS, earlier(acme, "customer-sso"), LAST).height <= BUDGET["wide"]
    for count in (10, 40, 150, 1_000):
        plan = generated(count)
        assert drawn(plan, asks(plan)).height <= BUDGET["wide"]
        slide = drawn(plan, asks(plan), shape="slide")
        assert slide.width / slide.height == pytest.approx(16 / 9, rel=1e-3)


# --- what stands where ----------------------------------------------------------------------------


def test_each_bar_is_where_its_days_are(acme: Plan) -> None:
    found = drawn(acme, ASKS, earlier(acme, "peak-campaign"), LAST)
    bars = boxes(found, "bar")

    timed = [id for id, one in acme.roadmap.initiatives.items() if not one.is_milestone]
    assert set(bars) == {id for id in timed if acme.schedule.span(id)}
    months = [text.box.left - 4 for text in texts(found, "month")]
    assert bars["api-gateway"].left == pytest.approx(months[0])
    day = (months[1] - months[0]) / 31
    for id, box in bars.items():
        first, last = acme.schedule.span(id) or (TODAY, TODAY)
        assert box.right - box.left == pytest.approx(((last - first).days + 1) * day, abs=0.3)
    assert bars["segment-definitions"].right == bars["consent-signals"].left


def test_the_critical_path_is_next_to_the_handovers(acme: Plan) -> None:
    found = drawn(acme, ASKS)
    middle, bars = band(found), boxes(found, "bar")
    path = [id for id in acme.schedule.critical_path if id in bars]
    upper = [id for id, box in bars.items() if box.bottom <= middle.y]
    lower = [id for id, box in bars.items() if box.top >= middle.y + middle.height]

    assert {*upper, *lower} == set(bars)
    assert {"peak-campaign", "lifecycle-journeys", "segment-definitions"} <= set(upper)
    assert {"customer-sso", "cdp-foundation", "consent-signals"} <= set(lower)
    assert max(bars[id].bottom for id in upper) == bars["peak-campaign"].bottom
    assert min(bars[id].top for id in lower) == bars["customer-sso"].top
    assert len(path) == 6


def test_the_reader_s_side_is_above(acme: Plan) -> None:
    found = drawn(acme, ASKS, side="it")

    assert boxes(found, "bar")["customer-sso"].bottom <= band(found).y
    assert [text.text for text in texts(found, "side")] == ["IT", "Marketing"]


def test_joint_work_is_on_the_side_of_its_owner(acme: Plan) -> None:
    found = drawn(acme)
    notes = [text.text for text in texts(found, "margin")]

    assert boxes(found, "bar")["attribution-dashboard"].bottom <= band(found).y
    assert "16 own, 2 joint" in notes
    assert "18 initiatives" in notes


def test_an_ask_has_its_number_on_a_line_from_bar_to_bar(acme: Plan) -> None:
    found = drawn(acme, ASKS)
    bars = boxes(found, "bar")
    numbers = {text.text: text for text in texts(found, "number")}
    arrows = boxes(found, "arrow")

    assert set(numbers) == {"1", "2", "3", "4", "5"}
    assert bars["consent-signals"].left < numbers["1"].x < bars["consent-signals"].right
    assert numbers["3"].x == pytest.approx(bars["segment-definitions"].right, abs=0.2)
    assert set(arrows) == {
        "segment-definitions", "loyalty-relaunch", "consent-signals", "lifecycle-journeys",
        "autumn-range-load",
    }  # fmt: skip
    for id, arrow in arrows.items():
        touches = min(abs(arrow.top - bars[id].bottom), abs(arrow.bottom - bars[id].top))
        assert touches <= 1.1
    named = {text.text for text in texts(found, "handover name")}
    assert {"one customer id", "signed-off segments", "12 May, not agreed"} <= named


def test_what_a_giver_owes_for_one_day_has_one_number(acme: Plan) -> None:
    found = drawn(acme, [Numbered(1, "customer-sso", "segment-definitions")])

    assert set(boxes(found, "arrow")) == {"segment-definitions", "loyalty-relaunch"}
    assert "customer-sso" not in boxes(found, "dot")


def test_handovers_without_a_number_are_signs_by_how_they_stand(acme: Plan) -> None:
    found = drawn(acme, ASKS)
    fills = [getattr(shape, "fill", None) for shape in found.of("sign")]

    assert fills.count("paper") == 3  # not asked
    assert fills.count("ghost") == 8  # agreed
    assert fills.count("red") == 2  # agreed and late
    assert not found.of("dot")  # each that was asked and is not agreed has a number
    assert len(drawn(acme).of("dot")) == 4  # two of one giver on one day are one sign
    assert "8 of 18 open" in [text.text for text in texts(found, "margin")]


def test_late_work_has_an_end_that_says_so(acme: Plan) -> None:
    late = set(boxes(drawn(acme), "cap"))

    assert late == {"ip-warm-up", "pim-commerce", "autumn-range-load"}


def test_where_work_was_is_a_strip_under_its_bar(acme: Plan) -> None:
    ids = ("customer-sso", "loyalty-relaunch")
    found = drawn(acme, ASKS, earlier(acme, *ids), LAST)
    ghosts, bars = boxes(found, "ghost"), boxes(found, "bar")

    assert set(ghosts) == set(ids)
    for id, ghost in ghosts.items():
        assert ghost.top >= bars[id].bottom
        assert ghost.left <= bars[id].left
    assert "was on 11 Mar" in [text.text for text in texts(found, "legend name")]
    assert not drawn(acme, ASKS).of("ghost")


def test_launches_are_those_that_somebody_counts_on(acme: Plan) -> None:
    found = drawn(acme)
    said = {(text.of, text.text) for text in texts(found, "launch name")}

    assert said == {
        ("peak-readiness", "Peak freeze readiness"),
        ("peak-readiness", "15 Oct, 5 working days late"),
        ("autumn-range-live", "Autumn range live in the shop"),
        ("autumn-range-live", "26 Aug, announced for 1 Sep"),
    }
    (drop,) = [shape for shape in found.of("drop") if isinstance(shape, Line)]
    assert drop.y2 == boxes(found, "bar")["peak-campaign"].top
    assert drop.x1 == boxes(found, "bar")["peak-campaign"].right


def test_the_main_launch_always_has_its_name() -> None:
    for case in ("ten", "150", "a third side"):
        plan = generated(**CASES[case])
        main = plan.schedule.main_launch
        for shape in SHAPES:
            said = [one for one in texts(drawn(plan, shape=shape), "launch name") if one.of == main]
            assert len(said) == 2


def test_a_launch_has_its_name_also_where_its_deadline_is_years_away() -> None:
    """The stretch from one to the other would take the row: it is left out, and the name stays."""
    work = {
        "short": {"estimate": "4w"},
        "long": {"estimate": "200w"},
        "spring": {"kind": "milestone", "needs": ["short"], "deadline": date(2031, 6, 2)},
        "later": {"kind": "milestone", "needs": ["long"], "announced": date(2031, 5, 5)},
    }
    found = drawn(plan_of({"initiatives": work}, TODAY))

    assert {text.of for text in texts(found, "launch name")} == {"spring", "later"}
    assert faults(found) == []


def test_another_launch_may_be_the_one_that_it_is_about(acme: Plan) -> None:
    found = drawn(acme, launch="autumn-range-live", shape="slide")
    bars = {shape.of: shape for shape in found.of("bar") if isinstance(shape, Rect)}

    assert bars["autumn-content"].fill == "marketing-critical"
    assert bars["customer-sso"].fill == "it"


def test_a_third_side_lies_below_with_its_own_handovers() -> None:
    plan = generated(24, sides=THREE)
    found = drawn(plan, asks(plan))
    bands = [shape for shape in found.of("band") if isinstance(shape, Rect)]
    tops = {text.text: text.y for text in texts(found, "side")}

    assert len(bands) == 2
    assert tops["Marketing"] < bands[0].y < tops["IT"] < bands[1].y < tops["sales"]


def test_past_forty_initiatives_groups_fold() -> None:
    few, many = drawn(in_turn(40)), drawn(in_turn(41))

    assert len(boxes(few, "bar")) == 40
    assert not few.of("strip")
    assert len(boxes(many, "bar")) == 1  # the critical path never folds
    assert len(boxes(many, "strip")) == 40
    assert {"Group 0", "20, 1 late"} <= {text.text for text in texts(many, "margin")}


def in_turn(count: int) -> Plan:
    """Initiatives one after the other, of two groups, one late; the last is the main launch."""
    initiatives: dict[str, Any] = {
        f"w{n:02d}": {
            "title": f"Work {n}",
            "owner": ("m", "i")[n % 2],
            "part_of": f"g{n % 2}",
            "estimate": "5d",
            "start_no_earlier_than": TODAY + timedelta(days=7 * n),
        }
        for n in range(count)
    }
    initiatives["w00"]["deadline"] = TODAY
    initiatives["w40" if count > 40 else "w39"]["announced"] = TODAY + timedelta(days=400)
    return plan_of(
        {
            "roadmap": {"": {"main_launch": f"w{count - 1:02d}"}},
            "teams": {"m": {"portfolio": "marketing"}, "i": {"portfolio": "it"}},
            "groups": {"g0": {"title": "Group 0"}, "g1": {"title": "Group 1"}},
            "initiatives": initiatives,
        },
        TODAY,
    )


def test_what_is_quiet_becomes_one_lane_where_the_page_is_full() -> None:
    plan = generated(150, groups=14)
    found = drawn(plan, asks(plan))
    lanes = [text.text for text in texts(found, "margin") if text.x == 2]

    assert found.height <= BUDGET["wide"]
    assert any("ther work" in lane for lane in lanes)
    assert {*boxes(found, "bar")} >= {*plan.schedule.critical_path} - {*plan.schedule.launches}


# --- names ----------------------------------------------------------------------------------------


def test_a_title_is_cut_where_a_reader_would() -> None:
    assert names("Lifecycle journeys (welcome, abandon, win-back)")[-1] == "Lifecycle journeys"
    assert names("Customer segments: defined, counted")[-1] == "Customer segments"
    assert names("Consent signals to CDP, ESP and ad platforms") == (
        "Consent signals to CDP, ESP and ad platforms",
        "Consent signals to CDP",
        "Consent signals",
    )
    assert names("Wording in four languages") == ("Wording in four languages",)
    assert names("Till receipts into the warehouse", "Receipts")[-1] == "Receipts"
    assert names("顧客データ基盤") == ("顧客データ基盤",)


def test_widths_are_those_of_helvetica() -> None:
    letters = (722, 556, 222, 500, 556, 278, 222, 500, 556)  # of Helvetica, by its maker
    assert sum(letters) <= width("Helvetica", 1000) <= sum(letters) + len(letters)
    assert known("Zażółć gęślą jaźń, Привет, Ωmega")
    assert not known("顧客")
    assert width("e\u0301", 12) == width("e", 12) * 1.2
    assert width("顧客", 10) == 20


# --- text that is hostile, and equal bytes --------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_titles_are_text_and_never_more(shape: Shaped) -> None:
    hostile = ("</svg><script>alert(1)</script>", '" onload="alert(1)', "&lt;b&gt; &amp; ]]>",
               "<!-- ", "\x00\ud800\ufffe")  # fmt: skip
    plan = generated(12, titles=hostile)
    text = picture(plan, asks(plan), None, None, shape, "plain", sentence="</text><a href='x'>")
    root = ElementTree.fromstring(text)

    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert kinds <= {"svg", "title", "desc", "defs", "pattern", "path", "rect", "text", "circle",
                     "polygon"}  # fmt: skip
    for element in root.iter():
        assert not [key for key in element.attrib if key.startswith("on") or "href" in key]
    outside = re.sub(r'xmlns="[^"]*"', "", text)
    assert "http" not in outside
    assert "var(" not in text


def test_the_same_plan_gives_the_same_bytes(acme: Plan) -> None:
    again = Session.open(ROADMAPS / "acme-2027").plan
    for shape in SHAPES:
        assert picture(acme, ASKS, shape=shape) == picture(again, ASKS[::-1], shape=shape)


def test_two_drawings_stand_on_one_page(acme: Plan) -> None:
    ids = [
        id for shape in SHAPES for id in re.findall(r' id="([^"]*)"', picture(acme, shape=shape))
    ]

    assert len(ids) == len(set(ids)) == 9


def test_a_reader_who_does_not_see_it_has_five_sentences(acme: Plan) -> None:
    found = drawn(acme, ASKS)

    assert "5 working days after its deadline of 8 Oct" in found.description
    assert "8 of 18 handovers" in found.description
    assert len(re.findall(r"\.(?: |$)", found.description)) == 5
    root = ElementTree.fromstring(picture(acme, ASKS))
    assert [element.tag.rpartition("}")[2] for element in root][:2] == ["title", "desc"]
    assert root.attrib["role"] == "img"


# --- colours --------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_can_be_told_apart(colours: Mapping[str, str]) -> None:
    assert colours.keys() == LIGHT.keys()
    for ink in ("ink", "second", "red"):
        for ground in ("paper", "band"):
            assert contrast(colours[ink], colours[ground]) >= 5.8
    for side in ("marketing", "it", "third"):
        assert contrast(colours["ink"], colours[side]) >= 5.8
        assert contrast(colours["on-critical"], colours[f"{side}-critical"]) >= 5.8
        assert contrast(colours[f"{side}-edge"], colours["paper"]) >= 3
    assert contrast(colours["on-red"], colours["red"]) >= 5.8
    assert contrast(colours["ghost"], colours["paper"]) >= 3


def test_a_page_sets_every_colour_that_a_drawing_uses(acme: Plan) -> None:
    used = set(re.findall(r"var\(--([a-z-]+)\)", picture(acme, ASKS, earlier(acme, "crm"))))

    assert used
    for name in used:
        assert len(re.findall(rf"--{name}:", style())) == 2


# --- in a real browser ----------------------------------------------------------------------------

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OVERHANG = 1.6
"""What a letter such as J may reach beyond its width."""
MEASURE = """<script>addEventListener("load", () => {
  const found = [...document.querySelectorAll("text")].map(one => {
    const box = one.getBBox();
    return [box.x, box.x + box.width].map(x => x.toFixed(2)).join(" ");
  });
  document.body.replaceChildren(document.createTextNode(found.join("\\n")));
});</script>"""


@pytest.mark.one_in(3)
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here: widths are not measured")
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("titles", [(), TITLES], ids=["plain", "scripts"])
def test_text_is_no_wider_in_a_browser_than_its_box(
    acme: Plan, titles: tuple[str, ...], shape: Shaped, tmp_path: Path
) -> None:
    plan = generated(30, titles=titles) if titles else acme
    numbered = asks(plan) if titles else ASKS
    found = drawn(plan, numbered, shape=shape)
    page = tmp_path / "page.html"
    svg = picture(plan, numbered, shape=shape).replace("<svg ", f'<svg width="{found.width}" ', 1)
    page.write_text(
        f"<!doctype html><meta charset=utf-8><style>{style()}</style>{svg}{MEASURE}",
        encoding="utf-8",
    )
    measured = [tuple(map(float, line.split())) for line in measured_in(page, tmp_path)]

    assert len(measured) == len(texts(found))
    for text, (left, right) in zip(texts(found), measured, strict=True):
        assert text.box.left - OVERHANG <= left, text
        assert right <= text.box.right + OVERHANG, text


def measured_in(page: Path, home: Path) -> list[str]:
    """The lines that the page leaves of itself."""
    assert CHROMIUM is not None
    ran = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000",
         f"--user-data-dir={home / 'profile'}", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
        env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    body = re.search(r"<body>(.*?)</body>", ran.stdout, re.DOTALL)
    assert body is not None, ran.stderr
    return body[1].strip().splitlines()


def test_months_stand_apart() -> None:
    for days in (1, 40, 400, 3_000, 40_000):
        names = texts(drawn(generated(4, days=days)), "month")
        assert names
        assert all(one.box.right < two.box.left for one, two in pairwise(names))
