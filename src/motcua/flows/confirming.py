"""Several people apply with one draft, or have to consent to it: each confirms what is handed in, signed in as
themselves."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.dossiers import operations as dossiers
from motcua.dossiers.assisting import FilingKind
from motcua.dossiers.operations import Consent, FormAnswers, Recorded
from motcua.eforms.confirming import Named, confirming
from motcua.eforms.selectors import form as form_of
from motcua.flows.inviting import invite, tell_writer
from motcua.flows.reception import Intake, examine
from motcua.flows.terms import TermsChanged, terms_of
from motcua.kernel.actor import Actor
from motcua.kernel.codec import encode
from motcua.kernel.contents import digest_of
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.say import Say
from motcua.kernel.text import fold
from motcua.parties.operations import Particulars
from motcua.parties.selectors import particulars_of
from motcua.submissions import confirmations
from motcua.submissions.confirmations import Asked, asked_as
from motcua.submissions.operations import Kept


class NotConfirmed(NotAllowedNow):
    """Somebody who applies too has not confirmed the draft as it stands."""

    def __init__(self) -> None:
        super().__init__(
            "Chưa nộp được: còn người chưa xác nhận hồ sơ như đang có.",
            "It can't be handed in yet: somebody has not confirmed the dossier as it stands.",
        )


def named_in(form: FormAnswers | None) -> tuple[Named, ...]:
    """Who has to confirm what is answered in the form, the writer too."""
    return confirming(form_of(form.form, form.version), form.answers) if form else ()


def others_of(form: FormAnswers | None, *, writer: Particulars, is_helped: bool = False) -> tuple[Named, ...]:
    """Those of `named_in` who have to sign in beside `writer`, by their numbers: each once, whatever they are named as.
    Raises Invalid where they can't, where the writer's number stands beside another name, where the writer is none of
    those who apply, and where somebody else hands it in for one of them."""
    named = named_in(form)
    applying = [one.number for one in named if one.applies]
    if is_helped and named:
        raise _each_signs_in(are_applying=bool(applying))
    if lacking := next((one for one in named if not one.number), None):
        raise Invalid(
            f"{lacking.label.vi}: cần số định danh cá nhân để tự đăng nhập và xác nhận. Không có thì cùng đến nộp tại "
            "bộ phận một cửa.",
            f"{lacking.label.en}: a personal number is needed to sign in and confirm. Without one, apply at the "
            "one-stop desk.",
            field="form",
        )
    people = {(one.number, fold(one.name)) for one in named}
    if len(set(applying)) < len(applying) or len({number for number, _name in people}) < len(people):
        raise Invalid(
            "Có hai người chung một số định danh; hãy sửa số hoặc họ tên của từng người.",
            "Two people have one and the same number; mend the number or the name of each.",
            field="form",
        )
    if mistaken := next((one for one in named if one.number == writer.number and not _is(one, writer)), None):
        raise Invalid(
            f"{mistaken.label.vi}: số định danh là của người đang đăng nhập, họ tên thì không phải. Hãy sửa số hoặc họ "
            "tên cho đúng người; người ấy phải tự đăng nhập và xác nhận.",
            f"{mistaken.label.en}: the personal number is that of who is signed in, the name is not. Mend the number "
            "or the name to be the right person's; they have to sign in and confirm it themselves.",
            field="form",
        )
    if applying and writer.number not in applying:
        raise Invalid(
            "Người đang đăng nhập không phải là một trong những người nộp hồ sơ này: không phần nào của tờ khai ghi số "
            "định danh của tài khoản này. Hãy sửa số định danh trong tờ khai, hoặc để một trong những người ấy đăng "
            "nhập soạn.",
            "Who is signed in is none of those who apply here: no part of the form tells this account's personal "
            "number. Mend the number in the form, or let one of them sign in and write it.",
            field="form",
        )
    others: dict[str, Named] = {}
    for one in named:
        if one.number != writer.number:
            before = others.get(one.number)
            others[one.number] = _also(before, one) if before else one
    return tuple(others.values())


def _is(one: Named, person: Particulars) -> bool:
    return asked_as(name=one.name, number=one.number) == asked_as(name=person.name, number=person.number)


def _also(one: Named, other: Named) -> Named:
    label = Say(f"{one.label.vi}; {other.label.vi}", f"{one.label.en}; {other.label.en}")
    return replace(one, label=label, phone=one.phone or other.phone, applies=one.applies or other.applies)


def _each_signs_in(*, are_applying: bool) -> Invalid:
    if are_applying:
        return Invalid(
            "Hồ sơ này có nhiều người cùng nộp: một trong những người ấy tự đăng nhập soạn, hoặc tất cả cùng đến bộ "
            "phận một cửa; không nhờ người khác nộp giúp được.",
            "Several people apply here: one of them signs in and writes it, or all come to the one-stop desk; nobody "
            "else hands it in for them.",
            field="form",
        )
    return Invalid(
        "Nộp giúp thì không chờ người phải đồng ý đăng nhập được: hãy chọn gửi kèm văn bản đồng ý trong tờ khai.",
        "What is handed in for somebody can't wait for others to sign in: choose in the form to enclose their "
        "agreement in writing.",
        field="form",
    )


def asked_in(others: tuple[Named, ...]) -> Mapping[str, bytes]:
    """Field -> what each is found by when they sign in."""
    return {one.field: asked_as(name=one.name, number=one.number) for one in others}


def ask(*, kept: Kept, intake: Intake, at: datetime) -> None:
    """Ask those who apply beside the writer to confirm the draft as kept, which `intake` is made of; who is newly asked
    is told. Raises as `others_of`, SavedElsewhere."""
    others = others_of(intake.form, writer=intake.people[0][1], is_helped=kept.filing is not FilingKind.SELF)
    seen = _seen(intake, terms_of(examine(intake=intake, at=at), intake))
    with transaction.atomic():
        new = confirmations.ask(kept=kept, people=asked_in(others), seen=seen, at=at)
        for one in others:
            if one.field in new:
                invite(named=one, confirmation=new[one.field], kept=kept, intake=intake, at=at)


def beside(asked: Iterable[Asked], *, intake: Intake, agreed: str) -> list[Asked]:
    """Those who were asked, beside what there is to confirm now: `intake` on the terms `agreed`."""
    seen = _seen(intake, agreed)
    return [one.beside(seen) for one in asked]


def confirm(
    *, confirmation: UUID, party: UUID, revision: int, intake: Intake, agreed: str, at: datetime
) -> None:
    """`party`, signed in, confirms the draft at `revision`, which `intake` is made of. `agreed`: what `terms_of` said
    where they read it. Raises TermsChanged, ChangedSince, NotFound for anybody else's."""
    terms = terms_of(examine(intake=intake, at=at), intake)
    if terms != agreed:
        raise TermsChanged
    with transaction.atomic():
        draft = confirmations.confirm(
            confirmation=confirmation,
            asked=asked_by(party),
            party=party,
            revision=revision,
            seen=_seen(intake, terms),
            at=at,
        )
        tell_writer(
            draft=draft, confirmation=confirmation, by=party, answer="confirmed", intake=intake, at=at
        )


