"""How edits look in the file: what moves, what stays, and where new things go."""

from datetime import date
from textwrap import dedent
from typing import Any

import pytest

from planner.errors import EditRefused
from planner.text.document import Document
from planner.text.edits import AddTable, Edit, RemoveKey, RemoveTable, RenameId, SetKey

DAY = date(2027, 1, 18)


def edited(text: str, *edits: Edit) -> str:
    """The text (margins taken off) after some edits, checked against a reading of the whole."""
    document = Document.parse(dedent(text).encode(), "it.toml")
    for edit in edits:
        document = document.apply(edit)
    document.verify()
    return document.to_bytes().decode()


def text(text: str) -> str:
    return dedent(text)


def put(key: str, value: Any, id: str = "push") -> Edit:
    return SetKey("initiatives", id, tuple(key.split(".")), value)


class TestOneValue:
    def test_nothing_else_on_its_line_changes(self) -> None:
        before = "[initiatives.push]\nestimate   =  '3w'   # guessed\n"
        assert edited(before, put("estimate", "4w")) == before.replace("3w", "4w")

    def test_numbers_keep_their_spelling(self) -> None:
        before = "[initiatives.push]\ncost = 40_000\n"
        assert edited(before, put("cost", 1_250_000)) == before.replace("40_000", "1_250_000")

    def test_a_text_of_several_lines_stays_one(self) -> None:
        before = "[initiatives.push]\nnotes = '''\none\ntwo'''\n"
        assert edited(before, put("notes", "one\n\\two\\\n")) == before.replace(
            "one\ntwo", "one\n\\two\\\n"
        )

    def test_what_a_spelling_can_not_hold_gets_another(self) -> None:
        before = "[initiatives.push]\ntitle = 'x'\n"
        assert edited(before, put("title", "it's")) == '[initiatives.push]\ntitle = "it\'s"\n'

    def test_the_same_value_again_changes_nothing(self) -> None:
        document = Document.parse(b"[initiatives.push]\ncost = 0x10\n", "it.toml")
        assert document.apply(put("cost", 16)) is document


class TestNewKeys:
    def test_go_where_the_format_has_them(self) -> None:
        before = """\
            [initiatives.push]
            # why
            title = "Push"
            estimate = "3w"   # guessed
            # when
            deadline = 2027-03-01
            """
        assert edited(
            before, put("owner", "crm"), put("announced", DAY), put("kind", "review")
        ) == text(
            """\
            [initiatives.push]
            # why
            title = "Push"
            kind = "review"
            owner = "crm"
            estimate = "3w"   # guessed
            # when
            deadline = 2027-03-01
            announced = 2027-01-18
            """
        )

    def test_are_spaced_and_indented_like_their_neighbours(self) -> None:
        before = "[initiatives.push]\n  title='Push'\n"
        assert edited(before, put("kind", "review")) == before + '  kind="review"\n'

    def test_leave_a_missing_final_newline_missing(self) -> None:
        assert edited("[initiatives.push]", put("title", "x")) == '[initiatives.push]\ntitle = "x"'

    def test_end_their_lines_as_the_file_does(self) -> None:
        assert (
            edited("[initiatives.push]\r\n", put("title", "x"))
            == '[initiatives.push]\r\ntitle = "x"\r\n'
        )

    def test_small_tables_are_inline(self) -> None:
        after = edited(
            "[initiatives.push]\n", put("reviews.privacy", DAY), put("staff", {"crm": 2})
        )
        assert after == text(
            """\
            [initiatives.push]
            reviews = { privacy = 2027-01-18 }
            staff = { crm = 2 }
            """
        )

    def test_days_get_a_header_of_their_own(self) -> None:
        before = "[calendars.std]\ntitle = 'x'\n\n[initiatives.push]\n"
        edit = SetKey("calendars", "std", ("holidays", "2027-12-24"), "Christmas Eve")
        assert edited(before, edit) == text(
            """\
            [calendars.std]
            title = 'x'

            [calendars.std.holidays]
            2027-12-24 = "Christmas Eve"

            [initiatives.push]
            """
        )

    def test_days_stay_in_order(self) -> None:
        before = "[calendars.std.holidays]\n2027-01-01 = 'a'\n2027-12-25 = 'b'\n"
        edit = SetKey("calendars", "std", ("holidays", "2027-05-01"), "c")
        assert edited(before, edit).splitlines()[2] == '2027-05-01 = "c"'

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (
                "[initiatives]\npush.estimate = '3w'\napi.estimate = '5w'\n",
                "[initiatives]\npush.title = \"x\"\npush.estimate = '3w'\napi.estimate = '5w'\n",
            ),
            (
                "initiatives . push . estimate = '3w'\n",
                "initiatives . push . title = \"x\"\ninitiatives . push . estimate = '3w'\n",
            ),
            (
                "[initiatives]\npush = { estimate = '3w' }\n",
                "[initiatives]\npush = { title = \"x\", estimate = '3w' }\n",
            ),
            (
                "initiatives = { push = {} }\n",
                'initiatives = { push = { title = "x" } }\n',
            ),
            (
                "[initiatives.push.staff]\ncrm = 2\n",
                '[initiatives.push]\ntitle = "x"\n\n[initiatives.push.staff]\ncrm = 2\n',
            ),
            (
                "[ 'initiatives'.\"push\" ] # why\n",
                '[ \'initiatives\'."push" ] # why\ntitle = "x"\n',
            ),
        ],
    )
    def test_follow_the_spelling_of_their_table(self, before: str, after: str) -> None:
        assert edited(before, put("title", "x")) == after


