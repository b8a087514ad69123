"""A marriage, for which two apply: Tuyết writes, Hùng has to confirm."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from motcua.dossiers.assisting import FilingKind
from motcua.eforms.models import Version
from motcua.eforms.selectors import shipped_document
from motcua.flows import confirming
from motcua.flows.reception import Intake, examine
from motcua.flows.submissions import hand_in
from motcua.flows.terms import terms_of
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.submissions.operations import begin, save
from motcua.submissions.selectors import asked_about, draft as find_draft
from motcua.web.citizen.writing import Writing
from tests.support.mandated import signed_in
from tests.support.world import COMMUNE

MARRIAGE = "1.000894"
_PERSON = {
    "ethnicity": "kinh",
    "nationality": "vn",
    "residence_kind": "permanent",
    "residence": {"province": "01", "commune": "00004", "detail": "Số 3"},
    "paper": "identity_card",
}
WOMAN = {**_PERSON, "name": "Nguyễn Thị Ánh Tuyết", "born": "1990-02-15", "personal_id": "001190000001"}
MAN = {**_PERSON, "name": "Trần Văn Hùng", "born": "1985-09-30", "personal_id": "001085000002"}


def form_pages(*, woman: Mapping[str, Any] = WOMAN, man: Mapping[str, Any] = MAN) -> dict[str, Any]:
    """The pages of the form, as a draft keeps them."""
    told = {
        "form-party": {"i_am": "woman"},
        "form-woman": {"woman": woman, "woman_times": 1},
        "form-man": {"man": man, "man_times": 1},
        "form-end": {"wants_copies": "no", "willing": True, "truth": True},
    }
    return {page: {"answers": [json.dumps(answers)]} for page, answers in told.items()}


def married(owner: UUID, at: datetime, **people: Mapping[str, Any]) -> UUID:
    """A draft of `owner`'s that is whole but for the confirmations."""
    draft = begin(owner=owner, agency=COMMUNE, procedure=MARRIAGE, at=at)
    you = {"phone": ["0912345678"], "email": [""], "address": ["Xã Mẫu"], "way": ["desk"]}
    pages = {"you": you, **form_pages(**people)}
    for page, fields in pages.items():
        save(kept=find_draft(draft, owner=owner, at=at), page=page, fields=fields, reached="check", at=at)
    return draft


def saved_again(draft: UUID, owner: UUID, at: datetime, phone: str = "0911111111") -> int:
    """Another telephone is saved; the new revision."""
    kept = find_draft(draft, owner=owner, at=at)
    fields = {**kept.pages["you"], "phone": [phone]}
    return save(kept=kept, page="you", fields=fields, reached="check", at=at)


def asked(draft: UUID, owner: UUID, at: datetime) -> UUID:
    """The others are asked; the one confirmation that is waited for."""
    writing = Writing(draft, owner=owner, at=at)
    confirming.ask(kept=writing.kept, intake=writing.intake, at=at)
    (one,) = asked_about(draft)
    return one.id


def terms(draft: UUID, owner: UUID, at: datetime) -> tuple[Intake, str, int]:
    """The draft as an intake, what is agreed to, and its revision."""
    writing = Writing(draft, owner=owner, at=at)
    intake = writing.intake
    return intake, terms_of(examine(intake=intake, at=at), intake), writing.kept.revision


def confirmed(confirmation: UUID, draft: UUID, owner: UUID, party: UUID, at: datetime) -> None:
    """`party` confirms."""
    intake, agreed, revision = terms(draft, owner, at)
    confirming.confirm(
        confirmation=confirmation, party=party, revision=revision, intake=intake, agreed=agreed, at=at
    )


def handed_in(at: datetime) -> str:
    """The code of the marriage, confirmed by the other and handed in."""
    bride, groom = signed_in("tuyet", at), signed_in("hung", at)
    draft = married(bride.id, at)
    confirmed(asked(draft, bride.id, at), draft, bride.id, groom.id, at)
    intake, agreed, revision = terms(draft, bride.id, at)
    with unit_of_work(actor=bride.actor, at=at, request=Request.fresh(), origin="simulated"):
        done = hand_in(draft=draft, revision=revision, intake=intake, agreed=agreed, actor=bride.actor, at=at)
    return str(done.row["code"])


CONSENTED = MARRIAGE  # taken here, and asks for no papers
HEAD = {"name": "Trần Văn Hùng", "personal_id": "001085000002", "phone": "0987654321"}
OWNER = {"name": "Lò Thị Mây", "personal_id": "001301000003"}


def residence_form(at: datetime) -> None:
    """The declaration of a temporary residence, served here as the form of `CONSENTED`: its own procedure is the
    police's, in their system."""
    body = shipped_document("temporary_residence", 2)
    assert body is not None
    Version(
        id=uuid4(),
        code="residence_here",
        number=1,
        body=body
        | {"code": "residence_here", "version": 1, "valid_from": "2025-08-01"}
        | {"procedures": [{"code": CONSENTED}]},
        body_digest=b"",
        valid_from=date(2025, 8, 1),
        concerns=[CONSENTED],
        came_from={},
        published_by="test",
        published_at=at,
        head_hash=b"",
    ).save(force_insert=True)


def residing(
    owner: UUID,
    at: datetime,
    *,
    head: Mapping[str, Any] = HEAD,
    landlord: Mapping[str, Any] = OWNER,
    filing: FilingKind = FilingKind.SELF,
    **more: Any,
) -> UUID:
    """A draft of `owner`'s that is whole, to which the head of the household and the owner of the home have to
    consent; `more` are other answers of the page "who"."""
    draft = begin(owner=owner, agency=COMMUNE, procedure=CONSENTED, at=at, filing=filing)
    who = {
        "declarant": {"name": "Nguyễn Thị Ánh Tuyết", "born": "1990-02-15", "sex": "female"}
        | {"personal_id": "001190000001", "phone": "0912345678"},
        "is_head": "no",
        "head_agrees": "account",
        "head": head,
        "head_relation": "Em",
        **more,
    }
    place = {
        "place": {"province": "01", "commune": "00004", "detail": "Số 3"},
        "until": "2028-01-31",
        "owner": "rent",
        "owner_agrees": "account",
        "owner_person": landlord,
    }
    told = {"form-who": who, "form-place": place, "form-end": {"minor": "no", "truth": True}}
    pages: dict[str, Any] = {
        "you": {"phone": ["0912345678"], "email": [""], "address": ["Xã Mẫu"], "way": ["desk"]},
        **{page: {"answers": [json.dumps(answers)]} for page, answers in told.items()},
    }
    for page, fields in pages.items():
        save(kept=find_draft(draft, owner=owner, at=at), page=page, fields=fields, reached="check", at=at)
    return draft
