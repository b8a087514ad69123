"""What a person types about their own account."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.accounts.selectors import AtBrowser
from motcua.accounts.terms import LONGEST_NAME, LONGEST_PIN
from motcua.kernel.errors import Refusal
from motcua.web.common.text_field import TidyField
from motcua.web.common.wording import say

NEEDED = {"required": _("Hãy nhập ô này.")}


def secret_field(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    """A password: nothing is trimmed, nothing shown."""
    return forms.CharField(
        label=label,
        max_length=1000,
        strip=False,
        error_messages=NEEDED,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **options,
    )


def code_field(label: Any, **options: Any) -> forms.CharField:
    """A code as an app shows it or a paper has it."""
    attrs = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(
        label=label, max_length=40, error_messages=NEEDED, widget=forms.TextInput(attrs=attrs), **options
    )


class OwnForm(forms.Form):
    """A form about one's own account. `asks`: who sits there is asked for once more, as the sign-in was a while
    ago."""

    own_password = secret_field(
        _("Mật khẩu hiện tại, hoặc mã 6 số của ứng dụng xác thực"),
        "current-password",
        help_text=_("Để chắc chắn người đang ngồi đây là bạn"),
    )

    def __init__(self, data: Any = None, *, asks: bool) -> None:
        super().__init__(data)
        if not asks:
            del self.fields["own_password"]

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it names."""
        self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))


class IdentityForm(OwnForm):
    """One's own identity number."""

    number = TidyField(
        label=_("Số định danh cá nhân"),
        help_text=_("12 chữ số trên thẻ căn cước của bạn. Không ai xem lại được số này."),
        max_length=20,
        error_messages=NEEDED,
        widget=forms.TextInput(
            attrs={"class": "w20", "inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class PasswordForm(OwnForm):
    """A new password, twice."""

    password = secret_field(_("Mật khẩu mới"), "new-password", help_text=_("Ít nhất 10 ký tự"))
    password_again = secret_field(_("Gõ lại mật khẩu mới"), "new-password")
    field_order = ("own_password", "password", "password_again")

    def clean_password_again(self) -> str:
        """Both must be the same."""
        again = str(self.cleaned_data["password_again"])
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise ValidationError(_("Hai lần gõ không giống nhau."))
        return again


class TotpForm(OwnForm):
    """The first code of a new authenticator."""

    factor_code = code_field(_("Mã 6 số đang hiện trong ứng dụng"))
    field_order = ("factor_code", "own_password")


class PasskeyForm(OwnForm):
    """A name for the passkey that the browser makes."""

    name = TidyField(
        label=_("Tên của khóa"),
        help_text=_("Để nhận ra sau này, ví dụ: khóa USB ở quầy 1, điện thoại của tôi"),
        max_length=LONGEST_NAME,
        error_messages=NEEDED,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "own_password")


def pin_field(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    """Digits that nobody beside may read."""
    attrs = {"autocomplete": autocomplete, "inputmode": "numeric", "maxlength": str(LONGEST_PIN)}
    return forms.CharField(
        label=label,
        max_length=LONGEST_PIN,
        error_messages=NEEDED,
        widget=forms.PasswordInput(attrs=attrs),
        **options,
    )


class PinForm(OwnForm):
    """A PIN, twice."""

    own_pin = pin_field(_("Mã PIN"), "off", help_text=_("Từ 6 đến 12 chữ số, không giống nhau hay liên tiếp"))
    password_again = pin_field(_("Gõ lại mã PIN"), "off")
    field_order = ("own_pin", "password_again", "own_password")

    def clean_password_again(self) -> str:
        """Both must be the same."""
        again = str(self.cleaned_data["password_again"])
        if "own_pin" in self.cleaned_data and again != self.cleaned_data["own_pin"]:
            raise ValidationError(_("Hai lần gõ không giống nhau."))
        return again


class UnlockForm(forms.Form):
    """Who goes on at this computer, and their PIN."""

    who = forms.ChoiceField(
        label=_("Người dùng"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một người."), "invalid_choice": _("Hãy chọn một người.")},
    )
    own_pin = pin_field(_("Mã PIN"), "off")

    def __init__(self, data: Any = None, *, people: Sequence[AtBrowser]) -> None:
        super().__init__(data)
        self.fields["who"].choices = [(str(line.session), line.name) for line in people]  # type: ignore[attr-defined]
        if people:
            self.initial["who"] = str(people[0].session)
            self.fields["own_pin"].widget.attrs["autofocus"] = not self.is_bound

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it names."""
        self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))


class SecondForm(forms.Form):
    """The second factor at the sign-in."""

    factor_code = code_field(
        _("Mã xác thực"),
        help_text=_("6 số đang hiện trong ứng dụng xác thực. Không có điện thoại thì gõ một mã khôi phục."),
    )
