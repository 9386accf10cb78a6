"""DATA: data about people, and the consent it is used with.

Storing data is never a finding here; using it on customers is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from msgspec import Struct

from planner.conflicts.allowances import Agreements, access_of_teams, level
from planner.conflicts.context import Context, briefly, by_count, naming, shared
from planner.conflicts.evidence import (
    HISTORY,
    Change,
    Part,
    Wanted,
    in_git,
    review,
    reviewed,
)
from planner.conflicts.findings import TOGETHER, Also, Finding
from planner.conflicts.personal_data import consent_systems, reviewers
from planner.conflicts.providers import gone_by, is_planned, providers_of
from planner.conflicts.rule import Limits, RollUp, Rule, Topic, in_use
from planner.network.marks import first_of, reached_from
from planner.roadmap.entities import Agreement, Initiative
from planner.roadmap.figures import count
from planner.roadmap.references import mistyped

USES = ("processes", "activates")
PARTIES = ("accountable", "responsible", "consulted", "informed")

LINE = 70
"""The columns of a message and the ids that it lists."""


def consent_missing(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Open work that activates personal data with no consent live, or brought before it starts."""
    activating = _activating(context)
    until = consent_until(context) if activating else None
    if until is None:
        return
    providers = consent_providers(context)
    ordered = context.by_finish(providers)
    bit = {id: 1 << number for number, id in enumerate(ordered)}
    after = reached_from(context.network, bit) if bit else {}
    lacking = ", but no system provides consent"
    if until > date.min:
        lacking += f" after {context.day(until)}"
    elif providers:
        lacking = f" before consent ({briefly(providers, 20)})"
    for initiative in activating:
        dates = context.dates(initiative.id)
        if dates is not None and dates.start <= until:
            continue
        before = after.get(initiative.id, 0)
        brought = before and context.done_before(ordered[first_of(before)], initiative.id)
        if not brought and initiative.id not in bit:
            yield _finding(context, initiative, providers, lacking)


def _activating(context: Context) -> list[Initiative]:
    return [one for one in context.open if one.activates and context.is_personal(one.activates)]


def consent_until(context: Context) -> date | None:
    """The last day on which a system with that capability is live, or was brought live by finished
    work: none where it stays so, the first of all days where there is no such system.
    """
    providers = providers_of(context)
    there = [id for id in consent_systems(context) if not is_planned(context, id, providers)]
    live = [id for id in there if context.roadmap.systems[id].status != "retired"]
    retiring = [one for one in context.having("retires") if one.status != "dropped"]
    gone = gone_by(context, retiring) if live else {}
    if any(id not in gone for id in live):
        return None
    return max((gone[id][0] for id in live), default=date.min)


def consent_providers(context: Context) -> list[str]:
    """The initiatives that introduce a system with that capability, dropped ones left out."""
    systems = set(consent_systems(context))
    return [
        one.id
        for one in context.roadmap.initiatives.values()
        if one.status != "dropped" and systems.intersection(one.introduces)
    ]


def _finding(
    context: Context, initiative: Initiative, providers: list[str], lacking: str
) -> Finding:
    personal = [data for data in initiative.activates if context.is_personal((data,))]
    who = context.owner(initiative.id)
    return Finding(
        on=(initiative.id,),
        key=("activates",),
        through=tuple(personal),
        root=(initiative.id,),
        size=by_count(len(personal), "data class", "without consent", plural="data classes"),
        message=f"{initiative.id} uses personal data{lacking}",
        who=who,
        data={"activates": personal, "providers": providers},
    )


# --- DATA02 ---------------------------------------------------------------------------------------


def privacy_review_missing(context: Context, limits: Limits) -> Iterator[Finding]:
    """Work on data about people without the view of who looks after that data; one finding for
    each class of data.
    """
    lacking: dict[str, dict[str, list[str]]] = {}
    for initiative in _working_on_personal(context):
        for data in _personal(context, initiative):
            parties = _lacking(context, initiative, data)
            if parties:
                lacking.setdefault(data, {})[initiative.id] = parties
    following = _following_reviewed(context, lacking)
    agreed = access_of_teams(context)
    terms = _Terms(context)
    for data, found in lacking.items():
        unseen = {
            id: parties
            for id, parties in found.items()
            if not _goes_without(context, context.roadmap.initiatives[id], data, following, agreed)
        }
        if unseen:
            against = _all_against(context, terms, unseen, data)
            yield _unseen(context, data, unseen, against, limits["review_days"])


