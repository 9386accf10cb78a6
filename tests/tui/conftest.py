"""What the tests of screens share: a clean terminal environment, and roadmaps to open."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from planner.session.session import Session

ROOT = Path(__file__).parents[2]
TODAY = date(2027, 3, 22)

SMALL = """
[roadmap]
title = "Small"
start = 2027-03-01
status_date = 2027-03-01

[teams.crm]
portfolio = "marketing"
[teams.data]
portfolio = "it"

[initiatives.profile-api]
title = "Profile API"
owner = "data"
estimate = "4w"

[initiatives.tag-cleanup]
title = "Tag clean-up"
owner = "data"
estimate = "1w"

[initiatives.web-push]
title = "Web push"
owner = "crm"
estimate = ["2w", "3w", "5w"]
needs = ["profile-api"]

[initiatives.spring-launch]
title = "Spring launch"
portfolio = "joint"
estimate = "0d"
needs = ["web-push"]
deadline = 2027-04-12
"""
"""Profile API takes 20 days from 1 March, web push 15 more: the launch falls on Friday 16 April, 4
working days after its deadline."""


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever terminal the tests run in, screens are drawn in the same colours."""
    for name in list(os.environ):
        if name in ("NO_COLOR", "COLORTERM", "VISUAL", "EDITOR") or name.startswith("TEXTUAL"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True, scope="session")
def graph_is_loaded() -> None:
    """Views that ask the dependency graph show it at once: the first one that does loads networkx,
    in a thread (`tests.tui.test_graph_in_a_thread`).
    """
    import_module("networkx")


@pytest.fixture
def roadmap(tmp_path: Path) -> Callable[[str], Session]:
    """Opens a roadmap written in the test."""

    def open_text(text: str) -> Session:
        file = tmp_path / "roadmap.toml"
        file.write_text(text, encoding="utf-8")
        return Session.open(file, today=TODAY)

    return open_text


@pytest.fixture
def small(roadmap: Callable[[str], Session]) -> Session:
    """Four initiatives, one of them a launch that is late."""
    return roadmap(SMALL)


@pytest.fixture
def acme(tmp_path: Path) -> Session:
    """The sample roadmap, in a copy that may be written."""
    folder = tmp_path / "acme-2027"
    shutil.copytree(ROOT / "roadmaps" / "acme-2027", folder)
    return Session.open(folder, today=TODAY)
