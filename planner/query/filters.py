"""Filter language: initiatives selected by one line of text.

Words match ids and titles; `owner:crm`, `status:active,planned`, `float<5`, `finish<2027-03-01`,
`@needs:profile-api` (all before it), `-done` (not). All terms have to hold, or one where `or`
stands between them. A term in quotes is a word, whatever it looks like; accents and capitals don't
matter. The same language serves the board, saved views and the command line.

Compiling visits every initiative once and keeps the matching ids, so a test is one set look-up. An
unknown term is ignored and reported with the nearest known one; the others still hold, because the
text is still being typed.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cached_property, lru_cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from planner.conflicts.findings import Finding
from planner.conflicts.registry import RULES
from planner.plan.model import Plan
from planner.roadmap import sides
from planner.roadmap.entities import Initiative
from planner.roadmap.fields import keys_naming, references
from planner.roadmap.ids import plain_letters
from planner.roadmap.quantities import Acceleration, Amount, Estimate, Length, Need
from planner.roadmap.typed import Unclear, Understood, typed_length, typed_number
from planner.roadmap.typed_days import NOT_A_DATE, typed_span
from planner.schedule.ready import Readiness
from planner.text.phrases import typed
from planner.text.query_syntax import Asked, Joined, Term, asked, terms

Matches = Callable[[Initiative], bool]
Holding = Callable[[Finding], bool]
Held = TypeVar("Held")

SYNONYMS = {
    "group": "part_of",
    "side": "portfolio",
    "outcome": "outcomes",
    "tag": "tags",
    "skill": "skills",
    "need": "needs",
    "free": "free_float",
    "total_float": "float",
    "percent": "percent_complete",
}
"""Words that people type for a key of the format."""

DATED = ("start", "finish", "late_start", "late_finish")
COUNTED = ("float", "free_float", "duration")
"""What the schedule says, beside what the file says: days, and numbers of working days."""

PARTY_KEYS = ("owner", "responsible", "consulted", "informed", "estimated_by")
NONE, ANY = "none", "any"

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TERM = re.compile(r"(@?[A-Za-z][\w-]*)(<=|>=|!=|:|<|>|=)(.*)", re.DOTALL)
_ABOUT_ME = re.compile(r"(?:@|waits(?::|!?=))me", re.IGNORECASE)


class Filter(Struct, frozen=True):
    """A compiled filter: which initiatives match, by id, and what of its text means nothing."""

    text: str
    ids: frozenset[str] | None = None
    """What matches; None where there is no term, so that everything does."""
    error: str | None = None
    """What is wrong with one of the terms, with the nearest right thing; None where nothing is."""

    def match(self, id: str) -> bool:
        """Whether an initiative is wanted."""
        return self.ids is None or id in self.ids


class Nobody(Struct, frozen=True):
    """Why nobody knows who ``@me`` is, and the nearest thing that would say it, or None."""

    why: str
    nearest: str | None = None


Me = str | Nobody
"""The person or team of ``@me``."""

UNKNOWN = Nobody("nobody has said who you are: set `me` in the configuration")


class FilterError(ValueError):
    """A term that means nothing: `why`, and the nearest term that would, or None."""

    def __init__(self, why: str, nearest: str | None = None) -> None:
        super().__init__(f"{why}; nearest: {nearest}" if nearest else why)
        self.why = why
        self.nearest = nearest


@lru_cache(maxsize=2)
def compile_filter(text: str, plan: Plan, me: Me = UNKNOWN) -> Filter:
    """The initiatives of `plan` that `text` asks for; `me` is the person or team of ``@me``.

    Remembered, because a view, its count and its prompt ask the same at one key.
    """
    reader = _Reader(plan, me)
    wanted = asked(text, reader.reads)
    found = reader.found(wanted, list(plan.roadmap.initiatives.values()))
    ids = frozenset(initiative.id for initiative in found) if [*terms(wanted)] else None
    return Filter(text, ids, reader.error)


def matching_findings(text: str, plan: Plan, me: Me = UNKNOWN) -> list[Finding]:
    """The findings, waived ones too, that `text` asks for, in the order of the report.

    Terms about findings (`rule:`, `severity:`, `waits:`) apply to each finding itself, all others
    to the initiatives that it involves.
    """
    reader = _Reader(plan, me)
    holds = reader.holding(asked(text, reader.reads))
    return [finding for finding in plan.findings if holds is None or holds(finding)]


def asks_for_me(text: str) -> bool:
    """Whether what a filter finds depends on who is at the keys."""
    return any(_ABOUT_ME.fullmatch(term.text) for term in terms(asked(text)))


def keys() -> list[str]:
    """Every key that a filter can ask for, for help and completion."""
    return [*_KEYS, *COUNTED, *DATED, "rule", "severity", "waits", "system", "data", "id"]


def flags() -> list[str]:
    """Every word that is a question of its own, such as ``critical``."""
    return list(_FLAGS)


class _Reader:
    """Turns terms into questions about one plan."""

    def __init__(self, plan: Plan, me: Me) -> None:
        self.plan = plan
        self.me = me
        self.error: str | None = None
        """What was wrong with the first term that was left out."""

    # --- what all terms ask together --------------------------------------------------------------

    def found(self, wanted: Asked, among: list[Initiative]) -> list[Initiative]:
        """The initiatives that terms ask for, in their order; what means nothing is left out."""
        return (
            [each for each in among if matches(each)]
            if (matches := self._matches(wanted))
            else among
        )

    def _matches(self, wanted: Asked) -> Matches | None:
        """What terms ask of an initiative; None where all of it means nothing."""
        if isinstance(wanted, Term):
            try:
                return self._term(wanted)
            except FilterError as problem:
                self.error = self.error or str(_negated(problem) if wanted.negated else problem)
                return None
        parts = [each for part in wanted.parts if (each := self._matches(part)) is not None]
        return _every(parts) if wanted.every else _some(parts)

    def holding(self, wanted: Asked) -> Holding | None:
        """What terms ask of a finding: those about findings of itself, all others that hold
        together of one of the initiatives that it involves.
        """
        if not any(_asks_of_findings(term) for term in terms(wanted)):
            matches = self._matches(wanted)
            ids = {i.id for i in self.plan.roadmap.initiatives.values() if matches and matches(i)}
            return None if matches is None else lambda f: any(id in ids for id in f.initiatives)
        if isinstance(wanted, Term):
            return self._about(wanted)
        mine = [part for part in wanted.parts if any(map(_asks_of_findings, terms(part)))]
        others = [part for part in wanted.parts if part not in mine]
        asked = [*mine, *([Joined(tuple(others), wanted.every)] if others else [])]
        parts = [each for part in asked if (each := self.holding(part)) is not None]
        return _every(parts) if wanted.every else _some(parts)

    def reads(self, key: str, value: str) -> bool:
        """Whether a text with blanks in it is a day or a number that a key can be compared with.

        One that is nearly right is: all of it is refused. A word that asks something of its own
        ends a value, or ``finish<june late`` would ask for the end of June.
        """
        key = SYNONYMS.get(key, key)
        if any(word.casefold() in _FLAGS for word in value.split()[1:]):
            return False
        try:
            if _is_dated(key):
                self._days(key, "=", value)
            elif _is_counted(key):
                self._number(key, "=", value)
            else:
                return False
        except FilterError as problem:
            return problem.nearest is not None and not problem.why.endswith(NOT_A_DATE)
        return True

    # --- one term ---------------------------------------------------------------------------------

    def _term(self, term: Term) -> Matches:
        """What one term asks. Raises FilterError."""
        match = _TERM.fullmatch(term.text)
        if match is not None:
            found = self._asked(match[1].casefold(), match[2], match[3])
        else:
            found = self._word(term.text)
        return _not(found) if term.negated else found

    def _about(self, term: Term) -> Holding | None:
        """What a term about findings asks of one; None where it means nothing."""
        match = _TERM.fullmatch(term.text)
        assert match is not None
        try:
            holds = _ASKED_OF_FINDINGS[_key_meant(match[1])](self, _values(match[3]))
        except FilterError:
            return None
        unwanted = term.negated != (match[2] == "!=")
        return (lambda finding: not holds(finding)) if unwanted else holds

    # --- words and flags --------------------------------------------------------------------------

    def _word(self, word: str) -> Matches:
        flag = _FLAGS.get(word.casefold())
        if flag is not None:
            return flag(self)
        if word.startswith("@"):
            raise FilterError(f"no {typed(word)}", _closest(word, ["@me", "@needs:", "@feeds:"]))
        wanted = plain_letters(word.replace('"', ""))

        def named(initiative: Initiative) -> bool:
            return wanted in initiative.id or wanted in plain_letters(initiative.title or "")

        return named

    # --- key and value ----------------------------------------------------------------------------

    def _asked(self, key: str, sign: str, value: str) -> Matches:
        if sign == "!=":
            try:
                return _not(self._asked(key, "=", value))
            except FilterError as problem:
                raise _negated(problem) from None
        if key in ("@needs", "@feeds"):
            return self._around(key, _values(value))
        key = SYNONYMS.get(key, key)
        if _is_dated(key):
            return self._dated(key, sign, value)
        if _is_counted(key):
            return self._counted(key, sign, value)
        if key in _FLAGS and key not in _KEYS:
            unwanted = value.casefold() in ("no", "false", "off", "0")
            raise FilterError(f"{key} takes no value", f"-{key}" if unwanted else key)
        if key not in _KEYS and key not in _DERIVED and key not in _ASKED_OF_FINDINGS:
            near = _closest(key, [*keys(), *SYNONYMS, "@needs", "@feeds"], 0.6)
            raise FilterError(f"no key {typed(key)}", near and f"{near}{sign}{value}")
        if sign not in (":", "="):
            raise FilterError(f"{key} can't be compared", f"{key}:{value}")
        return self._held(key, _values(value))

    def _held(self, key: str, values: list[str]) -> Matches:
        """Whether an initiative holds one of the values under a key."""
        if not values:
            return _always
        if key in _ASKED_OF_FINDINGS:
            return _in(
                self._found(filter(_ASKED_OF_FINDINGS[key](self, values), self._open_findings))
            )
        held = _DERIVED.get(key) or _written(key)
        wanted = self._resolved(key, values)
        if NONE in wanted:
            return lambda initiative: (
                not held(self, initiative) or _meet(held(self, initiative), wanted)
            )
        if ANY in wanted:
            return lambda initiative: bool(held(self, initiative))
        return lambda initiative: _meet(held(self, initiative), wanted)

    def _resolved(self, key: str, values: list[str]) -> frozenset[str]:
        """The known ids or words that the typed values name, exactly or by their beginning."""
        found: set[str] = set()
        tables = self._ids(key)
        for value in values:
            if value in tables or value in (NONE, ANY):
                found.add(value)
                continue
            known = self._known(key)
            if value in known:
                found.add(value)
                continue
            starting = {each for each in known if plain_letters(each).startswith(value)}
            if not starting:
                near = _closest(value, known)
                raise FilterError(f"no {key} {typed(value)}", _nearest(key, values, value, near))
            found |= starting
        return frozenset(self._with_members(key, found))

    def _known(self, key: str) -> set[str]:
        """Every value that a key can be asked for: ids that exist, words allowed, values in use."""
        held = _DERIVED.get(key) or _written(key)
        used = {v for i in self.plan.roadmap.initiatives.values() for v in held(self, i)}
        return self._ids(key) | used

    def _ids(self, key: str) -> set[str]:
        """The ids and words that a key may hold, used or not."""
        if key == "id":
            return set(self.plan.roadmap.initiatives)
        kinds = {"system": ("systems",), "data": ("data",)}.get(key) or _REFERENCES.get(key, ())
        standard = sides.STANDARD if key == "portfolio" else ()
        ids = {id for kind in kinds for id in self.plan.roadmap.table(kind)}
        return {*_CHOICES.get(key, ()), *standard, *ids}

    def _with_members(self, key: str, found: set[str]) -> set[str]:
        """A team stands for its people too, a group for the groups that are part of it."""
        roadmap = self.plan.roadmap
        if key in PARTY_KEYS:
            return found | {person.id for person in roadmap.people.values() if person.team in found}
        if key == "part_of":
            while inside := {g.id for g in roadmap.groups.values() if g.part_of in found} - found:
                found = found | inside
        return found

    # --- days and numbers -------------------------------------------------------------------------

    def _dated(self, key: str, sign: str, value: str) -> Matches:
        text = value.replace('"', "")
        if text.casefold() in (NONE, ANY):
            return self._present(key, text.casefold() == ANY)
        if not text:
            return _always
        first, last = self._days(key, sign, text)
        if sign in (":", "="):
            return self._scalar(key, lambda day: first <= day <= last)
        limit = last if sign in ("<=", ">") else first
        return self._scalar(key, lambda day: _COMPARE[sign](day, limit))

    def _days(self, key: str, sign: str, text: str) -> tuple[date, date]:
        """First and last day of what is named: a quarter has many, a day is both."""
        span = typed_span(text, self.plan.as_of, self.plan.calendars.roadmap.add)
        if isinstance(span, Unclear):
            near = span.nearest and f"{key}{sign}{_quoted(span.nearest)}"
            raise FilterError(f"{key}: {span.why}", near)
        return span.value

    def _counted(self, key: str, sign: str, value: str) -> Matches:
        text = value.replace('"', "")
        if text.casefold() in (NONE, ANY):
            return self._present(key, text.casefold() == ANY)
        if not text:
            return _always
        number = self._number(key, sign, text)
        compare = operator.eq if sign in (":", "=") else _COMPARE[sign]
        return self._scalar(key, lambda held: compare(held, number))

    def _number(self, key: str, sign: str, text: str) -> float:
        minus, amount = text[:1] == "-", text.removeprefix("-")
        found: Understood[Length] | Understood[int | float] | Unclear = typed_number(text)
        if _is_length(key) and re.search(r"\d.*[^\W\d_]", amount):
            found = typed_length(amount, self.plan.network.week)
            near = isinstance(found, Unclear) and found.nearest
            if minus and isinstance(found, Unclear) and near:
                found = Unclear(found.why, f"-{near}")
        if isinstance(found, Unclear):
            near = found.nearest and f"{key}{sign}{_quoted(found.nearest)}"
            raise FilterError(f"{key}: {found.why}", near)
        if isinstance(found.value, Length):
            return self._length(found.value) * (-1 if minus else 1)
        return found.value

    def _length(self, length: Length) -> float:
        return length.number * (self.plan.network.week if length.unit == "w" else 1)

    def _value(self, key: str, initiative: Initiative) -> Any:
        """The day or number that the plan or the file has under a key; None for none."""
        if key in DATED or key in COUNTED:
            dates = self.plan.schedule.get(initiative.id)
            return getattr(dates, "total_float" if key == "float" else key, None)
        held = getattr(initiative, key)
        if isinstance(held, Estimate):
            held = held.likely
        if isinstance(held, Length):
            return self._length(held)
        if isinstance(held, dict) and held:
            return sum(map(_amount, held.values()))
        return _amount(held) or None

    def _scalar(self, key: str, holds: Callable[[Any], bool]) -> Matches:
        def matches(initiative: Initiative) -> bool:
            held = self._value(key, initiative)
            return held is not None and holds(held)

        return matches

    def _present(self, key: str, present: bool) -> Matches:
        return lambda initiative: (self._value(key, initiative) is not None) == present

    # --- the graph and the findings ---------------------------------------------------------------

    def _around(self, key: str, values: list[str]) -> Matches:
        initiatives = self.plan.roadmap.initiatives
        reach = self.plan.network.ancestors if key == "@needs" else self.plan.network.descendants
        found: set[str] = set()
        for value in values:
            starting = [id for id in initiatives if id.startswith(value)]
            id = value if value in initiatives else starting[0] if len(starting) == 1 else None
            if id is None:
                near = starting[0] if starting else _closest(value, initiatives)
                why = f"'{value}' is more than one id" if starting else f"no initiative '{value}'"
                raise FilterError(why, _nearest(key, values, value, near))
            found |= reach(id)
        return _in(found) if values else _always

    def _found(self, findings: Iterable[Finding]) -> set[str]:
        return {id for finding in findings for id in finding.initiatives}

    @cached_property
    def _open_findings(self) -> list[Finding]:
        return [finding for finding in self.plan.findings if not finding.waived]

    def _by_rule(self, values: list[str]) -> Holding:
        names = {code: (code.casefold(), rule.name) for code, rule in RULES.items()}
        wanted: set[str] = set()
        for value in values:
            codes = {c for c, (code, _) in names.items() if code.startswith(value)} or {
                c for c, (_, name) in names.items() if f"-{value}" in f"-{name}"
            }
            if not codes:
                families = {code.rstrip("0123456789").casefold() for code in names}
                near = _closest(value, [*families, *(name for _, name in names.values())])
                raise FilterError(f"no rule {typed(value)}", _nearest("rule", values, value, near))
            wanted |= codes
        return lambda finding: finding.code in wanted

    def _by_severity(self, values: list[str]) -> Holding:
        severities = ("error", "warning", "info")
        for value in values:
            if not any(each.startswith(value) for each in severities):
                near = _closest(value, severities)
                why = f"no severity {typed(value)}"
                raise FilterError(why, _nearest("severity", values, value, near))
        wanted = [each for each in severities if each.startswith(tuple(values))]
        return lambda finding: finding.severity in wanted

    def _by_mover(self, values: list[str]) -> Holding:
        movers = {f.next_team for f in self._open_findings} | {
            f.next_side for f in self._open_findings
        }
        known = {mover for mover in movers if mover} | self._known("owner") | {*sides.STANDARD}
        wanted = self._mine() if values == ["me"] else self._named(values, known)
        return lambda finding: finding.next_team in wanted or finding.next_side in wanted

    def _named(self, values: list[str], known: Collection[str]) -> set[str]:
        found: set[str] = set()
        for value in values:
            starting = {value} if value in known else {k for k in known if k.startswith(value)}
            if not starting:
                near = _closest(value, known)
                raise FilterError(
                    f"no team, person or side {typed(value)}",
                    _nearest("waits", values, value, near),
                )
            found |= starting
        return found

    def _mine(self) -> set[str]:
        """Me and my team. Raises FilterError where nobody said who I am."""
        if isinstance(self.me, Nobody):
            raise FilterError(self.me.why, self.me.nearest)
        person = self.plan.roadmap.people.get(self.me)
        return {self.me} | ({person.team} if person is not None and person.team else set())


# --- what a key holds -----------------------------------------------------------------------------


def _strings(value: object) -> tuple[str, ...]:
    """The ids or words in a field's value, however it is written."""
    if value is None or value is False:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Mapping):
        return tuple(str(key) for key in value)
    if isinstance(value, tuple):
        return tuple(each.on if isinstance(each, Need) else str(each) for each in value)
    return ("yes",) if value is True else (str(value),)


