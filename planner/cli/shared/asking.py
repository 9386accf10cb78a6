"""What an import asks on a terminal, line by line: phrases, and keys that both changed."""

from __future__ import annotations

from collections.abc import Mapping

import click

from planner.analysis.importing import Phrase
from planner.cli.shared.findings_text import text_width
from planner.errors import UsageError
from planner.exchange.importing.answering import answer_said
from planner.exchange.importing.arriving import Arrival, answered, resolved
from planner.exchange.importing.shown import clashes_of, later_by, open_phrase
from planner.merge.values import Side
from planner.pages.importing import MOST_DATES, clash_lines, late_words, phrase_lines
from planner.pages.lines import Page, plain
from planner.text.phrases import typed
from planner.text.visible import visible

VERSIONS: Mapping[str, Side] = {"sheet": "theirs", "mine": "ours"}
"""What each side of an import is called, and what a merge calls it."""
LATER, NO_MORE = "s", "q"


def ask_phrases(arrival: Arrival) -> Arrival:
    """Ask about one phrase after another; what is left out stays open."""
    phrases = arrival.incoming.phrases
    for at, phrase in enumerate(phrases, 1):
        text = _answer(arrival, phrase, f"phrase {at} of {len(phrases)}")
        if text == NO_MORE:
            break
        answer = answer_said(arrival, phrase, "" if text == LATER else text)
        if answer is not None:
            before, arrival = arrival, answered(arrival, answer)
            _tell_later(before, arrival)
    return arrival


def _tell_later(before: Arrival, after: Arrival) -> None:
    """What an answer does to the dates of the sheet."""
    page = Page(text_width())
    for each in later_by(before, after)[:MOST_DATES]:
        page.flow([((late_words(each, after.plan.as_of), "critical"),)], hang="  ")
    _talk(page)


def _answer(arrival: Arrival, phrase: Phrase, place: str) -> str:
    """An answer to a phrase that is understood; asked again until it is."""
    page = Page(text_width())
    phrase_lines(page, open_phrase(phrase))
    _talk(page)
    usual, first = ("1", "takes 1") if phrase.candidates else (LATER, "skips")
    while True:
        text = (
            _prompted(f"{place}: enter {first}, n none, t tool, an id, key or title, s skip, q end")
            or usual
        )
        try:
            if text not in (LATER, NO_MORE):
                answer_said(arrival, phrase, text)
            return text
        except UsageError as error:
            click.echo(visible(str(error)), err=True)


def ask_clashes(arrival: Arrival) -> Arrival:
    """Ask about each key that both changed; what is left out stays unresolved."""
    for clash in clashes_of(arrival):
        page = Page(text_width())
        clash_lines(page, clash, arrival.plan.as_of)
        _talk(page)
        if (version := _version()) in VERSIONS:
            arrival = resolved(arrival, clash.name, VERSIONS[version])
    return arrival


def _version() -> str:
    while True:
        text = _prompted("sheet, mine, or enter to leave it unresolved")
        if not text or text in VERSIONS:
            return text
        click.echo(visible(f"{typed(text)} is neither sheet nor mine"), err=True)


def _talk(page: Page) -> None:
    for each in plain(page.lines):
        click.echo(each, err=True)


def _prompted(question: str) -> str:
    said: str = click.prompt(question, default="", show_default=False, err=True)
    return said.strip()
