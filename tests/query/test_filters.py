"""What each term of the filter language finds, on one small roadmap."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.plan.model import Plan
from planner.query.filters import compile_filter, matching_findings
from tests.query.plans import plan

ROADMAP = """
[roadmap]
start = 2027-03-22

[teams.crm]
portfolio = "marketing"
[teams.web]
portfolio = "marketing"
[teams.data]
portfolio = "it"
[people.ana]
name = "Ana"
team = "crm"

[systems.cdp]
[systems.cms]
[groups.retention]
[groups.push]
part_of = "retention"

[initiatives.profile-api]
title = "Profile API"
kind = "integration"
owner = "data"
estimate = "4w"
introduces = ["cdp"]

[initiatives.segments]
title = "Customer segments"
owner = "data"
estimate = "2w"
needs = ["profile-api"]
uses = ["cdp"]

[initiatives.web-push]
title = "Web push for returning visitors"
owner = "ana"
part_of = "push"
status = "active"
actual_start = 2027-03-15
estimate = "3w"
priority = 1
uses = ["cdp", "cms"]
tags = ["spring"]
cost = { marketing = 40000, it = 2000 }
needs = [{ on = "segments", asked = 2027-02-01 }]
deadline = 2027-04-30

[initiatives.newsletter]
title = "Newsletter, critical mass"
owner = "crm"
status = "done"
actual_start = 2027-03-01
actual_finish = 2027-03-05
estimate = "1w"

