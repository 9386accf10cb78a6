"""`planner check` in a pipeline: which findings, in which format; and the rule reference."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from planner.conflicts.registry import RULES
from tests.cli.conftest import Run
from tests.terminals import Terminal

HOSTILE = """
[initiatives.a]
title = "x"
estimate = "4w"
deadline = 2027-03-05
[initiatives.b]
estimate = "1w"
outcomes = ["s"]
[outcomes.s]
kpi = "100%\\u001b]0;<b>&\\n::error::"
baseline = 1
target = 2
source = "s"
owner = "b"
[glossary]
word = "meaning"
"""


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """A roadmap with text that means something to each of the formats."""
    path = tmp_path / "hostile, 100%.toml"
    path.write_text(HOSTILE, encoding="utf-8")
    return str(path)


def codes(run: Run, *words: str) -> list[str]:
    """The codes of what a check prints as JSON."""
    return [one["code"] for one in json.loads(run("check", "--json", *words).out)["findings"]]


@pytest.mark.parametrize("name", ["PLAN09", "plan09", "long-piece", "DATE,PLAN09"])
def test_a_rule_that_is_off_is_asked_for_by_name(run: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / "roadmap.toml"
    text = '[initiatives.hub]\nestimate = "40w"\n'
    file.write_text(text)
    asked = ("check", str(file), "--as-of", "2027-03-01", "--json")

    def codes_of(*more: str) -> list[str]:
        return [one["code"] for one in json.loads(run(*asked, *more).out)["findings"]]

    assert codes_of() == codes_of("--select", "PLAN") == []
    assert codes_of("--select", name) == ["PLAN09"]
    assert file.read_text() == text
    file.write_text(text + '[checks.severity]\nPLAN09 = "warning"\n')
    assert codes_of() == ["PLAN09"]


def test_rules_are_selected_by_code_name_and_family(run: Run, acme: str) -> None:
    assert set(codes(run, acme, "--select", "DATE01,deadline-missed")) == {"DATE01"}
    assert set(codes(run, acme, "--select", "DATE", "--select", "PLAN")) == {
        "DATE01", "DATE02", "DATE06", "PLAN04", "PLAN07",
    }  # fmt: skip
    assert "DATE01" not in codes(run, acme, "--ignore", "date01")


def test_severity_leaves_out_what_is_milder(run: Run, acme: str) -> None:
    said = json.loads(run("check", "--json", acme, "--severity", "warning").out)["findings"]
    assert {one["severity"] for one in said} == {"error", "warning"}


def test_one_launch_hears_of_what_is_before_it(run: Run, acme: str) -> None:
    before = run("check", acme, "--for", "autumn-range-live").out
    assert "autumn-content" in before
    assert "peak-readiness" not in before


def test_what_is_told_as_one_tells_a_launch_only_of_what_is_before_it(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "many.toml"
    bare = "".join(
        f'[initiatives.w{n}]\nportfolio = "it"\nneeds = ["w{n - 1}"]\n' for n in range(1, 9)
    )
    other = "".join(f'[initiatives.x{n}]\nneeds = ["w0"]\n' for n in range(8))
    file.write_text(f'[initiatives.w0]\nestimate = "1w"\n{bare}{other}', encoding="utf-8")
    [whole] = json.loads(run("check", str(file), "--json", "--select", "PLAN07").out)["findings"]
    assert "x3" in whole["on"]
    told = run("check", str(file), "--json", "--select", "PLAN07", "--for", "w7").out
    [one] = json.loads(told)["findings"]
    assert set(one["on"]) <= {f"w{n}" for n in range(8)}


def test_a_terminal_gets_whole_words_in_its_width_and_a_pipe_those_of_a_page(
    run: Run, acme: str
) -> None:
    with Terminal(
        [sys.executable, "-m", "planner", "check", acme, "--all"], NO_COLOR="1"
    ) as terminal:
        terminal.wait_for(" waived")
        assert terminal.wait_exit() == 1
        shown = terminal.written.decode().replace("\r\n", "\n")
    assert "\x1b" not in shown
    piped = run("check", acme, "--all").out
    for text, columns in ((shown, 80), (piped, 100)):
        assert all(len(line) <= columns for line in text.splitlines() if acme not in line)
        assert "\n    " in text
    assert _words(piped) == _words(shown)


def _words(text: str) -> list[str]:
    return [word for word in text.split() if word != "·"]


def test_a_line_says_place_code_and_message_and_who_moves_next_by_title(
    run: Run, acme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(acme)
    lines = run("check", "--all").out.splitlines()
    assert all(len(line) <= 100 for line in lines)
    found = json.loads(run("check", "--json").out)["findings"]
    begun = [line for line in lines if not line.startswith("    ")]
    shown = [(one["file"], one["line"], one["code"]) for one in found if not one["waived"]]
    assert [line.split()[0:3:2] for line in begun[: len(shown)]] == [
        [f"{file}:{line}:", code] for file, line, code in shown
    ]
    told = " ".join(" ".join(lines).split())
    assert "next: Identity and access (IT)" in told
    assert "next: CRM and lifecycle (Marketing)" in told
    together = [one for one in found if one["next"] == "joint" and not one["waived"]]
    assert 0 < told.count("next: Marketing and IT") <= len(together)
    assert told.count("next:") == sum(one["next"] is not None for one in found if not one["waived"])


def test_ten_roots_come_first_and_then_how_many_conflicts_more_there_are(
    run: Run, acme: str
) -> None:
    *roots, last = run("check", acme).out.splitlines()
    assert len(roots) == 10
    assert all(len(line) <= 100 for line in (*roots, last))
    assert roots[0].startswith(
        "✗ DATE01 peak-readiness is 5d late for 8 Oct due to customer-sso (+8 more)"
    )
    assert roots[0].endswith(" · next: Identity (IT)")
    assert all(" · next: " in line and "…" not in line for line in roots)
    more = re.fullmatch(r"(\d+) errors, (\d+) warnings, (\d+) info more: --all", last)
    assert more is not None
    found = json.loads(run("check", acme, "--json").out)["findings"]
    assert found[0]["code"] == "DATE01"
    assert len(roots) + sum(map(int, more.groups())) == sum(not one["waived"] for one in found)


@pytest.mark.parametrize(
    "words", [("--for", "peak-readiness"), ("--severity", "warning"), ("--ignore", "READ")]
)
def test_a_choice_is_shown_by_its_first_ten_roots_too(
    run: Run, acme: str, words: tuple[str, ...]
) -> None:
    shown = run("check", acme, *words).out.splitlines()
    assert len(shown) == 11
    assert shown[-1].endswith(" more: --all")
    every = run("check", acme, *words, "--all").out
    assert "roadmap.toml:354: ✗ DATE01" in every
    assert "--all" not in every


@pytest.mark.parametrize("columns", [60, 80, 100, 140])
def test_roots_are_whole_words_in_the_width_of_a_terminal(
    run: Run, acme: str, columns: int
) -> None:
    piped = run("check", acme).out
    command = [sys.executable, "-m", "planner", "check", acme]
    with Terminal(command, columns, 40, NO_COLOR="1") as terminal:
        terminal.wait_for("--all")
        assert terminal.wait_exit() == 1
        shown = terminal.written.decode().replace("\r\n", "\n")
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= min(columns, 100)
    assert shown.count("next: ") == 10
    assert (shown == piped) == (columns >= 100)


def test_a_team_is_named_by_as_much_of_its_title_as_tells_it_apart(
    run: Run, tmp_path: Path
) -> None:
    title = "Kitchen and bar of the northern and the southern station, all of it"
    path = tmp_path / "roadmap.toml"
    text = f"""
        [teams.kitchen]
        title = "{title}"
        portfolio = "it"
        [teams.other]
        title = "Kitchens"
        portfolio = "it"
        [initiatives.a]
        estimate = "9w"
        owner = "kitchen"
        deadline = 2027-01-15
    """
    path.write_text(text, "utf-8")
    assert "next: Kitchen (IT)" in run("check", str(path), "--as-of", "2027-01-04").out
    path.write_text(text.replace("Kitchens", "Kitchen and garden"), "utf-8")
    assert "next: IT" in run("check", str(path), "--as-of", "2027-01-04").out


def test_what_is_not_active_is_one_last_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "roadmap.toml"
    path.write_text('[initiatives.a]\nestimate = "9w"\ndeadline = 2027-01-15\n', "utf-8")
    *_, last = run("check", str(path), "--as-of", "2027-01-04").out.splitlines()
    assert len(last) <= 100
    assert re.fullmatch(r"rules not active: .* and \d+ more; `planner rules` lists .*", last)
    command = [sys.executable, "-m", "planner", "check", str(path), "--as-of", "2027-01-04"]
    with Terminal(command, 60, 24, NO_COLOR="1") as terminal:
        assert terminal.wait_exit() == 1
        shown = terminal.written.decode().split("rules not active: ")[1].splitlines()
    assert shown[1] == "  `planner rules` lists what each needs"


def test_a_few_conflicts_are_all_shown_with_their_places(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "roadmap.toml"
    path.write_text('[initiatives.a]\nestimate = "9w"\ndeadline = 2027-01-15\n', "utf-8")
    shown = run("check", str(path), "--as-of", "2027-01-04").out
    assert shown.startswith("roadmap.toml:3: ✗ DATE01 a is 35 working days late")
    assert "--all" not in shown


def test_only_what_is_asked_for_decides_the_exit_code(run: Run, acme: str) -> None:
    assert run("check", acme, "--select", "TERM01").code == 0
    assert run("check", acme, "--select", "DATE01").code == 1
    assert run("check", acme, "--ignore", ",".join(RULES)).out == "no conflicts\n"


@pytest.mark.parametrize("words", [("--select", "DATE"), ("--base", "HEAD"), ("--json",)])
def test_fix_is_not_mixed_with_what_it_would_not_heed(
    run: Run, acme: str, words: tuple[str, ...]
) -> None:
    ran = run("check", acme, "--fix", "DATE01", *words)
    assert (ran.code, ran.out) == (2, "")
    assert "--fix CODE:ID" in ran.err


@pytest.mark.parametrize("nothing", ["", ",", " , "])
def test_a_selection_of_nothing_is_a_mistake_and_no_pass(run: Run, acme: str, nothing: str) -> None:
    assert run("check", acme, "--select", nothing).code == 2
    assert run("check", acme, "--ignore", nothing).code == 1


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("--select", "deadline-mised"), "deadline-missed"),
        (("--for", "peak-readines"), "peak-readiness"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(
    run: Run, acme: str, words: tuple[str, ...], near: str
) -> None:
    ran = run("check", acme, *words)
    assert (ran.code, ran.out) == (2, "")
    assert near in ran.err


def test_json_is_the_same_by_either_name(run: Run, acme: str) -> None:
    assert run("check", acme, "--format", "json").out == run("check", acme, "--json").out


def test_sarif_has_each_rule_result_place_and_fingerprint(run: Run, acme: str) -> None:
    said = json.loads(run("check", acme, "--format", "sarif").out)["runs"][0]
    rules = [one["id"] for one in said["tool"]["driver"]["rules"]]
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in said["results"])
    late = next(one for one in said["results"] if one["ruleId"] == "DATE01")
    place = late["locations"][0]["physicalLocation"]
    assert late["level"] == "error"
    assert place["artifactLocation"]["uri"].endswith("roadmap.toml")
    assert place["region"]["startLine"] > 1
    assert late["partialFingerprints"] == {"planner/v1": "DATE01:peak-readiness"}
    waived = [one["suppressions"][0] for one in said["results"] if "suppressions" in one]
    assert any("merge on Mondays" in one["justification"] for one in waived)


TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"minLength": 1}}}
LOCATION = {
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {"properties": {"uri": {"pattern": "^[^/][^ ]*$"}}},
                "region": {"properties": {"startLine": {"type": "integer", "minimum": 1}}},
            },
        }
    },
}
RESULT = {
    "required": ["message", "ruleId", "level", "locations", "partialFingerprints"],
    "properties": {
        "message": TEXT,
        "level": {"enum": ["none", "note", "warning", "error"]},
        "locations": {"minItems": 1, "maxItems": 1, "items": LOCATION},
        "partialFingerprints": {"additionalProperties": {"type": "string"}},
        "suppressions": {"items": {"properties": {"kind": {"enum": ["inSource", "external"]}}}},
    },
}
SARIF = {
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "minItems": 1,
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "tool": {"required": ["driver"]},
                    "invocations": {"items": {"required": ["executionSuccessful"]}},
                    "results": {"items": RESULT},
                },
            },
        },
    },
}
"""What the standard's own schema and code scanning ask of a log."""


