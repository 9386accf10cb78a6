"""The sample's conflicts: each rule has a real one, on both sides, and nothing else is said."""

from __future__ import annotations

from collections import Counter

import pytest

from planner.conflicts.findings import Finding, parts_of
from planner.conflicts.fix_choice import CUT, MEANT
from planner.conflicts.rules.links import handovers
from planner.plan.offers import all_offers
from planner.roadmap.entities import KINDS, SINGLES
from planner.roadmap.figures import money_short
from planner.schedule.delay import cost_of_lateness
from planner.text.edits import Edits, RemoveKey, SetKey
from tests.samples.samples import acme, acme_tables

CONFLICTS = {
    # A lead reads these as: who waits for whom, and who can answer.
    "CAP01:data",
    "CAP01:web-eng",
    "COST01:it",
    "DATA01:ip-warm-up",
    "DATA01:loyalty-relaunch",
    "DATA02:consent-records",
    "DATA02:customer-profile",
    "DATA02:hashed-contacts",
    "DATA02:purchase-history",
    "DATA02:web-behaviour",
    "DATA04:ad-audiences",
    "DATE01:peak-readiness",
    "DATE02:autumn-range-load",
    "DATE06:legacy-esp-switch-off:ip-warm-up",
    "DATE06:loyalty-relaunch:pim-commerce",
    "DEC01:consent-retention",
    "DEC01:points-expiry",
    "FREEZE01:brand-site:summer-sale",
    "FREEZE01:legacy-esp-switch-off:summer-sale",
    "FREEZE03:peak-campaign:peak",
    "LINK01:autumn-range-load:autumn-content",
    "LINK01:consent-signals:segment-definitions",
    "LINK01:lifecycle-journeys:consent-signals",
    "LINK01:segment-definitions:customer-sso",
    "LINK03:brand-site:dam-cms-connector",
    "LINK04:autumn-content",
    "LINK04:consent-signals",
    "LINK04:customer-sso",
    "LINK05:marketing-automation:sending-domains",
    "OUT01:influencer-pages",
    "OUT02:brand-preference",
    "OUT03:brand-preference",
    "OWN01:dam-cms-connector",
    "OWN01:influencer-pages",
    "OWN02:agreements:content-publishing",
    "OWN03:email-sending",
    "OWN03:experimentation",
    "OWN04:ines-duarte",
    "PLAN04:data-lake-pilot",
    "PLAN07:legacy-esp-switch-off",
    "PRIO01:consent-signals",
    "PRIO01:customer-sso",
    "PROM01:autumn-range-live",
    "SKILL01:attribution-dashboard",
    "SKILL01:on-site-personalisation",
    "STD01:ab-tool",
    "STD01:match-service",
    "STD02:dam",
    "SYS01:brand-site:server-side-tagging",
    "SYS01:customer-sso:pim-commerce",
    "SYS01:loyalty-relaunch:subject-requests",
    "SYS02:api-gateway",
    "SYS02:esp",
    "SYS03:hosting-exit:cms-legacy",
    "SYS03:legacy-esp-switch-off:esp-legacy",
    "SYS04:ab-tool:personalisation",
    "SYS04:cdp:esp",
    "SYS05:chatbot",
    "SYS06:pim",
    "TERM01:active-customer",
    "VIEW01:*",
    "VIEW02:*",
}


CLOCK = {"DATE07:status-date"}
"""What only the passing of real days makes true of a sample with a status date."""


def found(code: str) -> list[Finding]:
    return [one for one in acme().plan.findings if one.code == code]


def the(fingerprint: str) -> Finding:
    (one,) = (one for one in acme().plan.findings if one.fingerprint == fingerprint)
    return one


def test_the_sample_is_read_without_a_problem() -> None:
    assert not acme().plan.reading.problems
    assert not acme().plan.reading.invalid
    assert not acme().plan.calendars.problems


def test_every_kind_of_table_is_in_it() -> None:
    written = {kind for file in acme_tables().values() for kind in file}
    assert written == {*KINDS, *SINGLES}


