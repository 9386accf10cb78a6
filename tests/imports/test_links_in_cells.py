"""What a dependency column names: by title, key and number, in four languages, never lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from msgspec import structs

from planner.analysis.importing import Incoming, Link
from planner.exchange.importing.linking import Text, linked


def file_of(titles: Sequence[str], keys: Mapping[str, str] | None = None) -> Incoming:
    """A file whose first row is a heading; the ids are ``a``, ``b`` and so on."""
    ids = [chr(ord("a") + at) for at in range(len(titles))]
    tables = {"initiatives": {id: {"title": title} for id, title in zip(ids, titles, strict=True)}}
    rows = {id: at for at, id in enumerate(ids, 2)}
    return Incoming("plan.csv", tables, rows, keys or {})


def cell(words: str, id: str = "d", *, successor: bool = False) -> Text:
    return Text(5, "Needs", id, words, is_dependency=True, is_successor=successor)


def short(link: Link) -> str:
    end = f" {link.type}{link.lag}" if link.type != "FS" or link.lag else ""
    return f"{link.predecessor}>{link.successor}{end}"


PLAN = ("Consent API, v2", "Single sign-on", "Über uns / Relaunch", "Spring campaign")


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("Single sign-on", ["b>d"]),
        ("single SIGN ON", ["b>d"]),
        ("Singel sign-on", ["b>d"]),
        ("Uber uns Relaunch", ["c>d"]),
        ("Ueber uns / Relaunch", ["c>d"]),
        ("Consent API, v2", ["a>d"]),
        ("Consent API, v2, Single sign-on", ["a>d", "b>d"]),
        ("Single sign-on; Consent API, v2", ["b>d", "a>d"]),
        ("Single sign-on / Über uns / Relaunch", ["b>d", "c>d"]),
        ("Single sign-on and Consent API, v2", ["b>d", "a>d"]),
        ("Single sign-on und Consent API, v2", ["b>d", "a>d"]),
        ("Single sign-on et Consent API, v2", ["b>d", "a>d"]),
        ("Single sign-on y Consent API, v2", ["b>d", "a>d"]),
        ("Single sign-on\nConsent API, v2", ["b>d", "a>d"]),
        ("Single sign-on & Consent API, v2", ["b>d", "a>d"]),
        ("Single sign-on FS+5d", ["b>d FS+5d"]),
        ("Single sign-on (SS)", ["b>d SS"]),
        ("Single sign-on +1w", ["b>d FS+5d"]),
        ("1", ["a>d"]),
        ("#2", ["b>d"]),
        ("1;2FS+2 days", ["a>d", "b>d FS+2d"]),
        ("1,2", ["a>d", "b>d"]),
        ("1, 2SS+2,5 days", ["a>d", "b>d SS+3d"]),
        ("2AA+3 Tage", ["b>d SS+3d"]),
        ("2EE+3 Tage", ["b>d FF+3d"]),
        ("2EA-1 Woche", ["b>d FS-5d"]),
        ("2AE", ["b>d SF"]),
        ("2DD+2 jours", ["b>d SS+2d"]),
        ("2FD+1 sem", ["b>d FS+5d"]),
        ("2DF", ["b>d SF"]),
        ("2CC+2 días", ["b>d SS+2d"]),
        ("2FC+1 semana", ["b>d FS+5d"]),
        ("2CF", ["b>d SF"]),
        ("2ff", ["b>d FF"]),
        ("2FS+16 hrs", ["b>d FS+2d"]),
        ("2FS+1 mon", ["b>d FS+20d"]),
        ("row 3", ["b>d"]),
        ("Zeile 3", ["b>d"]),
        ("b", ["b>d"]),
    ],
)
def test_a_cell_names_work(words: str, links: list[str]) -> None:
    found = linked(file_of(PLAN), [cell(words)])
    assert [short(each) for each in found.links] == links
    assert not found.phrases


@pytest.mark.parametrize("words", ["-", "–", "n/a", "none", "keine", "aucune", "ninguna", " "])
def test_a_cell_says_that_there_is_none(words: str) -> None:
    found = linked(file_of(PLAN), [cell(words)])
    assert not found.links
    assert not found.phrases
    assert not found.losses


def test_keys_of_the_file_count_before_row_numbers() -> None:
    plan = file_of(PLAN, {"a": "10", "b": "1", "c": "SHOP-3", "d": "4"})
    found = linked(plan, [cell("1; 10"), cell("shop-3"), cell("2")])
    assert [short(each) for each in found.links] == ["b>d", "a>d", "c>d"]
    assert [each.names for each in found.phrases] == ["2"]


def test_numbers_count_what_fits_and_it_is_said() -> None:
    texts = [
        Text(3, "Needs", "b", "2", is_dependency=True),
        Text(4, "Needs", "c", "3", is_dependency=True),
        Text(5, "Needs", "d", "4", is_dependency=True),
    ]
    found = linked(file_of(PLAN), texts)
    assert [short(each) for each in found.links] == ["a>b", "b>c", "c>d"]
    assert len(found.notes) == 1
    assert "Consent API, v2" in found.notes[0]
    found = linked(file_of(PLAN), [cell("1; 2")])
    assert [short(each) for each in found.links] == ["a>d", "b>d"]
    assert len(found.notes) == 1


def test_an_address_beside_a_name_says_no_more_and_alone_names_it() -> None:
    plan = file_of(PLAN)
    rows = {**plan.tables["initiatives"]}
    rows["b"] = {**rows["b"], "urls": ["https://example.org/browse/SSO-1"]}
    plan = structs.replace(plan, tables={"initiatives": rows})
    beside = "Consent API, v2 (https://www.notion.so/consent-0f3a9b), Single sign-on (http://x.y/z)"
    found = linked(plan, [cell(beside)])
    assert [short(each) for each in found.links] == ["a>d", "b>d"]
    assert not found.phrases
    alone = linked(plan, [cell("https://example.org/browse/SSO-1, https://example.org/other/2")])
    assert [short(each) for each in alone.links] == ["b>d"]
    assert [each.names for each in alone.phrases] == ["https://example.org/other/2"]


def test_a_successor_column_is_the_other_way_round() -> None:
    found = linked(file_of(PLAN), [cell("Spring campaign", "a", successor=True)])
    assert [short(each) for each in found.links] == ["a>d"]


def test_what_names_nothing_becomes_a_phrase_with_candidates() -> None:
    found = linked(file_of(PLAN), [cell("Single sign-on; SSO; the moon")])
    assert [short(each) for each in found.links] == ["b>d"]
    sso, moon = found.phrases
    assert [each.id for each in sso.candidates] == ["b"]
    assert (moon.words, moon.row, moon.column, moon.candidates) == ("the moon", 5, "Needs", ())


def test_a_title_that_two_rows_have_is_asked() -> None:
    plan = file_of(("Tagging", "Tagging", "Shop", "Spring campaign"))
    found = linked(plan, [cell("Tagging")])
    assert not found.links
    (phrase,) = found.phrases
    assert {each.id for each in phrase.candidates} == {"a", "b"}


def test_a_lag_that_has_no_days_is_a_loss_and_the_link_stays() -> None:
    found = linked(file_of(PLAN), [cell("2FS+50%")])
    assert [short(each) for each in found.links] == ["b>d"]
    assert [(each.row, each.column) for each in found.losses] == [(5, "Needs")]


def test_work_does_not_wait_for_itself_and_a_link_is_there_once() -> None:
    found = linked(file_of(PLAN), [cell("4; 1; Consent API, v2")])
    assert [short(each) for each in found.links] == ["a>d"]
    assert [each.value for each in found.losses] == ["4"]


def test_the_last_link_of_a_circle_is_a_loss_by_row() -> None:
    texts = [
        Text(2, "Needs", "a", "4", is_dependency=True),
        Text(3, "Needs", "b", "1", is_dependency=True),
        Text(5, "Needs", "d", "2", is_dependency=True),
    ]
    found = linked(file_of(PLAN), texts)
    assert [short(each) for each in found.links] == ["d>a", "a>b"]
    (loss,) = found.losses
    assert (loss.row, loss.value) == (5, "2")
    assert "d" in loss.why


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("after Single sign-on", ["b>d"]),
        ("waiting on Single sign-on", ["b>d"]),
        ("nach Über uns / Relaunch, braucht Single sign-on", ["c>d", "b>d"]),
        ("après Consent API, v2", ["a>d"]),
        ("depende de Single sign-on +1w", ["b>d FS+5d"]),
        ("before: Single sign-on", ["d>b"]),
        ("vor Single sign-on", ["d>b"]),
        ("blocks Single sign-on", ["d>b"]),
        ("nach 2", ["b>d"]),
        ("after 1 + 2 days; 2", ["a>d FS+2d", "b>d"]),
        ("1 week before Single sign-on", ["d>b FS+5d"]),
        ("2 Wochen nach Single sign-on", ["b>d FS+10d"]),
        ("zwei Wochen nach 2; 3 jours après 1", ["b>d FS+10d", "a>d FS+3d"]),
        ("Single sign-on + 2 weeks", ["b>d FS+10d"]),
    ],
)
def test_a_word_of_waiting_before_a_name_is_no_part_of_it(words: str, links: list[str]) -> None:
    done = linked(file_of(PLAN), [cell(words)])
    assert [short(link) for link in done.links] == links
    assert not done.phrases
    assert not done.losses


@pytest.mark.parametrize(
    "words", ["30", "Nr. 30", "nach 30", "nach Nr. 30", "task 30", "after #30"]
)
def test_a_number_is_a_key_where_the_file_has_keys(words: str) -> None:
    done = linked(file_of(PLAN, {"a": "30", "b": "40", "d": "60"}), [cell(words)])
    assert [short(link) for link in done.links] == ["a>d"]


def test_a_title_that_begins_like_a_word_of_waiting_is_a_name_first() -> None:
    done = linked(file_of(("After sales portal", "Sales portal", "x", "y")), [cell(TITLE)])
    assert [short(link) for link in done.links] == ["a>d"]


TITLE = "After sales portal"


@pytest.mark.parametrize(
    ("words", "id", "is_predecessor"),
    [
        ("erst wenn SSO fertig", "b", False),
        ("dès que Single sign-on est terminé", "b", False),
        ("muss vor Spring campaign fertig sein", "d", True),
    ],
)
def test_a_sentence_is_asked_by_what_it_names_and_which_way(
    words: str, id: str, is_predecessor: bool
) -> None:
    done = linked(file_of(PLAN), [cell(words, "c")])
    assert not done.links
    (phrase,) = done.phrases
    assert phrase.words == words
    assert (phrase.candidates[0].id, phrase.is_predecessor) == (id, is_predecessor)


@pytest.mark.parametrize(
    ("words", "id", "is_predecessor", "lag"),
    [
        ("start 1 week before Single sign-on", "b", True, "+5d"),
        ("erst 2 Wochen nach SSO", "b", False, "+10d"),
        ("SSO + 2 weeks", "b", False, "+10d"),
        ("SSO", "b", False, ""),
    ],
)
def test_a_length_in_words_that_are_asked_is_the_lag(
    words: str, id: str, is_predecessor: bool, lag: str
) -> None:
    is_a_sentence = " before " in words or " nach " in words
    for text in [cell(words, "c"), Text(4, "Notes", "c", words)][: 1 + is_a_sentence]:
        (phrase,) = linked(file_of(PLAN), [text]).phrases
        assert (phrase.candidates[0].id, phrase.is_predecessor) == (id, is_predecessor)
        assert phrase.lag == lag


@pytest.mark.parametrize(
    "words",
    ["nicht während Spring campaign!!", "parallel to Spring campaign", "pas Spring campaign"],
)
def test_what_is_not_waited_for_has_no_likely_answer(words: str) -> None:
    done = linked(file_of(PLAN), [cell(words, "c")])
    assert not done.links
    assert [(phrase.words, phrase.candidates) for phrase in done.phrases] == [(words, ())]
