"""SYS01 and STD01: systems that two change at once, and systems nobody has reviewed."""

from __future__ import annotations

import pytest

from tests.conflicts.plans import (
    after,
    findings,
    message,
    messages,
    offered,
    plan,
    report,
    tells,
    the,
)

OVERLAP = """
[teams.web-eng]
portfolio = "it"
[systems.cms]
owner = "web-eng"
[initiatives.site]
portfolio = "marketing"
owner = "web"
estimate = "2w"
changes = ["cms"]
[initiatives.connector]
portfolio = "it"
owner = "platform"
estimate = "1w"
changes = ["cms", "dam"]
start_no_earlier_than = 2027-03-08
"""


def test_two_sides_that_change_one_system_at_once_are_an_error() -> None:
    (one,) = findings(OVERLAP, "SYS01")
    assert tells(one.message, "site connector change cms 8–12 Mar link")
    assert one.severity == "error"
    assert one.fingerprint == "SYS01:connector:site"
    assert (one.next_side, one.next_team) == ("it", "web-eng")


@pytest.mark.parametrize("portfolio", ["marketing", "joint"])
def test_on_one_side_or_with_joint_work_it_is_a_warning(portfolio: str) -> None:
    (one,) = findings(
        OVERLAP.replace('portfolio = "it"\nowner = "p', f'portfolio = "{portfolio}"\nowner = "p'),
        "SYS01",
    )
    assert one.severity == "warning"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2027-03-08", "2027-03-15"),
        ('owner = "platform"', 'owner = "platform"\nrelates = ["site"]'),
        ('owner = "platform"', 'owner = "platform"\nneeds = ["between"]'),
        ('owner = "platform"', 'owner = "platform"\nstatus = "dropped"'),
        ('portfolio = "it"\nowner = "platform"', 'portfolio = "marketing"\nowner = "web"'),
        ('changes = ["cms", "dam"]', 'changes = ["dam"]'),
        ('changes = ["cms", "dam"]', 'uses = ["cms"]'),
    ],
    ids=["later", "related", "a path", "dropped", "one team", "another system", "only used"],
)
def test_what_is_no_overlap(old: str, new: str) -> None:
    between = '[initiatives.between]\nestimate = "1d"\nneeds = ["site SS"]\n'
    assert not findings(OVERLAP.replace(old, new) + between, "SYS01")


def test_two_shared_systems_are_one_finding() -> None:
    text = OVERLAP.replace('changes = ["cms"]', 'changes = ["cms", "dam"]')
    assert "change cms and dam" in messages(text, "SYS01")[0]


def test_a_crowd_on_one_system_is_one_finding() -> None:
    text = "\n".join(
        f'[initiatives.work-{n}]\nowner = "team-{n}"\nestimate = "1w"\nchanges = ["cms"]'
        for n in range(4)
    )
    assert tells(message(text, "SYS01"), "4 initiatives change cms 6 pairs without link")


def test_overlaps_are_related_or_put_in_order() -> None:
    context = plan(OVERLAP)
    assert list(offered(context, "SYS01")) == [
        "record that site and connector are coordinated",
        "start connector after site",
        "start site after connector",
    ]
    for title in offered(context, "SYS01"):
        after(context, "SYS01", title)
    assert offered(context, "SYS01")["start connector after site"].wins == -5


def test_changes_are_silent_until_somebody_writes_one() -> None:
    assert "systems" in report('[initiatives.a]\nestimate = "1w"').silent


UNREVIEWED = """
[systems.ab-tool]
standing = "unreviewed"
owner = "growth"
capabilities = ["experimentation"]
data = ["clicks"]
[data.clicks]
classification = "internal"
[teams.growth]
portfolio = "marketing"
[initiatives.testing]
owner = "growth"
uses = ["ab-tool"]
estimate = "2w"
[initiatives.pages]
owner = "growth"
uses = ["ab-tool"]
estimate = "1w"
needs = ["testing"]
"""
REVIEW = """
[initiatives.look]
kind = "review"
owner = "security"
uses = ["ab-tool"]
estimate = "1w"
"""


def test_all_that_relies_on_an_unreviewed_system_is_one_finding() -> None:
    (one,) = findings(UNREVIEWED, "STD01")
    assert tells(one.message, "testing pages ab-tool review")
    assert (one.severity, one.fingerprint) == ("warning", "STD01:ab-tool")
    assert one.on == ("testing", "pages")
    assert one.through == ("ab-tool",)


def test_personal_data_makes_it_an_error() -> None:
    (one,) = findings(UNREVIEWED.replace('"internal"', '"personal"'), "STD01")
    assert one.severity == "error"
    assert "personal data" in one.message


def test_a_review_before_it_at_any_distance_clears_it() -> None:
    text = UNREVIEWED.replace(
        'owner = "growth"\nuses = ["ab-tool"]\nestimate = "2w"',
        'owner = "growth"\nuses = ["ab-tool"]\nneeds = ["look"]\nestimate = "2w"',
    )
    assert not findings(text + REVIEW, "STD01")
    assert findings(UNREVIEWED + REVIEW, "STD01")


