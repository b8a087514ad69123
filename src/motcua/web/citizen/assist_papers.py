"""What is printed around handing in for somebody: the sheet of consent to sign, and the slip with code and PIN."""

from django.conf import settings
from django.urls import reverse

from motcua.agencies.selectors import AgencyFacts, agency
from motcua.catalogue.selectors import version
from motcua.dossiers.own import whole_row
from motcua.dossiers.tracked import pin_of, token_of
from motcua.parties.papers import PAPERS
from motcua.web.citizen.writing import Writing
from motcua.web.common.pdf.assisted import ConsentFacts, TrackingFacts, render_consent, render_tracking
from motcua.web.common.pdf.facts import PaperHead, PaperPerson


def consent_sheet(writing: Writing) -> bytes:
    """The sheet of consent for what stands in the draft."""
    person, desk = writing.known, agency(writing.assistance.desk)
    paper = PAPERS.get(person.paper)
    identity = f"{paper.label.vi} số {person.number}" if paper and person.number else ""
    return render_consent(
        ConsentFacts(
            head=_head(desk, writing.version.code),
            person=PaperPerson(name=person.name, identity=identity),
            procedure=writing.version.title.vi,
            statement=writing.statement,
            at=writing.at,
        )
    )


def tracking_slip(code: str) -> bytes:
    """The slip with which the applicant follows the dossier `code`; no name stands on it."""
    row = whole_row(code)
    desk, pin = agency(row["desk_agency"]), pin_of(row)
    return render_tracking(
        TrackingFacts(
            head=_head(desk, code, qr=f"{settings.PUBLIC_URL}/t/{token_of(row)}"),
            procedure=version(row["procedure_version"]).title.vi,
            submitted_at=row["submitted_at"],
            answer_by=row["answer_due_at"],
            pin=f"{pin[:3]} {pin[3:]}",
            tracking_url=f"{settings.PUBLIC_URL}{reverse('track')}",
            hotline=desk.phone,
        )
    )


def _head(desk: AgencyFacts, code: str, *, qr: str = "") -> PaperHead:
    return PaperHead(
        trial=settings.INSTALLATION == "trial",
        parent_agency=desk.parent_name,
        agency=desk.name,
        place=desk.place,
        code=code,
        qr=qr,
        numbered=False,
    )
