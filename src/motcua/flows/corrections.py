"""What a corrected reception makes of limit, promise and fees: as on its own day, in the version it is pinned to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.completeness import Handed
from motcua.catalogue.fees import Claim, Quantities, compute as compute_fees
from motcua.catalogue.selectors import OfferedVariant, offer, offered_variant, version as procedure_version
from motcua.catalogue.shapes import Audience, Channel
from motcua.certification.rules import kind_of_procedure
from motcua.certification.selectors.desk import is_certification
from motcua.dossiers import events as e
from motcua.dossiers.row import Row
from motcua.flows.reception import audience
from motcua.kernel.codec import decode
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.say import Say
from motcua.ledger.selectors import history
from motcua.parties.operations import Particulars


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