@pytest.mark.parametrize("words", [(), ("--select", "PLAN01"), ("--severity", "error")])
def test_sarif_has_what_its_readers_ask_for(run: Run, acme: str, words: tuple[str, ...]) -> None:
    said = json.loads(run("check", acme, "--format", "sarif", *words).out)
    jsonschema.validate(said, SARIF)
    driver = said["runs"][0]["tool"]["driver"]
    assert driver["name"] == "planner"
    assert all(one["shortDescription"]["text"] for one in driver["rules"])


def test_github_gets_one_line_for_each_that_is_not_waived(run: Run, acme: str) -> None:
    ran = run("check", acme, "--format", "github")
    lines = [line for line in ran.out.splitlines() if " more::" not in line]
    assert len(lines) == sum(not one["waived"] for one in findings(run, acme))
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    assert ran.code == 1


@pytest.mark.parametrize("count", [10, 11, 40])
def test_what_github_leaves_out_is_counted_in_what_it_shows(
    run: Run, tmp_path: Path, count: int
) -> None:
    late = "".join(
        f'[initiatives.a{n}]\nestimate = "9w"\ndeadline = 2027-01-10\n' for n in range(count)
    )
    plan = tmp_path / "plan.toml"
    plan.write_text(f"[roadmap]\nstart = 2027-01-04\n{late}", encoding="utf-8")
    words = ("--format", "github", "--select", "DATE01", "--as-of", "2027-01-04")
    lines = run("check", str(plan), *words).out.splitlines()
    shown = [line for line in lines if line.startswith("::error ")][:10]
    assert sum("title=DATE01" in line for line in lines) == count
    told = sum("title=DATE01" in line for line in shown)
    assert told == (10 if count == 10 else 9)
    assert (f"title={count - told} more::" in shown[-1]) == (count > 10)
    assert len(lines) == count + (count > 10)


