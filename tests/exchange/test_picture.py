"""The picture: what stands where, as values; nothing meets anything else, nothing is clipped."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from planner.exchange.reports.composing import Shaped
from planner.exchange.reports.picture import Numbered, Span, drawn, picture
from planner.exchange.reports.shapes import Box, Drawing, Rect, Text
from planner.plan.model import Plan
from planner.session.session import Session
from tests.cli.conftest import ROADMAPS

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


@pytest.fixture(scope="module")
def acme() -> Plan:
    return Session.open(ROADMAPS / "acme-2027").plan


def earlier(plan: Plan, *ids: str) -> dict[str, Span]:
    """Work as it would have stood a week sooner."""
    week = timedelta(days=7)
    spans = {id: plan.schedule.span(id) for id in ids}
    return {id: Span(span[0] - week, span[1] - week) for id, span in spans.items() if span}


def texts(drawing: Drawing) -> list[Text]:
    return [shape for shape in drawing.shapes if isinstance(shape, Text)]


def boxes(drawing: Drawing, *whats: str) -> dict[str, Box]:
    return {shape.of: shape.box for shape in drawing.of(*whats)}


def test_each_bar_is_where_its_days_are(acme: Plan) -> None:
    found = drawn(acme, ASKS, earlier(acme, "peak-campaign"), LAST)
    bars = boxes(found, "bar")

    assert len(bars) == 36  # all that has dates and takes time
    months = [shape.box.left for shape in found.of("month")]
    assert bars["api-gateway"].left == months[0] - 4
    assert bars["segment-definitions"].right == bars["consent-signals"].left
    assert bars["peak-campaign"].right < found.width


def test_it_is_well_formed_and_the_same_every_time(acme: Plan) -> None:
    for shape in SHAPES:
        text = picture(acme, ASKS, None, None, shape, "plain")
        assert text == picture(acme, ASKS, None, None, shape, "plain")
        root = ElementTree.fromstring(text)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert "var(" not in text


def test_the_sides_face_each_other_over_the_handovers(acme: Plan) -> None:
    found = drawn(acme, ASKS)
    (band,) = [shape for shape in found.of("band") if isinstance(shape, Rect)]
    bars = boxes(found, "bar")

    assert bars["peak-campaign"].bottom <= band.y
    assert bars["customer-sso"].top >= band.y + band.height
    numbers = {text.text for text in texts(found) if text.what == "number"}
    assert numbers == {"1", "2", "3", "4", "5"}
