"""A plan of 41 initiatives: a launch that is late, and an idea that ends long after everything."""

from __future__ import annotations

from datetime import date

LAUNCH, IDEA = "summer-launch", "referral"
LAUNCH_TITLE, IDEA_TITLE = "Summer launch", "Referral"
LATE_BY, FINISH = 5, date(2027, 6, 11)
"""Fifteen weeks of work from 1 March, and a deadline a week before."""

_HEAD = """\
[roadmap]
title = "Forty-one"
start = 2027-03-01
status_date = 2027-03-01

[teams.data]
portfolio = "it"
[teams.crm]
portfolio = "marketing"
"""

_ENDS = f"""
[initiatives.{LAUNCH}]
title = "{LAUNCH_TITLE}"
portfolio = "joint"
estimate = "0d"
needs = ["step-6"]
deadline = 2027-06-04

[initiatives.{IDEA}]
title = "{IDEA_TITLE}"
kind = "campaign"
owner = "crm"
status = "proposed"
estimate = "30w"
needs = ["step-3"]
"""


def forty_one() -> str:
    """The file: seven steps in a row, pieces of three weeks beside them, launch and idea."""
    tables = [_HEAD]
    for step in range(7):
        needs = f'needs = ["step-{step - 1}"]' if step else ""
        owner, weeks = "data" if step % 2 else "crm", 3 if step == 6 else 2
        tables.append(
            f'\n[initiatives.step-{step}]\nowner = "{owner}"\nestimate = "{weeks}w"\n{needs}'
        )
    for piece in range(32):
        needs = f'needs = ["step-{piece % 5}"]'
        tables.append(f'\n[initiatives.piece-{piece}]\nowner = "crm"\nestimate = "3w"\n{needs}')
    return "\n".join([*tables, _ENDS])
