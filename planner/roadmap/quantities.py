"""Lengths, estimates, amounts and links as people write them: ``6w``, ``["3w", "4w", "7w"]``,
``[30_000, 40_000, 60_000]``, ``x SS+5d``.

Lengths are working time. A week is the working days of a week of the calendar that counts it, so a
length becomes days only where a calendar is known. Lengths are parsed once and shared: a large
roadmap writes few different ones, and reads the same ones again at every edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Annotated, Any, Literal, get_args

from msgspec import Meta, Struct

from planner.roadmap.ids import id_like, is_id, nearest
from planner.roadmap.values import NotAllowedError, day, identifier, number, shown, text

LinkType = Literal["FS", "SS", "FF", "SF"]
LINK_TYPES: tuple[LinkType, ...] = get_args(LinkType)

MAX_WEEKS = 522
MAX_DAYS = 5 * MAX_WEEKS
"""Ten years of working time, so that no calendar has to be longer than the format's dates."""

LENGTH_PATTERN = r"^[0-9]+(\.[0-9]+)?[dDwW]$"
LAG_PATTERN = r"^[+-]?[0-9]+(\.[0-9]+)?[dDwW]$"
NEED_PATTERN = (
    r"^[a-z0-9]+(-[a-z0-9]+)*"
    r"( ([fFsS][sSfF]([+-][0-9]+(\.[0-9]+)?[dDwW])?|[+-][0-9]+(\.[0-9]+)?[dDwW]))?$"
)
"""The grammar as regular expressions, for the JSON Schema and for the first look at a value."""

LENGTH_WORDS = 'a length of working time such as "20d" or "4w", at most 10 years'
LAG_WORDS = 'a lag such as "+5d" or "-1w", at most 10 years'
ESTIMATE_WORDS = 'a length such as "4w" or "20d", or three that grow, at most 10 years'
AMOUNT_WORDS = "a number, 0 or more, or three that grow"
NEED_WORDS = 'a link such as "api" or "api SS+5d" (FS, SS, FF, SF)'


class QuantityError(NotAllowedError):
    """A length, estimate, lag or link that can't be read."""


class Length(Struct, frozen=True, gc=False):
    """Working time: `number` of `unit` (``d`` working days, ``w`` weeks), below 0 in lags only."""

    number: float
    unit: Literal["d", "w"]


class Estimate(Struct, frozen=True, gc=False):
    """One value, or three: optimistic, likely, pessimistic. The schedule uses `likely`."""

    likely: Length
    optimistic: Length | None = None
    pessimistic: Length | None = None

    @property
    def is_zero(self) -> bool:
        """Whether the schedule gives it no time at all, as it does a milestone."""
        return self.likely.number == 0


class Counter(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Other terms that `by` (a side, team or person) wants since `on`; the other side answers.

    A day, or another link: a `type` without a `lag` has none, a `lag` alone keeps the type.
    """

    by: str | None = None
    on: date | None = None
    promised: date | None = None
    needed_by: date | None = None
    type: LinkType | None = None
    lag: Length | None = None


class Amount(Struct, frozen=True, gc=False, array_like=True):
    """Money: one value, or three: optimistic, likely, pessimistic. Sums count `likely`."""

    likely: int | float
    optimistic: int | float | None = None
    pessimistic: int | float | None = None


class Acceleration(Struct, frozen=True, gc=False):
    """What money could shorten work to, and how much of it that takes."""

    to: Length
    cost: Annotated[int, Meta(ge=0)] | Annotated[float, Meta(ge=0)]


class Need(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A link to a predecessor: the link's type, its lag, and what was agreed about it."""

    on: str
    type: LinkType = "FS"
    lag: Length | None = None
    delivers: str | None = None
    why: str | None = None
    accepted_when: str | None = None
    asked: date | None = None
    needed_by: date | None = None
    promised: date | None = None
    agreed: date | None = None
    declined: date | None = None
    accepted: date | None = None
    rejected: date | None = None
    counter: Counter | None = None
    by: str | None = None
    note: str | None = None


# --- lengths --------------------------------------------------------------------------------------

_LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)([dw])", re.IGNORECASE | re.ASCII)
_LAG = re.compile(r"([+-]?)([0-9]+(?:\.[0-9]+)?)([dw])", re.IGNORECASE | re.ASCII)


