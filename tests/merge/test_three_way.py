"""Two people's edits in one file: what meets, what asks, what stays of the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import tomli

from planner.merge.blocks import blocks
from planner.merge.lines import unmarked
from planner.merge.three_way import Decide, Merged, Side, merge, merge_bytes
from planner.merge.values import Conflict
from planner.text import renames
from planner.text.document import Document
from planner.text.edits import RenameId
from planner.text.renames import _likeness

BASE = """\
# The roadmap of two teams.
[roadmap]
title = "Joint"

[initiatives.api]
estimate = "4w"
owner = "platform"

# Legal asked for this.
[initiatives.push]
title = "Web push"
estimate = "3w"
needs = [
    "api",          # the endpoint
    "consent SS+5d",
]
uses = ["cdp"]

[initiatives.site]
estimate = "2w"
"""


MARKED = """\
<<<<<<< version A
estimate = "5w"
||||||| base
estimate = "3w"
=======
estimate = "6w"
>>>>>>> version B
"""


def changed(*pairs: tuple[str, str], base: str = BASE) -> str:
    for old, new in pairs:
        assert old in base
        base = base.replace(old, new, 1)
    return base


def merged(ours: str, theirs: str, base: str | None = BASE) -> Merged:
    """The merge, after a look that the other order gives the same data and as many questions."""
    raw = None if base is None else base.encode()
    found = merge_bytes(raw, ours.encode(), theirs.encode())
    other = merge_bytes(raw, theirs.encode(), ours.encode())
    assert [c.name for c in found.conflicts] == [c.name for c in other.conflicts]
    if found.text is not None:
        assert other.text is not None
        assert tomli.loads(found.text) == tomli.loads(other.text)
    return found


def always(side: Side) -> Decide:
    return lambda _: side


def text_of(ours: str, theirs: str, base: str | None = BASE) -> str:
    found = merged(ours, theirs, base)
    assert found.conflicts == ()
    assert found.text is not None
    return found.text


def test_edits_of_two_keys_of_one_table_meet() -> None:
    ours = changed(('estimate = "3w"', 'estimate = "5w"'))
    theirs = changed(('title = "Web push"', 'title = "Push"'))
    assert text_of(ours, theirs) == changed(
        ('estimate = "3w"', 'estimate = "5w"'), ('title = "Web push"', 'title = "Push"')
    )


def test_one_key_with_two_values_asks_and_names_it() -> None:
    ours = changed(('estimate = "3w"', 'estimate = "5w"'))
    theirs = changed(('estimate = "3w"', 'estimate = "6w"'), ('estimate = "2w"', 'estimate = "1w"'))
    found = merged(ours, theirs)
    assert found.conflicts == (Conflict("initiatives", "push", ("estimate",), "3w", "5w", "6w"),)
    assert found.document is None
    assert found.to_bytes().decode() == changed(
        (
            'estimate = "3w"\n',
            MARKED,
        ),
        ('estimate = "2w"', 'estimate = "1w"'),
    )


def test_a_decision_closes_the_question() -> None:
    ours = changed(('estimate = "3w"', 'estimate = "5w"'))
    theirs = changed(('estimate = "3w"', 'estimate = "6w"'))
    documents = [Document.parse(text.encode(), "") for text in (BASE, ours, theirs)]
    sides: tuple[tuple[Side, str], ...] = (("ours", "5w"), ("theirs", "6w"), ("base", "3w"))
    for side, value in sides:
        found = merge(documents[0], documents[1], documents[2], always(side))
        assert found.document is not None
        assert found.document.data["initiatives"]["push"]["estimate"] == value
        assert [each.name for each in found.asked] == ["initiatives.push.estimate"]


def test_links_of_both_sides_stay_with_their_comments() -> None:
    ours = changed(
        (
            '    "api",          # the endpoint\n',
            '    "api",          # the endpoint\n    "cdp",  # mine\n',
        )
    )
    theirs = changed(
        (
            '    "consent SS+5d",\n',
            '    { on = "consent", type = "SS", lag = "5d" },\n    "zero",  # theirs\n',
        )
    )
    text = text_of(ours, theirs)
    assert "# mine" in text
    assert "# theirs" in text
    needs = tomli.loads(text)["initiatives"]["push"]["needs"]
    assert [each if isinstance(each, str) else each["on"] for each in needs] == [
        "api",
        "cdp",
        "consent",
        "zero",
    ]


def test_one_link_changed_in_two_parts_meets() -> None:
    ours = changed(('"consent SS+5d"', '"consent SS+10d"'))
    theirs = changed(('"consent SS+5d"', '"consent FF+5d"'))
    assert '"consent FF+10d"' in text_of(ours, theirs)


def test_one_link_with_two_lags_asks() -> None:
    ours = changed(('"consent SS+5d"', '"consent SS+10d"'))
    theirs = changed(('"consent SS+5d"', '"consent SS+1d"'))
    found = merged(ours, theirs)
    assert [each.name for each in found.conflicts] == ["initiatives.push.needs.consent"]


AGREED = "{ on = 'api', promised = 2027-03-05, agreed = 2027-01-11 }"


@pytest.mark.parametrize(
    ("ours", "theirs", "asks"),
    [
        ("note = 'by phone'", "rejected = 2027-03-08", False),
        ("counter = { by = 'it', promised = 2027-03-12 }", "accepted_when = 'it signs in'", False),
        (
            "counter = { by = 'it', promised = 2027-03-12 }",
            "counter = { by = 'marketing', needed_by = 2027-02-26 }",
            True,
        ),
    ],
)
def test_terms_meet_by_key_and_a_counter_is_one_of_them(ours: str, theirs: str, asks: bool) -> None:
    base = changed(('"api",   ', f"{AGREED},"))
    sides = [changed((" }", f", {one} }}"), base=base) for one in (ours, theirs)]
    found = merged(sides[0], sides[1], base)
    names = ["initiatives.push.needs.api"] if asks else []
    assert [each.name for each in found.conflicts] == names
    if found.text is not None:
        (link,) = tomli.loads(f"x = [{AGREED[:-2]}, {ours}, {theirs} }}]")["x"]
        assert tomli.loads(found.text)["initiatives"]["push"]["needs"][0] == link


def test_half_of_a_counter_is_no_counter() -> None:
    counter = "counter = { by = 'it', on = 2027-03-01, promised = 2027-03-12 }"
    base = changed(('"api",   ', f"{AGREED[:-2]}, {counter} }},"))
    ours = changed(("03-12", "03-19"), base=base)
    theirs = changed(("2027-03-01, p", "2027-03-08, p"), base=base)
    assert [each.name for each in merged(ours, theirs, base).conflicts] == [
        "initiatives.push.needs.api"
    ]


@pytest.mark.parametrize(
    "offer",
    [
        'accelerate = { to = "6w", cost = 12000 }\n',
        'accelerate.to = "6w"\naccelerate.cost = 12000\n',
        '\n[initiatives.site.accelerate]\nto = "6w"\ncost = 12000\n',
    ],
)
def test_the_parts_of_a_value_meet_in_any_spelling(offer: str) -> None:
    base = BASE + offer
    found = text_of(base.replace("6w", "4w"), base.replace("12000", "9000"), base)
    assert tomli.loads(found)["initiatives"]["site"]["accelerate"] == {"to": "4w", "cost": 9000}
    asked = merged(base.replace("12000", "8000"), base.replace("12000", "9000"), base)
    assert [each.name for each in asked.conflicts] == ["initiatives.site.accelerate.cost"]


def test_a_removed_link_stays_removed_and_a_removed_changed_one_asks() -> None:
    ours = changed(('    "consent SS+5d",\n', ""))
    assert "consent" not in text_of(ours, changed(('uses = ["cdp"]', 'uses = ["cdp", "crm"]')))
    found = merged(ours, changed(('"consent SS+5d"', '"consent SS+1d"')))
    assert [each.name for each in found.conflicts] == ["initiatives.push.needs.consent"]


def test_a_bare_string_and_a_list_are_one_set() -> None:
    base = '[initiatives.a]\nuses = "cdp"\n'
    text = text_of(
        '[initiatives.a]\nuses = ["cdp", "crm"]\n', '[initiatives.a]\nuses = ["app", "cdp"]\n', base
    )
    assert tomli.loads(text)["initiatives"]["a"]["uses"] == ["app", "cdp", "crm"]


def test_a_removed_table_against_a_changed_one_asks() -> None:
    ours = changed(('\n[initiatives.site]\nestimate = "2w"\n', ""))
    theirs = changed(('estimate = "2w"', 'estimate = "9w"'))
    found = merged(ours, theirs)
    assert [(each.name, each.key) for each in found.conflicts] == [("initiatives.site", ())]
    assert "site" not in found.side("ours")
    assert tomli.loads(found.side("theirs"))["initiatives"]["site"] == {"estimate": "9w"}


def test_a_removed_table_that_nobody_changed_goes() -> None:
    ours = changed(('[initiatives.api]\nestimate = "4w"\nowner = "platform"\n\n', ""))
    theirs = changed(('estimate = "2w"', 'estimate = "9w"'))
    assert "initiatives.api" not in text_of(ours, theirs)


def test_new_tables_of_both_sides_stand_in_order() -> None:
    ours = changed(("# Legal", '[initiatives.beta]\nestimate = "1w"\n\n# Legal'))
    theirs = changed(("# Legal", '[initiatives.alpha]\nestimate = "1w"\n\n# Legal'))
    text = text_of(ours, BASE + '\n[initiatives.zulu]\nestimate = "1w"\n')
    assert text.endswith('estimate = "2w"\n\n[initiatives.zulu]\nestimate = "1w"\n')
    assert list(tomli.loads(text_of(ours, theirs))["initiatives"]) == [
        "alpha", "api", "beta", "push", "site",
    ]  # fmt: skip


def test_comments_of_both_sides_stay() -> None:
    ours = changed(
        ("# Legal asked", "# Ours.\n# Legal asked"), ('estimate = "3w"', 'estimate = "5w"  # ours')
    )
    theirs = changed(
        ('title = "Web push"', '# Theirs.\ntitle = "Push"'),
        ('uses = ["cdp"]', 'uses = ["cdp"]  # theirs'),
    )
    text = text_of(ours, theirs)
    for comment in (
        "# Ours.",
        "# ours",
        "# Theirs.",
        "# theirs",
        "# Legal asked",
        "# the endpoint",
    ):
        assert comment in text


def test_two_comments_at_one_place_are_no_conflict() -> None:
    ours = changed(("# Legal asked for this.", "# Legal asked for this. Ana knows."))
    theirs = changed(
        ("# Legal asked for this.", "# Legal asked for this. Bo knows."), ('"Web push"', '"Push"')
    )
    text = text_of(ours, theirs)
    assert "Ana knows" in text
    assert "Bo knows" in text


def test_a_renamed_table_takes_the_other_sides_changes() -> None:
    base = Document.parse(BASE.encode(), "")
    ours = base.apply(RenameId("initiatives", "api", "gateway")).text
    theirs = changed(
        ('estimate = "4w"', 'estimate = "6w"'),
        ('estimate = "2w"', 'estimate = "2w"\nneeds = ["api"]'),
    )
    data = tomli.loads(text_of(ours, theirs))["initiatives"]
    assert data["gateway"] == {"estimate": "6w", "owner": "platform"}
    assert data["site"]["needs"] == ["gateway"]
    assert data["push"]["needs"][0] == "gateway"
    assert "api" not in data


def test_a_renamed_table_that_the_other_side_removed_asks() -> None:
    ours = changed(("[initiatives.site]", "[initiatives.shop]"))
    theirs = changed(('\n[initiatives.site]\nestimate = "2w"\n', ""))
    found = merged(ours, theirs)
    assert [each.name for each in found.conflicts] == ["initiatives.shop"]
    assert found.side("ours") == ours
    assert found.side("theirs").rstrip() == theirs.rstrip()


def test_two_names_for_one_table_ask() -> None:
    ours = changed(("[initiatives.api]", "[initiatives.gateway]"))
    theirs = changed(("[initiatives.api]", "[initiatives.front-door]"))
    found = merged(ours, theirs)
    assert [each.name for each in found.conflicts] == ["initiatives.api.id"]
    assert "front-door" not in found.side("ours")
    decided = merge_bytes(BASE.encode(), ours.encode(), theirs.encode(), decide=always("theirs"))
    assert decided.text == theirs


def test_a_less_sure_rename_asks() -> None:
    ours = changed(
        (
            '[initiatives.api]\nestimate = "4w"\nowner = "platform"',
            '[initiatives.new]\nestimate = "9w"\nowner = "platform"',
        )
    )
    theirs = changed(('estimate = "4w"', 'estimate = "6w"'))
    assert [each.name for each in merged(ours, theirs).conflicts] == ["initiatives.api"]


def test_both_sides_add_one_table() -> None:
    ours = BASE + '\n[initiatives.zulu]\nestimate = "1w"\nuses = ["cdp"]\n'
    theirs = (
        BASE + '\n# Theirs.\n[initiatives.zulu]\ntitle = "Zulu"\nestimate = "1w"\nuses = ["crm"]\n'
    )
    text = text_of(ours, theirs)
    assert tomli.loads(text)["initiatives"]["zulu"] == {
        "title": "Zulu",
        "estimate": "1w",
        "uses": ["cdp", "crm"],
    }
    assert "# Theirs." in text


def test_both_sides_add_one_file() -> None:
    ours = '[initiatives.a]\nestimate = "1w"\n'
    theirs = '[initiatives.a]\nestimate = "2w"\n\n[initiatives.b]\nestimate = "3w"\n'
    found = merged(ours, theirs, None)
    assert [each.name for each in found.conflicts] == ["initiatives.a.estimate"]
    assert tomli.loads(found.side("ours"))["initiatives"] == {
        "a": {"estimate": "1w"},
        "b": {"estimate": "3w"},
    }


def test_a_file_with_dotted_and_inline_tables_merges_too() -> None:
    base = 'roadmap.title = "x"\n[initiatives]\na = { estimate = "1w" }\nb.estimate = "2w"\n'
    ours = base.replace('"1w"', '"5w"')
    theirs = base.replace('"2w"', '"6w"').replace('"1w" }', '"1w", title = "A" }')
    assert text_of(ours, theirs, base) == (
        'roadmap.title = "x"\n[initiatives]\n'
        'a = { estimate = "5w", title = "A" }\nb.estimate = "6w"\n'
    )


def test_line_ends_and_byte_order_mark_follow_who_changed_them() -> None:
    ours = changed(('estimate = "3w"', 'estimate = "5w"')).replace("\n", "\r\n")
    theirs = changed(('"Web push"', '"Push"'))
    found = merge_bytes(BASE.encode(), b"\xef\xbb\xbf" + ours.encode(), theirs.encode())
    raw = found.to_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert b'"Push"' in raw
    assert b'"5w"' in raw


def test_what_is_no_toml_merges_by_lines() -> None:
    ours = changed(('estimate = "3w"', "estimate = 3w"))
    theirs = changed(('estimate = "2w"', 'estimate = "1w"'))
    found = merge_bytes(BASE.encode(), ours.encode(), theirs.encode())
    assert found.text == changed(
        ('estimate = "3w"', "estimate = 3w"), ('estimate = "2w"', 'estimate = "1w"')
    )


def test_unknown_tables_merge_by_lines() -> None:
    base = BASE + "\n[odd]\na = 1\n\nb = 2\n"
    assert tomli.loads(
        text_of(base.replace("a = 1", "a = 5"), base.replace("b = 2", "b = 6"), base)
    )["odd"] == {"a": 5, "b": 6}
    found = merged(base.replace("a = 1", "a = 5"), base.replace("a = 1", "a = 6"), base)
    assert len(found.conflicts) == 1


def test_markers_at_the_top_begin_their_lines_behind_no_byte_order_mark() -> None:
    base, ours, theirs = (f'\ufeffroadmap.title = "{title}"\n'.encode() for title in "abc")
    found = merge_bytes(base, ours, theirs)
    text = found.to_bytes().decode()
    assert text.startswith("<<<<<<< ")
    sides = unmarked(text)
    assert sides is not None
    assert [sides.base, sides.ours, sides.theirs] == [base.decode(), ours.decode(), theirs.decode()]


@pytest.mark.parametrize(
    "line",
    [
        'notes = """\n[x]\n[initiatives.c]\n"""',
        "notes = '''\n[x]\n\\'''",
        'notes = """he said "hi"\n[x]\n"""""',
        'notes = """\\"""\n[x]\n"""',
        '# a comment with """ in it',
        'title = "say \\"\\"\\" it"  # or \'\'\'',
        'title = \'"""\'',
        'notes = ["""a\n[x]\n""", """\n[y]"""]',
        'notes = """' + "\n[x]" * 300 + '"""',
    ],
)
def test_brackets_in_texts_of_several_lines_begin_no_table(line: str) -> None:
    text = f'[initiatives.a]\n{line}\n\n[initiatives.b]\nestimate = "1w"\n'
    tomli.loads(text)
    found = blocks(text)
    assert found is not None
    assert list(found) == [(), ("initiatives", "a"), ("initiatives", "b")]
    assert "".join(block.text + block.gap for block in found.values()) == text


