"""Phrases that name other work: how many of a list of sentences are read as a person reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hypothesis import given
from hypothesis.strategies import text
from msgspec import structs

from planner.analysis.importing import Incoming, Phrase
from planner.exchange.importing.candidates import LITTLE, folded
from planner.exchange.importing.linking import Text, linked
from tests.imports.sentences import HELD_BACK, IN_ANY_ORDER, PLAN, Reading, Sentence, sentences

FILE = Incoming(
    "plan.xlsx",
    {"initiatives": {id: {"title": title, "portfolio": side} for id, title, side in PLAN}},
    {id: row for row, (id, _, _) in enumerate(PLAN, 2)},
)


class Read(NamedTuple):
    """How a list of sentences is read: readings that are right, of those there are and made."""

    right: int
    there: int
    made: int
    wrong: list[str]

    @property
    def precision(self) -> float:
        return self.right / self.made

    @property
    def recall(self) -> float:
        return self.right / self.there


def read(text: str) -> tuple[Phrase, ...]:
    return linked(FILE, [Text(26, "Notes", "this", text)]).phrases


def measured(found: Iterable[Sentence]) -> Read:
    right = there = made = 0
    wrong = []
    for sentence in found:
        phrases = list(read(sentence.text))
        there += len(sentence.says)
        made += len(phrases)
        hits = sum(any(_is(each, reading) for each in phrases) for reading in sentence.says)
        right += hits
        if hits < max(len(sentence.says), len(phrases)):
            told = [(p.names, p.is_predecessor, [c.id for c in p.candidates]) for p in phrases]
            wrong.append(f"{sentence.language} {sentence.text!r}: {told}")
    return Read(right, there, made, wrong)


def _is(phrase: Phrase, reading: Reading) -> bool:
    """Whether a phrase says it: the way round, the first candidate, else the words."""
    if phrase.is_predecessor == reading.waits:
        return False
    first = phrase.candidates[0].id if phrase.candidates else ""
    if reading.first:
        return first == reading.first
    return bool(_words(phrase.names)) and _words(phrase.names) == _words(reading.names)


def _words(name: str) -> set[str]:
    return set(folded(name).split()) - LITTLE


def test_most_sentences_are_read_as_a_person_reads_them() -> None:
    listed = sentences()
    assert len(listed) >= 120
    found = measured(listed)
    assert found.recall >= 0.95, found.wrong
    assert found.precision >= 0.95, found.wrong


def test_a_need_is_read_wherever_its_sentence_says_it() -> None:
    found = measured(sentences(IN_ANY_ORDER))
    assert found.right == found.there == found.made, found.wrong


def test_more_sentences_are_read_as_well() -> None:
    found = measured(sentences(HELD_BACK))
    assert found.recall >= 0.9, found.wrong
    assert found.precision >= 0.9, found.wrong


def test_what_is_said_of_a_reason_or_a_time_is_no_part_of_the_name() -> None:
    for words in (
        "needs consent API before anything is bought",
        "braucht Consent API, bevor etwas beauftragt wird",
        "besoin de Consent API avant tout achat",
        "necesita Consent API porque falta el permiso",
    ):
        (phrase,) = read(words)
        assert phrase.names.casefold() == "consent api"
        assert phrase.candidates[0].id == "consent-api"


def test_from_a_department_leaves_only_its_work() -> None:
    (phrase,) = read("needs the relaunch from Marketing")
    assert {each.id for each in phrase.candidates} == {"newsletter"}
    (phrase,) = read("needs the campaign from IT")
    assert not phrase.candidates


def test_a_team_of_the_file_is_known_however_it_is_spelled() -> None:
    tables = {**FILE.tables, "teams": {"data": {"portfolio": "it"}}}
    tables["initiatives"] = {**tables["initiatives"], "a3": {"title": "A3", "owner": "data"}}
    file = structs.replace(FILE, tables=tables)
    (phrase,) = linked(file, [Text(26, "Notes", "this", "needs A3 from data")]).phrases
    assert (phrase.names, [each.id for each in phrase.candidates]) == ("A3", ["a3"])


def test_at_most_three_candidates_and_the_rarest_words_first() -> None:
    (phrase,) = read("waiting for the campaign")
    assert 2 <= len(phrase.candidates) <= 3
    assert {"spring", "summer"} <= {each.id for each in phrase.candidates}


def test_a_system_of_the_file_is_a_candidate() -> None:
    tables = {**FILE.tables, "systems": {"salesforce": {"title": "Salesforce"}}}
    text = Text(26, "Notes", "this", "needs Salesforce")
    (phrase,) = linked(structs.replace(FILE, tables=tables), [text]).phrases
    assert [(each.kind, each.id) for each in phrase.candidates] == [("systems", "salesforce")]


def test_a_title_is_no_phrase_for_its_plain_words() -> None:
    titles = {"a": {"title": "Mail after the newsletter"}, "b": {"title": "Newsletter"}}
    file = Incoming("plan.csv", {"initiatives": titles}, {"a": 2, "b": 3})
    assert not linked(file, [Text(2, "Task", "a", "Mail after the newsletter")]).phrases
    aside = {**titles, "a": {"title": "Mail (after newsletter)"}}
    file = Incoming("plan.csv", {"initiatives": aside}, {"a": 2, "b": 3})
    assert linked(file, [Text(2, "Task", "a", "Mail (after newsletter)")]).phrases
    blocked = {**titles, "a": {"title": "Mail (blocked by newsletter)"}}
    file = Incoming("plan.csv", {"initiatives": blocked}, {"a": 2, "b": 3})
    assert linked(file, [Text(2, "Task", "a", "Mail (blocked by newsletter)")]).phrases


@given(text(max_size=200))
def test_any_text_is_read(words: str) -> None:
    linked(FILE, [Text(26, "Notes", "this", words), Text(26, "Needs", "this", words, True)])
