"""A person's own passkeys."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.accounts import operations as accounts
from motcua.accounts.selectors import credentials_of, factors
from motcua.accounts.webauthn import creation_options
from motcua.kernel.errors import NotFound, Refusal
from motcua.web.account.forms import OwnForm, PasskeyForm
from motcua.web.account.views import confirmed, enrolled, is_fresh, own_page, said_and_back, secrets_typed
from motcua.web.common.passkeys import needed_site, site
from motcua.web.common.requests import now_of, staff


@secrets_typed
@own_page
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Let the browser make a passkey, and keep its public half under a name."""
    viewer, at = staff(request), now_of(request)
    form = PasskeyForm(request.POST or None, asks=not is_fresh(request))
    if request.method == "POST" and form.is_valid():
        try:
            confirmed(request, form)
            codes = accounts.add_passkey(
                account=viewer.account,
                name=form.cleaned_data["name"],
                answer=str(request.POST.get("credential", "")),
                site=needed_site(),
                at=at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return enrolled(request, codes, _("Đã thêm khóa truy cập."))
    found = site()
    context = {
        "form": form,
        "owed": request.owed,  # type: ignore[attr-defined]
        "options": found
        and creation_options(
            site=found,
            account=viewer.account,
            login=viewer.login,
            name=viewer.name,
            known=credentials_of(viewer.account),
            at=at,
        ),
    }
    return render(request, "account/passkey_add.html", context, status=422 if form.errors else 200)


@secrets_typed
@own_page
def passkey_remove(request: HttpRequest, passkey: UUID) -> HttpResponse:
    """Take one of one's own passkeys away, confirmed by password or code."""
    viewer, at = staff(request), now_of(request)
    named = next((key.name for key in factors(viewer.account).passkeys if key.id == passkey), None)
    if named is None:
        raise NotFound("Không có khóa này.", "There is no such passkey.")
    form = OwnForm(request.POST if request.method == "POST" else None, asks=True)
    if request.method == "POST" and form.is_valid():
        try:
            confirmed(request, form)
            live = settings.INSTALLATION == "live"
            accounts.remove_passkey(account=viewer.account, passkey=passkey, live=live, at=at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return said_and_back(request, _("Đã bỏ khóa truy cập."))
    context = {"form": form, "title": _("Bỏ khóa truy cập “%(name)s”") % {"name": named}}
    return render(request, "account/remove.html", context, status=422 if form.errors else 200)
