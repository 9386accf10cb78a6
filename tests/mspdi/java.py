"""MPXJ in a Java machine of its own, asked line by line, so that none lives in the test process."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEDULING = Path(__file__).with_name("scheduling.py")


def missing() -> str:
    """Why MPXJ can't be asked here; empty where it can."""
    if shutil.which("java") is None:
        return "Java is not installed"
    wanted = (name for name in ("jpype", "mpxj") if importlib.util.find_spec(name) is None)
    return next((f"{name} is not installed" for name in wanted), "")


class Mpxj:
    """One process. `schedule` computes a file's dates by what Microsoft Project does."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def schedule(self, path: Path) -> dict[int, dict[str, Any]]:
        """The tasks of a file by UID, with the dates and the slack that MPXJ computes."""
        return {task["uid"]: task for task in self._ask(path=str(path), schedule=True)}

    def working_days(self, path: Path, first: int, last: int) -> dict[str, list[str]]:
        """The days of some years that each calendar of a file works, by UID."""
        found = self._ask(path=str(path), years=[first, last])
        return {str(calendar["uid"]): calendar["days"] for calendar in found}

    def _ask(self, **question: Any) -> list[dict[str, Any]]:
        pipes = self._process.stdin, self._process.stdout
        assert pipes[0] is not None
        assert pipes[1] is not None
        pipes[0].write(json.dumps(question) + "\n")
        pipes[0].flush()
        answer = json.loads(pipes[1].readline())
        assert "error" not in answer, answer["error"]
        tasks: list[dict[str, Any]] = answer["tasks"]
        return tasks


@contextmanager
def running() -> Iterator[Mpxj]:
    """MPXJ until the block ends."""
    with subprocess.Popen(
        [sys.executable, str(SCHEDULING)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Mpxj(process)
        assert process.stdin is not None
        process.stdin.close()
