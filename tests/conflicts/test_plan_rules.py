"""PLAN01 to PLAN08: what keeps a plan from being one."""

from __future__ import annotations

import pytest

from planner.conflicts.context import NEAR
from tests.conflicts.plans import (
    after,
    example,
    findings,
    message,
    messages,
    offered,
    plan,
    tells,
    the,
)

CYCLE = """
[initiatives.cdp]
estimate = "2w"
needs = ["consent"]
[initiatives.consent]
estimate = "1w"
needs = ["segments"]
[initiatives.segments]
needs = ["cdp SS+2d"]
estimate = "1w"
[initiatives.journeys]
estimate = "1w"
needs = ["segments"]
[initiatives.site]
estimate = "1w"
"""


def test_a_cycle_is_told_once_with_its_members_in_order() -> None:
    (one,) = findings(CYCLE, "PLAN01")
    assert tells(one.message, "cdp segments consent cdp 4")
    assert one.on == ("cdp", "segments", "consent")
    assert one.fingerprint == "PLAN01:cdp:consent:segments"
    assert (one.kind, one.key) == ("initiatives", ("needs",))


def test_two_links_one_way_are_no_cycle() -> None:
    text = """
    [initiatives.a]
    estimate = "1w"
    [initiatives.b]
    estimate = "1w"
    needs = ["a SS", "a FF"]
    """
    assert not findings(text)


def test_work_that_needs_itself_is_a_cycle() -> None:
    text = '[initiatives.a]\nestimate = "1w"\nneeds = ["a"]'
    assert tells(messages(text, "PLAN01"), "1")


def test_dropping_one_link_breaks_the_circle() -> None:
    context = plan(CYCLE)
    assert list(offered(context, "PLAN01")) == [
        "unlink consent → cdp",
        "unlink cdp → segments",
        "unlink segments → consent",
    ]
    for title in offered(context, "PLAN01"):
        assert after(context, "PLAN01", title).schedule.get("journeys") is not None


def test_an_unknown_predecessor_is_an_error_with_the_nearest_id() -> None:
    text = """
    [initiatives.consent-api]
    estimate = "1w"
    [initiatives.web-push]
    estimate = "1w"
    needs = ["consent-apii SS+2d"]
    [initiatives.journeys]
    estimate = "1w"
    needs = [{ on = "consent-apii", delivers = "consent" }]
    """
    context = plan(text)
    one = the(context, "PLAN02")
    assert tells(one.message, "needs web-push 1 initiative consent-apii nearest consent-api")
    assert one.fingerprint == "PLAN02:initiatives:consent-apii"
    made = after(context, "PLAN02", "write consent-api instead of consent-apii")
    assert made.tables is not None
    written = made.tables["initiatives"]
    assert written["web-push"]["needs"] == ["consent-api SS+2d"]
    assert written["journeys"]["needs"] == [{"on": "consent-api", "delivers": "consent"}]
    after(context, "PLAN02", "remove consent-apii from web-push and journeys")


def test_done_and_dropped_work_still_resolves() -> None:
    text = """
    [initiatives.old]
    status = "done"
    [initiatives.gone]
    status = "dropped"
    [initiatives.new]
    estimate = "1w"
    needs = ["old", "gone"]
    """
    assert not findings(text, "PLAN02")


def test_teams_systems_and_data_may_be_named_before_they_have_a_table() -> None:
    text = """
    [systems.crm]
    status = "live"
    [initiatives.cdp]
    owner = "data"
    uses = ["warehouse"]
    processes = ["profiles"]
    estimate = "1w"
    """
    assert not findings(text, "PLAN02")


def test_a_name_near_a_written_system_is_a_slip() -> None:
    text = """
    [systems.warehouse]
    status = "live"
    [initiatives.cdp]
    uses = ["warehuose"]
    estimate = "1w"
    """
    assert tells(message(text, "PLAN02"), "uses cdp system warehuose nearest warehouse")


def test_groups_and_portfolios_have_to_exist_and_the_standard_ones_do() -> None:
    text = """
    [initiatives.cdp]
    portfolio = "it"
    calendar = "standard"
    cost = { marketing = 100, it = 200 }
    part_of = "platform"
    estimate = "1w"
    """
    assert tells(messages(text, "PLAN02"), "part_of cdp group platform")


