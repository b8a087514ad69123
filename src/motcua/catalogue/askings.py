"""Who can give which papers, and how many published procedures ask for them: kept in the process, made anew when
something was published, closed or came into force."""

import functools
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from motcua.catalogue.listing import stamp
from motcua.catalogue.once_only import Asked, Givers, Result, asked
from motcua.catalogue.shapes import ProcedureVersion
from motcua.kernel.say import Say


@dataclass(frozen=True, slots=True)
class Askings:
    """What there is to give papers; `counts`: the published procedures that ask for each, by the giver's key."""

    givers: Givers
    counts: Mapping[str, int]


_READ = """
SELECT DISTINCT ON (v.procedure_id) v.procedure_id, (v.body->'title')::text, coalesce(v.body->'results', '[]')::text,
       jsonb_path_query_array(v.body, '$.components[*] ? (@.kind == "required" || @.kind == "required_if"
           || @.kind == "one_of" || @.kind == "announced").name.vi')::text
FROM catalogue_version v JOIN catalogue_procedure p ON p.code = v.procedure_id
WHERE v.effective_from <= %(on)s AND v.withdrawn_at IS NULL AND (p.closed_on IS NULL OR p.closed_on > %(on)s)
ORDER BY v.procedure_id, v.effective_from DESC, v.number DESC
"""


def askings(*, on: date) -> Askings:
    """Who can give which papers on `on`. One statement while nothing was published, two after."""
    return _askings(on, stamp(on=on))


@functools.lru_cache(maxsize=2)
def _askings(on: date, _stamp: tuple[str, ...]) -> Askings:
    with connection.cursor() as cursor:
        cursor.execute(_READ, {"on": on})
        rows = [(code, *map(json.loads, told)) for code, *told in cursor.fetchall()]
    givers = Givers.of(
        (
            Result(code, _say(title), _say(result["name"]))
            for code, title, results, _ in rows
            for result in results
        ),
        on=on,
    )
    known = functools.cache(givers.of_paper)
    counts: Counter[str] = Counter()
    for _, _, _, names in rows:
        counts.update({giver.key for name in names if (giver := known(name)) is not None})
    return Askings(givers, counts)


def _say(told: Mapping[str, str]) -> Say:
    return Say(told["vi"], told.get("en") or "")


def unreasoned(version: ProcedureVersion, *, on: date) -> Iterable[Asked]:
    """The papers of `version` that somebody else can give on `on` and that nobody gave a reason for."""
    return [one for one in asked(version, askings(on=on).givers) if not one.is_reasoned]
