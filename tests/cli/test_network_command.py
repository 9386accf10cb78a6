"""`planner network`: the dependencies around an initiative, drawn or as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner.pages.canvas import cells
from tests.cli.conftest import Run, printed_json

HUB = "[initiatives.hub]\n" + "".join(
    f'[initiatives.successor-{number}]\nneeds = ["hub"]\n' for number in range(50)
)
CHAIN = "[initiatives.w0]\n" + "".join(
    f'[initiatives.w{number}]\nneeds = ["w{number - 1}"]\n' for number in range(1, 500)
)


def test_json_has_what_is_within_the_steps(run: Run, acme: str) -> None:
    shown = json.loads(
        run("network", "customer-sso", "-r", acme, "--json", "--up", "1", "--down", "2").out
    )
    printed_json().validate(shown)
    assert (shown["center"], shown["before"], shown["after"], shown["total"]) == (
        "customer-sso",
        1,
        2,
        38,
    )
    columns = {node["id"]: node["column"] for node in shown["nodes"]}
    assert columns["api-gateway"] == -1
    assert columns["consent-signals"] == 2
    assert len(columns) == 10
    links = {(link["on"], link["succ"]): link for link in shown["links"]}
    assert links["customer-sso", "loyalty-relaunch"]["state"] == "asked"
    assert links["customer-sso", "cdp-foundation"]["critical"]
    assert links["api-gateway", "customer-sso"]["ties"] == ["SS+5d"]
    assert links["api-gateway", "customer-sso"]["slack"] == 10
    hanging = shown["hanging"]
    assert (hanging["before"], len(hanging["initiatives"])) == (1, 12)
    assert (len(hanging["handovers"]), hanging["not_agreed"]) == (8, 5)
    assert hanging["bottlenecks"][0] == {"launch": "peak-readiness", "waiting": 9, "among": 20}
    (node,) = (node for node in shown["nodes"] if node["id"] == "customer-sso")
    assert (node["finish"], node["total_float"], node["critical"]) == ("2027-05-12", -5, True)


def test_without_a_name_it_is_the_main_launch(run: Run, acme: str) -> None:
    shown = json.loads(run("network", "-r", acme, "--json").out)
    assert shown["center"] == "peak-readiness"
    assert shown["before"] > 1


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_it_keeps_to_its_width_and_says_what_it_shows(run: Run, acme: str, width: int) -> None:
    printed = run("network", "customer-sso", "-r", acme, "--width", str(width))
    assert (printed.code, printed.err) == (0, "")
    lines = printed.out.splitlines()
    assert max(map(cells, lines)) <= width
    assert "customer-sso" in lines[0]
    assert any("▸" in line for line in lines)
    if width >= 80:
        names = ("api-gateway", "cdp-foundation", "segment-definitions", "preference-centre")
        drawing = "\n".join(lines[: lines.index("", 3)])
        assert all(name in drawing for name in names)
        assert "−5" in drawing
        assert "?" in drawing


def test_at_80_columns_nothing_is_cut_off(run: Run, acme: str) -> None:
    printed = run("network", "customer-sso", "-r", acme, "--width", "80").out
    assert "…" not in printed
    assert "IT · 12 May · −5" in printed
    assert "Marketing · 29 Jul · 20" in printed


def test_around_a_hub_a_column_says_how_many_more_there_are(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text(HUB)
    printed = run("network", "hub", "-r", str(tmp_path / "hub.toml"), "--width", "100").out
    drawn = sum(f" ○ successor-{number} " in f"{printed} " for number in range(50))
    shown = sum("○ successor-" in line for line in printed.splitlines())
    assert drawn <= shown
    assert f"+{50 - shown} more" in printed


def test_one_plan_is_drawn_one_way(acme: str) -> None:
    command = ["-m", "planner", "network", "customer-sso", "-r", acme, "--width", "120"]
    first, second = (
        subprocess.run(
            [sys.executable, *command],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second


def test_of_a_long_chain_the_next_steps(run: Run, tmp_path: Path) -> None:
    (tmp_path / "chain.toml").write_text(CHAIN)
    path = str(tmp_path / "chain.toml")
    shown = json.loads(run("network", "w250", "-r", path, "--json", "--up", "2", "--down", "3").out)
    assert {node["id"]: node["column"] for node in shown["nodes"]} == {
        f"w{number}": number - 250 for number in range(248, 254)
    }
    far = run("network", "w250", "-r", path, "--up", "30", "--down", "30", "--width", "80").out
    assert max(map(cells, far.splitlines())) <= 80


def test_a_circle_is_drawn_though_it_can_not_be_scheduled(run: Run, tmp_path: Path) -> None:
    text = '[initiatives.a]\nneeds = ["c"]\n[initiatives.b]\nneeds = ["a"]\n'
    (tmp_path / "circle.toml").write_text(f'{text}[initiatives.c]\nneeds = ["b"]\n')
    printed = run("network", "a", "-r", str(tmp_path / "circle.toml"), "--width", "80").out
    assert printed.count("◀") == 3
    assert all(f"○ {id}" in printed for id in "abc")


def test_one_without_links_and_none_at_all(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text('[initiatives.alone]\nestimate = "1w"\n')
    assert "○ alone" in run("network", "-r", str(path)).out
    path.write_text("[roadmap]\n")
    printed = run("network", "-r", str(path))
    assert printed.code == 0
    assert "planner add" in printed.out


def test_owners_without_a_side_stand_beside_the_others(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "external.toml"
    path.write_text(
        '[teams.agency]\n[initiatives.film]\nowner = "agency"\nestimate = "1w"\n'
        '[initiatives.site]\nportfolio = "marketing"\nneeds = ["film"]\n'
    )
    shown = json.loads(run("network", "site", "-r", str(path), "--json").out)
    assert shown["links"][0]["state"] == "not asked"
    assert "?" in run("network", "site", "-r", str(path), "--width", "80").out


def test_what_it_needs_says_how_each_handover_stands(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text(
        '[initiatives.open]\nportfolio = "it"\n[initiatives.agreed]\nportfolio = "it"\n'
        '[initiatives.own]\nportfolio = "marketing"\n'
        '[initiatives.site]\nportfolio = "marketing"\n'
        'needs = ["open", { on = "agreed", agreed = 2027-03-01 }, "own"]\n'
    )
    shown = run("network", "site", "-r", str(tmp_path / "r.toml"), "--as-of", "2027-03-01").out
    told = shown.partition("\nneeds ")[2].partition("\nbefore ")[0]
    assert "? open" in told
    assert "√ agreed" in told
    assert "own" in told
    assert not any(f"{sign} own" in told for sign in "?√")


@pytest.mark.parametrize("id", ["customer-so", "nothing-like-it"])
def test_an_unknown_name_is_refused(run: Run, acme: str, id: str) -> None:
    refused = run("network", id, "-r", acme)
    assert (refused.code, refused.out) == (2, "")
    assert id in refused.err
    assert ("customer-sso" in refused.err) == (id == "customer-so")


def test_what_is_dropped_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "dropped.toml"
    path.write_text('[initiatives.gone]\nstatus = "dropped"\n[initiatives.b]\n')
    refused = run("network", "gone", "-r", str(path))
    assert (refused.code, refused.out) == (2, "")
    assert "gone" in refused.err


def test_names_of_the_file_are_made_visible(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "hostile.toml"
    path.write_text('[portfolios.x]\ntitle = "a\\u001b[31mb"\n[initiatives.a]\nportfolio = "x"\n')
    printed = run("network", "a", "-r", str(path), "--width", "80").out
    assert "\x1b" not in printed
