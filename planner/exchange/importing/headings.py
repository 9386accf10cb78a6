"""Headings of a sheet: in which row they stand, and what each column means.

A heading is compared without case, accents, signs and what stands in brackets, and as a part of a
longer one: ``Start Date (planned)``, ``Verantwortlich / Owner``, ``Dauer (Tage)``. The longest
phrase of the vocabulary counts; of two that are as long the last in English and German, the first
in French and Spanish, since that is where those languages put the noun that matters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from planner.errors import UsageError
from planner.exchange.importing.vocabulary import OTHERS, PHRASES
from planner.exchange.sheets.sheet import Cell, Sheet
from planner.roadmap.fields import fields
from planner.roadmap.ids import plain_letters

BY_A_MAPPING = "by the mapping"
MOST_ROWS_ABOVE = 40
"""Headings stand in one of the first rows."""
SEVERAL = frozenset(
    ("notes", "tags", "uses", "changes", "introduces", "retires", "processes", "needs", "blocks",
     "urls", "outcomes", "vendor", "part_of", "person", "responsible", "consulted", "informed")
)  # fmt: skip
"""The meanings that more than one column may have."""
ORDERS = {"dmy": ("d", "m", "y"), "mdy": ("m", "d", "y"), "ymd": ("y", "m", "d")}
DAYS = frozenset(
    ("start", "end", "deadline", "period", "actual_start", "finished", "announced",
     *(name for name, field in fields("initiatives").items() if field.form.what == "day"))
)  # fmt: skip
"""The meanings whose cells are days."""
_UNITS = {
    "d": "d days day tage tag t at arbeitstage jours jour j dias dia pt pd md mt personentage "
    "person manntage jh jornadas werktage",
    "w": "w weeks week wks wochen woche wo semaines semaine semanas semana",
    "h": "h hours hour hrs std stunden stunde heures heure horas hora",
    "m": "months month monate monat mois meses mes",
    "cd": "calendar kalendertage calendaires naturales",
    "k": "k tsd teur keur",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_ACTUAL_WORDS = "actual ist tatsachlich tatsachliches tatsachlicher real reel reelle"
_ACTUAL = frozenset(_ACTUAL_WORDS.split())
_WEEKS = frozenset(("kw", "cw", "week", "woche", "kalenderwoche", "semaine", "semana", "wk"))
_COUNTS = frozenset(("count", "counts", "anzahl", "id", "ids", "uuid"))
"""Words of longer headings that hold numbers about a thing, not the thing."""
ERROR = re.compile(r"#(?:REF!|N/A|NV|VALUE!|WERT!|NAME\?|DIV/0!|NUM!|ZAHL!|NULL!|BEZUG!|¡.*)")
"""What a spreadsheet writes where a formula fails."""
_SURER = "planned plan soll geplant geplantes geplanter prevu previsto current"
_LESS_SURE = "baseline original alt old forecast initial basis"
_HOW_SURE = dict.fromkeys(_SURER.split(), 1) | dict.fromkeys(_LESS_SURE.split(), -1)


_USED = re.compile(
    r"us(?:e|ed|es|ado|ados|adas|ing)$|need|involv|stack|rel(?:y|ies)|genutz|nutz|benotig|verwend|"
    r"beteilig|utilis|utiliz|impliqu|implicad|necesari"
)
"""Words that make systems those that work only relies on."""


class Heading(Struct, frozen=True):
    """One column: its heading as it stands, its meaning, and how sure that is."""

    column: int
    text: str
    meaning: str | None
    detail: str = ""
    """A unit (``w``) or an order of day, month and year (``dmy``), where the heading says it."""
    language: str = ""
    score: int = 0
    why: str = ""
    own: bool = False
    """Whether it is a key of the format as it stands, so that its cells have the format's words."""