# --- small tables and three values ----------------------------------------------------------------

KEYS = """\
[teams.crm]
capacity = 4
[teams.crm.capacity_from]
2027-06-01 = 5

[initiatives.push]
cost = { marketing = [30_000, 40_000, 60_000], it = 25_000 }
accelerate = { to = "6w", cost = 12000 }

[outcomes.sales]
kpi = "conversion"

[actions.ask-legal]
title = "Ask legal"
due = 2027-04-01
"""


def test_days_sides_and_actions_of_two_people_both_stay() -> None:
    ours = changed(
        ("2027-06-01 = 5", "2027-06-01 = 5\n2027-09-01 = 3"),
        ("it = 25_000", "it = [20_000, 25_000, 40_000]"),
        ("due = 2027-04-01", "due = 2027-04-08"),
        base=KEYS,
    )
    theirs = changed(
        ("2027-06-01 = 5", "2027-06-01 = 6"),
        ("[30_000, 40_000, 60_000]", "45_000"),
        ('title = "Ask legal"', 'title = "Ask legal"\nowner = "jo"'),
        ('kpi = "conversion"', 'kpi = "conversion"\nanswers = { 2027-06-01 = "stop" }'),
        base=KEYS,
    )
    found = tomli.loads(text_of(ours, theirs, KEYS))
    assert found["teams"]["crm"]["capacity_from"] == {"2027-06-01": 6, "2027-09-01": 3}
    assert found["initiatives"]["push"]["cost"] == {
        "marketing": 45_000,
        "it": [20_000, 25_000, 40_000],
    }
    assert found["actions"]["ask-legal"]["owner"] == "jo"
    assert str(found["actions"]["ask-legal"]["due"]) == "2027-04-08"
    assert found["outcomes"]["sales"]["answers"] == {"2027-06-01": "stop"}


