"""Two people who write comments everywhere: what a merge that asks nothing has to keep of them.

Each comment of a side has a text of its own, but for some that both write. What became of each is
found by lines, without the scan that the merge uses.
"""

from __future__ import annotations

import random
import re
from collections import Counter

from planner.errors import ReadError
from planner.merge.three_way import merge_bytes
from planner.text.document import Document

BASE = """\
# The roadmap of two teams.

# Ask Ana before the first of the month.

[roadmap]
title = "Joint"  # short

# ---- IT ----

[initiatives.api]
estimate = "4w"  # by the vendor
# since spring
owner = "platform"

# Legal asked for this.
[initiatives.push]
title = "Web push"
needs = [
    "api",          # the endpoint
    # and the law
    "consent SS+5d",
]
uses = ["cdp"]

# ---- marketing ----

[initiatives.site]
estimate = "2w"
# to be split

[initiatives.teaser]
estimate = "1w"
reviews = { privacy = 2027-01-04 }

[glossary]
launch = "Customers can use it."  # agreed
# of both sides
lead = "A person, and time."

# Kept by the office.
"""
IDS = ("alpha", "middle", "zulu", "teaser-2")
KEYS = ('title = "T"', 'notes = "it # is"', "priority = 1", "percent_complete = 10")
_HEADER = re.compile(r"\[([a-z.0-9-]+)\]")
_COMMENT = re.compile(r"# (?:of [ab]|of both) \d+$")


def three(seed: int) -> tuple[str, str, str]:
    """Base, ours and theirs, now and then a file that both add."""
    draw = random.Random(seed)
    base = _without(draw, BASE)
    sides = [_edited(draw, base, side) for side in "ab"]
    return ("" if draw.random() < 0.15 else base), sides[0], sides[1]


def _without(draw: random.Random, text: str) -> str:
    """The base, often without what stands at its ends or of a part of its tables."""
    parts = text.split("\n\n")
    kept = [part for part in parts if draw.random() < 0.85] or parts
    return "\n\n".join(kept).rstrip("\n") + "\n" * draw.choice((0, 1, 1, 1))


def _edited(draw: random.Random, text: str, side: str) -> str:
    """One to four edits of a hand in an editor; those that give no TOML are not made."""
    for _ in range(draw.randint(1, 4)):
        lines = text.split("\n")
        draw.choice(EDITS)(draw, lines, side)
        try:
            Document.parse("\n".join(lines).encode(), "")
        except ReadError:
            continue
        text = "\n".join(lines)
    return text


def _said(draw: random.Random, side: str) -> str:
    who = "both" if draw.random() < 0.15 else side
    return f"# of {who} {draw.randrange(3 if who == 'both' else 10_000)}"


def _headers(lines: list[str]) -> list[int]:
    return [at for at, line in enumerate(lines) if _HEADER.match(line)]


def _add_table(draw: random.Random, lines: list[str], side: str) -> None:
    """A table with comments above, behind, between and at its end."""
    id = draw.choice(IDS)
    table = [_said(draw, side)] * draw.randrange(2) + [f"[initiatives.{id}]"]
    for key in draw.sample(KEYS, draw.randint(0, 3)):
        table += [_said(draw, side)] * (draw.random() < 0.3)
        table.append(key + (f"  {_said(draw, side)}" if draw.random() < 0.4 else ""))
    table += [_said(draw, side)] * (draw.random() < 0.3)
    if draw.random() < 0.5:
        lines += [*[""] * (lines[-1:] != [""]), *table, ""]
    else:
        at = draw.choice(_headers(lines) or [len(lines)])
        while at and lines[at - 1].startswith("#"):
            at -= 1
        lines[at:at] = [*table, ""]


def _add_keys(draw: random.Random, lines: list[str], side: str) -> None:
    """Keys at the top of a table, or anywhere in it."""
    headers = _headers(lines)
    if not headers:
        return
    at = draw.choice(headers) + 1
    while draw.random() < 0.4 and at < len(lines) and lines[at].strip():
        at += 1
    key = draw.choice(KEYS) if draw.random() < 0.7 else f"{side} = {draw.randrange(9)}"
    lines[at:at] = [_said(draw, side)] * draw.randrange(2) + [
        key + (f"  {_said(draw, side)}" if draw.random() < 0.6 else "")
    ]


def _add_item(draw: random.Random, lines: list[str], side: str) -> None:
    places = [at for at, line in enumerate(lines) if line.startswith("    ") or line == "]"]
    if places:
        at = draw.choice(places)
        item = draw.choice(('"crm",', '"data",', f'"{side}-{draw.randrange(9)}",'))
        lines[at:at] = [f"    {_said(draw, side)}"] * draw.randrange(2) + [
            f"    {item}  {_said(draw, side)}"
        ]


def _add_term(draw: random.Random, lines: list[str], side: str) -> None:
    if "[glossary]" in lines:
        at = lines.index("[glossary]") + draw.randint(1, 3)
        term = draw.choice(("bar", "campaign", f"{side}-word"))
        lines[at:at] = [f'{term} = "It is {draw.randrange(2)}."  {_said(draw, side)}']


