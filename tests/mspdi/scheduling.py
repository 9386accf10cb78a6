"""Run in a process of its own: MPXJ in a Java machine, asked line by line (see `java.py`).

A question is a JSON object with the `path` of a file; the answer is one, too. `schedule` computes
its dates with the scheduler that follows Microsoft's; `years` asks what its calendars work instead.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from typing import Any


def main() -> None:
    import jpype
    import mpxj  # noqa: F401  # puts the library's jars where Java looks

    jpype.startJVM("-Xmx512m", "-Dlog4j.level=OFF")
    for line in sys.stdin:
        try:
            answer = _answer(json.loads(line))
        except jpype.JException as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    from jpype import JClass

    project = JClass("org.mpxj.reader.UniversalProjectReader")().read(asked["path"])
    if project is None:
        return {"error": "not read"}
    if asked.get("schedule"):
        start = project.getProjectProperties().getStartDate()
        JClass("org.mpxj.cpm.MicrosoftScheduler")().schedule(project, start)
    if years := asked.get("years"):
        return {"tasks": [_working(calendar, *years) for calendar in project.getCalendars()]}
    return {"tasks": [_task(task) for task in project.getTasks()]}


def _working(calendar: Any, first: int, last: int) -> dict[str, Any]:
    """The days from one year to another that a calendar works."""
    from jpype import JClass

    days = [date(first, 1, 1) + timedelta(days=n) for n in range(366 * (last - first + 1))]
    of = JClass("java.time.LocalDate").of
    worked = [str(d) for d in days if calendar.isWorkingDate(of(d.year, d.month, d.day))]
    return {"uid": int(calendar.getUniqueID()), "days": worked}


def _task(task: Any) -> dict[str, Any]:
    slack = _days(task.getTotalSlack(), task)
    return {
        "uid": int(task.getUniqueID()),
        "name": str(task.getName()),
        "summary": bool(task.getSummary()),
        "active": bool(task.getActive()),
        "start": _text(task.getStart()),
        "finish": _text(task.getFinish()),
        "slack": slack,
    }


def _days(duration: Any, task: Any) -> float | None:
    from jpype import JClass

    if duration is None:
        return None
    days = JClass("org.mpxj.TimeUnit").DAYS
    properties = task.getParentFile().getProjectProperties()
    return float(duration.convertUnits(days, properties).getDuration())


def _text(moment: Any) -> str | None:
    return None if moment is None else str(moment)


if __name__ == "__main__":
    main()