@pytest.mark.parametrize(
    ("old", "ours", "theirs", "key"),
    [
        ("2027-06-01 = 5", "2027-06-01 = 6", "2027-06-01 = 7", ("capacity_from", "2027-06-01")),
        ("[30_000, 40_000, 60_000]", "[1, 2, 3]", "[1, 2, 4]", ("cost", "marketing")),
        ("cost = 12000", "cost = 1", "cost = 2", ("accelerate", "cost")),
        ("due = 2027-04-01", "due = 2027-04-02", "due = 2027-04-05", ("due",)),
    ],
)
def test_one_day_side_or_part_with_two_values_is_asked(
    old: str, ours: str, theirs: str, key: tuple[str, ...]
) -> None:
    [asked] = merged(
        changed((old, ours), base=KEYS), changed((old, theirs), base=KEYS), KEYS
    ).conflicts
    assert asked.key == key


# --- names ----------------------------------------------------------------------------------------

NAMED = """\
[initiatives.api]
title = "API"
estimate = "4w"

[initiatives.push]
title = "Push"
estimate = "3w"
owner = "crm"

[initiatives.site]
needs = ["api", "push SS"]
"""


def named(old: str, new: str, base: str = NAMED) -> str:
    document = Document.parse(base.encode(), "")
    return document.apply(RenameId("initiatives", old, new)).text


