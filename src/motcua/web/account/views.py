"""A person's own account: password, authenticator, codes on paper."""

import base64

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from motcua.accounts import operations as accounts
from motcua.accounts.operations import FRESH
from motcua.accounts.selectors import factors
from motcua.accounts.totp import address, seed_text
from motcua.kernel.errors import Refusal
from motcua.parties.own import said_at, say_own
from motcua.web.account.forms import IdentityForm, OwnForm, PasswordForm, TotpForm
from motcua.web.common.codes import qr_svg
from motcua.web.common.passkeys import site
from motcua.web.common.requests import asking_of, client_address, now_of, staff

ISSUER = "Mot Cua"
secrets_typed = sensitive_post_parameters(
    "number", "password", "password_again", "own_password", "factor_code", "offer"
)
own_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What the person signs in with, and where each is changed."""
    viewer, asking = staff(request), asking_of(request)
    context = {
        "viewer": viewer,
        "factors": factors(viewer.account),
        "identity_at": said_at(viewer.account),
        "makes_passkeys": site() is not None,
        "owed": request.owed,  # type: ignore[attr-defined]
        "reset_at": asking.factors_reset_at if asking else None,
    }
    return render(request, "account/account.html", context)


def is_fresh(request: HttpRequest) -> bool:
    """Whether the sign-in itself tells who sits there, being a few minutes old."""
    asking = asking_of(request)
    return asking is not None and now_of(request) - asking.started_at < FRESH


def confirmed(request: HttpRequest, form: OwnForm) -> None:
    """Check the password typed once more, where the form asks for it. Raises Denied."""
    if "own_password" in form.fields:
        accounts.confirm_person(
            account=staff(request).account,
            typed=form.cleaned_data["own_password"],
            address=client_address(request),
            at=now_of(request),
        )


def said_and_back(request: HttpRequest, said: str) -> HttpResponse:
    """Back to one's own page, with a word that it is done."""
    messages.success(request, said)
    return HttpResponseRedirect(reverse("account"))


@secrets_typed
@own_page
def password(request: HttpRequest) -> HttpResponse:
    """A password of one's own. The one in use is asked for unless it was typed a moment ago."""
    viewer = staff(request)
    form = PasswordForm(request.POST or None, asks=not is_fresh(request))
    if request.method == "POST" and form.is_valid():
        try:
            confirmed(request, form)
            accounts.change_password(
                account=viewer.account,
                password=form.cleaned_data["password"],
                session=viewer.session,
                at=now_of(request),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return said_and_back(request, _("Đã đổi mật khẩu. Các phiên của bạn trên máy khác đã kết thúc."))
    context = {"form": form, "owed": request.owed}  # type: ignore[attr-defined]
    return render(request, "account/password.html", context, status=422 if form.errors else 200)


@secrets_typed
@own_page
def totp(request: HttpRequest) -> HttpResponse:
    """Enrol an authenticator app, or another one in its place."""
    viewer, at = staff(request), now_of(request)
    sealed = str(request.POST.get("offer", ""))
    form = TotpForm(request.POST or None, asks=not is_fresh(request))
    if request.method == "POST" and form.is_valid():
        try:
            confirmed(request, form)
            codes = accounts.enrol_totp(
                account=viewer.account,
                offer=sealed,
                code=form.cleaned_data["factor_code"],
                at=at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return enrolled(request, codes, _("Đã đăng ký ứng dụng xác thực."))
    offer = accounts.same_offer(account=viewer.account, sealed=sealed, at=at)
    place = settings.PUBLIC_URL.partition("://")[2]
    symbol = qr_svg(address(offer.seed, issuer=ISSUER, login=f"{viewer.login}@{place}"))
    context = {
        "form": form,
        "offer": offer.sealed,
        "seed": seed_text(offer.seed),
        "symbol": "data:image/svg+xml;base64," + base64.b64encode(symbol.encode()).decode(),
        "again": factors(viewer.account).totp_since is not None,
        "owed": request.owed,  # type: ignore[attr-defined]
    }
    return render(request, "account/totp.html", context, status=422 if form.errors else 200)


def enrolled(request: HttpRequest, codes: tuple[str, ...], said: str) -> HttpResponse:
    """After a factor was added: the recovery codes where they are new, shown this once, else the account."""
    if not codes:
        return said_and_back(request, said)
    return render(request, "account/codes.html", {"codes": codes, "said": said})


@secrets_typed
@own_page
def totp_remove(request: HttpRequest) -> HttpResponse:
    """Take the authenticator app away, confirmed by password or code."""
    viewer, at = staff(request), now_of(request)
    form = OwnForm(request.POST if request.method == "POST" else None, asks=True)
    if request.method == "POST" and form.is_valid():
        try:
            confirmed(request, form)
            accounts.remove_totp(account=viewer.account, live=settings.INSTALLATION == "live", at=at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return said_and_back(request, _("Đã bỏ ứng dụng xác thực."))
    context = {"form": form, "title": _("Bỏ ứng dụng xác thực")}
    return render(request, "account/remove.html", context, status=422 if form.errors else 200)


@secrets_typed
@own_page
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes in place of those before."""
    viewer, at = staff(request), now_of(request)
    form = OwnForm(request.POST if request.method == "POST" else None, asks=not is_fresh(request))
    if request.method == "POST" and form.is_valid():
        try:
            confirmed(request, form)
            codes = accounts.new_recovery_codes(account=viewer.account, at=at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return enrolled(request, codes, _("Các mã khôi phục trước đây không còn giá trị."))
    context = {"form": form, "left": factors(viewer.account).codes_left}
    return render(request, "account/new_codes.html", context, status=422 if form.errors else 200)


@secrets_typed
@own_page
def own_identity(request: HttpRequest) -> HttpResponse:
    """One's own identity number, kept as a digest: it keeps dossiers in which one stands oneself out of one's hands."""
    viewer, at = staff(request), now_of(request)
    form = IdentityForm(request.POST or None, asks=not is_fresh(request))
    if request.method == "POST" and form.is_valid():
        try:
            confirmed(request, form)
            say_own(account=viewer.account, name=viewer.name, number=form.cleaned_data["number"], at=at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return said_and_back(request, _("Đã ghi số định danh của bạn, chỉ ở dạng mã băm."))
    context = {"form": form, "viewer": viewer}
    return render(request, "account/identity.html", context, status=422 if form.errors else 200)
