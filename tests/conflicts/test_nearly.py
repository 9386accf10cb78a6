"""What nearly fires: the example of each rule, changed by the least that makes it right."""

from __future__ import annotations

import pytest

from tests.conflicts.plans import example, findings, messages, tells

SAYS = [
    ("PLAN05", "c needs a through b"),
    ("PLAN06", "newsletter link outcome group"),
    (
        "DATE03",
        ("journey started 22 Feb api 26 Mar"),
    ),
    ("DATE04", "api done actual_finish"),
    ("DATE05", "api actual_finish 1 Apr after 1 Mar"),
    ("DATE07", "1 Feb 20 working days"),
    ("PROM01", "launch announced 1 Jun range agreed"),
    (
        "FREEZE02",
        ("load 5 working freeze stocktake pim 12 Mar"),
    ),
    (
        "SYS02",
        "journeys uses cdp planned cdp-rollout",
    ),
    (
        "SYS03",
        ("switch-off esp 25 days before move"),
    ),
    (
        "SYS04",
        ("cdp esp offer segmentation agreement"),
    ),
    (
        "SYS05",
        ("chatbot profiles connection crm"),
    ),
    ("SYS06", "support pim ends 31 Mar load until 23 Apr"),
    ("STD02", "exception dam ends 31 Mar site until 23 Apr"),
    ("DATA02", "model review profiles privacy finishes 12 Mar"),
    (
        "DATA04",
        "audiences uses personal confidential",
    ),
    ("SKILL01", "model attribution nobody"),
    ("OWN02", "working agreement publishing 2"),
    ("OWN03", "working agreement testing IT agreed"),
    (
        "OWN04",
        "a b Ines 20 working days",
    ),
    (
        "LINK03",
        ("api site starts 15 Mar"),
    ),
    (
        "LINK04",
        "answered sso 20 working days",
    ),
    ("LINK05", "domains mail accepted 31 working days"),
    (
        "VIEW01",
        "site changes cms without review eng",
    ),
    ("VIEW02", "api 1 Marketing 5 IT"),
    ("CAP01", "web 2 people 1 20 working days 1 Mar"),
    ("OUT01", "pages 1 Mar outcome"),
    (
        "OUT02",
        "awareness baseline source owner",
    ),
    ("OUT03", "KPI conversion rate sales glossary"),
    (
        "OUT04",
        "sales since search 11 Dec 2026",
    ),
    (
        "OUT05",
        ("sales 2.5 1 Feb 1"),
    ),
    (
        "GAP01",
        ("1 outcome work one side only sales"),
    ),
    (
        "TERM01",
        "active customer Marketing IT",
    ),
    ("DEC01", "decision region 15 Feb cdp waits"),
    (
        "COST01",
        "Marketing 2,000 budget planned 12,000 budget 10,000",
    ),
    ("PRIO01", "sso priority 3 journeys priority 1"),
]


@pytest.mark.parametrize(("code", "words"), SAYS, ids=[code for code, _ in SAYS])
def test_a_rule_says(code: str, words: str) -> None:
    assert tells(messages(example(code), code), words)


