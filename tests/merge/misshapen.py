"""Two people's versions of a file in which any key has any shape: valid TOML, but no roadmap."""

from __future__ import annotations

import random
import re

from planner.errors import ReadError
from planner.merge.three_way import Side, merge_bytes
from planner.text.document import Document

VALUES = (
    '"x"', "1", "true", "1.5", "2027-01-01", "[]", '["a"]', '[1, "a", {b=1}]', "[[1],[2]]", "{}",
    "[{}]", '{ crm = "x" }', "{ a = { b = 1 } }", '[{on="api"}, "push"]', '[{on="api", type=3}]',
    '{ on = ["a"] }',
)  # fmt: skip
KINDS = (
    "systems", "initiatives", "teams", "roadmap", "checks", "glossary", "views", "data", "waivers",
    "odd",
)  # fmt: skip
IDS = ("crm", "api", "push", "", "a b")
KEYS = (
    "title", "needs", "uses", "owner", "estimate", "cost", "accelerate", "counter", "reviews",
    "capacity_from", "query", "outcomes", "severity", "reviews_for", "own",
)  # fmt: skip
_SPELLED = (
    "{kind} = {value}", "{kind}.{id} = {value}", "{kind}.{id}.{key} = {value}",
    "[{kind}]\n{id} = {value}", "[{kind}.{id}]\n{key} = {value}", "[[{kind}]]\n{key} = {value}",
    "[[{kind}.{id}]]\n{key} = {value}", "[{kind}.{id}.{key}]\nx = {value}",
    "[[{kind}.{id}.{key}]]\non = {value}", "[{kind}.{id}]", "[{kind}]",
)  # fmt: skip


def three(seed: int) -> tuple[str, str, str]:
    """Base, ours and theirs, now and then a file that both add."""
    draw = random.Random(seed)
    base = _read(lambda: _added(draw, "", draw.randint(1, 4)), "")
    ours, theirs = (_read(lambda: _edited(draw, base), base) for _ in "ab")
    return (base if draw.random() < 0.9 else ""), ours, theirs


def _read(make: object, otherwise: str) -> str:
    """What is made and is TOML, else what there was."""
    assert callable(make)
    for _ in range(30):
        text: str = make()
        try:
            Document.parse(text.encode(), "")
        except ReadError:
            continue
        return text
    return otherwise


def _added(draw: random.Random, text: str, count: int) -> str:
    for _ in range(count):
        names = [
            each if re.fullmatch("[a-z_]+", each) else f'"{each}"'
            for each in map(draw.choice, (KINDS, IDS, KEYS))
        ]
        spelled = dict(zip(("kind", "id", "key"), names, strict=True))
        new = draw.choice(_SPELLED).format(**spelled, value=draw.choice(VALUES))
        text = f"{text}{new}\n" if new.startswith("[") else f"{new}\n{text}"
    return text


def _edited(draw: random.Random, text: str) -> str:
    for _ in range(draw.randint(1, 3)):
        lines, what = text.split("\n"), draw.random()
        keys = [at for at, line in enumerate(lines) if " = " in line]
        if what < 0.3:
            del lines[draw.randrange(len(lines))]
        elif what < 0.7 and keys:
            at = draw.choice(keys)
            lines[at] = f"{lines[at].partition(' = ')[0]} = {draw.choice(VALUES)}"
        text = "\n".join(lines) if what < 0.7 else _added(draw, text, 1)
    return text


def stands(base: str, ours: str, theirs: str) -> bool:
    """Whether nothing is asked; what comes of it can be read, whatever is answered."""
    raw = base.encode() or None, ours.encode(), theirs.encode()
    found, other = merge_bytes(*raw), merge_bytes(raw[0], raw[2], raw[1])
    found.verify()
    assert bool(found.conflicts) == bool(other.conflicts), "one-sided"
    if found.conflicts:
        assert b"\n<<<<<<< " in b"\n" + found.to_bytes(), "no markers"
        answers: tuple[Side, ...] = ("ours", "theirs", "base")
        for answer in answers:
            settled = merge_bytes(*raw, decide=lambda _, side=answer: side)  # type: ignore[misc]
            assert not settled.conflicts
            settled.verify()
        return False
    assert found.document is not None
    assert other.document is not None
    assert _full(found.document.data) == _full(other.document.data), "one-sided"
    return True


def _full(data: object) -> object:
    """Without tables that say nothing: who writes them on the way is of no account."""
    if not isinstance(data, dict):
        return data
    inner = {key: _full(value) for key, value in data.items()}
    return {key: value for key, value in inner.items() if value != {}}
