"""Roadmaps of N bad, odd or crowded things, one kind of thing each.

Whatever is in a file, time and memory grow no faster than the file: a kind stands for each place
where one thing could be compared with all others. `python -m tests.benchmarks.growth` measures
them, and tests/test_growth.py counts the work on small ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

HEAD = '[roadmap]\ntitle = "Growing"\nstart = 2027-03-01\nstatus_date = 2027-03-01\n'
TEAMS = '[teams.crm]\nportfolio = "marketing"\n[teams.core]\nportfolio = "it"\n'
BEGIN = date(2027, 3, 1)

Kind = Callable[[int], str]


def _work(number: int, *lines: str) -> str:
    team = ("crm", "core")[number % 2]
    return "\n".join(
        [f"[initiatives.{_id(number)}]", f'owner = "{team}"', 'estimate = "1w"', *lines]
    )


def _works(count: int, keys: str | Callable[[int], str] = "") -> Iterator[str]:
    """So much work, with the same keys each or with keys by its number."""
    return (_work(n, keys if isinstance(keys, str) else keys(n)) for n in range(count))


def _id(number: int) -> str:
    return f"work-{_letters(number)}"


def _letters(number: int, most: int = 5) -> str:
    """A number in letters, so that ids of two numbers may be a slip apart."""
    made = ""
    for _ in range(most):
        number, rest = divmod(number, 26)
        made = chr(97 + rest) + made
    return made


def _text(*parts: str | Iterable[str]) -> str:
    lines = [HEAD, TEAMS]
    for part in parts:
        lines += [part] if isinstance(part, str) else part
    return "\n".join(lines) + "\n"


def _all(count: int, name: Callable[[int], str] = _id) -> str:
    return ", ".join(f'"{name(number)}"' for number in range(count))


def _day(number: int) -> str:
    return (BEGIN + timedelta(days=number)).isoformat()


# --- names that are wrong -------------------------------------------------------------------------


def misspelt(count: int) -> str:
    return _text(_works(count, lambda n: f'needs = ["{_id((n + 7) % count)}x"]'))


def unheard_of(count: int) -> str:
    return _text(_works(count, lambda n: f'needs = ["quite-another-{n}-thing"]'))


def misspelt_teams(count: int) -> str:
    teams = (f'[teams.group-{_letters(n)}]\nportfolio = "it"' for n in range(count))
    return _text(teams, _works(count, lambda n: f'consulted = ["grop-{_letters(n)}"]'))


def misspelt_systems(count: int) -> str:
    made = (f'[systems.sys-{_letters(n)}]\nstatus = "live"' for n in range(count))
    return _text(made, _works(count, lambda n: f'uses = ["ssy-{_letters(n)}"]'))


def implied_systems(count: int) -> str:
    made = (f'[systems.sys-{_letters(n)}]\nstatus = "live"' for n in range(count))
    return _text(made, _works(count, lambda n: f'uses = ["another-thing-{_letters(n)}"]'))


def short_names(count: int) -> str:
    teams = (f'[teams.z{_letters(n, 2)}]\nportfolio = "it"' for n in range(0, 676, 2))
    return _text(teams, _works(count, lambda n: f'consulted = ["z{_letters(n + 1, 2)}"]'))


def unknown_outcomes(count: int) -> str:
    made = (f'[outcomes.{_letters(n)}]\nkpi = "k{n}"' for n in range(count))
    return _text(made, _works(count, lambda n: f'outcomes = ["{_letters(n)}x"]'))


def unknown_groups(count: int) -> str:
    made = (f"[groups.{_letters(n)}-group]" for n in range(count))
    return _text(made, _works(count, lambda n: f'part_of = "{_letters(n)}-gruop"'))


def groups_needed(count: int) -> str:
    made = (f"[groups.group-{_letters(n)}]" for n in range(count))
    return _text(
        made,
        _works(
            count,
            lambda n: (
                f'part_of = "group-{_letters(n)}"\nneeds = ["group-{_letters((n + 1) % count)}"]'
            ),
        ),
    )


def unknown_keys(count: int) -> str:
    return _text(_works(count, lambda n: f"key_{_letters(n)} = 1"))


def unknown_keys_of_one(count: int) -> str:
    return _text(_work(0, *(f"key_{_letters(n)} = 1" for n in range(count))))


def unknown_tables(count: int) -> str:
    return _text(_works(9, ""), (f"[table-{_letters(n)}.x]\na = 1" for n in range(count)))


def unknown_checks(count: int) -> str:
    return _text(_work(0), "[checks]", (f"limit_{_letters(n)} = {n}" for n in range(count)))


def unknown_severities(count: int) -> str:
    lines = (f'rule-{_letters(n)} = "off"' for n in range(count))
    return _text(_work(0), "[checks.severity]", lines)


def unknown_ignores(count: int) -> str:
    return _text(_work(0), f"[checks]\nignore = [{_all(count)}]")


def unknown_in_terms(count: int) -> str:
    lines = (f't{n} = {{ {_letters(n)} = "x" }}' for n in range(count))
    return _text(_work(0), "[glossary]", lines)


def bad_values(count: int) -> str:
    return _text(_works(count, lambda n: f'status = "{_letters(n)}"\ndeadline = {n}'))


def bad_needs(count: int) -> str:
    return _text(_works(count, lambda n: f'needs = ["{_id(n)} XX+{n}q"]'))


def bad_list(count: int) -> str:
    return _text(_work(0, f"needs = [{', '.join(str(n) for n in range(count))}]"))


def bad_ids(count: int) -> str:
    return _text(f'[initiatives."Bad {n}!"]\nestimate = "1w"' for n in range(count))


def values_for_tables(count: int) -> str:
    return _text("[initiatives]", (f"{_id(n)} = {n}" for n in range(count)))


def misspelt_of_one(count: int) -> str:
    return _text(_works(count), _work(count, f"needs = [{_all(count, lambda n: f'{_id(n)}x')}]"))


def bad_skills(count: int) -> str:
    made = (f'[people.p-{_letters(n)}]\nteam = "crm"\nskills = {n}' for n in range(count))
    known = '[people.ana]\nteam = "crm"\nskills = ["copy"]'
    return _text(known, made, _works(count, lambda n: f'skills = ["s-{n}"]'))


def bad_value_behind_all(count: int) -> str:
    def keys(n: int) -> str:
        return f'activates = ["profile"]\nneeds = ["{_id(n - 1)}"]' if n else "uses = 5"

    profile = '[data.profile]\nclassification = "personal"'
    return _text(profile, _works(count, keys))


# --- waivers --------------------------------------------------------------------------------------


def _waiver(number: int, rule: str, on: str, until: str = "2027-12-01") -> str:
    return (
        f'[waivers.w-{number}]\nrule = "{rule}"\non = ["{on}"]\nreason = "x"\n'
        f'by = "crm"\nuntil = {until}'
    )


def waived(count: int) -> str:
    lines = (_waiver(n, "DATE01", _id(n)) for n in range(count))
    return _text(_works(count, "deadline = 2027-03-02"), lines)


def waived_no_more(count: int) -> str:
    lines = (_waiver(n, "DATE01", _id(n), "2027-02-01") for n in range(count))
    return _text(_works(count, "deadline = 2027-03-02"), lines)


def waived_in_vain(count: int) -> str:
    lines = (_waiver(n, "DATE01", "nothing-like-it") for n in range(count))
    return _text(_works(count, "deadline = 2027-03-02"), lines)


def waived_by_no_rule(count: int) -> str:
    lines = (_waiver(n, f"rule-{_letters(n)}", _id(n)) for n in range(count))
    return _text(_works(count, "deadline = 2027-03-02"), lines)


def waived_at_once(count: int) -> str:
    line = f'[waivers.w]\nrule = "DATE01"\non = [{_all(count)}]\nreason = "x"\nby = "crm"\n'
    works = _works(count, "deadline = 2027-03-02")
    return _text(works, line + "until = 2027-12-01")


# --- links ----------------------------------------------------------------------------------------


def ring(count: int) -> str:
    return _text(_works(count, lambda n: f'needs = ["{_id((n + 1) % count)}"]'))


def rings(count: int) -> str:
    return _text(_works(count, lambda n: f'needs = ["{_id(n ^ 1)}"]'))


def rings_in_a_row(count: int) -> str:
    def needs(n: int) -> str:
        before = f', "{_id(n - 2)}"' if n > 1 else ""
        return f'needs = ["{_id(n ^ 1)}"{before}]'

    return _text(_works(count - count % 2, needs))


def ring_of_many(count: int) -> str:
    """A ring with chords: one component with many rings in it."""
    return _text(
        _works(
            count,
            lambda n: (
                f'needs = ["{_id((n + 1) % count)}", "{_id((n + 2) % count)}", "{_id(n // 2)}"]'
            ),
        )
    )


def rings_in_groups(count: int) -> str:
    return _text(_works(count, lambda n: f'needs = ["{_id(n)}"]'))


def chain(count: int) -> str:
    return _text(_works(count, lambda n: f'needs = ["{_id(n - 1)}"]' if n else ""))


def redundant(count: int) -> str:
    def needs(n: int) -> str:
        return "needs = [" + ", ".join(f'"{_id(n - k)}"' for k in (1, 2, 3, 7) if n >= k) + "]"

    return _text(_works(count, needs))


def redundant_to_first(count: int) -> str:
    return _text(_works(count, lambda n: f'needs = ["{_id(n - 1)}", "{_id(0)}"]' if n > 1 else ""))


def one_needs_all(count: int) -> str:
    return _text(_works(count, ""), _work(count, f"needs = [{_all(count)}]"))


def all_need_one(count: int) -> str:
    return _text(_works(count, lambda n: f'needs = ["{_id(0)}"]' if n else ""))


def same_need(count: int) -> str:
    needs = ", ".join(f'"{_id(0)} FS+{n}d"' for n in range(count))
    return _text(_work(0), _work(1, f"needs = [{needs}]"))


def hourglass(count: int) -> str:
    half = count // 2
    return _text(
        _works(half, ""),
        _work(count, f"needs = [{_all(half)}]"),
        (_work(n, f'needs = ["{_id(count)}"]') for n in range(half, count)),
    )


def dropped(count: int) -> str:
    return _text(
        _works(count, lambda n: f'status = "dropped"\nneeds = ["{_id(max(0, n - 1))}"]'
               if n % 2 else f'needs = ["{_id((n + 1) % count)}"]')
    )  # fmt: skip


def dropped_by_all(count: int) -> str:
    return _text(
        _works(count, lambda n: f'needs = ["{_id(0)}"]' if n else 'status = "dropped"'),
    )


def ideas(count: int) -> str:
    return _text(
        _works(
            count,
            lambda n: (
                'status = "proposed"'
                if n % 2 == 0
                else f'needs = ["{_id(n - 1)}"]\nannounced = 2027-05-01'
            ),
        )
    )


def ideas_in_a_row(count: int) -> str:
    def keys(n: int) -> str:
        need = f'needs = ["{_id(n - 1)}"]\n' if n else ""
        return f'{need}status = "{("proposed", "planned")[n % 2]}"\nannounced = 2027-05-01'

    return _text(_works(count, keys))


def launches_behind_one(count: int) -> str:
    return _text(
        _works(count, lambda n: f'needs = ["{_id(0)}"]\ndeadline = 2027-03-02\nkind = "milestone"'
               .replace('kind = "milestone"', "announced = 2027-03-02") if n else "")
    )  # fmt: skip


def launches_in_a_row(count: int) -> str:
    def keys(n: int) -> str:
        need = f'needs = ["{_id(n - 1)}"]\n' if n else ""
        return f"{need}deadline = 2027-03-02\nannounced = 2027-03-02"

    return _text(_works(count, keys))


def milestones(count: int) -> str:
    made = (f'[initiatives.m-{_letters(n)}]\nkind = "milestone"\nmust_finish_on = {_day(n % 900)}\n'
            f'needs = ["{_id(n)}"]' for n in range(count))  # fmt: skip
    return _text(_works(count, ""), made)


def handovers(count: int) -> str:
    def needs(n: int) -> str:
        if not n:
            return ""
        keys = 'asked = 2027-01-01, promised = 2027-04-01, needed_by = 2027-03-10, delivers = "x"'
        return f'needs = [{{ on = "{_id(n - 1)}", {keys} }}]'

    return _text(_works(count, needs))


def handovers_from_one(count: int) -> str:
    def needs(n: int) -> str:
        keys = 'asked = 2027-01-01, counter = { promised = 2027-05-01 }, delivers = "x"'
        return f'needs = [{{ on = "{_id(0)}", {keys} }}]\nannounced = 2027-03-02' if n else ""

    return _text(_works(count, needs))


def handovers_to_one(count: int) -> str:
    asked, agreed = 'asked = 2027-01-01, delivers = "x"', "agreed = 2027-02-01"
    late = "promised = 2027-05-01, counter = { promised = 2027-06-01 }"

    def need(n: int) -> str:
        said = (asked, late, f"{agreed}, {late}", f'{agreed}, accepted_when = "y"')[n % 4]
        return f'{{ on = "{_id(2 * n)}", {said} }}'

    needs = ",\n  ".join(need(n) for n in range(count // 2))
    return _text(
        _works(count),
        _work(count + 1 - count % 2, f"needs = [\n  {needs}\n]\nannounced = 2027-03-02"),
    )


def handovers_agreed_later(count: int) -> str:
    def needs(n: int) -> str:
        said = "asked = 2027-01-01, agreed = 2028-01-01"
        return f'needs = [{{ on = "{_id(n - 1)}", {said} }}]' if n else ""

    return _text(_works(count, needs))


def late_launches_of_worth(count: int) -> str:
    made = (f'[outcomes.o-{_letters(n)}]\nkpi = "k-{n}"\nvalue = 9000' for n in range(count))

    def keys(n: int) -> str:
        late = f'deadline = 2027-03-02\nannounced = 2027-03-02\noutcomes = ["o-{_letters(n)}"]'
        return f'{late}\nneeds = ["{_id(n - 1)}"]' if n % 2 else late

    return _text(made, _works(count, keys))


def overlaps_late(count: int) -> str:
    def keys(n: int) -> str:
        return f'needs = ["{_id(n - 1)} SS+1d"]\nas_late_as_possible = true' if n else ""

    return _text(_works(count, keys))


# --- systems and data -----------------------------------------------------------------------------


def one_system_changed(count: int) -> str:
    return _text(
        '[systems.cdp]\nowner = "core"\nstatus = "live"',
        _works(count, 'changes = ["cdp"]'),
    )


def one_system_planned(count: int) -> str:
    return _text(
        '[systems.cdp]\nowner = "core"\nstatus = "planned"',
        _work(count, 'introduces = ["cdp"]'),
        _works(count, 'uses = ["cdp"]'),
    )


def one_system_introduced(count: int) -> str:
    return _text(
        '[systems.cdp]\nowner = "core"\nstatus = "planned"',
        _works(count, lambda n: ("uses", "introduces")[n % 2] + ' = ["cdp"]'),
    )


def consent_from_all(count: int) -> str:
    return _text(
        '[systems.cdp]\nowner = "core"\nstatus = "planned"\ncapabilities = ["consent"]',
        '[data.profile]\nclassification = "personal"\nsteward = "crm"',
        _works(count, lambda n: ('activates = ["profile"]', 'introduces = ["cdp"]')[n % 2]),
    )


def one_system_retired(count: int) -> str:
    return _text(
        '[systems.cdp]\nowner = "core"\nstatus = "live"\ncapabilities = ["consent"]',
        _works(count, lambda n: ("uses", "retires")[n % 2] + ' = ["cdp"]'),
    )


def one_system_unreviewed(count: int) -> str:
    return _text(
        '[systems.cdp]\nowner = "core"\nstatus = "live"\nstanding = "unreviewed"\nvendor = "v"\n'
        'data = ["profile"]\nsupported_until = 2027-01-01\n[data.profile]\n'
        'classification = "personal"\nsteward = "crm"',
        _works(count, 'uses = ["cdp"]\nactivates = ["profile"]'),
    )


def systems_of_one_capability(count: int) -> str:
    keys = 'status = "live"\nowner = "core"\ncapabilities = ["consent"]'
    return _text(_work(0), (f"[systems.s-{_letters(n)}]\n{keys}" for n in range(count)))


def systems_of_one_data(count: int) -> str:
    return _text(
        _work(0),
        '[data.profile]\nclassification = "personal"',
        (
            f'[systems.s-{_letters(n)}]\nstatus = "live"\nowner = "core"\ndata = ["profile"]'
            for n in range(count)
        ),
    )


def systems_each_retired(count: int) -> str:
    made = (
        f'[systems.s-{_letters(n)}]\nstatus = "live"\nowner = "core"\n'
        f'capabilities = ["consent", "c-{n}"]\nreviews = {{ crm = 2027-01-01 }}'
        for n in range(count)
    )
    return _text(made, _works(count, lambda n: f'retires = ["s-{_letters(n)}"]'))


def all_systems_of_one(count: int) -> str:
    names = _all(count, lambda n: f"s-{_letters(n)}")
    made = (
        f'[systems.s-{_letters(n)}]\nstatus = "retired"\nowner = "crm"\nstanding = "trial"\n'
        "standing_until = 2027-01-01"
        for n in range(count)
    )
    return _text(made, _work(1, f"uses = [{names}]\nchanges = [{names}]"))


def systems_connected(count: int) -> str:
    names = _all(count, lambda n: f"s-{_letters(n)}")
    made = (f'[systems.s-{_letters(n)}]\ndata = ["profile"]' for n in range(count))
    text = "[systems.hub]\nconnects = [" + names + ']\ndata = ["profile"]\n[data.profile]\n'
    return _text(_work(0), text + 'classification = "personal"', made)


def data_unclassified(count: int) -> str:
    made = (f"[data.d-{_letters(n)}]" for n in range(count))
    return _text(
        '[data.x]\nclassification = "personal"\nsteward = "crm"',
        made,
        _works(count, lambda n: f'activates = ["d-{_letters(n)}"]\nprocesses = ["x"]'),
    )


def all_data_of_one(count: int) -> str:
    names = _all(count, lambda n: f"d-{_letters(n)}")
    made = (
        f'[data.d-{_letters(n)}]\nclassification = "special"\nsteward = "crm"' for n in range(count)
    )
    return _text(made, _work(1, f"activates = [{names}]\nprocesses = [{names}]"))


def one_system_unlisted(count: int) -> str:
    known = '[systems.cdp]\nowner = "core"\nstatus = "live"\nstanding = "approved"'
    return _text(known, _works(count, 'uses = ["chatbot"]'))


def one_system_no_more(count: int) -> str:
    return _text(
        '[systems.cdp]\nowner = "core"\nstatus = "retired"',
        _works(count, lambda n: ("uses", "changes")[n % 2] + ' = ["cdp"]'),
    )


def systems_retired_together(count: int) -> str:
    made = (
        f'[systems.s-{_letters(n)}]\nstatus = "live"\nowner = "core"\n'
        'capabilities = ["a", "b", "c"]'
        for n in range(count)
    )
    agreed = (
        f'[agreements.a-{_letters(n)}]\ncapabilities = ["a"]\nsystems = ["s-{_letters(n)}"]\n'
        "agreed = { marketing = 2027-01-01, it = 2027-01-01 }"
        for n in range(count)
    )
    works = _works(count, lambda n: f'retires = ["s-{_letters(n)}"]\nuses = ["s-{_letters(0)}"]')
    return _text(made, agreed, works)


def one_review_of_all(count: int) -> str:
    names = _all(count, lambda n: f"s-{_letters(n)}")
    made = (
        f'[systems.s-{_letters(n)}]\nstatus = "live"\nowner = "core"\nstanding = "unreviewed"'
        for n in range(count)
    )
    return _text(
        made,
        _work(count, 'kind = "review"', f"uses = [{names}]", f"needs = [{_all(count // 2)}]"),
        _works(
            count,
            lambda n: (
                f'uses = ["s-{_letters(n)}"]'
                + (f'\nneeds = ["{_id(count)} SS"]' if n >= count // 2 else "")
            ),
        ),
    )


def all_reviews_of_one(count: int) -> str:
    half = count // 2
    reviews = (
        _work(n, 'kind = "review"', 'uses = ["cdp"]', "reviews = { core = 2027-02-01 }")
        for n in range(half)
    )
    hub = ", ".join(f'"{_id(n)} SS"' for n in range(half))
    return _text(
        '[systems.cdp]\nowner = "core"\nstatus = "live"\nstanding = "unreviewed"',
        reviews,
        _work(count, f"needs = [{hub}]"),
        (_work(n, 'uses = ["cdp"]', f'needs = ["{_id(count)} SS"]') for n in range(half, count)),
    )


# --- people, money, words -------------------------------------------------------------------------


def one_person(count: int) -> str:
    return _text(
        '[people.ana]\nteam = "crm"\nuntil = 2027-03-02',
        _works(count, 'responsible = ["ana"]\nskills = ["etl"]\ndeadline = 2027-03-02'),
    )


def many_people(count: int) -> str:
    made = (f'[people.p-{_letters(n)}]\nteam = "crm"\nskills = ["s-{n}"]\nuntil = 2027-03-02'
            for n in range(count))  # fmt: skip
    keys = _works(
        count,
        lambda n: (
            f'responsible = ["p-{_letters(n)}"]\nskills = ["s-{n + 1}"]\n'
            f'estimated_by = "p-{_letters((n + 1) % count)}"'
        ),
    )
    return _text(made, keys)


def people_without_work(count: int) -> str:
    made = (f'[people.p-{_letters(n)}]\nteam = "crm"\nskills = ["etl"]' for n in range(count))
    return _text(made, _works(count, 'skills = ["etl-2"]'))


def one_team_full(count: int) -> str:
    return _text(
        "[teams.full]\ncapacity = 1\nportfolio = 'it'",
        _works(count, lambda n: f"staff = {{ full = 1 }}\nstart_no_earlier_than = {_day(n % 999)}"),
    )


def many_teams_full(count: int) -> str:
    made = (f"[teams.t-{_letters(n)}]\ncapacity = 1\nportfolio = 'it'" for n in range(count))
    return _text(made, _works(count, lambda n: f"staff = {{ t-{_letters(n)} = 2 }}"))


def capacity_in_steps(count: int) -> str:
    steps = "\n".join(f"{_day(n)} = {n % 7}" for n in range(count))
    works = _works(
        count, lambda n: f"staff = {{ full = 1 }}\nstart_no_earlier_than = {_day(n % 999)}"
    )
    return _text(
        f"[teams.full]\ncapacity = 1\nportfolio = 'it'\n[teams.full.capacity_from]\n{steps}", works
    )


def priorities(count: int) -> str:
    def keys(n: int) -> str:
        need = f'needs = ["{_id(n - 1)}"]\n' if n else ""
        return f"{need}priority = {n % 5 + 1}\ndeadline = 2027-03-02"

    return _text(_works(count, keys))


def money(count: int) -> str:
    return _text(
        "[portfolios.it]\nbudget = 100\n[portfolios.marketing]\nbudget = 100",
        _works(count, "cost = 1000"),
    )


def glossary(count: int) -> str:
    terms = (f't-{_letters(n)} = {{ marketing = "a", it = "b" }}' for n in range(count))
    made = (
        f'[outcomes.o-{_letters(n)}]\nkpi = "kpi {_letters(n)}"\nbaseline = 1\ntarget = 2'
        for n in range(count)
    )
    return _text(_works(9, ""), made, "[glossary]", terms)


def one_outcome(count: int) -> str:
    readings = "\n".join(f"{_day(-n)} = {n}" for n in range(count))
    return _text(
        _works(count, 'outcomes = ["o"]\nvalue = { marketing = 1, it = 5 }'),
        '[outcomes.o]\nkpi = "k"\nbaseline = 1\ntarget = 900\nvalue = 9000\nby = 2027-01-01\n'
        "[outcomes.o.readings]\n" + readings,
    )


def many_outcomes(count: int) -> str:
    made = (f'[outcomes.o-{_letters(n)}]\ntitle = "t"\nby = 2027-01-01' for n in range(count))
    works = _works(count, lambda n: f'outcomes = ["o-{_letters(n)}"]\nstatus = "done"\n'
                   "actual_finish = 2027-01-01")  # fmt: skip
    return _text(made, works)


def all_outcomes_of_one(count: int) -> str:
    made = (f'[outcomes.o-{_letters(n)}]\nkpi = "k-{n}"\nvalue = 10' for n in range(count))
    return _text(made, _work(0, f"outcomes = [{_all(count, lambda n: f'o-{_letters(n)}')}]"))


def enabled_outcomes(count: int) -> str:
    made = (f'[outcomes.o-{_letters(n)}]\nkpi = "k-{n}"\nvalue = 10' for n in range(count))

    def keys(n: int) -> str:
        need = f'\nneeds = ["{_id(n - 1)}"]' if n else ""
        return f'outcomes = ["o-{_letters(n)}"]{need}'

    return _text(made, _works(count, keys))


def agreements(count: int) -> str:
    made = (
        f'[agreements.a-{_letters(n)}]\naccountable = ["crm", "core"]\nsystems = ["cdp"]\n'
        'data = ["profile"]\naccess = "internal"\ncapabilities = ["consent"]\n'
        "agreed = { marketing = 2027-01-01 }"
        for n in range(count)
    )
    return _text(
        made,
        '[systems.cdp]\nowner = "core"\nstatus = "live"\nstanding = "unreviewed"\n'
        'data = ["profile"]\ncapabilities = ["consent"]\n[data.profile]\n'
        'classification = "personal"\nsteward = "crm"',
        _works(count, 'uses = ["cdp"]\nactivates = ["profile"]'),
    )


def one_agreement_of_all(count: int) -> str:
    systems = (
        f'[systems.s-{_letters(n)}]\nstatus = "live"\nowner = "core"\ndata = ["d-{_letters(n)}"]'
        for n in range(count)
    )
    data = (
        f'[data.d-{_letters(n)}]\nclassification = "personal"\nsteward = "core"'
        for n in range(count)
    )
    agreement = (
        f'[agreements.all]\naccountable = "crm"\n'
        f"systems = [{_all(count, lambda n: f's-{_letters(n)}')}]\n"
        f"data = [{_all(count, lambda n: f'd-{_letters(n)}')}]\n"
        f"consulted = [{_all(count, lambda n: f't-{_letters(n)}')}]\n"
        'access = "internal"\nagreed = { marketing = 2027-01-01 }'
    )
    return _text(
        systems,
        data,
        agreement,
        _works(count, lambda n: f'uses = ["s-{_letters(n)}"]\nactivates = ["d-{_letters(n)}"]\n'
               "reviews = { media = 2027-02-01 }"),
    )  # fmt: skip


def agreements_of_many_teams(count: int) -> str:
    made = (
        f'[agreements.a-{_letters(n)}]\naccountable = "t-{_letters(n)}"\ndata = ["profile"]\n'
        f'systems = ["cdp", "s-{_letters(n)}"]\naccess = "special"\n'
        "agreed = { marketing = 2027-01-01, it = 2027-01-01 }"
        for n in range(count)
    )
    works = (
        f'[initiatives.{_id(n)}]\nowner = "u-{_letters(n)}"\nestimate = "1w"\nuses = ["cdp"]\n'
        f'activates = ["profile"]\nreviews = {{ core = 2027-02-01 }}'
        for n in range(count)
    )
    return _text(
        made,
        '[systems.cdp]\nowner = "crm"\nstatus = "live"\ndata = ["profile"]\n'
        '[data.profile]\nclassification = "personal"\nsteward = "core"',
        works,
    )


def decisions(count: int) -> str:
    made = (
        f"[decisions.d-{_letters(n)}]\nneeded_by = 2027-03-05\noptions = ['a']"
        for n in range(count)
    )
    return _text(made, _works(count, lambda n: f'awaits = ["d-{_letters(n)}"]'))


def one_decision(count: int) -> str:
    options = _all(count)
    return _text(
        f"[decisions.d]\nneeded_by = 2027-03-05\noptions = [{options}]\nchoice = 'none'\n"
        "decided = 2027-02-01",
        _works(count, 'awaits = ["d"]'),
    )


def meetings(count: int) -> str:
    made = (
        f'[actions.a-{_letters(n)}]\nowner = "crm"\ndue = 2027-01-01\nmeeting = "m-{_letters(n)}"\n'
        f'[meetings.m-{_letters(n)}]\nevery = "2w"\nlast = 2026-11-01'
        for n in range(count)
    )
    return _text(_work(0), made)


def skills(count: int) -> str:
    made = (f'[people.p-{_letters(n)}]\nteam = "crm"\nskills = ["s-{n}"]' for n in range(count))
    return _text(made, _works(count, lambda n: f'skills = ["s-{n}"]'))


def related(count: int) -> str:
    return _text(_work(count, f"relates = [{_all(count)}]"),
                 _works(count, f'relates = ["{_id(count)}"]'))  # fmt: skip


# --- groups, days, text ---------------------------------------------------------------------------


def groups_in_groups(count: int) -> str:
    made = (
        f"[groups.g-{_letters(n)}]\n"
        + (f'part_of = "g-{_letters(n + 1)}"' if n + 1 < count else "")
        for n in range(count)
    )
    return _text(made, _works(count, lambda n: f'part_of = "g-{_letters(n)}"'))


def groups_in_a_ring(count: int) -> str:
    made = (
        f'[groups.g-{_letters(n)}]\npart_of = "g-{_letters((n + 1) % count)}"' for n in range(count)
    )
    return _text(made, _works(count, lambda n: f'part_of = "g-{_letters(n)}"'))


def days_off(count: int) -> str:
    days = "\n".join(f'{_day(3 * n)} = "off"' for n in range(count))
    works = _works(count, lambda n: f'needs = ["{_id(n - 1)}"]' if n else "")
    return _text(f"[calendars.standard.holidays]\n{days}", works)


def calendars(count: int) -> str:
    made = (
        f'[calendars.c-{_letters(n)}]\nworkdays = ["mon", "tue"]\n'
        f'holidays = {{ {_day(n % 99)} = "x" }}'
        for n in range(count)
    )
    return _text(made, _works(count, lambda n: f'calendar = "c-{_letters(n)}"'))


def freezes(count: int) -> str:
    made = (
        f"[freezes.f-{_letters(n)}]\nstart = {_day(7 * (n % 500))}\n"
        f'end = {_day(7 * (n % 500) + 2)}\nsystems = ["s-{n % 100}"]'
        for n in range(count)
    )
    keys = _works(count, lambda n: f'changes = ["s-{n % 100}"]\nannounced = {_day(n % 500)}')
    return _text(made, keys)


def freezes_of_all_systems(count: int) -> str:
    made = (
        f"[freezes.f-{_letters(n)}]\nstart = {_day(14 * n)}\nend = {_day(14 * n + 2)}"
        for n in range(count)
    )
    return _text(made, _works(count, 'changes = ["cms"]'), "[systems.cms]\ncustomer_facing = true")


def one_freeze_of_all(count: int) -> str:
    text = '[freezes.f]\nstart = 2027-03-02\nend = 2027-03-20\nblocks = "work"\n'
    exempt = _all(count // 2)
    return _text(text + f"exempt = [{exempt}]", _works(count, 'changes = ["cdp"]'))


def freezes_of_one(count: int) -> str:
    made = (
        f"[freezes.f-{_letters(n)}]\nstart = {_day(2 * n)}\nend = {_day(2 * n)}\nblocks = 'work'"
        for n in range(count)
    )
    return _text(made, _work(0, 'changes = ["cdp"]'))


def freezes_of_one_day(count: int) -> str:
    made = (
        f'[freezes.f-{_letters(n)}]\nstart = 2027-05-03\nend = 2027-05-07\nsystems = ["cms"]'
        for n in range(count)
    )
    return _text(made, _works(count, 'changes = ["cms"]\nannounced = 2027-05-04'))


def in_the_future(count: int) -> str:
    return _text(_works(count, "actual_start = 2028-01-01\nactual_finish = 2028-02-01"))


def out_of_sequence(count: int) -> str:
    def keys(n: int) -> str:
        need = f'needs = ["{_id(n - 1)}"]\n' if n else ""
        return f'{need}actual_start = 2027-01-01\nstatus = "active"'

    return _text(_works(count, keys))


def against_logic(count: int) -> str:
    def keys(n: int) -> str:
        need = f'needs = ["{_id(n - 1)}"]\n' if n else ""
        return f"{need}must_start_on = 2027-03-01"

    return _text(_works(count, keys))


def comments(count: int) -> str:
    lines = "\n".join(f"# comment {n}" for n in range(count))
    listed = "\n".join(f'  "{_id(n)}",  # beside {n}\n  # above {n}' for n in range(count))
    return _text(lines, _works(9, ""), _work(10, f"relates = [\n{listed}\n]"))


def long_lines(count: int) -> str:
    return _text(_works(9, f'title = "{"word " * (4 * count)}"'))


def long_texts(count: int) -> str:
    lines = "\n".join(f"line {n}" for n in range(4 * count))
    return _text(_works(9, f'notes = """\n{lines}\n"""'))


def many_tags(count: int) -> str:
    tags = _all(count)
    return _text(_works(9, f"tags = [{tags}]\njourney = [{tags}]\nurls = [{tags}]"))


def dotted_keys(count: int) -> str:
    lines = (f"staff.t-{_letters(n)} = 1" for n in range(count))
    return _text(_work(0, *lines))


def inline_kind(count: int) -> str:
    return _text(
        "[initiatives]", (f'{_id(n)} = {{ estimate = "1w", owner = "crm" }}' for n in range(count))
    )


def dotted_kind(count: int) -> str:
    return _text("[initiatives]", (f'{_id(n)}.estimate = "1w"' for n in range(count)))


def views(count: int) -> str:
    made = (
        f'[views.v-{_letters(n)}]\nquery = "@late nothing:{n}"\nsort = "x{n:05}"'
        for n in range(count)
    )
    return _text(_works(9, ""), made)


KINDS: dict[str, Kind] = {
    name: kind
    for name, kind in list(globals().items())
    if not name.startswith("_") and callable(kind) and getattr(kind, "__module__", "") == __name__
}
