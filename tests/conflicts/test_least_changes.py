"""Rules about systems, data, people and money: a roadmap, and the least that changes what is said.

A case is a rule, the severities of what it says, and what is written otherwise in its roadmap.
`#name` in a roadmap is where a case writes more.
"""

from __future__ import annotations

import pytest

from planner.conflicts.fix_choice import CUT, HOPED, undecided
from planner.conflicts.fixing import Fix, rank
from planner.text.edits import Edits
from tests.conflicts.plans import after, findings, message, offered, plan, tells

TEAMS = """
[teams.crm]
portfolio = "marketing"
[teams.web]
portfolio = "marketing"
[teams.data]
portfolio = "it"
[teams.desk]
portfolio = "joint"
"""
DONE = 'status = "done"\nactual_start = 2027-02-01\nactual_finish = 2027-02-05'
LONG_DONE = 'status = "done"\nactual_start = 2026-11-02\nactual_finish = 2026-12-11'
DROPPED = 'status = "dropped"'
AGREED = "agreed = { marketing = 2027-01-04, it = 2027-01-04 }"
COVERS = f'capabilities = ["matching"]\naccess = "personal"\n{AGREED}'
KPI = 'kpi = "rate"\nbaseline = 1\ntarget = 2\nsource = "shop"\nowner = "crm"'

ROADMAPS = {
    "SYS01": f"""{TEAMS}
[initiatives.a]
owner = "crm"
estimate = "2w"
changes = ["cms"]
[initiatives.b]
owner = "data"
estimate = "2w"
changes = ["cms"]
#b
""",
    "SYS02": """
[systems.cdp]
status = "planned"
[initiatives.roll]
estimate = "4w"
introduces = ["cdp"]
#roll
[initiatives.use]
estimate = "2w"
uses = ["cdp"]
#use
""",
    "SYS03": """
[initiatives.off]
estimate = "1w"
retires = ["esp"]
#off
[initiatives.move]
estimate = "4w"
uses = ["esp"]
#move
""",
    "SYS04": """
[systems.esp]
status = "live"
capabilities = ["mail"]
[systems.cdp]
status = "planned"
capabilities = ["mail"]
#end
""",
    "SYS05": """
[data.profiles]
classification = "personal"
[systems.crm]
data = ["profiles"]
[systems.chat]
data = ["profiles"]
#end
""",
    "SYS06": """
[systems.pim]
supported_until = 2027-03-11
[initiatives.load]
estimate = "2w"
uses = ["pim"]
""",
    "STD01": f"""{TEAMS}
[data.profiles]
classification = "personal"
[systems.match]
standing = "unreviewed"
capabilities = ["matching"]
data = ["profiles"]
[initiatives.load]
owner = "crm"
estimate = "2w"
uses = ["match"]
#load
[initiatives.review]
kind = "review"
estimate = "1w"
uses = ["match"]
#review
[agreements.matching]
accountable = "crm"
#agreement
""",
    "STD02": """
[systems.dam]
standing = "exception"
standing_until = 2027-03-11
[initiatives.site]
estimate = "2w"
uses = ["dam"]
""",
    "DATA01": """
[data.profiles]
classification = "personal"
[systems.cmp]
status = "planned"
capabilities = ["consent"]
[initiatives.consent]
estimate = "3w"
introduces = ["cmp"]
#consent
[initiatives.journeys]
estimate = "2w"
activates = ["profiles"]
#journeys
""",
    "DATA02": """
[data.profiles]
classification = "personal"
steward = "privacy"
[people.karim]
team = "privacy"
[initiatives.model]
owner = "data"
estimate = "22d"
processes = ["profiles"]
#model
""",
    "DATA04": """
[data.hashed]
classification = "personal"
[agreements.ads]
accountable = "media"
data = ["hashed"]
access = "confidential"
#ads
[initiatives.audiences]
owner = "media"
estimate = "2w"
activates = ["hashed"]
""",
    "SKILL01": """
[people.ana]
team = "crm"
skills = ["copy"]
[people.bo]
team = "data"
skills = ["etl"]
[initiatives.load]
owner = "crm"
estimate = "2w"
skills = ["etl"]
#load
""",
    "OWN01": """
[initiatives.a]
owner = "crm"
[initiatives.b]
owner = "crm"
[initiatives.c]
estimate = "2w"
#c
""",
    "OWN02": '[initiatives.a]\nowner = ["crm", "web"]\nestimate = "1w"\n#a\n',
    "OWN03": f'[agreements.mail]\naccountable = "crm"\n{AGREED}\nreview_by = 2027-02-28\n',
    "OWN04": """
[people.ana]
team = "crm"
[initiatives.a]
estimate = "4w"
responsible = ["ana"]
[initiatives.b]
responsible = ["ana"]
estimate = "4w"
#b
""",
    "CAP01": """
[teams.crm]
capacity = 10
[initiatives.a]
owner = "crm"
estimate = "5d"
[initiatives.b]
owner = "crm"
estimate = "5d"
staff = { crm = 10 }
#b
""",
    "OUT01": f"""
[outcomes.sales]
{KPI}
[initiatives.a]
outcomes = ["sales"]
[initiatives.b]
outcomes = ["sales"]
[initiatives.c]
kind = "feature"
estimate = "1w"
[initiatives.d]
kind = "foundation"
estimate = "1w"
#d
""",
    "OUT02": f"[outcomes.sales]\n{KPI}\n",
    "OUT03": f'[glossary]\nreach = "people who saw it"\n[outcomes.sales]\n{KPI}\n',
    "OUT04": f"""
[outcomes.sales]
{KPI}
[outcomes.sales.readings]
2027-01-01 = 1.0
[initiatives.a]
outcomes = ["sales"]
status = "done"
actual_start = 2027-01-04
actual_finish = 2027-01-18
""",
    "OUT05": f"""
[outcomes.sales]
{KPI}
by = 2027-02-28
[outcomes.sales.readings]
2027-02-10 = 1.5
[initiatives.a]
estimate = "1w"
outcomes = ["sales"]
#a
""",
    "TERM01": '[glossary]\nlead = { marketing = "a contact", it = "an account" }\n',
    "GAP01": f"""{TEAMS}
[outcomes.sales]
{KPI}
[systems.cms]
owner = "data"
[initiatives.a]
owner = "crm"
estimate = "1w"
uses = ["cms"]
outcomes = ["sales"]
#a
[initiatives.b]
owner = "desk"
estimate = "1w"
#b
""",
    "COST01": f"""{TEAMS}
[portfolios.it]
budget = 100
[initiatives.a]
owner = "data"
cost = 60
[initiatives.b]
owner = "data"
cost = 50
#b
""",
    "PRIO01": """
[initiatives.low]
estimate = "4w"
priority = 3
#low
[initiatives.high]
estimate = "2w"
priority = 1
needs = ["low"]
deadline = 2027-04-08
""",
}

