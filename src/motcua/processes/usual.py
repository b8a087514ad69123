"""What the steps of a process usually take where they are done: the median of those that went the same way before."""

from collections import defaultdict
from datetime import date, timedelta
from statistics import median_low
from uuid import UUID

from django.db import connection

from motcua.dossiers.row import Row
from motcua.dossiers.went_before import WENT_BEFORE, same_way
from motcua.processes.dues import OfficeTime

FEWEST = 10  # fewer say nothing of what is usual


def usual_times(row: Row, *, calendar: OfficeTime, on: date) -> dict[int, timedelta]:
    """By number of the row, the office time in which half of the dossiers that went the way of `row` before had done
    it, their stays in it together; of rows that FEWEST came through. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dossier, number, opened_at, ended_at FROM processes_runningstep"  # noqa: S608 - fixed parts
            f" WHERE dossier IN ({WENT_BEFORE}) AND ended_at IS NOT NULL",
            same_way(row, on=on),
        )
        took: dict[int, dict[UUID, timedelta]] = defaultdict(lambda: defaultdict(timedelta))
        for dossier, number, opened, ended in cursor.fetchall():
            took[number][dossier] += calendar.office_time_between(opened, ended)
    return {number: median_low(each.values()) for number, each in took.items() if len(each) >= FEWEST}