def findings(run: Run, path: str) -> list[dict[str, object]]:
    """All findings of a roadmap."""
    found: list[dict[str, object]] = json.loads(run("check", "--json", path).out)["findings"]
    return found


def test_junit_fails_errors_and_skips_what_is_waived(run: Run, acme: str) -> None:
    suite = ElementTree.fromstring(run("check", acme, "--format", "junit").out)
    said = findings(run, acme)
    failed = [one for one in said if one["severity"] == "error" and not one["waived"]]
    assert len(suite.findall(".//failure")) == len(failed) == int(suite.attrib["failures"])
    skipped = [one.attrib["message"] for one in suite.findall(".//skipped")]
    assert any("merge on Mondays" in message for message in skipped)
    assert len(suite.findall(".//testcase")) == len(said)


def test_junit_of_nothing_passes(run: Run, acme: str) -> None:
    out = run("check", acme, "--format", "junit", "--select", "PLAN01").out
    assert len(ElementTree.fromstring(out).findall(".//testcase")) == 1


@pytest.mark.parametrize("format", ["text", "json", "sarif", "github", "junit"])
def test_text_of_a_file_stays_text_in_every_format(run: Run, hostile: str, format: str) -> None:
    out = run("check", hostile, "--format", format).out
    assert "\x1b" not in out
    if format == "github":
        assert "100%25.toml" in out
        assert "%2C 100" in out
        assert not [line for line in out.splitlines() if line.startswith("::error::")]
    if format == "junit":
        assert ElementTree.fromstring(out).tag == "testsuites"
    if format in ("json", "sarif"):
        assert json.loads(out)