Change = tuple[str, str]
Case = tuple[str, list[str], tuple[Change, ...]]
ERROR, WARNING, INFO = ["error"], ["warning"], ["info"]
SILENT: list[str] = []

CASES: list[Case] = [
    ("SYS01", ERROR, ()),
    ("SYS01", WARNING, (('"data"\nestimate', '"web"\nestimate'),)),
    ("SYS01", WARNING, (('"data"\nestimate', '"desk"\nestimate'),)),
    ("SYS01", SILENT, (('"data"\nestimate', '"crm"\nestimate'),)),
    ("SYS01", SILENT, (('"data"\nestimate', '"crm"\nportfolio = "it"\nestimate'),)),
    ("SYS01", SILENT, (("#b", 'relates = ["a"]'),)),
    ("SYS01", SILENT, (("#b", 'needs = ["a SS"]'),)),
    ("SYS01", SILENT, (("#b", DROPPED),)),
    ("SYS01", SILENT, (("#b", DONE),)),
    ("SYS01", ERROR, (("#b", "start_no_earlier_than = 2027-03-12"),)),
    ("SYS01", SILENT, (("#b", "start_no_earlier_than = 2027-03-15"),)),
    ("SYS01", SILENT, (("#b", 'needs = ["c SS"]\n[initiatives.c]\nneeds = ["a SS"]'),)),
    ("SYS01", ERROR, (("#b", f'needs = ["c SS"]\n[initiatives.c]\nneeds = ["a"]\n{DROPPED}'),)),
    ("SYS02", ERROR, ()),
    ("SYS02", ERROR, (('uses = ["cdp"]', 'changes = ["cdp"]'),)),
    ("SYS02", SILENT, (('"planned"', '"live"'),)),
    ("SYS02", ERROR, (("#use", 'needs = ["roll SS+5d"]'),)),
    ("SYS02", WARNING, (("#use", 'needs = ["roll SS+20d"]'),)),
    ("SYS02", WARNING, (("#use", "start_no_earlier_than = 2027-03-29"),)),
    ("SYS02", ERROR, (("#use", 'needs = ["roll -1d"]'),)),
    ("SYS02", SILENT, (("#use", 'needs = ["roll", "roll SS"]'),)),
    ("SYS02", SILENT, (("#use", 'needs = ["m"]\n[initiatives.m]\nneeds = ["roll FF"]'),)),
    ("SYS02", ERROR, (("#use", 'needs = ["m SS"]\n[initiatives.m]\nneeds = ["roll FF"]'),)),
    ("SYS02", SILENT, (("#use", 'needs = ["m SS"]\n[initiatives.m]\nneeds = ["roll"]'),)),
    (
        "SYS02",
        SILENT,
        (("#use", 'needs = ["m -2d"]\n[initiatives.m]\nestimate = "1w"\nneeds = ["roll"]'),),
    ),
    (
        "SYS02",
        ERROR,
        (("#use", 'needs = ["m -2d"]\n[initiatives.m]\nestimate = "1d"\nneeds = ["roll"]'),),
    ),
    ("SYS02", SILENT, (("#use", 'needs = ["mid"]\n[initiatives.mid]\nneeds = ["roll"]'),)),
    ("SYS02", SILENT, (("#use", 'introduces = ["cdp"]'),)),
    ("SYS02", SILENT, (("#roll", DONE),)),
    ("SYS02", WARNING, (("#roll", DROPPED), ("#use", 'needs = ["roll"]'))),
    ("SYS03", ERROR, ()),
    ("SYS03", ERROR, (("uses", "replaces"),)),
    ("SYS03", ERROR, (("#off", DONE),)),
    ("SYS03", SILENT, (("#off", 'needs = ["move"]'),)),
    ("SYS03", ERROR, (("#off", "start_no_earlier_than = 2027-03-19"),)),
    ("SYS03", SILENT, (("#off", "start_no_earlier_than = 2027-03-22"),)),
    ("SYS03", SILENT, (("#move", DROPPED),)),
    ("SYS04", WARNING, ()),
    ("SYS04", SILENT, (('"live"', '"retiring"'),)),
    ("SYS04", SILENT, (("#end", '[initiatives.a]\nretires = ["esp"]'),)),
    ("SYS04", WARNING, (("#end", f'[initiatives.a]\nretires = ["esp"]\n{DROPPED}'),)),
    ("SYS04", SILENT, (("#end", f'[agreements.a]\ncapabilities = "mail"\n{AGREED}'),)),
    ("SYS04", WARNING, (("#end", '[agreements.a]\ncapabilities = "mail"'),)),
    ("SYS05", INFO, ()),
    ("SYS05", SILENT, (('"personal"', '"confidential"'),)),
    ("SYS05", SILENT, (("#end", 'connects = "crm"'),)),
    ("SYS05", SILENT, (("#end", '[initiatives.a]\nkind = "integration"\nuses = ["crm", "chat"]'),)),
    ("SYS05", INFO, (("#end", '[initiatives.a]\nkind = "feature"\nuses = ["crm", "chat"]'),)),
    ("SYS06", WARNING, ()),
    ("SYS06", SILENT, (("03-11", "03-12"),)),
    ("SYS06", SILENT, (("uses", "replaces"),)),
    ("STD01", ERROR, ()),
    ("STD01", WARNING, (('"personal"', '"confidential"'),)),
    ("STD01", ERROR, (('"unreviewed"', '"trial"'),)),
    ("STD01", SILENT, (('"unreviewed"', '"trial"'), ('"personal"', '"internal"'))),
    ("STD01", SILENT, (('"unreviewed"', '"approved"'),)),
    ("STD01", SILENT, (("#load", 'needs = ["review"]'),)),
    ("STD01", ERROR, (("#load", 'needs = ["review"]'), ("#review", DROPPED))),
    ("STD01", SILENT, (("#review", DONE),)),
    ("STD01", SILENT, (("#agreement", COVERS),)),
    ("STD01", ERROR, (("#agreement", COVERS.replace("personal", "confidential")),)),
    ("STD01", ERROR, (("#agreement", COVERS.replace('access = "personal"', "")),)),
    ("STD01", ERROR, (("#agreement", COVERS.replace("it =", "joint =")),)),
    ("STD01", ERROR, (("#agreement", COVERS), ('accountable = "crm"', 'informed = "crm"'))),
    ("STD02", WARNING, ()),
    ("STD02", SILENT, (("03-11", "03-12"),)),
    ("STD02", SILENT, (('"exception"', '"approved"'),)),
    ("STD02", SILENT, (("uses", "retires"),)),
    ("DATA01", ERROR, ()),
    ("DATA01", ERROR, (('"personal"', '"special"'),)),
    ("DATA01", SILENT, (('"personal"', '"confidential"'),)),
    ("DATA01", SILENT, (("activates", "processes"),)),
    ("DATA01", SILENT, (('"planned"', '"live"'),)),
    ("DATA01", ERROR, (('"planned"', '"retired"'),)),
    ("DATA01", SILENT, (("#journeys", 'needs = ["consent"]'),)),
    ("DATA01", ERROR, (("#journeys", 'needs = ["consent"]'), ("#consent", DROPPED))),
    ("DATA01", SILENT, (("#consent", DONE),)),
    ("DATA01", ERROR, (("#journeys", 'needs = ["consent SS+14d"]'),)),
    ("DATA01", ERROR, (("#journeys", 'needs = ["consent -1d"]'),)),
    ("DATA01", SILENT, (("#journeys", 'needs = ["consent SS+15d"]'),)),
    ("DATA01", ERROR, (("#journeys", "start_no_earlier_than = 2027-06-01"),)),
    ("DATA01", SILENT, (('["consent"]\n[init', '["Con-sent"]\n[init'), ('"planned"', '"live"'))),
    ("DATA02", WARNING, ()),
    ("DATA02", ERROR, (('"22d"', '"21d"'),)),
    ("DATA02", WARNING, (('"22d"', '"21d"'), ("#model", "[checks]\nreview_days = 19"))),
    ("DATA02", SILENT, (("#model", "reviews = { karim = 2027-02-01 }"),)),
    ("DATA02", WARNING, (("#model", "reviews = { security = 2027-02-01 }"),)),
    ("DATA02", SILENT, (('"personal"', '"confidential"'),)),
    ("DATA04", WARNING, ()),
    ("DATA04", SILENT, (('"confidential"', '"personal"'),)),
    ("DATA04", WARNING, (('"personal"', '"special"'), ('"confidential"', '"personal"'))),
    ("DATA04", SILENT, (('data = ["hashed"]', ""),)),
    (
        "DATA04",
        SILENT,
        (("#ads", '[agreements.own]\naccountable="media"\ndata="hashed"\naccess="personal"'),),
    ),
    ("SKILL01", INFO, ()),
    ("SKILL01", SILENT, (("#load", 'responsible = ["data"]'),)),
    ("SKILL01", SILENT, (("#load", 'responsible = "bo"'),)),
    ("SKILL01", SILENT, (('"copy"', '"etl"'),)),
    ("OWN01", WARNING, ()),
    ("OWN01", WARNING, (("#c", "start_no_earlier_than = 2027-05-31"),)),
    ("OWN01", INFO, (("#c", "start_no_earlier_than = 2027-06-01"),)),
    ("OWN01", SILENT, (("#c", DONE),)),
    ("OWN02", WARNING, ()),
    ("OWN02", SILENT, (('["crm", "web"]', '["crm", "crm"]'),)),
    ("OWN02", SILENT, (("#a", DONE),)),
    ("OWN03", WARNING, ()),
    ("OWN03", SILENT, (("02-28", "03-01"),)),
    ("OWN03", WARNING, (("02-28", "03-01"), (", it = 2027-01-04", ""))),
    ("OWN04", WARNING, ()),
    ("OWN04", SILENT, (("#b", 'needs = ["a"]'),)),
    ("OWN04", SILENT, (('["ana"]\nestimate = "4w"', '["ana"]\nestimate = "3w"'),)),
    ("CAP01", WARNING, ()),
    ("CAP01", SILENT, (("{ crm = 10 }", "{ crm = 9.9 }"),)),
    ("CAP01", SILENT, (('"5d"', '"4d"'),)),
    ("CAP01", WARNING, (('"5d"', '"4d"'), ("#b", "[checks]\noverload_days = 4"))),
    ("CAP01", SILENT, (("#b", "[checks]\noverload_percent = 11"),)),
    ("OUT01", WARNING, ()),
    ("OUT01", SILENT, (("#d", 'needs = ["c"]\noutcomes = "sales"'),)),
    ("OUT01", SILENT, (("#d", 'needs = ["c"]\n[initiatives.e]\nneeds="d"\noutcomes="sales"'),)),
    ("OUT01", WARNING, (("#d", f'needs = ["c"]\noutcomes = "sales"\n{DROPPED}'),)),
    ("OUT01", SILENT, (('"feature"', '"review"'),)),
    ("OUT02", SILENT, ()),
    ("OUT02", SILENT, (("baseline = 1", "baseline = 0"),)),
    *(
        ("OUT02", WARNING, ((f"\n{key} = ", f"\n{key}_of = "),))
        for key in ("baseline", "target", "source", "owner")
    ),
    ("OUT03", INFO, ()),
    ("OUT03", SILENT, (("reach", "Rate"),)),
    ("OUT03", SILENT, (('[glossary]\nreach = "people who saw it"', ""),)),
    ("OUT04", WARNING, ()),
    ("OUT04", SILENT, (("01-18", "01-19"),)),
    ("OUT04", SILENT, (("2027-01-01", "2027-01-19"),)),
    ("OUT05", WARNING, ()),
    ("OUT05", SILENT, (("02-28", "03-01"),)),
    ("OUT05", SILENT, (("= 1.5", "= 2"),)),
    ("OUT05", SILENT, (("target = 2\n", ""),)),
    ("OUT05", SILENT, (("baseline = 1", "baseline = 3"),)),
    ("OUT05", SILENT, (("#a", DONE),)),
    ("TERM01", INFO, ()),
    ("TERM01", SILENT, (('"an account"', '"A  contact "'),)),
    ("TERM01", SILENT, (("account", 'account", agreed = "both'),)),
    ("GAP01", INFO, ()),
    ("GAP01", INFO, (("#b", f'outcomes = "sales"\nportfolio = "it"\n{DROPPED}'),)),
    ("GAP01", SILENT, (("#b", 'outcomes = "sales"\nportfolio = "it"'),)),
    ("GAP01", SILENT, (("#b", f'outcomes = "sales"\nportfolio = "it"\n{DONE}'),)),
    ("GAP01", SILENT, (("#b", 'outcomes = "sales"'),)),
    ("GAP01", SILENT, (("#a", "staff = { crm = 1, data = 1 }"),)),
    ("GAP01", INFO, (("#a", "staff = { crm = 1, web = 1 }"),)),
    ("GAP01", SILENT, (('owner = "data"', 'owner = "web"'),)),
    ("COST01", WARNING, ()),
    ("COST01", SILENT, (("= 50", "= 40"),)),
    ("COST01", WARNING, (("#b", DONE),)),
    ("COST01", SILENT, (("#b", DROPPED),)),
    ("COST01", SILENT, (("= 50", "= { marketing = 50, it = 40 }"),)),
    ("COST01", SILENT, (("100", "0.3"), ("60", "0.1"), ("= 50", "= 0.2"))),
    ("PRIO01", WARNING, ()),
    ("PRIO01", SILENT, (("04-08", "04-09"),)),
    ("PRIO01", SILENT, (("priority = 3", "priority = 1"),)),
    ("PRIO01", SILENT, (("priority = 3", ""),)),
    ("PRIO01", SILENT, (("#low", DONE),)),
]


