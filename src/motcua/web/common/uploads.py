"""Files sent ahead of their form, for a person who is signed in. Only they see them, until an act attaches them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.files import operations as files
from motcua.files.selectors import open_file, waiting
from motcua.files.uploads import ReceivedFile
from motcua.kernel.errors import Denied, Invalid
from motcua.web.common.citizens import is_theirs
from motcua.web.common.requests import now_of, sender
from motcua.web.common.serving import file_response
from motcua.web.common.stored_file import KEPT
from motcua.web.common.wording import say

LONGEST_NAME = 200


@require_POST
def uploads(request: HttpRequest) -> HttpResponse:
    """Keep one file for the field named `field`; the answer is its line in the form, or what is wrong with it."""
    owner = _owner(request)
    received = request.FILES.get("file")
    if not isinstance(received, ReceivedFile):
        return _refused(_("Không có tệp nào được gửi. Hãy chọn lại tệp."))
    try:
        kept = files.keep(received, owner=owner, typist=received.typist, at=now_of(request))
    except Invalid as refusal:
        return _refused(say(refusal))
    name = request.POST.get("field", "")[:LONGEST_NAME]
    return render(
        request,
        "common/kept_file.html",
        {"name": name, "one": kept, "suffix": KEPT, "area": area_of(request)},
    )


def area_of(request: HttpRequest) -> str:
    """What stands before the names of these addresses in the part of the site the request is in."""
    return "my_" if is_theirs(request.path) else ""


def _owner(request: HttpRequest) -> UUID:
    found = sender(request)
    if found is None:
        raise Denied("Hãy đăng nhập.", "Sign in first.")
    return found


def _refused(reason: str) -> HttpResponse:
    return HttpResponse(reason, status=422, content_type="text/plain; charset=utf-8")


@require_safe
def upload(request: HttpRequest, upload: UUID) -> HttpResponseBase:
    """A file of one's own that waits, to be looked at. Raises NotFound for anybody else's."""
    found = waiting(upload, owner=_owner(request), at=now_of(request))
    return file_response(open_file(bytes.fromhex(found.digest)), name=found.name)


@require_POST
def discard(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Forget a file of one's own that waits."""
    files.discard(upload, owner=_owner(request))
    return HttpResponse(status=204)
