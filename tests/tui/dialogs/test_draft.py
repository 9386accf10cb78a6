"""What is typed into a form, and the edit it makes; no screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.entry.draft import ID, Draft
from planner.entry.links import need_text
from planner.entry.list_edits import LISTS
from planner.entry.shapes import Field, fields_of
from planner.entry.values import understood
from planner.roadmap.entities import KINDS
from planner.roadmap.quantities import parse_need
from planner.roadmap.typed import Unclear, Understood
from planner.session.session import Session
from planner.text.editing import pictured, to_edit
from planner.text.edits import AddTable, Edits, RemoveKey, RenameId, SetKey
from tests.roadmap.samples import AS_A_FILE
from tests.tui.dialogs.stage import AS_OF, spring


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return spring(tmp_path)


def edits_of(draft: Draft) -> list[Any]:
    edit = draft.edit()
    assert isinstance(edit, Edits)
    return list(edit.edits)


def meant(draft: Draft, key: str, text: str) -> Any:
    typed = draft.type(key, text)
    assert isinstance(typed, Understood), typed
    return typed.value


def test_looking_changes_nothing(session: Session) -> None:
    draft = Draft(session.plan, "initiatives", "web-push")
    assert draft.texts["estimate"] == "2w/3w/5w"
    assert draft.texts["needs"] == "consent-api"
    assert draft.edit() is None


def test_only_what_changed_becomes_an_edit(session: Session) -> None:
    draft = Draft(session.plan, "initiatives", "web-push")
    draft.type("estimate", "4w/6w/10w")
    draft.type("deadline", "16 apr")
    assert edits_of(draft) == [
        SetKey("initiatives", "web-push", ("estimate",), ["4w", "6w", "10w"]),
        SetKey("initiatives", "web-push", ("deadline",), date(2027, 4, 16)),
    ]


def test_an_emptied_field_takes_its_key_out(session: Session) -> None:
    draft = Draft(session.plan, "initiatives", "web-push")
    draft.type("uses", "")
    assert edits_of(draft) == [RemoveKey("initiatives", "web-push", ("uses",))]


def test_a_link_is_kept_as_written_when_another_is_added(session: Session) -> None:
    draft = Draft(session.plan, "initiatives", "spring-launch")
    text = draft.texts["needs"]
    assert text == "web-push\nsegments; delivers audience export; agreed 2027-02-15"
    draft.type("needs", f"{text}\nconsent-api SS+5d")
    assert edits_of(draft)[0].value == [
        "web-push",
        {"on": "segments", "delivers": "audience export", "agreed": date(2027, 2, 15)},
        "consent-api SS+5d",
    ]


def test_what_is_said_beside_a_link_makes_it_a_table(session: Session) -> None:
    draft = Draft(session.plan, "initiatives", "web-push")
    assert meant(draft, "needs", "segments ss+1w; why they feed it; needed by 12 mar") == [
        {
            "on": "segments",
            "type": "SS",
            "lag": "+1w",
            "why": "they feed it",
            "needed_by": date(2027, 3, 12),
        }
    ]


@pytest.mark.parametrize(
    ("text", "counter"),
    [
        ("by it on 2027-02-22 promised 26 mar", {"by": "it", "promised": date(2027, 3, 26)}),
        ("by jo on 2027-02-22 needed by 12 mar", {"by": "jo", "needed_by": date(2027, 3, 12)}),
        ("by it on 2027-02-22 ss+1w", {"by": "it", "type": "SS", "lag": "+1w"}),
        ("by it on 2027-02-22 -2d", {"by": "it", "lag": "-2d"}),
        ("by it on 2027-02-22 FF", {"by": "it", "type": "FF"}),
    ],
)
def test_terms_are_typed_beside_a_link_and_read_back(
    session: Session, text: str, counter: dict[str, Any]
) -> None:
    draft = Draft(session.plan, "initiatives", "web-push")
    line = f'segments; accepted when they match; counter {text}; by jo; note "late; sorry"'
    (link,) = meant(draft, "needs", line)
    assert link == {
        "on": "segments",
        "accepted_when": "they match",
        "counter": {**counter, "on": date(2027, 2, 22)},
        "by": "jo",
        "note": "late; sorry",
    }
    shown = need_text(link)
    assert meant(draft, "needs", f"{shown}; rejected 1 feb") == [
        {**link, "rejected": date(2027, 2, 1)}
    ]


def test_what_a_counter_says_beside_its_terms_is_kept(tmp_path: Path) -> None:
    counter = "{ by = 'it', promised = 2027-03-26, ticket = 'A-1' }"
    roadmap = (
        '[initiatives.b]\nestimate = "1w"\n'
        f"[initiatives.a]\nestimate = '1w'\nneeds = [{{ on = 'b', counter = {counter} }}]\n"
    )
    draft = Draft(spring(tmp_path, roadmap).plan, "initiatives", "a")
    (link,) = meant(draft, "needs", f"{draft.texts['needs']}; note by phone")
    assert link["counter"]["ticket"] == "A-1"


def test_a_small_table_is_changed_key_by_key(tmp_path: Path) -> None:
    roadmap = '[initiatives.a]\nestimate = "1w"\nreviews = { web = 2026-11-03, crm = 2026-11-04 }\n'
    draft = Draft(spring(tmp_path, roadmap).plan, "initiatives", "a")
    draft.type("reviews", "web 2026-11-03, data 5 nov 2026")
    assert edits_of(draft) == [
        RemoveKey("initiatives", "a", ("reviews", "crm")),
        SetKey("initiatives", "a", ("reviews", "data"), date(2026, 11, 5)),
    ]


def test_a_new_tables_id_follows_its_title_until_it_is_typed(session: Session) -> None:
    draft = Draft(session.plan, "initiatives", None)
    draft.type("title", "Web push")
    assert draft.id_text == "web-push-2"
    draft.type(ID, "push")
    draft.type("title", "Push, on the web")
    assert draft.id_text == "push"
    draft.type("estimate", "3w")
    assert edits_of(draft) == [
        AddTable("initiatives", "push", {"title": "Push, on the web", "estimate": "3w"})
    ]


def test_renaming_comes_last(session: Session) -> None:
    draft = Draft(session.plan, "systems", "cdp")
    draft.type(ID, "profiles")
    draft.type("status", "retiring")
    assert edits_of(draft) == [
        SetKey("systems", "cdp", ("status",), "retiring"),
        RenameId("systems", "cdp", "profiles"),
    ]
    assert session.preview(Edits(tuple(edits_of(draft)))).plan.roadmap.initiatives[
        "web-push"
    ].uses == ("profiles",)


def test_a_table_created_in_place_comes_with_the_same_save(session: Session) -> None:
    draft = Draft(session.plan, "initiatives", "web-push")
    id = draft.create("systems", "A/B tool")
    assert meant(draft, "uses", f"cdp, {id}") == ["cdp", "a-b-tool"]
    assert edits_of(draft) == [
        AddTable("systems", "a-b-tool", {"title": "A/B tool"}),
        SetKey("initiatives", "web-push", ("uses",), ["cdp", "a-b-tool"]),
    ]
    draft.type("uses", "cdp")
    assert draft.edit() is None


def test_an_id_without_a_table_is_allowed_where_the_format_implies_it(session: Session) -> None:
    draft = Draft(session.plan, "initiatives", "web-push")
    assert draft.type("uses", "warehouse") == Understood(
        ["warehouse"], "warehouse", "'warehouse' has no table yet"
    )
    assert draft.type("outcomes", "loyalty") == Unclear("no outcome 'loyalty'", None)
    assert draft.type("estimated_by", "ann") == Understood("ann", "ann", "'ann' has no table yet")
    assert draft.type("uses", "cdp-x, cdp") != draft.type("uses", "cdp")


@pytest.mark.parametrize(
    ("key", "text", "answer"),
    [
        ("estimate", "4", "days or weeks?; nearest: 4w"),
        ("needs", "consent-ap SS", "no initiative 'consent-ap'; nearest: consent-api SS"),
        ("status", "actve", "one of proposed, planned, active, paused, done, dropped"),
        ("priority", "7", "7 is not a whole number from 1 to 5"),
        ("deadline", "31 feb", "February 2028 has 29 days; nearest: 29 feb 2028"),
        ("reviews", "crm", "on which date, crm?; nearest: crm today"),
        ("staff", "data", "how much for data?; nearest: data 1"),
        (
            "cost",
            "60k/40k/30k",
            "[60000, 40000, 30000] is not a number, 0 or more, or three that grow",
        ),
        ("cost", "30k/40k", "[30000, 40000] is not a number, 0 or more, or three that grow"),
        ("cost", "it 30k/x/9", "not a number"),
        ("accelerate", "to 6w", "cost is left out"),
        ("accelerate", "to 6, cost 1", "days or weeks?; nearest: to 6w"),
        ("uses", "cdq", "no system 'cdq'"),
        ("needs", "segments; delivred x", "'delivred' says nothing here"),
        ("needs", "segments; counter by it", "a counter names a date or a link"),
        ("needs", "segments; counter promised 5 nv", "counter promised: not a date"),
        ("needs", "segments; counter SX+1d", "counter: a link is FS, SS, FF or SF"),
        (
            "needs",
            "segments ss; delivers x; agreed 5 nv",
            "agreed: not a date; nearest: segments SS; delivers x; agreed 5 nov",
        ),
    ],
)
def test_what_is_unclear_names_the_nearest(
    key: str, text: str, answer: str, session: Session
) -> None:
    typed = Draft(session.plan, "initiatives", "web-push").type(key, text)
    if key == "uses":
        assert isinstance(typed, Understood)  # three letters are too few to be sure it is a slip
    else:
        assert str(typed).startswith(answer)


@pytest.mark.parametrize(
    ("kind", "key", "text", "value"),
    [
        ("calendars", "workdays", "mon, tue, wed", ["mon", "tue", "wed"]),
        ("calendars", "holidays", "24 dec Christmas Eve", {"2027-12-24": "Christmas Eve"}),
        ("calendars", "holidays", "24 dec 2028 the Eve", {"2028-12-24": "the Eve"}),
        ("calendars", "holidays", "last day of june End", {"2027-06-30": "End"}),
        (
            "outcomes",
            "readings",
            "1 feb 2.1\n2027-02-15 2.4",
            {"2027-02-01": 2.1, "2027-02-15": 2.4},
        ),
        ("outcomes", "value", "€1.2m", 1_200_000),
        ("initiatives", "cost", "40k", 40_000),
        ("initiatives", "cost", "marketing 40,000, it 25k", {"marketing": 40_000, "it": 25_000}),
        ("initiatives", "cost", "30k/40k/60,000", [30_000, 40_000, 60_000]),
        (
            "initiatives",
            "cost",
            "marketing 30,000/40,000/60,000, it 25k",
            {"marketing": [30_000, 40_000, 60_000], "it": 25_000},
        ),
        ("initiatives", "accelerate", "to 6 weeks, cost 12,000", {"to": "6w", "cost": 12_000}),
        ("initiatives", "value", "marketing 4, it 2", {"marketing": 4, "it": 2}),
        (
            "teams",
            "capacity_from",
            "1 jun 5\n2028-01-01 3.5",
            {"2027-06-01": 5, "2028-01-01": 3.5},
        ),
        ("outcomes", "answers", "1 feb go on: season", {"2027-02-01": "go on: season"}),
        ("calendars", "working", "28 aug", {"2027-08-28": "Working day"}),
        ("checks", "wip", "3", 3),
        ("checks", "wip", "crm 3, data 2", {"crm": 3, "data": 2}),
        ("actions", "due", "1 feb", date(2028, 2, 1)),
        ("actions", "done", "1 feb", date(2027, 2, 1)),
        ("initiatives", "as_late_as_possible", "y", True),
        ("initiatives", "owner", "crm", "crm"),
        ("initiatives", "tags", 'spring, "now, or never"', ["spring", "now, or never"]),
        ("decisions", "options", "build, buy", ["build", "buy"]),
        ("meetings", "every", "2 weeks", "2w"),
        ("agreements", "agreed", "marketing 1 feb", {"marketing": date(2027, 2, 1)}),
    ],
)
def test_every_shape_has_its_way_of_typing(
    kind: str, key: str, text: str, value: object, session: Session
) -> None:
    assert meant(Draft(session.plan, kind, None), key, text) == value


def test_every_field_of_every_kind_can_be_shown_and_left_alone(session: Session) -> None:
    for kind in KINDS:
        for id in session.plan.roadmap.table(kind):
            draft = Draft(session.plan, kind, id, today=AS_OF)
            for field in fields_of(kind):
                typed = draft.read(field.key)
                assert isinstance(typed, Understood), (id, field.key, typed)
                written = draft.before.get(field.key)
                assert typed.value == written, (id, field.key)


def read(field: Field, value: Any) -> Any:
    """A value without what is only another spelling of it."""
    if field.shape not in LISTS:
        return value
    several = [value] if isinstance(value, str) else value or []
    return [*map(parse_need, several)] if field.shape == "needs" else several


def test_every_key_of_the_format_can_be_shown_and_typed_again(tmp_path: Path) -> None:
    plan = spring(tmp_path, AS_A_FILE).plan
    for kind in KINDS:
        for id in plan.roadmap.table(kind):
            draft = Draft(plan, kind, id, today=AS_OF)
            for field in fields_of(kind):
                again = understood(field, draft.texts[field.key], draft.around)
                assert isinstance(again, Understood), (id, field.key, again)
                assert read(field, again.value) == read(field, draft.before.get(field.key)), (
                    id,
                    field.key,
                )


def test_an_id_that_is_only_named_so_far_gets_its_table(session: Session) -> None:
    draft = Draft(session.plan, "portfolios", "marketing")
    assert draft.new
    draft.type("budget", "900k")
    assert edits_of(draft) == [AddTable("portfolios", "marketing", {"budget": 900_000})]


def test_the_settings_of_rules_are_fields_too(session: Session) -> None:
    draft = Draft(session.plan, "checks", "")
    assert meant(draft, "horizon", "40") == 40
    assert meant(draft, "assumed_estimate", "3 weeks") == "3w"
    assert meant(draft, "severity", "DATE03 info, own01 error") == {
        "DATE03": "info",
        "own01": "error",
    }
    assert meant(draft, "reviews_for", "personal: privacy, legal") == {
        "personal": ["privacy", "legal"]
    }
    changed = edits_of(draft)
    assert SetKey("checks", "", ("horizon",), 40) in changed
    assert session.preview(Edits(tuple(changed))).plan.roadmap.checks.thresholds["horizon"] == 40


def test_the_glossary_is_a_form_of_terms(tmp_path: Path) -> None:
    roadmap = """