class TestLists:
    def test_references_that_grow_past_one_get_a_line_each(self) -> None:
        before = '[initiatives.push]\nneeds = ["api"]  # first\n'
        assert edited(before, put("needs", ["api", "banner SS+5d"])) == text(
            """\
            [initiatives.push]
            needs = [
                "api",
                "banner SS+5d",
            ]  # first
            """
        )

    def test_estimates_and_tags_stay_on_one_line(self) -> None:
        before = '[initiatives.push]\ntags = ["a"]\nestimate = "3w"\n'
        after = edited(before, put("tags", ["a", "b"]), put("estimate", ["3w", "4w", "7w"]))
        assert after == '[initiatives.push]\ntags = ["a", "b"]\nestimate = ["3w", "4w", "7w"]\n'

    def test_items_keep_their_comments(self) -> None:
        before = """\
            [initiatives.push]
            needs = [
              "api",      # finish to start
              # from the privacy office
              'consent',  # agreed
              { on = "cdp", delivers = "x" },
            ]
            """
        value = ["consent FF", {"on": "cdp", "type": "SS", "delivers": "y"}, "hub", "api"]
        assert edited(before, put("needs", value)) == text(
            """\
            [initiatives.push]
            needs = [
              # from the privacy office
              'consent FF',  # agreed
              { on = "cdp", type = "SS", delivers = "y" },
              "hub",
              "api",      # finish to start
            ]
            """
        )

    def test_one_behind_a_last_item_with_a_comment_leaves_a_comma_for_the_next(self) -> None:
        before = """\
            [initiatives.push]
            needs = [
                "a",
                "c" # last
            ]
        """
        assert edited(before, put("needs", ["a", "c", "d"])) == text("""\
            [initiatives.push]
            needs = [
                "a",
                "c", # last
                "d",
            ]
        """)
        assert edited(before, put("needs", ["b", "c"])) == text(before).replace('"a"', '"b"')

    def test_the_last_item_goes_with_its_comma(self) -> None:
        before = '[initiatives.push]\nuses = [ "a", "b" ]\n'
        assert edited(before, put("uses", ["a"])) == '[initiatives.push]\nuses = [ "a" ]\n'
        assert edited(before, put("uses", [])) == "[initiatives.push]\nuses = []\n"

    def test_a_bare_text_becomes_a_list(self) -> None:
        before = '[initiatives.push]\nuses = "cdp"  # why\n'
        assert edited(before, put("uses", ["cdp", "crm"])) == text(
            """\
            [initiatives.push]
            uses = [
                "cdp",
                "crm",
            ]  # why
            """
        )


