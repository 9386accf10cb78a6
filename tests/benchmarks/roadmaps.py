"""Random layered roadmaps of N initiatives, 1.8 links each, two portfolios."""

from __future__ import annotations

import random
from pathlib import Path

TEAMS = {
    "marketing": ("brand", "crm", "growth", "media", "web"),
    "it": ("data", "identity", "platform", "privacy", "web-eng"),
}
LINK_SUFFIXES = ("", "", "", "", "", "", " SS+5d", " FF+3d", " +2d", " SS")


def roadmap_text(count: int, seed: int = 7) -> str:
    """The text of a roadmap with `count` initiatives in layers of about the square root of it."""
    draw = random.Random(seed)
    parts = ['[roadmap]\ntitle = "Generated"\nstart = 2027-03-01\nstatus_date = 2027-03-01\n']
    for side, teams in TEAMS.items():
        parts += [f'[teams.{team}]\nportfolio = "{side}"\n' for team in teams]
    width = max(3, round(count**0.5 * 1.5))
    parts += [_initiative(number, count, width, draw) for number in range(count)]
    return "\n".join(parts)


def write_roadmap(folder: Path, count: int, seed: int = 7) -> Path:
    """Write such a roadmap to a file in `folder`; returns its path."""
    path = folder / f"generated-{count}.toml"
    path.write_text(roadmap_text(count, seed), encoding="utf-8")
    return path


def _initiative(number: int, count: int, width: int, draw: random.Random) -> str:
    side = draw.choice(("marketing", "it"))
    lines = [
        f"[initiatives.{_id(number)}]",
        f'title = "Initiative {number} of {side}"',
        f'owner = "{draw.choice(TEAMS[side])}"',
        f'estimate = "{draw.randint(1, 8)}w"',
    ]
    if needs := _needs(number, width, draw):
        lines.append("needs = [" + ", ".join(f'"{need}"' for need in needs) + "]")
    if number == count - 1:
        lines.append("deadline = 2032-10-01")
    return "\n".join(lines) + "\n"


def _needs(number: int, width: int, draw: random.Random) -> list[str]:
    if number < width:
        return []
    links = draw.choice((1, 2, 2, 2, 2))
    pool = range(max(0, number - 2 * width), number - width // 2)
    chosen = draw.sample(pool, min(links, len(pool)))
    return [_id(other) + draw.choice(LINK_SUFFIXES) for other in chosen]


def _id(number: int) -> str:
    return f"work-{number:05d}"