[glossary]
"go-live" = { marketing = "the campaign starts", it = "released" }
lead = "someone who left an address"
"""
    draft = Draft(spring(tmp_path, roadmap).plan, "glossary", "")
    assert draft.texts["go-live"] == "marketing: the campaign starts\nit: released"
    draft.type("go-live", f"{draft.texts['go-live']}\nagreed: customers can use it")
    draft.type("lead", "")
    draft.type("add a term", "peak = October to January")
    assert edits_of(draft) == [
        SetKey("glossary", "", ("go-live", "agreed"), "customers can use it"),
        RemoveKey("glossary", "", ("lead",)),
        SetKey("glossary", "", ("peak",), "October to January"),
    ]


def test_the_roadmap_itself_has_a_form(session: Session) -> None:
    draft = Draft(session.plan, "roadmap", "")
    assert draft.texts["start"] == "2027-03-01"
    assert meant(draft, "near_critical", "8") == 8
    assert edits_of(draft) == [SetKey("roadmap", "", ("near_critical",), 8)]


def test_what_can_not_be_seen_is_written_as_it_was_typed(session: Session) -> None:
    draft = Draft(session.plan, "initiatives", "web-push")
    typed = "👩\u200d💻 \u200fمی\u200cخواهم\U000e0041\U00100185\ufeff"
    assert meant(draft, "title", to_edit(typed)) == typed


def test_unknown_keys_are_shown_and_kept(session: Session) -> None:
    draft = Draft(session.plan, "initiatives", "web-push")
    assert draft.unknown() == {"colour": "blue"}
    draft.type("title", "Push")
    edit = draft.edit()
    assert edit is not None
    assert session.preview(edit).plan.tables["initiatives"]["web-push"]["colour"] == "blue"


def test_hostile_text_is_shown_and_never_written_back_unasked(tmp_path: Path) -> None:
    roadmap = '[initiatives.a]\ntitle = "a\\u001b[31mred\\u202e"\nnotes = "one\\ntwo\\u0007"\n'
    draft = Draft(spring(tmp_path, roadmap).plan, "initiatives", "a")
    assert pictured(draft.texts["title"]) == "a␛[31mred␦"
    assert pictured(draft.texts["notes"]) == "one\ntwo␇"
    draft.type("estimate", "1w")
    assert edits_of(draft) == [SetKey("initiatives", "a", ("estimate",), "1w")]


@pytest.mark.parametrize("text", ["none", "None", "-"])
@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("initiatives", "deadline"),
        ("initiatives", "actual_start"),
        ("initiatives", "estimate"),
        ("initiatives", "remaining"),
        ("initiatives", "percent_complete"),
        ("initiatives", "priority"),
        ("initiatives", "owner"),
        ("initiatives", "status"),
        ("initiatives", "uses"),
        ("initiatives", "needs"),
        ("initiatives", "cost"),
        ("initiatives", "staff"),
        ("initiatives", "reviews"),
        ("initiatives", "accelerate"),
        ("outcomes", "readings"),
        ("teams", "capacity"),
    ],
)
def test_none_takes_a_key_out(kind: str, key: str, text: str, session: Session) -> None:
    typed = Draft(session.plan, kind, None).type(key, text)
    assert isinstance(typed, Understood)
    assert (typed.value, typed.text) == (None, "")


def test_none_is_a_word_where_words_are_typed(session: Session) -> None:
    draft = Draft(session.plan, "initiatives", "web-push")
    for key in ("title", "notes", "tags"):
        typed = draft.type(key, "none")
        assert isinstance(typed, Understood)
        assert typed.value is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("consent-api, segments", ["consent-api", "segments"]),
        ("consent-api SS+5d, segments +1w", ["consent-api SS+5d", "segments +1w"]),
        ("consent-api,segments,", ["consent-api", "segments"]),
        (
            "consent-api, segments; delivers lists, and segments",
            ["consent-api", {"on": "segments", "delivers": "lists, and segments"}],
        ),
    ],
)
def test_commas_part_links(text: str, value: list[object], session: Session) -> None:
    typed = Draft(session.plan, "initiatives", "spring-launch").type("needs", text)
    assert isinstance(typed, Understood)
    assert typed.value == value


@pytest.mark.parametrize(
    ("kind", "key", "text", "nearest"),
    [
        ("initiatives", "needs", "consent-ap, segments", "consent-api\nsegments"),
        ("initiatives", "needs", "nothing-like-it, consent-ap", None),
        ("initiatives", "needs", "segments; foo bar", "segments; delivers foo bar"),
        ("initiatives", "needs", "segments; agreed soon", None),
        ("initiatives", "needs", "segments later", None),
        ("initiatives", "outcomes", "loyalty, repeatt", None),
        ("initiatives", "cost", "marketing 12.000, it 2", "marketing 12000, it 2"),
        ("initiatives", "cost", "marketing 12,5k, it 2.000", "marketing 12500, it 2000"),
        ("initiatives", "estimate", "2 sprints", None),
        ("initiatives", "estimate", "4w/5 sprints/7w", None),
        ("initiatives", "as_late_as_possible", "maybe", None),
        ("initiatives", "status", "p", "proposed"),
        ("initiatives", "priority", "7", None),
        ("checks", "severity", "DATE03 loud", None),
        ("glossary", "add a term", "lead time", None),
    ],
)
def test_the_nearest_keeps_all_that_was_typed(
    kind: str, key: str, text: str, nearest: str | None, session: Session
) -> None:
    typed = Draft(session.plan, kind, "").type(key, text)
    assert isinstance(typed, Unclear)
    assert typed.nearest == nearest


@pytest.mark.parametrize("key", ["cost", "accelerate"])
def test_negative_money_is_refused_in_a_form(key: str, session: Session) -> None:
    text = {"cost": "-5", "accelerate": "to 2w, cost -5"}[key]
    assert isinstance(Draft(session.plan, "initiatives", "web-push").type(key, text), Unclear)


PIECES = """none asap eom ~4w 2 sprints half a year 2w 3d 2,5 weeks 8w/10w/14 cdp cdpp data 40k
marketing 12.000 12,000 1e6 -5 31 feb 1/4/2027 15 next fri SS+5d later ; , / : = consent-ap segments
delivers lists agreed soon maybe yes DATE03 loud counter by it on promised"""


@given(data=st.data(), kind=st.sampled_from(["initiatives", "outcomes", "calendars", "checks"]))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_nearest_text_is_one(data: st.DataObject, kind: str, session: Session) -> None:
    draft = Draft(session.plan, kind, "")
    field = data.draw(st.sampled_from(draft.fields))
    words = data.draw(st.lists(st.sampled_from(PIECES.split()), min_size=1, max_size=5))
    typed = draft.type(field.key, " ".join(words))
    if isinstance(typed, Unclear) and typed.nearest is not None:
        assert isinstance(draft.type(field.key, typed.nearest), Understood), typed


@pytest.mark.parametrize(
    ("key", "text", "nearest"),
    [
        ("uses", "cdp-old", None),
        ("owner", "crm and data", None),
        ("estimate", "12,000", None),
        ("needs", ";", None),
        ("needs", "consent-ap later", None),
        ("needs", "consent-ap; agreed 5 nv", "consent-api; agreed 5 nov"),
    ],
)
def test_a_nearest_text_leaves_no_word_out(
    key: str, text: str, nearest: str | None, session: Session
) -> None:
    typed = Draft(session.plan, "initiatives", "web-push").type(key, text)
    assert getattr(typed, "nearest", None) == nearest


def test_a_day_that_is_asked_back_keeps_its_name(session: Session) -> None:
    typed = Draft(session.plan, "calendars", None).type("holidays", "1/4/2027 Spring break")
    assert isinstance(typed, Unclear)
    assert typed.nearest == "1 apr 2027 Spring break"