def _working_on_personal(context: Context) -> list[Initiative]:
    working = context.open_having(*USES)
    return [one for one in working if one.kind != "review" and _personal(context, one)]


def _personal(context: Context, initiative: Initiative) -> list[str]:
    """The data about people that it processes or activates, each once."""
    named = dict.fromkeys((*initiative.processes, *initiative.activates))
    return [data for data in named if context.is_personal((data,))]


def _lacking(context: Context, initiative: Initiative, data: str) -> list[str]:
    """Who looks after some data and has given no view of the work."""
    return [one for one in reviewers(context, (data,)) if not _seen(context, initiative, one)]


def _seen(context: Context, initiative: Initiative, party: str) -> bool:
    """Whether a team or one of its people has given its view; its own work needs none."""
    team = context.team_of_party(party)
    given = {context.team_of_party(one) for one in initiative.reviews}
    return team in given or party in initiative.reviews or context.team(initiative.id) == team


Following = tuple[dict[str, int], dict[str, int]]
"""The bit of each class of data, and of each initiative those whose reviewed use it follows."""


def _following_reviewed(context: Context, lacking: Iterable[str]) -> Following:
    """What comes after work on the same data that those who look after it have seen; what may be
    done with data that a working agreement names, is said there.
    """
    named = {data for one in context.roadmap.agreements.values() for data in one.data}
    bit = {data: 1 << number for number, data in enumerate(lacking) if data not in named}
    seen: dict[str, int] = {}
    for one in context.roadmap.initiatives.values() if bit else ():
        for data in _personal(context, one) if one.status != "dropped" else ():
            if data in bit and not _lacking(context, one, data):
                seen[one.id] = seen.get(one.id, 0) | bit[data]
    return bit, reached_from(context.network, seen) if seen else {}


def _goes_without(
    context: Context,
    initiative: Initiative,
    data: str,
    following: Following,
    agreed: Callable[[str, str | None], int],
) -> bool:
    """Whether work that only activates data and asked nobody needs no view of its own: it stays
    within what both sides agreed for its team, or follows reviewed work on data of which no
    agreement speaks.
    """
    if data in initiative.processes or initiative.reviews:
        return False
    bit, marks = following
    if marks.get(initiative.id, 0) & bit.get(data, 0):
        return True
    return agreed(data, context.team(initiative.id)) >= level(context.classification(data))


def _unseen(
    context: Context, data: str, lacking: dict[str, list[str]], against: str | None, near: int
) -> Finding:
    ids = context.by_start(lacking)
    finishes = {id: found.finish for id in ids if (found := context.dates(id)) is not None}
    soon = {id for id, day in finishes.items() if context.days(context.as_of, day) <= near}
    first = context.roadmap.initiatives[ids[0]]
    parties = list(dict.fromkeys(one for id in ids for one in lacking[id]))
    by = briefly(map(context.roadmap.party_title, parties), 20)
    named = [f"{id} ({context.day(finishes[id])})" if id in soon else id for id in ids]
    if len(ids) > 1:
        lacks = f"no review of {data} by {by}"
        text = f"{lacks}: {briefly(named, LINE - len(lacks) - 2)}"
        if len(text) > LINE:
            text = f"{count(len(ids), 'initiative')} have {lacks}"
    else:
        when = f" (finishes {context.day(finishes[ids[0]])})" if soon else ""
        text = f"{ids[0]} has no review of {data} by {by}{when}"
    return Finding(
        severity="error" if soon else "warning",
        on=tuple(ids),
        key=(naming(first, data, USES),),
        through=(data,),
        root=(data,),
        size=by_count(len(ids), "initiative", "without a review", data),
        also=tuple(Also((data, id)) for id in ids),
        message=text,
        who=context.together(ids),
        data={
            "data": [data],
            "reviewers": parties,
            "lacking": lacking,
            "agreement": against,
            "finishes": {id: finishes[id].isoformat() for id in sorted(soon)},
        },
    )


