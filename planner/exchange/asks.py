"""Questions out as a sheet or a page, and the answers in it when it comes back.

Between the two people sort, number, delete and translate; a mail program wraps lines and quotes
them. So what stands where is found by the key of each question alone, which the page has at the end
of the question and the sheet in its last column, and by the arrows before what is to be filled in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import get_args

from msgspec import Struct

from planner.analysis.asks import Ask
from planner.errors import ReadError
from planner.exchange.sheets.letters import encoding_of
from planner.exchange.sheets.limits import MAX_BYTES
from planner.exchange.sheets.reading import read_sheets
from planner.exchange.sheets.sheet import Cell, Sheet, Value, as_text, sheet_of
from planner.files.reading import opened
from planner.pages.asks import (
    LETTERS,
    may_write,
    question,
    who_answers,
    why_it_matters,
    words_used,
)
from planner.plan.model import Plan
from planner.roadmap.ids import plain_letters
from planner.roadmap.output_asks import AskAct

HEADINGS = ("#", "Question", "Who", "Why it matters", "You can write", "Your answer", "Note", "Key")
WIDTHS = (4, 46, 18, 36, 26, 22, 22, 8)
FILL_IN = "FFF6DC"
"""The colour behind the cells that are to be filled in."""
BY, ON = "answered-by", "answered-on"
"""The keys of the rows that say who answers, and when."""
_ACTS = "|".join(get_args(AskAct))
KEY = re.compile(rf"\b(?:{_ACTS}):[A-Za-z0-9.:+%_-]+:[0-9a-f]{{6}}\b")
NO_QUESTIONS = "has no questions of `planner asks`"
HINT = "each question has a key: in the last column of a sheet, at the end of a question on a page"


class Answer(Struct, frozen=True):
    """What somebody wrote at a question. `place` is where it stands in the file."""

    place: str
    key: str
    value: Value
    note: str = ""

    @property
    def text(self) -> str:
        """The answer as it was typed."""
        return as_text(self.value)


class Answers(Struct, frozen=True):
    """All that a sheet or a page came back with. `by` and `on` say who answered, and when."""

    rows: tuple[Answer, ...]
    by: str = ""
    on: str = ""


# --- out ------------------------------------------------------------------------------------------


def sheets(plan: Plan, asks: Sequence[Ask], side: str | None) -> tuple[Sheet, ...]:
    """The questions as a sheet to fill in, and the words in them as a second one."""
    head = [
        ["", "Who answers? (your name)", "", "", "", Cell(fill=FILL_IN), "", BY],
        ["", "On which date?", "", "", "a date", Cell(fill=FILL_IN), "", ON],
    ]
    rows = [_row(plan, number, ask) for number, ask in enumerate(asks, 1)]
    made = sheet_of("Questions", [list(HEADINGS), *(head if rows else []), *rows])
    found = [Sheet(made.title, made.rows, widths=WIDTHS)]
    words = words_used(plan, side, (question(plan, each) for each in asks))
    if words:
        found.append(sheet_of("Words", [["Word", "Meaning"], *(w.split(": ", 1) for w in words)]))
    return tuple(found)


def _row(plan: Plan, number: int, ask: Ask) -> list[object]:
    return [
        number,
        question(plan, ask),
        who_answers(plan, ask),
        why_it_matters(plan, ask),
        may_write(plan, ask),
        Cell(fill=FILL_IN, choices=_choices(ask)),
        Cell(fill=FILL_IN),
        ask.key,
    ]


def _choices(ask: Ask) -> tuple[str, ...]:
    if ask.act in ("agree", "take", "accept"):
        return ("yes", "no")
    if ask.act == "sign":
        return ("yes",)
    return tuple(LETTERS[: len(ask.options)])


# --- back: sheets ---------------------------------------------------------------------------------


def read_answers(path: Path) -> Answers:
    """What a file came back with. Raises ReadError where it has no question, or can't be read."""
    if path.suffix.lower() in (".md", ".markdown", ".txt", ".eml"):
        page = _of_page(_text(path))
        if page is not None:
            return page
        if path.suffix.lower() not in (".md", ".markdown"):
            raise ReadError(NO_QUESTIONS, file=str(path), hint=HINT)
    found = [each for each in map(_of_sheet, read_sheets(path)) if each is not None]
    if not found:
        raise ReadError(NO_QUESTIONS, file=str(path), hint=HINT)
    return Answers(
        tuple(row for each in found for row in each.rows),
        by=next((each.by for each in found if each.by), ""),
        on=next((each.on for each in found if each.on), ""),
    )


