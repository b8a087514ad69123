"""The procedures and the trial province's fees that are shipped with the house."""

import functools
import json
from importlib.resources import files

from motcua.catalogue.checking import parse
from motcua.catalogue.schedules import FeeSchedule, parse_schedule
from motcua.catalogue.shapes import ProcedureVersion

DATA = files("motcua.catalogue") / "data"


@functools.cache
def procedures() -> tuple[ProcedureVersion, ...]:
    """The shipped procedure versions by code, as announced; kernel.errors.Invalid if a file is damaged."""
    return _read("procedures")


@functools.cache
def linked() -> tuple[ProcedureVersion, ...]:
    """The shipped inter-agency procedures, and the parts of them that other agencies settle."""
    return _read("linked")


def _read(folder: str) -> tuple[ProcedureVersion, ...]:
    documents = [e for e in (DATA / folder).iterdir() if e.name.endswith(".json")]
    return tuple(
        parse(json.loads(e.read_text(encoding="utf-8"))) for e in sorted(documents, key=lambda e: e.name)
    )


@functools.cache
def schedules() -> tuple[FeeSchedule, ...]:
    """The shipped provincial fee schedules: that of the trial province, plausible amounts and no more."""
    documents = [e for e in (DATA / "fee_schedules").iterdir() if e.name.endswith(".json")]
    return tuple(
        parse_schedule(json.loads(e.read_text(encoding="utf-8")))
        for e in sorted(documents, key=lambda e: e.name)
    )
