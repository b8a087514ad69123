"""Which procedures are run here, by whom, since when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from motcua.agencies.bodies import SETTLING_PARTS
from motcua.kernel.kept import Kept
from motcua.processes.models import Adoption
from motcua.processes.selectors import versions
from motcua.processes.shapes import ProcessVersion


def has_adopted(agency: str) -> set[str]:
    """Codes of the procedures `agency` has adopted a process for."""
    return set(Adoption.objects.filter(agency=agency, valid_to=None).values_list("procedure", flat=True))


def run_here() -> frozenset[str]:
    """Codes of the procedures that some agency of this installation has adopted a process for, but to settle parts of
    what others received. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT procedure FROM ({_RUN}) run", {"parts": sorted(SETTLING_PARTS)})  # noqa: S608
        return frozenset(code for (code,) in cursor.fetchall())


_RUN = """
SELECT a.procedure FROM processes_adoption a JOIN agencies_agency g ON g.code = a.agency
WHERE a.valid_to IS NULL AND NOT g.body = ANY(%(parts)s)"""


def _run_of(codes: set[str]) -> dict[str, bool]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_RUN} AND a.procedure = ANY(%(codes)s)",
            {"parts": sorted(SETTLING_PARTS), "codes": sorted(codes)},
        )
        return dict.fromkeys((code for (code,) in cursor.fetchall()), True)


_run: Kept[str, bool] = Kept(_run_of)


def is_run_here(procedure: str) -> bool:
    """Whether some agency of this installation has adopted a process for `procedure`. A statement until one has."""
    return bool(_run.of([procedure]))


@dataclass(frozen=True, slots=True)
class Run:
    """A process an agency runs for a variant, from and until when."""

    variant: str
    version_id: UUID
    number: int
    valid_from: date
    valid_to: date | None


def runs(*, agency: str, procedure: str) -> list[Run]:
    """What `agency` runs for `procedure`, has run and will run, the newest first. One statement."""
    rows = Adoption.objects.filter(agency=agency, procedure=procedure).order_by("-valid_from", "variant")
    return [
        Run(*row)
        for row in rows.values_list("variant", "version_id", "version__number", "valid_from", "valid_to")[
            :200
        ]
    ]


def tables_run(*, agency: str | None, procedure: str, on: date) -> tuple[ProcessVersion, ...]:
    """The processes that an agency (None: any) runs for a procedure on a day. One statement."""
    found = Adoption.objects.filter(procedure=procedure, valid_from__lte=on)
    if agency is not None:
        found = found.filter(agency=agency)
    running = found.exclude(valid_to__lte=on).values_list("version_id", flat=True)
    return tuple(versions(set(running)).values())
