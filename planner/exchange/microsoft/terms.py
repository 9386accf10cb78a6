"""What a task's fields of Microsoft Project mean in the roadmap's terms, for writer and reader.

Durations there are minutes of work, lags tenths of them, and a day as long as the file says. What
the fields can't say (three values of an estimate, more than one set date) stands in text fields of
our own, **sealed** with the fields that it stands for: where somebody changed those in Microsoft
Project, the seal no longer fits, and what the fields say counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from math import ceil
from typing import Any

from msgspec import Struct

from planner.schedule.work import remaining_days

NAMESPACE = "http://schemas.microsoft.com/project"

Fields = Mapping[str, str]
"""The fields of a task that hold plain text, by the names of the file."""

ID_FIELD = "planner id"
KEYS_FIELD = "planner keys"
DATES_FIELD = "planner dates"
LENGTH_FIELD = "planner length"
LINKS_FIELD = "planner links"
OWN_FIELDS = {
    ID_FIELD: (188744016, "Text30"),
    KEYS_FIELD: (188744015, "Text29"),
    DATES_FIELD: (188744014, "Text28"),
    LENGTH_FIELD: (188744013, "Text27"),
    LINKS_FIELD: (188744012, "Text26"),
}
"""Text fields of our own: what they are called to number and name in Microsoft Project."""

LINK_TYPES = ("FF", "FS", "SF", "SS")
"""By their number in the file."""

SOON, LATE, NO_EARLIER = 0, 1, 4
CONSTRAINTS = {
    2: "must_start_on",
    3: "must_finish_on",
    4: "start_no_earlier_than",
    5: "start_no_later_than",
    6: "finish_no_earlier_than",
    7: "finish_no_later_than",
}
"""What a type of constraint is here."""

DATE_KEYS = (*CONSTRAINTS.values(), "as_late_as_possible", "deadline", "announced")
DATE_FIELDS = ("ConstraintType", "ConstraintDate", "Deadline")
LENGTH_KEYS = ("estimate", "status", "actual_start", "actual_finish", "percent_complete",
               "remaining")  # fmt: skip
LENGTH_FIELDS = ("Duration", "RemainingDuration", "ActualStart", "ActualFinish", "PercentComplete",
                 "Active")  # fmt: skip

OPEN_KEYS = ("kind", "calendar", "portfolio", "short", "tags")
"""Keys that Microsoft Project has no field for and changes nothing of, as far as they are short."""

DAYS, ELAPSED_DAYS, WEEKS = 7, 8, 9
"""Formats of durations and lags."""
_ELAPSED = (4, 6, 8, 10, 12)
_PERCENT = (19, 20)
_ESTIMATED = 32
"""What an estimated duration ("5 days?") adds to its format."""

PRIORITIES = (900, 700, 510, 300, 100)
"""What 1 to 5 are there, where 500 is what nobody has set."""

DAY = 480
"""Minutes of a day, where a file does not say."""
MOST_DAYS = 2600
"""Ten years of work, which is the longest that there is here."""

_DURATION = re.compile(
    r"(-?)P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d{1,9})?S)?)?"
)


class Scale(Struct, frozen=True):
    """How long a day is in the file, in minutes, and how many days a week."""

    day: float = DAY
    week: float = 5

    def length(self, minutes: float, format: int) -> str:
        """Minutes as a length of the format: weeks where the file counts them, else days."""
        days = min(minutes / self.day, MOST_DAYS)
        if format % _ESTIMATED == WEEKS and days and days % self.week == 0:
            return f"{days / self.week:.0f}w"
        return f"{plain(days)}d"


def plain(number: float) -> str:
    """A number without needless digits, to a hundredth."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def is_elapsed(format: int) -> bool:
    """Whether a duration of this format counts every hour of the clock."""
    return format % _ESTIMATED in _ELAPSED or format == _PERCENT[1]


def is_percent(format: int) -> bool:
    """Whether a lag is a part of the predecessor's duration."""
    return format % _ESTIMATED in _PERCENT


def minutes_of(text: str | None) -> float | None:
    """Minutes of ``PT40H0M0S``; None where it is no duration."""
    match = _DURATION.fullmatch(text.strip()) if text else None
    if match is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    return ((days * 24 + hours) * 60 + minutes + seconds / 60) * (-1 if match[1] else 1)


def duration(days: float) -> str:
    """Working days as the file writes them: ``PT40H0M0S``."""
    return f"PT{round(days * DAY) // 60}H{round(days * DAY) % 60}M0S"


