"""What a draft has more where somebody writes it for another: the applicant as told, and their consent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from motcua.agencies.selectors import called, unit_name
from motcua.dossiers.assisting import KINDS, Filing, FilingKind, Kind, Receipt
from motcua.eforms.places import address_in
from motcua.flows.consenting import is_offered, number_of
from motcua.kernel.actor import Capacity
from motcua.kernel.say import Say
from motcua.kernel.text import mask_number
from motcua.parties.operations import Particulars
from motcua.parties.selectors import particulars_of
from motcua.submissions import consent_codes
from motcua.submissions.operations import Kept
from motcua.web.citizen.whom import ByCode, ConsentForm, WhomForm, digest_of, filing_of, statement_of
from motcua.web.common.eform_controls import SOURCES

_NAMELESS = "…………………………"
_REACHED = ("phone", "email")
_FROM_WHOM = Say(
    "Theo trang “Chủ hồ sơ”, do người nhập giúp ghi.",
    "From the page “Applicant”, as the helper typed it.",
)
_FROM_YOU = Say("Theo trang “Liên hệ và nhận kết quả”.", "From the page “How to reach you, and the result”.")
People = list[tuple[str, Particulars]]


class Assistance:
    """Who writes `kept`, in which seat where it is staff, and for whom."""

    def __init__(self, kept: Kept, seat: Capacity | None) -> None:
        self.kept, self.seat = kept, seat

    @property
    def kind(self) -> Kind:
        """By whom it is handed in."""
        return KINDS[self.kept.filing]

    @property
    def desk(self) -> str:
        """At whose desk it is handed in: that of who types for the person there, else of who decides."""
        return self.seat.agency if self.seat else self.kept.agency

    @property
    def is_given(self) -> bool:
        """Whether somebody writes it for another."""
        return self.kept.filing is not FilingKind.SELF

    @property
    def area(self) -> str:
        """What stands before the names of the addresses that files are sent to."""
        return "" if self.kind.seat else "my_"

    @property
    def organisation(self) -> str:
        """Of who types at a screen: where they sit."""
        return unit_name(self.seat.unit) if self.seat else ""

    def writer(self) -> Particulars:
        """What the identity provider told of who writes at home."""
        return particulars_of(self.kept.owner)

    def account(self, known: Particulars, you: Mapping[str, str]) -> dict[str, Any]:
        """What forms take of who applies: as their account told it or the first page, and as `you` says how they are
        reached."""
        account: dict[str, Any] = {
            "name": known.name,
            "sex": known.sex,
            "phone": known.phone,
            "email": known.email,
        }
        account |= {name: told for name in _REACHED if (told := you.get(name))}
        account["residence"] = address_in(you.get("address") or known.address)
        if known.born_on is not None:
            account |= {"born": known.born_on.isoformat(), "born_year": str(known.born_on.year)}
        if known.paper == "citizen_id":
            account |= {"paper": "identity_card", "personal_id": known.number}
        return account

    def sources(self, known: Particulars, you: Mapping[str, str]) -> dict[str, Say]:
        """In which words a form says where it took that from."""
        told = {**SOURCES, "account": _FROM_WHOM if self.is_given else SOURCES["account"]}
        typed = {
            "account.phone": ("phone", known.phone),
            "account.email": ("email", known.email),
            "account.residence": ("address", known.address),
        }
        return told | {key: _FROM_YOU for key, (name, was) in typed.items() if you.get(name, was) != was}

    def told(self, form: WhomForm) -> Particulars:
        """Who applies, nameless until that is told."""
        return form.particulars if form.is_valid() else Particulars(name="")

    def statement(self, applicant: Particulars, procedure: str) -> str:
        """What the applicant agrees to."""
        agency = called(self.kept.agency).vi
        by = f"{self.organisation}, {called(self.desk).vi}" if self.seat else self.writer().name
        return statement_of(applicant.name or _NAMELESS, by=by, procedure=procedure, agency=agency)

    def consent(
        self,
        told: QueryDict | None,
        files: MultiValueDict[str, Any] | None,
        *,
        kept: Mapping[str, list[str]] | None,
        phone: str,
        is_sent: bool,
        at: datetime,
    ) -> ConsentForm:
        """The form of consent to what stands in the draft; `phone`: the applicant's own. One statement at most."""
        return ConsentForm(
            told,
            files,
            filing=self.kind,
            of=self.agreed_to,
            at=at,
            kept=kept,
            is_sent=is_sent,
            area=self.area,
            by_code=self._by_code(phone, at) if is_offered() else None,
        )

    def number(self, phone: str) -> str:
        """Where a code for the applicant's `phone` goes; "" for no mobile number, and for the writer's own."""
        own = "" if self.kind.seat else number_of(self.writer().phone)
        found = number_of(phone)
        return "" if found == own else found

    @property
    def agreed_to(self) -> str:
        """A short word for what the applicant agrees to."""
        return digest_of(self.kept.pages)

    def _by_code(self, phone: str, at: datetime) -> ByCode:
        asked = consent_codes.asked(draft=self.kept.id, of=self.agreed_to)
        receipt = None
        if asked is not None and asked.answered_at is not None:
            receipt = Receipt(
                phone=phone, digest=asked.digest, sent_at=asked.sent_at, answered_at=asked.answered_at
            )
        return ByCode(
            to=mask_number(phone) if self.number(phone) else "",
            until=asked.until if asked is not None and (receipt or at < asked.until) else None,
            receipt=receipt,
            judge=lambda typed: consent_codes.answer(
                draft=self.kept.id, of=self.agreed_to, typed=typed, at=at
            ),
        )

    def filing(self, form: ConsentForm, whom: Mapping[str, object], *, statement: str) -> Filing | None:
        """What is recorded of it; None until the applicant has agreed."""
        if not form.is_valid():
            return None
        return filing_of(
            self.kept.filing,
            form,
            statement=statement,
            organisation=self.organisation,
            relation=str(whom.get("relation", "")),
        )

    def helpers(self, filing: Filing | None) -> People:
        """Who hands it in from home for another; they are told of it where that was chosen."""
        if self.kept.filing is not FilingKind.RELATIVE:
            return []
        tells = filing is not None and filing.notified == "submitter"
        writer = self.writer()
        return [(role, writer) for role in ("submitter", *(["notified"] if tells else []))]