def parse_length(text: str) -> Length:
    """``"6w"``, ``"20d"`` or ``"1.5w"``: working time, 0 to 10 years. Raises `QuantityError`."""
    return _length(text)


@lru_cache(maxsize=1 << 12)
def _length(text: str) -> Length:
    match = _LENGTH.fullmatch(text)
    length = _measured(match[1], match[2]) if match else None
    if length is None:
        raise QuantityError(text, LENGTH_WORDS, _near_length(text))
    return length


def parse_lag(text: str) -> Length:
    """``"+5d"``, ``"-1w"`` or, in a link's table, ``"5d"``; at most 10 years each way."""
    match = _LAG.fullmatch(text)
    length = _measured(match[2], match[3], match[1]) if match else None
    if length is None:
        near = _near_length(text.lstrip("+-"))
        sign = "-" if text.startswith("-") else "+"
        raise QuantityError(text, LAG_WORDS, None if near is None else sign + near)
    return length


def _measured(number: str, unit: str, sign: str = "") -> Length | None:
    """The length, or None where it is over ten years."""
    amount = float(number)
    weeks = unit in "wW"
    if amount > (MAX_WEEKS if weeks else MAX_DAYS):
        return None
    if sign == "-" and amount:
        amount = -amount
    return Length(amount, "w" if weeks else "d")


def format_length(length: Length) -> str:
    """The length as it is written, ``"6w"``; `parse_length` reads the same length from it."""
    return _plain(length.number) + length.unit


def format_lag(lag: Length) -> str:
    """The lag with its sign, ``"+5d"``."""
    return ("+" if lag.number >= 0 else "") + format_length(lag)


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else format(Decimal(repr(number)), "f")


def length_days(length: Length, days_per_week: int) -> int:
    """Working days of `length` where a week has `days_per_week` of them, away from 0 to a day.

    Exact for decimals as written: ``1.4w`` of five days is 7 days, not the 8 that binary
    fractions would give.
    """
    each = days_per_week if length.unit == "w" else 1
    if length.number == int(length.number):
        return int(length.number) * each
    days = int((Decimal(repr(abs(length.number))) * each).to_integral_value(ROUND_CEILING))
    return days if length.number > 0 else -days


UNIT_DAYS = {
    word: days
    for days, words in (
        (1.0, "d day days wd tag tage tagen arbeitstag arbeitstage arbeitstagen werktag werktage"),
        (5.0, "w wk wks week weeks woche wochen"),
        (1 / 8, "h hr hrs hour hours stunde stunden"),
        (10.0, "fortnight fortnights"),
        (65 / 3, "m mo mos month months monat monate monaten"),
        (65.0, "q quarter quarters quartal quartale"),
        (260.0, "y yr yrs year years jahr jahre jahren"),
    )
    for word in words.split()
}
"""Units as people type them, in working days of a week of five.

Only days and weeks are units of the format; the others are for suggestions.
"""


def _near_length(text: str) -> str | None:
    """What a wrong length most likely meant: ``6 weeks``, ``+3w``, ``2 months``, ``12``.

    None where something would be left out: a sign that says less than nothing, years beyond ten.
    """
    match = re.fullmatch(
        r"[+]?([0-9]{1,9})(?:[.,]([0-9]{1,9}))?(?:[ -]*([a-z]+))?\.?", text.strip().lower()
    )
    if match is None:
        return None
    word = match[3] or "d"
    unit = UNIT_DAYS.get(word) or UNIT_DAYS.get(word.removesuffix("s"), MAX_DAYS + 1)
    number = float(f"{match[1]}.{match[2] or 0}")
    days = number * unit
    if days > MAX_DAYS:
        return None
    if unit in (1, 5):
        return f"{_plain(number)}{'d' if unit == 1 else 'w'}"
    weeks = round(days / 5)
    return f"{weeks}w" if weeks and unit > 1 else f"{max(1, round(days))}d"


