"""Fixes of a finding, as edits.

Each is one edit with whose yes it needs and, where it is about dates, what it wins on the whole
plan: the schedule was run again for it. None of them is made here; whoever shows them previews
each, and applies one. Best first: what clears the finding, and of that what may be made by itself;
then what adds no error, then what wins most; what gives up scope last. Two that write the same are
one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_choice import CUT, Changes, alike, changes, why_chosen
from planner.conflicts.registry import RULES, check, run_rule
from planner.conflicts.rule import Rule
from planner.conflicts.trial import after_edits, tables_of
from planner.errors import EditRefused

__all__ = ["Fix", "Fixes", "failure", "fixes", "rank"]

MOST = 8
"""No finding has more fixes than this."""

TITLE = 100
"""No fix is called by more columns than this."""

Fixer = Callable[[Ask], Iterator[Fix]]


class Fixes(Struct, frozen=True):
    """The fixes of a finding, best first. `failed` says why there may be more, where a bug kept
    them from being found.
    """

    found: tuple[Fix, ...] = ()
    failed: str = ""

    def __iter__(self) -> Iterator[Fix]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


def fixes(finding: Finding, context: Context, *, trials: int | None = None) -> Fixes:
    """The fixes of a finding; none where there is none that an edit can make.

    `trials` limits how many schedules are run to find what can give, where a list of many findings
    has to be quick; without it the plan's size decides.
    Raises EditRefused where the plan was made without its tables, and nothing else.
    """
    tables_of(context)
    if finding.together:
        return _of_each(finding, context, trials)
    fixer = fixer_of(RULES[finding.code])
    return Fixes() if fixer is None else _offered(fixer, asked(finding, context, trials))


def asked(finding: Finding, context: Context, trials: int | None = None) -> Ask:
    """What is asked of the function that offers the fixes of a finding, but for what it took in."""
    own = (one for one in finding.parts if one.fingerprint == finding.fingerprint)
    return Ask(next(own, finding), context, run_rule, check, trials)


def fixer_of(rule: Rule) -> Fixer | None:
    """The function that offers the fixes of a rule; None where no edit can clear its findings."""
    if not rule.fixes:
        return None
    family, name = rule.fixes.split(".")
    found: Fixer = getattr(import_module(f"planner.conflicts.fixes.{family}"), name)
    return found


def failure(bug: Exception) -> str:
    """What is said where a bug keeps fixes from being found or tried."""
    return f"not every fix could be tried: a bug in planner ({type(bug).__name__}: {bug})"


def _offered(fixer: Fixer, ask: Ask) -> Fixes:
    """What a fixer offers. One that fails offers what it had, and says so."""
    found: list[Fix] = []
    failed = ""
    try:
        for fix in _judged(islice(fixer(ask), MOST), ask.context):
            found.append(fix)
    except Exception as bug:  # whoever asks for all findings would lose every other one's fixes
        failed = failure(bug)
    found.sort(key=rank)
    return Fixes(tuple(found), failed)


def _judged(found: Iterable[Fix], context: Context) -> Iterator[Fix]:
    """Those that change anything, each once, with what a person has to choose them for."""
    for fix, change in _once(found, context):
        why = fix.choice if fix.choice is not None else why_chosen(change, context)
        yield replace(fix, title=one_line(fix.title), choice=why)


def _once(found: Iterable[Fix], context: Context) -> Iterator[tuple[Fix, Changes]]:
    """Each fix that changes anything with its changes; of those that write the same the first."""
    known: list[Changes] = []
    for fix in found:
        try:
            change = changes(fix.edit, context)
        except EditRefused:
            continue
        if change and not any(alike(change, other) for other in known):
            known.append(change)
            yield fix, change


def one_line(title: str) -> str:
    """A title in at most `TITLE` columns; its edit has all of it."""
    return title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…"


def _of_each(finding: Finding, context: Context, trials: int | None) -> Fixes:
    """For many findings reported as one: the best fix of each of the first few, each once.

    One of them alone clears the finding only where all have one driver; of the worst of those all
    fixes are offered.
    """
    told = [tuple(on) for on in finding.data["each"]]
    try:
        single = {one.on: one for one in run_rule(context, finding.code)}
    except Exception:  # the rule has said by itself that it failed
        return Fixes()
    ways = [fixes(single[on], context, trials=trials) for on in told[:MOST] if on in single]
    worst = ways[0].found if "driver" in finding.data and ways else ()
    best = (*(fix for one in ways for fix in one.found[:1]), *worst)
    once = (fix for fix, _ in islice(_once(best, context), MOST))
    found = [replace(fix, clears=_clears_all(finding, fix, context)) for fix in once]
    found.sort(key=rank)
    return Fixes(tuple(found), next((one.failed for one in ways if one.failed), ""))


def _clears_all(finding: Finding, fix: Fix, context: Context) -> bool:
    """Whether a fix clears all that have one driver."""
    after = after_edits(context, [fix.edit]) if "driver" in finding.data else None
    if after is None:
        return False
    told = {tuple(on) for on in finding.data["each"]}
    return all(one.on not in told for one in run_rule(after, finding.code))


def rank(fix: Fix) -> tuple[bool, bool, bool]:
    """What gives up scope comes last; first what clears it, then what nobody has to choose."""
    return fix.choice == CUT, not fix.clears, bool(fix.choice)