class Headed(Struct, frozen=True):
    """A sheet with the row its headings stand in, from 0, and the meaning of each column."""

    sheet: Sheet
    row: int
    headings: tuple[Heading, ...]

    def having(self, *meanings: str) -> tuple[Heading, ...]:
        """The columns with one of these meanings, in the order of the sheet."""
        return tuple(each for each in self.headings if each.meaning in meanings)

    @property
    def language(self) -> str:
        """The language of most headings; empty where none speaks for one."""
        found = Counter(each.language for each in self.headings if each.language)
        return found.most_common(1)[0][0] if found else ""


def folded(text: str) -> str:
    """Words to compare: small, without accents; ``ä``, ``ae`` and ``a`` are one letter."""
    return re.sub(r"(?<=[aou])e", "", spelled(text))


def spelled(text: str) -> str:
    """Words to compare as they are spelled: small, without accents and signs."""
    apart = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][a-zà-ÿ])", " ", text)
    return " ".join(re.findall(r"[a-z0-9]+|[%#€$]", plain_letters(apart)))


Known = tuple[str, tuple[str, ...], int]
"""A phrase's meaning, its languages, and its place among those of its meaning."""


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, Known]:
    """Each phrase as it is spelled (``due`` is no ``du``), and folded where that is no other."""
    found: dict[str, Known] = {}
    for made in (spelled, folded):
        before = dict(found)
        for meaning, text in PHRASES.items():
            for language, line in re.findall(r"^(\w\w): (.+(?:\n .+)*)$", text, re.MULTILINE):
                for place, phrase in enumerate(re.split(r",\s+", line)):
                    _add(found, before, made(phrase), (meaning, (language,), place))
    return found


def _add(found: dict[str, Known], before: Mapping[str, Known], words: str, said: Known) -> None:
    """Adds a phrase that nothing before has; one of several languages has all of them."""
    known = found.setdefault(words, said)
    if words not in before and known[0] == said[0] and said[1][0] not in known[1]:
        found[words] = (known[0], (*known[1], *said[1]), known[2])


def _known(text: str) -> Known | None:
    return phrases().get(spelled(text)) or phrases().get(folded(text))


# --- one heading ----------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 10)
def heading(text: str, column: int = 0) -> Heading:
    """What a heading means by itself; `meaning` None where no phrase is known for it."""
    plain = " ".join(text.split())
    name = plain.rstrip(" :")
    if ERROR.fullmatch(name):
        return Heading(column, plain, None, why="an error of the spreadsheet")
    if "_" in name and name in fields("initiatives"):
        return Heading(column, plain, name, score=900, own=True)
    bare = re.sub(r"[(\[{][^)\]}]*[)\]}]", " ", name)
    for score, part in ((8, name), (7, bare), *((6, each) for each in re.split(r"[/|·–—]", bare))):
        if (known := _known(part)) is not None:
            return _meant(plain, column, known, score, place=known[2])
    text = bare if folded(bare) else name
    words = folded(text).split()
    known = _longest(spelled(text).split()) or _longest(words) or _compound(words)
    known = None if _COUNTS.intersection(words) else known
    if known is None:
        return Heading(column, plain, None)
    return _meant(plain, column, known, 4)


def _meant(text: str, column: int, known: Known, score: int, place: int = 30) -> Heading:
    meaning, languages, _ = known
    words = folded(text).split()
    if _ACTUAL.intersection(words):
        meaning = {"start": "actual_start", "end": "finished"}.get(meaning, meaning)
    why = ""
    if meaning == "uses" and not any(map(_USED.match, words)):
        meaning, why = "changes", "taken as changed; map it to `uses` if work only relies on them"
    sure = sum(_HOW_SURE.get(word, 0) for word in words)
    language = languages[0] if len(languages) == 1 else ""
    score = 100 * score + 50 * sure - place
    return Heading(column, text, meaning, _unit(meaning, words), language, score, why)