# --- estimates ------------------------------------------------------------------------------------


def parse_estimate(value: object) -> Estimate:
    """``"4w"``, or ``["3w", "4w", "7w"]``: optimistic, likely, pessimistic.

    The three grow, where a week is compared as five days. Raises `QuantityError`.
    """
    if isinstance(value, str):
        return read_estimate(value)
    if isinstance(value, (list, tuple)):
        lengths = [item for item in value if isinstance(item, str)]
        if len(lengths) == len(value):
            return _three_points(tuple(lengths))
    raise QuantityError(value, ESTIMATE_WORDS, _near_estimate(value))


@lru_cache(maxsize=1 << 12)
def read_estimate(text: str) -> Estimate:
    """A single length as an estimate, by the cache. Raises `QuantityError`."""
    try:
        return Estimate(_length(text))
    except QuantityError as wrong:
        points = text.split("/")
        near = [_near_length(point) for point in points] if len(points) == 3 else [None]
        raise QuantityError(text, ESTIMATE_WORDS, wrong.nearest if None in near else near) from None


@lru_cache(maxsize=1 << 12)
def _three_points(texts: tuple[str, ...]) -> Estimate:
    if len(texts) != 3:
        near = texts[0] if len(texts) == 1 and _LENGTH.fullmatch(texts[0]) else None
        raise QuantityError(list(texts), ESTIMATE_WORDS, near, _not_three(list(texts)))
    try:
        low, likely, high = (_length(text) for text in texts)
    except QuantityError:
        raise QuantityError(list(texts), ESTIMATE_WORDS, _near_points(texts)) from None
    if not _five_day(low) <= _five_day(likely) <= _five_day(high):
        grown = _near_points(texts)
        cause = _not_growing("estimates", grown or ())
        raise QuantityError(list(texts), ESTIMATE_WORDS, grown, cause)
    return Estimate(likely, low, high)


def _not_growing(what: str, grown: Iterable[object]) -> str:
    return f"the three {what} must grow: {', '.join(map(str, grown))}?"


def _not_three(found: list[Any]) -> str:
    """What is wrong with a list; one value in a list is near to that value alone."""
    wrong = f"{shown(found)} is neither one value nor three"
    return wrong if len(found) != 1 else ""


def _five_day(length: Length) -> float:
    return length.number * (5 if length.unit == "w" else 1)


def _near_points(texts: tuple[str, ...]) -> list[str] | None:
    """The three values in ascending order, each corrected where possible."""
    mended = [text if _LENGTH.fullmatch(text) else _near_length(text) for text in texts]
    known = [text for text in mended if text is not None]
    try:
        return sorted(known, key=lambda text: _five_day(_length(text))) if len(known) == 3 else None
    except QuantityError:
        return None


