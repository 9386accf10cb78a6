"""Values of fields as text, and typed text as values.

Values are plain TOML, as edits carry them. What can't be seen has signs that stand in for it while
it is edited (`planner.text.editing`), so that what was not typed stays byte for byte. Items on one
line are separated by commas; links, holidays and readings have a line each:

    tag-migration SS+5d
    profile-api; delivers segment endpoint; needed by 18 jan; agreed 5 nov

Three values of one thing stand between strokes: 3w/4w/7w, 30k/40k/60k.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from planner.conflicts.needs import links_in
from planner.entry.context import Around, Typed
from planner.entry.links import links_of, need_text, read_need
from planner.entry.shapes import NOUNS, Field
from planner.roadmap.fields import term_keys
from planner.roadmap.ids import is_id, nearest
from planner.roadmap.quantities import format_amount
from planner.roadmap.references import IMPLIED
from planner.roadmap.sides import BOTH
from planner.roadmap.typed import (
    Unclear,
    Understood,
    number_text,
    sure,
    typed_amount,
    typed_bool,
    typed_choice,
    typed_estimate,
    typed_length,
    typed_number,
)
from planner.roadmap.typed_days import say_day
from planner.text.editing import from_edited, in_value, to_edit, unedited
from planner.text.visible import visible

# --- value to text --------------------------------------------------------------------------------


def as_text(field: Field, value: Any) -> str:
    """A value of the file as it is shown for editing; empty for an absent key."""
    if value is None:
        return ""
    write = _WRITERS.get(field.shape)
    try:
        return write(value) if write is not None else _plain(value)
    except (TypeError, AttributeError, KeyError):
        return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, list):
        return ", ".join(_quoted(_plain(each)) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{to_edit(str(key))} {_plain(each)}" for key, each in value.items())
    return to_edit(str(value))


def _quoted(text: str) -> str:
    return f'"{text}"' if "," in text else text


def _lines(value: str) -> str:
    return to_edit(value, lines=True)


def _points(value: Any) -> str:
    return "/".join(_plain(each) for each in value) if isinstance(value, list) else _plain(value)


def _amounts(value: Any) -> str:
    if not isinstance(value, Mapping):
        return _points(value)
    return ", ".join(f"{to_edit(str(key))} {_points(each)}" for key, each in value.items())


def _by_line(value: Mapping[str, Any]) -> str:
    return "\n".join(f"{to_edit(str(key))} {_plain(each)}" for key, each in value.items())


def _needs(value: Any) -> str:
    return "\n".join(need_text(each) for each in ([value] if isinstance(value, str) else value))


def _lists_by_name(value: Mapping[str, Any]) -> str:
    return "\n".join(f"{to_edit(str(name))}: {_plain(each)}" for name, each in value.items())


def _term(value: Any) -> str:
    if isinstance(value, str):
        return to_edit(value)
    return "\n".join(f"{to_edit(str(side))}: {_plain(each)}" for side, each in value.items())


_WRITERS: Mapping[str, Callable[[Any], str]] = {
    "lists by name": _lists_by_name,
    "term": _term,
    "long": _lines,
    "estimate": _points,
    "money": _amounts,
    "needs": _needs,
    "days": _by_line,
    "readings": _by_line,
}


# --- text to value --------------------------------------------------------------------------------


def understood(field: Field, text: str, around: Around, before: Any = None) -> Typed:
    """What a typed text means for a field. The value is None where the text is empty: no such key.

    `before` is the value in the file, kept item by item where its text is unchanged.
    """
    if not text.strip():
        if field.required:
            return Unclear(field.required)
        return Understood(None, "", field.default and f"{field.default}, unless said otherwise")
    if text.strip().casefold() in CLEARS and _can_be_cleared(field, text.strip(), around):
        return Understood(None, "", "nothing: the key is removed")

    def read(words: str) -> Typed:
        return _READERS[field.shape](field, words, around, before)

    return _meant(sure(read(text), read))


def _meant(read: Typed) -> Typed:
    """The same with what the signs of an editor stand for; what goes back into it keeps them."""
    if isinstance(read, Unclear):
        return Unclear(from_edited(read.why), read.nearest)
    return Understood(in_value(read.value, from_edited), read.text, from_edited(read.said))


CLEARS = ("none", "-", "–")
"""What people type for nothing, where nothing is called so."""

_WORDS = ("text", "long", "strings", "term", "new term", "threshold", "lists by name")
"""Shapes in which every word says itself."""


def _can_be_cleared(field: Field, text: str, around: Around) -> bool:
    named = text in field.choices or text in around.titles(field.kinds)
    return field.shape not in _WORDS and not named and not field.required


def _text(_field: Field, text: str, _around: Around, _before: Any) -> Typed:
    return Understood(text, text, "")


def _day(field: Field, text: str, around: Around, _before: Any) -> Typed:
    return around.day(text, past=field.past)


def _length(_field: Field, text: str, around: Around, _before: Any) -> Typed:
    found = typed_length(text, around.week)
    return found if isinstance(found, Unclear) else Understood(found.text, found.text, found.said)


def _typed_estimate(_field: Field, text: str, around: Around, _before: Any) -> Typed:
    found = typed_estimate(text, around.week)
    if isinstance(found, Unclear):
        return found
    parts = found.text.split("/")
    return Understood(parts if len(parts) > 1 else parts[0], found.text, found.said)


def _number(field: Field, text: str, *_: Any) -> Typed:
    money = field.low == 0 and field.high is None
    return typed_number(text, field.low, field.high, whole=field.whole, money=money)


def _bool(_field: Field, text: str, _around: Around, _before: Any) -> Typed:
    return typed_bool(text)


def _choice(field: Field, text: str, _around: Around, _before: Any) -> Typed:
    return typed_choice(text, field.choices)


def _choices(field: Field, text: str, _around: Around, _before: Any) -> Typed:
    found = [typed_choice(each, field.choices) for each in items(text)]
    return _joined(found)


def _reference(field: Field, text: str, around: Around, _before: Any) -> Typed:
    return reference(text.strip(), field.kinds, around)


def _references(field: Field, text: str, around: Around, before: Any) -> Typed:
    found = _joined([reference(each, field.kinds, around) for each in items(text)])
    return found if isinstance(found, Unclear) else _one_or_list(field, found, before)


def _strings(field: Field, text: str, _around: Around, before: Any) -> Typed:
    kept = _by_text(before)
    values = [kept.get(each, each) for each in items(text)]
    return _one_or_list(field, Understood(values, ", ".join(values), ""), before)


def _dates_by_id(field: Field, text: str, around: Around, _before: Any) -> Typed:
    def read(part: str) -> Typed:
        id, _, day = part.partition(" ")
        who = reference(id, field.kinds, around)
        if isinstance(who, Unclear):
            return Unclear(who.why, who.nearest and f"{who.nearest} {day}".strip())
        if not day.strip():
            return Unclear(f"on which date, {id}?", f"{id} today")
        when = around.day(day, past=field.past)
        if isinstance(when, Unclear):
            return Unclear(when.why, when.nearest and f"{id} {when.nearest}")
        said = f"{around.title(id, field.kinds)} {say_day(when.value)}"
        return Understood((id, when.value), f"{id} {when.text}", said)

    return _table([read(part) for part in items(text)], ", ")


def _numbers_by_id(field: Field, text: str, around: Around, _before: Any) -> Typed:
    return _by_id(field, text, around, partial(_number, field))


def _by_id(field: Field, text: str, around: Around, amount: Callable[[str], Typed]) -> Typed:
    """A number of some sort for each id."""

    def read(part: str) -> Typed:
        id, _, rest = part.partition(" ")
        who = reference(id, field.kinds, around)
        if isinstance(who, Unclear):
            return Unclear(who.why, who.nearest and f"{who.nearest} {rest}".strip())
        if not rest.strip():
            return Unclear(f"how much for {id}?", f"{id} 1")
        number = amount(rest)
        if isinstance(number, Unclear):
            return Unclear(number.why, number.nearest and f"{id} {number.nearest}")
        said = f"{around.title(id, field.kinds)} {number.said}"
        return Understood((id, number.value), f"{id} {number.text}", said)

    return _table([read(part) for part in _between_commas(text)], ", ")


def _between_commas(text: str) -> list[str]:
    """The parts of a line, none of which ends inside a number such as 40,000 or 2,5."""
    return [part.strip() for part in re.split(r"(?<!\d),|,(?!\d)|;", text) if part.strip()]


def _alone_or_by_id(
    field: Field, text: str, around: Around, amount: Callable[[str], Typed]
) -> Typed:
    whole = amount(text)
    if isinstance(whole, Understood) or re.match(r"[^a-z]*\d", text.casefold()):
        return whole
    return _by_id(field, text, around, amount)


def _money(field: Field, text: str, around: Around, _before: Any) -> Typed:
    return _alone_or_by_id(field, text, around, _amount)


def _amount(text: str) -> Typed:
    found = typed_amount(text)
    if isinstance(found, Unclear):
        return found
    return Understood(format_amount(found.value), found.text, found.said)


def _number_or_by_id(field: Field, text: str, around: Around, _before: Any) -> Typed:
    return _alone_or_by_id(field, text, around, partial(_number, field))


def _record(field: Field, text: str, around: Around, _before: Any) -> Typed:
    """A small table with keys of its own: ``to 6w, cost 12k``."""
    parts = {part.key: part for part in field.parts}
    lacking = [key for key in parts if not re.search(rf"(^|[,;])\s*{key}\b", text)]

    def read(said: str) -> Typed:
        key, _, rest = said.partition(" ")
        if key not in parts or not rest.strip():
            return Unclear(f"{' and '.join(parts)}, each with its value")
        typed = understood(parts[key], rest.strip(), around)
        if isinstance(typed, Unclear):
            return Unclear(typed.why, typed.nearest and f"{key} {typed.nearest}")
        return Understood((key, typed.value), f"{key} {typed.text}", f"{key} {typed.said}")

    if lacking:
        return Unclear(f"{' and '.join(lacking)} is left out")
    return _table([read(part) for part in _between_commas(text)], ", ")


def _named_days(field: Field, text: str, around: Around, _before: Any) -> Typed:
    def read(line: str) -> Typed:
        day, name = _day_and_name(line.split(), around, past=field.past)
        if isinstance(day, Unclear):
            return day
        name = name or field.unnamed
        if not name:
            return Unclear(f"what is said on {say_day(day.value)}?")
        return Understood((day.text, name), f"{day.text} {name}", say_day(day.value))

    return _table([read(line) for line in _nonempty(text)], "\n")


def _day_and_name(words: list[str], around: Around, *, past: bool) -> tuple[Typed, str]:
    """The day that as many words as possible name, each of them needed, and the words after it."""
    read = [around.day(" ".join(words[:count]), past=past) for count in range(6)]
    for count in range(5, 0, -1):
        day, shorter = read[count], read[count - 1]
        if isinstance(day, Understood) and (
            isinstance(shorter, Unclear) or shorter.value != day.value
        ):
            return day, " ".join(words[count:])
    for count in range(5, 0, -1):
        found = read[count]
        if isinstance(found, Unclear) and found.nearest is not None:
            return Unclear(found.why, " ".join([found.nearest, *words[count:]])), ""
    return read[1], ""


def _readings(field: Field, text: str, around: Around, _before: Any) -> Typed:
    def read(line: str) -> Typed:
        when, _, amount = line.strip().rpartition(" ")
        if not when:
            return Unclear("a day and a number", f"{around.today.isoformat()} {line.strip()}")
        day = around.day(when, past=field.past)
        number = typed_number(amount, field.low, field.high, whole=field.whole)
        if isinstance(day, Unclear):
            return Unclear(day.why, day.nearest and f"{day.nearest} {amount}")
        if isinstance(number, Unclear):
            return Unclear(number.why, number.nearest and f"{day.text} {number.nearest}")
        said = f"{say_day(day.value)}: {number.said}"
        return Understood((day.text, number.value), f"{day.text} {number.text}", said)

    return _table([read(line) for line in _nonempty(text)], "\n")


def _typed_needs(field: Field, text: str, around: Around, before: Any) -> Typed:
    """A link a line; commas part links too, but not the words that are said beside one."""
    known = around.titles(field.kinds)
    written = links_in(before)
    kept = {need_text(each): in_value(each, unedited) for each in written}
    found: list[Typed] = []
    for line in _nonempty(text):
        if line in kept:
            found.append(Understood(kept[line], line, ""))
        else:
            found += (read_need(each, known, around, written) for each in links_of(line))
    return _joined(found, "\n")


def _choices_by_name(field: Field, text: str, _around: Around, _before: Any) -> Typed:
    def read(part: str) -> Typed:
        name, _, word = part.rpartition(" ")
        chosen = typed_choice(word if name else "", field.choices)
        if isinstance(chosen, Unclear):
            return Unclear(chosen.why, chosen.nearest and f"{name} {chosen.nearest}".strip())
        return Understood((name.strip(), chosen.value), f"{name} {chosen.value}", "")

    return _table([read(part) for part in items(text)], ", ")


def _typed_lists(_field: Field, text: str, _around: Around, _before: Any) -> Typed:
    def read(line: str) -> Typed:
        name, colon, rest = line.partition(":")
        if not colon:
            return Unclear("a name, a colon, then who", f"{line.replace(' ', ': ', 1)}")
        return Understood((name.strip(), items(rest)), f"{name.strip()}: {rest.strip()}", "")

    return _table([read(line) for line in _nonempty(text)], "\n")


def _threshold(_field: Field, text: str, around: Around, _before: Any) -> Typed:
    number = typed_number(text, 0, whole=True)
    if isinstance(number, Understood):
        return number
    length = typed_length(text, around.week)
    if isinstance(length, Unclear):
        return length
    return Understood(length.text, length.text, length.said)


def _typed_term(_field: Field, text: str, _around: Around, _before: Any) -> Typed:
    lines = _nonempty(text)
    sides = {line.partition(":")[0].strip().casefold() for line in lines}
    if not sides <= {*term_keys()}:
        return Understood(" ".join(lines), " ".join(lines), "one meaning for all")
    pairs = [line.partition(":") for line in lines]
    table = {side.strip().casefold(): meaning.strip() for side, _, meaning in pairs}
    missing = [side for side in BOTH if side not in table and "agreed" not in table]
    said = f"nothing from {' and '.join(missing)} yet" if missing else ""
    return Understood(table, text, said)


def _new_term(field: Field, text: str, around: Around, before: Any) -> Typed:
    term, equals, meaning = text.partition("=")
    if not equals or not term.strip() or not meaning.strip():
        return Unclear("a term = what it means")
    read = _typed_term(field, meaning, around, before)
    if isinstance(read, Unclear):
        return read
    return Understood({term.strip(): read.value}, text, read.said)


_READERS: Mapping[str, Callable[[Field, str, Around, Any], Typed]] = {
    "text": _text,
    "long": _text,
    "date": _day,
    "length": _length,
    "estimate": _typed_estimate,
    "number": _number,
    "bool": _bool,
    "choice": _choice,
    "choices": _choices,
    "reference": _reference,
    "references": _references,
    "strings": _strings,
    "days by id": _dates_by_id,
    "numbers by id": _numbers_by_id,
    "number or by id": _number_or_by_id,
    "money": _money,
    "record": _record,
    "needs": _typed_needs,
    "days": _named_days,
    "readings": _readings,
    "choices by name": _choices_by_name,
    "lists by name": _typed_lists,
    "threshold": _threshold,
    "term": _typed_term,
    "new term": _new_term,
}


# --- parts ----------------------------------------------------------------------------------------


def reference(id: str, kinds: tuple[str, ...], around: Around) -> Typed:
    """An id of one of these kinds; where the kind allows it, one that has no table yet."""
    known = around.titles(kinds)
    noun = NOUNS[kinds[0]]
    text, id = id, from_edited(id)
    if any((kind, id) in around.creating for kind in kinds):
        return Understood(text, text, f"new {noun} '{id}', made with the same save")
    if id in known:
        return Understood(text, text, visible(known[id]) if known[id] != id else "")
    if kinds[0] in IMPLIED and is_id(id) and nearest(id, known) is None:
        return Understood(text, text, f"'{visible(id)}' has no table yet")
    return Unclear(f"no {noun} '{visible(id)}'", nearest(id.casefold(), known, loose=True))


def items(text: str) -> list[str]:
    """The parts of a line between commas; one in quotes may hold a comma."""
    found = re.findall(r'\s*(?:"([^"]*)"|([^,]+))\s*(?:,|$)', text)
    return [each for each in ((quoted or plain).strip() for quoted, plain in found) if each]


def _nonempty(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _by_text(before: Any) -> dict[str, str]:
    """Strings of the file by how they are shown, so that an unchanged one is kept as it is."""
    written = [before] if isinstance(before, str) else before if isinstance(before, list) else []
    return {to_edit(each).strip(): unedited(each) for each in written if isinstance(each, str)}


def _joined(found: list[Typed], between: str = ", ") -> Typed:
    """Items as one list; unclear where one of them is, with the others kept in what is nearest."""
    clear = [each for each in found if isinstance(each, Understood)]
    wrong = next((each for each in found if isinstance(each, Unclear)), None)
    if wrong is None:
        said = ", ".join(each.said for each in clear if each.said)
        return Understood([each.value for each in clear], between.join(e.text for e in clear), said)
    texts = [each.text if isinstance(each, Understood) else each.nearest for each in found]
    near = None if None in texts else between.join(filter(None, texts))
    return Unclear(wrong.why, near)


def _table(found: list[Typed], between: str) -> Typed:
    joined = _joined(found, between)
    if isinstance(joined, Unclear):
        return joined
    return Understood(dict(joined.value), joined.text, joined.said)


def _one_or_list(field: Field, found: Understood[Any], before: Any) -> Understood[Any]:
    """A bare string where the format has one as a rule, or the file had one; else a list."""
    bare = isinstance(before, str) or (before is None and field.key in ("owner", "accountable"))
    if bare and len(found.value) == 1:
        return Understood(found.value[0], found.text, found.said)
    return found
