"""The choice of how to be told: whether, in which language, by which channels."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.kernel.say import Say
from motcua.notifications.letters import masked
from motcua.notifications.selectors import Wish
from motcua.web.common.wording import say

CHANNELS: Mapping[str, Say] = {
    "email": Say("Thư điện tử", "E-mail"),
    "sms": Say("Tin nhắn SMS", "Text message"),
    "account": Say("Trang hồ sơ, trang tra cứu", "The dossier's page, the tracking page"),
}


class WishForm(forms.Form):
    """`places`: the channels by which the person can be told, each with where that goes ("": nowhere in particular);
    `wish`: how they are told now."""

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

    def __init__(self, data: Any = None, *, places: Mapping[str, str], wish: Wish) -> None:
        initial = {
            "language": wish.language,
            "wants": "yes" if wish.channels else "no",
            "channels": [c for c in places if c in wish.channels] or list(places),
        }
        super().__init__(data, initial=initial)
        self.places, self.before = places, wish
        channels = self.fields["channels"]
        assert isinstance(channels, forms.MultipleChoiceField)  # noqa: S101 - declared above
        channels.choices = [
            (channel, f"{say(CHANNELS[channel])}{f' ({masked(channel, to)})' if to else ''}")
            for channel, to in places.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Whoever wants to be told chooses how."""
        told = super().clean() or self.cleaned_data
        if told.get("wants") == "yes" and not told.get("channels") and "channels" not in self.errors:
            self.add_error("channels", _("Hãy chọn ít nhất một kênh, hoặc chọn không nhận tin."))
        return told

    @property
    def wish(self) -> Wish:
        """How they want to be told. What could not be chosen here stays as it was; no channel: no message is wanted."""
        language = self.cleaned_data["language"]
        if self.cleaned_data["wants"] == "no":
            return Wish(language, frozenset())
        return Wish(
            language, frozenset(self.cleaned_data["channels"]) | (self.before.channels - set(self.places))
        )
