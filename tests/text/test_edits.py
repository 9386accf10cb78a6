"""What edits mean on data, how they are taken back, and the commands that do the same."""

from datetime import date

import pytest

from planner.errors import EditRefused
from planner.roadmap.entities import Tables
from planner.roadmap.reading import read
from planner.text.commands import as_command
from planner.text.edits import (
    AddTable,
    Edit,
    Edits,
    RemoveKey,
    RemoveTable,
    RenameId,
    SetKey,
    apply_to_data,
    inverse,
    same,
    touched,
)

DAY = date(2027, 1, 18)


def tables() -> Tables:
    return {
        "roadmap": {"": {"title": "Acme"}},
        "initiatives": {
            "api": {"estimate": "5w", "owner": "crm"},
            "push": {
                "estimate": "3w",
                "owner": "crm",
                "needs": ["api SS+5d", {"on": "api", "agreed": DAY}, "banner"],
                "reviews": {"crm": DAY, "ana": DAY},
                "staff": {"crm": 2},
            },
        },
        "teams": {"crm": {"lead": "ana"}},
        "people": {"ana": {"team": "crm"}},
        "agreements": {"data": {"accountable": "crm", "agreed": {"it": DAY}}},
        "waivers": {"w": {"on": ["push", "api"], "by": "ana"}},
        "checks": {"": {"reviews_for": {"personal": ["crm", "web"]}}},
        "views": {"mine": {"query": "owner:crm"}, "api": {"query": "@needs:api -late"}},
    }


class TestMeaning:
    def test_a_key_is_set_and_all_else_is_shared(self) -> None:
        before = tables()
        after = apply_to_data(SetKey("initiatives", "push", ("reviews", "web"), DAY), before)
        assert after["initiatives"]["push"]["reviews"]["web"] == DAY
        assert "web" not in before["initiatives"]["push"]["reviews"]
        assert after["initiatives"]["api"] is before["initiatives"]["api"]
        assert after["teams"] is before["teams"]

    def test_tables_on_the_way_to_a_key_are_made(self) -> None:
        after = apply_to_data(SetKey("initiatives", "api", ("reviews", "crm"), DAY), tables())
        assert after["initiatives"]["api"]["reviews"] == {"crm": DAY}

    def test_a_single_table_is_made_when_a_key_of_it_is_set(self) -> None:
        after = apply_to_data(SetKey("glossary", "", ("kpi",), "a number"), tables())
        assert after["glossary"] == {"": {"kpi": "a number"}}

    def test_the_table_of_a_removed_key_stays(self) -> None:
        after = apply_to_data(RemoveKey("initiatives", "push", ("staff", "crm")), tables())
        assert after["initiatives"]["push"]["staff"] == {}

    @pytest.mark.parametrize(
        "edit",
        [
            SetKey("initiatives", "nobody", ("title",), "x"),
            SetKey("initiatives", "push", ("estimate", "likely"), "x"),
            SetKey("initiatives", "push", (), "x"),
            SetKey("initiatives", "push", ("title",), None),
            RemoveKey("initiatives", "push", ("title",)),
            RemoveKey("initiatives", "push", ("estimate", "likely")),
            RemoveTable("initiatives", "nobody"),
            AddTable("initiatives", "push", {}),
            AddTable("roadmap", "x", {}),
            AddTable("initiatives", "", {}),
            RenameId("initiatives", "push", "api"),
            RenameId("teams", "crm", "ana"),
            RenameId("initiatives", "push", ""),
            RenameId("roadmap", "", "x"),
            RenameId("initiatives", "push", "Web push"),
            AddTable("initiatives", "Web push", {}),
        ],
    )
    def test_what_has_no_meaning_is_refused(self, edit: Edit) -> None:
        with pytest.raises(EditRefused):
            apply_to_data(edit, tables())

    @pytest.mark.parametrize(
        "edit", [RenameId("initiatives", "push", "B c"), AddTable("initiatives", "B c", {})]
    )
    def test_what_is_no_id_is_refused_with_the_nearest(self, edit: Edit) -> None:
        with pytest.raises(EditRefused, match="'B c' is not an id") as caught:
            apply_to_data(edit, tables())
        assert caught.value.hint == "nearest: b-c"

    def test_a_group_is_made_in_order_or_not_at_all(self) -> None:
        group = Edits((AddTable("teams", "web", {}), SetKey("teams", "web", ("title",), "Web")))
        assert apply_to_data(group, tables())["teams"]["web"] == {"title": "Web"}
        with pytest.raises(EditRefused):
            apply_to_data(Edits((*group.edits, RemoveTable("teams", "nobody"))), tables())