NEARLY = [
    ("PLAN05", "the link says more", '["a", "b"]', '[{ on = "a", delivers = "a map" }, "b"]'),
    ("PLAN05", "it has a lag", '["a", "b"]', '["a +2w", "b"]'),
    ("PLAN05", "the other way is no finish to start", 'needs = ["a"]', 'needs = ["a SS"]'),
    ("PLAN05", "the other way has a lead", 'needs = ["a"]', 'needs = ["a -2d"]'),
    ("PLAN06", "it is in a group", "[initiatives.site]", 'part_of = "mail"\n[initiatives.site]'),
    ("PLAN06", "there are no groups", 'part_of = "web"', ""),
    ("PLAN06", "something waits for it", '["site"]', '["site", "newsletter"]'),
    ("PLAN06", "it relates to other work", '"2w"', '"2w"\nrelates = ["site"]'),
    (
        "PLAN06",
        "it is a milestone with a date",
        'estimate = "2w"',
        'kind = "milestone"\ndeadline = 2027-06-01',
    ),
    (
        "DATE03",
        "the predecessor is done",
        '"4w"\n[initiatives.j',
        '"4w"\nstatus = "done"\n[initiatives.j',
    ),
    ("DATE03", "it waits for the start only", '["api"]', '["api SS"]'),
    ("DATE03", "the lead covers it", '["api"]', '["api -5w"]'),
    ("DATE03", "it is done", 'status = "active"', 'status = "done"'),
    ("DATE04", "it says when", '"done"', '"done"\nactual_finish = 2027-02-26'),
    ("DATE04", "it is planned", '"done"', '"planned"'),
    ("DATE05", "it was today", "2027-04-01", "2027-03-01"),
    ("DATE07", "it is two weeks old", "2027-02-01", "2027-02-15"),
    ("PROM01", "it is agreed", '["range"]', '[{ on = "range", agreed = 2027-02-01 }]'),
    ("PROM01", "one side does it all", 'portfolio = "it"', 'portfolio = "marketing"'),
    ("PROM01", "the work is joint", 'portfolio = "it"', 'portfolio = "joint"'),
    ("PROM01", "it is not announced", "announced", "deadline"),
    ("FREEZE02", "only releases are stopped", 'blocks = "work"\n', ""),
    ("FREEZE02", "another system", 'changes = ["pim"]', 'changes = ["erp"]'),
    ("FREEZE02", "done before it", '"8w"', '"1w"'),
    ("FREEZE02", "exempt", 'systems = ["pim"]', 'systems = ["pim"]\nexempt = ["load"]'),
    ("SYS02", "it waits", 'uses = ["cdp"]', 'uses = ["cdp"]\nneeds = ["cdp-rollout"]'),
    ("SYS02", "it is live", 'status = "planned"', 'status = "live"'),
    ("SYS02", "it is a review", 'uses = ["cdp"]', 'uses = ["cdp"]\nkind = "review"'),
    ("SYS02", "it has been brought", '"6w"', '"6w"\nstatus = "done"'),
    ("SYS03", "the move is done", '"6w"', '"6w"\nstatus = "done"'),
    ("SYS03", "both are done together", '"1w"', '"6w"'),
    ("SYS03", "another system", 'replaces = ["esp"]', 'replaces = ["crm"]'),
    ("SYS04", "one retires", "[systems.esp]\n", '[systems.esp]\nstatus = "retiring"\n'),
    ("SYS04", "another capability", '["segmentation"]\n[', '["profiles"]\n['),
    (
        "SYS05",
        "one connects to the other",
        '["profiles"]\n[',
        '["profiles"]\nconnects = ["chatbot"]\n[',
    ),
    ("SYS05", "nothing personal", '"personal"', '"internal"'),
    ("SYS06", "the work is done", '"8w"', '"8w"\nstatus = "done"'),
    ("DATA02", "it is the steward's own", 'owner = "data"', 'owner = "privacy"'),
    ("SKILL01", "she can", '["segmentation"]', '["segmentation", "attribution"]'),
    (
        "SKILL01",
        "somebody can",
        "[people.jonas]",
        '[people.jo]\nteam = "insight"\nskills = ["attribution"]\n[people.jonas]',
    ),
    ("OWN02", "one of them", '["web", "web-eng"]', '"web"'),
    (
        "OWN03",
        "both agreed",
        "{ marketing = 2027-01-18 }",
        "{ marketing = 2027-01-18, it = 2027-01-25 }",
    ),
    ("LINK03", "it says why", 'needs = ["api"]', 'needs = [{ on = "api", why = "sign-in" }]'),
    ("LINK03", "it starts much later", '"2w"', '"20w"'),
    ("LINK03", "one side does both", '"it"', '"marketing"'),
    ("LINK04", "it is answered", "asked = 2027-02-01", "asked = 2027-02-01, declined = 2027-02-08"),
    ("LINK04", "it was asked two weeks ago", "2027-02-01", "2027-02-15"),
    ("LINK05", "it is accepted", '["domains"]', '[{ on = "domains", accepted = 2027-02-01 }]'),
    ("LINK05", "it was delivered last week", "2027-01-15", "2027-02-22"),
    ("VIEW01", "its owners have looked", "web = 2027-02-01", "eng = 2027-02-01"),
    ("VIEW01", "its owners do some of it", "changes", "staff = { eng = 1 }\nchanges"),
    (
        "VIEW01",
        "it starts after the horizon",
        "changes",
        "start_no_earlier_than = 2027-09-01\nchanges",
    ),
    ("VIEW01", "the system is joint", 'portfolio = "it"', 'portfolio = "joint"'),
    ("VIEW02", "they differ by one", "marketing = 1", "marketing = 4"),
    ("CAP01", "there are two", "capacity = 1", "capacity = 2"),
    (
        "OUT01",
        "what it enables has one",
        '"campaign"',
        (
            '"campaign"\n[initiatives.x]\noutcomes = ["sales"]\nneeds = ["pages"]\n'
            '[initiatives.y]\noutcomes = ["sales"]'
        ),
    ),
    ("OUT01", "it is a foundation", '"campaign"', '"foundation"'),
    (
        "OUT02",
        "it says all of it",
        "target",
        'owner = "brand"\nsource = "survey"\nbaseline = 0\ntarget',
    ),
    (
        "OUT04",
        "it has been read since",
        "[outcomes.sales]",
        "[outcomes.sales.readings]\n2027-01-29 = 2.1",
    ),
    ("OUT04", "it was done last week", "2026-12-11", "2027-02-22"),
    (
        "GAP01",
        "joint work contributes",
        "[initiatives.site]",
        '[initiatives.j]\nportfolio = "joint"\noutcomes = ["sales"]\n[initiatives.site]',
    ),
    ("GAP01", "on its own systems", 'owner = "eng"', 'owner = "web"'),
    ("TERM01", "one meaning is agreed", "it =", 'agreed = "bought", it ='),
    ("TERM01", "they mean the same", "has an account", "Opened a mail"),
    ("DEC01", "it is decided", "needed_by", "decided = 2027-02-10\nneeded_by"),
    ("DEC01", "it is needed today", "2027-02-15", "2027-03-01"),
    ("COST01", "it is just enough", "12000", "10000"),
    ("COST01", "the other side pays", "12000", "{ it = 12000 }"),
    ("PRIO01", "they are equal", "priority = 3", "priority = 1"),
    ("PRIO01", "nothing is late", "2027-04-01", "2027-06-01"),
]


@pytest.mark.parametrize(
    ("code", "why", "old", "new"), NEARLY, ids=[f"{one[0]}: {one[1]}" for one in NEARLY]
)
def test_it_is_no_finding_where(code: str, why: str, old: str, new: str) -> None:
    assert not findings(example(code, (old, new)), code), why


THRESHOLDS = [
    ("DATE07", "status_days", 20, 19),
    ("LINK03", "handover_days", 9, 10),
    ("LINK04", "answer_days", 20, 19),
    ("LINK05", "accept_days", 31, 30),
    ("VIEW02", "score_gap", 5, 4),
    ("CAP01", "overload_days", 21, 20),
    ("CAP01", "overload_percent", 101, 100),
    ("OUT04", "reading_days", 57, 56),
]


@pytest.mark.parametrize(("code", "name", "silent", "loud"), THRESHOLDS)
def test_a_threshold_is_a_setting(code: str, name: str, silent: int, loud: int) -> None:
    assert not findings(example(code) + f"\n[checks]\n{name} = {silent}", code)
    assert findings(example(code) + f"\n[checks]\n{name} = {loud}", code)