def test_the_roadmaps_calendar_has_to_exist() -> None:
    text = '[roadmap]\ncalendar = "studoi"\n[calendars.studio]\n[initiatives.a]\nestimate = "1w"'
    context = plan(text)
    assert tells(the(context, "PLAN02").message, "[roadmap] calendar studoi studio")
    after(context, "PLAN02", "write studio instead of studoi")


def test_one_id_in_two_files_is_told_once() -> None:
    table = '[initiatives.cdp]\nestimate = "1w"'
    (one,) = findings(table, "PLAN03", it=table)
    assert one.on == ("cdp",)
    assert one.file == "it.toml"
    assert "plan.toml and in it.toml" in one.message


def test_the_same_id_of_two_kinds_is_no_duplicate() -> None:
    assert not findings('[initiatives.cdp]\nestimate = "1w"', "PLAN03", it="[systems.cdp]")


DROPPED = """
[initiatives.profile-api]
status = "dropped"
estimate = "1w"
[initiatives.web-push]
estimate = "1w"
needs = ["profile-api", { on = "profile-api", type = "FF", why = "one release" }, "site"]
[initiatives.journeys]
estimate = "1w"
needs = "profile-api"
[initiatives.old]
status = "done"
needs = ["profile-api"]
[initiatives.site]
estimate = "1w"
"""


def test_dropped_work_that_open_work_needs_is_one_finding() -> None:
    assert tells(message(DROPPED, "PLAN04"), "journeys 1 need profile-api dropped link")


def test_dropped_work_that_only_done_work_needs_is_none() -> None:
    text = '[initiatives.a]\nstatus = "dropped"\n[initiatives.b]\nstatus = "done"\nneeds = ["a"]'
    assert not findings(text, "PLAN04")


def test_the_link_goes_or_the_work_comes_back() -> None:
    context = plan(DROPPED)
    made = after(context, "PLAN04", "unlink profile-api → journeys and web-push")
    assert made.tables is not None
    assert made.tables["initiatives"]["web-push"]["needs"] == ["site"]
    assert "needs" not in made.tables["initiatives"]["journeys"]
    after(context, "PLAN04", "set profile-api to planned again")


UNESTIMATED = """
[initiatives.profile-api]
portfolio = "it"
[initiatives.web-push]
estimate = "3w"
needs = ["profile-api"]
[initiatives.journeys]
estimate = "3w"
[initiatives.launch]
kind = "milestone"
needs = ["web-push"]
"""


def test_work_without_an_estimate_that_starts_soon_is_told() -> None:
    (one,) = findings(UNESTIMATED, "PLAN07")
    assert tells(one.message, "profile-api starts 1 Mar estimate 10 working days assumed")
    assert one.next_side == "it"


def test_work_without_an_estimate_that_starts_later_is_not() -> None:
    far = UNESTIMATED + "\n[checks]\nhorizon = 5\n"
    assert not findings(far.replace('"it"', '"it"\nstart_no_earlier_than = 2027-03-09'), "PLAN07")
    assert findings(far.replace('"it"', '"it"\nstart_no_earlier_than = 2027-03-08'), "PLAN07")


def test_accepting_the_assumed_length_is_an_estimate() -> None:
    made = after(plan(UNESTIMATED), "PLAN07", "write the assumed estimate 2w")
    assert made.schedule.finish == plan(UNESTIMATED).schedule.finish


def test_many_missing_estimates_are_one_finding_in_order_of_start() -> None:
    first = "[initiatives.work-0]\n"
    rest = (f'[initiatives.work-{n}]\nneeds = "work-{n - 1}"\n' for n in (1, 2, 3))
    text = "".join([first, *rest])
    (one,) = findings(text, "PLAN07")
    assert tells(one.message, "4 4 initiatives start soon estimate work-0 3")
    assert one.on == ("work-0", "work-1", "work-2", "work-3")
    assert one.fingerprint == "PLAN07:*"


# --- planned work that rests on an idea -----------------------------------------------------------

