"""Entities of a roadmap: one frozen struct for each table kind of the file format.

These definitions are the format. Validation, forms, references, rename, merge, the normal order of
keys and the JSON Schema are all read from here: a field's type says what is allowed, its position
says where it is written, and its `Meta.extra` says what it refers to and how the form treats it.

Days are `datetime.date`, inclusive. Money is a number in the roadmap's currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from planner.roadmap.quantities import Acceleration, Amount, Estimate, Length, Need
from planner.roadmap.sides import BOTH, EXTERNAL, STANDARD, belongs_to, title_of

# --- what a field means beyond its type -----------------------------------------------------------
# extra["refs"]  : the kinds of table whose ids it holds, nearest first
# extra["free"]  : it may also be any text, such as a name nobody made a table for
# extra["usual"] : the form shows it without "more…"
# extra["text"]  : long text
# extra["name"]  : what the form calls a day that is typed without a name


def _refs(*kinds: str) -> Meta:
    return Meta(extra={"refs": kinds})


def _usual(*kinds: str) -> Meta:
    return Meta(extra={"refs": kinds, "usual": True} if kinds else {"usual": True})


def _unnamed(name: str) -> Meta:
    return Meta(extra={"name": name})


Text = Annotated[str | None, Meta(extra={"usual": True})]
Notes = Annotated[str | None, Meta(extra={"text": True})]
Strings = tuple[str, ...]
Money = Annotated[int, Meta(ge=0)] | Annotated[float, Meta(ge=0)]
Figure = int | float
"""What is measured; it may be below 0."""
Party = Annotated[str | None, _refs("teams", "people")]
Parties = Annotated[tuple[str, ...], _refs("teams", "people")]
Systems = Annotated[tuple[str, ...], _refs("systems")]
Data = Annotated[tuple[str, ...], _refs("data")]
Initiatives = Annotated[tuple[str, ...], _refs("initiatives")]
CalendarId = Annotated[str | None, _refs("calendars")]
PortfolioId = Annotated[str | None, _refs("portfolios")]
Days = dict[date, str]
"""Dates as keys (written as TOML keys, `2027-12-24 = "Christmas Eve"`) with what each is called."""
DayByParty = Annotated[dict[str, date], _refs("teams", "people")]
Score = Annotated[int, Meta(ge=1, le=5)]
Percent = Annotated[int, Meta(ge=0, le=100)] | Annotated[float, Meta(ge=0, le=100)]
People = Annotated[int, Meta(ge=0)] | Annotated[float, Meta(ge=0)]
"""How many people at once; half a person is half of one's time."""
Count = Annotated[int, Meta(ge=0)]

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Kind = Literal["feature", "integration", "foundation", "campaign", "review", "milestone"]
Status = Literal["proposed", "planned", "active", "paused", "done", "dropped"]
SystemStatus = Literal["planned", "live", "retiring", "retired"]
Standing = Literal["approved", "trial", "exception", "unreviewed"]
Classification = Literal["public", "internal", "confidential", "personal", "special"]
Severity = Literal["error", "warning", "info"]
Loudness = Literal["error", "warning", "info", "off"]
"""What `[checks.severity]` can say of a rule."""

Grouping = Literal["portfolio", "group", "owner", "status", "outcome", "journey", "none"]
"""What initiatives can be grouped by; the first where nothing else is asked for."""
ColumnName = Literal[
    "title", "id", "kind", "portfolio", "group", "owner", "status", "priority",
    "start", "estimate", "duration", "finish", "deadline", "announced", "moved", "float",
    "free_float", "progress", "value", "cost", "delay_cost", "outcomes", "journey", "uses",
    "skills", "tags", "conflicts", "next",
]  # fmt: skip
"""What a table of initiatives can show of each."""
Sort = Literal[
    "title", "id", "kind", "portfolio", "group", "owner", "status", "priority",
    "start", "estimate", "duration", "finish", "deadline", "announced", "float", "free_float",
    "progress", "value", "cost", "delay_cost", "outcomes", "journey", "conflicts", "next",
    "-title", "-id", "-kind", "-portfolio", "-group", "-owner", "-status", "-priority",
    "-start", "-estimate", "-duration", "-finish", "-deadline", "-announced", "-float",
    "-free_float", "-progress", "-value", "-cost", "-delay_cost", "-outcomes", "-journey",
    "-conflicts", "-next",
]  # fmt: skip
"""What initiatives can be sorted by; with a minus before it, the other way round."""


