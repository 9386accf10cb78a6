"""The roadmap with which two leads begin: one campaign, and the five overlaps of every campaign.

Marketing and IT always meet in market data analytics, vendor selection, app development, consent
and content publishing. Each is a working agreement that asks who is accountable, who does the work,
and why; until somebody answers, `check`, `agreements` and `asks` ask the same. The work is as
little as shows what one side needs of the other: a brief and texts from marketing, a landing page
and measuring from IT.
"""

from __future__ import annotations

from datetime import date, timedelta

import tomli_w

from planner.roadmap.ids import make_id

_AGREEMENTS = """
# --- Who does what where marketing and IT meet -------------------------------
#
# Answer here, or send the questions: `planner asks --for marketing asks.xlsx`.
# Then both say yes: `planner agree vendor-selection --by marketing`.
# `access` and `limit` are what a team may do without asking.
"""

_OVERLAPS = {
    "app-development": (
        "Apps and pages for campaigns",
        "Who decides what is built, and who keeps it running after the campaign?",
    ),
    "consent": (
        "Consent of customers",
        "Who says what customers are asked, and who sees to it that it is kept?",
    ),
    "content-publishing": (
        "Publishing on site and in apps",
        "Who may publish without a release, and who is called when it breaks?",
    ),
    "market-data-analytics": (
        "Market and customer data: analysis",
        "Who may see which data, and whose figures count when two differ?",
    ),
    "vendor-selection": (
        "Choosing vendors and tools",
        "Up to which sum may marketing buy a tool, and what does IT look at first?",
    ),
}
"""Each overlap with its title and the question behind it."""

_AGREEMENT = """
# {question}
[agreements.{id}]
title = "{title}"
# accountable = "campaigns"           # one team: who is accountable?
# responsible = ["campaigns", "development"]    # who does the work?
# why = "..."                         # why them, and what it means day to day
capabilities = ["{id}"]
"""

_MARKETING = """
# Marketing's teams and work. `planner rename campaigns ID` gives a team the
# name that it has with you.

[teams.campaigns]
title = "Campaigns"
portfolio = "marketing"

[teams.content]
title = "Content"
portfolio = "marketing"

[initiatives.campaign-brief]
title = "Brief: whom we address, with what, by when"
owner = "campaigns"
estimate = "1w"

[initiatives.campaign-content]
title = "Texts and pictures"
owner = "content"
estimate = "3w"
needs = ["campaign-brief"]

# What marketing needs of IT stands with a date. IT agrees, or names another:
# `planner agree {id} landing-page`.
[initiatives.{id}]
{title}
kind = "campaign"
owner = "campaigns"
estimate = "4w"
needs = [
    "campaign-content",
    {{ on = "landing-page", delivers = "the page with its form, live", asked = {today}, \
needed_by = {page} }},
    {{ on = "campaign-measuring", delivers = "figures by day and channel", \
needed_by = {page} }},
]
deadline = {deadline}
"""

_IT = """
# IT's teams and work.

[teams.development]
title = "Development"
portfolio = "it"

[teams.data]
title = "Data"
portfolio = "it"

[initiatives.landing-page]
title = "Landing page with a form"
owner = "development"
estimate = "4w"
needs = [
    {{ on = "campaign-brief", delivers = "what the page has to do", asked = {today}, \
needed_by = {brief} }},
]

[initiatives.campaign-measuring]
title = "Measuring the campaign"
owner = "data"
estimate = "2w"
needs = ["landing-page SS+2w"]
"""

TAKEN = ("campaign-brief", "campaign-content", "landing-page", "campaign-measuring")


def pilot_texts(name: str, today: date) -> tuple[str, str, str]:
    """What both sides share, what is IT's and what is marketing's, in TOML."""
    shared = "".join(
        _AGREEMENT.format(id=id, title=title, question=question)
        for id, (title, question) in _OVERLAPS.items()
    )
    days = {"today": today, "brief": _friday(today, 2), "page": _friday(today, 8)}
    known = {key: day.isoformat() for key, day in days.items()}
    campaign = {
        "id": make_id(name, TAKEN, "campaign"),
        "title": tomli_w.dumps({"title": name}).strip(),
        "deadline": _friday(today, 16).isoformat(),
    }
    return _AGREEMENTS + shared, _IT.format(**known), _MARKETING.format(**known, **campaign)


def _friday(day: date, weeks: int) -> date:
    """The Friday of a week that many weeks later."""
    return day + timedelta(weeks=weeks, days=4 - day.weekday())