def _of_sheet(sheet: Sheet) -> Answers | None:
    """The answers of a sheet; None where no cell of it is a key."""
    counted = Counter(
        column
        for cells in sheet.rows
        for column, cell in enumerate(cells)
        if KEY.fullmatch(cell.text)
    )
    if not counted:
        return None
    keys = counted.most_common(1)[0][0]
    answers, notes = _columns(sheet, keys)
    rows, said = [], {BY: "", ON: ""}
    for number in range(len(sheet.rows)):
        key, cell = sheet.cell(number, keys).text, sheet.cell(number, answers)
        if key in said:
            said[key] = cell.text
        elif KEY.fullmatch(key):
            beside = sheet.cell(number, notes).text if notes is not None else ""
            note = " ".join(filter(None, (beside, cell.note)))
            rows.append(Answer(f"{sheet.title} row {number + 1}", key, cell.value, note))
    return Answers(tuple(rows), said[BY], said[ON])


_CALLED = (
    ("answer", "antwort", "reponse", "respuesta"),
    ("note", "notiz", "bemerk", "anmerk", "remarque", "nota", "comment", "kommentar"),
)
"""What headings of answers and of notes have in them, in four languages."""


def _columns(sheet: Sheet, keys: int) -> tuple[int, int | None]:
    """The columns of answers and notes: by their headings, else as they stand before the keys."""
    every = (sheet.cell(number, keys).text for number in range(len(sheet.rows)))
    first = next(n for n, key in enumerate(every) if key in (BY, ON) or KEY.fullmatch(key))
    found: list[int | None] = [None, None]
    for number in range(first):
        for column in range(keys):
            heading = plain_letters(sheet.cell(number, column).text)
            for at, names in enumerate(_CALLED):
                if len(heading) < 40 and any(name in heading for name in names):
                    found[at] = column
    answers, notes = found
    if answers is None:
        return max(0, (keys if notes is None else notes + 1) - 2), keys - 1
    return answers, notes


# --- back: pages ----------------------------------------------------------------------------------

_BRACKETED = re.compile(rf"\\?\[({KEY.pattern})\\?\]")
_OPENED = re.compile(rf"\[(?:{_ACTS}):[^\]\s]*$")
_QUOTE = re.compile(r"[ \t]*((?:>[ \t]?)*)")
_ARROW = re.compile(r"(?:→|->|-->|=>|»|\?)[ \t]*[^\W\d_][^:：]{0,40}[:：][*_ \t]*(.*)", re.S)
_NUMBERED = re.compile(r"[*_\\]{0,3}\d{1,4}\\?\.")
_ENDS = re.compile(
    r"#|---|--$|-- |_{5,}|(?:best|kind|warm) regards|regards|cheers|(?:many )?thanks,|viele gr|"
    r"mit freundlich|beste gr|liebe gr|gruß|gruss|lg$|vg$|cordialement|bien à vous|saludos|"
    r"un saludo|sent from|gesendet von|envoyé de|(?:von|from|de|am|on|le|el)\b.*:$",
    re.I,
)
"""What stands behind the last answer: another heading, a rule, a greeting, the mail's own words."""


class _Line(Struct, frozen=True):
    """A line of a page: how deep a mail program has quoted it, and what it says."""

    number: int
    depth: int
    text: str


