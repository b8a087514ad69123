"""Sending the code by which who applies agrees; it is typed on the page of consent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.dossiers.assisting import Consent
from motcua.flows.consenting import send_code
from motcua.flows.telling import unsaid
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound
from motcua.submissions.operations import AlreadySubmitted, save
from motcua.web.citizen.forms import fields_of
from motcua.web.citizen.hand import Left, hand_of, written
from motcua.web.citizen.whom import CONSENT
from motcua.web.citizen.writing import Writing
from motcua.web.common.wording import say


@require_POST
def send(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Send a code to the applicant's telephone, for what stands in the draft now; on to the page of consent, which says
    how that went. Raises NotFound for a draft of one's own."""
    hand = hand_of(request)
    try:
        writing = written(request, draft)
    except (AlreadySubmitted, Left) as why:
        return hand.elsewhere(why)
    if not writing.assistance.is_given:
        raise NotFound("Hồ sơ nộp cho chính mình không cần mã.", "A dossier of one's own needs no code.")
    try:
        _choose_code(writing)
        send_code(
            draft=writing.kept.id,
            owner=writing.kept.owner,
            of=writing.assistance.agreed_to,
            what=writing.version.title.vi,
            to=writing.assistance.number(writing.phone),
            language=unsaid(writing.known.kind).language,
            at=writing.at,
        )
    except (Invalid, NotAllowedNow) as refusal:
        messages.error(request, say(refusal))
    else:
        messages.success(request, _("Đã gửi mã đến điện thoại của chủ hồ sơ."))
    return HttpResponseRedirect(hand.url("draft_page", draft, CONSENT))


def _choose_code(writing: Writing) -> None:
    """Keep on the page of consent that it is to be given by a code. Raises SavedElsewhere."""
    chosen = fields_of({**writing.kept.pages.get(CONSENT, {}), "consent": [Consent.CODE.value]})
    told = writing.form(CONSENT, chosen).told()
    save(kept=writing.kept, page=CONSENT, fields=told, reached=CONSENT, at=writing.at)