# --- DATA03 ---------------------------------------------------------------------------------------


def review_outdated(context: Context, _limits: Limits) -> Iterator[Finding]:
    """What was changed after somebody looked at open work that rests on it; one for each part."""
    outdated: dict[Part, dict[str, list[str]]] = {}
    for initiative in context.open_having("reviews") if context.evidence else ():
        changes = {part: _changed(context, part) for part in reviewed(initiative)}
        for party, day in initiative.reviews.items():
            for part in _later(context, changes, review(initiative, party), day):
                outdated.setdefault(part, {}).setdefault(initiative.id, []).append(party)
    for part, reviews in outdated.items():
        change = _changed(context, part)
        assert change is not None
        yield _outdated(context, part, change, reviews)


def _reviews_asked(context: Context, _limits: Limits) -> Wanted:
    """Each review of open work, and all that it has looked at."""
    found: set[Part] = set()
    for initiative in context.open_having("reviews"):
        found.update(reviewed(initiative))
        found.update(review(initiative, party) for party in initiative.reviews)
    return Wanted(frozenset(found))


def _changed(context: Context, part: Part) -> Change | None:
    return context.last_change(part)


def _later(
    context: Context, changes: Mapping[Part, Change | None], given: Part, day: date
) -> list[Part]:
    """What was changed after a review, and after it was written down: it saw what came with it."""
    written = _changed(context, given)
    if written is None:
        return []
    seen = max(day, written.day)
    return [part for part, each in changes.items() if each is not None and each.day > seen]


def _outdated(
    context: Context, part: Part, change: Change, reviews: dict[str, list[str]]
) -> Finding:
    kind, id, key = part
    ids = context.by_start(reviews)
    parties = list(dict.fromkeys(party for one in ids for party in reviews[one]))
    by = briefly(map(context.roadmap.party_title, parties), 20)
    where = f"{ids[0]}: " if len(ids) == 1 else ""
    what = f"after the review by {by}" if where else f"after reviews of {briefly(ids, 28)}"
    return Finding(
        on=tuple(ids),
        key=("reviews",),
        through=() if key else (id,),
        root=(kind, id, *key),
        size=by_count(len(ids), "review", "outdated", ".".join((kind, id, *key))),
        also=tuple(Also((kind, id, *key, one)) for one in ids),
        message=f"{where}{key[0] if key else id} changed {context.day(change.day)}, {what}",
        who=context.together(ids),
        data={
            "reviewers": parties,
            "reviews": reviews,
            "changed": [".".join((kind, id, *key))],
            "by": {".".join((kind, id, *key)): change.author},
        },
    )


# --- DATA04 ---------------------------------------------------------------------------------------


