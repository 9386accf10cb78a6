"""Typed lengths, estimates, links and numbers, parsed leniently.

The file format has one spelling for each; people type many. Every function takes the typed text and
returns `Understood` (the value, its spelling in the file and a text to show) or `Unclear` (the
problem and the nearest valid text). A guess is always shown, in `said`. A nearest text keeps all
that was typed, since one key accepts it. Dates are in `planner.roadmap.typed_days`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Generic, TypeVar

from msgspec import Struct

from planner.roadmap.figures import count, working_days
from planner.roadmap.quantities import (
    MAX_DAYS,
    MAX_WEEKS,
    UNIT_DAYS,
    Amount,
    Estimate,
    Length,
    LinkType,
    Need,
    QuantityError,
    format_length,
    format_need_text,
    length_days,
    parse_amount,
)
from planner.roadmap.values import NotAllowedError, number

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Understood(Struct, Generic[T_co], frozen=True):
    """`value` is what was meant, `text` its spelling in the file, `said` how to say it back."""

    value: T_co
    text: str
    said: str


class Unclear(Struct, frozen=True):
    """`why` is what is wrong, in a few words; `nearest` is a text that would be right, or None."""

    why: str
    nearest: str | None = None

    def __str__(self) -> str:
        return f"{self.why}; nearest: {self.nearest}" if self.nearest else self.why


def sure(
    found: Understood[T] | Unclear, read: Callable[[str], Understood[T] | Unclear]
) -> Understood[T] | Unclear:
    """The same, with a nearest text only where that is right: it may need mending itself."""
    if isinstance(found, Understood) or found.nearest is None:
        return found
    nearest: str | None = found.nearest
    for _ in range(3):
        again = read(nearest) if nearest is not None else None
        if not isinstance(again, Unclear):
            break
        nearest = again.nearest
    else:
        nearest = None
    return Unclear(found.why, nearest)


# --- working time ---------------------------------------------------------------------------------


def _by_word(spellings: Mapping[T, str]) -> dict[str, T]:
    return {word: known for known, words in spellings.items() for word in words.split()}


_FIGURES_OF_WORDS = _by_word(
    {
        "1": "one a an ein eine einen",
        "2": "two zwei",
        "3": "three drei",
        "4": "four vier",
        "5": "five fünf",
        "6": "six sechs",
        "7": "seven sieben",
        "8": "eight acht",
        "9": "nine neun",
        "10": "ten zehn",
        "11": "eleven elf",
        "12": "twelve zwölf",
    }
)
_UNITS = {word: "d" if days == 1 else "w" for word, days in UNIT_DAYS.items() if days in (1, 5)}

_CLEANED = (
    (
        r"^\s*(?:~|≈|(?:ca|circa|about|approx|approximately|roughly|around|etwa|ungefähr)\b\.?)\s*",
        "",
    ),
    (r"[\[\]\"']", " "),
    (r"(\d+)\s*½|(\d+)\s+1/2", r"\1\2.5"),
    (r"½|\b1/2", "0.5"),
    (r"\b(?:half (?:a |an )?|(?:ein )?halbe[rsn]?\s+)(?=[^\W\d_])", "0.5 "),
    (r"\b(?:working|business|work)[ -]?(?=days?\b|weeks?\b)", ""),
    (r"\s*(?:\band\b|\bund\b|\+)\s*(?=\d)", " "),
    (r"(?<![\d.,])(\d+),(\d+)(?![\d.,])", r"\1.\2"),
    (r"^([\d.]+\s*w[^\W\d_]*)\s*,\s*([\d.]+\s*d[^\W\d_]*)$", r"\1 \2"),
)
"""What stands for one spelling of a length, and that spelling: ``about`` first. A comma between
two figures is one of decimals; where there are more, it is between lengths.
"""

_SEPARATOR = re.compile(r"\s*(?:/|,|;|\.\.+|…|–|—|\bto\b|\bbis\b|(?<=\w)\s*-)\s*")
_SUM = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*([^\W\d_]+)?")


def say_length(length: Length, days_per_week: int = 5) -> str:
    """``6 weeks = 30 days``, ``20 days = 4 weeks``, ``3 days``."""
    days = length_days(length, days_per_week)
    weeks = length.number / (1 if length.unit == "w" else days_per_week)
    in_weeks = count(weeks, "week")
    if length.unit == "w" and days:
        return f"{in_weeks} = {_count(days)}"
    return f"{_count(days)} = {in_weeks}" if days and weeks == int(weeks) else _count(days)


def typed_length(text: str, days_per_week: int = 5) -> Understood[Length] | Unclear:
    """Working time: ``6w``, ``20d``, ``1.5 weeks``, ``2w 3d``. Days are working days."""

    def read(words: str) -> Understood[Length] | Unclear:
        return _one_length(_cleaned(words), days_per_week)

    return sure(read(text), read)


def _one_length(words: str, days_per_week: int) -> Understood[Length] | Unclear:
    found = _read_length(words, days_per_week)
    if isinstance(found, Unclear):
        return found
    return Understood(found, format_length(found), say_length(found, days_per_week))


def typed_estimate(text: str, days_per_week: int = 5) -> Understood[Estimate] | Unclear:
    """One length, or three as ``4w/6w/10w`` (optimistic, likely, pessimistic); ``4/6/10w`` too."""

    def read(words: str) -> Understood[Estimate] | Unclear:
        return _estimate(words, days_per_week)

    return sure(read(text), read)


def _estimate(text: str, days_per_week: int) -> Understood[Estimate] | Unclear:
    parts = _estimate_parts(_cleaned(text))
    if len(parts) == 1:
        one = _one_length(parts[0], days_per_week)
        if isinstance(one, Unclear):
            return one
        about = re.match(_CLEANED[0][0], text.casefold()) is not None
        said = f"{one.said}; how unsure that is, three values say" if about else one.said
        return Understood(Estimate(likely=one.value), one.text, said)
    lengths = [_read_length(part, days_per_week) for part in parts]
    clear = [length for length in lengths if isinstance(length, Length)]
    if len(clear) < len(lengths):
        wrong = next(length for length in lengths if isinstance(length, Unclear))
        near = [_spelled(length) for length in lengths]
        return Unclear(wrong.why, None if None in near else "/".join(filter(None, near)))
    return _three(clear, days_per_week)


def _cleaned(text: str) -> str:
    words = text.casefold()
    for pattern, known in _CLEANED:
        words = re.sub(pattern, known, words)
    return re.sub(
        r"[^\W\d_]+", lambda match: _FIGURES_OF_WORDS.get(match[0], match[0]), words
    ).strip()


def _spelled(length: Length | Unclear) -> str | None:
    return format_length(length) if isinstance(length, Length) else length.nearest


def _three(lengths: list[Length], days_per_week: int) -> Understood[Estimate] | Unclear:
    ordered = sorted(lengths, key=lambda length: length_days(length, days_per_week))
    if len(lengths) == 2:
        low, high = ordered
        middle = Length((low.number + high.number) // 2, low.unit)
        near = _joined([low, middle, high]) if low.unit == high.unit else None
        return Unclear("an estimate has one value or three", near)
    if len(lengths) != 3:
        return Unclear("an estimate has one value or three")
    if ordered != lengths:
        return Unclear("optimistic, likely, pessimistic: from short to long", _joined(ordered))
    low, likely, high = lengths
    said = (
        f"likely {_count(length_days(likely, days_per_week))}, "
        f"{length_days(low, days_per_week)} at best, {length_days(high, days_per_week)} at worst"
    )
    return Understood(Estimate(likely, low, high), _joined(lengths), said)


def _estimate_parts(words: str) -> list[str]:
    """The lengths in a text; a bare number takes the unit that the others have."""
    parts = _SEPARATOR.split(words)
    if len(parts) == 1:
        parts = _by_blanks(parts[0])
    words_of = {match[2] for part in parts for match in _SUM.finditer(part) if match[2]}
    units = {_UNITS.get(word, word) for word in words_of}
    unit = units.pop() if len(units) == 1 else ""
    return [part + unit if re.fullmatch(r"[\d.]+", part) else part for part in parts]


def _by_blanks(words: str) -> list[str]:
    """``4w 6w 10w`` are three lengths; ``2w 3d``, weeks and then days, is one."""
    found = [match[0] for match in _SUM.finditer(words)]
    if re.sub(r"\s", "", "".join(found)) != re.sub(r"\s", "", words) or len(found) < 3:
        return [words]
    return [each.strip() for each in found]


def _read_length(words: str, days_per_week: int) -> Length | Unclear:
    if words in ("0", "milestone"):
        return Length(0, "d")
    parts = list(_SUM.finditer(words))
    if not parts or re.sub(_SUM, "", words).strip():
        return Unclear("a length is a number of days or weeks, such as 10d or 2w")
    read = [_part(match) for match in parts]
    lengths = [each for each in read if isinstance(each, Length)]
    if len(lengths) < len(read):
        wrong = next(each for each in read if isinstance(each, Unclear))
        near = [_spelled(each) for each in read]
        return Unclear(wrong.why, None if None in near else " ".join(filter(None, near)))
    return _sum(lengths, days_per_week)


def _part(match: re.Match[str]) -> Length | Unclear:
    number, word = float(match[1]), match[2]
    if re.fullmatch(r"\d+\.\d\d0", match[1]):
        return Unclear("a length of thousands?")
    if not word:
        return Unclear("days or weeks?", f"{_amount(number)}{'w' if number <= 12 else 'd'}")
    unit = _UNITS.get(word)
    if unit is None:
        return Unclear(f"'{word}' is no working time", _in_weeks(number, word))
    if number > (MAX_WEEKS if unit == "w" else MAX_DAYS):
        return Unclear("a length is at most 10 years")
    return Length(number, "d" if unit == "d" else "w")


def _sum(lengths: list[Length], days_per_week: int) -> Length | Unclear:
    """``2w 3d`` in days: weeks, and then days."""
    if len(lengths) == 1:
        return lengths[0]
    if [each.unit for each in lengths] != ["w", "d"]:
        return Unclear("one length, or weeks and then days, such as 2w 3d")
    days = sum(length_days(each, days_per_week) for each in lengths)
    return Length(days, "d") if days <= MAX_DAYS else Unclear("a length is at most 10 years")


def _in_weeks(number: float, word: str) -> str | None:
    """The same in days or weeks, where the word is a known one, or nearly."""
    unit = UNIT_DAYS.get(word)
    if unit is None:
        close = get_close_matches(word, [each for each in _UNITS if len(each) > 2], 1, 0.75)
        return f"{_amount(number)}{_UNITS[close[0]]}" if close else None
    days = number * unit
    return f"{max(1, round(days))}d" if days < 5 else f"{round(days / 5)}w"


def _amount(number: float) -> str:
    return f"{number:g}"


def _joined(lengths: Iterable[Length]) -> str:
    return "/".join(format_length(length) for length in lengths)


def _count(days: int) -> str:
    return "no time: a milestone" if days == 0 else working_days(days)


# --- links ----------------------------------------------------------------------------------------

_LINK = re.compile(r"(fs|ss|ff|sf)?\s*(?:([+\-−])\s*(\d+(?:\.\d+)?)\s*([a-z]*))?", re.IGNORECASE)
_EDGE_WORDS: dict[LinkType, tuple[str, str]] = {
    "FS": ("starts", "finishes"),
    "SS": ("starts", "starts"),
    "FF": ("finishes", "finishes"),
    "SF": ("finishes", "starts"),
}


def typed_link(text: str, on: str) -> Understood[Need] | Unclear:
    """What follows the predecessor's id: ``SS+5d``, ``+1w``, ``ff``, or nothing (FS)."""
    match = _LINK.fullmatch(text.strip())
    if match is None:
        return Unclear("a link is FS, SS, FF or SF, then + or - days or weeks, such as SS+5d")
    kind = _link_type(match[1])
    lag = _lag(match)
    if isinstance(lag, Unclear):
        return Unclear(lag.why, lag.nearest and f"{on} {kind}{match[2]}{lag.nearest}")
    need = Need(on=on, type=kind, lag=lag)
    return Understood(need, format_need_text(need), say_need(need))


