"""Where the national payment platform tells of a payment by itself: public, since it signs what it says."""

import json
import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.kernel.errors import Invalid, KeyReused, Refusal
from motcua.payments.online import order_of_attempt
from motcua.payments.paygov import configured
from motcua.payments.platform import Forged, Unreadable
from motcua.reactions.online_platform import take_told
from motcua.web.common.requests import now_of

LARGEST = 20_000
log = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def platform_confirm(request: HttpRequest) -> HttpResponse:
    """Take what the platform says. The same again is answered as the first time; forged, unreadable, of no payment of
    ours, or another content under a known number: refused, and nothing is written. What cannot be taken now is to be
    told again. Each answer is one that the platform understands."""
    platform = configured()
    if platform is None:
        return _answer("99", "no platform is configured", 404)
    try:
        body = request.read(LARGEST + 1)
        told = platform.told(json.loads(body) if len(body) <= LARGEST else None, at=now_of(request))
    except Forged:
        log.warning("a payment's confirmation was forged")
        return _answer("97", "the code is wrong", 403)
    except (Unreadable, ValueError, RecursionError):
        return _answer("03", "the message cannot be read", 400)
    if order_of_attempt(told.reference) is None:
        return _answer("01", "no such payment", 404)
    try:
        take_told(told, clock=lambda: now_of(request))
    except KeyReused:
        return _answer("04", "this number told of another sum", 409)
    except Invalid:
        return _answer("03", "the message tells of what cannot be", 400)
    except Refusal as refusal:
        log.warning("a payment's confirmation cannot be taken now: %s", type(refusal).__name__)
        return _answer("99", "cannot be taken now; tell it again", 503)
    return _answer("0", "received", 200)


def _answer(code: str, message: str, status: int) -> HttpResponse:
    return JsonResponse({"error_code": code, "message": message}, status=status)
