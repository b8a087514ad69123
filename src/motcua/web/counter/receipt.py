"""Form 01 of a dossier: what was true when it was received, out of its first event and its snapshots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from motcua.agencies.selectors import AgencyFacts, agency
from motcua.catalogue.selectors import version as procedure_version
from motcua.catalogue.shapes import ComponentKind, ProcedureVersion
from motcua.certification.rules import kind_of_procedure, rules
from motcua.certification.selectors import left_at_desk
from motcua.dossiers.events import ComponentFact, DossierReceived, FeeFact, ReceptionCorrected
from motcua.dossiers.row import Row
from motcua.dossiers.selectors import PartyShown, Shown, dossier
from motcua.dossiers.tracked import pin_of, token_of
from motcua.kernel.actor import Viewer
from motcua.kernel.codec import decode
from motcua.kernel.errors import NotFound
from motcua.ledger.chain import Envelope
from motcua.ledger.selectors import history
from motcua.parties.papers import PAPERS
from motcua.web.common.limits import limit_words
from motcua.web.common.pdf.facts import ComponentLine, PaperHead, PaperPerson, ReceiptFacts
from motcua.web.common.return_ways import RETURN_WAYS
from motcua.web.counter.access import check_prints

HANDED_IN = frozenset({ComponentKind.REQUIRED, ComponentKind.REQUIRED_IF, ComponentKind.ONE_OF})


@dataclass(frozen=True, slots=True)
class Printed:
    """A dossier as its papers are printed from: read once, with its events and the pinned version."""

    shown: Shown
    envelopes: Sequence[Envelope]
    version: ProcedureVersion
    desk: AgencyFacts

    @property
    def row(self) -> Row:
        """The dossier's row."""
        return self.shown.row

    def applicant(self) -> PaperPerson:
        """To whom a letter goes: the first applicant."""
        return person(next(p for p in self.shown.parties if p.role == "applicant"))

    def head(self) -> PaperHead:
        """What heads each paper of this dossier."""
        return PaperHead(
            trial=settings.INSTALLATION == "trial",
            parent_agency=self.desk.parent_name,
            agency=self.desk.name,
            place=self.desk.place,
            code=self.row["code"],
            qr=tracking_url(self.row),
            void=self.row["stop_ground"] == "void",
        )

    def corrected(self) -> ReceptionCorrected | None:
        """The last correction of its reception."""
        found = [x for x in self.envelopes if x.type == ReceptionCorrected.TYPE]
        return decode(ReceptionCorrected, found[-1].data) if found else None

    def received(self) -> tuple[DossierReceived, int]:
        """The event of its reception and its seq. Raises NotFound before it was received."""
        for envelope in self.envelopes:
            if envelope.type == DossierReceived.TYPE:
                return decode(DossierReceived, envelope.data), envelope.seq
        raise NotFound(
            f"Hồ sơ {self.row['code']} chưa được tiếp nhận nên chưa có giấy tiếp nhận.",
            f"Dossier {self.row['code']} is not received yet, so it has no receipt.",
        )


def read(code: str, *, viewer: Viewer) -> Printed:
    """The dossier `code` for printing. Five statements. Raises NotFound for everybody outside its desk's agency."""
    shown = dossier(code, viewer=viewer)
    check_prints(viewer, shown.row)
    return Printed(
        shown=shown,
        envelopes=history(shown.row["id"]),
        version=procedure_version(shown.row["procedure_version"]),
        desk=agency(shown.row["desk_agency"]),
    )


def receipt_facts(code: str, *, viewer: Viewer) -> ReceiptFacts:
    """What the receipt of `code` says (Circular 03/2025/TT-VPCP, form 01).

    The due date is the one appointed at reception: what moved it later is told on the tracking page and in
    letters of its own. Raises NotFound outside the desk's agency and before reception.
    """
    return facts_of(read(code, viewer=viewer))


def facts_of(printed: Printed) -> ReceiptFacts:
    """The same for a dossier already read."""
    event, seq = printed.received()
    mended = printed.corrected()
    moved = mended is not None and any(
        x.data["variant"] != x.data["variant_before"]
        for x in printed.envelopes
        if x.type == ReceptionCorrected.TYPE
    )
    pinned = mended or event
    parties, desk = printed.shown.parties, printed.desk
    # A version that came later and favours the applicant changes no receipt that was given.
    version = printed.version if mended else procedure_version(event.procedure_version)
    applicants = [person(p) for p in parties if p.role == "applicant"]
    submitters = [person(p) for p in parties if p.role == "submitter"]
    limit, promise = (limit_words(x.unit, x.value).vi for x in (pinned.limit, pinned.promise))
    elsewhere = event.competent_agency != event.desk_agency
    variant = version.variant(pinned.variant).label.vi if len(version.variants) > 1 else ""
    return ReceiptFacts(
        head=printed.head(),
        desk=desk.desk_name,
        submitter=submitters[0] if submitters else applicants[0],
        applicants=tuple(applicants),
        procedure=version.title.vi,
        procedure_code=version.code,
        variant=variant,
        competent_agency=agency(event.competent_agency).name if elsewhere else "",
        components=_left(printed.row) or _components(pinned.components, version),
        sets=event.sets,
        limit=limit,
        promise=promise if promise != limit else "",
        received_at=event.occurred_at,
        due_at=mended.due.due_at if mended and moved else event.due_at or event.expected_at,
        expected=elsewhere,
        provisional=event.provisional,
        fee=fee_words(pinned.fee_order, version, printed.row["fees"]),
        return_way=return_words(event.return_way, parties),
        tracking_url=f"{settings.PUBLIC_URL}{reverse('track')}",
        pin=spaced_pin(printed.row),
        hotline=desk.phone,
        officer=next(entry.signed_by for entry in printed.shown.entries if entry.seq == seq),
        corrected=mended.number if mended else 0,
        corrected_at=mended.occurred_at if mended else None,
        due_before=mended.old.due_at if mended and mended.variant != mended.variant_before else None,
    )