def _text(path: Path) -> str:
    with opened(path) as source:
        raw = source.read(MAX_BYTES + 1)
    codec = encoding_of(raw)
    if codec is None or len(raw) > MAX_BYTES:
        why = (
            "is not text" if codec is None else f"more than {MAX_BYTES // 1024 // 1024} MB of text"
        )
        raise ReadError(why, file=str(path), hint="send back the page itself, saved as UTF-8")
    return re.sub("\r\n?", "\n", raw.decode(codec, "replace"))


def _lines(text: str) -> list[_Line]:
    """The lines of a page; a key that was wrapped is whole again."""
    found: list[_Line] = []
    for number, raw in enumerate(text.split("\n"), 1):
        quoted = _QUOTE.match(raw)
        assert quoted is not None
        line = _Line(number, quoted[1].count(">"), raw[quoted.end() :].strip())
        if found and _OPENED.search(found[-1].text):
            before = found.pop()
            line = _Line(before.number, before.depth, before.text + line.text)
        found.append(line)
    return found


def _of_page(text: str) -> Answers | None:
    """The answers of a page; None where it has no key."""
    lines = _lines(text)
    places = [at for at, line in enumerate(lines) if _BRACKETED.search(line.text)]
    if not places:
        return None
    starts = [_start(lines, at, before) for at, before in zip(places, (-1, *places), strict=False)]
    rows = [
        _answer(lines[at], lines[at + 1 : end])
        for at, end in zip(places, (*starts[1:], len(lines)), strict=True)
    ]
    head = [found[1] for line in lines[: starts[0]] if (found := _ARROW.fullmatch(line.text))]
    by, on = (*(_cleaned(each) for each in head), "", "")[:2]
    return Answers(tuple(rows), by, on)


def _start(lines: Sequence[_Line], key: int, before: int) -> int:
    """The line on which a question begins whose key stands on another: a mail program wraps it."""
    at = key
    while at > before + 1 and not _NUMBERED.match(lines[at].text):
        above = lines[at - 1]
        if not above.text or above.depth != lines[key].depth or _ARROW.fullmatch(above.text):
            break
        at -= 1
    return at


def _answer(question: _Line, body: Sequence[_Line]) -> Answer:
    """What stands behind the arrows, and what a reply has put between the lines that it quotes."""
    found = _BRACKETED.search(question.text)
    assert found is not None
    own = [line for line in body if line.depth >= question.depth]
    parts = _filled_in(own)
    replied = list(_paragraphs(line for line in body if line.depth < question.depth))
    answer = " ".join(filter(None, (parts[0], *replied[:1])))
    note = " ".join(filter(None, (parts[1], *replied[1:])))
    return Answer(f"line {question.number}", found[1], answer, note)


def _filled_in(body: Sequence[_Line]) -> tuple[str, str]:
    """The texts behind the first arrow and behind the second; before these only what is no part of
    the question.
    """
    texts: list[list[str]] = [[], [], []]
    at, fresh = 0, True
    for line in body:
        if (arrow := _ARROW.fullmatch(line.text)) and at < 2:
            at += 1
            texts[at].append(arrow[1])
        elif at and _ENDS.match(line.text):
            break
        elif at or (fresh and line.text and not line.text.startswith(("-", "*", "•", "·"))):
            texts[at].append(line.text)
        fresh = not line.text if not at else fresh
    answer, note = (_cleaned(" ".join(filter(None, each))) for each in (texts[1], texts[2]))
    return " ".join(filter(None, (_cleaned(" ".join(texts[0])), answer))), note


def _paragraphs(lines: Iterable[_Line]) -> Iterator[str]:
    """The paragraphs of a reply up to the greeting."""
    words: list[str] = []
    for line in lines:
        if _ENDS.match(line.text):
            break
        if line.text:
            words.append(line.text)
        elif words:
            yield _cleaned(" ".join(words))
            words = []
    if words:
        yield _cleaned(" ".join(words))


def _cleaned(text: str) -> str:
    """A text as it was meant: what Markdown escapes is not, nothing is emphasised."""
    plain = re.sub(r"\\([\\`*_\[\]<>|#.~-])", r"\1", text)
    return re.sub(r"^[*_`]+|[*_`]+$", "", plain.strip()).strip()
