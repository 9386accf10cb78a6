"""Types and lags of links as people and their tools write them, in four languages.

``5FS+2 days``, ``4EE+3 Tage``, ``launch + 2 weeks``, and a length before a word of waiting:
``1 week before``, ``zwei Wochen nach``.
"""

from __future__ import annotations

import re

TYPES = {
    **dict.fromkeys(("FS", "EA", "FD", "FC"), "FS"),
    **dict.fromkeys(("SS", "AA", "DD", "CC"), "SS"),
    **dict.fromkeys(("FF", "EE"), "FF"),
    **dict.fromkeys(("SF", "AE", "DF", "CF"), "SF"),
}
"""A link's type as Microsoft Project writes it in English, German, French and Spanish."""
UNITS = (
    (1 / 480, "m|min|mins|minutes?|minuten?|minutos?"),
    (1 / 8, "h|hrs?|hours?|std|stunden?|heures?|horas?"),
    (1.0, "d|days?|t|tage?n?|at|arbeitstage?|j|jours?|dias?|ed|edays?|ft|fortlaufende tage"),
    (5.0, "w|wks?|weeks?|woche?n?|sem|semaines?|semanas?|ew|eweeks?"),
    (20.0, "mo|mons?|months?|monate?n?|mois|mes|meses|emo|emonths?"),
)
"""Working days of a unit of lag; hours of 8, months of 20, as Microsoft Project has them."""
_COUNTS = {
    1: "a an one ein eine einen einer un une uno una",
    2: "two zwei deux dos",
    3: "three drei trois tres",
    4: "four vier quatre cuatro",
}
_COUNT_OF = {word: count for count, words in _COUNTS.items() for word in words.split()}
UNIT = rf"(?:{'|'.join(units for _, units in UNITS)})"
_LENGTH = (
    rf"(?P<count>\d{{1,4}}(?:[.,]\d+)?|(?:{'|'.join(_COUNT_OF)})(?=\s))\s*(?P<unit>{UNIT})(?!\w)\s*"
)
_AT_END = re.compile(rf"(?<![\w.,]){_LENGTH}$", re.IGNORECASE)
_AT_START = re.compile(_LENGTH, re.IGNORECASE)


def length_before(words: str) -> tuple[int, str]:
    """Where a length begins that ends the words, and it as a lag: ``+5d``; empty for none."""
    match = _AT_END.search(words, max(0, len(words) - 60))
    return (match.start(), _as_lag(match)) if match else (len(words), "")


def length_first(words: str) -> tuple[str, str]:
    """The words without a length that they begin with, and it as a lag."""
    match = _AT_START.match(words)
    return (words[match.end() :], _as_lag(match)) if match else (words, "")


def _as_lag(match: re.Match[str]) -> str:
    count = _COUNT_OF.get(match["count"].casefold(), match["count"])
    return lag_of(f"+{count} {match['unit']}")[0]


def lag_behind(words: str) -> tuple[str, str]:
    """A name and the lag that stands behind it, as the format writes it: ``launch + 2 weeks``."""
    match = _LAGGED.fullmatch(words)
    lag = lag_of(match["lag"])[0] if match else ""
    return (match["name"], lag) if match and lag else (words, "")


_TERM = re.compile(
    r"(?P<name>.*?\S)\s*(?:(?<=\d)|(?<=\s)|\()(?P<type>"
    + "|".join(TYPES)
    + r")\)?(?:\s*(?P<lag>[+\-−–]\s*\d+(?:[.,]\d+)?\s*[%a-zäéí ]*))?",
    re.IGNORECASE,
)
_LAGGED = re.compile(
    r"(?P<name>.*?\S)\s*(?P<lag>[+\-−–]\s*\d+(?:[.,]\d+)?\s*(?:%|[a-zäéí]+))", re.I
)


def split(words: str) -> tuple[str, str, str]:
    """The name, the type and the lag of a term, as they stand there."""
    words = words.strip().rstrip(".")
    match = _TERM.fullmatch(words)
    if match and (match["type"].isupper() or match["name"].lstrip("#").isdigit()):
        return match["name"], match["type"].upper(), match["lag"] or ""
    match = _LAGGED.fullmatch(words)
    if match and (_days(match["lag"]) is not None or match["lag"].endswith("%")):
        return match["name"], "", match["lag"]
    return words, "", ""


def lag_of(text: str) -> tuple[str, str]:
    """A lag as the format writes it, and what of it is lost."""
    if not text.strip():
        return "", ""
    days = _days(text)
    if days is None:
        return "", f"the lag {text.strip()} has no length in days; the link is without a lag"
    if not days:
        return "", ""
    whole = -int(-abs(days) // 1)
    sign = "-" if days < 0 else "+"
    why = "" if whole == abs(days) else f"the lag is rounded up to {sign}{whole}d"
    if re.search(r"\d\s*(?:e(?:d|w|mo)|ft|fort)", text, re.IGNORECASE):
        why = f"calendar days are counted as working days: {sign}{whole}d"
    return f"{sign}{whole}d", why


def _days(text: str) -> float | None:
    match = re.fullmatch(r"\s*([+\-−–])\s*(\d+(?:[.,]\d+)?)\s*([a-zäéí ]*)", text, re.IGNORECASE)
    if match is None:
        return None
    unit = match[3].strip().casefold().replace("í", "i") or "d"
    size = next((days for days, units in UNITS if re.fullmatch(units, unit)), None)
    if size is None:
        return None
    return float(match[2].replace(",", ".")) * size * (1 if match[1] == "+" else -1)
