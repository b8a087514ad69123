"""Files sent ahead of their form, for a person who is signed in. Only they see them, until an act attaches them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.files import operations as files
from motcua.files.selectors import open_file, waiting
from motcua.files.uploads import ReceivedFile
from motcua.kernel.errors import Invalid
from motcua.web.common.requests import now_of, staff
from motcua.web.common.serving import file_response
from motcua.web.common.stored_file import KEPT
from motcua.web.common.wording import say

LONGEST_NAME = 200


@require_POST
def uploads(request: HttpRequest) -> HttpResponse:
    """Keep one file for the field named `field`; the answer is its line in the form, or what is wrong with it."""
    owner = staff(request).account
    received = request.FILES.get("file")
    if not isinstance(received, ReceivedFile):
        return _refused(_("Không có tệp nào được gửi. Hãy chọn lại tệp."))
    try:
        kept = files.keep(received, owner=owner, at=now_of(request))
    except Invalid as refusal:
        return _refused(say(refusal))
    name = request.POST.get("field", "")[:LONGEST_NAME]
    return render(request, "common/kept_file.html", {"name": name, "one": kept, "suffix": KEPT})


def _refused(reason: str) -> HttpResponse:
    return HttpResponse(reason, status=422, content_type="text/plain; charset=utf-8")


@require_safe
def upload(request: HttpRequest, upload: UUID) -> HttpResponseBase:
    """A file of one's own that waits, to be looked at. Raises NotFound for anybody else's."""
    found = waiting(upload, owner=staff(request).account, at=now_of(request))
    return file_response(open_file(bytes.fromhex(found.digest)), name=found.name)


@require_POST
def discard(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Forget a file of one's own that waits."""
    files.discard(upload, owner=staff(request).account)
    return HttpResponse(status=204)