def _meet(held: Collection[str], wanted: frozenset[str]) -> bool:
    return any(each in wanted for each in held)


def _portfolio(reader: _Reader, initiative: Initiative) -> tuple[str, ...]:
    return _strings(reader.plan.roadmap.portfolio_of(initiative))


def _kind(_: _Reader, initiative: Initiative) -> tuple[str, ...]:
    if initiative.kind is not None:
        return (initiative.kind,)
    nothing = initiative.estimate is not None and initiative.estimate.likely.number == 0
    return ("milestone" if nothing else "feature",)


Holds = Callable[[_Reader, Initiative], tuple[str, ...]]
"""What an initiative holds under a key, as ids or words."""


def _touched(keys: Iterable[str]) -> Holds:
    names = tuple(keys)
    return lambda _, initiative: tuple(v for key in names for v in getattr(initiative, key))


_DERIVED: Mapping[str, Holds] = {
    "id": lambda _, initiative: (initiative.id,),
    "portfolio": _portfolio,
    "kind": _kind,
    "system": _touched(keys_naming("initiatives", "systems")),
    "data": _touched(keys_naming("initiatives", "data")),
}
"""Keys whose values are not simply what the file has under them."""

_ASKED_OF_FINDINGS: Mapping[str, Callable[[_Reader, list[str]], Holding]] = {
    "rule": _Reader._by_rule,
    "severity": _Reader._by_severity,
    "waits": _Reader._by_mover,
}


