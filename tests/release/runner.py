"""The steps of `action.yml`, run here as a runner of GitHub runs them.

`python -m tests.release.runner [INPUT=VALUE …]` runs all of them in this folder, and installs
planner from this checkout as the action does. The tests leave the install out.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.release.distributions import ROOT

ACTION = ROOT / "action.yml"


def described(file: Path) -> Any:
    """What a file of GitHub's says, as dicts, lists and texts."""
    return YAML(typ="safe").load(file)


@dataclass(frozen=True)
class Step:
    """How a step ended: its exit code, what it printed, what it said to later steps."""

    code: int
    out: str
    err: str
    outputs: Mapping[str, str]
    summary: str


class Runner:
    """A runner in a folder of its own, with a pull request of a repository that is checked out."""

    def __init__(self, folder: Path, workspace: Path, base_ref: str = "") -> None:
        self.temporary = folder
        self.workspace = workspace
        self._files = {name: folder / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        self._environment = {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_BASE_REF": base_ref,
            "GITHUB_WORKSPACE": str(workspace),
            "RUNNER_TEMP": str(folder),
        }

    def run(self, name: str, **inputs: str) -> Step:
        """Run one step with these inputs; the others are what the action says."""
        action = described(ACTION)
        (step,) = (each for each in action["runs"]["steps"] if each.get("name") == name)
        given = {key: each["default"] for key, each in action["inputs"].items()} | inputs
        for file in self._files.values():
            file.write_text("", encoding="utf-8")
        script = self.temporary / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace,
            env=self._variables(step, given),
            capture_output=True,
            text=True,
            check=False,
        )
        output, summary = (file.read_text(encoding="utf-8") for file in self._files.values())
        said = dict(line.split("=", 1) for line in output.splitlines())
        return Step(ran.returncode, ran.stdout, ran.stderr, said, summary)

    def _variables(self, step: Any, given: Mapping[str, str]) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        named = {name: str(file) for name, file in self._files.items()}
        own = {name: _filled(text, given) for name, text in step.get("env", {}).items()}
        return kept | self._environment | named | own


def runner_with_planner(folder: Path, workspace: Path, base_ref: str) -> Runner:
    """A runner on which the action has installed planner: the one of this interpreter."""
    programs = folder / "planner" / "bin"
    programs.mkdir(parents=True)
    (programs / "planner").symlink_to(Path(sys.executable).parent / "planner")
    return Runner(folder, workspace, base_ref)


def _filled(text: str, given: Mapping[str, str]) -> str:
    """A text with the inputs that its expressions name."""
    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda at: given[at[1]], text)


def main(arguments: list[str]) -> int:
    """Run every step in this folder; the exit code is the last one's."""
    inputs = dict(each.split("=", 1) for each in arguments)
    with tempfile.TemporaryDirectory(prefix="planner-action-") as folder:
        runner = Runner(Path(folder), Path.cwd())
        steps = [each["name"] for each in described(ACTION)["runs"]["steps"] if "run" in each]
        for name in steps:
            ended = runner.run(name, **inputs)
            print(f"── {name}: {ended.code}\n{ended.out}{ended.err}{ended.summary}", end="")
            if ended.code:
                break
    return ended.code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