def _near_estimate(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return f"{_plain(abs(value))}d" if abs(value) <= MAX_DAYS else None


def format_estimate(estimate: Estimate) -> str | list[str]:
    """The estimate as its TOML value: a string, or a list of three."""
    if estimate.optimistic is None or estimate.pessimistic is None:
        return format_length(estimate.likely)
    return [
        format_length(length)
        for length in (estimate.optimistic, estimate.likely, estimate.pessimistic)
    ]


# --- amounts --------------------------------------------------------------------------------------


def parse_amount(value: object) -> Amount:
    """``40000``, or ``[30000, 40000, 60000]``: optimistic, likely, pessimistic; none below 0.

    The three grow. Raises `QuantityError`.
    """
    several = isinstance(value, (list, tuple))
    try:
        each = value if isinstance(value, (list, tuple)) else [value]
        found = [number(one, 0) for one in each]
    except NotAllowedError as wrong:
        raise QuantityError(value, AMOUNT_WORDS, None if several else wrong.nearest) from None
    if not several:
        return Amount(found[0])
    if len(found) != 3:
        near = found[0] if len(found) == 1 else None
        raise QuantityError(value, AMOUNT_WORDS, near, _not_three(found))
    if found != sorted(found):
        cause = _not_growing("amounts", map(_plain, sorted(found)))
        raise QuantityError(value, AMOUNT_WORDS, sorted(found), cause)
    return Amount(found[1], found[0], found[2])


def format_amount(amount: Amount) -> int | float | list[int | float]:
    """The amount as its TOML value: a number, or a list of three."""
    if amount.optimistic is None or amount.pessimistic is None:
        return amount.likely
    return [amount.optimistic, amount.likely, amount.pessimistic]


# --- links ----------------------------------------------------------------------------------------

_LINK_END = re.compile(
    r"(fs|ss|ff|sf)?(?:([+-])([0-9]+(?:\.[0-9]+)?)([dw]))?", re.IGNORECASE | re.ASCII
)


def parse_need(value: object) -> Need:
    """A link as a string (``"x"``, ``"x SS+5d"``, ``"x -1w"``) or a table with `on` and more.

    Keys of the table that no link has are passed over; the reading reports them.
    Raises `QuantityError`, or `NotAllowedError` for a value of a table's key.
    """
    if isinstance(value, str):
        return read_need(value)
    if isinstance(value, Mapping) and "on" in value:
        return need_of({k: need_part(k, v) for k, v in value.items() if k in NEED_KEYS})
    raise QuantityError(value, NEED_WORDS)


def read_need(text: str) -> Need:
    """The string form of a link. Raises `QuantityError`."""
    on, blank, end = text.partition(" ")
    if is_id(on):
        if not blank:
            return Need(on=on)
        found = _link_end(end)
        if found is not None:
            return Need(on=on, type=found[0], lag=found[1])
    raise QuantityError(text, NEED_WORDS, _near_need(text))


@lru_cache(maxsize=1 << 12)
def _link_end(text: str) -> tuple[LinkType, Length | None] | None:
    """What follows the blank: a type, a lag, or both; None where it is neither."""
    match = _LINK_END.fullmatch(text) if text else None
    if match is None:
        return None
    lag = _measured(match[3], match[4], match[2]) if match[3] else None
    if match[3] and lag is None:
        return None
    return link_type(match[1] or "FS"), lag


def need_of(parts: Mapping[str, Any]) -> Need:
    """The link with these parts, already read."""
    return Need(**parts)


def link_type(value: object) -> LinkType:
    """``FS``, ``SS``, ``FF`` or ``SF`` in either case."""
    for one in LINK_TYPES:
        if isinstance(value, str) and value.upper() == one:
            return one
    near = (
        nearest(value.strip().upper(), LINK_TYPES, loose=True) if isinstance(value, str) else None
    )
    raise QuantityError(value, "one of FS, SS, FF, SF", near)


def _lag_part(value: object) -> Length:
    if isinstance(value, str):
        return parse_lag(value)
    raise QuantityError(value, LAG_WORDS, _near_estimate(value))


_COUNTER_PARTS: dict[str, Any] = {
    "by": text,
    "on": day,
    "promised": day,
    "needed_by": day,
    "type": link_type,
    "lag": _lag_part,
}

COUNTER_KEYS: tuple[str, ...] = Counter.__struct_fields__
"""The keys of a counter, in their normal order."""

COUNTER_TERMS = COUNTER_KEYS[2:]
"""Those that say what is wanted instead; a counter without any says nothing."""

COUNTER_WORDS = (
    "a table with `promised`, `needed_by`, or `type` and `lag`, "
    'such as { by = "it", on = 2027-03-22, promised = 2027-05-26 }'
)


def parse_counter(value: object) -> Counter:
    """Other terms as a table. Keys that no counter has are passed over; the reading reports them.

    Raises `NotAllowedError` for the first that can't be read, and where no term is among them.
    """
    if not isinstance(value, Mapping):
        raise NotAllowedError(value, COUNTER_WORDS)
    known = {key: counter_part(key, value[key]) for key in COUNTER_KEYS if key in value}
    return counter_of(known, value)


def counter_part(key: str, value: object) -> Any:
    """One value of a counter as `Counter` holds it. Raises `NotAllowedError`."""
    return _COUNTER_PARTS[key](value)


def counter_of(parts: Mapping[str, Any], written: object) -> Counter:
    """The counter with these parts, already read. Raises `NotAllowedError` without a term."""
    if not any(key in parts for key in COUNTER_TERMS):
        raise NotAllowedError(written, COUNTER_WORDS)
    return Counter(**parts)


_PARTS: dict[str, Any] = {
    "on": identifier,
    "type": link_type,
    "lag": _lag_part,
    **dict.fromkeys(("delivers", "why", "accepted_when", "by", "note"), text),
    **dict.fromkeys(("asked", "needed_by", "promised", "agreed", "declined", "accepted"), day),
    "rejected": day,
    "counter": parse_counter,
}

NEED_KEYS: tuple[str, ...] = Need.__struct_fields__
"""The keys of a link's table, in their normal order."""

SPEAKERS = ("portfolios", "teams", "people")
"""The kinds of table that `by` may name, of a link and of its counter; it may be any name, too."""

LINK_KEYS = ("on", "type", "lag")
"""Those without which a link can't be placed; the others only say what was agreed about it."""


def need_part(key: str, value: object) -> Any:
    """One value of a link's table as `Need` holds it. Raises `NotAllowedError`."""
    return _PARTS[key](value)


_LOOSE_NEED = re.compile(
    r"\s*(?P<on>[^\s,;:]+?)"
    r"(?:[\s:]+(?P<type>[a-z]{2})?\s*(?P<lag>[+-]?\s*[0-9]+(?:[.,][0-9]+)?\s*[a-z]*)?)?\s*",
    re.IGNORECASE,
)


def _near_need(text: str) -> str | None:
    """The link with its blanks, case, sign and unit put right, where that makes one."""
    match = _LOOSE_NEED.fullmatch(text.replace("\N{MINUS SIGN}", "-"))
    on = id_like(match["on"]) if match else ""
    if match is None or not on:
        return id_like(text) or None
    kind = (match["type"] or "").upper()
    if kind and kind not in LINK_TYPES:
        return None
    lag = re.sub(r"\s", "", match["lag"] or "")
    near = _near_length(lag.lstrip("+-")) if lag else ""
    if near is None:
        return None
    sign = ("-" if lag.startswith("-") else "+") if lag else ""
    end = f"{kind}{sign}{near}"
    return f"{on} {end}" if end else on


def format_need_text(need: Need) -> str:
    """The string form of a link: ``"x"``, ``"x SS"``, ``"x +5d"``, ``"x SS-1w"``.

    What was agreed about it has no place there: see `needs_table`.
    """
    kind = "" if need.type == "FS" else need.type
    end = kind + ("" if need.lag is None else format_lag(need.lag))
    return f"{need.on} {end}" if end else need.on


def format_tie(need: Need) -> str:
    """The link's type and lag as they are written: ``SS+5d``; empty for a plain finish to start."""
    if need.lag is None or not need.lag.number:
        return "" if need.type == "FS" else need.type
    return need.type + format_lag(need.lag)


def format_counter(counter: Counter) -> dict[str, Any]:
    """Other terms as their TOML value."""
    found = {key: getattr(counter, key) for key in COUNTER_KEYS}
    if counter.lag is not None:
        found["lag"] = format_lag(counter.lag)
    return {key: value for key, value in found.items() if value is not None}


_terms = attrgetter(*NEED_KEYS[len(LINK_KEYS) :])
_NONE = (None,) * len(NEED_KEYS[len(LINK_KEYS) :])


def needs_table(need: Need) -> bool:
    """Whether the link says more than its string form can."""
    return _terms(need) != _NONE
