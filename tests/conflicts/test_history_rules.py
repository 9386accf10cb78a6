"""DATE08, LINK07 and EST02 in real repositories: when each is reported, when not, and its fixes."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from planner.analysis.evidence import evidence_for
from planner.analysis.promises import known_of
from planner.conflicts.durations import begun
from planner.conflicts.findings import Finding
from planner.conflicts.fixing import fixes
from planner.conflicts.registry import RULES, check, wanted
from planner.conflicts.trial import tried
from planner.roadmap.quantities import parse_estimate
from planner.session.session import Session
from tests.analysis.promising import after, git, repository, story
from tests.cli.conftest import Run, run

__all__ = ["run"]

TODAY = date(2027, 3, 1)
EARLY = date(2027, 1, 4)


def opened(top: Path, *texts: tuple[date, str], today: date = TODAY) -> Session:
    """The roadmap of the last text, not committed where it is of today, with what git says."""
    committed = [each for each in texts if each[0] < today]
    file = repository(top / "clone", committed)
    file.write_text(texts[-1][1], encoding="utf-8")
    session = Session.open(file, today=today)
    session.use_evidence(evidence_for(session.plan, file))
    return session


def found(session: Session, code: str) -> list[Finding]:
    """What a rule alone finds, with what is in it."""
    return [one for one in session.plan.report.each if one.code == code]


def cleared(session: Session, finding: Finding) -> list[str]:
    """The fixes of a finding that clear it, each tried."""
    offered = fixes(finding, session.plan.context)
    assert offered
    titles = []
    for fix in offered:
        left = check(tried(session.plan.context, fix.edit)).each
        gone = all(one.fingerprint != finding.fingerprint for one in left)
        assert gone == fix.clears, fix.title
        assert fix.choice or fix.needs_agreement, fix.title
        titles += [fix.title] if gone else []
    return titles


# --- DATE08 ---------------------------------------------------------------------------------------

API = '[initiatives.api]\nestimate = "4w"\n'


def test_work_that_should_have_started_is_told_with_the_plan_that_says_so(tmp_path: Path) -> None:
    session = opened(tmp_path, (EARLY, API), (TODAY, API))
    (one,) = found(session, "DATE08")
    assert one.severity == "warning"
    assert one.on == ("api",)
    assert one.data == {
        "start": "2027-01-04", "plan": "2027-01-04", "since": "2027-01-04", "days": 40,
    }  # fmt: skip
    assert len(cleared(session, one)) == 3


@pytest.mark.parametrize(
    ("late", "told"), [(10, False), (11, True)], ids=["ten days", "eleven days"]
)
def test_ten_working_days_are_no_delay_yet(tmp_path: Path, late: int, told: bool) -> None:
    start = after(TODAY, -late)
    before = API + f"start_no_earlier_than = {start}\n"
    session = opened(tmp_path, (EARLY, before), (TODAY, API))
    assert bool(found(session, "DATE08")) == told


@pytest.mark.parametrize(
    "text",
    [
        API + 'status = "active"\nactual_start = 2027-02-25\n',
        API + 'status = "paused"\n',
        API + 'status = "proposed"\n',
        API + "start_no_earlier_than = 2027-05-03\n",
        API + "start_no_earlier_than = 2027-01-04\n",
        API + 'needs = ["base"]\n[initiatives.base]\nestimate = "1w"\n',
        API + 'needs = ["base"]\n[initiatives.base]\nstatus = "done"\nestimate = "1w"\n'
        "actual_start = 2027-02-15\nactual_finish = 2027-02-24\n",
        API + '[checks]\nignore = ["DATE08"]\n',
        API.replace("[initiatives.api]", "[initiatives.new]"),
        API + "[roadmap]\nstart = 2027-02-22\n",
    ],
    ids=[
        "started", "paused", "proposed", "planned for later", "DATE04 tells it",
        "a predecessor is open", "a predecessor has just finished", "ignored", "new",
        "the roadmap has just begun",
    ],
)  # fmt: skip
def test_work_that_has_a_reason_is_not_told(tmp_path: Path, text: str) -> None:
    session = opened(tmp_path, (EARLY, API), (TODAY, text))
    assert not found(session, "DATE08")


def test_what_the_last_meeting_planned_anew_counts_from_then(tmp_path: Path) -> None:
    met = date(2027, 2, 8)
    meeting = f'[meetings.joint]\nevery = "2w"\nlast = {met}\n'
    anew = API + "start_no_earlier_than = 2027-02-10\n"
    session = opened(tmp_path, (EARLY, API), (met, anew + meeting), (TODAY, API + meeting))
    (one,) = found(session, "DATE08")
    assert (one.data["start"], one.data["plan"], one.data["days"]) == (
        "2027-02-10", "2027-02-08", 13,
    )  # fmt: skip
    session = opened(tmp_path / "other", (EARLY, API), (met, API + meeting), (TODAY, API + meeting))
    (one,) = found(session, "DATE08")
    assert one.data["start"] == "2027-01-04"


def test_no_earlier_plan_is_made_for_work_that_can_not_be_late_yet(tmp_path: Path) -> None:
    """An earlier plan takes as long as the plan itself."""
    begun = API + "[roadmap]\nstart = {}\n"
    for start, asked in ((TODAY, False), (date(2027, 2, 15), False), (date(2027, 1, 4), True)):
        session = opened(tmp_path / str(start), (EARLY, API), (TODAY, begun.format(start)))
        wants = wanted(session.plan.context, told=True)
        assert any(each.starts for each in wants) == asked, start


def test_a_young_repository_knows_no_earlier_plan(tmp_path: Path) -> None:
    session = opened(tmp_path, (date(2027, 2, 22), API), (TODAY, API))
    assert not found(session, "DATE08")


def test_a_plan_that_can_not_be_read_silences_no_other_rule(tmp_path: Path) -> None:
    reviewed = RULES["DATA03"].example + "\n"
    changed = reviewed.replace('"live"', '"retiring"')
    broken = "[initiatives.x\n"
    session = opened(tmp_path, (EARLY, broken), (date(2027, 1, 25), reviewed), (TODAY, changed))
    assert found(session, "DATA03")


# --- LINK07 ---------------------------------------------------------------------------------------

AGREED = RULES["LINK07"].example + "\n"
SECOND = date(2027, 2, 8)
LATER = AGREED.replace("promised = 2027-03-19", "promised = 2027-03-26")
NEEDED = AGREED.replace("agreed", "needed_by = 2027-03-19, agreed")


@pytest.mark.parametrize(
    ("before", "after", "term", "who"),
    [
        (AGREED, LATER, "promised", "it"),
        (NEEDED, NEEDED.replace("by = 2027-03-19", "by = 2027-03-12"), "needed_by", "marketing"),
        (AGREED, AGREED.replace('"api",', '"api", type = "SS",'), "type", "marketing"),
        (AGREED, AGREED.replace('"api",', '"api", lag = "5d",'), "type", "it"),
    ],
)
@pytest.mark.parametrize("committed", [True, False])
def test_a_term_made_harder_after_it_was_agreed_is_told(
    tmp_path: Path, before: str, after: str, term: str, who: str, committed: bool
) -> None:
    days = [(date(2027, 2, 2), before), (SECOND if committed else TODAY, after)]
    session = opened(tmp_path, *days)
    (one,) = found(session, "LINK07")
    assert one.on == ("site", "api")
    assert (one.data["term"], one.who.side) == (term, who)
    assert one.data["agreed"] == "2027-02-01"
    assert one.data["changed"] == str(SECOND if committed else TODAY)
    assert one.data["author"] == ("Ana" if committed else "")
    assert len(cleared(session, one)) == 3


@pytest.mark.parametrize(
    "text",
    [
        AGREED.replace("promised = 2027-03-19", "promised = 2027-03-12"),
        NEEDED.replace("by = 2027-03-19", "by = 2027-04-02"),
        LATER.replace("agreed = 2027-02-01", "agreed = 2027-02-08"),
        AGREED.replace(
            "agreed = 2027-02-01",
            'agreed = 2027-02-01, counter = { by = "it", promised = 2027-03-26 }',
        ),
        AGREED.replace("promised", 'note = "by post", promised'),
        LATER.replace("agreed", "declined = 2027-02-08, agreed"),
        LATER.replace('portfolio = "it"\n', 'portfolio = "marketing"\n'),
        LATER.replace('portfolio = "it"\n', 'portfolio = "it"\nstatus = "done"\n'
                      "actual_start = 2027-02-01\nactual_finish = 2027-02-05\n"),
    ],
    ids=[
        "promised sooner", "needed later", "agreed anew", "a counter", "a note", "declined",
        "inside one side", "delivered",
    ],
)  # fmt: skip
def test_what_asks_nothing_more_of_the_other_side_is_not_told(tmp_path: Path, text: str) -> None:
    first = NEEDED if "needed_by" in text else AGREED
    session = opened(tmp_path, (date(2027, 2, 2), first), (SECOND, text))
    assert not found(session, "LINK07")


def test_a_status_date_ahead_of_the_clock_is_the_day_up_to_which_changes_count(
    tmp_path: Path,
) -> None:
    known = f"[roadmap]\nstatus_date = {TODAY}\n"
    texts = ((date(2027, 2, 2), known + AGREED), (SECOND, known + LATER))
    file = repository(tmp_path / "clone", list(texts))
    session = Session.open(file, today=date(2026, 11, 30))
    session.use_evidence(evidence_for(session.plan, file))
    (one,) = found(session, "LINK07")
    assert one.data["changed"] == str(SECOND)


def test_a_promise_made_later_than_it_is_needed_is_one_conflict(tmp_path: Path) -> None:
    later = NEEDED.replace("promised = 2027-03-19", "promised = 2027-03-26")
    session = opened(tmp_path, (date(2027, 2, 2), NEEDED), (SECOND, later))
    told = [one for one in session.plan.findings if one.on == ("site", "api")]
    assert [one.code for one in told] == ["LINK07"]
    assert {part.code for part in told[0].parts} == {"LINK07", "LINK02"}
    assert told[0].severity == "error"


def test_what_was_agreed_twice_on_one_day_is_what_was_agreed(tmp_path: Path) -> None:
    day = date(2027, 2, 1)
    session = opened(tmp_path, (day, AGREED), (day, LATER))
    assert not found(session, "LINK07")


def test_terms_that_were_put_back_are_as_they_were_agreed(tmp_path: Path) -> None:
    session = opened(
        tmp_path, (date(2027, 2, 2), AGREED), (SECOND, LATER), (date(2027, 2, 15), AGREED)
    )
    assert not found(session, "LINK07")


# --- EST02 ----------------------------------------------------------------------------------------


def integrations(count: int, took: int, *, finished: bool = True) -> str:
    """Work of one team and kind, each estimated at two weeks, that took so many days."""
    day = after(date(2027, 1, 11), took - 1)
    facts = f'status = "done"\nactual_start = 2027-01-11\nactual_finish = {day}\n'
    return "".join(
        f'[initiatives.w{n}]\nowner = "web"\nkind = "integration"\nestimate = "2w"\n'
        + (facts if finished else "")
        for n in range(count)
    )


NEXT = RULES["EST02"].example + "\n"


def estimated(top: Path, count: int, took: int, text: str = NEXT) -> Session:
    first = integrations(count, took, finished=False) + NEXT
    return opened(top, (EARLY, first), (SECOND, integrations(count, took) + text))


def test_an_estimate_that_the_record_makes_unlikely_is_told(tmp_path: Path) -> None:
    session = estimated(tmp_path, 8, 21)
    (one,) = found(session, "EST02")
    assert (one.severity, one.on) == ("info", ("api",))
    assert one.data == {
        "days": 20, "likely": 42, "team": "web", "kind": "integration", "done": 8, "median": 2.1,
    }  # fmt: skip
    assert len(cleared(session, one)) == 1


def test_an_estimate_far_above_the_record_is_told_too(tmp_path: Path) -> None:
    (one,) = found(estimated(tmp_path, 8, 4), "EST02")
    assert (one.data["days"], one.data["likely"]) == (20, 8)


@pytest.mark.parametrize(
    ("count", "took", "text"),
    [
        (7, 21, NEXT),
        (8, 20, NEXT),
        (8, 5, NEXT),
        (8, 21, NEXT.replace('"4w"', '"9w"')),
        (8, 21, NEXT.replace('"integration"', '"feature"')),
        (8, 21, NEXT.replace('"web"', '"crm"')),
        (8, 21, NEXT + 'status = "active"\nactual_start = 2027-02-01\n'),
    ],
    ids=[
        "few", "just twice", "just half", "corrected", "another kind", "another team", "started",
    ],
)  # fmt: skip
def test_an_estimate_near_the_record_or_without_one_is_not_told(
    tmp_path: Path, count: int, took: int, text: str
) -> None:
    assert not found(estimated(tmp_path, count, took, text), "EST02")


def test_an_estimate_written_when_the_work_had_begun_is_no_record(tmp_path: Path) -> None:
    text = integrations(8, 21) + NEXT
    assert not found(opened(tmp_path, (SECOND, text), (date(2027, 2, 9), text)), "EST02")


@pytest.mark.parametrize("seed", range(6))
def test_the_first_estimate_is_the_one_that_promises_count(tmp_path: Path, seed: int) -> None:
    """Both ways of asking git: part by part for a rule, and revision by revision for the page."""
    made = story(seed)
    last = made.texts[-1][0]
    limits = "[teams.t]\n[checks]\nrecord_cases = 0\n"
    owned = [
        (day, limits + text.replace('kind = "', 'owner = "t"\nkind = "'))
        for day, text in made.texts
    ]
    file = repository(tmp_path / "clone", owned)
    session = Session.open(file, today=last)
    known = evidence_for(session.plan, file)
    firsts = known.firsts if known is not None else {}
    told = {
        id: parse_estimate(change.table["estimate"])
        for (_, id, _), change in firsts.items()
        if not begun(change.table)
    }
    words = known_of(file, session.plan).record
    assert told
    assert told == {id: words.estimates[id] for id in told}


def test_the_limits_are_settings(tmp_path: Path) -> None:
    limits = "[checks]\nrecord_cases = 3\nrecord_times = 3\n"
    first = integrations(3, 31, finished=False) + NEXT + limits
    session = opened(tmp_path, (EARLY, first), (SECOND, integrations(3, 31) + NEXT + limits))
    (one,) = found(session, "EST02")
    assert one.data["likely"] == 62


# --- all of them ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["DATE08", "LINK07", "EST02"])
def test_without_git_the_rule_is_silent_and_says_what_it_waits_for(
    tmp_path: Path, code: str
) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(RULES[code].example + "\n", encoding="utf-8")
    session = Session.open(file, today=TODAY)
    session.use_evidence(evidence_for(session.plan, file))
    assert session.plan.evidence is None
    assert not found(session, code)
    assert "git repository" in RULES[code].subject


@pytest.mark.parametrize(
    ("before", "after", "code", "new"),
    [(API, API + 'notes = "x"\n', "DATE08", False), (AGREED, LATER, "LINK07", True)],
)
def test_since_a_revision_only_what_an_edit_made_is_new(
    run: Run, tmp_path: Path, before: str, after: str, code: str, new: bool
) -> None:
    session = opened(tmp_path, (EARLY, before), (TODAY, after))
    assert found(session, code)
    ran = run("check", str(session.path), "--base", "HEAD", "--as-of", str(TODAY), "--json")
    codes = [one["code"] for one in json.loads(ran.out)["findings"]]
    assert (code in codes) == new


def test_a_shallow_clone_has_no_earlier_plan(tmp_path: Path) -> None:
    session = opened(tmp_path, (EARLY, API), (SECOND, API + "notes = 'x'\n"), (TODAY, API))
    top = session.path.parent
    head = (top / ".git" / "refs" / "heads" / "main").read_text(encoding="utf-8")
    (top / ".git" / "shallow").write_text(head, encoding="utf-8")
    assert found(session, "DATE08")
    assert evidence_for(session.plan, session.path) is None


def test_a_roadmap_that_became_a_folder_keeps_its_record(tmp_path: Path) -> None:
    text = "[roadmap]\n" + API
    session = opened(tmp_path, (EARLY, text), (TODAY, text))
    folder = session.path.parent / "plan"
    folder.mkdir()
    shutil.move(session.path, folder / "plan.toml")
    for words in (("add", "-A"), ("commit", "-q", "-m", "Split")):
        git(session.path.parent, *words)
    other = Session.open(folder, today=TODAY)
    other.use_evidence(evidence_for(other.plan, folder))
    (one,) = found(other, "DATE08")
    assert one.data["start"] == "2027-01-04"
