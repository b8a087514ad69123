"""Dossiers that went a way before: to learn how long it usually takes, to make a test of one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.dossiers.row import Row
from motcua.dossiers.states import ENDED, State

LOOKED_BACK, MOST = timedelta(days=180), 50
# The ids of the last dossiers that the same desk received for the same agency under the same process and that are
# decided, of those whose clock never stood still: an index range of the desk's register. Its values: `same_way`.
WENT_BEFORE = f"""
SELECT id FROM dossiers_dossier WHERE desk_agency = %(desk)s AND received_on >= %(since)s
    AND process_version = %(process)s AND competent_agency = %(competent)s AND decided_at IS NOT NULL
    AND pauses = '[]' AND reopened IS NULL ORDER BY received_on DESC, id DESC LIMIT {MOST}
"""  # noqa: S608 - fixed parts only


def same_way(row: Row, *, on: date) -> dict[str, Any]:
    """What WENT_BEFORE asks of the way that the dossier of `row` goes."""
    return {
        "desk": row["desk_agency"],
        "competent": row["competent_agency"],
        "process": row["process_version"],
        "since": on - LOOKED_BACK,
    }


@dataclass(frozen=True, slots=True)
class Ended:
    """A dossier that is decided or ended, by its code; nobody's name."""

    code: str
    variant: str
    state: State
    received_on: date


def ended_under(versions: Collection[UUID], *, limit: int) -> list[Ended]:
    """The dossiers decided or ended under one of the process `versions`, the last received first, of all agencies. The
    caller has checked who may read them. One statement, an index range of each version."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.code, d.variant, d.state, d.received_on FROM unnest(%(versions)s::uuid[]) v, LATERAL ("
            "SELECT * FROM dossiers_dossier WHERE process_version = v AND state = ANY(%(states)s)"
            " ORDER BY received_on DESC, id DESC LIMIT %(limit)s) d"
            " ORDER BY d.received_on DESC, d.id DESC LIMIT %(limit)s",
            {
                "versions": list(versions),
                "states": sorted(s.value for s in ENDED | {State.DECIDED}),
                "limit": limit,
            },
        )
        return [Ended(code, variant, State(state), on) for code, variant, state, on in cursor.fetchall()]