[initiatives.idea]
status = "proposed"
estimate = "1w"
"""


@pytest.fixture(scope="module")
def roadmap() -> Plan:
    return plan(ROADMAP)


def found(text: str, roadmap: Plan, me: str | None = None) -> list[str]:
    compiled = compile_filter(text, roadmap, me)
    assert compiled.error is None, compiled.error
    return [id for id in roadmap.roadmap.initiatives if compiled.match(id)]


ALL = ["profile-api", "segments", "web-push", "newsletter", "idea"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", ALL),
        ("push", ["web-push"]),
        ("API", ["profile-api"]),
        ("customer segments", ["segments"]),
        ('"returning visitors"', ["web-push"]),
        ('"critical"', ["newsletter"]),
        ("-push", ["profile-api", "segments", "newsletter", "idea"]),
        ("done", ["newsletter"]),
        ("-done", ["profile-api", "segments", "web-push", "idea"]),
        ("critical", ["profile-api", "segments", "web-push"]),
        ("started", ["web-push"]),
        ("late", ["profile-api", "segments", "web-push"]),
        ("open critical -started", ["profile-api", "segments"]),
        ("owner:crm", ["web-push", "newsletter"]),
        ("owner:ana", ["web-push"]),
        ("owner:crm,data", ["profile-api", "segments", "web-push", "newsletter"]),
        ("owner:none", ["idea"]),
        ("owner:any", ["profile-api", "segments", "web-push", "newsletter"]),
        ("-owner:data", ["web-push", "newsletter", "idea"]),
        ("owner:c", ["web-push", "newsletter"]),
        ("owner:", ALL),
        ("portfolio:marketing", ["web-push", "newsletter"]),
        ("portfolio:it", ["profile-api", "segments", "idea"]),
        ("status:active,proposed", ["web-push", "idea"]),
        ("kind:integration", ["profile-api"]),
        ("kind:feature", ["segments", "web-push", "newsletter", "idea"]),
        ("group:retention", ["web-push"]),
        ("uses:cdp", ["segments", "web-push"]),
        ("uses:cms,cdp", ["segments", "web-push"]),
        ("system:cdp", ["profile-api", "segments", "web-push"]),
        ("needs:segments", ["web-push"]),
        ("tag:spring", ["web-push"]),
        ("priority:1", ["web-push"]),
        ("priority<3", ["web-push"]),
        ("cost>40k", ["web-push"]),
        ("cost:none", ["profile-api", "segments", "newsletter", "idea"]),
        ("estimate>=3w", ["profile-api", "web-push"]),
        ("duration<10", ["newsletter", "idea"]),
        ("float<0", ["profile-api", "segments", "web-push"]),
        ("float<5d", ["profile-api", "segments", "web-push"]),
        ("deadline:any", ["web-push"]),
        ("deadline<2027-05-01", ["web-push"]),
        ("start>2027-03-22", ["segments"]),
        ("finish<q2", ["newsletter", "idea"]),
        ('finish<="30 apr"', ["profile-api", "segments", "newsletter", "idea"]),
        ("start=mar", ["profile-api", "web-push", "newsletter", "idea"]),
        ("finish>q2", []),
        ("@needs:web-push", ["profile-api", "segments"]),
        ("@needs:web", ["profile-api", "segments"]),
        ("@feeds:profile-api", ["segments", "web-push"]),
        ("rule:deadline-m", ["web-push"]),
        ("rule:deadline", ["web-push"]),
        ("rule:DATE01", ["web-push"]),
        ("severity:error", ["web-push"]),
        ("conflict status:active", ["web-push"]),
        ("id:idea", ["idea"]),
        ("float < 0", ["profile-api", "segments", "web-push"]),
        ("float <0", ["profile-api", "segments", "web-push"]),
        ("float< 5 days", ["profile-api", "segments", "web-push"]),
        ("float ≤ -1", ["profile-api", "segments", "web-push"]),
        ("duration =< 10", ["segments", "newsletter", "idea"]),
        ("priority == 1", ["web-push"]),
        ("priority <> 1", ALL[:2] + ALL[3:]),
        ("finish <= 30 apr", ["profile-api", "segments", "newsletter", "idea"]),
        ("finish<end q1 -done", ["idea"]),
        ("finish<june late", ["profile-api", "segments", "web-push"]),
        ("finish<late june", ALL),
        ("start : mar", ["profile-api", "web-push", "newsletter", "idea"]),
        ("owner: crm, data", ["profile-api", "segments", "web-push", "newsletter"]),
        ("owner = ana", ["web-push"]),
        ("!done", ["profile-api", "segments", "web-push", "idea"]),
        ("not done", ["profile-api", "segments", "web-push", "idea"]),
        ("NOT done", ["profile-api", "segments", "web-push", "idea"]),
        ("!owner:data", ["web-push", "newsletter", "idea"]),
        ("not not done", ["newsletter"]),
        ("!-done", ["newsletter"]),
        ("push or idea", ["web-push", "idea"]),
        ("push OR idea or api", ["profile-api", "web-push", "idea"]),
        ("push | done", ["web-push", "newsletter"]),
        ("owner:data api or done", ["profile-api", "newsletter"]),
        ("owner:data and api", ["profile-api"]),
        ("owner:data (api or customer)", ["profile-api", "segments"]),
        ("(api or push) and (late or idea)", ["profile-api", "web-push"]),
        ("( api or push )", ["profile-api", "web-push"]),
        ("-(api or push)", ["segments", "newsletter", "idea"]),
        ("not (owner:data or done)", ["web-push", "idea"]),
        ("push or", ["web-push"]),
        ("or", ["web-push"]),
        ('push "or"', ["web-push"]),
        ("done or -", ["profile-api", "web-push", "newsletter"]),
    ],
)
def test_a_term_finds(text: str, ids: list[str], roadmap: Plan) -> None:
    assert found(text, roadmap) == ids


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ownr:crm", "no key `ownr`; nearest: owner:crm"),
        ("owner:cmr", "no owner `cmr`; nearest: owner:crm"),
        ("status:actve", "no status `actve`; nearest: status:active"),
        ("uses:cpd", "no uses `cpd`; nearest: uses:cdp"),
        ("owner<5", "owner can't be compared; nearest: owner:5"),
        ("float<soon", "float: not a number"),
        ("finish<31/2", 'finish: February 2028 has 29 days; nearest: finish<"29 feb 2028"'),
        ("@needs:web-posh", "no initiative 'web-posh'; nearest: @needs:web-push"),
        ("@feed:x", "no key `@feed`; nearest: @feeds:x"),
        ("rule:dat9", "no rule `dat9`; nearest: rule:date"),
        ("severity:eror", "no severity `eror`; nearest: severity:error"),
        ("-ownr:crm", "no key `ownr`; nearest: -owner:crm"),
        ("flaot < 10", "no key `flaot`; nearest: float<10"),
        ("critical:yes", "critical takes no value; nearest: critical"),
        ("critical:no", "critical takes no value; nearest: -critical"),
        ("finish>31 feb", 'finish: February 2028 has 29 days; nearest: finish>"29 feb 2028"'),
        ("float > 12.000", "float: 12,000 or 12?; nearest: float>12000"),
        ("estimate > 2 months", "estimate: 'months' is no working time; nearest: estimate>9w"),
        ("float<-2 months", "float: 'months' is no working time; nearest: float<-9w"),
        ("owner!=cmr", "no owner `cmr`; nearest: -owner:crm"),
        ("owner:data,cmr", "no owner `cmr`; nearest: owner:data,crm"),
        ("severity:error,warnig", "no severity `warnig`; nearest: severity:error,warning"),
        ("rule:date,dat9", "no rule `dat9`; nearest: rule:date,date"),
        ("done or ownr:crm", "no key `ownr`; nearest: owner:crm"),
        ("@me", "nobody has said who you are: set `me` in the configuration"),
        ("waits:nobody-here", "no team, person or side `nobody-here`"),
    ],
)
def test_what_means_nothing_names_the_nearest(text: str, answer: str, roadmap: Plan) -> None:
    error = compile_filter(text, roadmap).error
    assert error is not None
    assert error.startswith(answer.split("; nearest")[0])
    assert "nearest" not in answer or error == answer


def test_a_term_that_means_nothing_leaves_the_others_in_force(roadmap: Plan) -> None:
    compiled = compile_filter("done ownr:crm", roadmap)
    assert compiled.match("newsletter")
    assert not compiled.match("idea")


def test_of_alternatives_one_that_means_nothing_is_left_out(roadmap: Plan) -> None:
    compiled = compile_filter("done or ownr:crm", roadmap)
    assert compiled.ids == frozenset({"newsletter"})


ACCENTS = """
[initiatives.cafe]
title = "Café für Straße"
estimate = "1w"
tags = ["Größe"]
[initiatives.farsi]
title = "می‌خواهم"
estimate = "1w"
[initiatives.plain]
title = "Cafe fur Strasse"
estimate = "1w"
"""


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("cafe", ["cafe", "plain"]),
        ("CAFÉ", ["cafe", "plain"]),
        ("strasse", ["cafe", "plain"]),
        ("straße", ["cafe", "plain"]),
        ("fur", ["cafe", "plain"]),
        ("cafe\u0301", ["cafe", "plain"]),
        ("tag:grosse", ["cafe"]),
        ("tag:größe", ["cafe"]),
        ("می\u200cخواهم", ["farsi"]),
        ("میخواهم", ["farsi"]),
    ],
)
def test_accents_do_not_matter(text: str, ids: list[str]) -> None:
    assert found(text, plan(ACCENTS)) == ids


def test_findings_are_asked_for_in_alternatives_too(roadmap: Plan) -> None:
    def those(text: str) -> list[str]:
        return [each.fingerprint for each in matching_findings(text, roadmap)]

    either = [*those("rule:date"), *those("rule:link")]
    assert sorted(those("rule:date or rule:link")) == sorted(either)
    assert those("(rule:date or rule:link) push") == [
        each for each in those("push") if each in either
    ]
    assert those("not (rule:date or rule:link)") == [
        each for each in those("") if each not in either
    ]


def test_mine_is_what_i_or_my_team_own(roadmap: Plan) -> None:
    assert found("@me", roadmap, me="ana") == ["web-push", "newsletter"]


def test_who_moves_next(roadmap: Plan) -> None:
    movers = {f.next_team for f in roadmap.findings} | {f.next_side for f in roadmap.findings}
    for mover in movers - {None}:
        assert found(f"waits:{mover}", roadmap) != []


def test_what_nothing_is_near_to_has_no_nearest(roadmap: Plan) -> None:
    assert compile_filter("is:done", roadmap).error == "no key `is`"


def test_every_nearest_filter_is_one(roadmap: Plan) -> None:
    for text in ("ownr:crm", "owner:cmr", "finish<31/2", "@needs:web-posh", "rule:dat9"):
        error = compile_filter(text, roadmap).error
        assert error is not None
        nearest = error.split("nearest: ")[1]
        assert compile_filter(nearest, roadmap).error is None, nearest


def test_ten_thousand_are_filtered_while_typing() -> None:
    lines = (
        f'[initiatives.i-{n}]\ntitle = "Initiative {n}"\nestimate = "1w"' for n in range(10_000)
    )
    large = plan("\n".join(lines))
    compile_filter("warm", large)
    began = time.process_time()
    compiled = compile_filter("initiative -done 77", large)
    assert time.process_time() - began < 0.25
    assert compiled.match("i-77")
    assert not compiled.match("i-78")


TERMS = (
    'critical -done owner: crm < <= = != > : , @needs @me float start 2027 q2 " push rule data - - '
    "or and not ! ( ) | -( 1 mar"
)


@given(
    st.one_of(
        st.text(max_size=30),
        st.lists(st.sampled_from(TERMS.split()), max_size=6).map("".join),
        st.lists(st.sampled_from(TERMS.split()), max_size=6).map(" ".join),
    )
)
@settings(max_examples=300)
def test_any_text_is_a_filter_or_says_why_not(text: str) -> None:
    compiled = compile_filter(text, SMALL)
    assert compiled.ids is None or compiled.ids <= SMALL.roadmap.initiatives.keys()


SMALL = plan(ROADMAP)