def _written(key: str) -> Holds:
    """What the file has under a key."""
    return lambda _, initiative: _strings(getattr(initiative, key))


def _dates(holds: Callable[[Any], bool]) -> Callable[[_Reader], Matches]:
    """A question to the schedule about one initiative."""

    def flag(reader: _Reader) -> Matches:
        get = reader.plan.schedule.get

        def matches(initiative: Initiative) -> bool:
            dates = get(initiative.id)
            return dates is not None and holds(dates)

        return matches

    return flag


def _is_late(plan: Plan, initiative: Initiative) -> bool:
    """Whether it holds a day up, or misses its own deadline: over days off no float is lost."""
    dates = plan.schedule.get(initiative.id)
    if dates is None or dates.total_float is None:
        return False
    return dates.total_float < 0 or bool(plan.schedule.late(initiative.deadline, dates.finish))


def _status(word: str) -> Callable[[_Reader], Matches]:
    return lambda _: lambda initiative: initiative.status == word


def _mine(reader: _Reader) -> Matches:
    mine = reader._mine()
    return lambda i: not mine.isdisjoint(i.owner) or not mine.isdisjoint(i.responsible)


_FLAGS: Mapping[str, Callable[[_Reader], Matches]] = {
    "@me": _mine,
    "critical": _dates(lambda dates: dates.critical),
    "near-critical": _dates(lambda dates: dates.near_critical),
    "late": lambda reader: lambda initiative: _is_late(reader.plan, initiative),
    "assumed": _dates(lambda dates: bool(dates.assumed)),
    "open": lambda _: lambda initiative: initiative.open,
    "started": lambda _: lambda i: i.actual_start is not None and i.open,
    "launch": lambda reader: _in(reader.plan.schedule.launches),
    "ready": lambda reader: _in(Readiness(reader.plan.schedule).ready()),
    "conflict": lambda reader: _in(
        reader._found(each for each in reader._open_findings if each.severity != "info")
    ),
    "unscheduled": lambda reader: _in(reader.plan.schedule.unscheduled),
    "done": lambda _: lambda i: i.status == "done" or i.actual_finish is not None,
    **{word: _status(word) for word in ("proposed", "planned", "active", "paused", "dropped")},
}
"""Words that ask something of their own; in quotes they are words like any other."""


