"""Plans whose texts try to be code in the formats that they are written in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import tomli
import tomli_w
from hypothesis import strategies as st

from planner.plan.model import Clock, Plan
from planner.roadmap.reading import read

START = date(2027, 3, 1)
TITLES = (
    'a"];b',
    '"]; evil [label="x',
    "%%{init: {'theme': 'dark'}}%%",
    "%% a comment",
    'click i1 href "javascript:alert(1)"',
    "section Mine",
    "title Mine",
    "Title",
    "dateFormat DD",
    "excludes weekends",
    "a: crit, i9, 2027-01-01, 3d",
    "a;b#35;c#quot;d",
    "<script>alert(1)</script>",
    "<b>bold</b> &amp; &lt;i&gt;",
    "a\\N\\l\\G\\",
    "back\\slash;comma,semi\\n",
    "line\nbreak\r\nEND:VCALENDAR",
    "BEGIN:VEVENT",
    "=1+1",
    "]]><![CDATA[",
    "--> <!--",
    "\u202egnp.exe",
    "مرحبا بالعالم",
    "👩‍💻 emoji 🚀",
    "e\u0301 ü ß",
    "\x1b[2J\x07\x9b",
    "\ufffe\uffff\x00",
    "{{mustache}} ${x} `x`",
    "-",
    "–",
    " ",
    "x" * 300,
    "日本語の長い題名" * 12,
    "'quoted' \"twice\"",
    "---",
    "subgraph a {",
    "style i1 fill:#f00",
    "done",
    "milestone",
)
"""Each is a title, and is to be shown as such."""

ANY_TITLE = st.text(min_size=1, max_size=60) | st.sampled_from(TITLES)


def plan_of(titles: Sequence[str]) -> Plan:
    """One initiative for each title, each waiting for the one before, under hostile headings."""
    ids = [f"i-{number}" for number in range(1, len(titles) + 1)]
    initiatives = {
        id: {"title": title, "estimate": f"{number % 7}d", "portfolio": "it", "part_of": "g"}
        | ({"needs": [f"{ids[number - 1]} SS+1d"]} if number else {})
        for number, (id, title) in enumerate(zip(ids, titles, strict=True))
    }
    name = titles[0] if titles else "Empty"
    tables = {
        "roadmap": {"title": name, "start": START, "status_date": START},
        "portfolios": {"it": {"title": name}},
        "groups": {"g": {"title": name}},
        "freezes": {"f": {"title": name, "start": START, "end": START}},
        "initiatives": initiatives,
    }
    data = tomli.loads(tomli_w.dumps(tables))
    return Plan(read({"plan.toml": data}), _by_kind(data), Clock(START))


def _by_kind(data: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    return {kind: {"": table} if kind == "roadmap" else table for kind, table in data.items()}
