"""Merging: findings about one fault, told as one.

The last step of a check, after severities and waivers: what is waived is not taken in, and takes
nothing in. A part keeps its code, its fingerprint and its waiver; what takes it in gets the worst
severity of its parts. Late launches, and late handovers, behind one driver are one finding that is
headed by the driver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from planner.conflicts.context import Context, briefly, shared
from planner.conflicts.findings import Finding, parts_of, worst
from planner.conflicts.rules.dates import head_of
from planner.conflicts.slips import RESTING, RESTS_ON
from planner.roadmap.figures import count, working_days

LINE = 68
"""The columns of a message with the names in it."""

Key = str | tuple[str, ...]
"""An id, the ids of a link, or a fingerprint."""

Sought = Callable[[Finding], Iterable[Key]]
"""What a finding that takes one in is sought by."""

Taken = Callable[[Finding, Finding], bool]
"""Whether the first finding takes in the second."""


def merged(context: Context, each: Iterable[Finding]) -> list[Finding]:
    """Findings with those taken in that are about the same fault as another one."""
    found = list(each)
    for head, codes, sought, takes in TAKES:
        found = _taken_in(found, head, codes, sought, takes)
    return list(_by_driver(context, list(_by_status_date(context, found))))


# --- what is about the same id, or the same link --------------------------------------------------


def _link(one: Finding) -> tuple[Key, ...]:
    return (one.on,)


def _id(one: Finding) -> tuple[Key, ...]:
    return one.on[:1]


def _ids(one: Finding) -> tuple[Key, ...]:
    return one.on[:2]


def _fact(one: Finding) -> tuple[Key, ...]:
    return (one.data.get(RESTS_ON, ""),)


def _agreement(one: Finding) -> tuple[Key, ...]:
    return (f"DATA04:{one.data['agreement']}",)


def _same(_head: Finding, _other: Finding) -> bool:
    """What is found by a link, a fact or an id is on that."""
    return True


def _same_root(head: Finding, other: Finding) -> bool:
    return head.root == other.root


def _same_provider(head: Finding, other: Finding) -> bool:
    """Whether a pair that alters a planned system is one that needs it and one that brings it."""
    if len(other.on) != 2 or other.through != head.through:
        return False
    one, two = other.on
    needs, brings = head.on, head.data["providers"]
    return (one in needs and two in brings) or (one in brings and two in needs)


def _same_retirement(head: Finding, other: Finding) -> bool:
    """Whether a pair at work on a system is what stops it and what still needs it."""
    return other.through == head.through and set(other.on) <= set(head.on)


def _until_moved(head: Finding, other: Finding) -> bool:
    """Whether a capability is lost no longer than until those who need its system are done."""
    again = other.data["again"]
    return head.root == other.root and again is not None and again <= head.data["needed_until"]


def _before_its_end(_head: Finding, other: Finding) -> bool:
    """Whether there is time for a review; just before its work ends, it is an error of its own."""
    return other.severity != "error"


def _same_review(head: Finding, other: Finding) -> bool:
    """Whether what is reviewed too late is what has no review of a system before it starts."""
    work = other.on[1:]
    known = len(work) == 1 or set(work) <= set(head.on)  # it was found by the first of them
    return known and set(head.through) <= set(other.through)


TAKES: tuple[tuple[str, frozenset[str], Sought, Taken], ...] = (
    ("DATE05", RESTING, _fact, _same),
    ("LINK01", frozenset({"LINK02", "LINK03", "LINK04", "LINK06"}), _link, _same),
    ("LINK07", frozenset({"LINK02", "LINK03"}), _link, _same),
    ("LINK02", frozenset({"LINK03", "LINK04", "LINK06"}), _link, _same),
    ("PROM01", frozenset({"LINK01"}), _link, _same),
    ("DATE01", frozenset({"DATE02", "PROM01"}), _id, _same),
    ("PROM01", frozenset({"DATE02"}), _id, _same),
    ("SYS02", frozenset({"SYS01"}), _ids, _same_provider),
    ("SYS03", frozenset({"SYS01"}), _ids, _same_retirement),
    ("SYS03", frozenset({"SYS07"}), _ids, _until_moved),
    ("FREEZE01", frozenset({"FREEZE02", "FREEZE04"}), _ids, _same_root),
    ("DATA04", frozenset({"DATA02"}), _agreement, _before_its_end),
    ("STD01", frozenset({"VIEW03"}), _ids, _same_review),
)
"""Which rule takes in findings of which others, in this order; the first that can takes one in."""


def _taken_in(
    found: list[Finding], head: str, codes: frozenset[str], sought: Sought, takes: Taken
) -> list[Finding]:
    taking = [one for one in found if one.code == head and not one.waived]
    if not taking or not any(one.code in codes for one in found):
        return found
    inside: dict[int, list[Finding]] = {}
    left: list[Finding] = []
    near = _near(taking, sought)
    for one in found:
        by = None
        if one.code in codes and not one.waived:
            heads = (each for key in sought(one) for each in near.get(key, ()))
            by = next((each for each in heads if takes(each, one)), None)
        if by is None:
            left.append(one)
        else:
            inside.setdefault(id(by), []).append(one)
    return [_with(one, inside[id(one)]) if id(one) in inside else one for one in left]


def _near(heads: Iterable[Finding], sought: Sought) -> dict[Key, list[Finding]]:
    """The findings that may take in another, by what that is sought by."""
    found: dict[Key, list[Finding]] = {}
    for one in heads:
        for key in dict.fromkeys(_keys_of(one, sought)):
            found.setdefault(key, []).append(one)
    return found


def _keys_of(head: Finding, sought: Sought) -> Iterable[Key]:
    """The ids, the links or the fingerprint of a finding that may take in another."""
    on = parts_of(head)[0].on
    if sought is _link:
        return (on, *map(tuple, head.data.get("unagreed", ())))
    if sought in (_id, _ids):
        return (*on, *head.data.get("providers", ()))
    return (head.fingerprint,)


def _with(head: Finding, taken: list[Finding]) -> Finding:
    """A finding with others in it, and all that they are on."""
    parts = (*parts_of(head), *(part for one in taken for part in parts_of(one)))
    return replace(
        head,
        severity=worst(parts),
        on=tuple(dict.fromkeys(id for part in parts for id in part.on)),
        data={**head.data, "parts": parts_data(parts)},
        parts=parts,
    )


def parts_data(parts: Iterable[Finding]) -> list[dict[str, object]]:
    """What programs read of the parts of a finding."""
    return [{"code": one.code, "on": list(one.on), "fingerprint": one.fingerprint} for one in parts]


# --- what is known since an old status date ----------------------------------------------------


def _by_status_date(context: Context, found: Iterable[Finding]) -> Iterator[Finding]:
    """Facts of days that have come, and that only the status date is behind, as one."""
    held = list(found)
    later = [one for one in held if _has_come(context, one)]
    if len(later) < MANY:
        yield from held
        return
    head = min(later, key=lambda one: one.kind != "initiatives")
    known = {one.fingerprint for one in later}
    yield from (one for one in held if one.fingerprint not in known)
    yield _behind(context, _with(head, [one for one in later if one is not head]), later)


MANY = 2
"""Facts after the status date from so many tables on have that date as their cause."""


def _has_come(context: Context, one: Finding) -> bool:
    """Whether it is about facts after the status date, and none of a day to come."""
    if one.code != "DATE05" or one.waived:
        return False
    return date.fromisoformat(one.data["last"]) <= context.today


def _behind(context: Context, one: Finding, later: list[Finding]) -> Finding:
    names = [each.id for each in later]
    text = f"{count(len(later), 'table')} with facts after the status date "
    text += f"({context.day(context.as_of)})"
    return replace(
        one,
        on=tuple(dict.fromkeys(each.id for each in later if each.kind == one.kind)),
        message=f"{text}: {briefly(names, max(20, LINE - len(text)))}",
        who=shared(each.who for each in later),
        data={**one.data, "each": [list(each.on) for each in later]},
    )


# --- what is late behind one driver ---------------------------------------------------------------


def _by_driver(context: Context, found: list[Finding]) -> Iterator[Finding]:
    behind: dict[tuple[str, str], list[Finding]] = {}
    for one in found:
        late = None if one.waived else _late(context, one)
        if late is not None:
            behind.setdefault((one.code, head_of(context, late)), []).append(one)
    several = {key: ones for key, ones in behind.items() if len(ones) > 1}
    of = {one.fingerprint: key for key, ones in several.items() for one in ones}
    for one in found:
        key = None if one.waived else of.get(one.fingerprint)
        if key is None:
            yield one
        elif key in several:
            yield _headed(context, key[1], several.pop(key))


def _late(context: Context, finding: Finding) -> str | None:
    """The work whose lateness a finding of late launches or handovers tells of."""
    if finding.code == "DATE06":
        return finding.on[1]
    if finding.code == "DATE01" and context.roadmap.initiatives[finding.id].is_launch:
        return finding.id
    return None


def _headed(context: Context, driver: str, found: list[Finding]) -> Finding:
    """Several late launches or handovers as one, headed by what drives them.

    It has no fingerprint of its own: its first part's stands for it.
    """
    ordered = sorted(found, key=lambda one: (-one.data["days"], one.on))
    first = ordered[0]
    handovers = first.code == "DATE06"
    what = count(len(found), "handover" if handovers else "launch")
    late = f"{what} up to {working_days(first.data['days'])} late due to {driver}"
    parts = tuple(part for one in ordered for part in parts_of(one))
    ids = (driver, *(id for one in ordered for id in one.on))
    named = briefly((one.on[0] for one in ordered), max(20, LINE - len(late)))
    return Finding(
        code=first.code,
        rule=first.rule,
        severity=worst(found),
        on=tuple(dict.fromkeys(ids)),
        root=parts[0].root,
        message=f"{late}: {named}",
        who=context.owner(driver) if handovers else first.who,
        data={
            "driver": driver,
            "count": len(found),
            "days": first.data["days"],
            "each": [list(one.on) for one in ordered],
            "parts": parts_data(parts),
        },
        parts=parts,
    )
