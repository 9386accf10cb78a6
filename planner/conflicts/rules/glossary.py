"""TERM: the words that both sides use, and whether they mean the same by them.

What an outcome is measured by is such a word too (OUT03).
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding, Next
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.roadmap.figures import count
from planner.roadmap.ids import as_one_word, make_id
from planner.roadmap.sides import JOINT

GLOSSARY = Topic(
    "the glossary", "there is a `[glossary]`", lambda context: bool(context.roadmap.glossary)
)


def term_undefined(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Outcomes whose KPI the glossary doesn't explain, nor tries to in words that can't be read."""
    unread = context.reading.invalid.get(("glossary", ""), frozenset())
    known = set(map(as_one_word, (*context.roadmap.glossary, *unread)))
    for outcome in context.roadmap.outcomes.values():
        kpi = outcome.kpi
        if kpi and as_one_word(kpi) not in known:
            yield Finding(
                kind="outcomes",
                on=(outcome.id,),
                key=("kpi",),
                root=(outcome.id,),
                message=f"KPI “{kpi}” of {outcome.id} is not in the glossary",
                who=context.party(outcome.owner) if outcome.owner else Next(JOINT),
                data={"kpi": kpi},
            )


def two_meanings(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Words that the sides explain differently, without a meaning that both agreed."""
    both = " and ".join(map(context.roadmap.side_title, ("marketing", "it")))
    for term, meaning in context.roadmap.glossary.items():
        marketing, it = meaning.marketing, meaning.it
        if marketing and it and not meaning.agreed and _plain(marketing) != _plain(it):
            yield Finding(
                kind="glossary",
                on=(),
                key=(term,),
                root=(make_id(term, ()),),
                message=f"“{term}” means different things to {both}",
                who=Next(JOINT),
                data={"term": term, "marketing": marketing, "it": it},
            )


def _plain(text: str) -> str:
    """A text without what makes no difference in meaning: case and blanks."""
    return " ".join(text.split()).casefold()


RULES = (
    Rule(
        code="OUT03",
        name="term-undefined",
        severity="info",
        family="outcomes",
        summary="an outcome whose KPI is not in the glossary",
        fires_when="an outcome's `kpi` is not a term of the glossary",
        not_when="there is no glossary; it is there with other capitals, blanks or hyphens",
        why_marketing="a figure that two people count differently convinces nobody",
        why_it="a report is built on the wrong figure, and then built again",
        example='[glossary]\nsegment = "a saved query"\n[outcomes.sales]\nkpi = "conversion rate"',
        fix_kinds=("use the term of the glossary",),
        topic=GLOSSARY,
        roll_up=RollUp(
            lambda context, _limits: sum(bool(o.kpi) for o in context.roadmap.outcomes.values()),
            lambda number, total: (
                f"{number} of {count(total, 'outcome')} have a KPI that is not in the glossary"
            ),
        ),
        find=term_undefined,
        fixes="glossary.term",
    ),
    Rule(
        code="TERM01",
        name="two-meanings",
        severity="info",
        family="glossary",
        summary="a term that means different things to the two sides",
        fires_when="a term has one meaning for `marketing`, another one for `it`, and no `agreed` "
        "meaning",
        why_marketing="a brief says one thing and is read as another",
        why_it="the team builds what was written, and the brief meant something else",
        example='[glossary]\n"active customer" = { marketing = "opened a mail", it = "has an '
        'account" }',
        fix_kinds=("agree on one of the two meanings",),
        topic=GLOSSARY,
        find=two_meanings,
        fixes="glossary.meaning",
    ),
)