class TestRemovedKeys:
    def test_take_their_line_and_one_side_of_the_blank_lines(self) -> None:
        before = "[initiatives.push]\ntitle = 'x'\n\nkind = 'y'\n\n# left\nestimate = '3w'\n"
        assert edited(before, RemoveKey("initiatives", "push", ("kind",))) == (
            "[initiatives.push]\ntitle = 'x'\n\n# left\nestimate = '3w'\n"
        )

    def test_leave_an_empty_table_where_dots_had_made_it(self) -> None:
        before = "[initiatives]\npush.estimate = '3w'  # guessed\n"
        assert edited(before, RemoveKey("initiatives", "push", ("estimate",))) == (
            "[initiatives]\npush = {}  # guessed\n"
        )

    def test_leave_a_header_where_only_one_below_it_had_made_the_table(self) -> None:
        before = "# about push\n[initiatives.push.staff]\ncrm = 2\n\n[teams.crm]\n"
        assert edited(before, RemoveKey("initiatives", "push", ("staff",))) == (
            "# about push\n[initiatives.push]\n\n[teams.crm]\n"
        )

    def test_take_a_table_of_several_lines_with_its_comments(self) -> None:
        before = (
            "[initiatives.push]\n\n# people\n[initiatives.push.staff]\ncrm = 2\n\n"
            "# x\n[teams.crm]\n"
        )
        assert edited(before, RemoveKey("initiatives", "push", ("staff",))) == (
            "[initiatives.push]\n\n# x\n[teams.crm]\n"
        )


class TestNewTables:
    THREE = (
        "[initiatives.a]\n\n# --- late ---\n\n"
        "# about c\n[initiatives.c]\nestimate = '1w'\n\n[teams.t]\n"
    )

    def test_are_written_in_the_normal_form(self) -> None:
        values = {
            "deadline": DAY,
            "needs": ["a", {"on": "c", "agreed": DAY}],
            "title": "New",
            "own": 1,
            "reviews": {"privacy": DAY},
            "estimate": ["1w", "2w", "3w"],
        }
        assert edited("", AddTable("initiatives", "new", values)) == text(
            """\
            [initiatives.new]
            title = "New"
            reviews = { privacy = 2027-01-18 }
            estimate = ["1w", "2w", "3w"]
            deadline = 2027-01-18
            needs = [
                "a",
                { on = "c", agreed = 2027-01-18 },
            ]
            own = 1
            """
        )

    @pytest.mark.parametrize(
        ("id", "before"),
        [("b", "\n# --- late ---"), ("d", "\n[teams.t]"), ("0", "\n[initiatives.a]")],
    )
    def test_go_in_id_order_with_a_blank_line_between(self, id: str, before: str) -> None:
        after = edited(self.THREE, AddTable("initiatives", id, {"priority": 1}))
        assert after == self.THREE.replace(
            before[1:], f"[initiatives.{id}]\npriority = 1\n{before}", 1
        )

    def test_go_last_of_their_kind_where_ids_are_in_no_order(self) -> None:
        before = "[initiatives.c]\n[initiatives.a]\n[teams.t]\n"
        assert edited(before, AddTable("initiatives", "b", {})) == (
            "[initiatives.c]\n[initiatives.a]\n\n[initiatives.b]\n\n[teams.t]\n"
        )

    def test_the_first_of_a_kind_goes_where_the_format_has_it(self) -> None:
        before = "# Acme\n\n[roadmap]\ntitle = 'x'\n\n[initiatives.a]\n"
        assert edited(before, AddTable("teams", "t", {})) == (
            "# Acme\n\n[roadmap]\ntitle = 'x'\n\n[teams.t]\n\n[initiatives.a]\n"
        )
        assert edited(before, AddTable("waivers", "w", {})).endswith(
            "[initiatives.a]\n\n[waivers.w]\n"
        )

    def test_a_line_for_editors_stays_the_first(self) -> None:
        before = "#:schema ./x.json\n[initiatives.a]\n"
        assert edited(before, AddTable("roadmap", "", {"title": "x"})).startswith("#:schema")
        assert edited(before, RemoveTable("initiatives", "a")) == "#:schema ./x.json\n"

    def test_go_into_the_inline_table_that_holds_their_kind(self) -> None:
        assert edited(
            "initiatives = { a = {} }\n", AddTable("initiatives", "b", {"priority": 1})
        ) == ("initiatives = { a = {}, b = { priority = 1 } }\n")

    def test_keep_a_missing_final_newline_missing(self) -> None:
        assert edited("[teams.a]", AddTable("teams", "b", {})) == "[teams.a]\n\n[teams.b]"


