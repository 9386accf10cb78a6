"""In tmux, as a terminal of sixteen colours: opened, edited, resized, saved, and gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

ACME = Path(__file__).resolve().parents[2] / "roadmaps" / "acme-2027"
PATIENCE = 60.0


class Tmux:
    """A session of tmux with one window, and what its screen shows."""

    def __init__(self, socket: Path, command: str, environment: dict[str, str]) -> None:
        self.socket, self.environment = socket, environment
        self("new-session", "-d", "-x", "80", "-y", "24", command)

    def __call__(self, *words: str) -> str:
        command = ["tmux", "-S", str(self.socket), "-f", "/dev/null", *words]
        ran = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        return ran.stdout

    def sees(self, *wanted: str) -> str:
        """The screen, once it shows all of this."""
        end = time.monotonic() + PATIENCE
        while True:
            shown = self("capture-pane", "-p")
            if all(word in shown for word in wanted):
                return shown
            assert time.monotonic() < end, f"{wanted} is not so:\n{shown}"
            time.sleep(0.05)


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
@pytest.mark.parametrize(("term", "earlier"), [("screen", "−5d"), ("vt100", "-5d")])
def test_it_works_in_tmux(tmp_path: Path, term: str, earlier: str) -> None:
    folder = Path(shutil.copytree(ACME, tmp_path / "acme-2027"))
    kept = {key: text for key, text in os.environ.items() if key not in ("TMUX", "COLORTERM")}
    environment = {**kept, "TERM": term, "XDG_STATE_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    done = tmp_path / "left"
    line = f"env TERM={term} {sys.executable} -m planner --as-of 2027-03-22 '{folder}'"
    tmux = Tmux(tmp_path / "s", f"{line}; echo $? > '{done}'; cat", environment)
    try:
        tmux.sees("Peak freeze readiness", "? help")
        tmux("send-keys", ":")
        tmux.sees("Do, or go to")
        tmux("send-keys", "-l", "lifecycle-journeys")
        tmux("send-keys", "Enter")
        tmux.sees("Lifecycle journey", "? help")
        tmux("send-keys", "=")
        tmux.sees("4w/5w/7w")
        tmux("send-keys", "-l", "4w")
        tmux.sees(f"8 Oct {earlier}", "enter apply")
        tmux("send-keys", "Enter")
        tmux.sees("1 unsaved")
        tmux("resize-window", "-x", "120", "-y", "36")
        wide = tmux.sees("1 unsaved", "uses cdp, esp").splitlines()
        assert len(wide) == 36
        tmux("send-keys", "w")
        tmux.sees("Saved")
        tmux("send-keys", "q")
        end = time.monotonic() + PATIENCE
        while not (done.exists() and done.read_text("utf-8")):
            assert time.monotonic() < end
            time.sleep(0.05)
        assert done.read_text("utf-8") == "0\n"
        assert "Peak freeze" not in tmux("capture-pane", "-p"), "the terminal is as it was"
    finally:
        tmux("kill-server")
    tables = tomllib.loads((folder / "marketing.toml").read_text(encoding="utf-8"))
    assert tables["initiatives"]["lifecycle-journeys"]["estimate"] == "4w"
