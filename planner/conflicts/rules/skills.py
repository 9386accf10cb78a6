"""SKILL: the skills that initiatives need, against those of the people on their teams."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planner.conflicts.context import Context, briefly, by_count
from planner.conflicts.findings import Finding
from planner.conflicts.rule import Limits, RollUp, Rule, where_others_do
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import count
from planner.roadmap.ids import as_one_word


class Missing(Struct, frozen=True):
    """Skills that an initiative asks for and nobody of its teams has; `people` have them."""

    initiative: Initiative
    teams: list[str]
    skills: list[str]
    people: list[str]


def skill_missing(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Open work that asks for a skill nobody on its owner's or responsible teams has."""
    for one in missing_skills(context):
        yield _finding(context, one.initiative, one.teams, one.skills, one.people)


def missing_skills(context: Context) -> Iterator[Missing]:
    """What is missing, for each piece of open work, in file order."""
    asking = context.open_having("skills")
    by_team = skills_of_teams(context) if asking else {}
    who: dict[tuple[str, ...], list[str]] = {}
    for initiative in asking:
        teams = teams_of(context, initiative)
        there = [by_team[team] for team in teams if team in by_team]
        wanted = {as_one_word(one): one for one in reversed(initiative.skills)}
        lacking = {
            word: name
            for word, name in reversed(wanted.items())
            if not any(word in skills for skills in there)
        }
        if lacking and (there or not teams):
            words = tuple(lacking)
            if words not in who:
                able = (one for word in words for one in context.skilled.get(word, ()))
                who[words] = list(dict.fromkeys(able))
            yield Missing(initiative, teams, list(lacking.values()), who[words])


def skills_of_teams(context: Context) -> dict[str, set[str]]:
    """What the people of each team can do, as one word each; a person is a team of one too."""
    found: dict[str, set[str]] = {}
    for person in context.roadmap.people.values():
        for name in filter(None, (person.id, person.team)):
            found.setdefault(name, set()).update(map(as_one_word, person.skills))
    return found


def teams_of(context: Context, initiative: Initiative) -> list[str]:
    """Who does the work: the owner, those responsible and their teams."""
    parties = (*initiative.owner, *initiative.responsible, *initiative.staff)
    teams = (name for one in parties for name in (one, context.team_of_party(one)))
    return list(dict.fromkeys(name for name in teams if name))


def _finding(
    context: Context,
    initiative: Initiative,
    teams: list[str],
    lacking: list[str],
    people: list[str],
) -> Finding:
    ask = context.roadmap.party_title(people[0]) if len(people) == 1 else f"{len(people)} people"
    known = f"ask {ask}" if people else "nobody has it"
    noun = "skill" if len(lacking) == 1 else "skills"
    return Finding(
        on=(initiative.id,),
        key=("skills",),
        root=(initiative.id,),
        size=by_count(len(lacking), "skill", "missing"),
        message=f"{initiative.id} lacks {noun} {briefly(lacking)}: {known}",
        who=context.owner(initiative.id),
        data={"skills": lacking, "people": people, "teams": teams},
    )


RULES = (
    Rule(
        code="SKILL01",
        name="skill-missing",
        severity="info",
        family="skills",
        summary="an initiative that needs a skill its teams don't have",
        fires_when="an open initiative lists a skill that nobody on its owner's or responsible "
        "teams has",
        not_when="no person on the roadmap has `skills`, or none is written who is on these teams; "
        "the skill is there with other capitals, blanks or hyphens",
        why_marketing="somebody has to be found or hired before it can start",
        why_it="the estimate was made by people who have not done it before",
        example='[people.jonas]\nteam = "insight"\nskills = ["segmentation"]\n'
        '[initiatives.model]\nowner = "insight"\nskills = ["attribution"]',
        fix_kinds=("assign somebody who has the skill",),
        topic=where_others_do(
            "skills",
            "three people, or a third of them, have `skills`",
            lambda context: (
                sum(bool(one.skills) for one in context.roadmap.people.values()),
                len(context.roadmap.people),
            ),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(context.open_having("skills")),
            lambda number, total: (
                f"{number} of {count(total, 'initiative')} lack a skill in their teams"
            ),
        ),
        find=skill_missing,
        fixes="skills.skilled",
    ),
)
