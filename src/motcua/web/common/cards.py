"""A scanned card's line among the typed fields of a person: spread over them where it can be read, told where not.
A scanner types wherever the cursor stands."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _, gettext_lazy

from motcua.parties.card import Card, head_of, read
from motcua.web.common.wording import say

CARD_FIELDS = ("kind", "paper", "number", "name", "address", "born_0", "born_1", "born_2", "sex")
_SEXES = {"Nam": "male", "Nữ": "female"}
UNREADABLE = gettext_lazy(
    "Không đọc được thẻ. Hãy tắt bộ gõ tiếng Việt rồi quét lại, hoặc xóa ô này và nhập tay."
)


def no_card(text: str) -> None:
    """A validator: a card's line that could not be read is nobody's name and no paper's number."""
    if "|" in text:
        raise ValidationError(UNREADABLE, code="card")


def spread_card(
    typed: QueryDict, *, prefix: str, scanned_into: Iterable[str], filling: Collection[str] = CARD_FIELDS
) -> bool:
    """Fill the fields `filling` under `prefix` with the card whose line stands in one of `scanned_into`; whether
    there was one. What it leaves in doubt is kept for `doubts_of`."""
    typed.pop(f"{prefix}doubts", None)
    for field in scanned_into:
        scanned = str(typed.get(f"{prefix}{field}", ""))
        card = read(scanned)
        if card is None:
            continue
        typed[f"{prefix}{field}"] = "" if field == "scan" else head_of(scanned)
        for name, value in _told(card).items():
            if name in filling:
                typed[f"{prefix}{name}"] = value
        if card.doubts:
            typed[f"{prefix}doubts"] = json.dumps([(d.field, say(d.why)) for d in card.doubts])
        return True
    return False


def doubts_of(data: Mapping[str, Any], *, prefix: str) -> list[tuple[str, str]]:
    """What a card left in doubt: field and what to say there."""
    told: list[tuple[str, str]] = json.loads(data.get(f"{prefix}doubts") or "[]")
    return [(name, _("Quét thẻ: %(why)s.") % {"why": why}) for name, why in told]


def _told(card: Card) -> Mapping[str, str]:
    """The fields that the card is certain of."""
    born = card.born_on
    days = (f"{born.day:02}", f"{born.month:02}", f"{born.year:04}") if born else ("", "", "")
    told = {"number": card.number, "name": card.name, "address": card.address}
    told["sex"] = _SEXES.get(card.sex, "")
    told |= {f"born_{i}": part for i, part in enumerate(days)}
    return {
        "kind": "citizen",
        "paper": "citizen_id",
        **{name: value for name, value in told.items() if value},
    }
