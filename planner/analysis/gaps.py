"""Both sides next to each other, by capability, system, outcome, journey stage and skill.

For each: who works on it, who answers for it, and whether an agreement says who does what. What
only one side does, what both do and what nobody owns follow from that, and so does the question
that a lead brings to the other side. Only open work counts; joint work is work of both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.plan.model import Plan
from planner.roadmap.entities import Agreement, Initiative, Person
from planner.roadmap.fields import keys_naming
from planner.roadmap.figures import listed
from planner.roadmap.ids import as_one_word
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_gaps import BridgeRow, GapsShown, OverlapRow, Standing, Subject
from planner.roadmap.sides import BOTH, JOINT, STANDARD, belongs_to, crosses, in_order

BySide = dict[str, tuple[str, ...]]
Question = tuple[str, set[str]]
"""What to ask, and the sides whose lead asks it."""

SUBJECTS: dict[Subject, str] = {
    "capability": "Capabilities",
    "system": "Systems",
    "outcome": "Outcomes",
    "journey": "Journey stages",
    "skill": "Skills",
}
"""What is compared, in the order in which it is shown."""

STANDINGS: dict[Standing, str] = {
    "unowned": "nobody owns it",
    "across": "one side's work, the other's to own",
    "both": "both sides work on it",
    "one_side": "one side alone",
    "no_work": "no open work",
}
"""How the sides can stand, what has to be asked first."""

SKILL_STANDINGS: dict[Standing, str] = {
    "unowned": "nobody has it",
    "across": "only the other side has it",
    "both": "both sides ask for it",
    "one_side": "one side alone",
    "no_work": "nobody asks for it",
}
"""The same for skills, which are had, not owned."""

SHORT: dict[Standing, str] = {
    "unowned": "nobody",
    "across": "across",
    "both": "both",
    "one_side": "one side",
    "no_work": "no work",
}
"""The same in a word or two."""

TOUCHES = keys_naming("initiatives", "systems")
CHANGES = tuple(key for key in TOUCHES if key != "uses")
"""The keys by which work touches a system; what only uses one relies on it as it is."""

STARTS = {
    "capability": "systems or agreements with `capabilities`",
    "system": "a `[systems]` table, or work that names one in `uses` or `changes`",
    "outcome": "an `[outcomes]` table",
    "journey": "work with a `journey`",
    "skill": "people with `skills`, or work that asks for them",
}
"""What makes each comparison active."""


def standing_words(row: OverlapRow) -> str:
    """How the sides stand on one thing."""
    return (SKILL_STANDINGS if row.subject == "skill" else STANDINGS)[row.standing]


def gaps_of(plan: Plan) -> GapsShown:
    """All five comparisons and the people between the sides."""
    found = _Compared(plan.context)
    makers = (found.capabilities, found.systems, found.outcomes, found.journeys, found.skills)
    order = list(STANDINGS)
    shown = tuple(row for made in makers for row in sorted(made(), key=partial(_order, order)))
    return GapsShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        sides=_side_names(plan.context, shown),
        rows=shown,
        bridges=tuple(_bridges(plan.context)),
    )


def _side_names(context: Context, rows: Iterable[OverlapRow]) -> dict[str, str]:
    used = {side for row in rows for side in (*row.work, *row.owners)}
    known = {*STANDARD, *context.roadmap.portfolios, *used, ""}
    return {side: context.roadmap.side_title(side) for side in in_order(known)}


def _order(order: list[Standing], row: OverlapRow) -> tuple[bool, int, str]:
    return row.question is None, order.index(row.standing), row.id


class _Compared:
    """The comparisons of one plan."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.roadmap = context.roadmap
        self.touching = _by_each(
            context.open, lambda one: (s for key in TOUCHES for s in getattr(one, key))
        )

    def capabilities(self) -> Iterator[OverlapRow]:
        """What systems can do, whoever runs them; retired ones left out."""
        offering: dict[str, list[str]] = {}
        for system in self.roadmap.systems.values():
            for capability in system.capabilities if system.status != "retired" else ():
                offering.setdefault(capability, []).append(system.id)
        covering = self._covering("capabilities")
        for name in dict.fromkeys((*offering, *covering)):
            systems = offering.get(name, [])
            touching = {one.id: one for s in systems for one in self.touching.get(s, ())}
            teams = [self.roadmap.systems[system].owner for system in systems]
            yield self._row("capability", name, name, touching.values(), teams, covering)

    def systems(self) -> Iterator[OverlapRow]:
        """Every system that the file names, and is not retired."""
        covering = self._covering("systems")
        for id in dict.fromkeys((*self.roadmap.systems, *self.touching)):
            system = self.roadmap.systems.get(id)
            if system is None or system.status != "retired":
                title, owner = (system.label, system.owner) if system is not None else (id, None)
                touching = self.touching.get(id, ())
                yield self._row("system", id, title, touching, [owner], covering)

    def outcomes(self) -> Iterator[OverlapRow]:
        """Every outcome, with the work that names it."""
        behind = _by_each(self.context.open, lambda one: one.outcomes)
        for one in self.roadmap.outcomes.values():
            yield self._row("outcome", one.id, one.label, behind.get(one.id, ()), [one.owner], {})

    def journeys(self) -> Iterator[OverlapRow]:
        """Every stage that work names; its owners are those of the work."""
        there = _by_each(self.context.open, lambda one: one.journey)
        past = _by_each(self.context.having("journey"), lambda one: one.journey)
        for stage in past:
            work = there.get(stage, ())
            owners = [one.accountable for one in work or past[stage]]
            yield self._row("journey", stage, stage, work, owners, {})

    def skills(self) -> Iterator[OverlapRow]:
        """Every skill that open work asks for or a person has."""
        asking = _by_each(self.context.open, lambda one: one.skills)
        had = (skill for person in self.roadmap.people.values() for skill in person.skills)
        for skill in dict.fromkeys((*asking, *had)):
            people = self.context.skilled.get(as_one_word(skill), [])
            yield self._row("skill", skill, skill, asking.get(skill, ()), people, {})

    def _covering(self, key: str) -> dict[str, list[Agreement]]:
        found: dict[str, list[Agreement]] = {}
        for agreement in self.roadmap.agreements.values():
            for name in getattr(agreement, key):
                found.setdefault(name, []).append(agreement)
        return found

    def _row(
        self,
        subject: Subject,
        id: str,
        title: str,
        work: Iterable[Initiative],
        owners: Iterable[str | None],
        covering: Mapping[str, list[Agreement]],
    ) -> OverlapRow:
        work = tuple(work)
        agreements = covering.get(id, [])
        accountable = [party for one in agreements for party in one.accountable]
        answering = dict.fromkeys(filter(None, (*owners, *accountable)))
        owned = _grouped((self.context.party(party).side or "", party) for party in answering)
        done = _grouped((self.context.sides[one.id] or "", one.id) for one in work)
        row = OverlapRow(
            subject=subject,
            id=id,
            title=title,
            work=done,
            owners=owned,
            agreed=tuple(one.id for one in agreements if one.of_both),
            standing=_standing(done, owned),
            question=None,
            asked_by=(),
        )
        asked = self._question(row, work)
        return replace(row, question=asked[0], asked_by=tuple(in_order(asked[1]))) if asked else row

    # --- what to ask ------------------------------------------------------------------------------

    def _question(self, row: OverlapRow, work: Iterable[Initiative]) -> Question | None:
        """What which sides bring to the other one; None where there is nothing to ask."""
        if row.standing == "unowned":
            words = "who can do it?" if row.subject == "skill" else "who is accountable?"
            return words, _named(row.work) or set(BOTH)
        if row.agreed or row.standing == "no_work":
            return None
        match row.subject:
            case "capability":
                return self._run_twice(row)
            case "system":
                return self._changed(row, work)
            case "outcome":
                return self._on_others(row, work)
            case "skill":
                return self._lent(row)
        return None

    def _run_twice(self, row: OverlapRow) -> Question | None:
        """A capability that both sides run a system for."""
        if len(_named(row.owners) - {JOINT}) < 2:
            return None
        who = listed((party for parties in row.owners.values() for party in parties), 4)
        return f"both run something for it ({who}): which is for what?", _named(row.owners)

    def _changed(self, row: OverlapRow, work: Iterable[Initiative]) -> Question | None:
        """A system that both sides change, or that a side changes whose owner plans nothing."""
        by_side = _grouped(
            (self.context.sides[one.id] or "", one.id)
            for one in work
            if any(row.id in getattr(one, key) for key in CHANGES)
        )
        changing, owning = set(by_side) - {JOINT, ""}, set(row.owners) - {JOINT, ""}
        if len(changing) > 1:
            return "both change it; no agreement covers it", changing
        if not changing or not owning or changing & owning:
            return None
        ids = listed((id for ids in by_side.values() for id in ids), 3)
        owner = self._sides(row.owners)
        words = f"{self._sides(by_side)} changes it ({ids}); {owner} owns it: who does its part?"
        return words, changing

    def _on_others(self, row: OverlapRow, work: Iterable[Initiative]) -> Question | None:
        """An outcome that one side works on alone, with systems of the other."""
        sides = set(row.work)
        if len(sides) != 1 or sides & {JOINT, ""}:
            return None
        touched = dict.fromkeys(system for one in work for system in (*one.uses, *one.changes))
        (side,) = sides
        systems = [one for one in touched if crosses(side, self.context.system_side(one))]
        if not systems:
            return None
        owners = dict.fromkeys(self.context.system_side(one) for one in systems)
        other = listed(self.context.roadmap.side_title(side) for side in owners)
        return f"{other} plans nothing; it goes through {listed(systems, 3)}", sides

    def _lent(self, row: OverlapRow) -> Question | None:
        """A skill that one side asks for and only the other has."""
        if row.standing != "across":
            return None
        ids = listed((id for ids in row.work.values() for id in ids), 3)
        who = listed((person for people in row.owners.values() for person in people), 3)
        words = f"{self._sides(row.work)} asks for it ({ids}); only {who} can: is there time?"
        return words, _named(row.work)

    def _sides(self, by_side: BySide) -> str:
        return listed(self.context.roadmap.side_title(side) for side in by_side)


