"""Roadmaps as people write them, for the tests of reading."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

import tomli

from planner.roadmap.problems import Problem
from planner.roadmap.reading import Reading, read


def data(text: str) -> dict[str, Any]:
    """The TOML as parsed."""
    return tomli.loads(text)


def reading(text: str, file: str = "plan.toml", **others: str) -> Reading:
    """What one file says, or several (`it="…"` is it.toml)."""
    files = {file: data(text)} | {f"{name}.toml": data(more) for name, more in others.items()}
    return read(files)


def only_problem(text: str) -> Problem:
    """The one thing that is wrong with a roadmap."""
    (problem,) = reading(text).problems
    return problem


def as_json(value: Any) -> Any:
    """TOML data as editors hand it to a JSON Schema: days and times as text."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value


MINIMAL = """
[initiatives.consent-center]
estimate = "5w"
[initiatives.web-push]
estimate = "3w"
needs = ["consent-center"]
deadline = 2027-03-01
"""

EVERYTHING = """
[roadmap]
title = "Customer platform 2027"
start = 2027-03-01
status_date = 2027-03-22
calendar = "uk"
currency = "EUR"
near_critical = 3
main_launch = "web-push"

[portfolios.marketing]
title = "Marketing"
lead = "jo"
budget = 250000

[calendars.uk]
title = "United Kingdom"
workdays = ["mon", "tue", "wed", "thu", "fri"]
country = "GB"
region = "ENG"
[calendars.uk.holidays]
2027-12-24 = "Christmas Eve"
[calendars.uk.working]
2027-08-28 = "Stocktaking"

[freezes.peak]
title = "Peak"
start = 2027-10-25
end = 2028-01-07
systems = "commerce"
blocks = "release"
exempt = ["web-push"]

[teams.crm]
title = "CRM"
portfolio = "marketing"
lead = "jo"
capacity = 4.5
calendar = "uk"
[teams.crm.capacity_from]
2027-06-01 = 5
2027-09-01 = 3.5

[people.jo]
name = "Jo Weber"
email = "jo@example.org"
team = "crm"
role = "marketing technologist"
skills = ["sql"]
until = 2027-11-30
bridges = true

[systems.cdp]
title = "Customer data platform"
owner = "crm"
status = "live"
vendor = "Acme"
standing = "trial"
standing_until = 2027-06-30
supported_until = 2029-12-31
capabilities = ["segments"]
connects = ["commerce"]
data = ["customer-profile"]
customer_facing = false
reviews = { crm = 2026-11-03 }
cost_per_year = 48000

[data.customer-profile]
title = "Customer profile"
classification = "personal"
steward = "crm"

[outcomes.repeat-purchase]
title = "More second orders"
hypothesis = "Who is asked in time buys again."
kpi = "repeat rate"
unit = "%"
baseline = 18.5
target = 22
by = 2027-12-31
source = "warehouse"
owner = "crm"
value = 1.2e6
[outcomes.repeat-purchase.readings]
2027-03-01 = 18.7
[outcomes.repeat-purchase.answers]
2027-06-01 = "go on: season"

[groups.retention]
title = "Retention"
part_of = "growth"

[initiatives.consent-center]
estimate = "5w"
actual_start = 2027-01-04
actual_finish = 2027-02-05

[initiatives.web-push]
title = "Web push for returning visitors"
short = "Web push"
kind = "feature"
part_of = "retention"
portfolio = "joint"
status = "active"
priority = 2
journey = "return"
tags = ["push"]
notes = "Legal asked for this."
urls = ["https://example.org"]
owner = "crm"
responsible = ["crm", "jo"]
consulted = "legal"
informed = ["sales"]
reviews = { privacy = 2026-11-03 }
skills = ["js"]
staff = { data = 2, web = 0.5 }
estimate = ["3w", "4w", "7w"]
estimated_by = "jo"
calendar = "uk"
actual_start = 2027-03-01
percent_complete = 12.5
remaining = "18d"
start_no_earlier_than = 2027-03-01
start_no_later_than = 2027-03-15
finish_no_earlier_than = 2027-03-31
finish_no_later_than = 2027-06-30
must_start_on = 2027-03-01
must_finish_on = 2027-05-31
as_late_as_possible = false
deadline = 2027-05-31
announced = 2027-06-01
needs = [
    "consent-center",
    "consent-center SS+5d",
    { on = "consent-center", type = "ff", lag = "-1w", delivers = "endpoint", why = "segments",
      accepted_when = "segments match", asked = 2026-10-01, needed_by = 2027-01-18,
      promised = 2027-01-15, agreed = 2026-11-05, rejected = 2027-02-08,
      counter = { by = "crm", on = 2027-02-09, type = "SS", lag = "+5d" },
      by = "jo", note = "half of the segments are empty" },
]
awaits = "vendor"
relates = ["consent-center"]
uses = ["cdp"]
changes = "tag-manager"
introduces = []
replaces = []
retires = []
processes = "customer-profile"
activates = ["customer-profile"]
outcomes = ["repeat-purchase"]
cost = { marketing = [30000, 40000, 60000], it = 25000 }
accelerate = { to = "3w", cost = 12000 }
value = { marketing = 4, it = 2 }

[agreements.segments]
title = "Segments"
accountable = "crm"
responsible = ["crm"]
consulted = []
informed = []
capabilities = ["segments"]
systems = ["cdp"]
data = ["customer-profile"]
access = "personal"
limit = 10000
why = "Marketing builds its own segments."
agreed = { marketing = 2026-10-02, it = 2026-10-05 }
review_by = 2027-10-01

[decisions.vendor]
title = "Which vendor?"
options = ["Acme", "Own"]
needed_by = 2027-02-01
decided = 2027-01-20
choice = "Acme"
owner = "crm"

[actions.ask-legal]
title = "Ask legal about push consent"
owner = "jo"
due = 2027-04-01
done = 2027-03-30
meeting = "sync"

[meetings.sync]
title = "Sync"
every = "2w"
last = 2027-03-15
attends = ["crm", "jo"]

[glossary]
segment = "customers who share a trait"
customer = { marketing = "who bought", it = "who has an account", agreed = "who has an account" }

[waivers.trial]
rule = "STD02"
on = ["web-push"]
reason = "The trial ends in June."
by = "Jo Weber"
until = 2027-06-30

[checks]
ignore = ["DATE07"]
horizon = 30
assumed_estimate = "3w"
wip = { crm = 3 }
[checks.severity]
SYS01 = "error"
[checks.reviews_for]
personal = ["privacy"]

[views.mine]
title = "Mine"
query = "@me"
group_by = "portfolio"
sort = "start"
columns = ["title", "finish"]
"""
"""Every key of every table."""

AS_A_FILE = re.sub(r",\n +(?=[a-z_]+ =)", ", ", EVERYTHING) + "[groups.growth]\n"
"""The same as a file says it: inline tables on one line, and nothing named that is not there."""
