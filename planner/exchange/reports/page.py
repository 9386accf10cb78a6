"""The report as one HTML file that needs nothing else: no font, no script, no picture from afar.

What is folded can be read without a script, which only opens all of it at once. A policy in the
head forbids everything but the two pieces of text that are in the file, told by their hashes. Every
text of the roadmap is escaped; the same plan gives the same bytes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from itertools import groupby
from typing import Literal

from planner.exchange.reports.names import together
from planner.exchange.reports.page_style import page_style
from planner.exchange.reports.picture import picture
from planner.exchange.reports.writing import Material
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
from planner.pages.report_sections import Cell, Section, Table, sections, work_table
from planner.roadmap.figures import listed
from planner.roadmap.output_report import AskShown, ReportShown
from planner.roadmap.output_report_data import DataShown

_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_TURNED = re.compile(rf"[{_RIGHT_TO_LEFT}](?:[^A-Za-z<>&;]*[{_RIGHT_TO_LEFT}])?")
_LONG = re.compile(r"\w{16}(?=\w{4})")
"""What of a word of many letters stands before a place where a narrow cell may break it."""
_SIZE = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')
_SHAPES: tuple[Literal["wide", "narrow"], ...] = ("wide", "narrow")
_SCRIPT = (
    'const all=document.querySelectorAll("details.fold"),'
    'button=document.querySelector(".bar button");'
    "button.hidden=false;"
    'button.addEventListener("click",()=>{'
    "const open=[...all].some(one=>!one.open);"
    "all.forEach(one=>{one.open=open});"
    'button.textContent=open?"Close all":"Open all"});'
)
"""Opens all that is folded, or closes it."""


def written(material: Material) -> bytes:
    """The page as UTF-8."""
    return page(material).encode()


def page(material: Material) -> str:
    """The whole page."""
    shown = material.shown
    drawings = list(_drawings(material))
    first = "".join((*_head(shown), *_pictures(shown, drawings), *_asks(shown)))
    below = "".join(_details(shown, everything=material.everything))
    body = (
        f'<main><div class="first">{first}</div>{below}<footer>{_t(footer(shown))}</footer></main>'
    )
    size = _SIZE.search(drawings[0][1])
    style = page_style((size[1], size[2]) if size is not None else None)
    kind, script = "all" if material.everything else "", _SCRIPT if below else ""
    return _document(_title(shown), body, kind, style, script)


def data_page(shown: DataShown) -> str:
    """The page on a class of data: tables alone, on one sheet where they fit."""
    eyebrow = f'<p class="eyebrow"><span>{_t(data_status(shown))}</span></p>'
    head = f"<h1>{_t(data_headline(shown))}</h1>"
    lede = f'<p class="lede">{_t(data_lede(shown))}</p>'
    tables = (table for section in data_sections(shown) for table in section.tables)
    body = "".join("".join(_table(table, "h2")) for table in tables)
    title = f"{shown.roadmap}: {data_headline(shown)}"
    main = f"<main>{eyebrow}{head}{lede}{body}</main>"
    return _document(title, main, "data", page_style(), "")


def _title(shown: ReportShown) -> str:
    return f"{shown.title}: {''.join(part.text for part in shown.sentence)}"


def _document(title: str, body: str, kind: str, style: str, script: str) -> str:
    """A file of its own, with a policy that lets only this style and this script work."""
    rules = [
        "default-src 'none'",
        f"style-src '{_hash(style)}'",
        f"script-src '{_hash(script)}'" if script else "script-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    of_kind = f' class="{kind}"' if kind else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{_a(title)}</title><style>{style}</style></head>\n"
        f"<body{of_kind}>{body}{f'<script>{script}</script>' if script else ''}</body></html>\n"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _t(text: str) -> str:
    """A text as HTML has it: no line ends inside a date or between a number and what it counts, and
    what is read from right to left turns nothing else round.
    """
    return _TURNED.sub(r"<bdi>\g<0></bdi>", _a(text))


def _c(text: str) -> str:
    """A text in a cell, whose columns are as wide as their longest words: a word of many letters
    may be broken.
    """
    return _t(_LONG.sub("\\g<0>\u200b", text)).replace("\u200b", "<wbr>")


def _a(text: str) -> str:
    """A text in an attribute."""
    return escape(together(text), quote=True)


# --- the first page -------------------------------------------------------------------------------


def _head(shown: ReportShown) -> Iterator[str]:
    yield (
        f'<p class="eyebrow"><span><b>{_t(shown.title)}</b>, {_t(subtitle(shown))}</span>'
        f"<span>{_t(status(shown))}</span></p>"
    )
    said = (f"<em>{_t(one.text)}</em>" if one.red else _t(one.text) for one in shown.sentence)
    yield f"<h1>{''.join(said).replace('working day', 'working&nbsp;day')}</h1>"
    if shown.lede:
        yield f'<p class="lede">{_t(shown.lede)}</p>'


def _drawings(material: Material) -> Iterator[tuple[str, str]]:
    """The wide drawing and the narrow one, each with its name."""
    one, side = material, material.shown.side
    for shape in _SHAPES:
        drawn = picture(
            one.plan, one.numbered, one.was, one.was_on, shape, "page", side, launch=one.launch
        )
        yield shape, drawn.strip()


def _pictures(shown: ReportShown, drawings: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Both drawings, of which one is shown; below them all that is drawn."""
    yield from (f'<figure class="{shape}">{drawn}</figure>' for shape, drawn in drawings)
    yield '<details class="picture-table"><summary>The picture as a table</summary>'
    yield f"{''.join(_table(work_table(shown)))}</details>"


