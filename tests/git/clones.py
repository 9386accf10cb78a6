"""Real repositories in temporary folders, with no configuration but their own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from planner.cli.main import main

BIN = Path(sys.executable).parent
PERSON = "Ana"


def environment(*, planner: bool = True) -> dict[str, str]:
    """An environment with an identity, no configuration of this machine, and planner or not."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    path = [
        each for each in kept["PATH"].split(os.pathsep) if not (Path(each) / "planner").exists()
    ]
    return kept | {
        "PATH": os.pathsep.join([str(BIN), *path] if planner else path),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": PERSON,
        "GIT_AUTHOR_EMAIL": "ana@example.com",
        "GIT_COMMITTER_NAME": PERSON,
        "GIT_COMMITTER_EMAIL": "ana@example.com",
        "GIT_EDITOR": "true",
    }


def _printed() -> Any:
    return io.TextIOWrapper(io.BytesIO(), "utf-8", newline="", write_through=True)


class Clone:
    """A working tree and what can be done in it."""

    def __init__(self, top: Path, *, planner: bool = True) -> None:
        self.top = top
        self.environment = environment(planner=planner)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.top,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def git(self, *arguments: str, fails: bool = False) -> str:
        done = self.run("git", *arguments)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + (done.stderr if fails else "")

    def planner(self, *arguments: str, code: int = 0) -> str:
        """What a command prints, run in this process: to start one takes longer than most do."""
        out, err = _printed(), _printed()
        with (
            chdir(self.top),
            patch.dict(os.environ, self.environment, clear=True),
            redirect_stdout(out),
            redirect_stderr(err),
            pytest.raises(SystemExit) as left,
        ):
            main(arguments)
        said: str = out.buffer.getvalue().decode()
        assert int(left.value.code or 0) == code, said + err.buffer.getvalue().decode()
        return said

    def lose_planner(self, gone: str = "/gone/planner") -> None:
        """Let what git was told of be as it is where planner's environment was moved away."""
        for name in (".git/config", ".git/hooks/pre-push"):
            file = self.top / name
            if file.exists():
                file.write_text(file.read_text().replace(str(BIN / "planner"), gone))

    def write(self, name: str, text: str) -> Path:
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, name: str) -> str:
        return (self.top / name).read_text(encoding="utf-8")

    def commit(self, name: str, text: str, message: str = "Change") -> str:
        self.write(name, text)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD").strip()


def clone_at(top: Path, *, planner: bool = True) -> Clone:
    """A new repository whose branch is `main`."""
    top.mkdir(parents=True, exist_ok=True)
    clone = Clone(top, planner=planner)
    clone.git("init", "-q", "-b", "main", ".")
    return clone
