"""What rules look at: the plan's layers, and the words that all rules share.

Open means neither done nor dropped; days are working days on the roadmap's calendar; a side is a
portfolio, and `joint` work is on both. Everything here is derived on first use, since most rules of
most roadmaps ask for little of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import accumulate, takewhile
from operator import attrgetter

from planner.calendars.freezes import Frozen
from planner.calendars.working import Calendars
from planner.conflicts.evidence import Change, Evidence, Part
from planner.conflicts.findings import NOBODY, Next, Size
from planner.network.graph import Network
from planner.network.graph import handovers as network_handovers
from planner.roadmap.entities import Initiative, Roadmap, Tables
from planner.roadmap.figures import count, date_text, listed
from planner.roadmap.ids import as_one_word
from planner.roadmap.quantities import Need, needs_table
from planner.roadmap.reading import Reading
from planner.roadmap.sides import JOINT, crosses
from planner.schedule.compute import Schedule
from planner.schedule.dates import Dates
from planner.schedule.shift import Shift

START_BOUNDS = ("start_no_later_than", "must_start_on")
START_HOLDS = ("must_start_on", "start_no_earlier_than")
"""The days that its start is held back by, or set to."""
FINISH_BOUNDS = ("finish_no_later_than", "must_finish_on")
"""The days that work has to start, or to finish, on or before."""
NEAR, STEPS = 40, 20
"""So far is always gone, and so often through the whole plan (`Context.far`)."""
PERSONAL = ("personal", "special")
"""The classifications that are about people."""


class Spent:
    """What trying edits has cost so far: initiatives that were scheduled or checked once more."""

    def __init__(self) -> None:
        self.work = 0


class Context:
    """One plan as the rules see it. Immutable; `tables` are needed for fixes only.

    `spent` is shared with the copies on which edits are tried.
    """

    def __init__(
        self,
        roadmap: Roadmap,
        reading: Reading,
        network: Network,
        schedule: Schedule,
        calendars: Calendars,
        evidence: Evidence | None = None,
        tables: Tables | None = None,
        today: date | None = None,
        spent: Spent | None = None,
    ) -> None:
        self.roadmap = roadmap
        self.reading = reading
        self.network = network
        self.schedule = schedule
        self.as_of = schedule.as_of
        self.calendars = calendars
        self.evidence = evidence
        self.tables = tables
        self.today = schedule.as_of if today is None else today
        self.spent = spent or Spent()
        self.heads: dict[str, str] = {}
        """The heads of driving lines that were asked for: those of many lines are the same."""
        self._links: dict[str, dict[str, list[Need]]] = {}
        self._having: dict[str, tuple[Initiative, ...]] = {}
        self._open_having: dict[str, tuple[Initiative, ...]] = {}

    # --- time -------------------------------------------------------------------------------------

    def dates(self, id: str) -> Dates | None:
        """An initiative's dates; None where it is not scheduled."""
        return self.schedule.get(id)

    def days(self, first: date, last: date) -> int:
        """Working days from one day to another, signed."""
        return self.calendars.roadmap.working_days(first, last)

    def done_before(self, first: str, second: str) -> bool:
        """Whether one initiative is finished before another starts; no where one has no dates.

        A milestone shows on the day on which what it waits for finishes.
        """
        one, other = self.dates(first), self.dates(second)
        if one is None or other is None:
            return False
        if one.duration and other.duration:
            return one.finish < other.start
        return one.finish <= other.start

    def starts_within(self, id: str, days: int) -> bool:
        """Whether it has started or starts at most `days` working days after `as_of`."""
        dates = self.dates(id)
        if dates is None:
            return False
        return dates.start <= self.as_of or self.days(self.as_of, dates.start) <= days

    def by_start(self, ids: Iterable[str]) -> list[str]:
        """Ids in order of start, then id; what is not scheduled comes last."""

        def start(id: str) -> date:
            dates = self.dates(id)
            return date.max if dates is None else dates.start

        return sorted(ids, key=lambda id: (start(id), id))

    def by_finish(self, ids: Iterable[str]) -> list[str]:
        """Ids in the order in which they are done, a milestone before what ends on its day; what is
        not scheduled comes last.

        What the first of them is not `done_before`, none of them is.
        """

        def finish(id: str) -> tuple[date, bool]:
            dates = self.dates(id)
            return (date.max, True) if dates is None else (dates.finish, bool(dates.duration))

        return sorted(ids, key=finish)

    def day(self, value: date) -> str:
        """``15 Oct``, with the year where it is not the year of `as_of`."""
        return date_text(value, self.as_of)

    # --- work -------------------------------------------------------------------------------------

    @cached_property
    def open(self) -> tuple[Initiative, ...]:
        """The initiatives that are neither done nor dropped, in file order."""
        return tuple(one for one in self.roadmap.initiatives.values() if one.open)

    def last_change(self, part: Part) -> Change | None:
        """When and by whom a part was changed last; None where git does not say.

        Nothing was changed later than today, nor than a status date that is ahead of the clock.
        """
        if self.evidence is None:
            return None
        return self.evidence.last(part, self.tables or {}, max(self.today, self.as_of))

    def having(self, key: str) -> tuple[Initiative, ...]:
        """Every initiative that says something under a key, done and dropped ones too."""
        found = self._having.get(key)
        if found is None:
            said = attrgetter(key)
            every = self.roadmap.initiatives.values()
            found = self._having[key] = tuple(one for one in every if said(one))
        return found

    def open_having(self, *keys: str) -> list[Initiative]:
        """The open initiatives that say something under any of these keys, each once."""
        found = {one.id: one for key in keys for one in self._still_having(key)}
        return list(found.values())

    def _still_having(self, key: str) -> tuple[Initiative, ...]:
        """Those of `having` that are open."""
        found = self._open_having.get(key)
        if found is None:
            every = self.having(key)
            found = self._open_having[key] = tuple(one for one in every if one.open)
        return found

    def is_open(self, id: str) -> bool:
        """Whether an id names open work."""
        initiative = self.roadmap.initiatives.get(id)
        return initiative is not None and initiative.open

    # --- what drives, and what is driven ----------------------------------------------------------

    def far(self, number: int) -> int:
        """So far is gone for each of so many that are walked from: a plan of N is walked through a
        few times in all, whether one launch is asked for or N of them.
        """
        return max(NEAR, STEPS * len(self.network.ids) // max(1, number))

    @cached_property
    def dated(self) -> int:
        """The number of initiatives for which somebody set a day to finish or start by."""
        keys = ("deadline", "announced", *START_BOUNDS, *FINISH_BOUNDS)
        return len(self.open_having(*keys))

    def path_to(self, id: str) -> tuple[str, ...]:
        """All that drives a date, as `Schedule.path_to`; where very many days are set, the nearest
        of it.
        """
        return self.schedule.path_to(id, self.far(self.dated))

    # --- sides, teams, who moves next -------------------------------------------------------------

    @cached_property
    def sides(self) -> dict[str, str | None]:
        """The portfolio of each initiative."""
        of = self.roadmap.portfolio_of
        return {id: of(initiative) for id, initiative in self.roadmap.initiatives.items()}

    @cached_property
    def ends(self) -> dict[str, str | None]:
        """The side at each initiative's end of a handover: that of `sides`, or external."""
        of = self.roadmap.end_of
        return {id: of(initiative) for id, initiative in self.roadmap.initiatives.items()}

    def end_name(self, id: str) -> str:
        """What the side at an initiative's end of a handover is called."""
        return self.roadmap.side_title(self.ends.get(id))

    def across(self, one: str, other: str) -> bool:
        """Whether what leads from one initiative to the other crosses from side to side."""
        return crosses(self.ends.get(one), self.ends.get(other))

    def team_of_party(self, party: str | None) -> str | None:
        """A team as it is; a person's team, or the person where no team is named."""
        person = self.roadmap.people.get(party) if party else None
        return (person.team or party) if person is not None else party

    def team(self, id: str) -> str | None:
        """The team accountable for an initiative."""
        return self.team_of_party(self.roadmap.initiatives[id].accountable)

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """The people of each team, in file order."""
        found: dict[str, list[str]] = {}
        for person in self.roadmap.people.values():
            if person.team:
                found.setdefault(person.team, []).append(person.id)
        return found

    @cached_property
    def skilled(self) -> dict[str, list[str]]:
        """The people who have each skill, by its name as one word, in file order."""
        found: dict[str, list[str]] = {}
        for person in self.roadmap.people.values():
            for word in dict.fromkeys(map(as_one_word, person.skills)):
                found.setdefault(word, []).append(person.id)
        return found

    def owner(self, id: str) -> Next:
        """Who moves next where an initiative's owner does."""
        initiative = self.roadmap.initiatives.get(id)
        if initiative is None:
            return NOBODY
        return Next(self.sides[id], initiative.accountable)

    def party(self, party: str | None) -> Next:
        """Who moves next where a team or a person does."""
        team = self.roadmap.teams.get(self.team_of_party(party) or "")
        side = team.portfolio if team is not None else None
        return Next(side or self._led.get(party or ""), party)

    @cached_property
    def _led(self) -> dict[str, str]:
        """The side of each person who leads it, or a team of it."""
        teams = self.roadmap.teams.values()
        of_teams = {one.lead: one.portfolio for one in teams if one.lead and one.portfolio}
        sides = {one.lead: one.id for one in self.roadmap.portfolios.values() if one.lead}
        return {**of_teams, **sides}

    def together(self, ids: Iterable[str]) -> Next:
        """Who moves next where the owners of several initiatives do: both sides are joint."""
        return shared(self.owner(id) for id in ids)

    def system_side(self, system: str) -> str | None:
        """The portfolio of the team that owns a system; None where the file doesn't say."""
        known = self.roadmap.systems.get(system)
        return self.party(known.owner).side if known is not None else None

    def unread(self, kind: str, id: str, *keys: str) -> bool:
        """Whether one of a table's keys is written and could not be read: it is not missing."""
        return not self.reading.invalid.get((kind, id), frozenset()).isdisjoint(keys)

    # --- handovers -------------------------------------------------------------------------------

    @cached_property
    def handovers(self) -> tuple[tuple[str, str], ...]:
        """(successor, supplier) of each handover that is still to come: both are unfinished."""
        return tuple(pair for pair in self.all_handovers if all(map(self.is_open, pair)))

    @cached_property
    def all_handovers(self) -> tuple[tuple[str, str], ...]:
        """(successor, supplier) of each handover, of what is done, too."""
        links = network_handovers(self.roadmap, self.network)
        return tuple(dict.fromkeys((link.succ, link.pred) for link in links))

    def links(self, successor: str) -> dict[str, list[Need]]:
        """The links of an initiative by what it waits for, as its `needs` lists them."""
        found = self._links.get(successor)
        if found is None:
            found = self._links[successor] = {}
            for need in self.roadmap.initiatives[successor].needs:
                found.setdefault(need.on, []).append(need)
        return found

    def saying(self, *keys: str) -> Iterator[tuple[str, str]]:
        """(successor, supplier) of each link that says something under any of these keys and is not
        inside one side: what one side writes for itself says nothing of handovers.
        """
        for one, need in self.told_needs:
            if any(getattr(need, key) for key in keys) and not self._inside(one.id, need.on):
                yield one.id, need.on

    def _inside(self, one: str, other: str) -> bool:
        """Whether both ends of a link are on one side."""
        end = self.ends.get(one)
        return end is not None and end == self.ends.get(other)

    @cached_property
    def told_needs(self) -> tuple[tuple[Initiative, Need], ...]:
        """The links that say more than what is waited for, and which end of it."""
        having = self.having("needs")
        return tuple((one, need) for one in having for need in one.needs if needs_table(need))

    @cached_property
    def dated_needs(self) -> tuple[tuple[Initiative, Need], ...]:
        """The links on which somebody wrote that something was asked, promised or agreed."""
        dated = attrgetter("agreed", "promised", "asked", "needed_by", "declined", "counter")
        return tuple((one, need) for one, need in self.told_needs if any(dated(need)))

    @cached_property
    def asking(self) -> bool:
        """Whether somebody writes what was asked of the other side."""
        return any(self.saying("asked"))

    # --- freezes, systems and data ----------------------------------------------------------------

    @cached_property
    def frozen(self) -> Frozen:
        """The freezes, by what they freeze; of what could not be read it is not everything."""
        freezes = self.roadmap.freezes.values()
        unread = {
            one.id
            for one in freezes
            if not one.systems and self.unread("freezes", one.id, "systems")
        }
        return Frozen(self.roadmap, unread)

    def is_personal(self, data: Iterable[str]) -> bool:
        """Whether any of these data classes is about people."""
        return any(self.classification(id) in PERSONAL for id in data)

    def classification(self, data: str) -> str | None:
        """How sensitive a data class is; None where nobody wrote it."""
        found = self.roadmap.data.get(data)
        return found.classification if found is not None else None


def shared(nexts: Iterable[Next]) -> Next:
    """One for all: the common side (else joint) and the common team (else none)."""
    found = list(dict.fromkeys(nexts))
    sides = {one.side for one in found}
    teams = {one.team for one in found}
    side = sides.pop() if len(sides) == 1 else JOINT if sides else None
    return Next(side, teams.pop() if len(teams) == 1 else None)


def naming(initiative: Initiative, id: str, keys: Iterable[str]) -> str:
    """The first of these keys under which an initiative names an id."""
    return next(key for key in keys if id in getattr(initiative, key))


def by_days(shift: Shift, what: str, subject: str = "") -> Size:
    """A size in days: ``5 working days late``."""
    return Size(shift.size, shift.amount, what, subject)


def by_count(
    number: int, noun: str, what: str, subject: str = "", plural: str | None = None
) -> Size:
    """A size that is a number: ``3 reviews missing``."""
    return Size((number,), count(number, noun, plural), what, subject)


def briefly(names: Iterable[str], columns: int = 32) -> str:
    """``a and 4 more``: as many names as fit, at least one, for a message of one line."""
    every = list(names)
    ends = accumulate(len(name) + 2 for name in every)
    for most in range(sum(1 for _ in takewhile((columns + 2).__ge__, ends)), 1, -1):
        text = listed(every, most)
        if len(text) <= columns:
            return text
    return listed(every, 1)


def chained(ids: Iterable[str], limit: int = 6) -> str:
    """``a → b → c``; a long chain keeps its ends."""
    names = list(ids)
    if len(names) > limit:
        hidden = len(names) - limit + 1
        names = [*names[:2], f"… {hidden} more …", *names[hidden + 2 :]]
    return " → ".join(names)
