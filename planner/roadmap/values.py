"""Plain TOML values: what is allowed, and the nearest valid value for others.

Each reader takes any value and returns it as the format wants it, or raises `NotAllowedError` with
what was found, what is allowed in words, and the nearest right value. A bool is not a number, a
date-time is not a date, nor is a date in quotes, since TOML has a form of its own for each.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time

from planner.roadmap.ids import ALLOWED, id_like, is_id, nearest

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2200, 12, 31)
"""The days that the format knows, so that no calendar ever has to be longer."""

DAY_WORDS = "a date such as 2027-03-01, from 1990 to 2200"
"""What may stand where a day is wanted."""

MAX_NUMBER = 10**15
"""Money, counts and readings stay exact in a float up to here."""

_SHOWN = 60

_OTHER_WORDS = {
    "in-progress": "active",
    "doing": "active",
    "started": "active",
    "running": "active",
    "todo": "planned",
    "open": "planned",
    "idea": "proposed",
    "draft": "proposed",
    "blocked": "paused",
    "on-hold": "paused",
    "complete": "done",
    "completed": "done",
    "finished": "done",
    "closed": "done",
    "cancelled": "dropped",
    "canceled": "dropped",
    "rejected": "dropped",
    "task": "feature",
    "story": "feature",
    "project": "feature",
    "enabler": "foundation",
    "platform": "foundation",
    "in-use": "live",
    "production": "live",
    "deprecated": "retiring",
    "pii": "personal",
    "sensitive": "special",
    "high": "error",
    "medium": "warning",
    "low": "info",
}
"""Words that other tools use, with ours; used only where ours is among the choices."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_FIRST = re.compile(
    r"([0-9]{4})(?:([0-9]{2})([0-9]{2})|([-/. ])([0-9]{1,2})\4([0-9]{1,2}))(?:[Tt ][0-9:.+Zz-]*)?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class NotAllowedError(ValueError):
    """A value that the format does not allow.

    `found` and `nearest` are values as TOML has them (`nearest` is None when nothing is near);
    `allowed` says in words what may stand there, and `cause`, where it is known, what is wrong.
    `swapped` is the key whose value stands here, and this one there.
    """

    def __init__(
        self,
        found: object,
        allowed: str,
        nearest: object = None,
        cause: str = "",
        swapped: str = "",
    ) -> None:
        super().__init__(found, allowed, nearest, cause, swapped)
        self.found = found
        self.allowed = allowed
        self.nearest = nearest
        self.cause = cause
        self.swapped = swapped

    def __str__(self) -> str:
        hint = "" if self.nearest is None else f"; nearest: {shown(self.nearest)}"
        return f"{shown(self.found)} is not {self.allowed}{hint}"


def shown(value: object) -> str:
    """`value` as TOML would write it, on one line and cut to a readable length."""
    text = _toml(value, depth=2)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _toml(value: object, depth: int) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value[:_SHOWN], ensure_ascii=False)
        case int():
            return str(value) if value.bit_length() < 200 else "a number with many digits"
        case date() | time():
            return value.isoformat()
        case list() | tuple():
            return _inside("[", value, "]", depth)
        case dict():
            pairs = [f"{key} = {_toml(item, depth - 1)}" for key, item in list(value.items())[:4]]
            return "{ " + ", ".join(pairs if depth else ["…"]) + " }" if pairs else "{}"
        case _:
            return str(value)


def _inside(opening: str, values: Sequence[object], closing: str, depth: int) -> str:
    items = [_toml(item, depth - 1) for item in values[:4]] if depth else ["…"]
    return opening + ", ".join([*items, "…"] if len(values) > 4 else items) + closing


def text(value: object) -> str:
    """A string."""
    if isinstance(value, str):
        return value
    plain = isinstance(value, (bool, int, float, date))
    raise NotAllowedError(value, "text in quotes", _toml(value, 0) if plain else None)


def flag(value: object) -> bool:
    """``true`` or ``false``."""
    if isinstance(value, bool):
        return value
    yes = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    raise NotAllowedError(value, "true or false", yes.get(str(value).strip().lower()))


def number(
    value: object, low: float | None = None, high: float | None = None, *, whole: bool = False
) -> int | float:
    """A finite number from `low` to `high`, both inclusive; without fractions where `whole`."""
    kinds: tuple[type, ...] = (int,) if whole else (int, float)
    fits = isinstance(value, kinds) and not isinstance(value, bool)
    if fits and isinstance(value, (int, float)) and _within(value, low, high):
        return value
    raise NotAllowedError(
        value, _number_words(low, high, whole), _near_number(value, low, high, whole)
    )