def written(code: str, *changes: Change) -> str:
    """A rule's roadmap with pieces of it written otherwise."""
    text = ROADMAPS[code]
    for old, new in changes:
        assert old in text, f"{code} has no {old!r}"
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(("code", "severities", "changes"), CASES)
def test_the_least_makes_a_rule_speak_or_fall_silent(
    code: str, severities: list[str], changes: tuple[Change, ...]
) -> None:
    assert [one.severity for one in findings(written(code, *changes), code)] == severities


SAYS: list[tuple[str, str, tuple[Change, ...]]] = [
    (
        "SYS01",
        "a b cms 12 Mar link",
        (("#b", "start_no_earlier_than = 2027-03-12"),),
    ),
    (
        "SYS02",
        "use changes cdp planned roll",
        (('uses = ["cdp"]', 'changes = ["cdp"]'),),
    ),
    (
        "SYS03",
        "off esp 35 days before move",
        (("#off", DONE),),
    ),
    (
        "STD01",
        ("load match review personal data"),
        (('\ndata = ["profiles"]', ""), ("#load", 'activates = ["profiles"]')),
    ),
    (
        "SKILL01",
        "load etl bo",
        (('owner = "crm"\n', ""),),
    ),
    (
        "OWN04",
        ("a b c ana 20 working days"),
        (("#b", '[initiatives.c]\nestimate = "4w"\nresponsible = "ana"'),),
    ),
    (
        "OUT04",
        "sales since 18 Jan",
        (
            (
                "[initiatives.a]",
                f'[initiatives.z]\noutcomes = "sales"\n{LONG_DONE}\n[initiatives.a]',
            ),
        ),
    ),
    (
        "OUT05",
        ("sales 2,500,000 28 Feb 1,250,000 1"),
        (("target = 2", "target = 2500000"), ("= 1.5", "= 1250000")),
    ),
    (
        "COST01",
        "IT 10.40 budget planned 110.40 budget 100",
        (("= 50", "= 50.4"),),
    ),
    (
        "SYS02",
        "use uses dam planned",
        (('uses = ["cdp"]', 'uses = ["dam", "dam"]\n[systems.dam]\nstatus = "planned"'),),
    ),
    (
        "CAP01",
        "crm 1 person 0.5 5 working days 1 Mar",
        (("= 10\n", "= 0.5\n"), ("{ crm = 10 }", "{ web = 1 }")),
    ),
    (
        "OUT02",
        ("sales first 9 Feb after work"),
        (
            ("owner =", "readings = { 2027-02-09 = 1 }\nowner ="),
            ('"crm"\n', f'"crm"\n[initiatives.a]\noutcomes = ["sales"]\n{DONE}\n'),
        ),
    ),
    ("PRIO01", "low priority 3 high priority 1", ()),
]


