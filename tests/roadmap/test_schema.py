"""The JSON Schema takes what reading takes, and refuses what an editor can see is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import jsonschema
import msgspec
import pytest

from planner.roadmap.entities import KINDS, SINGLES
from planner.roadmap.fields import keys_in_order
from planner.roadmap.output import (
    SCHEMA,
    Checked,
    FindingRow,
    InitiativeRow,
    NeedRow,
    PathRow,
    ReasonRow,
    Shown,
)
from planner.roadmap.schema import json_schema, output_schema
from tests.roadmap.samples import EVERYTHING, MINIMAL, as_json, data, reading

VALIDATOR = jsonschema.Draft7Validator(json_schema())


def accepts(text: str) -> bool:
    """Whether an editor would leave the file unmarked."""
    valid: bool = VALIDATOR.is_valid(as_json(data(text)))
    return valid


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(json_schema())
    jsonschema.Draft202012Validator.check_schema(output_schema())


@pytest.mark.parametrize("text", ["", MINIMAL, EVERYTHING])
def test_right_files_are_accepted(text: str) -> None:
    assert accepts(text)


@pytest.mark.parametrize(
    "line",
    [
        'needs = "b"',
        'needs = ["b", "b ss+5d", "b -1w", { on = "b", type = "FF", lag = "5d" }]',
        'needs = [{ on = "b", counter = { by = "it", on = 2027-03-22, promised = 2027-05-26 } }]',
        'needs = [{ on = "b", counter = { type = "ss", x_ticket = 4 } }]',
        'estimate = "1.5W"',
        'estimate = ["1w", "2w", "3w"]',
        'owner = ["crm", "web"]',
        "cost = 3.5",
        "cost = { it = 3 }",
        "cost = [1, 2.5, 3]",
        "cost = { it = [1, 2, 3], marketing = 4 }",
        'accelerate = { to = "6w", cost = 12000 }',
        'x_jira = "A-1"',
        "deadline = 2027-03-01",
    ],
)
def test_right_values_are_accepted(line: str) -> None:
    text = f"[initiatives.a]\n{line}"
    assert accepts(text)
    assert [p.code for p in reading(text).problems] in ([], ["READ02"])


@pytest.mark.parametrize(
    "text",
    [
        '[initiatives.a]\nestimate = "6 weeks"',
        '[initiatives.a]\nestimate = ["1w", "2w"]',
        "[initiatives.a]\nestimate = 6",
        '[initiatives.a]\nneeds = ["b  SS"]',
        '[initiatives.a]\nneeds = ["b XS"]',
        '[initiatives.a]\nneeds = [{ type = "SS" }]',
        '[initiatives.a]\nneeds = [{ on = "b", lag = "5" }]',
        '[initiatives.a]\nneeds = [{ on = "b", note = 3 }]',
        '[initiatives.a]\nneeds = [{ on = "b", counter = { by = "it" } }]',
        '[initiatives.a]\nneeds = [{ on = "b", counter = { promised = "soon" } }]',
        '[initiatives.a]\nneeds = [{ on = "b", counter = { type = "XS" } }]',
        '[initiatives.a]\nstatus = "plannd"',
        "[initiatives.a]\npriority = 9",
        "[initiatives.a]\npercent_complete = 101",
        '[initiatives.a]\ndeadline = "soon"',
        "[initiatives.a]\ndeadline = 1066-10-14",
        "[initiatives.a]\ndeadline = 2027-03-01T10:00:00",
        '[initiatives.a]\nowner = "Jane Doe"',
        "[initiatives.a]\nvalue = { it = 7 }",
        "[initiatives.a]\ncost = [1, 2]",
        '[initiatives.a]\ncost = { it = ["1", 2, 3] }',
        '[initiatives.a]\naccelerate = { to = "6 weeks", cost = 1 }',
        '[initiatives.a]\naccelerate = { to = "6w", cost = -1 }',
        '[initiatives.a]\naccelerate = { to = "6w" }',
        "[initiatives.a]\naccelerate = 12000",
        "[teams.crm.capacity_from]\n2027-06-01 = -1",
        "[teams.crm.capacity_from]\nsummer = 1",
        "[outcomes.o.answers]\n2027-06-01 = 1",
        '[checks]\nwip = "2w"',
        "[checks]\nwip = { crm = 1.5 }",
        '[actions.a]\ndue = "soon"',
        "[initiatives.a]\nuses = [3]",
        "[initiatives.a]\ntitle = 3",
        "[initiatives.Web_Push]",
        f"[initiatives.{'x' * 65}]",
        "[[initiatives]]",
        "initiatives = 3",
        "[initiatives]\nx = 5",
        '[calendars.uk]\nworkdays = ["monday"]',
        '[calendars.uk.holidays]\neaster = "Easter"',
        "[teams.crm]\ncapacity = -1",
        '[checks]\nhorizon = "2 weeks"',
        "[checks]\nhorizon = true",
        '[checks.severity]\nSYS01 = "warn"',
        "[glossary]\nlead = 3",
        "[roadmap]\nnear_critical = -1",
    ],
)
def test_what_the_schema_refuses_reading_refuses_too(text: str) -> None:
    assert not accepts(text)
    assert "READ01" in {problem.code for problem in reading(text).problems}


def test_every_table_and_key_is_there_with_what_it_is_for() -> None:
    schema = json_schema()
    assert set(schema["properties"]) == {*KINDS, *SINGLES}
    for kind in KINDS:
        properties = schema["definitions"][kind]["properties"]
        assert tuple(properties) == keys_in_order(kind)
        assert all(described["description"] for described in properties.values())
        assert schema["definitions"][kind]["description"]


# --- what the program prints ----------------------------------------------------------------------


def initiative_row() -> InitiativeRow:
    """A row as it is printed."""
    return InitiativeRow(
        id="customer-sso",
        title="Customer identity",
        portfolio="it",
        owner=None,
        status="planned",
        start=date(2027, 3, 8),
        finish=date(2027, 5, 12),
        late_start=date(2027, 3, 1),
        late_finish=date(2027, 5, 5),
        duration=45,
        total_float=-5,
        free_float=0,
        critical=True,
        near_critical=False,
        driven_by=("api-gateway",),
        reason=ReasonRow(kind="link", on="api-gateway", type="SS", lag=5, key=None, day=None),
        needs=(NeedRow(on="api-gateway", type="SS", lag=5, slack=0, driving=True),),
        estimate=(45,),
        deadline=None,
        actual_start=None,
        actual_finish=None,
        assumed=False,
        file="it.toml",
        line=14,
        kind="feature",
        milestone=False,
        unscheduled=None,
        waiting=None,
    )


def finding_row() -> FindingRow:
    """A finding as it is printed."""
    return FindingRow(
        rule="deadline-missed",
        code="DATE01",
        severity="error",
        on=("peak-readiness",),
        message="5 days late",
        next="it",
        next_party=None,
        data={"days": 5},
        file="it.toml",
        line=210,
        fixes=("planner set …",),
        fingerprint="f",
        waived=False,
    )


def printed(value: Any) -> Any:
    """The value after a trip through JSON."""
    return msgspec.json.decode(msgspec.json.encode(value))


def test_what_is_printed_is_as_the_schema_says() -> None:
    head: dict[str, Any] = {
        "schema": SCHEMA,
        "title": "Acme",
        "as_of": date(2026, 11, 20),
        "start": None,
        "finish": None,
        "critical_path": ("api-gateway", "customer-sso"),
        "paths": (PathRow(target="customer-sso", initiatives=("customer-sso",)),),
        "unscheduled": (),
        "findings": (finding_row(),),
    }
    shown = printed(Shown(**head, initiatives=(initiative_row(),)))
    checked = printed(Checked(**head))
    validator = jsonschema.Draft202012Validator(output_schema())
    validator.validate(shown)
    validator.validate(checked)
    assert list(shown)[:6] == ["schema", "title", "as_of", "start", "finish", "critical_path"]
    assert [key for key in shown if key != "initiatives"] == list(checked)
    assert shown["initiatives"][0]["owner"] is None
    assert shown["as_of"] == "2026-11-20"
    del shown["title"], checked["title"]
    assert not validator.is_valid(shown)
    assert not validator.is_valid(checked)
