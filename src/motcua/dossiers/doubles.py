"""Whether what somebody hands in for another is handed in already: a family sends two helpers."""

import json
from datetime import datetime

from django.db import connection

from motcua.dossiers.row import Row
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.time import local


class HandedInAlready(NotAllowedNow):
    """Its applicant has another dossier of the same procedure at the same desk that has not ended."""

    def __init__(self, at: datetime) -> None:
        when = f"{local(at):%H:%M %d/%m/%Y}"
        super().__init__(
            f"Chủ hồ sơ đã có một hồ sơ cùng thủ tục này tại cơ quan, nộp lúc {when}, chưa xong; có thể người khác đã "
            "nộp giúp. Nếu đây là việc khác thì đánh dấu rồi nộp.",
            f"The applicant has a dossier of this procedure at the agency already, handed in {when} and not finished; "
            "somebody else may have helped. If this is another matter, tick so and hand in.",
        )


def refuse_double(row: Row) -> None:
    """Raise HandedInAlready where an applicant of the dossier `row`, just written, has such another one. Who hands in
    for the same person and procedure waits here until the other has committed. Two statements for an applicant."""
    for one in row["parties"]:
        if one["role"] != "applicant":
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))", [row["procedure"], one["party"]]
            )
            cursor.execute(
                "SELECT max(coalesce(submitted_at, received_at)) FROM dossiers_dossier WHERE parties @> %s::jsonb"
                " AND procedure = %s AND desk_agency = %s AND ended_at IS NULL AND parent IS NULL AND id <> %s",
                [
                    json.dumps([{"role": "applicant", "party": one["party"]}]),
                    row["procedure"],
                    row["desk_agency"],
                    row["id"],
                ],
            )
            (at,) = cursor.fetchone()
        if at is not None:
            raise HandedInAlready(at)