def say_need(need: Need) -> str:
    """``starts 5 days after consent-api starts``."""
    mine, theirs = _EDGE_WORDS[need.type]
    if need.lag is None or not need.lag.number:
        same = mine == theirs
        return f"{mine} {'no earlier than' if same else 'after'} {need.on} {theirs}"
    amount = count(abs(need.lag.number), "working day" if need.lag.unit == "d" else "week")
    if need.lag.number < 0:
        return f"{mine} up to {amount} before {need.on} {theirs}"
    return f"{mine} {amount} after {need.on} {theirs}"


def _link_type(word: str | None) -> LinkType:
    kinds: dict[str, LinkType] = {"FS": "FS", "SS": "SS", "FF": "FF", "SF": "SF"}
    return kinds[(word or "FS").upper()]


def _lag(match: re.Match[str]) -> Length | Unclear | None:
    if match[3] is None:
        return None
    found = _read_length(f"{match[3]}{match[4].casefold()}" if match[4] else match[3], 5)
    if match[3].strip("0.") == "":
        return None
    if isinstance(found, Unclear):
        return found
    return Length(-found.number, found.unit) if match[2] in "-−" else found


# --- numbers and words ----------------------------------------------------------------------------

_CURRENCY = re.compile(
    r"[€$£¥%]|(?<![^\W\d_])(?:eur|euros?|usd|dollars?|gbp|chf)\b|(?<=\d)[.,][-–—]+$"
)
_GROUPED = re.compile(r"(?<=\d)['’_\s](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"([+-])?\s*([\d.,]*\d)\s*(?:e\+?(\d{1,2}))?\s*([^\W\d_]+)?\.?")
_SCALE = {
    "": 1,
    **_by_word(
        {
            1_000: "k tsd thousand tausend",
            1_000_000: "m mn mio million millions millionen",
            1_000_000_000: "bn mrd billion billions milliarde milliarden",
        }
    ),
}


def typed_number(
    text: str,
    low: float | None = None,
    high: float | None = None,
    *,
    whole: bool = False,
    money: bool = False,
) -> Understood[int | float] | Unclear:
    """A number or an amount of money: ``40000``, ``40,000``, ``40k``, ``€1.5m``, ``35 %``.

    A comma parts thousands, as where the program writes a number, unless it can't. ``12.000`` is
    12 in the file and 12,000 to half of Europe: it is asked back, unless the bounds say which.
    """
    match = _NUMBER.fullmatch(_GROUPED.sub("", _CURRENCY.sub("", _plainly(text)).strip()))
    scale = _SCALE.get(match[4] or "") if match else None
    if match is None or scale is None:
        return Unclear("not a number, such as 12000, 12.5 or 12k")
    factor = scale * 10 ** int(match[3] or 0) * (-1 if match[1] == "-" else 1)
    values = [_exactly(each * factor) for each in _figures(match[2])]
    if not values:
        return Unclear("not a number, such as 12000, 12.5 or 12k")
    allowed = [value for value in values if _refused(value, low, high, whole) is None]
    if len(allowed) > 1:
        grouped, decimal = allowed
        near = grouped if money or match[2].endswith("0") else decimal
        return Unclear(f"{grouped:,} or {decimal:,}?", number_text(near))
    if not allowed:
        return Unclear(f"{_refused(values[0], low, high, whole)}")
    return Understood(allowed[0], number_text(allowed[0]), f"{allowed[0]:,}")


def _plainly(text: str) -> str:
    return re.sub(_CLEANED[0][0], "", text.casefold().replace("−", "-"))


def _figures(text: str) -> list[Decimal]:
    """What figures with commas and full stops can mean: nothing, one number, or two."""
    parts = re.split(r"[.,]", text)
    signs = re.findall(r"[.,]", text)
    whole = Decimal("".join(parts))
    if not signs:
        return [whole]
    decimal = Decimal("".join(parts[:-1]) + "." + parts[-1])
    grouped = _in_threes(parts)
    if len(set(signs)) == 2:
        return [decimal] if len(set(signs[:-1])) == 1 and _in_threes(parts[:-1]) else []
    if len(signs) > 1 or (grouped and signs == [","]):
        return [whole] if grouped else []
    return [whole, decimal] if grouped else [decimal]


def _in_threes(parts: list[str]) -> bool:
    first, *rest = parts
    return 1 <= len(first) <= 3 and first[0] != "0" and all(len(part) == 3 for part in rest)


def _exactly(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _refused(
    value: int | float, low: float | None, high: float | None, whole: bool
) -> NotAllowedError | None:
    """Why the file does not take a number."""
    try:
        number(value, low, high, whole=whole)
    except NotAllowedError as wrong:
        return NotAllowedError(wrong.found, wrong.allowed)
    return None


def number_text(value: int | float) -> str:
    """A number as it is typed and read back: three decimals would be asked about, so they are four,
    ``2.1250``.
    """
    text = str(value)
    if "e" in text:
        text = format(Decimal(text), "f")
    return f"{text}0" if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text) else text


def typed_amount(text: str) -> Understood[Amount] | Unclear:
    """An amount, or three as ``30k/40k/60k`` (optimistic, likely, pessimistic)."""
    parts = text.split("/")
    found = [typed_number(part, money=True) for part in parts]
    clear = [part for part in found if isinstance(part, Understood)]
    if len(clear) < len(found):
        wrong = next(part for part in found if isinstance(part, Unclear))
        near = [part.text if isinstance(part, Understood) else part.nearest for part in found]
        return Unclear(wrong.why, None if None in near else "/".join(filter(None, near)))
    if (shared := _shared_scale(parts)) is not None:
        return Unclear(f"{clear[0].said} or {parts[0].strip()}{shared}?", _scaled(parts, shared))
    return _amount_of(clear)


def _amount_of(clear: list[Understood[int | float]]) -> Understood[Amount] | Unclear:
    values = [part.value for part in clear]
    try:
        amount = parse_amount(values if len(values) > 1 else values[0])
    except QuantityError as wrong:
        kept = isinstance(wrong.nearest, list)
        near = "/".join(number_text(value) for value in sorted(values)) if kept else None
        return Unclear(str(QuantityError(wrong.found, wrong.allowed)), near)
    if len(clear) == 1:
        return Understood(amount, clear[0].text, clear[0].said)
    least, likely, most = clear
    said = f"likely {likely.said}, {least.said} at best, {most.said} at worst"
    return Understood(amount, "/".join(part.text for part in clear), said)


def _shared_scale(parts: list[str]) -> str | None:
    """The k of ``30/40/60k``, which may be meant for all three."""
    bare = [re.fullmatch(r"\s*\d+\s*", part) is not None for part in parts]
    scale = re.fullmatch(r"\s*\d+(?:[.,]\d+)?\s*(k|m|bn)\s*", parts[-1].casefold())
    return scale[1] if scale and len(parts) > 1 and all(bare[:-1]) else None


def _scaled(parts: list[str], scale: str) -> str:
    return "/".join([*(f"{part.strip()}{scale}" for part in parts[:-1]), parts[-1].strip()])


def typed_choice(text: str, allowed: Iterable[str]) -> Understood[str] | Unclear:
    """One of a few words; the first letters are enough where they name only one."""
    words = list(allowed)
    typed = text.strip().casefold()
    starting = [word for word in words if word.casefold().startswith(typed)] if typed else []
    chosen = typed if typed in words else starting[0] if len(starting) == 1 else None
    if chosen is not None:
        return Understood(chosen, chosen, chosen)
    if starting:
        return Unclear(f"{' or '.join(starting)}?", starting[0])
    return Unclear(f"one of {', '.join(words)}", _closest(typed, words))


def typed_bool(text: str) -> Understood[bool] | Unclear:
    """Yes or no, in the words people use for them."""
    typed = text.strip().casefold()
    if typed in ("y", "yes", "true", "on", "1", "x"):
        return Understood(True, "true", "yes")
    if typed in ("n", "no", "false", "off", "0", ""):
        return Understood(False, "false", "no")
    return Unclear("yes or no")


def _closest(word: str, known: Iterable[str]) -> str | None:
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None