@pytest.mark.parametrize(
    ("side", "ids", "needs"),
    [
        ("ours", ["core", "push", "site"], ["core", "push SS"]),
        ("theirs", ["api", "core", "site"], ["api", "core SS"]),
        ("base", ["api", "push", "site"], ["api", "push SS"]),
    ],
)
def test_two_tables_of_one_new_name_are_asked_about(
    side: Side, ids: list[str], needs: list[str]
) -> None:
    ours, theirs = named("api", "core"), named("push", "core").replace('"crm"', '"web"')
    found = merged(ours, theirs, NAMED)
    assert found.conflicts == (Conflict("initiatives", "core", ("id",), None, "api", "push"),)
    assert tomli.loads(found.side("ours")) == tomli.loads(ours)
    assert tomli.loads(found.side("theirs")) == tomli.loads(theirs)
    decided = merge_bytes(NAMED.encode(), ours.encode(), theirs.encode(), decide=always(side))
    assert decided.text is not None
    tables = tomli.loads(decided.text)["initiatives"]
    assert sorted(tables) == ids
    assert tables["site"]["needs"] == needs
    owned = {each["title"]: each.get("owner") for id, each in tables.items() if id != "site"}
    assert owned == {"API": None, "Push": "web"}


def test_a_new_name_that_the_other_side_gave_to_a_new_table_is_asked_about() -> None:
    theirs = NAMED + '\n[initiatives.core]\nowner = "web"\n'
    found = merged(named("api", "core"), theirs, NAMED)
    assert [(each.name, each.ours, each.theirs) for each in found.conflicts] == [
        ("initiatives.core.id", "api", None)
    ]
    decided = merge_bytes(
        NAMED.encode(), named("api", "core").encode(), theirs.encode(), decide=always("theirs")
    )
    assert decided.text is not None
    assert tomli.loads(decided.text) == tomli.loads(theirs)


