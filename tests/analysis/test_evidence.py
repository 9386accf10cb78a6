"""When each part of a roadmap became what it is: DATA03 and STALE01 in real repositories.

Every commit has its day; it is Monday 1 March 2027.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planner.analysis.evidence import evidence_for
from planner.conflicts.evidence import Part
from planner.conflicts.findings import Finding
from planner.conflicts.fixing import fixes
from planner.conflicts.registry import RULES
from planner.session.session import Session
from tests.git.clones import Clone, clone_at

TODAY = date(2027, 3, 1)
REVIEWED = f"""\
[roadmap]

{RULES["DATA03"].example}
"""
OTHERWISE = """\
[systems]
cdp = { status = 'live' }
[initiatives.audiences]
"uses" = [ 'cdp', ]
reviews.privacy = 2027-02-01
[roadmap]
"""
ACTIVE = RULES["STALE01"].example + "\n"
CDP: Part = ("systems", "cdp", ())
SCOPE: Part = ("initiatives", "audiences", ("uses",))
GIVEN: Part = ("initiatives", "audiences", ("reviews", "privacy"))


class History:
    """A repository with one roadmap, `plan.toml` unless another is named."""

    def __init__(self, clone: Clone) -> None:
        self.clone = clone

    def commit(self, day: str, text: str, *, by: str = "Ana", name: str = "plan.toml") -> str:
        self.on(day, by)
        return self.clone.commit(name, text)

    def on(self, day: str, by: str = "Ana") -> None:
        """The day and the author of what git does from here on."""
        self.clone.environment |= {"GIT_COMMITTER_DATE": f"{day}T12:00:00+0100"}
        self.clone.environment |= {"GIT_AUTHOR_DATE": "2020-01-01T12:00:00", "GIT_AUTHOR_NAME": by}

    def session(self, name: str = "plan.toml", *, top: Path | None = None) -> Session:
        """The roadmap, open, knowing what git says of it."""
        path = (top or self.clone.top) / name
        session = Session.open(path, today=TODAY)
        session.use_evidence(evidence_for(session.plan, path, told=True))
        return session

    def changes(self, name: str = "plan.toml") -> dict[Part, tuple[str, str]]:
        """The day and the author of the last change of each part; empty without evidence."""
        known = self.session(name).plan.evidence
        found = known.changes if known is not None else {}
        return {part: (f"{each.day:%d %b}", each.author) for part, each in found.items()}


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(clone_at(tmp_path / "clone"))


def found(session: Session, code: str) -> list[str]:
    return [one.message for one in session.plan.findings if one.code == code]


def the(session: Session, code: str) -> Finding:
    (one,) = (one for one in session.plan.findings if one.code == code)
    return one


# --- when a part became what it is ----------------------------------------------------------------


def test_a_part_has_the_day_and_the_author_of_its_last_change(history: History) -> None:
    history.commit("2027-01-04", REVIEWED)
    history.commit("2027-02-15", REVIEWED.replace('"live"', '"retiring"'), by="Ben")
    assert history.changes() == {
        CDP: ("15 Feb", "Ben"),
        SCOPE: ("04 Jan", "Ana"),
        GIVEN: ("04 Jan", "Ana"),
    }


@pytest.mark.parametrize(
    "after",
    [
        REVIEWED.replace("status =", "# a word\nstatus   ="),
        REVIEWED.replace("[systems.cdp]\n", '[systems.cdp]\ntitle = "The platform"\n'),
        REVIEWED.replace("[systems.cdp]\n", "[systems.cdp]\nreviews = { privacy = 2027-02-15 }\n"),
        OTHERWISE,
        REVIEWED.replace("[systems.cdp]\n", '[systems.cdp]\nnotes = "Runs in Cork."\n'),
        REVIEWED.replace("[systems.cdp]\n", '[systems.cdp]\nstanding = "approved"\n'),
        REVIEWED.replace("[systems.cdp]\n", "[systems.cdp]\nsupported_until = 2031-01-01\n"),
        REVIEWED.replace("[systems.cdp]\n", '[systems.cdp]\ncapabilities = ["consent"]\n'),
    ],
    ids=[
        "comments and spaces",
        "a title",
        "its own review",
        "written otherwise",
        "notes",
        "a standing",
        "the end of support",
        "a capability more",
    ],
)
def test_what_says_the_same_is_no_change(history: History, after: str) -> None:
    history.commit("2027-01-04", REVIEWED)
    history.commit("2027-02-15", after)
    assert {day for day, _ in history.changes().values()} == {"04 Jan"}


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        ('["consent"]', '["Consent", "export"]', "04 Jan"),
        ('["consent", "export"]', '["export"]', "15 Feb"),
        ('["consent"]\nvendor = "A"', '["consent", "export"]\nvendor = "B"', "15 Feb"),
    ],
    ids=["one more", "one less", "one more of another vendor"],
)
def test_only_a_capability_more_is_no_change(
    history: History, before: str, after: str, day: str
) -> None:
    for when, capabilities in (("2027-01-04", before), ("2027-02-15", after)):
        head = f"[systems.cdp]\ncapabilities = {capabilities}\n"
        history.commit(when, REVIEWED.replace("[systems.cdp]\n", head))
    assert history.changes()[CDP][0] == day


@pytest.mark.parametrize(
    ("after", "day"), [('["crm", "erp"]', "04 Jan"), ('["erp", "pim"]', "15 Feb")]
)
def test_what_a_system_connects_has_no_order(history: History, after: str, day: str) -> None:
    for when, connects in (("2027-01-04", '["erp", "crm"]'), ("2027-02-15", after)):
        head = f"[systems.cdp]\nconnects = {connects}\n"
        history.commit(when, REVIEWED.replace("[systems.cdp]\n", head))
    assert history.changes()[CDP][0] == day


def test_a_change_that_was_taken_back_is_none(history: History) -> None:
    for day, text in enumerate((REVIEWED, REVIEWED.replace('"live"', '"retiring"'), REVIEWED), 4):
        history.commit(f"2027-01-{day:02}", text)
    assert history.changes()[CDP] in {("04 Jan", "Ana"), ("06 Jan", "Ana")}
    assert history.changes()[SCOPE] == ("04 Jan", "Ana")


def test_every_change_is_found_among_many(history: History) -> None:
    systems = [f"s{number}" for number in range(12)]
    days: dict[str, int] = {}
    for day in range(1, 21):
        changed = systems[day * 7 % 12]
        days = dict.fromkeys(systems, 1) | days | {changed: day}
        tables = "".join(f'[systems.{id}]\nvendor = "{days[id]}"\n' for id in systems)
        history.commit(
            f"2027-01-{day:02}",
            f"[roadmap]\n{tables}[initiatives.a]\nuses = {systems}\n"
            "reviews = { privacy = 2027-02-01 }\n",
        )
    told = {
        id: int(when[:2]) for (kind, id, _), (when, _) in history.changes().items() if id in days
    }
    assert told == days


def test_a_table_is_followed_into_another_file_and_from_a_file_to_a_folder(
    history: History,
) -> None:
    systems, rest = '[systems.cdp]\nstatus = "live"\n', REVIEWED.replace('status = "live"\n', "")
    history.commit("2027-01-04", REVIEWED, name="roadmaps/plan.toml")
    history.clone.git("rm", "-q", "roadmaps/plan.toml")
    history.clone.write("roadmaps/plan/it.toml", systems)
    history.commit("2027-01-18", rest.replace("[systems.cdp]\n", ""), name="roadmaps/plan/all.toml")
    history.clone.git("mv", "roadmaps/plan/it.toml", "roadmaps/plan/landscape.toml")
    history.commit("2027-02-15", "# words\n" + systems, name="roadmaps/plan/landscape.toml")
    assert {day for day, _ in history.changes("roadmaps/plan").values()} == {"04 Jan"}


def test_what_a_merge_brought_is_of_the_day_of_the_merge(history: History) -> None:
    history.commit("2027-01-04", REVIEWED)
    history.clone.git("checkout", "-q", "-b", "work")
    history.commit("2027-01-11", REVIEWED.replace('"live"', '"retiring"'))
    history.clone.git("checkout", "-q", "main")
    history.on("2027-02-15")
    history.clone.git("merge", "-q", "--no-ff", "work")
    assert history.changes()[CDP][0] == "15 Feb"


def test_a_commit_that_cannot_be_parsed_is_passed_over(history: History) -> None:
    history.commit("2027-01-04", REVIEWED)
    for day in (5, 6, 7):
        history.commit(f"2027-01-{day:02}", f"<<<<<<< ours {day}\n" + REVIEWED)
    history.commit("2027-01-08", REVIEWED)
    assert {day for day, _ in history.changes().values()} == {"04 Jan"}


def test_past_the_bound_nothing_is_claimed(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(4, 14):
        history.commit(f"2027-02-{day:02}", REVIEWED + f'[systems.s{day}]\nstatus = "live"\n')
    assert history.changes()
    monkeypatch.setattr("planner.analysis.evidence.MOST_BYTES", len(REVIEWED))
    assert not history.changes()
    assert not found(history.session(), "DATA03")


# --- DATA03 ---------------------------------------------------------------------------------------


def test_a_review_is_outdated_once_a_system_was_changed(history: History) -> None:
    history.commit("2027-02-01", REVIEWED)
    assert not found(history.session(), "DATA03")
    history.commit("2027-02-02", REVIEWED.replace('"live"', '"retiring"'), by="Ben")
    finding = the(history.session(), "DATA03")
    assert "cdp changed 2 Feb, after the review by privacy" in finding.message
    assert finding.data["by"] == {"systems.cdp": "Ben"}


def test_a_system_that_was_changed_is_told_once_for_all_that_was_reviewed(
    history: History,
) -> None:
    other = '[initiatives.journeys]\nuses = ["cdp"]\nreviews = { legal = 2027-02-01 }\n'
    history.commit("2027-02-01", REVIEWED + other)
    history.commit("2027-02-02", REVIEWED.replace('"live"', '"retiring"') + other)
    session = history.session()
    finding = the(session, "DATA03")
    assert finding.on == ("audiences", "journeys")
    assert finding.fingerprint == "DATA03:systems:cdp"
    (fix,) = fixes(finding, session.plan.context)
    session.apply(fix.edit)
    assert not found(session, "DATA03")


@pytest.mark.parametrize("key", ["uses", "changes", "introduces", "processes", "activates"])
def test_what_the_work_is_about_counts(history: History, key: str) -> None:
    text = REVIEWED + '[systems.cms]\n[data.orders]\nclassification = "internal"\n'
    more = f'{key} = ["cms"]' if key not in ("processes", "activates") else f'{key} = ["orders"]'
    widened = text.replace('uses = ["cdp"]', more)
    history.commit("2027-01-04", text)
    history.commit("2027-02-02", widened)
    assert f"{key} changed 2 Feb" in the(history.session(), "DATA03").message


def test_class_of_data_counts_and_other_keys_do_not(history: History) -> None:
    text = REVIEWED.replace("uses", 'processes = ["orders"]\nuses') + "[data.orders]\n"
    history.commit("2027-01-04", text)
    other = text.replace("uses =", 'estimate = "4w"\nuses =')
    history.commit("2027-02-02", other)
    assert not found(history.session(), "DATA03")
    history.commit("2027-02-03", other + 'classification = "internal"\n')
    assert "orders changed 3 Feb" in the(history.session(), "DATA03").message


@pytest.mark.parametrize("day", ["2027-02-01", "2027-02-10"])
def test_a_review_has_seen_what_was_written_with_it(history: History, day: str) -> None:
    history.commit(day, REVIEWED)
    session = history.session()
    assert session.plan.evidence is not None
    assert not found(session, "DATA03")


def test_a_change_that_is_not_committed_is_of_today_and_a_new_review_clears_it(
    history: History,
) -> None:
    history.commit("2027-02-01", REVIEWED)
    history.clone.write("plan.toml", REVIEWED.replace('"live"', '"retiring"'))
    session = history.session()
    finding = the(session, "DATA03")
    assert "cdp changed 1 Mar" in finding.message
    (fix,) = fixes(finding, session.plan.context)
    assert fix.title == "record that privacy has reviewed audiences again"
    session.apply(fix.edit)
    assert not found(session, "DATA03")


def test_work_that_is_done_needs_no_second_look(history: History) -> None:
    done = REVIEWED + 'status = "done"\nactual_finish = 2027-02-01\n'
    history.commit("2027-02-01", done)
    history.commit("2027-02-02", done.replace('"live"', '"retiring"'))
    assert not found(history.session(), "DATA03")


# --- STALE01 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "stale"), [("2027-01-18", True), ("2027-01-19", False)])
def test_active_work_is_stale_after_thirty_working_days(
    history: History, day: str, stale: bool
) -> None:
    history.commit(day, ACTIVE)
    assert bool(found(history.session(), "STALE01")) == stale


def test_stale_work_says_since_when_and_each_way_out_clears_it(history: History) -> None:
    history.commit("2027-01-04", ACTIVE)
    history.commit("2027-02-22", ACTIVE + "[initiatives.other]\n")
    session = history.session()
    finding = the(session, "STALE01")
    assert "unchanged since 4 Jan (40 working days)" in finding.message
    assert finding.data["author"] == "Ana"
    assert [fix.title for fix in fixes(finding, session.plan.context)] == [
        "api: done on 1 Mar",
        "api: paused",
    ]
    for fix in fixes(finding, session.plan.context):
        session.apply(fix.edit)
        assert not found(session, "STALE01")
        session.history.undo()
        assert found(session, "STALE01")


def test_written_progress_is_no_longer_stale_before_it_is_committed(history: History) -> None:
    history.commit("2027-01-04", ACTIVE)
    history.clone.write("plan.toml", ACTIVE.replace("= 20", "= 30"))
    assert not found(history.session(), "STALE01")


def test_the_days_are_a_setting(history: History) -> None:
    history.commit("2027-02-15", ACTIVE + "[checks]\nunchanged_days = 10\n")
    assert found(history.session(), "STALE01")


# --- where there is no history --------------------------------------------------------------------


def _shallow(history: History, tmp_path: Path) -> Path:
    history.clone.git(
        "clone", "-q", "--depth=1", f"file://{history.clone.top}", str(tmp_path / "s")
    )
    return tmp_path / "s"


def _outside(history: History, tmp_path: Path) -> Path:
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / "plan.toml").write_text(history.clone.read("plan.toml"))
    return tmp_path / "o"


def _without_commits(history: History, tmp_path: Path) -> Path:
    return clone_at(tmp_path / "n").write("plan.toml", history.clone.read("plan.toml")).parent


def _untracked(history: History, tmp_path: Path) -> Path:
    other = clone_at(tmp_path / "u")
    other.commit("README", "words")
    return other.write("plan.toml", history.clone.read("plan.toml")).parent


@pytest.mark.parametrize("where", [_shallow, _outside, _without_commits, _untracked])
def test_without_history_the_rules_are_silent_and_it_is_said(
    history: History, tmp_path: Path, where: Callable[[History, Path], Path]
) -> None:
    history.commit("2027-01-04", REVIEWED + ACTIVE)
    history.commit("2027-02-02", REVIEWED.replace('"live"', '"retiring"') + ACTIVE)
    assert "history" not in history.session().plan.report.silent
    session = history.session(top=where(history, tmp_path))
    assert "history" in session.plan.report.silent
    assert not [*found(session, "DATA03"), *found(session, "STALE01")]


def test_git_is_not_asked_where_no_rule_needs_it(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.commit("2027-01-04", '[roadmap]\n[initiatives.a]\nestimate = "4w"\n')
    monkeypatch.setenv("PATH", "")
    assert history.session().plan.evidence is None


def test_a_later_commit_than_today_counts_as_of_today(history: History) -> None:
    history.commit("2027-04-01", REVIEWED)
    known = history.session().plan
    assert known.evidence is not None
    change = known.context.last_change(CDP)
    assert change is not None
    assert (change.day, change.author) == (TODAY, "Ana")


# --- planner check --------------------------------------------------------------------------------


def test_check_says_what_is_stale_to_a_person_only(history: History) -> None:
    history.commit("2027-01-04", ACTIVE)
    check = ("check", "--as-of", "2027-03-01", "plan.toml")
    history.clone.environment.pop("CI", None)
    assert "STALE01" in history.clone.planner(*check)
    assert "STALE01" not in history.clone.planner(*check, "--json")
    assert "STALE01" not in history.clone.planner(*check, "--base", "HEAD")
    history.clone.environment["CI"] = "true"
    assert "STALE01" not in history.clone.planner(*check)


def test_since_a_revision_only_what_was_changed_is_new(history: History) -> None:
    reviewed = history.commit("2027-02-01", REVIEWED)
    changed = history.commit("2027-02-02", REVIEWED.replace('"live"', '"retiring"'))
    history.commit("2027-02-15", history.clone.read("plan.toml") + "# words\n")
    for day in ("2027-03-01", "2027-12-01"):
        check = ("check", "plan.toml", "--as-of", day, "--select", "DATA03", "--base")
        assert "DATA03" in history.clone.planner(*check, reviewed)
        assert "no conflicts" in history.clone.planner(*check, changed)