def _negated(problem: FilterError) -> FilterError:
    """The same of a term that must not hold: so must what is nearest."""
    return FilterError(problem.why, problem.nearest and f"-{problem.nearest}")


def _nearest(key: str, values: list[str], wrong: str, near: str | None) -> str | None:
    """The term with one value corrected and the others unchanged; None where there is none."""
    if near is None:
        return None
    return f"{key}:{','.join(_quoted(near if each == wrong else each) for each in values)}"


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _key_meant(word: str) -> str:
    return SYNONYMS.get(word.casefold(), word.casefold())


def _is_dated(key: str) -> bool:
    return key in DATED or _KEYS.get(key) is date


def _is_counted(key: str) -> bool:
    return key in COUNTED or _KEYS.get(key) in (int, Length, Estimate)


def _is_length(key: str) -> bool:
    return key in COUNTED or _KEYS.get(key) in (Length, Estimate)


def _asks_of_findings(term: Term) -> bool:
    """Whether a term says something of a finding itself."""
    match = _TERM.fullmatch(term.text)
    if match is None or match[2] not in (":", "=", "!="):
        return False
    return _key_meant(match[1]) in _ASKED_OF_FINDINGS and bool(_values(match[3]))


def _every(parts: list[Callable[[Held], bool]]) -> Callable[[Held], bool] | None:
    """All of several questions as one; None of none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return lambda held: all(part(held) for part in parts)


def _some(parts: list[Callable[[Held], bool]]) -> Callable[[Held], bool] | None:
    """One of several questions as one; None of none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return lambda held: any(part(held) for part in parts)