def _unit(meaning: str, words: list[str]) -> str:
    """The unit of bare numbers: of lengths and money, and weeks of the year in columns of days."""
    if meaning in DAYS:
        return "w" if _WEEKS.intersection(words) else ""
    if meaning not in ("duration", "effort", "cost"):
        return ""
    units = [_UNIT_OF[word] for word in words if word in _UNIT_OF]
    return "cd" if "cd" in units else (*units, "")[0]


def _longest(words: list[str]) -> Known | None:
    """The longest phrase that stands in the words; long texts are no headings."""
    if len(words) > 8:
        return None
    for size in range(min(len(words), 5), 0, -1):
        found = [
            known
            for at in range(len(words) - size + 1)
            if (known := phrases().get(" ".join(words[at : at + size]))) is not None
            and (size > 1 or len(words[at]) > 2)
        ]
        if found:
            romance = set(found[0][1]) <= {"fr", "es"}
            return found[0] if romance else found[-1]
    return None


def _compound(words: list[str]) -> Known | None:
    """A German word whose end is known: ``Aufgabenbeschreibung``."""
    for word in reversed(words):
        for size in range(len(word) - 3, 4, -1):
            known = phrases().get(word[-size:])
            if known is not None and "de" in known[1]:
                return known
    return None


# --- the mapping that a person gives --------------------------------------------------------------


def meanings() -> list[str]:
    """Every word that a mapping may give a heading."""
    return sorted({*OTHERS, *PHRASES, *fields("initiatives")})


def _mapped(mapping: Mapping[str, str]) -> dict[str, Heading]:
    """Folded heading → what the mapping says of it. Raises UsageError for a word it can't have."""
    return {_name(text): _from_words(text, words) for text, words in mapping.items()}


def _name(text: str) -> str:
    return folded(text) or " ".join(text.split())


def _from_words(text: str, words: str) -> Heading:
    meaning, _, detail = words.strip().partition(" ")
    detail = detail.strip().lower()
    if not meaning:
        return Heading(0, text, None, why="left out by the mapping", score=10_000)
    if meaning not in meanings():
        raise UsageError(
            f"the mapping gives “{text}” the meaning `{meaning}`, which does not exist",
            hint=f'use one of {", ".join(meanings())}, or "" to leave the column out',
        )
    unit = _UNIT_OF.get(detail, "")
    if detail and not unit and not (detail in ORDERS and meaning in DAYS):
        raise UsageError(
            f"the mapping gives “{text}” `{detail}`, which no column has",
            hint="after a meaning may stand dmy, mdy or ymd for dates, and a unit such as weeks",
        )
    return Heading(0, text, meaning, unit or detail, score=10_000, why=BY_A_MAPPING)


# --- the row of headings --------------------------------------------------------------------------


def headed(sheet: Sheet, mapping: Mapping[str, str] | None = None) -> Headed | None:
    """The sheet with its headings; None where no row looks like headings.

    It is the row whose cells have most meanings, of two the first, with a title among them: title
    lines, legends and the line of merged group headings above it have fewer.
    """
    given = _mapped(mapping or {})
    best: tuple[int, int, int] | None = None
    for at, row in enumerate(sheet.rows[:MOST_ROWS_ABOVE]):
        found = _read(row, given)
        distinct = {each.meaning for each in found if each.meaning is not None}
        texts = {each.text for each in found if each.text}
        rank = (len(distinct), len(texts), -at)
        if len(distinct) > 1 and len(texts) > 1 and (best is None or rank > best):
            best = rank
    if best is None:
        return None
    place = -best[2]
    found = _read(sheet.rows[place], given)
    above = sheet.rows[place - 1] if place else ()
    return Headed(sheet, place, _settled(sheet, place, _told_apart(found, above)))


def _read(row: Iterable[Cell], given: Mapping[str, Heading]) -> list[Heading]:
    return [_of_cell(cell.text, column, given) for column, cell in enumerate(row)]


def _of_cell(text: str, column: int, given: Mapping[str, Heading]) -> Heading:
    if len(text) > 120:
        return Heading(column, " ".join(text.split())[:120], None)
    said = given.get(_name(text)) if text else None
    if said is not None:
        return replace(said, column=column, text=" ".join(text.split()))
    return heading(text, column)


