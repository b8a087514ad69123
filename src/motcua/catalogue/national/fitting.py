"""A version made of a record and of those decisions that go together with it. Pure."""

from collections.abc import Iterable

from motcua.catalogue.checking import parse
from motcua.catalogue.national.decisions import Decision
from motcua.catalogue.national.record import Record
from motcua.catalogue.national.structure import Structured, structured
from motcua.catalogue.shapes import ProcedureVersion
from motcua.kernel.errors import Invalid


def fitted(record: Record, decisions: Iterable[Decision] = ()) -> tuple[Structured, ProcedureVersion]:
    """What is made of `record` with those of `decisions` that fit. Raises Invalid where the record alone makes no
    version."""
    return made_with(record, fitting(record, decisions))


def fitting(record: Record, decisions: Iterable[Decision]) -> list[Decision]:
    """Those of `decisions`, the earlier first, that go together with the record as it is today: all, as a rule."""
    wanted = list(decisions)
    kept: list[Decision] = []
    if not wanted or _goes(record, wanted):
        return wanted
    for decision in wanted:
        if _goes(record, [*kept, decision]):
            kept.append(decision)
    return kept


def _goes(record: Record, decisions: Iterable[Decision]) -> bool:
    try:
        made_with(record, decisions)
    except Invalid:
        return False
    return True


def made_with(record: Record, decisions: Iterable[Decision]) -> tuple[Structured, ProcedureVersion]:
    """As `fitted`, with all of them. Raises Invalid where they do not go together."""
    made = structured(record, decisions)
    return made, parse(made.document)