@pytest.mark.parametrize(("code", "says", "changes"), SAYS)
def test_a_sentence_is_true_of_such_a_roadmap(
    code: str, says: str, changes: tuple[Change, ...]
) -> None:
    assert tells(message(written(code, *changes), code), says)


WITHOUT = "remove profiles from what journeys activates"
WAYS: list[Case] = [
    ("SYS03", ["remove esp from move"], (("#off", DONE),)),
    (
        "SYS03",
        ["switch esp off on its own, after move"],
        (("#move", 'needs = ["off"]'),),
    ),
    (
        "SYS04",
        ["record that IT agrees to agreement post", "set esp to retiring"],
        (("#end", '[agreements.post]\ncapabilities="mail"\nagreed = { marketing = 2027-01-04 }'),),
    ),
    ("DATA01", ["start journeys after consent", WITHOUT], ()),
    (
        "DATA01",
        ["add cmp-rollout, which introduces consent, before journeys", WITHOUT],
        (('introduces = ["cmp"]', ""),),
    ),
    (
        "DATA01",
        ["add consent-management-rollout, which introduces consent, before journeys", WITHOUT],
        (('capabilities = ["consent"]', ""),),
    ),
    ("OWN01", ["assign c to crm"], ()),
    (
        "COST01",
        ["raise the budget to 160", "drop b and a (110)"],
        (("#b", '[initiatives.c]\nowner = "data"\ncost = 50\npriority = 1'), ("100", "52")),
    ),
    (
        "COST01",
        ["raise the budget to €1,020,000.50", "drop b (€40,000)", "drop a (€980,000.50)"],
        (
            ("#b", '[roadmap]\ncurrency = "EUR"\n'),
            ("100", "1000000"),
            ("60", "980000.5"),
            ("= 50", "= 40000"),
        ),
    ),
]