def test_a_trial_counts_only_with_personal_data() -> None:
    trial = UNREVIEWED.replace('"unreviewed"', '"trial"')
    assert not findings(trial, "STD01")
    assert "on trial" in messages(trial.replace('"internal"', '"personal"'), "STD01")[0]


AGREEMENT = """
[agreements.testing]
accountable = "growth"
capabilities = ["experimentation"]
access = "internal"
agreed = { marketing = 2027-01-18, it = 2027-01-25 }
"""


def test_an_agreement_of_both_sides_covers_it() -> None:
    assert not findings(UNREVIEWED + AGREEMENT, "STD01")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (", it = 2027-01-25", ""),
        ('"internal"\nagreed', '"public"\nagreed'),
        ('accountable = "growth"', 'accountable = "web"'),
        ('["experimentation"]\naccess', '["chat"]\naccess'),
    ],
    ids=["one side", "too little access", "another team", "another capability"],
)
def test_an_agreement_that_does_not_cover_it(old: str, new: str) -> None:
    assert findings(UNREVIEWED + AGREEMENT.replace(old, new), "STD01")


def test_a_review_is_added_before_it_or_the_agreement_is_completed() -> None:
    context = plan(UNREVIEWED + AGREEMENT.replace(", it = 2027-01-25", ""))
    titles = list(offered(context, "STD01"))
    assert titles == [
        "record that IT agrees to agreement testing",
        "add a review of ab-tool (1w) before testing and pages",
    ]
    for title in titles:
        after(context, "STD01", title)
    made = after(context, "STD01", titles[1])
    assert made.roadmap.initiatives["ab-tool-review"].kind == "review"


def test_the_review_itself_relies_on_nothing_unreviewed() -> None:
    text = UNREVIEWED.split("[initiatives.testing]")[0] + REVIEW
    assert not findings(text, "STD01")


def test_who_moves_next_is_the_owner_of_the_system() -> None:
    assert the(plan(UNREVIEWED), "STD01").next_team == "growth"


def test_of_several_that_retire_a_system_the_first_is_told() -> None:
    context = plan("""
    [initiatives.off]
    estimate = "1w"
    retires = ["dam"]
    [initiatives.off-again]
    estimate = "2w"
    retires = ["dam"]
    [initiatives.site]
    estimate = "4w"
    uses = ["dam"]
    """)
    found = the(context, "SYS03")
    assert (found.root, found.data["users"]) == (("off", "dam"), ["site"])


STARTED = """
[systems.search]
status = "planned"
[systems.idcheck]
status = "live"
[initiatives.platform]
owner = "web"
estimate = "4w"
introduces = ["search"]
[initiatives.model]
owner = "web"
estimate = "3w"
status = "active"
actual_start = 2027-02-01
"""


def test_what_has_started_is_not_put_after_what_brings_its_system() -> None:
    context = plan(STARTED + 'uses = ["search"]')
    assert [*offered(context, "SYS02")] == ["record that search is live"]
    ready = plan(
        STARTED.replace("active", "planned").replace("actual_start", "#") + 'uses="search"'
    )
    assert "start model after platform" in offered(ready, "SYS02")


def test_what_changes_one_system_and_has_started_is_put_after_nothing() -> None:
    others = 'changes = ["idcheck"]\n[initiatives.other]\nestimate = "3w"\nowner = "crm"\n'
    titles = offered(plan(STARTED + others + 'changes = ["idcheck"]'), "SYS01")
    assert "start model after other" not in titles
    assert "start other after model" in titles


def test_a_switch_off_is_split_from_work_that_may_not_finish_later() -> None:
    user = '[initiatives.user]\nestimate = "6w"\nuses = ["idcheck"]\n'
    late = 'retires = ["idcheck"]\ndeadline = 2027-03-26\n'
    told = [*offered(plan(STARTED + late + user), "SYS03")]
    assert "switch idcheck off on its own, after user" in told
    assert "start model after user" not in told
    free = [*offered(plan(STARTED + 'retires = ["idcheck"]\n' + user), "SYS03")]
    assert free == ["finish model with or after user"]


@pytest.mark.parametrize(
    ("esp", "cdp", "year"),
    [("60000", "", 60_000), ("60000", "12000.5", 72_000.5), ("", "", None)],
)
def test_two_systems_for_one_thing_cost_what_they_cost_in_a_year(
    esp: str, cdp: str, year: float | None
) -> None:
    costs = [f"cost_per_year = {cost}\n" if cost else "" for cost in (esp, cdp)]
    text = (
        '[roadmap]\ncurrency = "EUR"\n'
        f'[systems.esp]\nstatus = "live"\ncapabilities = ["segmentation"]\n{costs[0]}'
        f'[systems.cdp]\nstatus = "live"\ncapabilities = ["segmentation"]\n{costs[1]}'
    )
    (one,) = findings(text, "SYS04")
    assert one.data["cost_per_year"] == year
    assert ("a year" in one.message) is (year is not None)