class TestRemovedTables:
    def test_take_the_comments_above_them_and_leave_others(self) -> None:
        before = """\
            # the file

            [initiatives.a]

            # --- banner ---

            # about b
            # more about b
            [initiatives.b]  # b
            # inside b
            estimate = "3w"
            # below b

            # about nothing

            # about c
            [initiatives.c]
            """
        assert edited(before, RemoveTable("initiatives", "b")) == text(
            """\
            # the file

            [initiatives.a]

            # --- banner ---

            # about nothing

            # about c
            [initiatives.c]
            """
        )

    def test_the_last_leaves_no_blank_lines_behind(self) -> None:
        before = "[initiatives.a]\n\n\n[initiatives.b]\n"
        assert edited(before, RemoveTable("initiatives", "b")) == "[initiatives.a]\n"
        assert (
            edited(before, RemoveTable("initiatives", "a"), RemoveTable("initiatives", "b")) == ""
        )

    @pytest.mark.parametrize("tail", ["# the end\n", "# the\n# end", "\n# the end\n"])
    def test_leave_the_comments_at_the_end_of_the_file(self, tail: str) -> None:
        before = "[teams.a]\n\n# about b\n[teams.b]\nlead = 'ana' # yes\n" + tail
        assert edited(before, RemoveTable("teams", "b")) == "[teams.a]\n\n" + tail.lstrip("\n")

    def test_go_wherever_they_are_written(self) -> None:
        before = (
            "initiatives.a.estimate = '1w'\n[teams.t]\n"
            "# reviews of a\n[initiatives.a.reviews]\nt = 2027-01-01\n"
        )
        assert edited(before, RemoveTable("initiatives", "a")) == "[teams.t]\n"

    @pytest.mark.parametrize("id", ["a", "b", "c"])
    def test_come_back_to_the_byte(self, id: str) -> None:
        before = (
            "# x\r\n\r\n# a\r\n[initiatives.a]\r\n\r\n"
            "# f\r\n\r\n[initiatives.b]\r\n\r\n[initiatives.c]"
        )
        document = Document.parse(before.encode(), "it.toml")
        edit = RemoveTable("initiatives", id)
        back = document.inverse(edit)
        assert document.apply(edit).apply(back).to_bytes() == before.encode()

    def test_come_back_even_when_their_place_is_gone(self) -> None:
        document = Document.parse(b"[initiatives.a]\n\n# about b\n[initiatives.b]\n", "it.toml")
        back = document.inverse(RemoveTable("initiatives", "b"))
        without = document.apply(RemoveTable("initiatives", "b")).apply(
            RemoveTable("initiatives", "a")
        )
        assert without.apply(back).data == {"initiatives": {"b": {}}}