def _comment(draw: random.Random, lines: list[str], side: str) -> None:
    """A comment on a line of its own: at the head, at the foot, between, with blank lines."""
    at = draw.choice((0, len(lines) - (lines[-1:] == [""]), draw.randrange(len(lines) + 1)))
    around = [[""] * draw.randrange(2) for _ in "ab"]
    lines[at:at] = [*around[0], _said(draw, side), *around[1]]


def _comment_behind(draw: random.Random, lines: list[str], side: str) -> None:
    """A comment behind a key, in the place of what stood there."""
    places = [at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")]
    if places:
        at = draw.choice(places)
        lines[at] = f"{lines[at].partition('  #')[0].rstrip()}  {_said(draw, side)}"


def _uncomment(draw: random.Random, lines: list[str], _: str) -> None:
    places = [at for at, line in enumerate(lines) if line.strip().startswith("#")]
    if places:
        del lines[draw.choice(places)]


def _remove_line(draw: random.Random, lines: list[str], _: str) -> None:
    at = draw.randrange(len(lines))
    if not _HEADER.match(lines[at]):
        del lines[at]


def _change(draw: random.Random, lines: list[str], _: str) -> None:
    places = [at for at, line in enumerate(lines) if re.search(r"\dw\"", line)]
    if places:
        at = draw.choice(places)
        lines[at] = re.sub(r"\dw", f"{draw.randint(1, 9)}w", lines[at])


def _take_table(draw: random.Random, lines: list[str], _: str) -> None:
    """Take a table out, or to the end of the file, with the comments right above it."""
    headers = _headers(lines)
    if headers:
        at = end = draw.choice(headers)
        while at and lines[at - 1].startswith("#"):
            at -= 1
        while end < len(lines) and lines[end]:
            end += 1
        table = lines[at:end]
        del lines[at : end + 1]
        lines += ["", *table, ""] if draw.random() < 0.5 else []


EDITS = (
    _add_table, _add_table, _add_keys, _add_keys, _add_item, _add_term, _comment, _comment,
    _comment_behind, _uncomment, _remove_line, _change, _take_table,
)  # fmt: skip


# --- what has to come of it -----------------------------------------------------------------------


def keeps(base: str, ours: str, theirs: str) -> bool:
    """Whether nothing is asked; then every comment is there. Raises AssertionError."""
    for left, right in ((ours, theirs), (theirs, ours)):
        found = merge_bytes(base.encode() or None, left.encode(), right.encode())
        text = found.text
        if text is None:
            shown = found.to_bytes().decode()
            lost = _new(base, left, right) - _said_in(shown)
            assert not lost, f"not between the markers: {sorted(lost)}\n{shown}"
            return False
        _hold(base, left, right, text)
    return True


def _hold(base: str, ours: str, theirs: str, merged: str) -> None:
    was, left, right, found = map(_said_in, (base, ours, theirs, merged))
    for comment, count in (_new(base, ours, theirs) + (was & left & right)).items():
        places = [
            (_holders(each, comment), _places(each, comment)) for each in (base, ours, theirs)
        ]
        apart = places[1] not in (places[0], places[2]) and places[0] != places[2]
        most = left[comment] + right[comment] if apart else count
        assert count <= found[comment] <= most, f"{found[comment]} times {comment}\n{merged}"
    for comment in (was - left) & (was - right):
        assert comment not in found, f"back again: {comment}"
    for comment, count in _new(base, ours, theirs).items():
        holders = _holders(ours if comment in left else theirs, comment)
        if count == 1 == found[comment] and (comment in left) != (comment in right):
            free = f"\n\n{comment}\n" in (ours if comment in left else theirs)
            gone = holders[0] is None or f"[{holders[0]}]" not in merged
            assert free or gone or _holders(merged, comment) in (holders, [None]), (
                f"moved: {comment}\n{merged}"
            )


def _new(base: str, ours: str, theirs: str) -> Counter[str]:
    was = _said_in(base)
    return (_said_in(ours) - was) | (_said_in(theirs) - was)


def _said_in(text: str) -> Counter[str]:
    bare = (re.sub('"[^"\n]*"', "", line) for line in text.split("\n"))
    return Counter(f"#{line.partition('#')[2]}".rstrip() for line in bare if "#" in line)


def _holders(text: str, comment: str) -> list[str | None]:
    """The tables that a comment belongs to: the one right below, else the one that it is in; None
    for a comment with blank lines on both sides."""
    lines = text.split("\n")
    return [_holder(lines, at) for at, line in enumerate(lines) if line.endswith(comment)]


def _places(text: str, comment: str) -> list[list[str]]:
    """The header above, the line of a comment and the one below."""
    lines = text.split("\n")
    return [
        [*[each for each in lines[:at] if _HEADER.match(each)][-1:], *lines[at : at + 2]]
        for at, line in enumerate(lines)
        if line.endswith(comment)
    ]


def _holder(lines: list[str], at: int) -> str | None:
    below, above = at, at
    while below < len(lines) and lines[below].strip().startswith("#"):
        below += 1
    while above >= 0 and lines[above].strip().startswith("#"):
        above -= 1
    at_end, on_top = ("".join(lines[at : at + 1]).strip() == "" for at in (below, above))
    header = None if at_end else _HEADER.match(lines[below])
    if header is None and not (at_end and on_top and above < at):
        above_all = (_HEADER.match(line) for line in reversed(lines[: at + 1]))
        header = next((each for each in above_all if each), None)
    return header[1] if header else None