@pytest.mark.parametrize(
    ("format", "said"),
    [
        ("text", "⟨U+DCFF⟩.toml:"),
        ("json", '"\\\\xff.toml"'),
        ("sarif", "%FF.toml"),
        ("github", "⟨U+DCFF⟩.toml"),
        ("junit", "⟨U+DCFF⟩.toml"),
    ],
)
def test_a_file_whose_name_is_no_text_is_named(
    run: Run, tmp_path: Path, format: str, said: str
) -> None:
    path = tmp_path / "\udcff.toml"
    path.write_text(HOSTILE, encoding="utf-8")
    assert said in run("check", str(path), "--format", format).out


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working tree with a late roadmap in `plans, 2027`, and a folder `below` to stand in."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "plans, 2027" / "below").mkdir(parents=True)
    (tmp_path / "plans, 2027" / "plan.toml").write_text(LATE, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "plans, 2027" / "below")
    return tmp_path


LATE = """\
[roadmap]
start = 2027-01-04
status_date = 2027-01-04
[initiatives.late]
title = "Late"
estimate = "4w"
deadline = 2027-01-08
"""


@pytest.mark.parametrize("format", ["sarif", "github", "junit"])
@pytest.mark.parametrize("path", ["../plan.toml", "{top}/plans, 2027/plan.toml"])
def test_services_get_names_from_the_top_of_the_repository(
    run: Run, checkout: Path, format: str, path: str
) -> None:
    out = run("check", path.format(top=checkout), "--format", format, "--select", "DATE01").out
    said = {
        "sarif": '"uri": "plans%2C%202027/plan.toml"',
        "github": "::error file=plans%2C 2027/plan.toml,line=7,title=DATE01 deadline-missed::late",
        "junit": 'file="plans, 2027/plan.toml"',
    }
    assert said[format] in out