class TestRename:
    def test_a_team_is_renamed_everywhere(self) -> None:
        after = apply_to_data(RenameId("teams", "crm", "growth"), tables())
        push = after["initiatives"]["push"]
        assert list(after["teams"]) == ["growth"]
        assert push["owner"] == "growth"
        assert push["reviews"] == {"growth": DAY, "ana": DAY}
        assert push["staff"] == {"growth": 2}
        assert after["people"]["ana"]["team"] == "growth"
        assert after["agreements"]["data"]["accountable"] == "growth"
        assert after["checks"][""]["reviews_for"] == {"personal": ["growth", "web"]}

    def test_links_keep_their_type_and_what_was_agreed(self) -> None:
        after = apply_to_data(RenameId("initiatives", "api", "gateway"), tables())
        assert after["initiatives"]["push"]["needs"] == [
            "gateway SS+5d",
            {"on": "gateway", "agreed": DAY},
            "banner",
        ]
        assert after["waivers"]["w"]["on"] == ["push", "gateway"]

    def test_a_side_is_renamed_in_what_it_agreed(self) -> None:
        after = apply_to_data(RenameId("portfolios", "it", "tech"), tables())
        assert after["agreements"]["data"]["agreed"] == {"tech": DAY}

    @pytest.mark.parametrize("kind", ["portfolios", "teams", "people"])
    def test_who_gave_an_answer_is_renamed_where_it_is_an_id(self, kind: str) -> None:
        said = {"on": "api", "by": "web", "counter": {"by": "web", "promised": DAY}}
        before = apply_to_data(
            SetKey("initiatives", "push", ("needs",), [said, "api SS"]), tables()
        )
        rename = RenameId(kind, "web", "shop")
        assert ("initiatives", "push") in touched(rename, before)
        after = apply_to_data(rename, before)
        assert after["initiatives"]["push"]["needs"] == [
            {"on": "api", "by": "shop", "counter": {"by": "shop", "promised": DAY}},
            "api SS",
        ]
        other = apply_to_data(RenameId("initiatives", "web", "shop"), before)
        assert other["initiatives"]["push"]["needs"] == [said, "api SS"]

    def test_the_queries_of_views_follow(self) -> None:
        after = apply_to_data(RenameId("teams", "crm", "growth"), tables())
        assert after["views"]["mine"] == {"query": "owner:growth"}
        assert (
            apply_to_data(RenameId("teams", "web", "shop"), tables())["views"]
            == (tables()["views"])
        )

    def test_two_names_that_would_become_one_are_refused(self) -> None:
        before = apply_to_data(SetKey("initiatives", "push", ("reviews", "web"), DAY), tables())
        with pytest.raises(EditRefused, match="side by side"):
            apply_to_data(RenameId("teams", "crm", "web"), before)

    def test_says_whom_it_touches(self) -> None:
        found = touched(RenameId("initiatives", "api", "gateway"), tables())
        assert found == {
            ("initiatives", "api"),
            ("initiatives", "gateway"),
            ("initiatives", "push"),
            ("waivers", "w"),
            ("views", "api"),
        }


class TestInverse:
    @pytest.mark.parametrize(
        "edit",
        [
            SetKey("initiatives", "push", ("estimate",), "4w"),
            SetKey("initiatives", "push", ("title",), "Push"),
            SetKey("initiatives", "api", ("reviews", "crm"), DAY),
            SetKey("glossary", "", ("kpi",), "x"),
            RemoveKey("initiatives", "push", ("reviews", "crm")),
            RemoveKey("initiatives", "push", ("needs",)),
            AddTable("teams", "web", {"title": "Web"}),
            RemoveTable("initiatives", "push"),
            RemoveTable("roadmap", ""),
            RenameId("teams", "crm", "growth"),
            RenameId("initiatives", "api", "banner"),
            Edits(
                (SetKey("initiatives", "api", ("title",), "x"), RemoveTable("initiatives", "api"))
            ),
        ],
    )
    def test_takes_it_back(self, edit: Edit) -> None:
        before = tables()
        after = apply_to_data(edit, before)
        assert after != before
        assert apply_to_data(inverse(edit, before), after) == before

    @pytest.mark.parametrize(
        "edit", [RenameId("initiatives", "B c", "b-c"), RemoveTable("initiatives", "B c")]
    )
    def test_takes_back_what_the_format_does_not_allow_too(self, edit: Edit) -> None:
        odd: Tables = {"initiatives": {"B c": {"owner": "crm"}}}
        assert apply_to_data(inverse(edit, odd), apply_to_data(edit, odd)) == odd


