"""The second step of signing in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.accounts.operations import SignedIn, confirm_second_factor, confirm_with_passkey
from motcua.accounts.selectors import credentials_of
from motcua.accounts.webauthn import request_options
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Refusal
from motcua.web.account.forms import SecondForm
from motcua.web.common.browser import came_in
from motcua.web.common.passkeys import Ask, needed_site, site
from motcua.web.common.requests import asking_of, client_address, now_of, safe_next
from motcua.web.common.wording import say


@sensitive_post_parameters("factor_code", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """Ask for a code of the app or of the paper; with it, the sign-in is whole."""
    asking, following = asking_of(request), safe_next(request)
    if asking is None or asking.stage != "half" or asking.viewer.session is None:
        return HttpResponseRedirect(following if asking and asking.stage == "open" else reverse("sign_in"))
    form = SecondForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if "credential" in request.POST:
            form.fields["factor_code"].required = False
        if form.is_valid():
            try:
                return came_in(request, _confirmed(request, form, asking.viewer.session), following)
            except Refusal as refusal:
                form.add_error(refusal.field or None, say(refusal))
    else:
        form.fields["factor_code"].widget.attrs["autofocus"] = True
    context = {
        "form": form,
        "next": following,
        "name": asking.viewer.name,
        "passkey": _passkey(request, asking.viewer, following),
    }
    return render(request, "account/second.html", context, status=status)


def _confirmed(request: HttpRequest, form: SecondForm, session: UUID) -> SignedIn:
    address, at = client_address(request), now_of(request)
    if "credential" in request.POST:
        answer = str(request.POST["credential"])
        return confirm_with_passkey(
            session=session, answer=answer, site=needed_site(), address=address, at=at
        )
    return confirm_second_factor(
        session=session, code=form.cleaned_data["factor_code"], address=address, at=at
    )


def _passkey(request: HttpRequest, viewer: Viewer, following: str) -> Ask | None:
    found, known = site(), credentials_of(viewer.account)
    if found is None or viewer.session is None or not known:
        return None
    options = request_options(
        site=found, purpose="second", subject=viewer.session.bytes, known=known, at=now_of(request)
    )
    label = _("Dùng khóa truy cập")
    return Ask(
        way="get", action=reverse("sign_in_second"), label=label, options=options, fields={"next": following}
    )
