"""What the signatures of a PDF are worth. Pure of the house: read a file and roots, say a verdict.

Run by itself (`python -m motcua.signing.judging`), since a stranger's file may loop, swell or break whatever reads it:
who asks gives it so much time and memory, and what it does not survive is unreadable. In: one line of JSON (roots as
base64, the moment), then the file. Out: the verdict as JSON."""

import base64
import io
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESSubIndic
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from motcua.signing.verdict import Chain, Content, Judged, Since, Time, Verdict

_CHAINS: dict[AdESSubIndic, Chain] = {
    AdESFailure.REVOKED: Chain.REVOKED,
    AdESIndeterminate.REVOKED_NO_POE: Chain.REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: Chain.REVOKED,
    AdESFailure.NOT_YET_VALID: Chain.EXPIRED,
    AdESIndeterminate.NOT_YET_VALID: Chain.EXPIRED,
    AdESIndeterminate.EXPIRED: Chain.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Chain.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Chain.EXPIRED,
    AdESIndeterminate.TRY_LATER: Chain.UNKNOWN,
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: Chain.UNKNOWN,
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: Chain.UNKNOWN,
}
_SINCE = {
    ModificationLevel.NONE: Since.NOTHING,
    ModificationLevel.LTA_UPDATES: Since.NOTHING,
    ModificationLevel.FORM_FILLING: Since.FILLED,
}
# What the library raises of a signature that is no signature.
_BROKEN = (SignatureValidationError, SigningError, PdfError, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class _Trust:
    """Whom one trusts, and as of when."""

    roots: Sequence[x509.Certificate]
    at: datetime

    def context(self, store: DocumentSecurityStore | None, moment: datetime) -> ValidationContext:
        """Trust at `moment`, with what the file itself brings about withdrawn certificates. Nothing is fetched."""
        settings: dict[str, Any] = {
            "trust_roots": list(self.roots),
            "allow_fetching": False,
            "moment": moment,
            "best_signature_time": moment,
            "revocation_mode": "require",
            "retroactive_revinfo": True,
            "crls": (),
        }
        return store.as_validation_context(settings) if store else ValidationContext(**settings)


def judge(pdf: bytes, *, roots: Sequence[bytes], at: datetime) -> Verdict:
    """What each signature of `pdf` is worth at `at`, by `roots` (DER). Raises PdfError and worse for what is no PDF."""
    reader = PdfFileReader(io.BytesIO(pdf))
    if reader.encrypted:
        return Verdict(readable=False, why="encrypted")
    trust = _Trust([x509.Certificate.load(each) for each in roots], at)
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        store = None
    empty = tuple(name for name, _, _ in enumerate_sig_fields(reader, filled_status=False))
    filled = enumerate_sig_fields(reader, filled_status=True)
    signatures = (_one(reader, field, name, store, trust) for name, _, field in filled)
    return Verdict(readable=True, signatures=tuple(each for each in signatures if each), empty=empty)


def _one(
    reader: PdfFileReader, field: Any, name: str, store: DocumentSecurityStore | None, trust: _Trust
) -> Judged | None:
    try:
        signature = EmbeddedPdfSignature(reader, field.get_object(), name)
        if signature.sig_object_type != "/Sig":
            return None  # a stamp over the whole file: it speaks for those before it
        status = validate_pdf_signature(
            signature,
            trust.context(store, trust.at),
            trust.context(store, _stamped_at(signature) or trust.at),
        )
        if _stands(status, trust.at) and (stamp := status.timestamp_validity):
            # What a trusted stamp shows to have stood then is judged as of then.
            then = trust.context(store, stamp.timestamp)
            status = validate_pdf_signature(signature, then, trust.context(store, stamp.timestamp))
    except _BROKEN:
        return Judged(field=name, content=Content.BROKEN)
    when, time = _time(status, trust.at)
    return Judged(
        field=name,
        signer=_name(status.signing_cert.subject),
        issuer=_name(status.signing_cert.issuer),
        when=when.isoformat() if when else None,
        time=time,
        content=_content(status),
        chain=_chain(status),
        since=_since(status),
    )


def _stamped_at(signature: EmbeddedPdfSignature) -> datetime | None:
    """What its stamp says, whoever made that."""
    for attribute in signature.signer_info["unsigned_attrs"] or ():
        if attribute["type"].native == "signature_time_stamp_token":
            stamp = attribute["values"][0]["content"]["encap_content_info"]["content"].parsed
            moment: datetime = stamp["gen_time"].native
            return moment
    return None


def _stands(status: PdfSignatureStatus, at: datetime) -> bool:
    """Whether its stamp shows for sure when it was: trusted as of then, by a certificate that has not ended since."""
    stamp = status.timestamp_validity
    return (
        stamp is not None
        and stamp.intact
        and stamp.valid
        and stamp.trusted
        and stamp.signing_cert.not_valid_after > at
    )


def _content(status: PdfSignatureStatus) -> Content:
    if (
        not status.intact
        or (status.coverage or SignatureCoverageLevel.UNCLEAR) < SignatureCoverageLevel.ENTIRE_REVISION
    ):
        return Content.CHANGED
    return Content.INTACT if status.valid else Content.BROKEN


def _chain(status: PdfSignatureStatus) -> Chain:
    if status.revoked:
        return Chain.REVOKED
    if status.trust_problem_indic is None:
        return Chain.TRUSTED if status.validation_path is not None else Chain.UNTRUSTED
    return _CHAINS.get(status.trust_problem_indic, Chain.UNTRUSTED)


def _since(status: PdfSignatureStatus) -> Since:
    if status.modification_level is None or not status.docmdp_ok:
        return Since.ALTERED
    return _SINCE.get(status.modification_level, Since.ALTERED)


def _time(status: PdfSignatureStatus, at: datetime) -> tuple[datetime | None, Time]:
    stamp = status.timestamp_validity
    if stamp is None:
        return status.signer_reported_dt, Time.CLAIMED if status.signer_reported_dt else Time.NONE
    if not stamp.intact or not stamp.valid:
        return None, Time.BROKEN
    return stamp.timestamp, Time.STAMPED if _stands(status, at) else Time.UNTRUSTED


def _name(name: x509.Name) -> str:
    return str(name.native.get("common_name") or name.human_friendly)[:200]


def main() -> None:
    """Judge what comes in."""
    logging.disable(logging.CRITICAL)  # what a stranger's file holds is no line of our log
    asked = json.loads(sys.stdin.buffer.readline())
    roots = [base64.b64decode(each) for each in asked["roots"]]
    said = judge(sys.stdin.buffer.read(), roots=roots, at=datetime.fromisoformat(asked["at"]))
    json.dump(asdict(said), sys.stdout)


if __name__ == "__main__":
    main()