@pytest.mark.parametrize("format", ["text", "json", "sarif", "github", "junit"])
def test_a_roadmap_that_can_not_be_read_is_told_to_services(
    run: Run, checkout: Path, format: str
) -> None:
    (checkout / "plans, 2027" / "plan.toml").write_text("[roadmap]\nx = = 1\n")
    ran = run("check", "../plan.toml", "--format", format)
    assert ran.code == 2
    assert "plan.toml:2" in ran.err
    if format == "github":
        assert ran.out.startswith("::error file=plans%2C 2027/plan.toml,line=2,title=unreadable")
    elif format == "junit":
        assert ElementTree.fromstring(ran.out).find(".//error") is not None
    elif format == "sarif":
        (invocation,) = json.loads(ran.out)["runs"][0]["invocations"]
        assert invocation["executionSuccessful"] is False
        (said,) = invocation["toolExecutionNotifications"]
        assert said["locations"][0]["physicalLocation"]["region"] == {"startLine": 2}
    else:
        assert ran.out == ""


def test_a_fingerprint_stays_while_titles_and_dates_change(run: Run, checkout: Path) -> None:
    path = checkout / "plans, 2027" / "plan.toml"

    def prints() -> list[object]:
        (said,) = json.loads(run("check", str(path), "--format", "sarif").out)["runs"]
        return [one["partialFingerprints"] for one in said["results"]]

    before = prints()
    path.write_text(LATE.replace("Late", "Later").replace("2027-01-08", "2027-01-11"))
    assert before == prints() != []


def test_the_reference_says_everything_about_every_rule(run: Run) -> None:
    reference = run("rules", "--markdown").out
    for rule in RULES.values():
        assert f"## {rule.code} {rule.name}" in reference
        assert rule.why_marketing in reference
        assert rule.why_it in reference
        assert rule.example.strip() in reference
        for name in rule.thresholds:
            assert f"`[checks] {name} = " in reference


def test_all_rules_are_explained_at_once_or_one(run: Run) -> None:
    every = run("explain", "--all").out
    assert all(f"{rule.code} {rule.name}" in every for rule in RULES.values())
    assert run("explain", "cap01").out in every
    assert run("explain").code == 2