@pytest.mark.parametrize(("code", "titles", "changes"), WAYS)
def test_the_rest_of_a_roadmap_suggests_ways_out(
    code: str, titles: list[str], changes: tuple[Change, ...]
) -> None:
    context = plan(written(code, *changes))
    assert list(offered(context, code)) == titles
    for title in titles:
        after(context, code, title)


def test_a_yes_that_was_given_keeps_its_day() -> None:
    given = '[agreements.post]\ncapabilities = "mail"\nagreed = { marketing = 2027-01-04 }'
    context = plan(written("SYS04", ("#end", given)))
    made = after(context, "SYS04", "record that IT agrees to agreement post")
    agreed = made.roadmap.agreements["post"].agreed
    assert {side: day.isoformat() for side, day in agreed.items()} == {
        "marketing": "2027-01-04",
        "it": "2027-03-01",
    }


def many(code: str, number: int) -> str:
    """A roadmap in which a rule fires in so many places, and could in twice as many."""
    if code == "SKILL01":
        text = '[people.ana]\nteam = "crm"\nskills = ["copy"]\n'
        one = '[initiatives.x{0}]\nowner = "crm"\nskills = ["etl"]\n'
        return text + "".join(map(one.format, range(number)))
    one = ROADMAPS[code].replace("low", "low{0}").replace("high", "high{0}")
    return "".join(map(one.format, range(number)))


