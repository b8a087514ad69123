"""Who may not do an open step, having done one that it stands apart from: of all dossiers of an agency together."""

import json
from collections.abc import Iterator
from uuid import UUID

from django.db import connection

from motcua.dossiers.passing import Apart
from motcua.processes.assigning import done_by
from motcua.processes.selectors import DONE, code_at, version

_DONE = f"""
SELECT d.id, d.process_version, d.earlier::text, d.step || ARRAY(
        SELECT (entry->>'number')::int FROM jsonb_array_elements(d.beside) entry) AS open,
    (SELECT jsonb_agg(jsonb_build_array(seq, number, who))::text FROM processes_runningstep r,
     unnest(ARRAY[r.ended_by, r.ended_for]) who WHERE r.dossier = d.id AND {DONE}) AS did
FROM dossiers_dossier d JOIN processes_version v ON v.id = d.process_version
WHERE d.competent_agency = %(agency)s AND d.ended_at IS NULL AND d.step IS NOT NULL
  AND jsonb_path_exists(v.body, '$.steps[*].apart_from[*]')
"""  # noqa: S608 - fixed parts


def kept_apart(agency: str) -> list[Apart]:
    """For each open step of the running dossiers of `agency`, who did one that it stands apart from. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_DONE, {"agency": agency})
        return [one for line in cursor.fetchall() for one in _of(*line)]


def _of(dossier: UUID, process: UUID, earlier: str, numbers: list[int], did: str | None) -> Iterator[Apart]:
    row = {"process_version": process, "earlier": json.loads(earlier)}
    stays = json.loads(did or "[]")
    done = done_by((code_at(row, seq, number) or "", account) for seq, number, account in stays)
    for step in (version(process).steps[number - 1] for number in numbers):
        accounts = {one for code in step.apart_from for one in done.get(code, ())}
        yield Apart(dossier, step.order, tuple(sorted(accounts)))