class Entity(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One table of the file. `id` is the table's key and is not written among its keys."""

    id: str = ""

    @property
    def label(self) -> str:
        """What to call it on a screen: its title, else its name, else its id."""
        return getattr(self, "title", None) or getattr(self, "name", None) or self.id


class Settings(Entity, frozen=True, kw_only=True):
    """`[roadmap]`: the roadmap itself."""

    title: Text = None
    start: Annotated[date | None, _usual()] = None
    status_date: Annotated[date | None, _usual()] = None
    calendar: Annotated[str | None, _usual("calendars")] = None
    currency: Text = None
    near_critical: Annotated[int, Meta(ge=0)] = 5
    main_launch: Annotated[str | None, _usual("initiatives")] = None


class Portfolio(Entity, frozen=True, kw_only=True):
    """A side at the table; `marketing`, `it` and `joint` exist without one."""

    title: Text = None
    lead: Annotated[str | None, _usual("people", "teams")] = None
    budget: Annotated[Money | None, _usual()] = None


class Calendar(Entity, frozen=True, kw_only=True):
    """A working calendar. Defaults to Monday to Friday without holidays."""

    title: Text = None
    workdays: Annotated[tuple[Weekday, ...] | None, _usual()] = None
    country: Text = None
    region: str | None = None
    holidays: Annotated[Days, _unnamed("Holiday")] = {}
    working: Annotated[Days, _unnamed("Working day")] = {}


class Freeze(Entity, frozen=True, kw_only=True):
    """A change freeze; `start` and `end` are both inclusive. All systems if none is named."""

    title: Text = None
    start: Annotated[date | None, _usual()] = None
    end: Annotated[date | None, _usual()] = None
    systems: Annotated[tuple[str, ...], _usual("systems")] = ()
    blocks: Annotated[Literal["release", "work"], _usual()] = "release"
    exempt: Initiatives = ()


class TeamEntity(Entity, frozen=True, kw_only=True):
    """Who can own work. `capacity` is people at once; `capacity_from` what it is from a day on."""

    title: Text = None
    portfolio: Annotated[str | None, _usual("portfolios")] = None
    lead: Annotated[str | None, _usual("people")] = None
    capacity: Annotated[People | None, _usual()] = None
    calendar: CalendarId = None
    capacity_from: dict[date, People] = {}


class Person(Entity, frozen=True, kw_only=True):
    """A named person, here up to `until`; `bridges` marks a role that crosses the line."""

    name: Text = None
    email: Text = None
    team: Annotated[str | None, _usual("teams")] = None
    role: Text = None
    skills: Strings = ()
    until: date | None = None
    bridges: bool = False


class System(Entity, frozen=True, kw_only=True):
    """A system or a vendor's tool."""

    title: Text = None
    owner: Annotated[str | None, _usual("teams")] = None
    status: Annotated[SystemStatus | None, _usual()] = None
    vendor: Text = None
    standing: Annotated[Standing | None, _usual()] = None
    standing_until: date | None = None
    supported_until: date | None = None
    capabilities: Annotated[tuple[str, ...], _usual()] = ()
    connects: Systems = ()
    data: Annotated[tuple[str, ...], _usual("data")] = ()
    customer_facing: bool = False
    reviews: DayByParty = {}
    cost_per_year: Money | None = None


class DataClass(Entity, frozen=True, kw_only=True):
    """A class of data."""

    title: Text = None
    classification: Annotated[Classification | None, _usual()] = None
    steward: Annotated[str | None, _usual("teams")] = None


class Outcome(Entity, frozen=True, kw_only=True):
    """What the roadmap is for. `value` is per year."""

    title: Text = None
    hypothesis: Notes = None
    kpi: Text = None
    unit: Text = None
    baseline: Annotated[Figure | None, _usual()] = None
    target: Annotated[Figure | None, _usual()] = None
    by: Annotated[date | None, _usual()] = None
    readings: dict[date, Figure] = {}
    source: str | None = None
    owner: Annotated[str | None, _usual("teams", "people")] = None
    value: Annotated[Money | None, _usual()] = None
    answers: dict[date, str] = {}


class Group(Entity, frozen=True, kw_only=True):
    """A programme or theme; holds no dates and no links."""

    title: Text = None
    part_of: Annotated[str | None, _usual("groups")] = None


ALTERS = ("changes", "introduces", "retires")
"""The keys of the systems that are not the same after an initiative."""


class Initiative(Entity, frozen=True, kw_only=True):
    """A piece of work. `owner` is the one accountable team; see `accountables` for a list."""

    # what
    title: Text = None
    short: str | None = None
    kind: Annotated[Kind | None, _usual()] = None
    part_of: Annotated[str | None, _usual("groups")] = None
    portfolio: PortfolioId = None
    status: Annotated[Status, _usual()] = "planned"
    priority: Score | None = None
    journey: Strings = ()
    tags: Strings = ()
    notes: Notes = None
    urls: Strings = ()
    # who
    owner: Annotated[tuple[str, ...], _usual("teams", "people")] = ()
    responsible: Parties = ()
    consulted: Parties = ()
    informed: Parties = ()
    reviews: DayByParty = {}
    skills: Strings = ()
    staff: Annotated[dict[str, People], _refs("teams")] = {}
    # how long
    estimate: Annotated[Estimate | None, _usual()] = None
    estimated_by: Party = None
    calendar: CalendarId = None
    # how far
    actual_start: date | None = None
    actual_finish: date | None = None
    percent_complete: Percent | None = None
    remaining: Length | None = None
    # when
    start_no_earlier_than: date | None = None
    start_no_later_than: date | None = None
    finish_no_earlier_than: date | None = None
    finish_no_later_than: date | None = None
    must_start_on: date | None = None
    must_finish_on: date | None = None
    as_late_as_possible: bool = False
    deadline: Annotated[date | None, _usual()] = None
    announced: date | None = None
    # after what
    needs: Annotated[tuple[Need, ...], _usual("initiatives")] = ()
    awaits: Annotated[tuple[str, ...], _refs("decisions")] = ()
    relates: Initiatives = ()
    # touches
    uses: Systems = ()
    changes: Systems = ()
    introduces: Systems = ()
    replaces: Systems = ()
    retires: Systems = ()
    processes: Data = ()
    activates: Data = ()
    # worth
    outcomes: Annotated[tuple[str, ...], _usual("outcomes")] = ()
    cost: Annotated[Amount | dict[str, Amount] | None, _refs("portfolios")] = None
    accelerate: Acceleration | None = None
    value: Annotated[dict[str, Score], _refs("portfolios")] = {}

    @property
    def accountable(self) -> str | None:
        """The one accountable team or person: the first named, or None."""
        return self.owner[0] if self.owner else None

    @property
    def alters(self) -> tuple[str, ...]:
        """The systems that are not the same after it: it changes, introduces or retires them."""
        return tuple(dict.fromkeys(system for key in ALTERS for system in getattr(self, key)))

    @property
    def is_milestone(self) -> bool:
        """Whether it takes no time: by its kind, or by an estimate of 0."""
        return self.kind == "milestone" or (self.estimate is not None and self.estimate.is_zero)

    @property
    def effective_kind(self) -> Kind:
        """Its kind; where none is written, `milestone` for an estimate of 0, else `feature`."""
        return self.kind or ("milestone" if self.is_milestone else "feature")

    @property
    def is_launch(self) -> bool:
        """A milestone, a campaign, or announced outside: a deadline alone makes no launch."""
        return self.kind == "campaign" or self.announced is not None or self.is_milestone

    @property
    def is_idea(self) -> bool:
        """Only proposed: scheduled, but no plan. What has started is none, whatever its status."""
        return self.status == "proposed" and self.actual_start is None and self.open

    @property
    def open(self) -> bool:
        """Neither done nor dropped, by what its status says."""
        return self.status not in ("done", "dropped") and self.actual_finish is None


class Agreement(Entity, frozen=True, kw_only=True):
    """Who does what where marketing and IT overlap, and what each may do without asking."""

    title: Text = None
    accountable: Annotated[tuple[str, ...], _usual("teams", "people")] = ()
    responsible: Annotated[tuple[str, ...], _usual("teams", "people")] = ()
    consulted: Parties = ()
    informed: Parties = ()
    capabilities: Strings = ()
    systems: Annotated[tuple[str, ...], _usual("systems")] = ()
    data: Data = ()
    access: Annotated[Classification | None, _usual()] = None
    limit: Money | None = None
    why: Notes = None
    agreed: Annotated[dict[str, date], _usual("portfolios")] = {}
    review_by: Annotated[date | None, _usual()] = None

    @property
    def parties(self) -> tuple[str, ...]:
        """The teams and people that it names."""
        return (*self.accountable, *self.responsible, *self.consulted, *self.informed)

    @property
    def of_both(self) -> bool:
        """Whether both sides agreed to it."""
        return all(side in self.agreed for side in BOTH)


class Decision(Entity, frozen=True, kw_only=True):
    """A decision that work waits for."""

    title: Text = None
    options: Strings = ()
    needed_by: Annotated[date | None, _usual()] = None
    decided: Annotated[date | None, _usual()] = None
    choice: Text = None
    owner: Annotated[str | None, _usual("teams", "people")] = None


class Action(Entity, frozen=True, kw_only=True):
    """What somebody promised to do in a meeting. It has no bar, no load and no launch."""

    title: Text = None
    owner: Annotated[str | None, _usual("people", "teams")] = None
    due: Annotated[date | None, _usual()] = None
    done: Annotated[date | None, _usual()] = None
    meeting: Annotated[str | None, _usual("meetings")] = None


class Meeting(Entity, frozen=True, kw_only=True):
    """When the two sides meet."""

    title: Text = None
    every: Annotated[Length | None, _usual()] = None
    last: Annotated[date | None, _usual()] = None
    attends: Annotated[tuple[str, ...], _usual("teams", "people")] = ()


class Term(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a word means: one meaning for all (`agreed`), or one for each side."""

    marketing: str | None = None
    it: str | None = None
    agreed: str | None = None


FOUND_ON = ("initiatives", "systems", "data", "outcomes", "agreements", "decisions", "freezes",
            "people", "teams", "portfolios", "meetings")  # fmt: skip
"""The kinds of table that a finding is on or made what it is by."""


class Waiver(Entity, frozen=True, kw_only=True):
    """A finding that both sides accept for now."""

    rule: Text = None
    on: Annotated[tuple[str, ...], _usual(*FOUND_ON)] = ()
    reason: Text = None
    by: Annotated[str | None, _usual("people", "teams"), Meta(extra={"free": True})] = None
    until: Annotated[date | None, _usual()] = None


class Checks(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`[checks]`: active rules, their severities and thresholds by name."""

    ignore: tuple[str, ...] = ()
    severity: dict[str, Loudness] = {}
    wip: Annotated[Count | dict[str, Count] | None, _refs("teams")] = None
    reviews_for: Annotated[dict[str, tuple[str, ...]], _refs("teams", "people")] = {}
    thresholds: dict[str, Any] = {}
    """Every other key, as written: numbers, and lengths such as ``assumed_estimate = "2w"``."""


class View(Entity, frozen=True, kw_only=True):
    """A saved view: which rows of the board, under which headings, in which order and columns."""

    title: Text = None
    query: Text = None
    group_by: Annotated[Grouping | None, _usual()] = None
    sort: Annotated[Sort | None, _usual()] = None
    columns: Annotated[tuple[ColumnName, ...], _usual()] = ()


KINDS: dict[str, type[Entity]] = {
    "portfolios": Portfolio,
    "calendars": Calendar,
    "freezes": Freeze,
    "teams": TeamEntity,
    "people": Person,
    "systems": System,
    "data": DataClass,
    "outcomes": Outcome,
    "groups": Group,
    "initiatives": Initiative,
    "agreements": Agreement,
    "decisions": Decision,
    "actions": Action,
    "meetings": Meeting,
    "waivers": Waiver,
    "views": View,
}
"""The kinds of keyed table, in the order in which the format names them."""

SINGLES = ("roadmap", "checks", "glossary")
"""Tables that are one for the whole roadmap."""

Tables = Mapping[str, Mapping[str, Any]]
"""A whole roadmap's tables as written: kind → id → keys. Single ones have the id ``""``."""


class Origin(Struct, frozen=True):
    """Which file a table was read from; its line is asked of the text when it is needed."""

    file: str


class Roadmap(Struct, frozen=True, kw_only=True):
    """Everything one roadmap says, read and validated. Each mapping is in file order by id."""

    title: str = ""
    settings: Settings = field(default_factory=Settings)
    portfolios: dict[str, Portfolio] = {}
    calendars: dict[str, Calendar] = {}
    freezes: dict[str, Freeze] = {}
    teams: dict[str, TeamEntity] = {}
    people: dict[str, Person] = {}
    systems: dict[str, System] = {}
    data: dict[str, DataClass] = {}
    outcomes: dict[str, Outcome] = {}
    groups: dict[str, Group] = {}
    initiatives: dict[str, Initiative] = {}
    agreements: dict[str, Agreement] = {}
    decisions: dict[str, Decision] = {}
    actions: dict[str, Action] = {}
    meetings: dict[str, Meeting] = {}
    glossary: dict[str, Term] = {}
    waivers: dict[str, Waiver] = {}
    checks: Checks = field(default_factory=Checks)
    views: dict[str, View] = {}
    origins: dict[tuple[str, str], Origin] = {}
    """(kind, id) to where it was read; single tables have the id ``""``."""

    def table(self, kind: str) -> dict[str, Entity]:
        """All entities of one keyed kind, by id."""
        found: dict[str, Entity] = getattr(self, kind)
        return found

    def portfolio_of(self, initiative: Initiative) -> str | None:
        """Its own `portfolio`, else its owner's, else its file's name where that is a portfolio."""
        if initiative.portfolio:
            return initiative.portfolio
        owner = initiative.accountable
        if owner is not None and (side := self.side_of_party(owner)):
            return side
        origin = self.origins.get(("initiatives", initiative.id))
        if origin is not None:
            stem = origin.file.rsplit("/", 1)[-1].removesuffix(".toml")
            if stem in self.portfolios or stem in STANDARD:
                return stem
        return None

    def side_of_party(self, party: str) -> str | None:
        """The portfolio of a team, or of a person's team; None where there is none."""
        person = self.people.get(party)
        team = self.teams.get(person.team or "" if person else party)
        return team.portfolio if team is not None else None

    def yet_to_agree(self, agreement: Agreement) -> list[str]:
        """Marketing, IT or both: the sides that a working agreement names by their teams and people
        and that have not agreed to it; where it names neither, both have to.
        """
        sides = {
            side for party in agreement.parties for side in belongs_to(self.side_of_party(party))
        }
        asked = [side for side in BOTH if side in sides] or BOTH
        return [side for side in asked if side not in agreement.agreed]

    def end_of(self, initiative: Initiative) -> str | None:
        """The side that stands at its end of a handover: `EXTERNAL` where its owner has none; None
        where nobody owns it either.
        """
        side = self.portfolio_of(initiative)
        return side or (EXTERNAL if initiative.accountable else None)

    def party_title(self, party: str) -> str:
        """What a team or a person is called in a sentence: by title or name, else by id."""
        entity = self.teams.get(party) or self.people.get(party)
        return entity.label if entity is not None else party

    def side_title(self, side: str | None) -> str:
        """What a side is called, wherever it is named."""
        portfolio = self.portfolios.get(side or "")
        return title_of(side, portfolio.title if portfolio is not None else None)
