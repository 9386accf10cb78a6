"""What a privacy officer asks of a class of data: who uses it, where it is, and what is missing.

Everything is read from the plan: work that processes or activates the data, systems that hold them
with their vendors, reviews, consent, working agreements. What is missing is what the rules about
data find, as far as it is about these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.conflicts.findings import Finding
from planner.conflicts.personal_data import consent_systems, reviewers
from planner.plan.model import Plan
from planner.roadmap.entities import Agreement, Initiative
from planner.roadmap.output_report_data import Use

ABOUT = ("DATA01", "DATA02", "DATA03", "DATA04", "DATA05", "STD01", "STD02", "STD03", "SYS05")
"""The rules about data and about those who process them elsewhere."""


def users_of(plan: Plan, data: str) -> list[Initiative]:
    """The work that uses the data and is not dropped: open work first, then by start."""
    every = plan.roadmap.initiatives
    using = [
        one.id
        for one in every.values()
        if data in (*one.processes, *one.activates) and one.status != "dropped"
    ]
    return sorted((every[id] for id in plan.context.by_start(using)), key=lambda one: not one.open)


def use_of(one: Initiative, data: str) -> Use:
    """How work touches the data."""
    return "on customers" if data in one.activates else "processes"


def holders_of(plan: Plan, data: str) -> list[str]:
    """The systems that hold the data, retired ones left out."""
    systems = plan.roadmap.systems.values()
    return [one.id for one in systems if data in one.data and one.status != "retired"]


def altering(plan: Plan, system: str) -> list[str]:
    """The open work that changes, introduces or retires a system, by start."""
    work = [one.id for one in plan.context.open if system in one.alters]
    return list(plan.context.by_start(work))


def asked_to_review(plan: Plan, data: str) -> list[str]:
    """Who has to give a view on work with the data."""
    return reviewers(plan.context, (data,)) if data in plan.roadmap.data else []


def reviewed(plan: Plan, one: Initiative, party: str) -> date | None:
    """When somebody gave a view, themselves or by one of their team; None: never."""
    team = plan.context.team_of_party(party)
    days = [
        day
        for who, day in one.reviews.items()
        if who == party or plan.context.team_of_party(who) == team
    ]
    return max(days, default=None)


def consent_of(plan: Plan, one: Initiative, data: str, lacking: Iterable[str]) -> bool | None:
    """Whether consent is there before work uses personal data on customers."""
    if data not in one.activates or not plan.context.is_personal((data,)):
        return None
    return one.id not in set(lacking)


def without_consent(plan: Plan) -> set[str]:
    """The work that uses personal data before there is consent."""
    return {id for one in plan.report.each if one.code == "DATA01" for id in one.on}


def without_review(plan: Plan, data: str) -> dict[str, list[str]]:
    """By work, who has to give a view on its use of the data and has not."""
    found: dict[str, list[str]] = {}
    for one in plan.report.each:
        if one.code == "DATA02" and data in one.data["data"] and not one.waived:
            found.update(one.data["lacking"])
    return found


def providers_of_consent(plan: Plan) -> Iterator[tuple[str, str | None]]:
    """The systems that provide consent, each with the work that brings it live."""
    for system in consent_systems(plan.context):
        bringing = [
            one.id
            for one in plan.roadmap.initiatives.values()
            if system in one.introduces and one.status != "dropped"
        ]
        yield system, next(iter(plan.context.by_finish(bringing)), None)


def agreements_about(plan: Plan, data: str) -> list[Agreement]:
    """The working agreements on the data."""
    return [one for one in plan.roadmap.agreements.values() if data in one.data]


def missing_for(plan: Plan, data: str) -> list[Finding]:
    """What the rules about data find of these, of the systems that hold them and of their users."""
    holders, users = set(holders_of(plan, data)), {one.id for one in users_of(plan, data)}

    def is_about(one: Finding) -> bool:
        named = {*one.on, *one.through}
        if one.code.startswith("STD"):
            return bool(named & holders) and (one.kind != "initiatives" or bool(named & users))
        return data in named or data in one.data.get("data", ())

    each = (one for one in plan.report.each if one.code in ABOUT and not one.waived)
    return [one for one in each if is_about(one)]
