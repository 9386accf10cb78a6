"""Ids: which are, how a title makes one, and what a mistyped one is near."""

from __future__ import annotations

import random
import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.roadmap import ids
from planner.roadmap.ids import (
    MAX_LENGTH,
    MOST_LOOKS,
    _distance,
    all_nearest,
    id_like,
    is_id,
    make_id,
    nearest,
)


@pytest.mark.parametrize("text", ["a", "web-push", "2027", "a1-b2-c3", "x" * 64])
def test_ids_are_lower_case_letters_digits_and_single_hyphens(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize(
    "text",
    ["", "-a", "a-", "a--b", "Web", "web_push", "web push", "wéb", "x" * 65, "a\n", "a.b", "٣"],
)
def test_anything_else_is_no_id(text: str) -> None:
    assert not is_id(text)


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("Web push for returning visitors", "web-push-for-returning-visitors"),
        ("  CDP: ingest & identity!  ", "cdp-ingest-identity"),
        ("Größe & Straße", "grosse-strasse"),
        ("Œuvre à Łódź", "oeuvre-a-lodz"),
        ("Q3 2027", "q3-2027"),
    ],
)
def test_an_id_is_made_from_the_title(title: str, id: str) -> None:
    assert make_id(title, ()) == id


def test_a_clash_gets_a_suffix() -> None:
    assert make_id("Web push", {"web-push"}) == "web-push-2"
    assert make_id("Web push", {"web-push", "web-push-2"}) == "web-push-3"


@pytest.mark.parametrize("title", ["", "顧客データ基盤", "!!!", "2027 計画", "Διαδίκτυο"])
def test_a_title_without_latin_letters_is_numbered(title: str) -> None:
    assert make_id(title, ()) == "initiative-2"
    assert make_id(title, {"initiative-2"}) == "initiative-3"
    assert make_id(title, (), noun="system") == "system-2"


@given(st.text(max_size=100), st.integers(0, 12))
def test_a_made_id_is_always_a_free_id(title: str, clashes: int) -> None:
    taken: set[str] = set()
    for _ in range(clashes + 1):
        made = make_id(title, taken)
        assert is_id(made)
        assert made not in taken
        taken.add(made)


@given(st.text(max_size=200))
def test_what_is_spelled_like_an_id_is_one_or_nothing(text: str) -> None:
    like = id_like(text)
    assert like == "" or is_id(like)
    assert len(like) <= MAX_LENGTH


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("consent-centre", "consent-center"),
        ("consentcenter", "consent-center"),
        ("consent-cetner", "consent-center"),
        ("Consent_Center", "consent-center"),
        ("web-psuh", "web-push"),
        ("profileapi", "profile-api"),
    ],
)
def test_a_slip_of_the_keyboard_is_near(word: str, meant: str) -> None:
    assert nearest(word, ["consent-center", "web-push", "profile-api", "crm"]) == meant


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("erp", "esp"),
        ("crm", "cms"),
        ("team-a", "team-b"),
        ("data-eu", "data-us"),
        ("phase-1", "phase-2"),
        ("app-10", "app-11"),
        ("web-shop", "web-push"),
        ("billing", "commerce"),
        ("consent", "consent-center"),
    ],
)
def test_another_name_is_not_near(word: str, known: str) -> None:
    assert nearest(word, [known]) is None


def test_a_looser_guess_is_only_a_suggestion() -> None:
    known = ["consent-center", "web-push"]
    assert nearest("consent", known) is None
    assert nearest("consent", known, loose=True) == "consent-center"
    assert nearest("entirely-different", known, loose=True) is None


def test_the_nearest_does_not_depend_on_the_order() -> None:
    assert nearest("abcdx", ["abcdf", "abcde"]) == nearest("abcdx", ["abcde", "abcdf"]) == "abcde"


def test_many_candidates_are_ruled_out_cheaply() -> None:
    known = [f"initiative-{number}" for number in range(10_000)]
    nearest("warm-up", known)
    started = time.process_time()
    assert nearest("customer-single-sign-on", known) is None
    assert time.process_time() - started < 0.1


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=5))
def test_any_text_can_be_asked(word: str, known: list[str]) -> None:
    for loose in (False, True):
        assert nearest(word, known, loose=loose) in {*known, None} - {word}


def random_name(draw: random.Random) -> str:
    parts = draw.choices((1, 2, 3, 4, 6, 8, 9), k=draw.randint(1, 3))
    return "-".join("".join(draw.choices("abcdeft12", k=length)) for length in parts)


def slipped(draw: random.Random, word: str) -> str:
    """A word with up to three letters more, less, others or swapped."""
    for _ in range(draw.choice((1, 1, 2, 2, 3))):
        at = draw.randrange(len(word) + 1)
        made = draw.choice(("", "", *"abc12-_A"))
        word = word[:at] + made + word[at + draw.randrange(2) :]
        if not draw.randrange(3):
            word = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return word


@pytest.mark.parametrize("loose", [False, True])
def test_for_many_words_the_nearest_is_the_same_as_for_each(loose: bool) -> None:
    draw, near = random.Random(9), 0
    for _ in range(60):
        known = {random_name(draw) for _ in range(draw.randint(1, 25))}
        words = {slipped(draw, one) for one in known} - known
        found = all_nearest(words, known, loose=loose)
        assert found == {
            word: meant for word in words if (meant := nearest(word, known, loose=loose))
        }
        near += len(found)
    assert near > 200


@pytest.mark.parametrize("slips", [1, 2, 9])
def test_many_words_are_compared_with_many_names_as_often_as_there_are_both(
    slips: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0

    def counted(word: str, other: str, limit: int) -> int | None:
        nonlocal compared
        compared += 1
        return _distance(word, other, limit)

    monkeypatch.setattr(ids, "_distance", counted)
    known = ["consent-" + "".join(letters) for letters in product("abcdefghij", repeat=3)]
    words = [name[:-1] + "xyzxyzxyz"[:slips] for name in known]
    found = all_nearest(words, known, loose=True)
    assert slips == 9 or found[words[7]][:-1] == known[7][:-1]
    assert compared < 10 * len(words) + 3 * MOST_LOOKS