RESTS = """
[initiatives.referral]
portfolio = "marketing"
status = "proposed"
estimate = "4w"
[initiatives.launch]
portfolio = "it"
estimate = "1w"
needs = ["referral"]
[initiatives.site]
portfolio = "it"
estimate = "4w"
needs = ["referral"]
[initiatives.later]
status = "proposed"
estimate = "1w"
needs = ["referral"]
"""


def test_planned_work_with_little_float_that_waits_for_an_idea_is_told() -> None:
    one = the(plan(RESTS), "PLAN08")
    assert (one.severity, one.on) == ("warning", ("referral", "site"))
    assert (one.fingerprint, one.next_side) == ("PLAN08:referral", "marketing")
    assert one.data["float"] == 0


def test_every_idea_is_one_finding_with_all_that_waits_for_it() -> None:
    text = RESTS.replace("1w", "3w", 1) + '[initiatives.second]\nstatus = "proposed"\n'
    text = text.replace('needs = ["referral"]', 'needs = ["second", "referral"]', 1)
    found = {one.id: one.on[1:] for one in findings(text, "PLAN08")}
    assert found == {"referral": ("launch", "site"), "second": ("launch",)}


def test_up_to_how_much_float_is_a_setting() -> None:
    """launch has 15 days: a week of work beside four."""
    assert "launch" not in the(plan(RESTS), "PLAN08").on
    wide = RESTS + "[checks]\nidea_float = {}\n"
    assert "launch" not in the(plan(wide.format(14)), "PLAN08").on
    assert "launch" in the(plan(wide.format(15)), "PLAN08").on


def test_paused_work_is_as_good_as_an_idea() -> None:
    one = the(plan(RESTS.replace("proposed", "paused", 1)), "PLAN08")
    assert (one.on[:2], one.data["status"]) == (("referral", "site"), "paused")
    assert tells(one.message, "referral paused 4 weeks left site waits")


ANNOUNCED = (
    RESTS
    + """
[initiatives.peak]
kind = "campaign"
estimate = "1d"
announced = 2027-12-01
needs = ["step"]
[initiatives.step]
estimate = "1d"
needs = ["launch"]
"""
)


def test_what_is_announced_rests_on_ideas_at_any_float_and_distance() -> None:
    one = the(plan(ANNOUNCED), "PLAN08")
    assert (one.on, one.data["announced"]) == (("referral", "site", "peak"), ["peak"])
    plain = ANNOUNCED.replace("announced = 2027-12-01", "deadline = 2027-12-01")
    assert the(plan(plain), "PLAN08").on == ("referral", "site")


@pytest.mark.parametrize(
    "beside",
    [
        RESTS.replace('"proposed"', '"planned"', 1),
        RESTS.replace('"proposed"', '"proposed"\nactual_start = 2027-02-22', 1),
        RESTS.replace('"proposed"', '"done"', 1),
        RESTS.replace('"proposed"', '"paused"\nactual_start = 2027-02-22', 1).replace(
            '["referral"]', '["referral SS"]'
        ),
        RESTS.replace("[initiatives.site]", '[initiatives.site]\nstatus = "proposed"').replace(
            "[initiatives.launch]", '[initiatives.launch]\nstatus = "proposed"'
        ),
        RESTS.replace("[initiatives.site]", '[initiatives.site]\nstatus = "dropped"')
        + '[initiatives.long]\nestimate = "12w"\n',
        ANNOUNCED.replace("announced", 'status = "proposed"\nannounced').replace(
            "[initiatives.site]", '[initiatives.site]\nstatus = "done"'
        )
        + '[initiatives.long]\nestimate = "12w"\n',
    ],
    ids=[
        "planned",
        "begun",
        "done",
        "its start has been",
        "all ideas",
        "enough float",
        "announced idea",
    ],
)
def test_nearly_resting_on_an_idea_is_not(beside: str) -> None:
    assert not findings(beside, "PLAN08")


def test_planning_it_or_waiting_for_it_no_longer_is_for_a_person_to_choose() -> None:
    context = plan(example("PLAN08"))
    ways = offered(context, "PLAN08")
    assert list(ways) == ["set referral to planned", "unlink referral → launch"]
    assert all(fix.choice for fix in ways.values())
    planned = after(context, "PLAN08", "set referral to planned")
    assert planned.roadmap.initiatives["referral"].status == "planned"
    cut = after(context, "PLAN08", "unlink referral → launch")
    assert not cut.roadmap.initiatives["launch"].needs