def decline(
    *, confirmation: UUID, party: UUID, revision: int, reason: str, intake: Intake, at: datetime
) -> None:
    """`party`, signed in, does not confirm the draft at `revision`, and says why; its writer is told. Raises Invalid,
    ChangedSince, NotFound for anybody else's."""
    with transaction.atomic():
        draft = confirmations.decline(
            confirmation=confirmation,
            asked=asked_by(party),
            party=party,
            revision=revision,
            reason=reason,
            at=at,
        )
        tell_writer(draft=draft, confirmation=confirmation, by=party, answer="declined", intake=intake, at=at)


def asked_by(party: UUID) -> bytes:
    """What a citizen who signed in is found by among those who are asked."""
    known = particulars_of(party)
    return asked_as(name=known.name, number=known.number)


def joined(*, draft: UUID, revision: int, intake: Intake, agreed: str) -> tuple[Intake, list[Consent]]:
    """The intake with those who apply too, and what each who had to confirmed; the draft is locked. Raises NotConfirmed
    where one has not confirmed exactly this."""
    writer = intake.people[0][1]
    others = others_of(intake.form, writer=writer, is_helped=intake.filing is not None)
    if not others:
        return intake, []
    people = list(asked_in(others).values())
    found = confirmations.confirmed_by(draft=draft, revision=revision, people=people)
    body = _seen(intake, agreed)
    if found is None or any(digest_of(one.salt, body) != one.digest for one in found):
        raise NotConfirmed
    consents = [
        Consent(
            party=one.party,
            field=one.field,
            body=body,
            salt=one.salt,
            digest=one.digest,
            confirmed_at=one.at,
        )
        for one in found
    ]
    applying = [one.party for named, one in zip(others, found, strict=True) if named.applies]
    return replace(intake, joined=tuple((one, particulars_of(one)) for one in applying)), consents


def record_consents(*, recorded: Recorded, consents: list[Consent], actor: Actor, at: datetime) -> Recorded:
    """Write down what each of those who apply too confirmed, after the dossier was opened; the row as it is then."""
    for consent in consents:
        after = dossiers.confirmed(row=recorded.row, consent=consent, actor=actor, at=at)
        recorded = replace(recorded, row=after.row)
    return recorded


def _seen(intake: Intake, terms: str) -> bytes:
    """What is confirmed, in one form whatever the language it was read in."""
    told = {
        "procedure": intake.procedure,
        "agency": intake.competent_agency,
        "variant": intake.variant,
        "terms": terms,
        "people": intake.people,
        "answers": dict(intake.answers),
        "return_way": intake.return_way,
        "uploads": {component: list(sent) for component, sent in intake.uploads.items()},
        "form": intake.form,
    }
    return json.dumps(encode(told), ensure_ascii=False, sort_keys=True).encode()
