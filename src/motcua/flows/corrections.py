"""What a corrected reception makes of limit, promise and fees, as on its own day, in the version it is pinned to; and
of its process."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.completeness import Handed
from motcua.catalogue.fees import Claim, Quantities, compute as compute_fees
from motcua.catalogue.selectors import OfferedVariant, offer, offered_variant, version as procedure_version
from motcua.catalogue.shapes import Audience, Channel
from motcua.certification.rules import kind_of_procedure
from motcua.certification.selectors.desk import is_certification
from motcua.dossiers import events as e
from motcua.dossiers.row import Row
from motcua.flows import children
from motcua.flows.reception import audience
from motcua.kernel.codec import decode
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.ledger.selectors import history
from motcua.parties.operations import Particulars
from motcua.processes.selectors import Adopted, adopted
from motcua.processes.shapes import ProcessVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """A reception as it should have been: variant, who (role, particulars), what came, question -> option."""

    variant: str
    people: tuple[tuple[str, Particulars], ...]
    handed: tuple[Handed, ...]
    answers: Mapping[str, str]


def applicant_of(told: Reception) -> Audience:
    return audience(next((p.kind for role, p in told.people if role == "applicant"), "citizen"))


def not_corrected(row: Row) -> Say | None:
    """Why the reception of `row` can't be corrected whatever is told; None when it can."""
    if kind_of_procedure(row["procedure"]) is None or not is_certification(row["id"]):
        return None
    return Say(
        "Giấy tờ chứng thực không đính chính tiếp nhận: hãy hủy tiếp nhận hoặc gạch số trong sổ rồi vào lại,"
        " để sổ, lời chứng và phí cùng một nội dung.",
        "Certified papers are not corrected here: void the receipt or strike the number out, and enter anew, so"
        " that book, clause and fee say the same.",
    )


def terms_of(row: Row, told: Reception) -> tuple[OfferedVariant, tuple[e.FeeFact, ...]]:
    """Limit, promise and fees of the corrected variant, in the dossier's pinned version, as on its day; what was
    claimed and shown at the desk still holds. Raises NotAllowedNow for papers of the certification desk."""
    if (barred := not_corrected(row)) is not None:
        raise NotAllowedNow(barred.vi, barred.en)
    agency = agency_facts(row["desk_agency"])
    pinned = procedure_version(row["procedure_version"])
    found = replace(
        offer(row["procedure"], agency=agency.code, province=agency.parent, on=row["received_on"]),
        version_id=row["procedure_version"],
        version=pinned,
    )
    channel = Channel(row["channel"])
    terms = offered_variant(found, variant=told.variant, channel=row["channel"])
    fee_rules, shown = pinned.fees_of(told.variant, channel), _shown(row)
    known = {exemption.code for rule in fee_rules for exemption in rule.exemptions}
    fees = compute_fees(
        rules=fee_rules,
        channel=channel,
        applicant=applicant_of(told),
        quantities=Quantities(**row["quantities"]),
        claims=[Claim(code, evidence="shown") for code in shown if code in known],
        answers=told.answers,
        province=found.fees,
    )
    return terms, tuple(
        e.FeeFact(
            rule=line.rule,
            amount=line.amount,
            exemption=line.exemption,
            evidence=shown.get(line.exemption or ""),
        )
        for line in fees.lines
    )


def _shown(row: Row) -> dict[str, e.TextRef]:
    """The exemptions claimed in the dossier's latest fee order, with what was shown for each. One statement
    where any was."""
    if not any(fee["exemption"] for fee in row["fees"]):
        return {}
    orders = [order for event in history(row["id"]) if (order := event.data.get("fee_order"))]
    return {
        line["exemption"]: decode(e.TextRef, line["evidence"])
        for line in (orders[-1] if orders else ())
        if line["exemption"] and line["evidence"]
    }


def process_for(row: Row, told: Reception, at: datetime) -> Adopted:
    """The process that the dossier's agency runs for another variant. Raises NotAllowedNow where it runs none, where
    a part could not begin, or one has begun that this one has not: nobody would wait for it any more."""
    process = adopted(
        agency=row["competent_agency"],
        procedure=row["procedure"],
        variant=told.variant,
        on=local(row["clock_from"]).date(),
        at=at,
        row=row,
    )
    if {one["child"] for one in row["children"]} - {part.code for part in process.version.children}:
        raise NotAllowedNow(
            "Hồ sơ đã có phần việc ở cơ quan khác mà quy trình của trường hợp mới không có. Hãy giữ trường hợp cũ, hoặc"
            " dừng hồ sơ và tiếp nhận lại.",
            "Another agency works on a part of the dossier that the process of the new variant does not have. Keep the"
            " variant, or stop the dossier and receive it anew.",
        )
    refuse_parts(row, told, process.version, at)
    return process


def refuse_parts(row: Row, told: Reception, process: ProcessVersion, at: datetime) -> None:
    """Raise NotAllowedNow where a part that has not begun could not, for what is told now."""
    anew = {**row, "variant": told.variant, "answers": told.answers}
    children.refuse_parts(anew, process, agency=row["competent_agency"], at=at, on=local(at).date())
