"""The second step of signing in."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.access_log.operations import note
from motcua.accounts.operations import SignedIn, confirm_second_factor
from motcua.kernel.errors import Refusal
from motcua.web.account.forms import SecondForm
from motcua.web.common.requests import asking_of, client_address, now_of, safe_next, session_cookie
from motcua.web.common.wording import say


@sensitive_post_parameters("factor_code")
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
        if form.is_valid():
            try:
                done = confirm_second_factor(
                    session=asking.viewer.session,
                    code=form.cleaned_data["factor_code"],
                    address=client_address(request),
                    at=now_of(request),
                )
                return came_in(request, done, following)
            except Refusal as refusal:
                form.add_error(refusal.field or None, say(refusal))
    else:
        form.fields["factor_code"].widget.attrs["autofocus"] = True
    context = {"form": form, "next": following, "name": asking.viewer.name}
    return render(request, "account/second.html", context, status=status)


def came_in(request: HttpRequest, done: SignedIn, following: str) -> HttpResponse:
    """The sign-in is whole: a line in the access log, the new secret to the browser, and on."""
    note(who=str(done.account), what=f"signed_in_{done.how}", at=now_of(request))
    response = HttpResponseRedirect(following)
    session_cookie(response, done)
    return response