def _told_apart(found: list[Heading], above: tuple[Cell, ...]) -> list[Heading]:
    """Headings that stand twice, with the merged heading above them: ``Ist`` over ``Start``."""
    twice = {text for text, times in Counter(each.text for each in found).items() if times > 1}
    told = []
    for each in found:
        over = above[each.column].text if each.column < len(above) else ""
        if each.text in twice and each.text and over and each.score < 10_000:
            told.append(_of_cell(f"{over} {each.text}", each.column, {}))
        else:
            told.append(each)
    return told


def _settled(sheet: Sheet, row: int, found: list[Heading]) -> tuple[Heading, ...]:
    """The columns, each meaning with one of them where it can't have several."""
    width = max((len(each) for each in sheet.rows), default=0)
    found += [Heading(column, "", None) for column in range(len(found), width)]
    best: dict[str, Heading] = {}
    for each in found:
        if each.meaning and each.meaning not in SEVERAL:
            other = best.get(each.meaning)
            if other is None or each.score > other.score:
                best[each.meaning] = each
    if "period" in best and "end" in best and "start" not in best:
        best["start"] = replace(best["period"], meaning="start")
        found[best["start"].column] = best["start"]
    kept = [_kept(each, best) for each in found]
    return tuple(_with_title(sheet, row, kept))


_INSTEAD = {"owner": "responsible", "title": "part_of"}
"""What a further column means, where one of these has been found already."""
_WHOLE = "project projekt projet proyecto initiative iniciativa campaign kampagne"
_WHOLES = frozenset(_WHOLE.split())


def _kept(each: Heading, best: Mapping[str, Heading]) -> Heading:
    if each.meaning is None or each.meaning in SEVERAL or best[each.meaning] is each:
        return each
    first = best[each.meaning].text
    instead = _INSTEAD.get(each.meaning)
    if each.meaning == "title" and not _WHOLES.intersection(folded(each.text).split()):
        instead = "notes"
    if each.meaning == "title" and each.score < 500:
        instead = None
    if instead is None:
        return replace(each, meaning=None, why=f"“{first}” is read as {each.meaning} already")
    return replace(each, meaning=instead, why=f"“{first}” is the {each.meaning}", detail="")


def _with_title(sheet: Sheet, row: int, found: list[Heading]) -> list[Heading]:
    """The same, with a title where no heading names one: the first column of different texts."""
    if any(each.meaning == "title" for each in found):
        return found
    for likely in (lambda e: e.meaning is None and not e.why, lambda e: e.meaning == "notes",
                   lambda e: e.meaning in ("part_of", "key")):  # fmt: skip
        for each in found:
            if likely(each) and _differs(sheet, row, each.column):
                why = "no heading names a title: the first column of texts that differ"
                found[each.column] = replace(each, meaning="title", why=why, detail="")
                return found
    return found


def _differs(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a column holds texts, most of them different ones, in most rows."""
    below = sheet.rows[row + 1 :]
    cells = [each[column] for each in below if column < len(each)]
    texts = [cell.text for cell in cells if isinstance(cell.value, str) and cell.text]
    words = [text for text in texts if re.search(r"[^\W\d_]{2}", text)]
    filled = sum(any(not cell.is_empty for cell in each) for each in below)
    return bool(words) and len(words) * 2 >= filled and len(set(words)) * 5 >= len(words) * 4


# --- as a person reads them -----------------------------------------------------------------------


def letter(column: int) -> str:
    """The column as sheets name it: ``A`` for 0, ``AA`` for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def missing(mapping: Mapping[str, str], tables: Iterable[Headed]) -> Iterator[str]:
    """The headings of a mapping that no sheet has."""
    known = {_name(each.text) for table in tables for each in table.headings}
    return (text for text in mapping if _name(text) not in known)
