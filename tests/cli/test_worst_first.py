"""Ten faults at once in each of three clean plans: the first five lines are about the worst five.

Worst is what misses a day that customers know, then what the most launches wait for, then a launch
that is more days late; then what holds no launch up, by the days that it is late. A warning is
less than an error, whatever it is about.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.conftest import Run
from tests.conflicts.planted import Replacement, planted


class Fault(NamedTuple):
    """A piece of a plan written otherwise, and the id that is then told of."""

    on: str
    old: str
    new: str
    file: str = ""


FREEZE = '[freezes.app]\nstart = 2027-09-20\nend = 2027-10-01\nsystems = ["mobile"]\n\n'
CONSENT = 'customer_facing = true\ncapabilities = ["consent"]'
PAGES = 'on = "login-redesign", delivers = "new login pages", agreed = 2027-02-01'
EXAMS = 'needs = ["lms-upgrade"]\nuses = ["lms"]'
TESTED = 'delivers = "a tested limit of orders per minute", agreed = 2027-01-20'

WORST = {
    "bank": (
        # Ten days late for a day that was announced.
        Fault("savings-campaign", "deadline = 2027-08-31", "announced = 2027-06-04"),
        # Four launches wait for the login that comes later than promised.
        Fault("onboarding-flow", PAGES, f"{PAGES}, promised = 2027-06-04"),
        # Two launches wait for what goes live in a freeze.
        Fault("mobile-cards", "[freezes.quarter-end]", f"{FREEZE}[freezes.quarter-end]"),
        # A launch is four days late.
        Fault("fees-communication", "deadline = 2027-10-01", "deadline = 2027-05-03"),
        # A campaign may not run at all: nobody has been asked for consent.
        Fault("lead-nurture", CONSENT, "customer_facing = true"),
    ),
    "retail": (
        # Five days late for a day that was announced.
        Fault("loyalty-relaunch", "announced = 2027-09-30", "announced = 2027-07-21", "marketing"),
        # The peak campaign waits for a test that comes five days later than promised.
        Fault("load-test", TESTED, f"{TESTED}, promised = 2027-08-04", "marketing"),
        # Launches that are ten, five and five days late.
        Fault("peak-campaign", "deadline = 2027-12-17", "deadline = 2027-10-01", "marketing"),
        Fault("summer-campaign", "deadline = 2027-07-15", "deadline = 2027-06-07", "marketing"),
        Fault("spring-campaign", "deadline = 2027-03-31", "deadline = 2027-02-26", "marketing"),
    ),
    "university": (
        # Five days late for a day that was announced.
        Fault("apply-campaign", "deadline = 2027-09-01", "announced = 2027-08-06"),
        # The start of the semester waits for the app that comes later than promised.
        Fault(
            "welcome-week",
            'needs = ["student-app"]',
            'needs = [{ on = "student-app", promised = 2027-06-11, delivers = "the app" }]',
        ),
        # Deadlines that are missed by five, three and two days.
        Fault("open-day", "deadline = 2027-06-25", "deadline = 2027-04-16"),
        Fault(
            "exam-tool", 'needs = ["lms-upgrade"]', 'needs = ["lms-upgrade"]\ndeadline = 2027-06-29'
        ),
        Fault("alumni-appeal", "deadline = 2027-11-30", "deadline = 2027-04-07"),
    ),
}

RANKINGS = 'estimate = "4w"\n\n[initiatives.donor-page]'
FILMS = 'estimate = "10w"{}\n\n[initiatives.press-room]'
ROOM = '[initiatives.exam-room]\nneeds = ["sso", "lms-upgrade"]\nestimate = "1w"\n\n'
SCORES = 'processes = ["credit-score"]'
TEMPLATES = "[initiatives.docgen-templates]"
STOCK = "[initiatives.stock-api]"
SYNC = 'title = "Audience sync"'

LESS = {
    "bank": (
        Fault("reg-report", "deadline = 2027-09-30", "deadline = 2027-06-28"),
        Fault("docgen", "supported_until = 2028-06-30", "supported_until = 2027-03-10"),
        Fault("score-model", f"{SCORES}\nreviews = {{ dpo = 2027-02-05 }}", SCORES),
        Fault("crm-vendor", "needed_by = 2027-03-12", "needed_by = 2027-02-12"),
        Fault("docgen-templates", f'{TEMPLATES}\nowner = "core"', TEMPLATES),
    ),
    "retail": (
        Fault("stock-api", STOCK, f"{STOCK}\ndeadline = 2027-04-28", "it"),
        Fault("audience-sync", SYNC, f'{SYNC}\ncolour = "red"', "marketing"),
        Fault("content-hub", 'owner = "content"\nestimate = "6w"', 'estimate = "6w"', "marketing"),
        Fault("merchandising", 'skills = ["merchandising"]', 'skills = ["falconry"]', "marketing"),
        Fault("mailhub-review", "start_no_earlier_than = 2027-02-15", 'status = "active"', "it"),
    ),
    "university": (
        Fault("rankings", f'owner = "press"\n{RANKINGS}', RANKINGS),
        Fault("print-shop", 'owner = "infra"\nestimate = "3w"', 'owner = "infra"'),
        Fault("wifi", 'estimate = "12w"', 'estimate = "12w"\nstatus = "active"'),
        Fault("research-films", FILMS.format(""), FILMS.format('\ncolour = "red"')),
        Fault("exam-room", "[initiatives.exam-tool]", f"{ROOM}[initiatives.exam-tool]"),
    ),
}


@pytest.mark.parametrize("name", sorted(WORST))
def test_the_first_five_lines_are_about_the_worst_five(run: Run, tmp_path: Path, name: str) -> None:
    faults = (*WORST[name], *LESS[name])
    edits = [Replacement(one.old, one.new, f"{one.file or name}.toml") for one in faults]
    for file, text in planted(name, edits).items():
        (tmp_path / file).write_text(text, "utf-8")
    path = tmp_path / f"{name}.toml"
    asked = ("check", str(path if path.exists() else tmp_path), "--as-of", "2027-02-15")
    first, every = run(*asked).out.splitlines()[:5], run(*asked, "--all").out
    assert not [one.on for one in faults if one.on not in every]
    assert [one.on for one in WORST[name] if not any(one.on in line for line in first)] == []
    assert all(line.startswith("✗") for line in first)