def as_told(finding: Finding) -> tuple[Finding, ...]:
    """A finding, or the parts of one that has others taken in."""
    return (finding,) if finding.together else parts_of(finding)


def test_its_conflicts_are_these_and_no_others() -> None:
    told = {part.fingerprint for one in acme().plan.findings for part in as_told(one)}
    assert told - CLOCK == CONFLICTS


def test_no_plan_rule_that_belongs_to_tests_speaks() -> None:
    spoken = {one.code for one in acme().plan.findings}
    assert not spoken & {"READ01", "READ02", "PLAN01", "PLAN02", "PLAN03"}


@pytest.mark.parametrize(
    ("fingerprint", "words"),
    [
        ("DATE01:peak-readiness", ("5 working days late", "8 Oct", "customer-sso")),
        ("DATE02:autumn-range-load", ("2 Aug", "4 working days", "autumn-content")),
        ("DATE06:loyalty-relaunch:pim-commerce", ("agreed 5 Nov 2026", "6 days later")),
        ("DATE06:legacy-esp-switch-off:ip-warm-up", ("agreed 1 Feb", "3 days later")),
        ("FREEZE01:brand-site:summer-sale", ("cms", "8 Jul")),
        ("FREEZE03:peak-campaign:peak", ("6 working days",)),
        ("PLAN04:data-lake-pilot", ("store-receipts", "dropped")),
        ("PLAN07:legacy-esp-switch-off", ("25 Jun", "10 working days")),
        ("STD01:ab-tool", ("on-site-personalisation",)),
        ("STD01:match-service", ("crm-golden-record",)),
        ("SYS01:brand-site:server-side-tagging", ("tag-manager",)),
        ("CAP01:data", ("Data platform", "5 people", "4 available", "15 working days")),
        ("COST01:it", ("€40,000 over budget",)),
        ("DATA04:ad-audiences", ("personal", "confidential")),
        ("DEC01:consent-retention", ("19 Mar", "consent-platform")),
        ("LINK04:customer-sso", ("Identity and access", "15 working days")),
        ("OWN04:ines-duarte", ("cdp-foundation", "Inês Duarte", "30 working days")),
        ("PROM01:autumn-range-live", ("1 Sep", "autumn-content")),
        ("STD02:dam", ("31 Mar", "dam-cms-connector")),
        ("SYS02:esp", ("esp", "marketing-automation")),
        ("SYS03:hosting-exit:cms-legacy", ("4 working days before brand-site",)),
        ("SYS05:chatbot", ("customer-profile",)),
        ("SYS06:pim", ("30 Apr", "pim-commerce")),
    ],
)
def test_a_conflict_gives_its_figures(fingerprint: str, words: tuple[str, ...]) -> None:
    message = the(fingerprint).message
    assert all(word in message for word in words), message


def test_peak_readiness_waits_on_customer_identity_and_costs_11k() -> None:
    plan = acme().plan
    waits = the("DATE01:peak-readiness").data["waits_on"]
    assert (waits["supplier"], waits["side"], waits["state"]) == ("customer-sso", "it", "asked")
    cost = cost_of_lateness(plan, "peak-readiness")
    assert cost is not None
    assert money_short(cost, plan.roadmap.settings.currency) == "€11k"


def test_it_waits_for_marketing_on_the_critical_path() -> None:
    plan = acme().plan
    of = {id: plan.roadmap.portfolio_of(one) for id, one in plan.roadmap.initiatives.items()}
    path = plan.schedule.critical_path
    assert "segment-definitions" in path
    assert "consent-signals" in path
    assert (of["segment-definitions"], of["consent-signals"]) == ("marketing", "it")
    (link,) = (
        one
        for one in plan.schedule.links_into("consent-signals")
        if one.on == "segment-definitions"
    )
    assert link.driving


@pytest.mark.parametrize(
    "code", ["DATE06", "DEC01", "FREEZE01", "LINK01", "OWN01", "OWN03", "STD01"]
)
def test_both_sides_have_something_to_solve(code: str) -> None:
    assert {"it", "marketing"} <= {one.next_side for one in found(code)}


