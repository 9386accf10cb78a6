"""The commands that only read: data on stdout, nothing on stderr."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import Run, printed_json
from tests.terminals import Terminal


def test_show_prints_the_joint_table(run: Run, acme: str) -> None:
    shown = run("show", acme)
    assert shown.code == 0
    assert shown.err == ""
    assert shown.out.startswith("Acme 2027 · as of 22 Mar 2027 · finish 15 Oct 2027")
    row = next(line for line in shown.out.splitlines() if "peak-readiness" in line)
    assert "15 Oct" in row
    assert "−5" in row
    assert row.rstrip().endswith("◇◆")


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_show_keeps_to_its_width(run: Run, acme: str, width: int) -> None:
    lines = run("show", acme, "--width", str(width)).out.splitlines()
    assert max(map(len, lines[2:-3])) <= width


def under(shown: str) -> dict[str, list[str]]:
    """Heading → ids, as `show` prints them."""
    found: dict[str, list[str]] = {}
    for line in shown.split("\n\n")[1].splitlines()[2:]:
        if line[:2].strip() in ("", "◌", "○", "●", "‖", "√", "×"):
            found[[*found][-1]].append(line.split()[1])
        else:
            found[line] = []
    return found


def test_show_groups_by_what_is_asked_for(run: Run, acme: str) -> None:
    by_status = under(run("show", acme, "--group-by", "status").out)
    assert [*by_status] == ["PLANNED", "ACTIVE", "PAUSED", "DONE", "DROPPED"]
    assert by_status["PAUSED"] == ["sms-service"]
    assert "\nnothing matches zzz\n" in run("show", acme, "--filter", "zzz").out
    by_owner = under(run("show", acme, "--group-by", "owner", "--filter", "owner:crm").out)
    assert [*by_owner] == ["CRM AND LIFECYCLE"]
    by_group = under(run("show", acme, "--group-by", "group").out)
    inner = ["FOUNDATIONS › CONSENT AND PRIVACY", "FOUNDATIONS › CUSTOMER PLATFORM"]
    assert [*by_group][1] == "FOUNDATIONS"
    assert sorted([*by_group][2:4]) == inner
    by_outcome = under(run("show", acme, "--group-by", "outcome").out)
    places = [name for name, ids in by_outcome.items() if "preference-centre" in ids]
    assert len(places) == 2, "it serves two outcomes"


def test_show_sorts_under_each_heading(run: Run, acme: str) -> None:
    sorted_ = under(run("show", acme, "--sort", "-finish").out)
    assert sorted_["JOINT"][:2] == ["peak-readiness", "autumn-range-live"]


def test_show_a_saved_view_with_something_else_asked_for(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(
        '[initiatives.a]\nowner = "x"\n[initiatives.b]\nstatus = "active"\n'
        '[views.mine]\nquery = "status:planned"\ngroup_by = "owner"\n'
    )
    assert under(run("show", str(file), "--view", "mine").out) == {"X": ["a"]}
    other = run("show", str(file), "--view", "mine", "--group-by", "status", "--filter", "b")
    assert under(other.out) == {"ACTIVE": ["b"]}


def test_show_has_the_columns_that_are_asked_for(run: Run, acme: str) -> None:
    words = ("--columns", "next,float,cost", "--sort", "float", "--group-by", "none")
    shown = run("show", acme, *words, "--width", "140", "--filter", "critical").out.splitlines()
    assert shown[3].split()[:4] == ["id", "next", "floa↑", "cost"]
    rows = [line for line in shown[4:] if line[:1] in "○●◌‖" and "  " in line]
    assert next(row for row in rows if "customer-sso" in row).split()[2:4] == ["Identity", "and…"]
    floats = [row[45:].split()[0] for row in rows]
    assert floats == sorted(floats, key=lambda text: int(text.replace("−", "-")))
    narrow = run("show", acme, *words, "--width", "60").out
    assert "no room for 1 more column:" in narrow


def test_a_view_that_names_no_column_is_a_finding_with_its_place(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(
        "[initiatives.a]\n[views.mine]\n"
        'columns = ["owner", "flaot"]\nsort = "-finsh"\ngroup_by = "ownr"\n'
    )
    found = json.loads(run("check", "--json", str(file)).out)["findings"]
    wrong = {each["data"]["found"]: each for each in found if each["code"] == "READ01"}
    near = {each: wrong[each]["data"]["nearest"] for each in wrong}
    assert near == {'"flaot"': '"float"', '"-finsh"': '"-finish"', '"ownr"': '"owner"'}
    assert [each["line"] for each in wrong.values()] == [3, 5, 4]
    refused = run("show", str(file), "--view", "mine")
    assert (refused.code, refused.out) == (2, "")
    assert "views.mine" in refused.err


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--group-by", "ownr"), "did you mean `owner`?"),
        (("--sort", "-finsh"), "did you mean `finish`?"),
        (("--columns", "finish,flot"), "did you mean `float`?"),
        (("--json", "--columns", "finish"), "--json has no groups and no order"),
        (("--view", "mine"), "there is no saved view `mine`"),
        (("--filter", "owner:nobody"), "the filter can't be read: no owner `nobody`"),
        (("--json", "--sort", "finish"), "--json has no groups and no order"),
    ],
)
def test_show_says_what_cannot_be_asked_for(
    run: Run, acme: str, asked: tuple[str, ...], said: str
) -> None:
    shown = run("show", acme, *asked)
    assert (shown.code, shown.out) == (2, "")
    assert said in shown.err


def test_show_json_is_what_its_schema_says(run: Run, acme: str) -> None:
    shown = json.loads(run("show", "--json", acme).out)
    printed_json().validate(shown)
    rows = {row["id"]: row for row in shown["initiatives"]}
    sso = rows["customer-sso"]
    assert (sso["start"], sso["finish"], sso["duration"]) == ("2027-03-08", "2027-05-12", 45)
    assert sso["portfolio"] == "it"
    assert sso["file"] == "it.toml"
    text = (Path(acme) / sso["file"]).read_text(encoding="utf-8").splitlines()
    assert text[sso["line"] - 1] == "[initiatives.customer-sso]"
    done = rows["sending-domains"]
    assert done["total_float"] is None
    assert done["late_finish"] is None
    dropped = rows["data-lake-pilot"]
    assert dropped["start"] is None
    assert "data-lake-pilot" in shown["unscheduled"]


def test_check_json_is_show_json_without_the_initiatives(run: Run, acme: str) -> None:
    shown = json.loads(run("show", "--json", acme).out)
    checked = json.loads(run("check", "--json", acme).out)
    del shown["initiatives"]
    assert checked == shown


def test_the_same_input_gives_the_same_bytes(run: Run, acme: str) -> None:
    for words in (("show",), ("show", "--json"), ("check",), ("path",)):
        assert run(*words, acme, "--as-of", "2027-04-01") == run(
            *words, acme, "--as-of", "2027-04-01"
        )


def test_check_says_where_and_who_moves_next(run: Run, acme: str) -> None:
    checked = run("check", acme, "--all")
    assert checked.code == 1
    told = " ".join(checked.out.split())
    line = told[told.index("✗ DATE01") :]
    assert "5 working days late for 8 Oct" in line
    assert "next: Identity and access (IT)" in line[: line.index("▲ OWN04")]


def test_a_roadmap_without_errors_exits_0(run: Run, tmp_path: Path) -> None:
    quiet = tmp_path / "quiet.toml"
    quiet.write_text('[initiatives.a]\nestimate = "1w"\n', encoding="utf-8")
    checked = run("check", str(quiet))
    assert checked.code == 0
    assert checked.out.startswith("no conflicts\n")


def test_the_fixes_of_a_finding_come_with_what_they_do(run: Run, acme: str) -> None:
    fixes = run("check", acme, "--fix", "DATE01:peak-readiness", "--dry-run").out.splitlines()
    first = next(at for at, line in enumerate(fixes) if line.startswith("  1. "))
    assert "Peak freeze 8 Oct −5d" in fixes[first + 1]
    assert "needs agreement: Marketing" in " ".join(fixes[first + 1 : first + 3])


LATE = """\
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
[initiatives.a]
estimate = ["2w", "4w", "6w"] # by the vendor
portfolio = "it"
[initiatives.b]
estimate = "1w"
portfolio = "marketing"
needs = [{ on = "a", asked = 2027-02-26 }]
deadline = 2027-03-26
[initiatives.c]
estimate = "1w"
must_start_on = 2027-03-06 # a Saturday
"""


@pytest.fixture
def late(tmp_path: Path) -> Path:
    """A roadmap with a missed deadline, a pin on a day off and a request without an answer."""
    path = tmp_path / "late.toml"
    path.write_text(LATE, encoding="utf-8")
    return path


def test_the_best_fix_is_made(run: Run, late: Path) -> None:
    assert run("check", str(late), "--select", "DATE02").code == 1
    done = run("check", str(late), "--fix", "DATE02:c")
    assert "  applied: move must_start_on to 8 Mar" in done.out.splitlines()
    assert run("check", str(late), "--select", "DATE02").code == 0
    assert late.read_text(encoding="utf-8") == LATE.replace("03-06 #", "03-08 #")


def test_a_dry_run_shows_all_ways_and_what_the_best_would_write(run: Run, late: Path) -> None:
    tried = run("check", str(late), "--fix", "DATE02:c", "--dry-run").out.splitlines()
    assert "  1. move must_start_on to 8 Mar" in tried
    assert "  would apply: move must_start_on to 8 Mar" in tried
    assert "-must_start_on = 2027-03-06 # a Saturday" in tried
    assert late.read_text(encoding="utf-8") == LATE


@pytest.mark.parametrize("wanted", ["LINK01", "LINK01:b", "LINK01:b:a", "unagreed-handover"])
def test_what_somebody_has_to_say_is_chosen_by_number(run: Run, late: Path, wanted: str) -> None:
    told = run("check", str(late), "--fix", wanted).out.splitlines()
    assert any(line.startswith("  1. record that IT agrees to a") for line in told)
    assert "  not applied: " in "\n".join(told)
    assert told[-1].endswith("apply one with --fix LINK01:b:a --apply N")
    assert late.read_text(encoding="utf-8") == LATE


def test_no_waiver_is_widened_unless_it_is_chosen(run: Run, late: Path) -> None:
    waiver = 'rule = "LINK01"\non = ["b"]\nreason = "r"\nby = "ana"\nuntil = 2027-12-01\n'
    text = f"{LATE}[waivers.w]\n{waiver}"
    late.write_text(text, encoding="utf-8")
    told = run("check", str(late), "--fix", "WAIVE02").out
    assert "  1. extend waiver w to b and a\n" in told
    assert "  not applied: " in told
    assert late.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("wrong", ["uses = 5", "changes = true", "outcomes = { x = 1 }"])
def test_a_fix_is_made_beside_what_can_not_be_read(run: Run, late: Path, wrong: str) -> None:
    late.write_text(LATE.replace('portfolio = "it"', wrong), encoding="utf-8")
    assert "  applied: move must_start_on" in run("check", str(late), "--fix", "DATE02").out


def test_a_fix_can_be_chosen(run: Run, late: Path) -> None:
    tried = run("check", str(late), "--fix", "LINK01:b", "--apply", "1", "--dry-run")
    assert "would apply: " in tried.out
    assert late.read_text(encoding="utf-8") == LATE
    done = run("check", str(late), "--fix", "LINK01:b", "--apply", "1")
    assert done.out.startswith("applied: record that IT agrees to a")
    assert "agreed = 2027-03-01" in late.read_text(encoding="utf-8")


def test_all_findings_of_a_rule_are_mended_at_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "chain.toml"
    path.write_text(
        "[roadmap]\nstatus_date = 2027-03-01\n[initiatives.a]\n"
        '[initiatives.b]\nneeds = ["a"]\n[initiatives.c]\nneeds = ["a", "b"]\n'
        '[initiatives.d]\nneeds = ["a", "c"]\n[initiatives.e]\nneeds = ["d"]\n'
        '[initiatives.f]\nneeds = ["e"]\n',
        encoding="utf-8",
    )
    told = run("check", str(path), "--fix", "PLAN05")
    assert told.out.count("  applied: unlink a → ") == 2
    assert path.read_text(encoding="utf-8").count('"a"') == 1


def test_path_draws_the_lanes_and_the_hand_overs(run: Run, acme: str) -> None:
    path = run("path", acme).out
    for word in ("MARKETING", "JOINT", "IT", "Handovers", "customer-sso → segment-definitions"):
        assert word in path
    assert run("path", acme, "--to", "loyalty-relaunch").out.startswith("Loyalty")


def test_path_names_the_bottleneck_of_a_launch(run: Run, acme: str) -> None:
    told = "9 of the 20 other open initiatives before Peak freeze readiness wait for customer-sso"
    assert told in run("path", acme, "--as-of", "2027-03-22").out
    shown = json.loads(run("path", acme, "--as-of", "2027-03-22", "--json").out)
    printed_json().validate(shown)
    assert shown["bottlenecks"] == [{"id": "customer-sso", "waiting": 9, "among": 20}]
    assert shown["target"] == "peak-readiness"
    assert (shown["finish"], shown["late"]) == ("2027-10-15", {"working": 5, "calendar": 7})


def test_path_has_as_many_paths_as_are_asked_for(run: Run, acme: str) -> None:
    def behind(*words: str) -> list[tuple[str, str, int]]:
        near = json.loads(run("path", acme, "--json", *words).out)["behind"]
        return [(one["steps"][0]["id"], one["joins"], one["behind"]) for one in near]

    close = [
        ("api-gateway", "cdp-foundation", 10),
        ("audience-activation", "peak-campaign", 10),
        ("peak-load-test", "peak-readiness", 10),
    ]
    assert behind() == close
    assert behind("-n", "1") == []
    assert behind("-n", "3") == close[:2]
    assert behind("-n", "5") == [*close, ("crm-golden-record", "cdp-foundation", 15)]
    assert behind("--to", "loyalty-relaunch", "-n", "2") == [
        ("customer-sso", "loyalty-relaunch", 5)
    ]
    out = run("path", acme, "-n", "2").out
    assert "api-gateway → warehouse-customer-model → cdp-foundation · 10d behind" in out
    assert "audience-activation" not in out
    assert run("path", acme, "-n", "0").code == 2


def test_agreements_say_which_of_them_frees_which_launch(run: Run, acme: str) -> None:
    shown = json.loads(run("agreements", acme, "--as-of", "2027-03-22", "--json").out)
    freeing = {one["launch"]: one["handovers"] for one in shown["freeing"]}
    assert [*freeing] == [
        "loyalty-relaunch",
        "autumn-range-live",
        "peak-campaign",
        "peak-readiness",
    ]
    assert freeing["loyalty-relaunch"] == [["customer-sso", "loyalty-relaunch"]]
    assert freeing["autumn-range-live"] == [["autumn-content", "autumn-range-load"]]
    assert [len(pairs) for pairs in freeing.values()] == [1, 1, 4, 5]
    out = run("agreements", acme, "--as-of", "2027-03-22").out
    assert "one yes frees it: autumn-content → autumn-range-load" in out


def test_an_agreement_frees_the_launch_that_waited_for_it_alone(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(
        '[roadmap]\nstart = 2027-03-01\n[teams.data]\nportfolio = "it"\n'
        '[teams.crm]\nportfolio = "marketing"\n[initiatives.signals]\nowner = "data"\n'
        '[initiatives.segments]\nowner = "crm"\n'
        '[initiatives.journeys]\nowner = "crm"\nneeds = ["signals", "segments"]\n'
        '[initiatives.go]\nportfolio = "joint"\nkind = "milestone"\nneeds = ["journeys"]\n',
        encoding="utf-8",
    )

    def freeing() -> object:
        return json.loads(run("agreements", str(file), "--json").out)["freeing"]

    alone = {"launch": "go", "number": 1, "handovers": [["signals", "journeys"]]}
    assert freeing() == [alone]
    assert "one yes frees it: signals → journeys" in run("agreements", str(file)).out
    assert run("agree", "journeys", "signals", "-r", str(file)).code == 0
    assert freeing() == []
    assert "frees" not in run("agreements", str(file)).out


def test_why_goes_back_to_the_first_cause(run: Run, acme: str) -> None:
    why = run("why", "peak-readiness", "-r", acme).out.splitlines()
    assert why[0].startswith("peak-readiness 15 Oct")
    assert "deadline 8 Oct, 5 " in why[0]
    assert any("customer-sso 8 Mar" in line and "actual start, 8 Mar" in line for line in why)


def test_reach_lists_what_can_give(run: Run, acme: str) -> None:
    reached = run("reach", "peak-readiness", "8 oct", "-r", acme).out
    assert "5 working days to win" in reached
    assert "Yes, 8 Oct: start peak-campaign 5d before lifecycle-journeys finishes" in reached
    never = run("reach", "peak-readiness", "2027-03-01", "-r", acme).out
    assert "No option reaches 1 Mar. The earliest is" in never


def test_every_rule_is_listed_and_explained(run: Run) -> None:
    codes = [line.split()[0] for line in run("rules").out.splitlines() if line[0] != " "]
    assert "DATE01" in codes
    for code in codes:
        explained = run("explain", code)
        assert explained.code == 0
        assert "Why it matters to marketing: " in explained.out
    assert run("explain", "deadline-missed").out == run("explain", "date01").out


@pytest.mark.parametrize("columns", [60, 80, 160])
def test_the_rules_are_whole_words_in_the_width_of_a_terminal(run: Run, columns: int) -> None:
    piped = run("rules").out
    with Terminal([sys.executable, "-m", "planner", "rules"], columns, 24) as terminal:
        assert terminal.wait_exit() == 0
        shown = terminal.written.decode().replace("\r\n", "\n")
    assert max(map(len, shown.splitlines())) <= columns
    assert shown.split() == piped.split()
    begun = [line.split()[0] for line in shown.splitlines() if line[0] != " "]
    assert begun == [line.split()[0] for line in piped.splitlines() if line[0] != " "]
    assert (shown == piped) == (columns > max(map(len, piped.splitlines())))


def test_schema_takes_the_sample_and_refuses_a_wrong_word(run: Run, acme: str) -> None:
    schema = json.loads(run("schema").out)
    for file in Path(acme).glob("*.toml"):
        tables = json.loads(json.dumps(tomllib.loads(file.read_text("utf-8")), default=str))
        jsonschema.validate(tables, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"initiatives": {"a": {"status": "planed"}}}, schema)


def test_show_knows_whose_work_is_asked_for(
    run: Run, acme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "planner").mkdir()
    (tmp_path / "planner" / "config.toml").write_text('me = "crm"\n', encoding="utf-8")
    mine = run("show", acme, "--filter", "@me").out
    assert "lifecycle-journeys" in mine
    assert "api-gateway" not in mine
    (tmp_path / "planner" / "config.toml").write_text('me = "crmm"\n', encoding="utf-8")
    ran = run("show", acme, "--filter", "waits:me")
    assert ran.code == 2
    assert 'crmm, is nobody here; nearest: me = "crm"' in ran.err


def test_show_by_status_is_the_board_of_the_status_view(run: Run, acme: str) -> None:
    printed = run("show", acme, "--by-status", "--width", "120").out
    assert "planned, later 20" in printed
    assert "dropped 1" in printed
    card = next(line for line in printed.splitlines() if "● customer-sso" in line)
    assert card.index("○ legacy-esp") < card.index("│● customer-sso")
    assert "−5" in card
    mine = run("show", acme, "--by-status", "--for", "crm", "--group-by", "owner", "--markdown").out
    assert "CRM and lifecycle" in mine
    assert "api-gateway" not in mine
    found = json.loads(run("show", acme, "--by-status", "--json").out)
    printed_json("StatusesShown").validate(found)
    assert (found["columns"]["later"], found["columns"]["dropped"]) == (20, 1)
    (sso,) = [card for card in found["cards"] if card["id"] == "customer-sso"]
    assert (sso["lane"], sso["column"], sso["total_float"]) == ("IT", "active", -5)
    short = json.loads(run("show", acme, "--by-status", "--short").out)
    assert short["cards"][0]["lane"] == found["cards"][0]["lane"]
    for wrong in (("--group-by", "status"), ("--sort", "float"), ("--view", "mine")):
        assert run("show", acme, "--by-status", *wrong).code == 2