def _asks(shown: ReportShown) -> Iterator[str]:
    yield f'<section class="asks"><h2>{_t(asks_heading(shown))}</h2>'
    if shown.asks:
        yield '<table role="table"><thead role="rowgroup"><tr role="row">'
        heads = ("Number", "Who", "Ask", "Why", "Answer by")
        yield from (
            f'<th scope="col" role="columnheader">{_hidden(head) if at == 0 else head}</th>'
            for at, head in enumerate(heads)
        )
        yield '</tr></thead><tbody role="rowgroup">'
        yield from (_ask(shown, one) for one in shown.asks)
        yield "</tbody></table>"
    if more := more_asks(shown):
        yield f'<p class="more">{_t(more)}</p>'
    yield "</section>"


def _hidden(text: str) -> str:
    """A head that stands for the eyes in what is below it."""
    return f'<span class="unseen">{text}</span>'


def _ask(shown: ReportShown, one: AskShown) -> str:
    who = listed(f"<b>{_c(name)}</b>" for name in names(one))
    cells = (
        ("who", f'{who} <span class="of">{_c(belongs(one))}</span>', ""),
        ("ask", _c(one.ask), ""),
        ("why", _c(one.why), ""),
        ("by", _t(by(shown, one)), ' data-head="Answer by"'),
    )
    row = "".join(f'<td role="cell" class="{name}"{head}>{text}</td>' for name, text, head in cells)
    badge = f'<th scope="row" role="rowheader"><span class="badge">{one.number}</span></th>'
    return f'<tr role="row">{badge}{row}</tr>'


# --- below the first page -------------------------------------------------------------------------


def _details(shown: ReportShown, *, everything: bool) -> Iterator[str]:
    found = sections(shown)
    if not found:
        return
    yield '<section class="details"><div class="bar"><span>Details</span>'
    yield '<button type="button" hidden>Open all</button></div>'
    for one in found:
        yield from _section(one, is_open=everything)
    yield "</section>"


def _section(one: Section, *, is_open: bool) -> Iterator[str]:
    yield f'<details class="fold"{" open" if is_open else ""}><summary><h2>{_t(one.title)}</h2>'
    yield f'<span class="answer">{_t(one.answer)}</span></summary><div class="inside">'
    for table in one.tables:
        yield from _table(table)
    yield "</div></details>"


def _table(table: Table, level: str = "h3") -> Iterator[str]:
    if table.title:
        yield f"<{level}>{_t(table.title)}</{level}>"
    yield f'<table role="table"{" class=same" if table.same else ""}>'
    yield '<thead role="rowgroup"><tr role="row">'
    yield from (f'<th scope="col" role="columnheader">{_t(head)}</th>' for head in table.heads)
    yield "</tr></thead>"
    yield from _bodies(table)
    yield "</table>"
    if table.note:
        yield f'<p class="note">{_t(table.note)}</p>'


def _bodies(table: Table) -> Iterator[str]:
    """The rows; those of one header in a body of their own, which has it once."""
    if not table.same:
        rows = (f'<tr role="row">{_header(row[0])}{_cells(table, row)}</tr>' for row in table.rows)
        yield f'<tbody role="rowgroup">{"".join(rows)}</tbody>'
        return
    for _, rows_of in groupby(table.rows, key=lambda row: row[0].text):
        alike = list(rows_of)
        yield '<tbody role="rowgroup">'
        for at, row in enumerate(alike):
            head = _header(row[0], span=len(alike)) if at == 0 else ""
            yield f'<tr role="row">{head}{_cells(table, row)}</tr>'
        yield "</tbody>"


def _header(cell: Cell, span: int = 1) -> str:
    rows = f' rowspan="{span}"' if span > 1 else ""
    scope = "rowgroup" if span > 1 else "row"
    return f'<th scope="{scope}" role="rowheader"{rows}>{_c(cell.text)}</th>'


def _cells(table: Table, row: Iterable[Cell]) -> str:
    _, *cells = row
    heads = table.heads[1:]
    return "".join(
        f'<td role="cell" data-head="{_a(head)}"{_class(cell)}>{_c(cell.text)}</td>'
        for head, cell in zip(heads, cells, strict=True)
    )


def _class(cell: Cell) -> str:
    return "" if cell.role in ("text", "strong") else f' class="{cell.role}"'
