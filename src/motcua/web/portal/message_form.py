"""The choice of how to be told: whether, in which language, by which channels."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.kernel.say import Say

CHANNELS: Mapping[str, Say] = {
    "email": Say("Thư điện tử", "E-mail"),
    "sms": Say("Tin nhắn SMS", "Text message"),
    "account": Say("Trang tra cứu này", "This tracking page"),
}


class WishForm(forms.Form):
    """`places`: the channels by which the person can be told, each with its masked address."""

    wants = forms.ChoiceField(
        label=_("Ông/bà có muốn nhận tin về hồ sơ không?"),
        choices=[("yes", _("Có, báo cho tôi")), ("no", _("Không, tôi tự xem ở trang tra cứu"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn có hoặc không.")},
    )
    channels = forms.MultipleChoiceField(
        label=_("Nhận tin qua"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Hãy chọn trong các kênh có ở đây.")},
    )
    language = forms.ChoiceField(
        label=_("Ngôn ngữ của tin"),
        choices=[("vi", "Tiếng Việt"), ("en", "English")],
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn ngôn ngữ."), "invalid_choice": _("Hãy chọn ngôn ngữ.")},
    )

    def __init__(self, *arguments: Any, places: Sequence[tuple[str, str]], **told: Any) -> None:
        super().__init__(*arguments, **told)
        channels = self.fields["channels"]
        assert isinstance(channels, forms.MultipleChoiceField)  # noqa: S101 - declared above
        channels.choices = places

    def clean(self) -> dict[str, Any]:
        """Whoever wants to be told chooses how."""
        told = super().clean() or self.cleaned_data
        if told.get("wants") == "yes" and not told.get("channels") and "channels" not in self.errors:
            self.add_error("channels", _("Hãy chọn ít nhất một kênh, hoặc chọn không nhận tin."))
        return told

    @property
    def chosen(self) -> list[str]:
        """The channels to be told by; none where no message is wanted."""
        return list(self.cleaned_data["channels"]) if self.cleaned_data["wants"] == "yes" else []
