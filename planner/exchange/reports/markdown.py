"""The report in Markdown, for a mail or a wiki: the same words and tables as on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planner.exchange.reports.writing import Material
from planner.pages.asks import plain_markdown
from planner.pages.report_data import data_headline, data_lede, data_sections, data_status
from planner.pages.report_head import (
    asks_heading,
    belongs,
    by,
    footer,
    more_asks,
    names,
    status,
    subtitle,
)
from planner.pages.report_sections import Cell, Section, Table, sections
from planner.roadmap.figures import listed
from planner.roadmap.output_report import AskShown, ReportShown
from planner.roadmap.output_report_data import DataShown


def written(material: Material) -> bytes:
    """The page as UTF-8."""
    return report_markdown(material.shown).encode()


def report_markdown(shown: ReportShown) -> str:
    """The whole page."""
    lines = [*_head(shown), *_asks(shown)]
    for section in sections(shown):
        lines += ["", *section_lines(section)]
    return "\n".join([*lines, "", "---", "", plain_markdown(footer(shown)), ""])


def data_markdown(shown: DataShown) -> str:
    """The page on a class of data."""
    lines = [f"# {plain_markdown(data_headline(shown))}", "", plain_markdown(data_lede(shown))]
    for section in data_sections(shown):
        for table in section.tables:
            lines += ["", f"## {plain_markdown(table.title)}", ""]
            lines += _rows(table.heads, (list(_cells(row)) for row in table.rows))
    return "\n".join([*lines, "", "---", "", plain_markdown(data_status(shown)), ""])


def _head(shown: ReportShown) -> Iterator[str]:
    yield f"**{plain_markdown(shown.title)}**, {plain_markdown(subtitle(shown))}  "
    yield plain_markdown(status(shown))
    yield ""
    yield f"# {''.join(_marked(part.text, red=part.red) for part in shown.sentence)}"
    if shown.lede:
        yield ""
        yield plain_markdown(shown.lede)


def _marked(text: str, *, red: bool) -> str:
    """What is red on the page is emphasised here."""
    return f"*{plain_markdown(text)}*" if red else plain_markdown(text)


def _asks(shown: ReportShown) -> Iterator[str]:
    yield ""
    yield f"## {plain_markdown(asks_heading(shown))}"
    if shown.asks:
        yield ""
        yield from _rows(
            ("", "Who", "Ask", "Why", "Answer by"),
            ([str(one.number), _who(one), _bold(one.ask), plain_markdown(one.why),
              plain_markdown(by(shown, one))] for one in shown.asks),
        )  # fmt: skip
    if more_asks(shown):
        yield ""
        yield more_asks(shown)


def _who(ask: AskShown) -> str:
    return f"{listed(map(_bold, names(ask)))} {plain_markdown(belongs(ask))}".rstrip()


def _bold(text: str) -> str:
    return f"**{plain_markdown(text)}**"


def section_lines(section: Section) -> Iterator[str]:
    """A section: its heading, its answer, its tables."""
    yield f"## {plain_markdown(section.title)}"
    if section.answer:
        yield ""
        yield f"*{plain_markdown(section.answer)}*"
    for table in section.tables:
        yield ""
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield f"### {plain_markdown(table.title)}"
        yield ""
    yield from _rows(table.heads, (list(_cells(row)) for row in table.rows))
    if table.note:
        yield ""
        yield plain_markdown(table.note)


def _cells(row: Sequence[Cell]) -> Iterator[str]:
    for cell in row:
        yield _bold(cell.text) if cell.role in ("strong", "late") else plain_markdown(cell.text)


def _rows(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(map(plain_markdown, heads))} |"
    yield f"|{'|'.join(' --- ' for _ in heads)}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
