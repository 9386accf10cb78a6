"""A first roadmap: small, true, and with the next step in its comments.

Nothing that exists is ever overwritten.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import tomli_w

from planner.errors import UsageError

_HEAD = """\
#:schema ./roadmap.schema.json
# (The line above gives editors completion and checks: `planner schema > roadmap.schema.json`.)

[roadmap]
{title}
start = {start}
currency = "EUR"
"""

_INITIATIVES = """
# Lengths are working time: "4w", "20d", or optimistic, likely and pessimistic: ["3w", "4w", "7w"].
[initiatives.{first}]
title = "{first_title}"
portfolio = "it"
estimate = "6w"

[initiatives.{second}]
title = "{second_title}"
portfolio = "marketing"
estimate = "3w"
needs = ["{first}"]
deadline = {deadline}
"""

_EXAMPLE = {
    "first": "customer-api",
    "first_title": "Customer API",
    "second": "spring-launch",
    "second_title": "Spring launch",
}


def start_roadmap(path: Path, *, title: str | None, folder: bool, today: date) -> list[Path]:
    """Write a first roadmap to a file, or one for each side to a folder; returns what was written.

    Raises UsageError where something is there already, or where it can't be written.
    """
    stem = path.name.removesuffix(".toml").replace("-", " ").strip() or "Roadmap"
    head = _HEAD.format(
        title=tomli_w.dumps({"title": title or stem.capitalize()}).strip(), start=today.isoformat()
    )
    deadline = date(today.year + (today.month > 9), (today.month + 2) % 12 + 1, 28)
    body = _INITIATIVES.format(**_EXAMPLE, deadline=deadline.isoformat())
    if not folder:
        return [_write_new(path, head + body)]
    first, second = _split(body)
    return [
        _write_new(path / "roadmap.toml", head),
        _write_new(path / "it.toml", first),
        _write_new(path / "marketing.toml", second),
    ]


def _split(body: str) -> tuple[str, str]:
    at = body.index(f"[initiatives.{_EXAMPLE['second']}]")
    return body[:at].strip() + "\n", body[at:]


def _write_new(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        raise UsageError(f"{path} exists already", hint="name another file") from None
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}") from None
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return path
