"""`--short`: of every command with `--json` the facts that answer it, in at most 4,000 bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.cli.main import COMMANDS, group
from planner.exchange.short import BRIEFS, short_json
from tests.benchmarks.roadmaps import write_roadmap
from tests.cli.conftest import Run, printed_json
from tests.hostile.roadmaps import LEAKS, Words, readable
from tests.long import examples

ASKED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("show", "check", "ready", "path", "network"), ()),
    "capacity": ("--team", "data"),
    "owes": (),
    **dict.fromkeys(("agreements", "outcomes", "gaps", "asks", "mine", "report", "agenda"), ()),
    "promises": (),
    "minutes": (),
    "why": ("peak-readiness",),
    "reach": ("peak-readiness", "2027-10-08"),
    "announce": ("peak-readiness", "2027-10-08"),
}
"""The commands that answer from a roadmap, with what they are asked of the sample."""

MOST = 4_000
"""Bytes that help and CHANGELOG promise."""


def short(run: Run, name: str, roadmap: str, *words: str) -> dict[str, Any]:
    """What a command prints with `--short`, which is JSON and no longer than it may be."""
    printed = run(name, "--short", *words, *_roadmap(name, roadmap))
    assert printed.err == ""
    assert len(printed.out.encode()) <= MOST
    found: dict[str, Any] = json.loads(printed.out)
    assert found["question"] == name
    return found


def _roadmap(name: str, path: str) -> tuple[str, ...]:
    takes_path = any(param.name == "path" for param in _command(name).params)
    whose = ("--for", "marketing") if name in ("asks", "mine") else ()
    return (*whose, path) if takes_path else (*whose, "-r", path)


def _command(name: str) -> Any:
    return group.get_command(group.make_context("planner", [name]), name)


def test_every_command_with_json_has_it() -> None:
    both = {
        name: {option for param in _command(name).params for option in param.opts}
        & {"--json", "--short"}
        for name in COMMANDS
    }
    also = {"budget", "statuses"}  # of `reach --budget` and `show --by-status`
    assert {name for name, options in both.items() if options} == set(BRIEFS) - also
    assert all(len(options) in (0, 2) for options in both.values())
    others = {"compare", "what-if", "diff", "history", "rules", "import"}
    assert set(BRIEFS) == others.union(ASKED, also)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", [*ASKED, "rules"])
@pytest.mark.parametrize("before", [(), ("--json",)])
def test_it_is_what_its_schema_says(
    run: Run, acme: str, name: str, before: tuple[str, ...]
) -> None:
    words = () if name == "rules" else (*ASKED[name], *_roadmap(name, acme))
    printed = run(name, *before, "--short", *words)
    assert len(printed.out.encode()) <= MOST
    found = json.loads(printed.out)
    printed_json("Short").validate(found)
    brief = BRIEFS[name]
    assert list(found) == ["schema", "question", *brief.facts, *brief.lists, "more"]


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", sorted(ASKED))
def test_rows_are_the_first_of_the_whole_and_the_rest_is_counted(
    run: Run, acme: str, name: str
) -> None:
    found = short(run, name, acme, *ASKED[name])
    whole = json.loads(run(name, "--json", *ASKED[name], *_roadmap(name, acme)).out)
    made = BRIEFS[name].made(whole)
    for key in BRIEFS[name].lists:
        rows = [one if isinstance(one, str) else one[next(iter(one))] for one in found[key]]
        first = next(iter(found[key][0])) if found[key] and isinstance(found[key][0], dict) else ""
        there = made.get(key, [])
        every = [one[first] if first else one for one in there] if rows else there
        assert every[: len(rows)] == rows
        assert found["more"].get(key, 0) == len(there) - len(rows)


def test_the_main_things_are_there(run: Run, acme: str) -> None:
    assert short(run, "path", acme)["late"] == {"working": 5, "calendar": 7}
    assert short(run, "check", acme)["findings"][0]["code"] == "DATE01"
    best = short(run, "reach", acme, *ASKED["reach"])["best"]
    assert best["command"].startswith("planner set ")
    assert short(run, "why", acme, "peak-readiness")["steps"][-1]["id"] == "customer-sso"
    assert short(run, "show", acme)["main_launch"] == "peak-readiness"
    assert short(run, "network", acme, "customer-sso")["nodes"][0]["id"] == "customer-sso"
    handovers = short(run, "agreements", acme)["handovers"]
    assert all(one["next_side"] for one in handovers)


def test_a_fix_is_whole_or_not_there(run: Run, acme: str) -> None:
    whole = json.loads(run("check", "--json", acme).out)["findings"]
    known = {fix for one in whole for fix in one["fixes"] or ()}
    told = [fix for one in short(run, "check", acme)["findings"] for fix in one["fixes"]]
    assert told
    assert set(told) <= known


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", sorted(set(ASKED) - {"reach", "announce"}))
def test_thousands_of_initiatives_are_no_longer(run: Run, tmp_path: Path, name: str) -> None:
    file = str(write_roadmap(tmp_path, examples(2_000, 10_000)))
    words = ("work-01999",) if name in ("network", "why") else ()
    found = short(run, name, file, *words)
    more = {"show": "initiatives", "ready": "almost"}.get(name)
    assert more is None or found["more"][more] > 90


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", sorted(ASKED))
def test_hostile_text_is_cut_and_escaped(run: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / "roadmap.toml"
    file.write_text(readable(Words()), encoding="utf-8")
    dated = ("web", "2027-03-10")
    asked = {"network": dated[:1], "why": dated[:1], "reach": dated, "announce": dated}
    words = asked.get(name, ())
    assert short(run, name, str(file), *words)
    assert not LEAKS.search(run(name, "--short", *words, *_roadmap(name, str(file))).out)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=300),
    lambda inner: st.lists(inner, max_size=9) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A question, and an object with its facts and lists, whatever is in them."""
    question = draw(st.sampled_from(("outcomes", "ready", "compare", "diff", "import")))
    brief = BRIEFS[question]
    facts = {key: draw(VALUES) for key in brief.facts}
    lists = {}
    for name, keys in brief.lists.items():
        row = {key: draw(VALUES) for key in keys}
        lists[name] = [row] * draw(st.sampled_from((0, 1, 7, 500)))
    return question, {**facts, **lists}


@settings(max_examples=60, deadline=None)
@given(documents())
def test_whatever_is_in_it_it_is_json_and_short(document: tuple[str, dict[str, Any]]) -> None:
    question, data = document
    text = short_json(question, data)
    assert len(f"{text}\n".encode()) <= MOST
    found = json.loads(text)
    for name in BRIEFS[question].lists:
        assert len(found[name]) + found["more"].get(name, 0) == len(data[name])
