"""Words of typed dates in English and German, normalised to one spelling.

``Ende nächster Woche`` and ``end of next week`` both become ``end next w``: so the grammar of
`planner.roadmap.typed_days` has one form for each meaning. A word that is not known here stays as
it is, and makes the text no date: nothing that was typed is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_NAMES = tuple(name[:3] for name in MONTHS)
WEEKDAY_NAMES = tuple(name[:3] for name in WEEKDAYS)
EDGES = ("start", "mid", "end")
ORDINALS = ("first", "second", "third", "fourth")

_SPELLINGS: Mapping[str, str] = {
    "jan": "januar jänner",
    "feb": "februar",
    "mar": "märz maerz mrz mär",
    "may": "mai",
    "jun": "juni",
    "jul": "juli",
    "oct": "oktober okt",
    "dec": "dezember dez",
    "mon": "montag mo",
    "tue": "dienstag di",
    "wed": "mittwoch mi",
    "thu": "donnerstag do",
    "fri": "freitag fr",
    "sat": "samstag sonnabend sa",
    "sun": "sonntag so",
    "today": "heute now jetzt",
    "tomorrow": "morgen tmrw tmr",
    "yesterday": "gestern",
    "d after tomorrow": "übermorgen uebermorgen",
    "d before yesterday": "vorgestern",
    "next": "nächste nächsten nächster nächstes nächstem naechste naechsten naechster naechstes "
    "kommende kommenden kommender coming following",
    "this": "diese diesen dieser dieses diesem current",
    "last": "letzte letzten letzter letztes previous past",
    "start": "anfang beginn begin beginning beg early earliest",
    "mid": "mitte middle",
    "end": "ende late",
    "end w": "eow",
    "end m": "eom monatsende",
    "end q": "eoq quartalsende",
    "end y": "eoy jahresende",
    "start m": "bom som monatsanfang",
    "start q": "boq soq quartalsanfang",
    "start y": "soy jahresanfang",
    "d": "day days tag tage tagen tages",
    "wd": "weekday weekdays arbeitstag arbeitstage arbeitstagen werktag werktage werktagen",
    "w": "wk wks week weeks woche wochen kw",
    "m": "mo month months monat monate monaten monats mth mths",
    "q": "quarter quarters quartal quartale quartals qtr",
    "y": "yr yrs year years jahr jahre jahren jahres",
    "h": "half",
    "ago": "back",
    "later": "hence",
    "after": "nach",
    "before": "vor",
    "1": "a an one ein eine einen einer einem",
    "2": "two zwei",
    "3": "three drei",
    "4": "four vier",
    "5": "five fünf fuenf",
    "6": "six sechs",
    "7": "seven sieben",
    "8": "eight acht",
    "9": "nine neun",
    "10": "ten zehn",
    "11": "eleven elf",
    "12": "twelve zwölf zwoelf",
    "1th": "first 1st ersten erster erstes erste",
    "2th": "second 2nd zweiten zweites zweite",
    "3th": "third 3rd dritten drittes dritte",
    "4th": "fourth vierten viertes vierte",
    "": "of the on by at until till due der des dem den die das am im zum bis ab und and time",
}
"""Each spelling that the grammar knows, with the other words for it; the last say nothing more."""

WORDS = {word: known for known, words in _SPELLINGS.items() for word in words.split()}

NAMES = (
    *MONTHS,
    *MONTH_NAMES,
    *WEEKDAYS,
    *ORDINALS,
    *(word for word, known in WORDS.items() if len(word) > 3 and not known.endswith("th")),
)
"""Words that a slip of the fingers may have been meant for; ``easter`` was not for ``erster``."""

_CLEANED = (
    (r"[,;]", " "),
    (r"['’]s?(?= time\b)", ""),
    (r"[–—−]", "-"),
    (r"\b(?:w/c|wc|week (?:of|commencing|beginning|starting))\s+", "weekof "),
    (r"\b(?:(?:a|one) )?fortnight\b", "2w"),
    (r"(?<![\w])['’](\d\d)\b", r"20\1"),
    (r"(?<=[a-z\d])['’]\s*(\d\d)\b", r" 20\1"),
    (r"\b(\d{1,2})\.?\s*kw\b", r"w\1"),
    (r"(?<=[^\W\d_])\.", ""),
    (r"\b(\d{1,2})\.\s*(?=[^\W\d_])", r"\1th "),
    (r"\bhalf (?:a |an )?year\b|\b(?:ein )?halbes jahr\b", "6m"),
    (r"\b(?:working|business|work)[ -]?days?\b", "wd"),
    (r"\bcalendar (?=weeks?\b)", ""),
    (r"\blast of\b", "last day of"),
    (r"\bcalendar[ -]?days?\b|\bkalendertagen?\b", "cd"),
)
"""Patterns that are mended before the words are read, and what they become."""

_JOINED = (
    (r"\b([1-4])th q\b", r"q\1"),
    (r"\b([12])th h\b", r"h\1"),
    (r"(?<!\b\d )(?<!\b\d\d )\b([qhw])\s?-?(\d)", r"\1\2"),
    (r"\b(\d+)\s?(wd|cd|[dwmqy])\b", r"\1\2"),
    (r"\b(\d{1,2})-([a-z]{3})-(?=\d\d)", r"\1 \2 "),
    (r"(?<=[a-z])-(?=[a-z]|\d{4})|(?<=\d)-(?=[a-z])|(?<=[a-z]\d)[-/](?=\d{4})", " "),
    (r"(?<=\bw\d\d)[-/](?=\d{4})", " "),
    (r"^from |^in (?!\d)| in (?!\d)", " "),
    (r"\b([wmqy]) (start|mid|end)\b", r"\2 \1"),
)
"""Patterns of known words that are one, and what they become."""


def in_one_spelling(text: str) -> str:
    """The text in the words of the grammar, one blank between them."""
    words = text.casefold()
    for pattern, known in _CLEANED:
        words = re.sub(pattern, known, words)
    words = re.sub(r"\d+(?:st|nd|rd|th)\b|[^\W\d_]+", lambda match: _known(match[0]), words)
    words = " ".join(words.split())
    for pattern, known in _JOINED:
        words = re.sub(pattern, known, words)
    return " ".join(words.split())


def _known(word: str) -> str:
    if word[0].isdecimal():
        return f"{int(word[:-2])}th"
    if word in WORDS:
        return WORDS[word]
    return month_or_weekday(word) or word


def is_known(word: str) -> bool:
    """Whether the grammar has a word in this spelling."""
    return word in WORDS or word in _SPELLINGS or month_or_weekday(word) is not None


def month_or_weekday(word: str) -> str | None:
    """``mar`` for ``march`` or ``marc``: a name may be cut to three letters or more."""
    names = (*MONTHS, *WEEKDAYS)
    return next((name[:3] for name in names if len(word) > 2 and name.startswith(word)), None)
