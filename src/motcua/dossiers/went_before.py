"""Dossiers that went the same way before, here: to learn how long it usually takes."""

from datetime import date, timedelta
from typing import Any

from motcua.dossiers.row import Row

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
