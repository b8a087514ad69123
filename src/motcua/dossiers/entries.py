"""A dossier's history: its events in sentences, with who did what, and what was typed from paper."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.agencies.mandates import read as read_mandate
from motcua.agencies.selectors import account_names, called
from motcua.dossiers.projector import TYPES
from motcua.dossiers.sentences import sentence
from motcua.dossiers.thread import WRITTEN
from motcua.kernel.codec import decode
from motcua.kernel.say import Say
from motcua.ledger.chain import Envelope
from motcua.pads.selectors import allowed_late
from motcua.parties.mandates import documents_of
from motcua.parties.selectors import names_of

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a dossier's history. `allowed_late`: the desk manager had to allow its sheet of paper."""

    seq: int
    at: datetime
    occurred_at: datetime
    origin: str
    actor: str
    position: str
    type: str
    sentence: Say
    texts: tuple[str, ...]
    acting_for: str = ""
    mandate: str = ""
    allowed_late: bool = False
    by_citizen: bool = False

    @property
    def signed_by(self) -> str:
        """The name under a signature on paper, with for whom and under which document where it was in another's
        seat."""
        if self.by_citizen or not self.document:
            return self.actor
        if not self.acting_for:
            return f"{self.actor}\n(theo văn bản số {self.document})"
        return f"{self.actor}\n(thay {self.acting_for}, theo văn bản số {self.document})"

    @property
    def document(self) -> str:
        """The number of the document it was done under."""
        return self.mandate if self.by_citizen else read_mandate(self.mandate)[1]


def entries_of(
    code: str, envelopes: Sequence[Envelope], texts: Mapping[UUID, str], *, nameless: bool = False
) -> tuple[Entry, ...]:
    """The history of the dossier `code`, oldest first; `nameless` without the citizens who acted and without what
    anybody wrote, which may name them. One statement, and one more each where something was written on
    paper, and two where somebody acted for a business. The caller has checked who may see it."""
    staff = [x.actor for x in envelopes if x.actor["kind"] == "staff"]
    names = account_names({UUID(one) for actor in staff for one in (actor["id"], actor["for"]) if one})
    sent = [] if nameless else [x.actor for x in envelopes if x.actor["kind"] == "citizen" and x.actor["for"]]
    names |= names_of({UUID(one) for actor in sent for one in (actor["id"], actor["for"])})
    papers = {} if nameless else mandate_papers(envelopes)
    sheets = {x.seq: _sheet(x) for x in envelopes if x.data.get("paper")}
    late = (
        allowed_late(code, agencies={s[0] for s in sheets.values()}, pads={s[1] for s in sheets.values()})
        if sheets
        else set()
    )
    texts = {} if nameless else texts
    return tuple(_entry(x, names, texts, papers, late=sheets.get(x.seq) in late) for x in envelopes)


def _sheet(envelope: Envelope) -> tuple[str, str, int]:
    paper = envelope.data["paper"]
    return envelope.agency, paper["pad"].strip().upper(), int(paper["number"])


def mandate_papers(envelopes: Sequence[Envelope]) -> dict[str, str]:
    """The documents of the mandates that these acts were done by, by what the act names the mandate with: its id, and
    in the first acts that the ledger has the document itself. An erased one is missing. One statement, none where
    nobody acted for a business. The caller has checked who may see it."""
    named = {x.actor["mandate"] for x in envelopes if x.actor["kind"] == "citizen" and x.actor["mandate"]}
    ids = {one for one in named if _ID.fullmatch(one)}
    papers = documents_of({UUID(one) for one in ids})
    return {one: one for one in named - ids} | {str(one): document for one, document in papers.items()}


def _entry(
    envelope: Envelope,
    names: Mapping[UUID, str],
    texts: Mapping[UUID, str],
    papers: Mapping[str, str],
    *,
    late: bool,
) -> Entry:
    event: Any = decode(TYPES[envelope.type], envelope.data)
    actor = envelope.actor
    return Entry(
        seq=envelope.seq,
        at=envelope.at,
        occurred_at=event.occurred_at,
        origin=envelope.origin,
        actor=names.get(UUID(actor["id"]), "") if actor["kind"] == "staff" or actor["for"] else "",
        position=actor["position_kind"],
        type=envelope.type,
        sentence=sentence(event, called),
        texts=() if envelope.type in WRITTEN else tuple(_texts_of(envelope.data, texts)),
        acting_for=names.get(UUID(actor["for"]), "") if actor["for"] else "",
        mandate=papers.get(actor["mandate"] or "", "")
        if actor["kind"] == "citizen"
        else actor["mandate"] or "",
        allowed_late=late,
        by_citizen=actor["kind"] == "citizen",
    )


def _texts_of(data: Any, texts: Mapping[UUID, str]) -> list[str]:
    """Texts an event refers to, in order; party snapshots are shown elsewhere."""
    if isinstance(data, Mapping):
        if set(data) == {"content", "digest"}:
            body = texts.get(UUID(data["content"]))
            return [body] if body else []
        return [t for key, value in data.items() if key != "parties" for t in _texts_of(value, texts)]
    if isinstance(data, list):
        return [t for value in data for t in _texts_of(value, texts)]
    return []
