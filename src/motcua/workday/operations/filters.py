"""Keeping ways to look at one's own work list. The edge opens the transaction."""

from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean
from motcua.workday.models import MOST_FILTERS, SavedFilter

LONGEST_NAME = 60


def save_filter(*, account: UUID, name: str, fields: Mapping[str, str]) -> UUID:
    """Keep `fields` under `name`. Raises Invalid for no name, one too long or one there is; NotAllowedNow where
    MOST_FILTERS are kept."""
    called = _name(name)
    taken = set(SavedFilter.objects.filter(account=account).values_list("place", flat=True))
    place = next((n for n in range(1, MOST_FILTERS + 1) if n not in taken), None)
    if place is None:
        raise NotAllowedNow(
            f"Đã lưu {MOST_FILTERS} bộ lọc, là mức nhiều nhất. Hãy xóa một bộ lọc trước.",
            f"{MOST_FILTERS} filters are saved, which is the most. Delete one first.",
        )
    kept = SavedFilter(id=uuid7(), account=account, place=place, name=called, fields=dict(fields))
    _written(kept, insert=True)
    return kept.id


def rename_filter(*, account: UUID, filter_id: UUID, name: str) -> None:
    """Give a filter of one's own another name. Raises as `save_filter`; NotFound for another's."""
    kept = _own(account, filter_id)
    kept.name = _name(name)
    _written(kept)


def drop_filter(*, account: UUID, filter_id: UUID) -> None:
    """Let a filter of one's own go. Raises NotFound for another's."""
    _own(account, filter_id).delete()


def open_with(*, account: UUID, filter_id: UUID | None) -> None:
    """Let the list open with this filter of one's own; None: with none. Raises NotFound for another's."""
    kept = _own(account, filter_id) if filter_id else None
    with transaction.atomic():
        SavedFilter.objects.filter(account=account, is_default=True).update(is_default=False)
        if kept is not None:
            SavedFilter.objects.filter(id=kept.id).update(is_default=True)


def _own(account: UUID, filter_id: UUID) -> SavedFilter:
    found = SavedFilter.objects.filter(account=account, id=filter_id).first()
    if found is None:
        raise NotFound("Không có bộ lọc này; có thể đã xóa.", "There is no such filter; it may be deleted.")
    return found


def _name(name: str) -> str:
    called = clean(name)
    if not called:
        raise Invalid("Hãy đặt tên cho bộ lọc.", "Give the filter a name.", field="name")
    if len(called) > LONGEST_NAME:
        raise Invalid(
            f"Tên bộ lọc dài nhất {LONGEST_NAME} ký tự.",
            f"A filter's name has at most {LONGEST_NAME} characters.",
            field="name",
        )
    return called


def _written(kept: SavedFilter, *, insert: bool = False) -> None:
    try:
        with transaction.atomic():
            kept.save(force_insert=insert)
    except IntegrityError as error:
        raise Invalid(
            f"Bạn đã có bộ lọc tên “{kept.name}”. Hãy đặt tên khác.",
            f"You have a filter called “{kept.name}”. Choose another name.",
            field="name",
        ) from error