def _always(_: Initiative) -> bool:
    return True


def _not(matches: Matches) -> Matches:
    return lambda initiative: not matches(initiative)


def _in(ids: Collection[str]) -> Matches:
    wanted = frozenset(ids)
    return lambda initiative: initiative.id in wanted


def _values(text: str) -> list[str]:
    """``a,"b c",d`` as its parts, in plain letters."""
    parts = re.findall(r'(?:"[^"]*"?|[^,"])+', text)
    return [plain_letters(part.replace('"', "").strip()) for part in parts if part.strip('" ')]


def _amount(held: Any) -> Any:
    """Money as one number: the likely one of three, the price of an acceleration."""
    if isinstance(held, Amount):
        return held.likely
    return held.cost if isinstance(held, Acceleration) else held


def _closest(word: str, known: Iterable[str], cutoff: float = 0.5) -> str | None:
    close = get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return close[0] if close else None


# --- the format's keys, read from the structs -----------------------------------------------------


def _parts(annotation: Any) -> Iterator[Any]:
    """The plain types and choices that an annotation allows."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _parts(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for each in get_args(annotation):
            yield from _parts(each)
    else:
        yield annotation


def _scalar_type(annotation: Any) -> type:
    """date, int (a number or money), Length, Estimate, or str for what is compared as words."""
    found = set(_parts(annotation))
    if date in found:
        return date
    if found & {int, float, Amount, Acceleration}:
        return int
    return next((each for each in (Length, Estimate) if each in found), str)


_HINTS = {
    key: hint
    for key, hint in get_type_hints(Initiative, include_extras=True).items()
    if not key.startswith("_") and key in Initiative.__struct_fields__ and key != "id"
}
_KEYS: Mapping[str, type] = {key: _scalar_type(hint) for key, hint in _HINTS.items()}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    key: get_args(part)
    for key, hint in _HINTS.items()
    for part in _parts(hint)
    if get_origin(part) is Literal
}
_REFERENCES: Mapping[str, tuple[str, ...]] = {
    key: tuple(kinds) for key, kinds in references("initiatives").items()
}