def _within(value: int | float, low: float | None, high: float | None) -> bool:
    lowest = -MAX_NUMBER if low is None else low
    highest = MAX_NUMBER if high is None else high
    return lowest <= value <= highest


def _number_words(low: float | None, high: float | None, whole: bool) -> str:
    noun = "a whole number" if whole else "a number"
    if low is not None and high is not None:
        return f"{noun} from {low:g} to {high:g}"
    return noun if low is None else f"{noun}, {low:g} or more"


def _near_number(
    value: object, low: float | None, high: float | None, whole: bool
) -> int | float | None:
    if isinstance(value, str):
        plain = value.strip().rstrip("%").strip()
        if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?", plain):
            return None
        value = float(plain) if "." in plain else int(plain)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
        return None
    if not _within(value, low, high) or (whole and value != int(value)):
        return None
    return int(value) if whole else value


def choice(value: object, choices: Sequence[str]) -> str:
    """One of `choices`, spelled exactly."""
    if isinstance(value, str) and value in choices:
        return value
    near = _near_choice(value, choices) if isinstance(value, str) else None
    raise NotAllowedError(value, "one of " + ", ".join(choices), near)


def _near_choice(value: str, choices: Sequence[str]) -> str | None:
    word = value.strip().lower().replace("_", "-").replace(" ", "-")
    if word in choices:
        return word
    other = _OTHER_WORDS.get(word)
    if other in choices:
        return other
    starts = [one for one in choices if word and (one.startswith(word) or word.startswith(one))]
    return starts[0] if len(starts) == 1 else nearest(word, choices, loose=True)


def identifier(value: object) -> str:
    """An id (see `planner.roadmap.ids`)."""
    if isinstance(value, str) and is_id(value):
        return value
    near: object = None
    if isinstance(value, str):
        several = [id_like(part) for part in value.split(",")]
        near = several if len(several) > 1 and all(several) else id_like(value) or None
    elif isinstance(value, (list, tuple)) and value and isinstance(value[0], str):
        near = id_like(value[0]) or None
    raise NotAllowedError(value, f"an id ({ALLOWED})", near)


def day(value: object) -> date:
    """A TOML local date from 1990 to 2200."""
    if type(value) is date and FIRST_DAY <= value <= LAST_DAY:
        return value
    raise NotAllowedError(value, DAY_WORDS, near_day(value))


def day_key(key: str) -> date:
    """A day as a key of a table: ``2027-12-24 = "Christmas Eve"``."""
    try:
        found = date.fromisoformat(key) if _ISO.fullmatch(key) else None
    except ValueError:
        found = None
    if found is not None and FIRST_DAY <= found <= LAST_DAY:
        return found
    raise NotAllowedError(key, DAY_WORDS, near_day(key))


def near_day(value: object) -> date | None:
    """The day a wrong value most likely meant: quoted, with a time, or past the month's end.

    It keeps all that was written, but for a time of day; else there is none.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value if FIRST_DAY <= value <= LAST_DAY else None
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**8:
        value = str(value)
    return _written_day(value.strip()) if isinstance(value, str) and len(value) < 40 else None


def _written_day(text: str) -> date | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return _clamped(int(match[1]), int(match[2] or match[5]), int(match[3] or match[6]))
    if match := re.fullmatch(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})", text):
        return _clamped(int(match[3]), int(match[2]), int(match[1]))
    if match := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text):
        first, second = int(match[1]), int(match[2])
        month = second if first > 12 else first if second > 12 else 0
        return _clamped(int(match[3]), month, first + second - month) if month else None
    words = re.findall(r"[a-z]+|[0-9]+", re.sub(r"(?<=[0-9])(?:st|nd|rd|th)\b", "", text.lower()))
    months = [_MONTHS.index(word[:3]) + 1 for word in words if word[:3] in _MONTHS]
    years = [int(word) for word in words if len(word) == 4 and word.isdigit()]
    days = [int(word) for word in words if len(word) <= 2 and word.isdigit()]
    if not (len(months) == len(years) == 1 and len(words) == 2 + len(days) <= 3):
        return None
    return _clamped(years[0], months[0], (*days, 1)[0])


def _clamped(year: int, month: int, in_month: int) -> date | None:
    if month > 12 >= in_month:
        month, in_month = in_month, month
    if not (FIRST_DAY.year <= year <= LAST_DAY.year and 1 <= month <= 12 and in_month >= 1):
        return None
    return date(year, month, min(in_month, monthrange(year, month)[1]))
