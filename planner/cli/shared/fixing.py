"""`planner check --fix`: the best fix of a conflict applied, or the fixes to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.cli.shared.edit import keep, written_text
from planner.cli.shared.findings_text import findings_text, text_width
from planner.conflicts.findings import Finding, taken_in
from planner.entry.questions import question
from planner.errors import UsageError
from planner.pages.canvas import phrases
from planner.pages.fixes import fix_lines, fix_title, outcome_lines
from planner.pages.lines import plain
from planner.plan.impact_line import parts_of
from planner.plan.offers import Offers, all_offers
from planner.roadmap.figures import count
from planner.roadmap.ids import nearest
from planner.session.session import Session
from planner.text.phrases import did_you_mean, typed
from planner.text.shell import sayable, word
from planner.text.visible import visible, visible_page

if TYPE_CHECKING:
    from planner.conflicts.fix import Fix
    from planner.plan.impact import Consequence


MOST_NAMED = 8
"""So many parts of a finding are named."""


def fix_text(
    session: Session, wanted: str, apply: int | None, *, dry_run: bool = False
) -> Iterator[str]:
    """Apply the best fix of each chosen conflict, or number `apply` of one; save, and report.

    Where nothing was chosen, or somebody has to choose, the fixes are listed instead. With
    `dry_run` nothing is saved, and what would be written is shown.
    """
    findings = conflicts_named(session, wanted)
    if apply is not None:
        yield from _apply(session, findings, wanted, apply, dry_run)
    elif wanted:
        yield from _best(session, findings, dry_run)
    else:
        for finding in findings:
            yield from findings_text(session, [finding])
            yield from _listed(session, all_offers(session.plan, finding))
            yield from _parts(finding)


def _best(session: Session, findings: list[Finding], dry_run: bool) -> Iterator[str]:
    made = 0
    for one in findings:
        finding = _still(session, one)
        if finding is None:
            continue  # what was made before it has cleared it too
        yield from findings_text(session, [finding])
        offers = all_offers(session.plan, finding)
        why = _why_not(session, finding, offers)
        if why or dry_run:
            yield from _listed(session, offers)
        if why:
            yield from phrases(
                [f"  not applied: {why}", *_hint(finding, offers)], text_width(), "    ", "; "
            )
            continue
        fix = offers.found[0].fix
        before = session.workspace
        consequence = session.apply(fix.edit, label=fix.title)
        made += 1
        yield f"  {'would apply' if dry_run else 'applied'}: {fix_title(session.plan, fix)}"
        if not dry_run:
            wrote = written_text(before, session.workspace, fix.edit)
            yield from (f"  {line}" for line in wrote)
            yield from _outcome(session, fix, consequence)
    if made and dry_run:
        yield visible_page(session.diff().rstrip("\n"))
    elif made:
        keep(session)


def _still(session: Session, finding: Finding) -> Finding | None:
    now = (each for each in _each(session) if each.fingerprint == finding.fingerprint)
    return next(now, None)


def _shown(session: Session) -> list[Finding]:
    return [finding for finding in session.plan.findings if not finding.waived]


def _each(session: Session) -> list[Finding]:
    """The findings as they are shown, then one by one what they have taken in."""
    return [*_shown(session), *(part for one in _shown(session) for part in taken_in(one))]


def _why_not(session: Session, finding: Finding, offers: Offers) -> str:
    """Why the best fix is not applied unless it is chosen by its number."""
    from planner.conflicts.fix_choice import undecided

    asked = None if offers.found else question(finding, session.plan)
    if asked is not None:
        return f"only a person can {visible(asked.title)}"
    return undecided([one.fix for one in offers.found]) or visible(offers.found[0].only_listed)


def _listed(session: Session, offers: Offers) -> Iterator[str]:
    for number, one in enumerate(offers.found, 1):
        lines = fix_lines(session.plan, one.fix, one.parts, text_width() - 2, f"{number}. ")
        yield from (f"  {line}" for line in plain(lines))
    if offers.failed:
        yield f"  ✗ {visible(offers.failed)}"


def _parts(finding: Finding) -> Iterator[str]:
    """How the fixes of what a finding has taken in are listed."""
    named = [word(name) for one in taken_in(finding) if sayable(name := _name(one))]
    if named:
        told = [*named[:MOST_NAMED], *["…"] * (len(named) > MOST_NAMED)]
        lead = "  fixes of its parts: --fix "
        yield from phrases([f"{lead}{told[0]}", *told[1:]], text_width(), "    ", ", ")


def _outcome(session: Session, fix: Fix, consequence: Consequence) -> Iterator[str]:
    yield from plain(outcome_lines(session.plan, fix, parts_of(consequence), text_width()))


def _hint(finding: Finding, offers: Offers) -> Iterator[str]:
    name = _name(finding)
    if offers.found and sayable(name):
        yield f"apply one with --fix {word(name)} --apply N"


def _name(finding: Finding) -> str:
    """By what a finding is chosen: its rule, and the ids that make it this one."""
    ids = finding.on[:1] if finding.together else finding.root
    return ":".join((finding.code, *ids))


def _apply(
    session: Session, findings: list[Finding], wanted: str, number: int, dry_run: bool
) -> Iterator[str]:
    if len(findings) != 1:
        raise UsageError(
            f"--apply needs one conflict, {len(findings)} match {typed(wanted or '--fix')}",
            hint="name it as CODE:ID, for example DATE01:peak-readiness",
        )
    offers = all_offers(session.plan, findings[0]).found
    if not 1 <= number <= len(offers):
        raise UsageError(
            f"there is no fix {number}", hint=f"{count(len(offers), 'fix', 'fixes')} in the list"
        )
    fix = offers[number - 1].fix
    before = session.workspace
    consequence = session.apply(fix.edit, label=fix.title)
    wrote: list[str] = []
    if dry_run:
        yield visible_page(session.diff().removesuffix("\n"))
    else:
        wrote = [*written_text(before, session.workspace, fix.edit)]
        keep(session)
    yield f"{'would apply' if dry_run else 'applied'}: {fix_title(session.plan, fix)}"
    yield from (f"  {line}" for line in wrote)
    yield from _outcome(session, fix, consequence)


def conflicts_named(session: Session, wanted: str) -> list[Finding]:
    """What `CODE:ID` or `CODE` means; all conflicts for an empty text. Raises UsageError."""
    code, _, id = wanted.partition(":")
    if not code:
        return _shown(session)
    findings = _each(session)
    of_code = [f for f in findings if code.upper() == f.code or code.lower() == f.rule]
    chosen = [f for f in of_code if ":".join(f.root) == id]
    chosen = chosen or _widest([f for f in of_code if not id or _is_about(f, id)])
    if not chosen:
        names = sorted(
            {f.code for f in findings} if not of_code else {i for f in of_code for i in f.on}
        )
        near = nearest(id if of_code else code.upper(), names)
        raise UsageError(
            f"there is no conflict {typed(wanted)}",
            hint=did_you_mean(near, "`planner check` lists them"),
        )
    return chosen


def _widest(findings: list[Finding]) -> list[Finding]:
    """Those that no other of the same rule stands for."""
    inside = {one.fingerprint for each in findings for one in taken_in(each)}
    return [one for one in findings if one.fingerprint not in inside]


def _is_about(finding: Finding, named: str) -> bool:
    """Whether a name means a finding: ids between colons, which an id may have too."""
    ids = {*finding.on, *finding.root}
    return named in (":".join(finding.root), *ids) or ids.issuperset(named.split(":"))