class TestRename:
    def test_changes_the_names_and_nothing_else(self) -> None:
        before = """\
            [initiatives."push"]  # push
            needs = [
                'api SS+5d',   # api
                { on = "api", why = "api" },
            ]
            relates = "api"

            [initiatives.api]
            title = "api"

            [initiatives.api.reviews]
            api = 2027-01-01

            [waivers.w]
            on = ["push", "api"]
            """
        assert edited(
            before, RenameId("initiatives", "api", "gate"), RenameId("initiatives", "push", "pull")
        ) == text(
            """\
            [initiatives."pull"]  # push
            needs = [
                'gate SS+5d',   # api
                { on = "gate", why = "api" },
            ]
            relates = "gate"

            [initiatives.gate]
            title = "api"

            [initiatives.gate.reviews]
            api = 2027-01-01

            [waivers.w]
            on = ["pull", "gate"]
            """
        )

    def test_reaches_keys_in_every_spelling(self) -> None:
        before = (
            "[initiatives]\na.staff.crm = 1\nb = { staff = { crm = 2 } }\n"
            "[initiatives.c.staff]\n'crm' = 3\n[teams.crm]\n"
        )
        assert edited(before, RenameId("teams", "crm", "growth")) == before.replace("crm", "growth")


class TestRefusals:
    def test_say_where_and_leave_all_as_it_was(self) -> None:
        document = Document.parse(b"[initiatives.a]\nx = 1\n", "plans/it.toml")
        with pytest.raises(EditRefused) as caught:
            document.apply(SetKey("initiatives", "b", ("title",), "x"))
        assert caught.value.file == "plans/it.toml"
        assert "there is no [initiatives.b]" in str(caught.value)
        assert document.text == "[initiatives.a]\nx = 1\n"

    @pytest.mark.parametrize(
        ("before", "edit"),
        [
            ("[[initiatives]]\nid = 'a'\n", SetKey("initiatives", "a", ("title",), "x")),
            ("[[initiatives]]\nid = 'a'\n", AddTable("initiatives", "b", {})),
            ("initiatives = 3\n", AddTable("initiatives", "b", {})),
            ("[initiatives.a]\n", put("title", "\ud800", "a")),
            ("[initiatives.a]\n", put("cost", 10**401, "a")),
            ("[initiatives.a]\n", put("x", 1, "nobody")),
        ],
    )
    def test_cover_what_text_or_format_can_not_hold(self, before: str, edit: Edit) -> None:
        with pytest.raises(EditRefused):
            edited(before, edit)

    def test_old_text_that_no_longer_fits_is_written_anew(self) -> None:
        bad = AddTable("initiatives", "b", {"priority": 1}, text="[initiatives.b]\npriority = 2\n")
        assert (
            edited("[initiatives.a]\n", bad) == "[initiatives.a]\n\n[initiatives.b]\npriority = 1\n"
        )

    def test_arrays_of_tables_and_unknown_tables_are_left_alone(self) -> None:
        before = "[[odd]]\nx = 1\n[odd.y]\n[[odd]]\n[other.z]\nk = 1\n[initiatives.a]\n"
        assert edited(before, put("title", "x", "a")) == before + 'title = "x"\n'


@pytest.mark.parametrize(
    ("into", "expected"),
    [
        ("", "{0}"),
        ("[initiatives.a]\npriority = 1\n", "[initiatives.a]\npriority = 1\n\n{0}"),
        ("[initiatives.c]\npriority = 1\n", "{0}\n[initiatives.c]\npriority = 1\n"),
        ("[initiatives.a]\r\npriority = 1", "[initiatives.a]\r\npriority = 1\r\n\r\n{0}"),
    ],
)
def test_a_table_with_its_text_brings_the_comments_above_it(into: str, expected: str) -> None:
    said = "# Why.\n[initiatives.b]\npriority = 2  # first\n"
    table = AddTable("initiatives", "b", {"priority": 2}, text=f"\n{said}\n")
    ends = "\r\n" if "\r" in into else "\n"
    meant = expected.format(said.replace("\n", ends))
    found = Document.parse(into.encode(), "it.toml").apply(table).to_bytes().decode()
    assert found == (meant if into.endswith("\n") or not into else meant.removesuffix(ends))
