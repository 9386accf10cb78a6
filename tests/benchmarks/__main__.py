"""`python -m tests.benchmarks [COUNT …]`: every figure beside its goal, side by side in one run.

`python -m tests.benchmarks history [COUNT …]` is the record of so many commits, by itself, and
`python -m tests.benchmarks links` what each view sends over the line.
Figures are medians. Ratios count, absolute times belong to the machine. Needs nothing but the dev
extra; generated roadmaps go to a temporary folder.
"""

from __future__ import annotations

import compileall
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.history import main as history
from tests.benchmarks.links import main as links
from tests.benchmarks.rich import write_rich
from tests.benchmarks.roadmaps import write_roadmap
from tests.terminals import Terminal

ROOT = Path(__file__).resolve().parents[2]
PLANNER = [sys.executable, "-m", "planner"]
BARE = [sys.executable, "-m", "tests.benchmarks.bare"]


def main(counts: Sequence[int]) -> None:
    """Measure each size in turn, with compiled bytecode, as an installed planner has it."""
    compileall.compile_dir(str(ROOT / "planner"), quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            path = write_roadmap(Path(folder), count)
            print(f"\n{count} initiatives, {path.stat().st_size / 1024:.0f} kB")
            commands(path, count)
            if count <= 10_000:
                edits(path, count)
                merges(path)
                terminal(path)
                every_family(path, write_rich(Path(folder), count), count)
        report(Path(folder))


def row(what: str, figure: str, goal: str) -> None:
    """One line of the table."""
    print(f"  {what:<44} {figure:>26}   goal {goal}", flush=True)


def commands(path: Path, count: int) -> None:
    """`check` and `show --json` against the floor, interleaved."""
    runs = 7 if count <= 10_000 else 3
    floor, check, show = [], [], []
    for _ in range(runs):
        floor.append(_wall([sys.executable, "-m", "tests.benchmarks.floor", str(path)]))
        check.append(_wall([*PLANNER, "check", str(path)]))
        show.append(_wall([*PLANNER, "show", "--json", str(path)]))
    base = statistics.median(floor)
    goal = "≤ 3 ×" if count <= 1_000 else "≤ 1.5 ×"
    row("floor: tomllib and bare CPM", f"{base * 1000:.0f} ms", "-")
    for name, times in (("check", check), ("show --json", show)):
        middle = statistics.median(times)
        row(name, f"{middle * 1000:.0f} ms = {middle / base:.2f} × floor", goal)


def report(folder: Path, count: int = 150) -> None:
    """The page for people without a terminal, of a roadmap as large as they come."""
    path, page = write_roadmap(folder, count), folder / "report.html"
    command = [*PLANNER, "report", str(page), str(path), "--force"]
    middle = statistics.median(_wall(command) for _ in range(5))
    print(f"\n{count} initiatives, the report")
    row("report FILE.html", f"{middle * 1000:.0f} ms", "500 ms")
    row("its size", f"{page.stat().st_size / 1024:.0f} kB", "400 kB")


def every_family(plain: Path, rich: Path, count: int) -> None:
    """A plan of which every family of rules has much to say, beside the plain one."""
    print(f"\n{count} initiatives of which every rule speaks, {rich.stat().st_size / 1024:.0f} kB")
    base, check = [], []
    for _ in range(5):
        base.append(_wall([*PLANNER, "check", str(plain)]))
        check.append(_wall([*PLANNER, "check", str(rich)]))
    middle = statistics.median(check)
    ratio = middle / statistics.median(base)
    row("check", f"{middle * 1000:.0f} ms = {ratio:.2f} × the plain one", "≤ 3 ×")
    edits(rich, count)


def merges(path: Path) -> None:
    """Two people's ten edits each, merged, beside reading one of the files."""
    from planner.merge.three_way import merge_bytes
    from planner.text.document import Document

    text = path.read_text(encoding="utf-8")
    first = "[initiatives.work-00007]\n"
    several = text.replace(first, f'{first}notes = """\nOne\n[x]\n"""\n')
    renamed = text.replace("work-00009", "work-renamed")
    cases = (
        ("merge of ten edits a side", text, text, "≤ 1 ×"),
        ("the same with a text of several lines", several, several, "≤ 1 ×"),
        ("the same with a rename", text, renamed, "≤ 1.5 ×"),
    )
    for name, base, other, goal in cases:
        was, ours, theirs = (
            side.encode() for side in (base, _edited(base, "0"), _edited(other, "5"))
        )
        reading, merging = [], []
        for _ in range(7):
            reading.append(_timed(lambda: Document.parse(was, "")))  # noqa: B023
            merging.append(_timed(lambda: merge_bytes(was, ours, theirs)))  # noqa: B023
        ratio = statistics.median(merging) / statistics.median(reading)
        row(name, f"{_ms(merging)} = {ratio:.2f} × reading one", goal)


def _edited(text: str, digit: str) -> str:
    """A note on ten initiatives, others for each digit."""
    for number in range(1, 11):
        header = f"[initiatives.work-{number:04d}{digit}]\n"
        text = text.replace(header, f'{header}notes = "Edited"\n')
    return text


def edits(path: Path, count: int) -> None:
    """An edit to new dates, its findings, undo, and a save, in this process."""
    from planner.session.session import Session
    from planner.text.edits import SetKey

    session = Session.open(path)
    _ = session.plan.findings
    names = list(session.plan.roadmap.initiatives)
    dates, findings, undo = [], [], []
    for number in range(15):
        id = names[(number * 997) % len(names)]
        edit = SetKey("initiatives", id, ("estimate",), f"{3 + number % 5}w")
        dates.append(_timed(lambda edit=edit: session.apply(edit)))  # type: ignore[misc]
        findings.append(_timed(lambda: session.plan.findings))
        if number % 3 == 0:
            undo.append(_timed(session.history.undo))
    first, second = ("10 ms", "100 ms") if count <= 1_000 else ("50 ms", "250 ms")
    row("an edit to the new dates", _ms(dates), first)
    row("its findings, after the dates", _ms(findings), second)
    row("undo", _ms(undo), first)
    row("save", f"{_timed(session.save) * 1000:.1f} ms", "300 ms at 10,000")


def _has_rows(text: str) -> bool:
    """Whether the plan's rows stand on the board, whichever it opens on."""
    return re.search(r"Initiative \d+ of", text) is not None


def terminal(path: Path) -> None:
    """First paint against a bare application, a cursor move, a scroll, idle, memory."""
    paints, plans, bare = [], [], []
    for _ in range(5):
        with Terminal(BARE, 120, 36) as program:
            program.wait_for("bare")
            bare.append(time.perf_counter() - program.started)
        with Terminal([*PLANNER, str(path)], 120, 36) as program:
            program.wait_for(lambda text: bool(text.strip()))
            paints.append(time.perf_counter() - program.started)
            program.wait_for(_has_rows)
            plans.append(time.perf_counter() - program.started)
    base, own, all = map(statistics.median, (bare, paints, plans))
    row(
        "first paint",
        f"{own * 1000:.0f} ms = {own / base:.2f} × bare",
        "≤ 1.5 × at 100, ≤ 2.5 × at 10,000",
    )
    row(
        "the plan on screen",
        f"{all * 1000:.0f} ms = {all / base:.2f} × bare",
        "1.2 s after the paint at 10,000",
    )
    with Terminal([*PLANNER, str(path)], 120, 36) as program:
        program.wait_for(_has_rows)
        program.settle(1.0)
        moves = [program.timed("up", quiet=0.05) for _ in range(12)]
        program.settle(0.5)
        row(
            "cursor up, key to last byte",
            _ms([seconds for _, seconds in moves]),
            "5 ms at 10,000",
        )
        row(
            "cursor up, bytes at 120×36",
            f"{int(statistics.median(b for b, _ in moves))} B",
            "800 B",
        )
        program.settle(1.0)
        before = program.processor_seconds()
        idle = 0
        end = time.perf_counter() + 5
        while time.perf_counter() < end:
            idle += program.read(0.5)
        used = (program.processor_seconds() - before) / 5
        row("idle for 5 s", f"{idle} B, {used:.1%} of a core", "0 B, 0 %")
        row("memory", f"{program.memory_megabytes():.0f} MB", "80 MB at 1,000, 150 MB at 10,000")


def _wall(command: Sequence[str]) -> float:
    started = time.perf_counter()
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode not in (0, 1):
        raise SystemExit(result.stderr.decode())
    return time.perf_counter() - started


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _ms(times: Sequence[float]) -> str:
    return f"{statistics.median(times) * 1000:.1f} ms (worst {max(times) * 1000:.1f})"


if __name__ == "__main__":
    words = sys.argv[1:]
    if words == ["links"]:
        links()
    elif words[:1] == ["history"]:
        history(list(map(int, words[1:])))
    else:
        main(list(map(int, words)) or [100, 1_000, 10_000])
