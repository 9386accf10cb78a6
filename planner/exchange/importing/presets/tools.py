"""Tables of other tools whose columns would mislead: Trello's cards, Microsoft Project's tasks.

They are read as a sheet is, once what is known of them stands where `rows` reads it: a card is as
far as its list, a task that others are indented under is their group, and what is inactive is
dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct, structs

from planner.analysis.importing import Incoming, Loss
from planner.exchange.importing.amounts import is_count
from planner.exchange.importing.headings import folded
from planner.exchange.importing.presets.tracker import left_out
from planner.exchange.importing.rows import incoming_of
from planner.exchange.sheets.sheet import EMPTY, Cell, Sheet

GROUP, STATUS = "summary task", "status"
"""Headings of the columns that are added."""
LEVEL, ACTIVE, MODE, NAME = (
    frozenset(("outline level", "gliederungsebene", "niveau hierarchique", "nivel de esquema")),
    frozenset(("active", "aktiv", "actif", "activo", "activa")),
    frozenset(("task mode", "vorgangsmodus", "mode tache", "modo de tarea")),
    frozenset(("name", "task name", "vorgangsname", "nom", "nom de la tache", "nombre de tarea")),
)
"""What Microsoft Project calls its columns, folded."""
_NO = frozenset(("no", "nein", "non"))
_TRELLO = frozenset(("card id", "card name", "list name", "board name"))
_TRELLO_OWN = (
    "card id, list id, board id, board name, attachment count, attachment links, checklist item "
    "total count, checklist item completed count, vote count, comment count, last activity date, "
    "due complete, due reminder, archived"
)
_OF_TRELLO = frozenset(_TRELLO_OWN.split(", "))


class _Made(Struct, frozen=True):
    """A table as `rows` reads it, and what of it is lost so."""

    rows: tuple[tuple[Cell, ...], ...]
    own: frozenset[str]
    """The columns, folded, that the tool has for itself."""
    meanings: Mapping[str, str]
    losses: tuple[Loss, ...] = ()


def recognises(sheets: Sequence[Sheet]) -> bool:
    """Whether a sheet is one of theirs."""
    return _tool(sheets) is not None


def incoming(
    sheets: Sequence[Sheet],
    source: str,
    mapping: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Incoming:
    """What the rows say."""
    found = _tool(sheets)
    assert found is not None
    tool, make = found
    made, own = make(sheets[0]), mapping or {}
    names = [cell.text for cell in made.rows[0]]
    left = {at for at, name in enumerate(names) if folded(name) in made.own and name not in own}
    rows = tuple(
        tuple(EMPTY if at in left else cell for at, cell in enumerate(row)) for row in made.rows
    )
    filled = (names[at] for at in sorted(left) if any(_text(row, at) for row in made.rows[1:]))
    losses = (*left_out(tool, filled), *made.losses)
    sheet = structs.replace(sheets[0], rows=rows)
    read = incoming_of((sheet,), source, {**made.meanings, **own}, today)
    return structs.replace(read, losses=(*read.losses, *losses))


def _tool(sheets: Sequence[Sheet]) -> tuple[str, Callable[[Sheet], _Made]] | None:
    names = (
        {folded(cell.text) for cell in sheets[0].rows[0]} if sheets and sheets[0].rows else set()
    )
    if names >= _TRELLO:
        return "Trello", _cards
    if names & LEVEL and names & NAME:
        return "Microsoft Project", _tasks
    return None


def _at(sheet: Sheet, names: frozenset[str]) -> int:
    """Where a column of one of these names is; beyond the last where there is none."""
    headings = [folded(cell.text) for cell in sheet.rows[0]]
    return next((at for at, name in enumerate(headings) if name in names), len(headings))


def _text(row: Sequence[Cell], at: int) -> str:
    return row[at].text if at < len(row) else ""


# --- Trello ---------------------------------------------------------------------------------------


def _cards(sheet: Sheet) -> _Made:
    """A card whose date is ticked is done, whatever its list; an archived one is dropped."""
    places = [_at(sheet, frozenset((name,))) for name in ("list name", "due complete", "archived")]
    rows = [sheet.rows[0]]
    for row in sheet.rows[1:]:
        is_done, is_archived = (_text(row, at).lower() == "true" for at in places[1:])
        said = "done" if is_done else "archived" if is_archived else _text(row, places[0])
        rows.append((*row[: places[0]], Cell(said), *row[places[0] + 1 :]))
    return _Made(tuple(rows), _OF_TRELLO, {_text(sheet.rows[0], places[0]): "status"})


# --- Microsoft Project ----------------------------------------------------------------------------


def _tasks(sheet: Sheet) -> _Made:
    """Summary tasks as empty rows, and their names with the tasks that are indented under them."""
    name, level, active = (_at(sheet, names) for names in (NAME, LEVEL, ACTIVE))
    levels = [_level(_text(row, level)) for row in sheet.rows]
    rows = [(*sheet.rows[0], Cell(GROUP), Cell(STATUS))]
    losses: list[Loss] = []
    above: list[tuple[int, str]] = []
    for at, row in enumerate(sheet.rows[1:], 1):
        above = [each for each in above if each[0] < levels[at]]
        if at + 1 < len(levels) and levels[at + 1] > levels[at]:
            above.append((levels[at], _text(row, name)))
            losses += _of_a_summary(at, row, name)
            rows.append(())
            continue
        status = "dropped" if folded(_text(row, active)) in _NO else ""
        width = len(sheet.rows[0])
        cells = (*row, *(EMPTY,) * (width - len(row)))
        rows.append((*cells, Cell(above[-1][1] if above else ""), Cell(status)))
    own = LEVEL | ACTIVE | MODE
    return _Made(tuple(rows), own, {GROUP: "part_of", STATUS: "status"}, tuple(losses))


def _level(text: str) -> int:
    return int(text) if is_count(text) else 0


def _of_a_summary(at: int, row: Sequence[Cell], name: int) -> Iterator[Loss]:
    rest = " · ".join(cell.text for place, cell in enumerate(row) if place != name and cell.text)
    why = "a summary task is a group, which has a title alone"
    yield Loss(at + 1, _text(row, name), rest, why)