def test_neither_side_has_most_of_it() -> None:
    sides = Counter(one.next_side for one in acme().plan.findings if not one.waived)
    assert abs(sides["it"] - sides["marketing"]) <= 0.4 * sides.total()


def test_each_waiver_is_used_and_says_why() -> None:
    waived = {one.fingerprint: one.waiver for one in acme().plan.findings if one.waived}
    assert waived == {
        "SYS01:customer-sso:pim-commerce": "shop-login-and-product-data",
        "SYS02:api-gateway": "gateway-test-stage",
        "SYS02:esp": "supplier-test-tenant",
    }
    assert all(one.reason and one.by for one in acme().plan.roadmap.waivers.values())


def test_handovers_go_both_ways() -> None:
    plan = acme().plan
    of = {id: plan.roadmap.portfolio_of(one) for id, one in plan.roadmap.initiatives.items()}
    ways = Counter((of[on], of[successor]) for successor, on in handovers(plan.context))
    assert ways["it", "marketing"] >= 3
    assert ways["marketing", "it"] >= 3


def test_a_bridging_role_stands_on_both_sides() -> None:
    roadmap = acme().plan.roadmap
    assert roadmap.people["ines-duarte"].bridges
    sides = {
        roadmap.portfolio_of(one)
        for one in roadmap.initiatives.values()
        if "ines-duarte" in one.responsible
    }
    assert {"marketing", "it"} <= sides


def test_the_missed_deadline_has_three_ways_out_and_one_that_meets_it() -> None:
    ways = all_offers(acme().plan, the("DATE01:peak-readiness")).found
    assert len(ways) >= 3
    assert any(offer.consequence.short is None for offer in ways[:3])


def test_what_gives_up_scope_is_offered_last() -> None:
    """Also after what does not clear the conflict, so that fixes shown without it run on."""
    ways = all_offers(acme().plan, the("DATE01:peak-readiness")).found
    gives_up = [one.fix.choice == CUT for one in ways]
    assert gives_up == sorted(gives_up)
    assert any(gives_up)
    assert not all(one.fix.clears for one in ways)
    assert ways[-1].fix.clears


def test_a_link_to_dropped_work_gives_up_nothing() -> None:
    first, *_ = all_offers(acme().plan, the("PLAN04:data-lake-pilot")).found
    assert first.fix.title == "unlink data-lake-pilot → store-receipts"
    assert first.only_listed == MEANT


def test_what_one_driver_makes_late_is_one_root_with_two_new_errors() -> None:
    before = acme().plan
    after = before.with_edit(
        Edits(
            (
                RemoveKey("initiatives", "customer-sso", ("percent_complete",)),
                SetKey("initiatives", "customer-sso", ("remaining",), "9w"),
            )
        )
    )
    errors = [sum(one.severity == "error" for one in each.findings) for each in (before, after)]
    assert errors[1] - errors[0] <= 2
    (root,) = (each for each in after.roots if each.id == "customer-sso")
    (handovers,) = (one for one in root.findings if one.code == "DATE06")
    assert [part.code for part in handovers.parts] == ["DATE06"] * 7
    assert handovers.on[0] == "customer-sso"
    late = [one for one in root.findings if one.code in ("DATE01", "DATE06", "FREEZE01")]
    assert {one.code for one in late} == {"DATE01", "DATE06", "FREEZE01"}
    assert len({one.who for one in late}) == 1
    assert after.roots[0] == root


def test_the_peak_is_the_first_root() -> None:
    first, *others = acme().plan.roots
    assert (first.id, first.first.fingerprint) == ("customer-sso", "DATE01:peak-readiness")
    assert {one.code for one in first.findings} == {
        "DATE01", "LINK01", "LINK04", "PRIO01", "OWN04", "FREEZE03",
    }  # fmt: skip
    assert all(one.who for one in first.findings)
    assert not [one for one in others if one.id == first.id]