def test_a_link_is_not_taken_out_where_others_wait_for_the_idea_too() -> None:
    assert list(offered(plan(RESTS), "PLAN08")) == ["set referral to planned"]


def test_what_is_paused_goes_on_as_far_as_it_was() -> None:
    paused = RESTS.replace("proposed", "paused", 1)
    assert (
        after(plan(paused), "PLAN08", "set referral to planned")
        .roadmap.initiatives["referral"]
        .status
        == "planned"
    )
    begun = paused.replace('"paused"', '"paused"\nactual_start = 2027-02-22')
    assert (
        after(plan(begun), "PLAN08", "set referral to active")
        .roadmap.initiatives["referral"]
        .status
        == "active"
    )


# --- circles of any size --------------------------------------------------------------------------


def circle(number: int, *, knotted: bool = False) -> str:
    """Work that waits for the one before it, in a circle; knotted: for all of the others."""
    every = [f"w{n}" for n in range(number)]
    needs = (every if knotted else [every[n - 1]] for n in range(number))
    return "".join(
        f'[initiatives.{id}]\nestimate = "1w"\nneeds = {[one for one in on if one != id]}\n'
        for id, on in zip(every, needs, strict=True)
    )


def test_a_long_circle_is_offered_a_few_ways_out_without_a_schedule_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = plan(circle(60))
    monkeypatch.setattr("planner.conflicts.trial.compute", None)
    ways = offered(context, "PLAN01")
    assert len(ways) == 8
    assert next(iter(ways)) == "unlink w59 → w0"


def test_a_knot_that_no_one_link_undoes_is_offered_none() -> None:
    assert not offered(plan(circle(20, knotted=True)), "PLAN01")


def test_the_one_link_that_two_circles_share_is_found_beyond_the_first_few() -> None:
    text = circle(30) + '[initiatives.x]\nneeds = ["w0"]\n'
    text = text.replace("needs = ['w28']", "needs = ['w28', 'x']")
    assert list(offered(plan(text), "PLAN01")) == ["unlink w29 → w0"]


def test_a_circle_of_thousands_is_told_in_few_words() -> None:
    context = plan(circle(3000))
    one = the(context, "PLAN01")
    assert len(one.message) < 300
    assert len(one.data["members"]) == 3000
    assert all(len(why) < 200 for why in context.schedule.unscheduled.values())


# --- ids of three letters -------------------------------------------------------------------------

TEAMS = """
[teams.crm]
[teams.seo]
[initiatives.a]
owner = "crm"
[initiatives.b]
owner = "crm"
[initiatives.c]
owner = "seo"
[initiatives.d]
owner = "seo"
[initiatives.e]
owner = "{}"
"""


@pytest.mark.parametrize("written", ["crn", "cmr", "rcm", "ctm", "swo"])
def test_a_short_id_one_slip_away_is_no_new_team(written: str) -> None:
    (one,) = findings(TEAMS.format(written), "PLAN02")
    assert tells(one.message, f"owner e team person {written}")


@pytest.mark.parametrize("written", ["ceo", "erp", "sea", "cdp", "crm", "cr"])
def test_a_short_id_of_another_meaning_is_a_team(written: str) -> None:
    assert not findings(TEAMS.format(written), "PLAN02")


def test_a_short_id_that_is_named_twice_is_a_team() -> None:
    text = TEAMS.format("crn") + '[initiatives.f]\nowner = "crn"'
    assert not findings(text, "PLAN02")


def test_of_two_short_ids_named_once_each_neither_is_taken_for_the_other() -> None:
    text = '[teams.crm]\n[initiatives.a]\nowner = "crm"\n[initiatives.b]\nowner = "crn"'
    assert not findings(text, "PLAN02")
    assert findings(text.replace('owner = "crm"', ""), "PLAN02")


def test_work_that_waits_for_a_large_group_is_told_how_much_is_in_it() -> None:
    inside = "\n".join(f'[initiatives.w{n}]\npart_of = "sub"' for n in range(101))
    text = (
        f'[groups.all]\n[groups.sub]\npart_of = "all"\n{inside}\n[initiatives.x]\nneeds = ["all"]'
    )
    found = the(plan(text), "PLAN02")
    assert (found.data["is"], found.data["members"]) == ("groups", [])
    assert "100" in found.message


