"""What one person puts on a day themselves: open steps in an order of their own, and notes, sealed."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import encrypt
from motcua.kernel.text import clean
from motcua.workday.models import PlanEntry

LONGEST_PLAN_NOTE = 300
MOST_A_DAY = 50
LONGEST_STEP = timedelta(hours=80)
KEPT_DAYS = timedelta(days=30)


def put_on(
    *,
    account: UUID,
    day: date,
    today: date,
    dossier: UUID | None = None,
    number: int = 0,
    takes: timedelta | None = None,
    note: str = "",
) -> UUID:
    """Put an open step (`dossier`, its `number`), which then stands on no other day, or a note alone at the end of a
    day. `takes`: what it takes by one's own reckoning. Raises Invalid for a day that is over or far ahead, for nothing
    to put there, for too long a time or note; NotAllowedNow where the day holds MOST_A_DAY."""
    text = clean(note)
    if dossier is None and not text:
        raise Invalid("Chọn một việc hoặc viết ghi chú.", "Choose a step or write a note.", field="item")
    if not today <= day <= today + timedelta(days=366):
        raise Invalid("Chọn ngày từ hôm nay trở đi.", "Choose a day from today on.", field="day")
    if takes is not None and not timedelta() < takes <= LONGEST_STEP:
        raise Invalid("Số giờ từ 0,25 đến 80.", "From 0.25 to 80 hours.", field="hours")
    if len(text) > LONGEST_PLAN_NOTE:
        raise Invalid(
            f"Ghi chú dài nhất {LONGEST_PLAN_NOTE} ký tự.",
            f"A note has at most {LONGEST_PLAN_NOTE} characters.",
            field="note",
        )
    with transaction.atomic():
        mine = PlanEntry.objects.select_for_update().filter(account=account)
        if dossier is not None:
            mine.filter(dossier=dossier, number=number).delete()
        there = mine.filter(day=day)
        if len(there) >= MOST_A_DAY:
            raise NotAllowedNow(
                f"Ngày này đã có {MOST_A_DAY} mục, là mức nhiều nhất.",
                f"The day holds {MOST_A_DAY} entries, the most.",
            )
        entry = PlanEntry(
            id=uuid7(),
            account=account,
            day=day,
            dossier=dossier,
            number=number,
            place=_last(account, day) + 1,
        )
        entry.minutes = int(takes.total_seconds() // 60) if takes else None
        entry.sealed = encrypt("plan-note", text.encode(), bound_to=entry.id.bytes) if text else None
        entry.save(force_insert=True)
    return entry.id


def _last(account: UUID, day: date) -> int:
    return PlanEntry.objects.filter(account=account, day=day).aggregate(last=Max("place"))["last"] or 0


def move(*, account: UUID, entry: UUID, up: bool) -> None:
    """Let an entry change places with its neighbour of the day; at the end it stays. Raises NotFound for another's."""
    with transaction.atomic():
        own = _own(account, entry)
        day = PlanEntry.objects.filter(account=account, day=own.day)
        beside = (
            day.filter(place__lt=own.place).order_by("-place")
            if up
            else day.filter(place__gt=own.place).order_by("place")
        ).first()
        if beside is not None:
            PlanEntry.objects.filter(id=own.id).update(place=beside.place)
            PlanEntry.objects.filter(id=beside.id).update(place=own.place)


def take_off(*, account: UUID, entry: UUID) -> None:
    """Take an entry off its day; a step is laid by its due again. Raises NotFound for another's."""
    _own(account, entry).delete()


def _own(account: UUID, entry: UUID) -> PlanEntry:
    found = PlanEntry.objects.select_for_update().filter(account=account, id=entry).first()
    if found is None:
        raise NotFound("Không có mục này trong kế hoạch.", "There is no such entry in the plan.")
    return found


def sweep_plans(*, at: datetime) -> int:
    """Let entries of days go that are over since KEPT_DAYS; returns how many."""
    return PlanEntry.objects.filter(day__lt=(at - KEPT_DAYS).date()).delete()[0]
