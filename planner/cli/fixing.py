"""`planner check --fix`: the ways out of findings, previewed, and one of them applied."""

from __future__ import annotations

from collections.abc import Iterator

from planner.cli.edit import keep
from planner.cli.findings_text import finding_line
from planner.conflicts.findings import Finding
from planner.errors import UsageError
from planner.roadmap.ids import nearest
from planner.session import Session
from planner.text.visible import visible, visible_page


def fix_text(
    session: Session, wanted: str, apply: int | None, *, dry_run: bool = False
) -> Iterator[str]:
    """Each chosen finding with its fixes and their consequences; with `apply`, make that one."""
    findings = _chosen(session, wanted)
    if apply is not None:
        yield from _apply(session, findings, wanted, apply, dry_run)
        return
    for finding in findings:
        yield finding_line(session, finding)
        for number, (fix, consequence) in enumerate(session.fixes(finding), 1):
            needs = f" · needs the yes of {' and '.join(fix.needs_yes)}" if fix.needs_yes else ""
            yield f"  {number}. {visible(fix.title)}"
            yield f"     → {visible(consequence.line())}{visible(needs)}"


def _apply(
    session: Session, findings: list[Finding], wanted: str, number: int, dry_run: bool
) -> Iterator[str]:
    if len(findings) != 1:
        raise UsageError(
            f"--apply needs one finding, and {wanted or 'this'} names {len(findings)}",
            hint="name it as CODE:ID, for example DATE01:peak-readiness",
        )
    offers = session.fixes(findings[0])
    if not 1 <= number <= len(offers):
        raise UsageError(f"there is no fix {number}", hint=f"there are {len(offers)}")
    fix, _ = offers[number - 1]
    consequence = session.apply(fix.edit, label=fix.title)
    if dry_run:
        yield visible_page(session.diff().removesuffix("\n"))
    else:
        keep(session)
    yield f"{'would do' if dry_run else 'done'}: {visible(fix.title)}"
    yield f"  → {visible(consequence.line())}"


def _chosen(session: Session, wanted: str) -> list[Finding]:
    findings = [finding for finding in session.plan.findings if not finding.waived]
    code, _, id = wanted.partition(":")
    if not code:
        return findings
    of_code = [f for f in findings if code.upper() == f.code or code.lower() == f.rule]
    chosen = [f for f in of_code if not id or id in f.on]
    if not chosen:
        names = sorted(
            {f.code for f in findings} if not of_code else {i for f in of_code for i in f.on}
        )
        near = nearest(id if of_code else code.upper(), names)
        raise UsageError(
            f"no finding {wanted}", hint=f"did you mean {near}?" if near else "see `planner check`"
        )
    return chosen