def access_against_privacy(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Teams that use data above what its agreement allows, or that it doesn't name; one finding
    for each agreement.
    """
    terms = _Terms(context)
    beyond: dict[str, _Beyond] = {}
    for initiative in context.open_having(*USES):
        for data in dict.fromkeys((*initiative.processes, *initiative.activates)):
            for agreement, above in _against(context, terms, initiative, data):
                found = beyond.setdefault(agreement.id, _Beyond([], []))
                (found.above if above else found.unnamed).append((initiative.id, data))
    for id, found in beyond.items():
        yield _beyond(context, context.roadmap.agreements[id], found)


class _Beyond(Struct, frozen=True):
    """What goes beyond an agreement: initiatives, and the data that they use."""

    above: list[tuple[str, str]]
    unnamed: list[tuple[str, str]]


class _About(Struct, frozen=True):
    """The agreements on some data with one system, or with any: the first, and whom they name."""

    first: Agreement
    teams: frozenset[str | None]
    unread: bool
    """Whether one of them names parties that could not be read."""


class _Terms:
    """What working agreements say of each class of data."""

    def __init__(self, context: Context) -> None:
        self._context = context
        agreements = context.roadmap.agreements.values()
        self._place = {one.id: place for place, one in enumerate(agreements)}
        self._agreements = Agreements(context, agreements)
        self._teams = cache(self._teams_of)
        self._about = cache(self._about_of)
        self.best = cache(self._best_of)

    def _best_of(self, data: str, team: str | None) -> Agreement | None:
        """Of the agreements on some data the one that allows a team most, its own ones first."""
        named = ("team doing", team) if team is not None else None
        found = self._agreements.naming(("data", data), named)
        limiting = [one for one in found if one.access is not None]
        if not limiting and team is not None:
            return self.best(data, None)
        return max(limiting, key=lambda one: level(one.access), default=None)

    def about(self, data: str, systems: Iterable[str]) -> list[_About]:
        """The agreements on some data that hold for one of these systems, or for all, in order."""
        found = (self._about(data, one) for one in (None, *systems))
        there = (one for one in found if one is not None)
        return sorted(there, key=lambda one: self._place[one.first.id])

    def _about_of(self, data: str, system: str | None) -> _About | None:
        both = self._agreements.naming(("data", data), ("system", system))
        if not both:
            return None
        first, *more = (self._teams(one.id) for one in both)
        unread = any(self._context.unread("agreements", one.id, *PARTIES) for one in both)
        return _About(both[0], first.union(*more) if more else first, unread)

    def _teams_of(self, id: str) -> frozenset[str | None]:
        parties = self._context.roadmap.agreements[id].parties
        return frozenset(map(self._context.team_of_party, parties))


def _against(
    context: Context, terms: _Terms, initiative: Initiative, data: str
) -> Iterator[tuple[Agreement, bool]]:
    """The agreement on some data that work is against, and whether it uses more than allowed."""
    team = context.team(initiative.id)
    best = terms.best(data, team)
    if best is not None and level(context.classification(data)) > level(best.access):
        yield best, True
    touched = {*initiative.uses, *initiative.changes, *initiative.introduces}
    about = terms.about(data, touched)
    named = any(team in one.teams for one in about)
    if not team or named or any(one.unread for one in about) or not any(o.teams for o in about):
        return
    owners = _owners(context, touched, data)
    if team not in owners and all(owners.isdisjoint(one.teams) for one in about):
        yield about[0].first, False


def _all_against(context: Context, terms: _Terms, ids: Iterable[str], data: str) -> str | None:
    """The agreement that all of this work on some data is against, as DATA04 reports it."""
    work = (context.roadmap.initiatives[id] for id in ids)
    each = [{found.id for found, _ in _against(context, terms, one, data)} for one in work]
    return min(set.intersection(*each), default=None)


def _owners(context: Context, systems: Iterable[str], data: str) -> set[str | None]:
    """The teams that own those of these systems that hold some data."""
    known = (context.roadmap.systems.get(one) for one in systems)
    return {context.team_of_party(o.owner) for o in known if o is not None and data in o.data}


def _beyond(context: Context, agreement: Agreement, found: _Beyond) -> Finding:
    pairs = [*found.above, *found.unnamed]
    ids = context.by_start(dict.fromkeys(id for id, _ in pairs))
    data = list(dict.fromkeys(each for _, each in pairs))
    verb = "uses" if len(ids) == 1 else "use"
    if not found.unnamed:
        highest = max((context.classification(one) for one in data), key=level)
        what = f"{highest} data, {agreement.id}: {agreement.access}"
    elif not found.above:
        what = f"{briefly(data, 16)}, not named in {agreement.id}"
    else:
        what = f"{briefly(data, 16)} beyond {agreement.id}"
    return Finding(
        on=tuple(ids),
        key=(naming(context.roadmap.initiatives[ids[0]], _first(pairs, ids[0]), USES),),
        through=(agreement.id, *data),
        root=(agreement.id,),
        message=f"{briefly(ids, 20)} {verb} {what}",
        who=context.party(next(iter(agreement.accountable), None)),
        data={
            "agreement": agreement.id,
            "access": agreement.access,
            "data": data,
            "above": [list(one) for one in found.above],
            "unnamed": [list(one) for one in found.unnamed],
        },
    )


def _first(pairs: Iterable[tuple[str, str]], id: str) -> str:
    return next(data for one, data in pairs if one == id)


# --- DATA05 ---------------------------------------------------------------------------------------


def unclassified(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Data in use without a classification or a steward, where others have one; one for all."""
    classes = context.roadmap.data
    users = _users_of_data(context)
    lacking: dict[str, list[str]] = {}
    for key in ("classification", "steward"):
        said = sum(getattr(one, key) is not None for one in classes.values())
        for data in users if in_use(said, len(classes)) else ():
            known = getattr(classes.get(data), key, None) is not None
            if not known and not context.unread("data", data, key):
                lacking.setdefault(data, []).append(key)
    slips = mistyped(context.roadmap, "data") if not lacking.keys() <= classes.keys() else ()
    lacking = {data: keys for data, keys in lacking.items() if data not in slips}
    if lacking:
        yield _unclassified(context, lacking, users)


def _users_of_data(context: Context) -> dict[str, list[str]]:
    """The open initiatives that process or activate data, by its class; what has a table first."""
    found: dict[str, list[str]] = {}
    for one in context.open_having(*USES):
        for data in dict.fromkeys((*one.processes, *one.activates)):
            found.setdefault(data, []).append(one.id)
    return dict(sorted(found.items(), key=lambda each: each[0] not in context.roadmap.data))


def _unclassified(
    context: Context, lacking: dict[str, list[str]], users: dict[str, list[str]]
) -> Finding:
    keys = list(dict.fromkeys(key for found in lacking.values() for key in found))
    verb = "has" if len(lacking) == 1 else "have"
    known = (context.roadmap.data.get(one) for one in lacking)
    stewards = [one.steward for one in known if one is not None and one.steward]
    owners = (id for one in lacking for id in users[one])
    return Finding(
        kind="data",
        on=tuple(lacking),
        root=TOGETHER,
        size=by_count(
            len(lacking), "data class", "not described", "unclassified data", "data classes"
        ),
        message=f"data {briefly(lacking)} {verb} no {' or '.join(keys)}",
        who=shared(map(context.party, stewards)) if stewards else context.together(owners),
        data={"lacking": lacking},
    )


RULES = (
    Rule(
        code="DATA01",
        name="consent-missing",
        severity="error",
        family="data",
        summary="personal data used on customers before consent",
        fires_when="an initiative `activates` data that is `personal` or `special`, and no system "
        "with the capability `consent` is live when it starts, or introduced by a predecessor that "
        "finishes before",
        not_when="data is only stored or processed",
        why_marketing="a campaign on data that it may not use has to stop",
        why_it="the systems don't know whom they may address",
        example='[data.customer-profile]\nclassification = "personal"\n'
        '[initiatives.audiences]\nactivates = ["customer-profile"]',
        fix_kinds=("put the consent provider before it", "plan one", "leave the data out"),
        topic=Topic(
            "data",
            "an initiative names the data it `activates`",
            lambda context: any(one.activates for one in context.roadmap.initiatives.values()),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(_activating(context)),
            lambda number, total: (
                f"{number} of {count(total, 'initiative')} use data before consent"
            ),
            least=2,  # what is missing is one: the consent
        ),
        find=consent_missing,
        fixes="data.consent",
    ),
    Rule(
        code="DATA02",
        name="privacy-review-missing",
        severity="warning",
        family="data",
        summary="an initiative on personal data that the data's steward has not reviewed",
        fires_when="an initiative `processes` or `activates` data that is `personal` or `special`, "
        "and the data's steward, or the reviewer in `[checks.reviews_for]`, is not in its "
        "`reviews`; an error within `review_days` working days of its finish; one conflict for "
        "each data class",
        not_when="the initiative is the steward's own, or a review; it only `activates` the data "
        "and has no `reviews`, as both sides agreed for its team or, where no agreement names the "
        "data, after reviewed work on the data",
        why_marketing="a refusal in the last week costs the launch; a question now costs a meeting",
        why_it="the use of data has to be decided before it is built, not after",
        example='[data.profiles]\nclassification = "personal"\nsteward = "privacy"\n'
        '[initiatives.model]\nowner = "data"\nprocesses = ["profiles"]',
        fix_kinds=("record the review",),
        thresholds={"review_days": 20},
        topic=Topic(
            "data",
            "a data class has a `steward`, or `[checks.reviews_for]` names a reviewer",
            lambda context: (
                bool(context.roadmap.checks.reviews_for)
                or any(one.steward for one in context.roadmap.data.values())
            ),
        ),
        find=privacy_review_missing,
        fixes="data.steward",
    ),
    Rule(
        code="DATA03",
        name="review-outdated",
        severity="warning",
        family="data",
        summary="an initiative that changed after its review",
        fires_when="what an open initiative `uses`, `changes`, `introduces`, `processes` or "
        "`activates`, or the table of such a system or data, changed in git after the date of one "
        "of its `reviews`, and after the commit that recorded that review; one conflict for "
        "each part",
        not_when="there is no repository, or a clone without its history; the change was reverted, "
        "is a comment, or is of a title, notes, a standing or the end of support; a system offers "
        "more capabilities",
        why_marketing="the review was of something else, and this is found out too late",
        why_it="what is built is not what was reviewed",
        example='[systems.cdp]\nstatus = "live"\n[initiatives.audiences]\nuses = ["cdp"]\n'
        "reviews = { privacy = 2027-02-01 }",
        fix_kinds=("record a new review",),
        topic=Topic(
            HISTORY,
            in_git("open work has `reviews`"),
            lambda context: context.evidence is not None and bool(context.having("reviews")),
        ),
        asks=_reviews_asked,
        find=review_outdated,
        fixes="data.looked_again",
    ),
    Rule(
        code="DATA04",
        name="access-against-privacy",
        severity="warning",
        family="data",
        summary="data used above the agreed access, or by a team that is not named",
        fires_when="a team's open initiative processes or activates data whose `classification` is "
        "above the `access` of the working agreement that names the data (public < internal < "
        "confidential < personal < special), or that team is in no agreement on the data; one "
        "conflict for each agreement",
        not_when="no working agreement names the data; a team that is not named uses a system with "
        "that data which it owns, or a named team, or none of the agreement's `systems`",
        why_marketing="an audience of data that nobody agreed to may have to be deleted",
        why_it="an agreement that allows less than what happens protects nobody",
        example='[data.hashed]\nclassification = "personal"\n[agreements.ads]\ndata = ["hashed"]\n'
        'access = "confidential"\n[initiatives.audiences]\nactivates = ["hashed"]',
        fix_kinds=("agree on that access", "leave the data out"),
        topic=Topic(
            "working agreements",
            "a working agreement names `data`",
            lambda context: any(one.data for one in context.roadmap.agreements.values()),
        ),
        find=access_against_privacy,
        fixes="data.access",
    ),
    Rule(
        code="DATA05",
        name="unclassified",
        severity="info",
        family="data",
        summary="data in use without a classification or a steward",
        fires_when="data that an open initiative processes or activates has no `classification` "
        "or no `steward`, where three others, or a third of all, have one; one conflict for all",
        why_marketing="nobody can say whether a campaign may use it",
        why_it="the rules about personal data pass it over",
        example='[data.profiles]\nclassification = "personal"\nsteward = "privacy"\n'
        '[data.scores]\nclassification = "personal"\n'
        '[initiatives.model]\nestimate = "9w"\nowner = "privacy"\nprocesses = ["scores"]',
        topic=Topic(
            "data",
            "an initiative processes or activates data, and a class of it has a `classification` "
            "or a `steward`",
            lambda context: (
                any(one.classification or one.steward for one in context.roadmap.data.values())
                and bool(context.open_having(*USES))
            ),
        ),
        find=unclassified,
        by_hand="who looks after data, and how sensitive it is, is known by people",
    ),
)
