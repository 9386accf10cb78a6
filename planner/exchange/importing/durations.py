"""Durations as sheets have them, in working days: ``5d``, ``5,5 T``, ``2 Wochen``, ``3h``, ``40``.

An hour is the eighth part of a day, a week five days, a month twenty. A bare number has the unit of
its column, which the heading says, else it is days. A range is an optimistic and a pessimistic
value with the middle as the likely one.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from msgspec import Struct

from planner.roadmap.ids import plain_letters
from planner.roadmap.quantities import MAX_DAYS

Unit = Literal["d", "w", "h", "m", "cd", ""]

_WORDS = {
    "d": "d day days wd bd tag tage tagen t at arbeitstag arbeitstage werktag werktage jour jours "
    "j dia dias pt pd md mt jh jornada jornadas personentage personentag ed",
    "w": "w wk wks week weeks woche wochen wo semaine semaines sem semana semanas s",
    "h": "h hr hrs hour hours std stunde stunden heure heures hora horas",
    "m": "mo mon mons month months monat monate monaten mois mes meses m",
    "cd": "cd calendardays kalendertage kt",
    "min": "min mins minute minutes minuten minutos",
    "q": "q quarter quarters quartal quartale trimestre trimestres",
    "y": "y yr yrs year years jahr jahre jahren an ans annee annees ano anos",
}
_UNIT_OF = {word: unit for unit, words in _WORDS.items() for word in words.split()}
DAYS_OF = {
    "d": Decimal(1),
    "w": Decimal(5),
    "h": Decimal(1) / 8,
    "m": Decimal(20),
    "cd": Decimal(5) / 7,
    "min": Decimal(1) / 480,
    "q": Decimal(60),
    "y": Decimal(240),
}
_NUMBER = r"(?:\d+[.,]\d+|\d+|[.,]\d+)"
_PART = re.compile(rf"({_NUMBER})\s*([a-z]+)?\.?\s*[,&+]?\s*(?:and |und |et |y )?")


class Duration(Struct, frozen=True):
    """Working days, exact; for a range also what it is at best and at worst.

    `unit` is that of the text, "" where it was a bare number.
    """

    days: Decimal
    least: Decimal | None = None
    most: Decimal | None = None
    unit: str = ""

    @property
    def estimate(self) -> str | list[str]:
        """As the format writes it."""
        if self.least is None or self.most is None:
            return written(self.days)
        return [written(each) for each in (self.least, self.days, self.most)]


def written(days: Decimal) -> str:
    """A length in days; what has more than three decimals is rounded up to a whole day."""
    if days != days.quantize(Decimal("0.001")):
        days = days.to_integral_value(ROUND_CEILING)
    text = format(days.normalize(), "f")
    return f"{text}d"


def read_duration(text: str, unit: str = "", *, most: int = MAX_DAYS) -> Duration | None:
    """What a cell says; None where it is no duration, or longer than the format allows."""
    words = plain_letters(re.sub(r" ?½", ".5", " ".join(text.split()))).rstrip("?").strip()
    words = re.sub(
        r"^(?:~|≈|ca\.?|circa|about|approx\.?|etwa|env\.?|environ|aprox\.?)\s*", "", words
    )
    words = re.sub(r"\b(?:working|business|person|man|arbeits)[- ]+(?=[a-z])", "", words)
    ends = re.split(r"\s*(?:-|–|—|\bto\b|\bbis\b|\ba\b)\s*", words)
    if len(ends) == 2 and all(ends):
        return _range(ends[0], ends[1], unit, most)
    found = _one(words, unit)
    return found if found is not None and found.days <= most else None


def _range(low: str, high: str, unit: str, most: int) -> Duration | None:
    end = _one(high, unit)
    start = _one(low, end.unit or unit) if end is not None else None
    if start is None or end is None or not start.days <= end.days <= most:
        return None
    middle = (start.days + end.days) / 2
    return Duration(middle, start.days, end.days, end.unit)


def _one(words: str, unit: str) -> Duration | None:
    days, at, named = Decimal(0), 0, ""
    while at < len(words):
        match = _PART.match(words, at)
        if match is None or match.end() == at:
            return None
        known = _UNIT_OF.get(match[2]) if match[2] else ""
        if known is None or (not known and (at or match.end() < len(words))):
            return None
        number = Decimal(match[1].replace(",", "."))
        days += number * DAYS_OF[known or unit or "d"]
        named = named or known
        at = match.end()
    return Duration(days, unit=named) if at and len(words) < 60 else None