def _standing(work: BySide, owned: BySide) -> Standing:
    if not owned:
        return "unowned"
    if not work:
        return "no_work"
    working, owning = _named(work), _named(owned)
    if len(working) > 1:
        return "both"
    return "across" if working and owning and not working & owning else "one_side"


def _named(by_side: BySide) -> set[str]:
    """The sides, joint as both."""
    return {each for side in by_side for each in belongs_to(side)}


def only_of(gaps: GapsShown, ids: frozenset[str]) -> GapsShown:
    """The rows and the bridges with work among some initiatives."""
    rows, bridges = (
        tuple(row for row in found if any(not ids.isdisjoint(work) for work in row.work.values()))
        for found in (gaps.rows, gaps.bridges)
    )
    return replace(gaps, rows=rows, bridges=bridges)


def asked_by(gaps: GapsShown, side: str) -> list[OverlapRow]:
    """What the lead of a side brings to the other one, in the order of the comparisons."""
    return [row for row in gaps.rows if row.question and side in row.asked_by]


def _by_each(
    work: Iterable[Initiative], names: Callable[[Initiative], Iterable[str]]
) -> dict[str, list[Initiative]]:
    """Work by each of the things it names, each once."""
    found: dict[str, list[Initiative]] = {}
    for one in work:
        for name in dict.fromkeys(names(one)):
            found.setdefault(name, []).append(one)
    return found


def _grouped(pairs: Iterable[tuple[str, str]]) -> BySide:
    """Ids by side: marketing, IT, joint, others as they come, none last."""
    found: dict[str, list[str]] = {}
    for side, id in pairs:
        found.setdefault(side, []).append(id)
    return {side: tuple(found[side]) for side in in_order(found)}


# --- people between the sides ---------------------------------------------------------------------


def _bridges(context: Context) -> Iterator[BridgeRow]:
    """Those marked so first, then who is responsible on both sides without a word for it."""
    responsible = _by_each(context.open, lambda one: one.responsible)
    rows = [_bridge(context, one, responsible) for one in context.roadmap.people.values()]
    there = (row for row in rows if row.marked or len(_named(row.work)) > 1)
    yield from sorted(there, key=lambda row: not row.marked)


def _bridge(
    context: Context, person: Person, responsible: Mapping[str, list[Initiative]]
) -> BridgeRow:
    work = responsible.get(person.id, ())
    return BridgeRow(
        id=person.id,
        name=person.label,
        role=person.role,
        side=context.party(person.id).side or "",
        marked=person.bridges,
        work=_grouped((context.sides[one.id] or "", one.id) for one in work),
    )
