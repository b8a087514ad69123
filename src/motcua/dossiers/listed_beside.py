"""Work lists: a step that is open beside the leading one, read as if it were the dossier's own."""

import json
from typing import Any

_KEPT = (
    "id, code, procedure, state, suspended, received_at, received_on, due_at, decided_at, holder_kind, desk_agency,"
    " procedure_version, process_version, stop_ground, result_revoked, channel, assisted, supplement_count,"
    " supplement, late_from, delay, apology_date, competent_agency, available_at, promise_unit, return_way, approval,"
    " returned, transfer, earlier, manifest"
)
# Of each step its own line, as each is work of its own: what a work list reads of the row `r` and of the step `b`.
BESIDE = f"""
{", ".join(f"r.{name}" for name in _KEPT.split(", "))},
    (b->>'number')::int AS step, b->'kinds' AS step_kinds, (b->>'due_at')::timestamptz AS step_due_at,
    (b->>'account')::uuid AS holder_account, b->>'queue' AS queue
"""
# Few at any time, and found by their own index.
_SOURCE = """
(SELECT {beside}
 FROM dossiers_dossier r CROSS JOIN LATERAL jsonb_array_elements(r.beside) b
 WHERE r.beside <> '[]' AND r.beside @> %(beside{n})s::jsonb AND r.state = 'in_process') d
"""


def beside_source(n: int, queue: str, arguments: dict[str, Any]) -> str:
    """What stands in place of `dossiers_dossier d` to read the steps that wait on the list `queue` beside the leading
    one; the caller asks for `d.queue = queue` as of any row. What their index is asked for is put into `arguments`."""
    arguments[f"beside{n}"] = json.dumps([{"queue": queue}])
    return _SOURCE.format(beside=BESIDE, n=n)
