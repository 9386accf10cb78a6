"""Answers as people write them, in four languages: understood rightly, or asked back, never wrong.

``?`` is asked back.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.entry.replies import Reply, Written, figure, is_open, order_of, reply
from planner.roadmap.typed import Unclear

AS_OF = date(2027, 3, 22)
MAY_12, JUNE_3 = "2027-05-12", "2027-06-03"

WILL_YOU: tuple[tuple[str, str], ...] = (
    ("yes", "yes"),
    ("Yes.", "yes"),
    ("YES!!", "yes"),
    ("y", "yes"),
    ("ok", "yes"),
    ("OK, thanks", "yes"),
    ("Okay", "yes"),
    ("sure", "yes"),
    ("agreed", "yes"),
    ("fine for us", "yes"),
    ("works for us", "yes"),
    ("no problem", "yes"),
    ("No objections", "yes"),
    ("+1", "yes"),
    ("👍", "yes"),
    ("**yes**", "yes"),
    ("yes please", "yes"),
    ("TRUE", "yes"),
    ("Ja", "yes"),
    ("ja, passt", "yes"),
    ("Ja gerne", "yes"),
    ("passt", "yes"),
    ("geht klar", "yes"),
    ("einverstanden", "yes"),
    ("in Ordnung", "yes"),
    ("kein Problem", "yes"),
    ("keine Einwände", "yes"),
    ("oui", "yes"),
    ("Oui, merci", "yes"),
    ("d’accord", "yes"),
    ("pas de problème", "yes"),
    ("sí", "yes"),
    ("Si", "yes"),
    ("Sí, gracias", "yes"),
    ("de acuerdo", "yes"),
    ("vale", "yes"),
    ("sin problema", "yes"),
    ("yes, by 12 May", f"yes {MAY_12}"),
    ("yes by 12 May 2027", f"yes {MAY_12}"),
    ("ok bis 12.5.", f"yes {MAY_12}"),
    ("Ja, bis zum 12. Mai", f"yes {MAY_12}"),
    ("ja, 12.05.2027", f"yes {MAY_12}"),
    ("OK - 2027-05-12", f"yes {MAY_12}"),
    ("yes, 12 May, as planned", f"yes {MAY_12}"),
    ("Oui, pour le 12 mai", f"yes {MAY_12}"),
    ("oui le 12 mai 2027", f"yes {MAY_12}"),
    ("sí, para el 12 de mayo", f"yes {MAY_12}"),
    ("Sí, el 12 de mayo de 2027", f"yes {MAY_12}"),
    ("12 May", MAY_12),
    ("12.5.2027", MAY_12),
    ("12.5.27", MAY_12),
    ("by 12 May", MAY_12),
    ("bis 12. Mai", MAY_12),
    ("12 mai", MAY_12),
    ("12 de mayo", MAY_12),
    ("2027-05-12", MAY_12),
    ("May 12", MAY_12),
    ("no", "no"),
    ("No.", "no"),
    ("nein", "no"),
    ("Nein!", "no"),
    ("leider nicht", "no"),
    ("geht nicht", "no"),
    ("non", "no"),
    ("impossible", "no"),
    ("no es posible", "no"),
    ("no, no capacity", "no no capacity"),
    ("no because the team is too small", "no the team is too small"),
    ("Nein, keine Leute", "no keine Leute"),
    ("non, trop de travail", "no trop de travail"),
    ("no, falta personal", "no falta personal"),
    ("no, earliest 3 June", f"no {JUNE_3}"),
    ("no, not before 3 June", f"no {JUNE_3}"),
    ("No earlier than 3 June", JUNE_3),
    ("nein, frühestens 3.6.", f"no {JUNE_3}"),
    ("nein, erst am 3. Juni", f"no {JUNE_3}"),
    ("non, au plus tôt le 3 juin", f"no {JUNE_3}"),
    ("non, pas avant le 3 juin", f"no {JUNE_3}"),
    ("no, como muy pronto el 3 de junio", f"no {JUNE_3}"),
    ("earliest 3 June", JUNE_3),
    ("3 June at the earliest", JUNE_3),
    ("frühestens 3. Juni", JUNE_3),
    ("not before 3 June", JUNE_3),
    ("nicht vor dem 3. Juni", JUNE_3),
    ("pas avant le 3 juin", JUNE_3),
    ("erst 3.6.", JUNE_3),
    ("KW 18", "2027-05-07"),
    ("week 18", "2027-05-07"),
    ("end of May", "2027-05-31"),
    ("Ende Mai", "2027-05-31"),
    ("fin mai", "2027-05-31"),
    ("noch nicht", "not yet"),
    ("not yet", "not yet"),
    ("pas encore", "not yet"),
    ("todavía no", "not yet"),
    ("tbd", "not yet"),
    ("yes but without the app", "?"),
    ("yes, but later", "?"),
    ("ja, aber ohne App", "?"),
    ("oui mais sans l'appli", "?"),
    ("sí, pero sin la aplicación", "?"),
    ("si possible", "?"),
    ("si es posible", "?"),
    ("yes if we get two more people", "?"),
    ("ok, sofern Ben Zeit hat", "?"),
    ("probably yes", "?"),
    ("vielleicht", "?"),
    ("peut-être", "?"),
    ("maybe", "?"),
    ("no idea", "?"),
    ("not sure", "?"),
    ("no se", "?"),
    ("ni oui ni non", "?"),
    ("jein", "?"),
    ("yes and no", "?"),
    ("yes, no", "?"),
    ("no, but yes without the app", "?"),
    ("no, maybe later", "?"),
    ("no, 3 June is too early", "?"),
    ("no, Q3 is full", "?"),
    ("Nein, aber ab Juni", "?"),
    ("?", "?"),
    ("yes?", "?"),
    ("what does this mean?", "?"),
    ("see mail", "?"),
    ("siehe Mail", "?"),
    ("voir mail", "?"),
    ("ask Ben", "?"),
    ("ok, Anna", "?"),
    ("next week", "?"),
    ("nächste Woche", "?"),
    ("la semaine prochaine", "?"),
    ("la próxima semana", "?"),
    ("Friday", "?"),
    ("ja, bis Freitag", "?"),
    ("in two weeks", "?"),
    ("tomorrow", "?"),
    ("the 15th", "?"),
    ("3/4/27", "?"),
    ("5/6", "?"),
    ("by June", "?"),
    ("bis Juni", "?"),
    ("earliest June", "?"),
    ("before 12 May", "?"),
    ("vor dem 12. Mai", "?"),
    ("31.2.2027", "?"),
    ("5 Mar", "?"),
    ("12 May or 19 May", "?"),
    ("between 12 and 19 May", "?"),
    ("12 May (without app)", "?"),
    ("12 May if all goes well", "?"),
    ("12.5. ohne App", "?"),
    ("soon", "?"),
    ("asap", "?"),
    ("so bald wie möglich", "?"),
    ("x", "?"),
    ("1", "?"),
    ("=1+1", "?"),
    ("ja nein", "?"),
    ("nicht", "?"),
    ("we'll do our best", "?"),
    ("yes, I think", "?"),
    ("da", "?"),
    ("на 12 мая", "?"),
)
"""Answers to “can you deliver this by 5 May?”, and what they mean."""

LATER: tuple[tuple[str, str], ...] = (
    ("Yes - 12.05.", f"yes {MAY_12}"),
    ("Yes (12 May)", f"yes {MAY_12}"),
    ("Yes!! by 12th of May", f"yes {MAY_12}"),
    ("Can do by end of May", "yes 2027-05-31"),
    ("no problem, 12 May", f"yes {MAY_12}"),
    ("no later than 12 May", MAY_12),
    ("12 May at the latest", MAY_12),
    ("spätestens bis 12.5.", MAY_12),
    ("au plus tard le 12 mai", MAY_12),
    ("a más tardar el 12 de mayo", MAY_12),
    ("no way", "no"),
    ("nope, sorry", "no sorry"),
    ("Leider nein, Urlaub", "no Urlaub"),
    ("nein danke", "no"),
    ("non merci", "no"),
    ("no thanks", "no"),
    ("not agreed", "no"),
    ("we do not agree", "no"),
    ("nicht einverstanden", "no"),
    ("pas d'accord", "no"),
    ("ja ja", "yes"),
    ("June 3rd", JUNE_3),
    ("3.6", JUNE_3),
    ("Q2", "2027-06-30"),
    ("Mai 2027", "2027-05-31"),
    ("yes we can do that by 12 May", "?"),
    ("yes, but only from 12 May", "?"),
    ("Absolutely", "?"),
    ("nein - erst nach dem Freeze", "?"),
    ("no, after the freeze", "?"),
    ("No. Not before June.", "?"),
    ("Nein, erst KW 20", "?"),
    ("nicht vor KW 20", "?"),
    ("no issue with that", "?"),
    ("no estoy de acuerdo", "?"),
    ("none", "?"),
    ("ok?", "?"),
    ("okay if Ben agrees", "?"),
    ("yes, probably 12 May", "?"),
    ("around 12 May", "?"),
    ("~12 May", "?"),
    ("~~yes~~", "?"),
    ("12-14 May", "?"),
    ("mid May", "?"),
    ("Mitte Mai", "?"),
    ("H1", "?"),
    ("2027", "?"),
    ("yes. no.", "?"),
    ("ja, nein", "?"),
    ("yes for the shop only", "?"),
    ("teilweise", "?"),
    ("50%", "?"),
    ("schon fertig", "?"),
    ("tbc 12 May", "?"),
    ("12 May (tbc)", "?"),
    ("yes, tbc", "?"),
    ("verschoben auf 3.6.", "?"),
    ("not 12 May but 3 June", "?"),
    ("nicht 12.5. sondern 3.6.", "?"),
    ("wir brauchen bis 3.6.", "?"),
    ("03/06/2027", "?"),
)
"""More of them. What each means was set down after the output had been seen: these keep what is
understood, and say nothing of how much of what is new would be.
"""

WHEN: tuple[tuple[str, str], ...] = (
    ("done 3 Mar", "done 2027-03-03"),
    ("done 3 Nov", "done 2026-11-03"),
    ("erledigt am 3.3.", "done 2027-03-03"),
    ("geprüft 3.3.2027", "done 2027-03-03"),
    ("fait le 3 mars", "done 2027-03-03"),
    ("hecho el 3 de marzo", "done 2027-03-03"),
    ("yes, 3 March", "yes 2027-03-03"),
    ("3 Mar 2027", "2027-03-03"),
    ("done", "done"),
    ("erledigt", "done"),
    ("reviewed", "done"),
    ("not done", "not yet"),
    ("offen", "not yet"),
    ("done yesterday", "?"),
    ("done in March", "?"),
    ("done, I think", "?"),
    ("nearly done", "?"),
    ("done except the app", "?"),
    ("31 Feb", "?"),
    ("fertig bis auf Kleinigkeiten", "?"),
)
"""Answers to “reviewed when?”."""

MEASURED: tuple[tuple[str, str | None, str], ...] = (
    ("4.2", "%", "4.2"),
    ("4,2", "%", "4.2"),
    ("4,2 %", "%", "4.2"),
    ("4.2%", "%", "4.2"),
    ("4,2 Prozent", "%", "4.2"),
    ("~4.2 %", "%", "4.2"),
    ("ca. 4,2", "%", "4.2"),
    ("-3", None, "-3"),
    ("1.234,5", "EUR", "1234.5"),
    ("1,234.5", "EUR", "1234.5"),
    ("€38.60", "EUR", "38.6"),
    ("38,60 EUR", "EUR", "38.6"),
    ("12k", None, "12000"),
    ("12 000", None, "12000"),
    ("1'200", None, "1200"),
    ("1,234,567", None, "1234567"),
    ("9 days", "days", "9"),
    ("0.042", "%", "0.042"),
    ("4,2 % on 3 March", "%", "4.2 | on 3 march"),
    ("14.5, 3 March", "%", "14.5 | 3 march"),
    ("14,5; 3.3.", "%", "14.5 | 3.3"),
    ("1 2", None, "1 | 2"),
    ("1,200", None, "?"),
    ("1.200", "days", "?"),
    ("4.2 €", "%", "?"),
    ("four", "%", "?"),
    ("see dashboard", "%", "?"),
    ("", "%", "?"),
)
"""Answers to “what is it now?”."""


def written(**known: object) -> Written:
    def friday(day: date) -> date:
        return day - timedelta(days=max(0, day.weekday() - 4))

    return Written(as_of=AS_OF, last_working=friday, **known)  # type: ignore[arg-type]


def said(found: Reply | Unclear) -> str:
    if isinstance(found, Unclear):
        return "?"
    day = found.day.isoformat() if found.day is not None else ""
    return " ".join(filter(None, (found.verdict, day, found.why)))


@pytest.mark.parametrize(("text", "meant"), [*WILL_YOU, *LATER])
def test_an_answer_is_understood_rightly_or_asked_back(text: str, meant: str) -> None:
    assert said(reply(text, written(), spans=True)).casefold() == meant.casefold()


@pytest.mark.parametrize(("text", "meant"), WHEN)
def test_a_day_that_is_past(text: str, meant: str) -> None:
    assert said(reply(text, written(), past=True)) == meant


@pytest.mark.parametrize(("text", "unit", "meant"), MEASURED)
def test_a_figure(text: str, unit: str | None, meant: str) -> None:
    found = figure(text, unit)
    shown = "?" if isinstance(found, Unclear) else f"{found[0]:.15g} | {found[1]}".rstrip(" |")
    assert shown == meant


def test_most_answers_are_understood() -> None:
    """Of those that mean something, all; what is asked back means nothing sure."""
    answers = [(*each, said(reply(each[0], written(), spans=True))) for each in (*WILL_YOU, *LATER)]
    answers += [(*each, said(reply(each[0], written(), past=True))) for each in WHEN]
    counted = Counter(
        "asked back" if got == "?" else "right" if got.casefold() == meant.casefold() else "wrong"
        for _, meant, got in answers
    )
    assert counted["wrong"] == 0
    assert counted["right"] >= 100
    assert sum(meant == "?" for _, meant, _ in answers) == counted["asked back"]


@pytest.mark.parametrize("text", ["", " ", "-", "–", "—", "n/a", "…", "____", "..."])
def test_a_cell_that_says_nothing_is_open(text: str) -> None:
    assert is_open(text)


@pytest.mark.parametrize("text", ["yes", "?", "0", "no", "k"])
def test_a_cell_that_says_something_is_not(text: str) -> None:
    assert not is_open(text)


def test_a_day_that_depends_on_when_it_was_written() -> None:
    answered = written(answered_on=date(2027, 3, 24))
    assert said(reply("next week", answered, spans=True)) == "2027-04-02"
    assert said(reply("ja, bis Freitag", answered, spans=True)) == "yes 2027-03-26"
    assert said(reply("la semaine prochaine", answered, spans=True)) == "2027-04-02"
    assert said(reply("en 2 semanas", answered, spans=True)) == "2027-04-07"
    assert said(reply("done yesterday", answered, past=True)) == "done 2027-03-23"


def test_days_in_figures_are_read_in_the_order_of_the_file() -> None:
    assert order_of(["3/4/27", "yes by 25/4/27"]) == "day first"
    assert order_of(["3/4/27", "4/25/2027"]) == "month first"
    assert order_of(["3/4/27", "2027-05-20"]) is None
    assert order_of(["25/4/27", "4/25/27"]) is None
    assert said(reply("yes by 3/4/27", written(order="day first"))) == "yes 2027-04-03"
    assert said(reply("yes by 4/3/27", written(order="month first"))) == "yes 2027-04-03"


@given(st.text(max_size=60), st.sampled_from(["yes ", "ja, ", "no, ", "ok bis ", ""]))
def test_whatever_is_written_is_read_or_asked_back(text: str, head: str) -> None:
    for past in (False, True):
        assert isinstance(reply(head + text, written(), past=past), Reply | Unclear)
    figure(text, "%")


@given(
    st.sampled_from(["only", "aber", "mais", "pero", "if", "falls", "sauf", "ohne", "vielleicht"])
)
def test_a_yes_with_a_condition_is_never_a_yes(word: str) -> None:
    for head in ("yes", "ja", "oui", "sí", "ok"):
        assert said(reply(f"{head}, {word} x", written())) == "?"
        assert said(reply(f"{head} {word} 12 May", written())) == "?"