def test_what_checks_name_is_looked_at_too() -> None:
    found = the(plan('[teams.privacy]\n[checks.reviews_for]\npersonal = ["privcy"]'), "PLAN02")
    assert (found.kind, found.data["nearest"]) == ("checks", "privacy")
    assert found.data["places"] == [["checks", "", "reviews_for"]]


def test_what_waits_for_one_of_many_circles_is_counted_as_far_as_is_looked() -> None:
    pairs = 60
    rings = (
        f"[initiatives.a{n}]\nneeds = ['b{n}'{f', {chr(39)}a{n - 1}{chr(39)}' if n else ''}]\n"
        f"[initiatives.b{n}]\nneeds = ['a{n}']"
        for n in range(pairs)
    )
    found = [one.data["held_up"] for one in findings("\n".join(rings), "PLAN01")]
    assert len(found) == pairs
    assert sorted(found)[:3] == [0, 2, 4]
    assert NEAR <= max(found) < 2 * NEAR


# --- work in one long piece -----------------------------------------------------------------------

LONG = """
[checks.severity]
PLAN09 = "info"
[groups.site]
[initiatives.content-hub]
estimate = "{length}"
part_of = "site"
"""


def test_half_a_year_in_one_piece_is_told_where_it_is_asked_for() -> None:
    long = LONG.format(length="27w")
    one = the(plan(long), "PLAN09")
    assert (one.on, one.severity, one.data["days"]) == (("content-hub",), "info", 135)
    assert not findings(long.replace('PLAN09 = "info"', ""), "PLAN09")
    assert not findings(LONG.format(length="26w"), "PLAN09")
    assert not findings(long + 'status = "dropped"', "PLAN09")
    assert findings(long.replace("[checks.", "[checks]\nlong_piece = 140\n[checks."), "") == []


def test_a_milestone_in_its_group_parts_it() -> None:
    shown = '[initiatives.first-page]\nkind = "milestone"\npart_of = "{}"\n'
    long = LONG.format(length="27w") + "[groups.other]\n"
    assert not findings(long + shown.format("site"), "PLAN09")
    assert findings(long + shown.format("other"), "PLAN09")


# --- EST01 ----------------------------------------------------------------------------------------

ESTIMATED = """
[checks.severity]
EST01 = "info"
[teams.crm]
[teams.web]
[people.ada]
team = "web"
[people.ole]
team = "crm"
[initiatives.site]
owner = "{}"
responsible = ["{}"]
estimated_by = "{}"
{}
"""
LENGTH = 'estimate = "4w"'


@pytest.mark.parametrize(
    ("owner", "responsible", "by", "others"),
    [
        ("web", "web", "crm", LENGTH),
        ("web", "ada", "ole", LENGTH),
        ("ada", "ada", "crm", 'estimate = ["1w", "2w", "3w"]\nstatus = "proposed"'),
        ("web", "web", "crm", LENGTH + '\nstatus = "active"\nactual_start = 2027-02-22'),
    ],
)
def test_an_estimate_of_others_is_told_where_that_is_asked(
    owner: str, responsible: str, by: str, others: str
) -> None:
    text = ESTIMATED.format(owner, responsible, by, others)
    one = the(plan(text), "EST01")
    assert (one.severity, one.on, one.data["estimated_by"]) == ("info", ("site",), by)
    assert not findings(text.replace('EST01 = "info"', ""), "EST01")


@pytest.mark.parametrize(
    ("owner", "responsible", "by", "others"),
    [
        ("web", "web", "ada", LENGTH),
        ("ada", "ada", "web", LENGTH),
        ("web", "ole", "crm", LENGTH),
        ("web", "web", "somebody", LENGTH),
        ("web", "web", "crm", ""),
        ("web", "web", "crm", LENGTH + '\nstatus = "dropped"'),
        ("Web", "web", "crm", LENGTH),
    ],
)
def test_an_estimate_of_those_who_do_it_is_not_told(
    owner: str, responsible: str, by: str, others: str
) -> None:
    assert not findings(ESTIMATED.format(owner, responsible, by, others), "EST01")
