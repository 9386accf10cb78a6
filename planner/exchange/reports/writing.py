"""The formats of the report, by the suffix of the file; the same plan gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module

from msgspec import Struct

from planner.errors import UsageError
from planner.exchange.reports.facts import Numbered, Span
from planner.plan.model import Plan
from planner.roadmap.output_report import ReportShown
from planner.text.phrases import typed

FORMATS: Mapping[str, str] = {
    ".html": "page",
    ".md": "markdown",
    ".svg": "picture_file",
    ".png": "picture_pixels",
    ".pptx": "slides",
}
"""Suffix → module in this package, which has `written(material)`, its bytes."""


class Material(Struct, frozen=True, kw_only=True):
    """What a report is made of. `everything` opens what is folded, also in print; `was` is where
    work stood on the day `was_on`.
    """

    plan: Plan
    shown: ReportShown
    everything: bool = False
    was: Mapping[str, Span] = {}
    was_on: date | None = None

    @property
    def numbered(self) -> tuple[Numbered, ...]:
        """The asks that have a place in the picture."""
        return tuple(
            Numbered(ask.number, ask.supplier, ask.id)
            for ask in self.shown.asks
            if ask.id is not None
        )

    @property
    def launch(self) -> str | None:
        """The launch that it is about."""
        return self.shown.launch.id if self.shown.launch is not None else None


def format_of(suffix: str) -> str:
    """The format of a suffix. Raises UsageError for one that there is none for."""
    module = FORMATS.get(suffix.lower())
    if module is None:
        what = f"no report is written as {typed(suffix)}" if suffix else "the file has no suffix"
        raise UsageError(what, hint=f"one of {', '.join(FORMATS)}")
    return module


def report_bytes(material: Material, suffix: str) -> bytes:
    """The report in the format of a suffix."""
    module = import_module(f"planner.exchange.reports.{format_of(suffix)}")
    written: Callable[[Material], bytes] = module.written
    return written(material)
