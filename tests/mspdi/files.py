"""Files as Microsoft Project 2003 to 365 writes them: the fields that matter, among dozens.

From Microsoft's documented schema. `task` and the others take what a test is about and put the
usual noise round it: baselines, costs, timephased data, variances, a project summary task.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

NAMESPACE = "http://schemas.microsoft.com/project"

Fields = dict[str, Any]
WORKDAYS = range(2, 7)

_HOURS = "".join(
    f"<WorkingTime><FromTime>{opens}:00:00</FromTime><ToTime>{closes}:00:00</ToTime></WorkingTime>"
    for opens, closes in (("08", "12"), ("13", "17"))
)
_TASK_NOISE = """<CreateDate>2026-11-02T09:14:00</CreateDate><WBS>1.{id}</WBS>
<OutlineNumber>1.{id}</OutlineNumber><Work>PT0H0M0S</Work><Stop>1984-01-01T00:00:00</Stop>
<ResumeValid>0</ResumeValid><OverAllocated>0</OverAllocated><Critical>1</Critical>
<IsSubprojectReadOnly>0</IsSubprojectReadOnly><EarlyStart>2027-03-01T08:00:00</EarlyStart>
<EarlyFinish>2027-03-05T17:00:00</EarlyFinish><LateStart>2027-03-01T08:00:00</LateStart>
<LateFinish>2027-03-05T17:00:00</LateFinish><StartVariance>0</StartVariance>
<FinishVariance>0</FinishVariance><WorkVariance>0.00</WorkVariance><FreeSlack>0</FreeSlack>
<TotalSlack>0</TotalSlack><StartSlack>0</StartSlack><FinishSlack>0</FinishSlack>
<FixedCost>0</FixedCost><FixedCostAccrual>3</FixedCostAccrual>
<PercentWorkComplete>0</PercentWorkComplete><OvertimeCost>0</OvertimeCost>
<RegularWork>PT0H0M0S</RegularWork><RemainingCost>0</RemainingCost><ACWP>0.00</ACWP><CV>0.00</CV>
<LevelAssignments>1</LevelAssignments><LevelingCanSplit>1</LevelingCanSplit><HideBar>0</HideBar>
<Rollup>0</Rollup><BCWS>0.00</BCWS><BCWP>0.00</BCWP><EarnedValueMethod>0</EarnedValueMethod>
<IsPublished>0</IsPublished><CommitmentType>0</CommitmentType>"""
_TIMEPHASED = """<TimephasedData><Type>1</Type><UID>{id}</UID><Start>2027-03-01T08:00:00</Start>
<Finish>2027-03-02T08:00:00</Finish><Unit>2</Unit><Value>PT8H0M0S</Value></TimephasedData>"""
_BASELINE = """<Baseline><Number>0</Number><Interim>0</Interim><Start>2027-02-01T08:00:00</Start>
<Finish>2027-02-05T17:00:00</Finish><Duration>PT40H0M0S</Duration>
<DurationFormat>7</DurationFormat><Work>PT40H0M0S</Work><Cost>0</Cost></Baseline>"""
_RESOURCE_NOISE = """<Initials>X</Initials><WorkGroup>0</WorkGroup><PeakUnits>1.00</PeakUnits>
<CanLevel>1</CanLevel><AccrueAt>3</AccrueAt><StandardRate>85</StandardRate>
<StandardRateFormat>2</StandardRateFormat><OvertimeRate>0</OvertimeRate><CostPerUse>0</CostPerUse>
<BookingType>0</BookingType><IsInactive>0</IsInactive>
<AvailabilityPeriods><AvailabilityPeriod><AvailableFrom>1984-01-01T00:00:00</AvailableFrom>
<AvailableTo>2049-12-31T23:59:00</AvailableTo><AvailableUnits>1.00</AvailableUnits>
</AvailabilityPeriod></AvailabilityPeriods>
<Rates><Rate><RatesFrom>1984-01-01T00:00:00</RatesFrom><RatesTo>2049-12-31T23:59:00</RatesTo>
<RateTable>0</RateTable><StandardRate>85</StandardRate></Rate></Rates>"""


def elements(fields: Fields) -> str:
    """Fields in order; what is XML already stays."""
    return "".join(
        f"<{name}>{value if str(value).startswith('<') else escape(str(value))}</{name}>"
        for name, value in fields.items()
    )


def link(uid: int, type: str = "FS", lag: int = 0, format: int = 7, **others: Any) -> str:
    """A link; the lag in tenths of minutes, or percent."""
    fields = {"PredecessorUID": uid, "Type": ("FF", "FS", "SF", "SS").index(type)}
    more: Fields = {"CrossProject": 0, **others, "LinkLag": lag, "LagFormat": format}
    return f"<PredecessorLink>{elements({**fields, **more})}</PredecessorLink>"


def task(
    id: int,
    name: str,
    days: float = 5,
    *links: str,
    level: int = 1,
    custom: dict[int, str] | None = None,
    **fields: Any,
) -> str:
    """A task of so many days, at a level of the outline; `fields` replace what is usual."""
    usual: Fields = {"UID": id, "ID": id, "Name": name, "Active": 1, "Manual": 0, "Type": 0,
                     "IsNull": 0, "OutlineLevel": level, "Priority": 500,
                     "Start": "2027-03-01T08:00:00", "Finish": "2027-03-05T17:00:00",
                     "Duration": f"PT{days * 8:.0f}H0M0S", "DurationFormat": 7, "EffortDriven": 0,
                     "Recurring": 0, "Estimated": 0, "Milestone": int(not days), "Summary": 0,
                     "ExternalTask": 0, "PercentComplete": 0, "ConstraintType": 0,
                     "CalendarUID": -1, "IgnoreResourceCalendar": 0}  # fmt: skip
    attributes = "".join(
        f"<ExtendedAttribute><FieldID>{field}</FieldID><Value>{escape(value)}</Value>"
        "</ExtendedAttribute>"
        for field, value in (custom or {}).items()
    )
    return (
        f"<Task>{elements({**usual, **fields})}{_TASK_NOISE.format(id=id)}{''.join(links)}"
        f"{attributes}{_TIMEPHASED.format(id=id)}</Task>"
    )


def summary(id: int, name: str, level: int = 1, *links: str, **fields: Any) -> str:
    """A summary task."""
    return task(id, name, 5, *links, level=level, **{"Summary": 1, "DurationFormat": 39, **fields})


def with_baseline(text: str) -> str:
    """A task with its baseline."""
    return text.replace("<TimephasedData>", f"{_BASELINE}<TimephasedData>", 1)


def blank(id: int) -> str:
    """A row that nobody has written into."""
    return f"<Task><UID>{id}</UID><ID>{id}</ID><IsNull>1</IsNull></Task>"


def resource(uid: int, name: str, **fields: Any) -> str:
    """A resource that works."""
    usual: Fields = {
        "UID": uid,
        "ID": uid,
        "Name": name,
        "Type": 1,
        "IsNull": 0,
        "MaxUnits": "1.00",
    }
    return f"<Resource>{elements({**usual, **fields})}{_RESOURCE_NOISE}</Resource>"


def assignment(uid: int, task: int, resource: int, units: float = 1) -> str:
    """Who works on a task."""
    fields = {"UID": uid, "TaskUID": task, "ResourceUID": resource, "Units": units}
    return f"<Assignment>{elements(fields)}{_TIMEPHASED.format(id=uid)}</Assignment>"


def exception(first: str, last: str = "", name: str = "", works: bool = False, **rule: Any) -> str:
    """Days that are not as their weekday; `rule` says how they recur."""
    period = {"FromDate": f"{first}T00:00:00", "ToDate": f"{last or first}T23:59:00"}
    times = f"<WorkingTimes>{_HOURS}</WorkingTimes>" if works else ""
    fields: Fields = {"EnteredByOccurrences": 0, "TimePeriod": elements(period), "Occurrences": 1,
                      "Name": name, "Type": 1, **rule, "DayWorking": int(works)}  # fmt: skip
    return f"<Exception>{elements(fields)}{times}</Exception>"


def week_day(number: int, works: bool, hours: str = _HOURS) -> str:
    """A day of the week, Sunday first."""
    times = f"<WorkingTimes>{hours}</WorkingTimes>" if works else ""
    fields: Fields = {"DayType": number, "DayWorking": int(works)}
    return f"<WeekDay>{elements(fields)}{times}</WeekDay>"


def calendar(
    uid: int,
    name: str,
    *exceptions: str,
    days: Iterable[int] | None = WORKDAYS,
    base: int = -1,
    more: str = "",
) -> str:
    """A calendar that works these days (Sunday is 1), or what its base does."""
    week = "" if days is None else "".join(week_day(n, n in set(days)) for n in range(1, 8))
    fields: Fields = {"UID": uid, "Name": name, "IsBaseCalendar": int(base < 0),
                      "IsBaselineCalendar": 0, "BaseCalendarUID": base}  # fmt: skip
    parts = f"<WeekDays>{week}</WeekDays>" if week else ""
    parts += f"<Exceptions>{''.join(exceptions)}</Exceptions>" if exceptions else ""
    return f"<Calendar>{elements(fields)}{parts}{more}</Calendar>"


def project(
    *tasks: str,
    calendars: Iterable[str] = (),
    resources: Iterable[str] = (),
    assignments: Iterable[str] = (),
    aliases: dict[int, str] | None = None,
    **fields: Any,
) -> str:
    """A whole file, with the task that stands for the project."""
    usual: Fields = {"SaveVersion": 14, "Name": "relaunch.mpp", "Title": "Relaunch",
                     "CreationDate": "2026-11-02T08:00:00", "LastSaved": "2027-02-26T16:02:00",
                     "ScheduleFromStart": 1, "StartDate": "2027-03-01T08:00:00",
                     "FinishDate": "2027-06-30T17:00:00", "FYStartDate": 1,
                     "CriticalSlackLimit": 0, "CurrencyDigits": 2, "CurrencySymbol": "€",
                     "CurrencyCode": "EUR", "CalendarUID": 1, "DefaultStartTime": "08:00:00",
                     "MinutesPerDay": 480, "MinutesPerWeek": 2400, "DaysPerMonth": 20,
                     "DurationFormat": 7, "WorkFormat": 2, "HonorConstraints": 1,
                     "NewTasksAreManual": 1, "MoveCompletedEndsBack": 0}  # fmt: skip
    definitions = "".join(
        "<ExtendedAttribute>"
        + elements({"FieldID": field, "FieldName": f"Text{n}", "Alias": alias})
        + "<ValueList><Value><ID>1</ID><Value>x</Value></Value></ValueList></ExtendedAttribute>"
        for n, (field, alias) in enumerate((aliases or {}).items(), 1)
    )
    root = task(0, "Relaunch", 80, level=0, Summary=1)
    parts: Fields = {
        **usual,
        **fields,
        "OutlineCodes": "<OutlineCode><FieldID>1</FieldID></OutlineCode>",
        "WBSMasks": "<VerifyUniqueCodes>1</VerifyUniqueCodes>",
        "ExtendedAttributes": definitions,
        "Calendars": "".join(calendars) or calendar(1, "Standard"),
        "Tasks": root + "".join(tasks),
        "Resources": "".join(resources),
        "Assignments": "".join(assignments),
    }
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{declaration}\n<Project xmlns="{NAMESPACE}">{elements(parts)}</Project>'