class TestSame:
    def test_tells_kinds_of_number_apart(self) -> None:
        assert not same(1, 1.0)
        assert not same(1, True)
        assert not same([0.0], [-0.0])
        assert same({"a": [float("nan")]}, {"a": [float("nan")]})
        assert not same(DAY, "2027-01-18")


class TestCommands:
    ROADMAP = read(
        {
            "x.toml": {
                "initiatives": {
                    "push": {"needs": ["api", "banner FF"]},
                    "api": {},
                    "cdp": {},
                },
                "systems": {"cdp": {}, "crm": {}},
            }
        }
    ).roadmap

    @pytest.mark.parametrize(
        ("edit", "command"),
        [
            (SetKey("initiatives", "push", ("estimate",), "4w"), "planner set push estimate=4w"),
            (
                SetKey("initiatives", "push", ("title",), "Web push"),
                "planner set push 'title=Web push'",
            ),
            (
                SetKey("initiatives", "push", ("status",), "active"),
                "planner set push status=active",
            ),
            (
                SetKey("initiatives", "push", ("deadline",), DAY),
                "planner set push deadline=2027-01-18",
            ),
            (
                SetKey("initiatives", "push", ("reviews", "privacy"), DAY),
                "planner set push reviews.privacy=2027-01-18",
            ),
            (
                SetKey("initiatives", "push", ("tags",), ["a", "b"]),
                """planner set push 'tags=["a", "b"]'""",
            ),
            (
                SetKey("initiatives", "push", ("needs",), ["api", "banner FF", "cdp SS+5d"]),
                "planner link cdp push SS+5d",
            ),
            (SetKey("initiatives", "push", ("needs",), ["api"]), "planner unlink banner push"),
            (
                SetKey("initiatives", "push", ("needs",), ["cdp"]),
                "planner unlink api push && planner unlink banner push && planner link cdp push",
            ),
            (SetKey("systems", "crm", ("owner",), "web"), "planner set crm owner=web"),
            (SetKey("systems", "cdp", ("owner",), "web"), "planner set systems.cdp owner=web"),
            (SetKey("roadmap", "", ("start",), DAY), "planner set roadmap start=2027-01-18"),
            (RemoveKey("initiatives", "push", ("deadline",)), "planner set push deadline="),
            (
                AddTable("teams", "web", {"title": "Web", "capacity": 3}),
                "planner add teams.web title=Web capacity=3",
            ),
            (AddTable("checks", "", {"horizon": 3}), "planner set checks horizon=3"),
            (RemoveTable("initiatives", "push"), "planner remove push"),
            (RenameId("initiatives", "push", "web-push"), "planner rename push web-push"),
            (
                Edits(
                    (
                        SetKey("initiatives", "api", ("priority",), 1),
                        SetKey("initiatives", "api", ("kind",), "feature"),
                        RemoveTable("systems", "crm"),
                    )
                ),
                "planner set api priority=1 kind=feature && planner remove crm",
            ),
        ],
    )
    def test_say_the_same(self, edit: Edit, command: str) -> None:
        assert as_command(edit, self.ROADMAP) == command

    def test_a_link_with_more_than_its_type_is_written_as_a_value(self) -> None:
        edit = SetKey(
            "initiatives", "push", ("needs",), ["api", {"on": "banner", "why": "it's late"}]
        )
        assert (as_command(edit, self.ROADMAP) or "").startswith("planner set push 'needs=[")

    def test_nothing_in_a_value_reaches_the_shell(self) -> None:
        edit = SetKey("initiatives", "push", ("title",), "$(reboot) `x`; \n\x1b")
        command = as_command(edit, self.ROADMAP) or ""
        assert "\x1b" not in command
        assert "\n" not in command
        assert command.startswith("planner set push 'title=")
