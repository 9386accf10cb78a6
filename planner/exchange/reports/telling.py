"""What a picture says to a reader who does not see it: a title and five sentences."""

from __future__ import annotations

from collections.abc import Iterator

from planner.exchange.reports.facts import Facts, Launch
from planner.roadmap.figures import count, date_text, listed


def titled(facts: Facts) -> str:
    """``Acme 2027: Marketing and IT on one time axis``."""
    sides = [facts.side_title(side) for side in facts.sides]
    return f"{facts.title}: {listed(sides)} on one time axis" if sides else facts.title


def described(facts: Facts) -> str:
    """Five sentences: the main launch, its path, handovers, the sides, and the freezes."""
    return " ".join(_sentences(facts))


def _sentences(facts: Facts) -> Iterator[str]:
    main = next((one for one in facts.launches if one.main), None)
    yield _forecast(facts, main) if main is not None else "No launch is planned."
    path = [work.names[-1] for work in facts.works if work.critical]
    yield f"Its critical path is {', then '.join(path)}." if path else "No path drives a date."
    yield _handovers(facts)
    yield f"{'; '.join(_sides(facts)) or 'No work has dates'}."
    yield _frozen(facts)


def _forecast(facts: Facts, main: Launch) -> str:
    said = f"{main.names[0]} is forecast for {date_text(main.finish, facts.as_of)}"
    if main.due is None:
        return f"{said}."
    what = "the announced" if main.announced else "its deadline of"
    due = f"{what} {date_text(main.due, facts.as_of)}"
    if main.late is not None:
        return f"{said}, {main.late.amount} after {due}."
    early = facts.schedule.shift(main.finish, main.due)
    return f"{said}, {early.amount} before {due}." if early else f"{said}, on {due}."


def _handovers(facts: Facts) -> str:
    total = len(facts.crossings)
    if not total:
        return "Nothing is handed over between the sides."
    return f"{facts.open_crossings} of {count(total, 'handover')} to come are not agreed."


def _sides(facts: Facts) -> Iterator[str]:
    for side in facts.sides:
        works = facts.of_side(side)
        late = sum(work.late for work in works)
        yield f"{facts.side_title(side)} has {count(len(works), 'initiative')}, {late} late"


def _frozen(facts: Facts) -> str:
    names = [freeze.name for freeze in facts.freezes]
    today = f"today is {date_text(facts.as_of, facts.as_of)}"
    return f"Marked are {listed(names)}, and {today}." if names else f"{today.capitalize()}."