def test_each_side_refers_to_a_table_of_two_names_by_its_own() -> None:
    ours, theirs = named("api", "core"), named("api", "hub")
    found = merged(ours, theirs, NAMED)
    assert [each.name for each in found.conflicts] == ["initiatives.api.id"]
    assert tomli.loads(found.side("ours")) == tomli.loads(ours)
    assert tomli.loads(found.side("theirs")) == tomli.loads(theirs)
    decided = merge_bytes(NAMED.encode(), ours.encode(), theirs.encode(), decide=always("theirs"))
    assert decided.text == theirs


def test_many_new_names_are_told_without_comparing_all_with_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = 0

    def likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
        nonlocal compared
        compared += 1
        return _likeness(one, other)

    monkeypatch.setattr(renames, "_likeness", likeness)
    numbers = range(1000, 1400)
    base = "".join(f'[initiatives.a-{at}]\nnotes = "{at}"\nestimate = "4w"\n\n' for at in numbers)
    theirs = base.replace('"1200"\nestimate = "4w"', '"1200"\nestimate = "9w"')
    text = text_of(base.replace(".a-", ".b-"), theirs, base)
    assert compared == 0
    assert tomli.loads(text)["initiatives"]["b-1200"]["estimate"] == "9w"
    assert ".a-" not in text
    merged(base.replace(".a-", ".b-").replace("4w", "5w"), theirs, base)
    assert compared <= renames.PAIRS * 4
