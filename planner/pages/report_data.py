"""One page on a class of data, for a privacy officer: who uses it, where it is, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.analysis.report_data import (
    agreements_about,
    altering,
    asked_to_review,
    consent_of,
    holders_of,
    missing_for,
    providers_of_consent,
    reviewed,
    use_of,
    users_of,
    without_consent,
    without_review,
)
from planner.pages import signs
from planner.pages.asks import in_plain_words
from planner.pages.lines import Line, Page
from planner.pages.parties import party_name, side_name
from planner.pages.report import head_of
from planner.pages.report_sections import UNKNOWN, Cell, Section, Table
from planner.plan.model import Plan
from planner.roadmap.entities import Agreement
from planner.roadmap.figures import count, date_text, listed
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_report_data import (
    DataAgreement,
    DataProvider,
    DataShown,
    DataSystem,
    DataWork,
    MissingRow,
)
from planner.roadmap.sides import BOTH
from planner.text.visible import visible

RETENTION = "How long it is kept is not written in a roadmap."
"""What is asked too, and has no key."""


# --- the values -----------------------------------------------------------------------------------


def data_shown(plan: Plan, data: str, revision: str | None = None) -> DataShown:
    """All that the page says of a class of data."""
    one = plan.roadmap.data.get(data)
    asked = asked_to_review(plan, data)
    return DataShown(
        schema=SCHEMA,
        roadmap=visible(plan.roadmap.title),
        as_of=plan.as_of,
        revision=revision,
        id=data,
        title=visible(one.label if one is not None else data),
        classification=one.classification if one is not None else None,
        personal=plan.context.is_personal((data,)),
        steward=party_name(plan, one.steward) if one is not None and one.steward else None,
        reviewers=tuple(party_name(plan, party) for party in asked),
        work=tuple(_works(plan, data, asked)),
        systems=tuple(_system(plan, id) for id in holders_of(plan, data)),
        consent=tuple(_providers(plan)) if plan.context.is_personal((data,)) else (),
        agreements=tuple(_agreement(plan, each) for each in agreements_about(plan, data)),
        missing=tuple(_missing(plan, data)),
    )


def _works(plan: Plan, data: str, asked: Iterable[str]) -> Iterator[DataWork]:
    lacking, parties = without_consent(plan), list(asked)
    unseen = without_review(plan, data)
    for one in users_of(plan, data):
        dates, side = plan.schedule.get(one.id), plan.context.sides[one.id]
        yield DataWork(
            id=one.id,
            title=visible(one.label),
            team=party_name(plan, one.accountable) if one.accountable else None,
            side=side_name(plan, side) if side else None,
            status=one.status,
            use=use_of(one, data),
            start=dates.start if dates is not None else None,
            finish=dates.finish if dates is not None else None,
            reviews={party_name(plan, party): reviewed(plan, one, party) for party in parties},
            lacking=tuple(party_name(plan, party) for party in unseen.get(one.id, ())),
            consent=consent_of(plan, one, data, lacking),
        )


def _system(plan: Plan, id: str) -> DataSystem:
    one, titles = plan.roadmap.systems[id], plan.roadmap.initiatives
    return DataSystem(
        id=id,
        title=visible(one.label),
        team=party_name(plan, one.owner) if one.owner else None,
        vendor=visible(one.vendor) if one.vendor else None,
        status=one.status,
        standing=one.standing,
        standing_until=one.standing_until,
        reviews={party_name(plan, party): day for party, day in one.reviews.items()},
        connects=tuple(_system_title(plan, other) for other in one.connects),
        changed_by=tuple(visible(titles[work].label) for work in altering(plan, id)),
    )


def _system_title(plan: Plan, id: str) -> str:
    one = plan.roadmap.systems.get(id)
    return visible(one.label if one is not None else id)


def _providers(plan: Plan) -> Iterator[DataProvider]:
    for system, work in providers_of_consent(plan):
        dates = plan.schedule.get(work) if work is not None else None
        yield DataProvider(
            id=system,
            title=_system_title(plan, system),
            status=plan.roadmap.systems[system].status,
            by=visible(plan.roadmap.initiatives[work].label) if work is not None else None,
            live=dates.finish if dates is not None else None,
        )


def _agreement(plan: Plan, one: Agreement) -> DataAgreement:
    return DataAgreement(
        id=one.id,
        title=visible(one.label),
        accountable=tuple(party_name(plan, party) for party in one.accountable),
        responsible=tuple(party_name(plan, party) for party in one.responsible),
        access=one.access,
        agreed={side_name(plan, side): one.agreed.get(side) for side in BOTH},
        review_by=one.review_by,
    )


def _missing(plan: Plan, data: str) -> Iterator[MissingRow]:
    for one in missing_for(plan, data):
        who = party_name(plan, one.who.team) if one.who.team else ""
        side = side_name(plan, one.who.side) if one.who.side else ""
        text = in_plain_words(plan, one, one.message)
        yield MissingRow(
            code=one.code,
            text=f"{text[:1].upper()}{text[1:]}",
            next=", ".join(filter(None, (who, side))),
        )


# --- the words ------------------------------------------------------------------------------------


def data_headline(shown: DataShown) -> str:
    """``Customer profile: 12 initiatives use it, 9 systems hold it, 5 things are missing``."""
    work, systems, missing = len(shown.work), len(shown.systems), len(shown.missing)
    uses = f"{count(work, 'initiative')} {'uses' if work == 1 else 'use'} it"
    holds = f"{count(systems, 'system')} {'holds' if systems == 1 else 'hold'} it"
    lacks = f"{count(missing, 'thing')} {'is' if missing == 1 else 'are'} missing"
    return f"{head_of(shown.title)}: {uses}, {holds}, {lacks if missing else 'nothing is missing'}."


def data_lede(shown: DataShown) -> str:
    """How the data are classified, who looks after them, who gives a view, and since when not."""
    kind = shown.classification or "Not classified"
    steward = shown.steward or "nobody is named"
    said = [f"{kind.capitalize()} data; steward: {steward}."]
    if shown.reviewers:
        said.append(f"Work with it is reviewed by {listed(shown.reviewers)}.")
    said.append(RETENTION)
    return " ".join(said)


def data_status(shown: DataShown) -> str:
    """What it was made of."""
    revision = f", revision {shown.revision}" if shown.revision else ""
    return f"{shown.roadmap} as of {date_text(shown.as_of, date.min)}{revision}."


def data_sections(shown: DataShown) -> tuple[Section, ...]:
    """The tables of the page, what is missing first."""
    made = (_missing_table(shown), _work_table(shown), _systems_table(shown),
            _consent_table(shown), _agreements_table(shown))  # fmt: skip
    return tuple(Section(table.title, table.title, "", (table,)) for table in made if table.rows)


def _day(shown: DataShown, day: date | None) -> str:
    return date_text(day, shown.as_of) if day is not None else UNKNOWN


def _missing_table(shown: DataShown) -> Table:
    rows = tuple((Cell(one.text), Cell(one.next or "nobody named")) for one in shown.missing)
    return Table("What is missing", ("Missing", "Next to move"), rows)


def _work_table(shown: DataShown) -> Table:
    return Table(
        title="Who uses it",
        heads=("Work", "Team", "Use", "From", "To", "Reviewed", "Consent"),
        rows=tuple(_work_row(shown, one) for one in shown.work),
    )


def _work_row(shown: DataShown, one: DataWork) -> tuple[Cell, ...]:
    team = ", ".join(filter(None, (one.team, one.side))) or "nobody named"
    return (
        Cell(one.title, "strong"),
        Cell(team),
        Cell("on customers" if one.use == "on customers" else "worked with"),
        Cell(_day(shown, one.start), "figure"),
        Cell(_day(shown, one.finish), "figure"),
        _reviewed(shown, one),
        _consent(shown, one),
    )


def _reviewed(shown: DataShown, one: DataWork) -> Cell:
    if not one.reviews:
        return Cell("not asked for")
    if one.lacking:
        return Cell(f"{signs.ERROR} not by {listed(one.lacking)}", "late")
    days = [date_text(day, shown.as_of) for day in one.reviews.values() if day is not None]
    if days:
        return Cell(f"{signs.AGREED} {listed(days)}")
    if one.status == "done":
        return Cell("no, and it is done")
    own = one.team in one.reviews
    return Cell("own work" if own else "as agreed")


def _consent(shown: DataShown, one: DataWork) -> Cell:
    """Consent may be there in time and still not be waited for: then nothing keeps it so."""
    if one.consent is None:
        return Cell("not needed")
    if one.consent:
        return Cell(f"{signs.AGREED} before it")
    return Cell(f"{signs.ERROR} {'not waited for' if shown.consent else 'none'}", "late")


def _systems_table(shown: DataShown) -> Table:
    return Table(
        title="Which systems hold it",
        heads=("System", "Vendor", "Owner", "State", "Reviewed", "Passes data to", "Changed by"),
        rows=tuple(_system_row(shown, one) for one in shown.systems),
    )


def _system_row(shown: DataShown, one: DataSystem) -> tuple[Cell, ...]:
    standing = one.standing or "no standing"
    until = f" to {_day(shown, one.standing_until)}" if one.standing_until else ""
    state = f"{one.status or 'no status'}, {standing}{until}"
    reviews = [f"{who} {_day(shown, day)}" for who, day in one.reviews.items()]
    return (
        Cell(one.title, "strong"),
        Cell(one.vendor or UNKNOWN),
        Cell(one.team or "nobody named", "text" if one.team else "late"),
        Cell(state, "text" if one.standing == "approved" else "late"),
        Cell(listed(reviews) if reviews else "not written"),
        Cell(listed(map(head_of, one.connects)) if one.connects else "nothing written"),
        Cell(listed(map(head_of, one.changed_by)) if one.changed_by else UNKNOWN),
    )


def _consent_table(shown: DataShown) -> Table:
    rows = tuple(
        (
            Cell(one.title, "strong"),
            Cell(one.status or "no status"),
            Cell(one.by or UNKNOWN),
            Cell(_day(shown, one.live)),
        )
        for one in shown.consent
    )
    return Table("Where consent comes from", ("System", "State", "Brought by", "Live on"), rows)


def _agreements_table(shown: DataShown) -> Table:
    rows = tuple(
        (
            Cell(one.title, "strong"),
            Cell(listed(one.accountable) or "nobody named"),
            Cell(listed(one.responsible) or UNKNOWN),
            Cell(one.access or UNKNOWN),
            Cell(listed(f"{side} {_day(shown, day)}" for side, day in one.agreed.items() if day)
                 or "by nobody yet"),
            Cell(_day(shown, one.review_by)),
        )
        for one in shown.agreements
    )  # fmt: skip
    heads = ("Agreement", "Accountable", "Responsible", "Up to", "Agreed", "Review by")
    return Table("What is agreed", heads, rows)


# --- in a terminal --------------------------------------------------------------------------------


def data_lines(shown: DataShown, width: int) -> list[Line]:
    """The page in a terminal."""
    page = Page(width)
    page.text(data_headline(shown), "title")
    page.text(data_lede(shown))
    for section in data_sections(shown):
        page.title(section.title)
        for table in section.tables:
            for row in table.rows:
                _row(page, table, row)
    page.line()
    page.text(data_status(shown), "dim")
    return page.lines


def _row(page: Page, table: Table, row: tuple[Cell, ...]) -> None:
    """The header of a row, and what is known beside it."""
    head, *cells = row
    page.text(head.text, "strong")
    known: list[Line] = [
        ((f"{name.lower()}: {cell.text}", "critical" if cell.role == "late" else "text"),)
        for name, cell in zip(table.heads[1:], cells, strict=True)
        if cell.text != UNKNOWN
    ]
    if known:
        page.flow(known, "  ", "    ")
