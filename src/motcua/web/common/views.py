"""Signing in and out, and the language."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.accounts import operations as accounts
from motcua.accounts.webauthn import request_options
from motcua.kernel.errors import Denied, Refusal
from motcua.web.common.browser import came_in, end_session, has_colleagues
from motcua.web.common.citizens import provider
from motcua.web.common.middleware import LANGUAGE_COOKIE
from motcua.web.common.passkeys import Ask, needed_site, site
from motcua.web.common.requests import client_address, now_of, safe_next


class SignInForm(forms.Form):
    """Login and password."""

    login = forms.CharField(
        label=gettext_lazy("Tên đăng nhập"),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Password sign-in; goes on to where the person wanted to be."""
    following = safe_next(request)
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _signed_in(request, form, following)
            except Refusal as refusal:
                form.add_error(None, refusal.say(str(request.locale)))  # type: ignore[attr-defined]
    else:
        form.fields["login"].widget.attrs["autofocus"] = True  # after a mistake the summary takes the focus
    context = {
        "form": form,
        "next": following,
        "passkey": _passkey(request, following),
        "citizens_door": reverse("my_dossiers") if provider() is not None else "",
    }
    return render(request, "common/sign_in.html", context, status=status)


def _passkey(request: HttpRequest, following: str) -> Ask | None:
    found = site()
    if found is None:
        return None
    return Ask(
        way="get",
        action=reverse("sign_in_passkey"),
        label=_("Đăng nhập bằng khóa truy cập"),
        options=request_options(site=found, purpose="sign-in", subject=b"", known=(), at=now_of(request)),
        fields={"next": following},
    )


@require_POST
def sign_in_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey that has verified its owner, without a password."""
    following = safe_next(request)
    try:
        done = accounts.sign_in_with_passkey(
            answer=str(request.POST.get("credential", "")), site=needed_site(), at=now_of(request)
        )
    except Denied as refusal:
        messages.error(request, refusal.say(str(request.locale)))  # type: ignore[attr-defined]
        return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode({'next': following})}")
    return came_in(request, done, following)


def _signed_in(request: HttpRequest, form: SignInForm, following: str) -> HttpResponse:
    done = accounts.sign_in(
        login=form.cleaned_data["login"],
        password=form.cleaned_data["password"],
        address=client_address(request),
        at=now_of(request),
    )
    if done.half:
        following = f"{reverse('sign_in_second')}?{urlencode({'next': following})}"
    return came_in(request, done, following)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here and now; colleagues' at this browser stay locked."""
    end_session(request)
    response = HttpResponseRedirect(reverse("unlock" if has_colleagues(request) else "sign_in"))
    response.delete_cookie(settings.SESSION_COOKIE)
    return response


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the visitor's choice of language and go back."""
    chosen = str(request.POST.get("language", ""))
    response = HttpResponseRedirect(_back(request))
    if chosen in {code for code, _name in settings.LANGUAGES}:
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=365 * 24 * 3600, httponly=True, samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    wanted = str(request.POST.get("next", ""))
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else reverse("home")
