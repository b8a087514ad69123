"""The last request for what was missing or wrong in a dossier, with what each item was answered with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers.events import SupplementRequested, Supplied
from motcua.kernel.codec import decode
from motcua.kernel.contents import TextRef
from motcua.ledger.chain import Envelope


@dataclass(frozen=True, slots=True)
class Asked:
    """One item and its answer; `at` None: it is still open. `mended`: it was about the electronic form, which was
    answered anew there. Texts are "" where there are none, or they were erased."""

    number: str
    component: str | None
    text: str
    at: datetime | None = None
    by_citizen: bool = False
    words: str = ""
    digests: tuple[str, ...] = ()
    mended: bool = False


def last_asked(envelopes: Sequence[Envelope], texts: Mapping[UUID, str]) -> tuple[Asked, ...]:
    """The items of the last request in this history; none where nothing was ever asked for. `texts` are the contents
    of the dossier."""
    places = [n for n, x in enumerate(envelopes) if x.type == SupplementRequested.TYPE]
    if not places:
        return ()
    answered: dict[str, tuple[Envelope, Supplied]] = {}
    for x in envelopes[places[-1] + 1 :]:
        if x.type == Supplied.TYPE:
            told = decode(Supplied, x.data)
            answered |= dict.fromkeys(told.items, (x, told))
    request = decode(SupplementRequested, envelopes[places[-1]].data)
    return tuple(_asked(item, answered.get(item.item), texts) for item in request.items)


def _asked(item: Any, answer: tuple[Envelope, Supplied] | None, texts: Mapping[UUID, str]) -> Asked:
    open_one = Asked(item.item, item.component, _text(item.text, texts))
    if answer is None:
        return open_one
    envelope, told = answer
    reply = next((one for one in told.replies if one.item == item.item), None)
    return Asked(
        number=open_one.number,
        component=open_one.component,
        text=open_one.text,
        at=told.occurred_at,
        by_citizen=envelope.actor["kind"] == "citizen",
        words=_text(reply.text, texts) if reply else "",
        digests=reply.file_digests if reply else (),
        mended=bool(item.topic and told.form),
    )


def _text(ref: TextRef | None, texts: Mapping[UUID, str]) -> str:
    return texts.get(ref.content, "") if ref else ""
