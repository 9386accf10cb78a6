"""What of a document is made, and how it is made anew.

A made part stands between ``<!-- made: NAME -->`` and ``<!-- end -->``, a transcript between
``<!-- printed in FOLDER -->`` and ``<!-- end -->``: each line that begins with ``$`` is run again
in that folder, and what it prints follows it. The folder ``above`` has one file: the TOML that the
document shows before as `roadmap.toml`, or the CSV as `plan.csv`. ``on DAY`` says which day it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from tests.documents import house, parts
from tests.documents.transcripts import transcript

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
TOPICS = sorted((ROOT / "planner" / "cli" / "topics").glob("*.md"))
DOCUMENTS = (README, CONTRIBUTING, *TOPICS)

PARTS: Mapping[str, Callable[[], str]] = {
    "all keys": parts.all_keys,
    "signs": parts.signs,
    "all commands": parts.all_commands,
    "JSON commands": parts.json_commands,
    "meanings": parts.meanings,
    "filter keys": parts.filter_keys,
    "filter words": parts.filter_words,
    "rules": parts.rules,
    "thresholds": parts.thresholds,
    "tables": parts.tables,
    "topics": parts.topics,
    "house": house.house,
    "faults": house.faults,
}

_MADE = re.compile(r"<!-- made: ([^\n]+) -->\n.*?<!-- end -->", re.DOTALL)
_PRINTED = re.compile(r"<!-- printed in (\S+)(?: on (\S+))? -->\n(.*?)<!-- end -->", re.DOTALL)
_ABOVE = re.compile(r"```(toml|csv)\n(.*?)```", re.DOTALL)
_FILES = {"toml": "roadmap.toml", "csv": "plan.csv"}


def remade(text: str) -> str:
    """A document with all that is made in it made anew."""
    text = _MADE.sub(lambda part: _block(f"made: {part[1]}", PARTS[part[1]]()), text)
    return _PRINTED.sub(lambda part: _printed(part, text), text)


def _printed(part: re.Match[str], text: str) -> str:
    where, day, shown = part.groups()
    today = date.fromisoformat(day) if day else None
    if where == "above":
        kind, content = _ABOVE.findall(text[: part.start()])[-1]
        lines = transcript(shown, (_FILES[kind], content), today)
    else:
        lines = transcript(shown, ROOT / where, today)
    on = f" on {day}" if day else ""
    return _block(f"printed in {where}{on}", f"```console\n{lines}\n```")


def _block(head: str, body: str) -> str:
    return f"<!-- {head} -->\n{body}\n<!-- end -->"