@pytest.mark.parametrize(
    ("code", "number", "ways", "says"),
    [
        (
            "SKILL01",
            3,
            0,
            "3 of 3 initiatives lack a skill",
        ),
        (
            "SKILL01",
            6,
            0,
            "6 of 6 initiatives lack a skill",
        ),
        (
            "PRIO01",
            6,
            6,
            "6 of 12 initiatives delay more important ones",
        ),
    ],
)
def test_what_fires_in_many_places_is_told_once(
    code: str, number: int, ways: int, says: str
) -> None:
    assert message(many(code, number), code).startswith(says)
    assert len(offered(plan(many(code, number)), code)) == ways


def test_two_are_told_one_by_one_but_for_one_consent() -> None:
    assert len(findings(many("SKILL01", 2), "SKILL01")) == 2
    ads = '[initiatives.ads{}]\nactivates = ["profile"]\n'
    text = '[data.profile]\nclassification = "personal"\n' + ads.format(1) + ads.format(2)
    assert message(text, "DATA01").startswith("2 of 2 initiatives")


def test_a_few_late_ones_of_low_priority_are_told_one_by_one() -> None:
    assert len(findings(many("PRIO01", 5), "PRIO01")) == 5


@pytest.mark.parametrize(
    ("code", "changes", "why"),
    [
        ("SYS01", (), "only people know"),
        ("SYS05", (), "only people know"),
        ("OWN02", (), "several fixes are equally good"),
        ("SYS03", (("#off", DONE),), "it removes work, a link or what work touches"),
        ("SYS03", (), ""),
        ("SYS02", (), ""),
        ("DATA01", (), ""),
    ],
)
def test_nothing_is_claimed_of_people_or_work_without_a_choice(
    code: str, changes: tuple[Change, ...], why: str
) -> None:
    context = plan(written(code, *changes))
    said = undecided(list(offered(context, code).values()))
    assert said.startswith(why)
    assert bool(said) == bool(why)


def test_what_clears_it_only_by_giving_up_scope_says_so() -> None:
    """A fix that leaves a conflict stands before it, and is not the one that is asked about."""
    nothing = Edits(())
    partly = Fix(title="shorten a", edit=nothing, clears=False, choice=HOPED)
    drop = Fix(title="drop b", edit=nothing, choice=CUT)
    assert sorted((drop, partly), key=rank) == [partly, drop]
    assert undecided([partly, drop]) == CUT
    assert undecided([partly]) == "no fix clears this conflict"


def test_a_slip_of_the_keyboard_is_put_right_without_a_choice() -> None:
    context = plan(written("SYS02", ('uses = ["cdp"]', 'uses = ["cdpp"]')))
    assert not undecided(list(offered(context, "PLAN02").values()))


def test_a_crowd_on_one_system_is_coordinated_at_once() -> None:
    one = '[initiatives.{0}]\nowner = "{0}"\nchanges = ["cms"]\nestimate = "2w"\n'
    context = plan("".join(one.format(team) for team in ("crm", "data", "shop", "web")))
    title = "record that all changes of cms are coordinated"
    assert list(offered(context, "SYS01")) == [title]
    after(context, "SYS01", title)
