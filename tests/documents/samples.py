"""How often each rule reports on the sample roadmaps, counted for the reference of rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from planner.conflicts.registry import RULES
from planner.session.session import Session
from planner.text.edits import Edits, SetKey

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted(
    path for path in (ROOT / "roadmaps").iterdir() if path.is_dir() or path.suffix == ".toml"
)
COUNTS = ROOT / "planner" / "pages" / "on_samples.py"
AS_OF = date(2027, 1, 4)
"""The status date of a sample that has none."""

HEAD = '''\
"""How often each rule reports on each sample roadmap, one by one and waived ones, too.

Written by `python -m tests.documents`. Without git: what it says is another thing every day.
"""

from collections.abc import Mapping

ON_SAMPLES: Mapping[str, Mapping[str, int]] = {
'''


def counts() -> str:
    """The module with the counts."""
    found = {path.stem: counted(path) for path in SAMPLES}
    return HEAD + "".join(_lines(found)) + "}\n"


def counted(path: Path) -> Counter[str]:
    """By rule how many findings a sample has, with all rules on."""
    plan = Session.open(path).plan
    if plan.roadmap.settings.status_date is None:
        plan = Session.open(path, AS_OF).plan
    on = [
        SetKey("checks", "", ("severity", rule.code), rule.severity)
        for rule in RULES.values()
        if rule.off
    ]
    return Counter(one.code for one in plan.with_edit(Edits(tuple(on))).report.each)


def _lines(found: dict[str, Counter[str]]) -> Iterator[str]:
    for code in RULES:
        numbers = ", ".join(f'"{name}": {number[code]}' for name, number in found.items())
        yield f'    "{code}": {{{numbers}}},\n'
