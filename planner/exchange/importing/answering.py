"""Answers to phrases in a file of their own: written to be filled in, and read back.

TOML or CSV, by the file's suffix. An answer is the number of a candidate, an initiative's id, key
or title, or part of one that no other has, with a type and a lag or without, ``none``, or ``tool``,
with the tool's name behind a colon where it is not the words.
An empty one leaves the phrase open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w
from msgspec import structs

from planner.analysis.importing import Phrase
from planner.errors import ReadError, UsageError
from planner.exchange.importing.amounts import is_count
from planner.exchange.importing.arriving import (
    Arrival,
    answer_to,
    answered,
    is_tool,
    means,
    means_nothing,
)
from planner.exchange.importing.candidates import folded
from planner.exchange.importing.kept import Answer, phrase_key
from planner.exchange.importing.lags import TYPES, lag_of, split
from planner.exchange.sheets.sheet import Sheet, sheet_of
from planner.files.reading import read_file
from planner.text.document import Document
from planner.text.phrases import typed

COLUMNS = ("row", "id", "words", "candidates", "answer")
NONE = frozenset(("n", "no", "none", "nothing", "-", "nein", "keine", "non", "aucun", "ninguno"))
TOOL = re.compile(r"(?:t|tool|system|werkzeug|outil|herramienta)(?:\s*:\s*(?P<name>.+))?", re.I)
HEAD = """\
# Phrases of {source} that name other work. `answer` is the number of a candidate, the id, key
# or title of an initiative (with a type and a lag: "launch SS-5d"), "none", "tool" (the words are
# one), or "tool: NAME". Empty: it stays open.

"""


def answer_said(arrival: Arrival, phrase: Phrase, text: str) -> Answer | None:
    """What a typed answer means; None for an empty one. Raises UsageError."""
    word = text.strip()
    if not word:
        return None
    if word.casefold() in NONE:
        return means_nothing(phrase)
    if tool := TOOL.fullmatch(word):
        return is_tool(phrase, (tool["name"] or "").strip())
    if is_count(word) and 1 <= int(word) <= len(phrase.candidates):
        return answer_to(phrase, int(word) - 1)
    if id := _initiative(arrival, word):
        return means(phrase, id)
    if answer := _with_a_lag(arrival, phrase, word):
        return answer
    raise UsageError(
        f"{typed(word)} is no candidate, no initiative and no tool",
        hint="write a candidate's number, an id, a key, a title or what only one title has (each "
        "with a type and a lag: `launch SS-5d`), none, or tool: NAME",
    )


def _with_a_lag(arrival: Arrival, phrase: Phrase, word: str) -> Answer | None:
    """What is meant by a candidate or an initiative with a type, a lag or both behind it."""
    name, type, lag = split(word)
    written = lag_of(lag)[0]
    if not type and not written:
        return None
    answer = answer_said(arrival, phrase, name)
    if answer is None or answer.means != "initiative":
        return None
    return structs.replace(answer, type=TYPES.get(type, "FS"), lag=written)


def _initiative(arrival: Arrival, word: str) -> str | None:
    """The initiative of an id or of a row's key, else the only one of a title or of part of one."""
    there: dict[str, str] = {id: one.label for id, one in arrival.plan.roadmap.initiatives.items()}
    if word in there:
        return word
    said = folded(word)
    keyed = [id for id, key in arrival.incoming.keys.items() if folded(key) == said]
    titled = [id for id, title in there.items() if folded(title) == said]
    partly = [id for id, title in there.items() if f" {said}" in f" {folded(title)}"]
    for found in (keyed, titled, partly if len(said) >= LEAST_PART else []):
        if len(found) == 1:
            return found[0]
    return None


LEAST_PART = 3
"""Letters of a part of a title that names it."""


def with_answers(arrival: Arrival, texts: Mapping[tuple[str, str], str]) -> Arrival:
    """The Arrival with every open phrase answered that has an answer. Raises UsageError with the
    row of one that can't be understood.
    """
    found = [_answer_in(arrival, phrase, texts) for phrase in arrival.incoming.phrases]
    return answered(arrival, *(answer for answer in found if answer is not None))


def with_likeliest(arrival: Arrival) -> Arrival:
    """The Arrival with the first candidate of each open phrase taken for what is meant."""
    found = (answer_to(each, 0) for each in arrival.incoming.phrases if each.candidates)
    return answered(arrival, *found)


def _answer_in(
    arrival: Arrival, phrase: Phrase, texts: Mapping[tuple[str, str], str]
) -> Answer | None:
    text = texts.get(phrase_key(phrase.successor, phrase.words), "")
    try:
        return answer_said(arrival, phrase, text)
    except UsageError as error:
        place = f"row {phrase.row}, “{phrase.words}”"
        raise UsageError(f"{place}: {error.message}", hint=error.hint) from None


# --- files ----------------------------------------------------------------------------------------


def read_answers(path: Path) -> dict[tuple[str, str], str]:
    """The answers of a file, by phrase. Raises ReadError."""
    rows = _of_toml(path) if path.suffix == ".toml" else _of_sheet(path)
    return {phrase_key(str(row["id"]), str(row["words"])): str(row["answer"]) for row in rows}


def _of_toml(path: Path) -> Iterator[Mapping[str, Any]]:
    data = Document.parse(read_file(path), str(path)).data
    hint = "each [[phrases]] has id, words and answer"
    phrases = data.get("phrases", None if data else [])
    if not isinstance(phrases, list):
        raise ReadError("there are no answers to phrases", file=str(path), hint=hint)
    for at, row in enumerate(phrases, 1):
        if not isinstance(row, Mapping) or not {"id", "words", "answer"} <= row.keys():
            raise ReadError(f"phrase {at} is not complete", file=str(path), hint=hint)
        yield row


def _of_sheet(path: Path) -> Iterator[Mapping[str, Any]]:
    from planner.exchange.sheets.reading import read_sheets

    sheet = read_sheets(path)[0]
    heading = [cell.text.casefold() for cell in sheet.rows[0]] if sheet.rows else []
    if not {"id", "words", "answer"} <= set(heading):
        raise ReadError("there are no columns id, words and answer", file=str(path))
    for row in range(1, len(sheet.rows)):
        yield {name: sheet.cell(row, at).text for at, name in enumerate(heading)}


def template_bytes(source: str, phrases: Sequence[Phrase], suffix: str) -> bytes:
    """A file to fill in."""
    if suffix == ".toml":
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(phrases)]
        return (
            HEAD.format(source=source.replace("\n", " ")) + tomli_w.dumps({"phrases": rows})
        ).encode()
    from planner.exchange.sheets.writing import sheets_bytes

    return sheets_bytes([_sheet(_rows(phrases))], suffix)


def _sheet(rows: Iterable[Sequence[Any]]) -> Sheet:
    return sheet_of("phrases", [COLUMNS, *rows])


def _rows(phrases: Iterable[Phrase]) -> Iterator[tuple[int, str, str, str, str]]:
    for phrase in phrases:
        candidates = "; ".join(
            f"{at} {each.title} ({each.id})" for at, each in enumerate(phrase.candidates, 1)
        )
        yield phrase.row, phrase.successor, phrase.words, candidates, ""