def number_of(text: str | None, default: int = 0) -> int:
    """A whole number as written; the default where it is none."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default


def moment_of(text: str | None) -> datetime | None:
    """A moment such as ``2027-03-01T08:00:00``; None where it is none, or outside our years."""
    try:
        found = datetime.fromisoformat(text.strip()) if text else None
    except ValueError:
        return None
    return found.replace(tzinfo=None) if found and 1990 <= found.year <= 2200 else None


def day_of(text: str | None) -> date | None:
    """The day of a moment."""
    found = moment_of(text)
    return None if found is None else found.date()


def last_day_of(text: str | None) -> date | None:
    """The day on which something ends: midnight ends the day before."""
    found = moment_of(text)
    if found is None:
        return None
    at_midnight = not (found.hour or found.minute)
    return found.date() - timedelta(days=1) if at_midnight else found.date()


def length_of(task: Fields) -> float | None:
    """Minutes of a task: its duration, or what is done and what is left where that says nothing."""
    minutes = minutes_of(task.get("Duration"))
    if minutes or task.get("Milestone") == "1":
        return minutes
    done, left = (minutes_of(task.get(f"{part}Duration")) or 0 for part in ("Actual", "Remaining"))
    return done + left or minutes


# --- keys of a task -------------------------------------------------------------------------------


def length_keys(task: Fields, scale: Scale) -> dict[str, Any]:
    """What its duration and progress are here; nothing where it has no duration."""
    keys: dict[str, Any] = {}
    minutes = length_of(task)
    if minutes == 0:
        keys["kind"] = "milestone"
    elif minutes is not None:
        keys["estimate"] = scale.length(minutes, number_of(task.get("DurationFormat"), DAYS))
    return keys | _progress(task, scale, minutes or 0)


def _progress(task: Fields, scale: Scale, minutes: float) -> dict[str, Any]:
    if task.get("Active") == "0":
        return {"status": "dropped"}
    started, finished = day_of(task.get("ActualStart")), last_day_of(task.get("ActualFinish"))
    keys: dict[str, Any] = {} if started is None else {"actual_start": started}
    if finished is not None:
        return {"status": "done", **keys, "actual_finish": max(finished, started or finished)}
    if started is None:
        return {}
    return {"status": "active", **keys, **_left(task, scale, minutes)}


def _left(task: Fields, scale: Scale, minutes: float) -> dict[str, Any]:
    """How far started work is: its percentage, and what remains where that is something else."""
    percent = number_of(task.get("PercentComplete"))
    keys: dict[str, Any] = {"percent_complete": min(percent, 100)} if percent > 0 else {}
    left = minutes_of(task.get("RemainingDuration"))
    if left is None or not minutes:
        return keys
    whole, rest = ceil(minutes / scale.day), ceil(left / scale.day)
    if rest != remaining_days(whole, min(percent, 100)):
        keys["remaining"] = scale.length(left, DAYS)
    return keys


def date_keys(task: Fields) -> dict[str, Any]:
    """What its constraint and its deadline are here."""
    keys: dict[str, Any] = {}
    type = number_of(task.get("ConstraintType"))
    key = CONSTRAINTS.get(type)
    if type == LATE:
        keys["as_late_as_possible"] = True
    elif key is not None:
        read = last_day_of if "finish" in key else day_of
        day = read(task.get("ConstraintDate"))
        keys |= {} if day is None else {key: day}
    deadline = last_day_of(task.get("Deadline"))
    return keys if deadline is None else {**keys, "deadline": deadline}


def priority_of(text: str | None) -> int | None:
    """1 to 5 of Microsoft's 1000 to 0; None for 500, which nobody has set."""
    number = number_of(text, 500)
    return None if number == 500 else min(5, max(1, 5 - number // 200))


# --- what the fields can't say --------------------------------------------------------------------


def sealed(keys: Mapping[str, Any], task: Fields, fields: Iterable[str]) -> str:
    """Keys as a text field of our own holds them, with a seal of the fields they stand for."""
    written = json.dumps(keys, default=str, ensure_ascii=False, separators=(",", ":"))
    return f"{written} {_seal(task, fields)}"


def unsealed(text: str | None, task: Fields, fields: Iterable[str]) -> dict[str, Any] | None:
    """The keys of a text field of our own; None where the fields are no longer those written."""
    written, _, seal = (text or "").rpartition(" ")
    return unpacked(written) if seal and seal == _seal(task, fields) else None


def unpacked(text: str | None) -> dict[str, Any] | None:
    """Keys of JSON, their days as days; None where it is none."""
    try:
        keys = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    if not isinstance(keys, dict):
        return None
    return {key: _as_day(value) for key, value in keys.items()}


def _as_day(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return day_of(value) or value
    return value


def _seal(task: Fields, fields: Iterable[str]) -> str:
    said = "|".join(task.get(field, "") for field in fields)
    return sha256(said.encode("utf-8", "replace")).hexdigest()[:8]


# --- links ----------------------------------------------------------------------------------------


def link_fields(links: Iterable[Fields]) -> Fields:
    """All links of a task as one field, for a seal."""
    keys = ("PredecessorUID", "Type", "LinkLag", "LagFormat")
    return {"links": ";".join(",".join(link.get(key, "") for key in keys) for link in links)}


def lag_days(link: Fields, scale: Scale, predecessor: float) -> float:
    """A link's lag in working days: elapsed ones as whole days, percents of these minutes."""
    lag, format = number_of(link.get("LinkLag")), number_of(link.get("LagFormat"), DAYS)
    if is_percent(format):
        return lag / 100 * predecessor / scale.day
    if is_elapsed(format):
        return round(lag / 10 / 1440 * scale.week / 7)
    return lag / 10 / scale.day


def lag_text(days: float, week: float | None = None) -> str:
    """A lag as the format writes it, in weeks of so many days where it is some; empty for none."""
    days = max(-MOST_DAYS, min(MOST_DAYS, days))
    if not days:
        return ""
    sign, number = "+" if days > 0 else "-", abs(days)
    return (
        f"{sign}{number / week:.0f}w" if week and not number % week else f"{sign}{plain(number)}d"
    )