def tracking_url(row: Row) -> str:
    """What the QR holds: the page that opens with the token."""
    return f"{settings.PUBLIC_URL}/t/{token_of(row)}"


def spaced_pin(row: Row) -> str:
    """The PIN as it is read out: "123 456"."""
    pin = pin_of(row)
    return f"{pin[:3]} {pin[3:]}"


def person(party: PartyShown) -> PaperPerson:
    """A party as printed, from the dossier's own snapshot; nameless once erased."""
    told: Any = party.fields
    paper = PAPERS.get(str(told.get("paper", "")))
    number = str(told.get("number", ""))
    return PaperPerson(
        name=str(told.get("name", "")),
        identity=f"{paper.label.vi} số {number}" if paper and number else "",
        address=str(told.get("address", "")),
        phone=str(told.get("phone", "")),
        email=str(told.get("email", "")),
    )


def return_words(way: str, parties: Sequence[PartyShown]) -> str:
    """How the result comes back; by post also to whom and where."""
    words = RETURN_WAYS[way].vi if way in RETURN_WAYS else ""
    to = next((person(p) for p in parties if p.role == "recipient"), None)
    if way != "post" or to is None:
        return words
    return f"{words}: {', '.join(part for part in (to.name, to.address, to.phone) if part)}"


def fee_words(
    order: Sequence[FeeFact], version: ProcedureVersion, fees: Sequence[Mapping[str, Any]] = ()
) -> str:
    """The fee order in one line, with what was paid or waived since (`fees`, of the row) and by which exemption less
    is due; an amount nobody has set is said so, never shown as nothing to pay."""
    rules = {rule.code: rule for rule in version.fees}
    now = {charge["charge"]: charge for charge in fees}
    more = [charge for charge in fees if charge["charge"] != charge["rule"] and charge["amount"]]
    told = []
    for line in order:
        rule, charge = rules.get(line.rule), now.get(line.rule, {})
        exemptions = {x.code: x.label.vi for x in rule.exemptions} if rule else {}
        amount = charge.get("recounted", charge.get("amount", line.amount))
        said = [amount_words(amount)]
        if line.exemption in exemptions:
            said.append(f"miễn, giảm: {exemptions[line.exemption]}")
        if amount is not None and (settled := _SETTLED.get(charge.get("state", ""))):
            said.append(settled.format(number=charge["number"]))
        if "recounted" in charge:
            said.append(f"số tiền trên biên lai: {amount_words(charge['amount'])}")
        if "returned" in charge:
            said.append(f"đã hoàn phần thu thừa: {amount_words(charge['returned'])}")
        said += [
            f"thu thêm: {amount_words(c['amount'])}, {_SETTLED[c['state']].format(number=c['number'])}"
            for c in more
            if c["rule"] == line.rule
        ]
        told.append(f"{rule.name.vi if rule else line.rule}: {', '.join(said)}")
    return "; ".join(told)


_SETTLED = {
    "open": "chưa nộp",
    "paid": "đã nộp, biên lai {number}",
    "waived": "được miễn",
    "refunded": "đã hoàn tiền",
}


def amount_words(amount: int | None) -> str:
    """An amount as papers say it; one that nobody has set is no nothing."""
    if amount is None:
        return "mức thu chưa được cập nhật, thông báo sau"
    return f"{amount:,} đồng".replace(",", ".") if amount else "không thu"


def _left(row: Row) -> tuple[ComponentLine, ...]:
    """What lies at the certification desk until it is signed: nobody leaves an original without a line for it; what
    was struck out shows."""
    if kind_of_procedure(row["procedure"]) is None:
        return ()
    names = {paper.code: paper.label.vi for paper in rules().papers}
    return tuple(
        ComponentLine(
            name=f"{names.get(left.paper, left.paper)} ({left.pages} trang, chứng thực {left.count} bản)",
            originals=0 if left.is_void else 1,
            struck=left.is_void,
        )
        for left in left_at_desk(row["id"])
    )


def _components(came: Sequence[ComponentFact], version: ProcedureVersion) -> tuple[ComponentLine, ...]:
    """The papers that stay with the desk: what was only shown or looked up is not handed in."""
    names = {c.code: c.name.vi for c in version.components}
    return tuple(
        ComponentLine(
            name=names.get(c.component, c.component),
            originals=c.originals,
            copies=c.copies,
            files=len(c.file_digests),
        )
        for c in came
        if ComponentKind(c.kind) in HANDED_IN and (c.originals or c.copies or c.file_digests)
    )
