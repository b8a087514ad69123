"""Earlier returns of a matter, and those that wait for the desk manager's word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from motcua.dossiers.returned_before import before
from motcua.reception.known import digits_of, name_keys, number_key, phone_key
from motcua.reception.models import Guidance, GuidanceStanding, Known
from motcua.reception.projector import DECLINED, REFUSAL
from motcua.reception.returns import ONE_MATTER, Earlier, of_one_matter

MOST = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A return that waits for the manager's word."""

    number: str
    form: str
    procedure: str
    at: datetime
    by: str
    times: int


def waiting_for_word(agency: str) -> list[Waiting]:
    """The proposed returns of a desk, the oldest first. One statement, an index of its own."""
    rows = GuidanceStanding.objects.filter(agency=agency, standing="proposed", dossier="").order_by(
        "told_at"
    )[:MOST]
    return [
        Waiting(r.number, r.form, r.procedure, r.told_at, r.told_by, times=len(r.earlier) + 1) for r in rows
    ]


def earlier_returns(
    *, agency: str, procedure: str, people: Iterable[Mapping[str, Any]], at: datetime
) -> tuple[Earlier, ...]:
    """What the desk has sent the applicants among `people` away for before, in this matter. At most four statements.

    The same person is who bears the same identity number, else the same telephone and name; somebody of whom only a
    name is known is nobody in particular.
    """
    if not procedure:
        return ()
    numbers, same = same_person(agency, people)
    if same is None:
        return ()
    records = Guidance.objects.filter(same, agency=agency, at__gt=at - ONE_MATTER).values_list(
        "number", flat=True
    )
    rows = GuidanceStanding.objects.filter(agency=agency, number__in=list(records), procedure=procedure)
    found = [
        Earlier(row.number, "refusal" if row.form == REFUSAL else "guidance", row.told_at)
        for row in rows
        if row.standing != DECLINED
    ]
    known = Known.objects.filter(mac__in=numbers).values_list("dossier", flat=True)[:MOST] if numbers else ()
    dossiers = before(set(known), procedure=procedure, desk=agency)
    found += [
        Earlier(one.code, "supplement", one.opened_at) for one in dossiers for _ in range(one.supplements)
    ]
    return of_one_matter(found, settled=[d.decided_at for d in dossiers if d.decided_at], at=at)


def same_person(agency: str, people: Iterable[Mapping[str, Any]]) -> tuple[list[bytes], Q | None]:
    """The number keys of the applicants among `people`, and which guidance records are theirs (None: of nobody)."""
    numbers: list[bytes] = []
    same: Q | None = None
    for person in people:
        if person["role"] != "applicant":
            continue
        number, phone = str(person.get("number") or ""), str(person.get("phone") or "")
        if number:
            keys = [number_key(agency, number)]
            numbers += keys
        elif digits_of(phone):
            keys = [phone_key(agency, phone), *name_keys(agency, str(person.get("name") or ""))]
        else:
            continue
        same = Q(keys__contains=keys) if same is None else same | Q(keys__contains=keys)
    return numbers, same


def not_received_yet(
    *, agency: str, procedure: str, people: Iterable[Mapping[str, Any]], at: datetime
) -> list[str]:
    """Numbers of the guidance records of this matter, up to `at`, that no reception has closed. Two statements."""
    _numbers, same = same_person(agency, people)
    if same is None:
        return []
    theirs = Guidance.objects.filter(same, agency=agency, at__gt=at - ONE_MATTER, at__lte=at)
    rows = GuidanceStanding.objects.filter(
        agency=agency,
        number__in=list(theirs.values_list("number", flat=True)),
        procedure=procedure,
        dossier="",
    )
    return sorted(rows.values_list("number", flat=True))


def before_reception(code: str, *, agency: str) -> list[str]:
    """Numbers of the guidance records that the reception of a dossier closed. One statement."""
    rows = GuidanceStanding.objects.filter(agency=agency, dossier=code)
    return sorted(rows.values_list("number", flat=True))
