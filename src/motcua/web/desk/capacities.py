"""In which capacity somebody signs who may do so in more than one: in their own seat, or for another by a mandate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.agencies.mandates import read, signed_as
from motcua.agencies.positions import POSITION_KINDS
from motcua.dossiers import policy
from motcua.dossiers.delays import waits
from motcua.dossiers.states import Act
from motcua.kernel.actor import Capacity, Viewer
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.say import Say
from motcua.web.common.wording import say
from motcua.web.desk.facts import Facts
from motcua.web.desk.forms.base import radio

SIGN_AS = "sign_as"  # the field


def signs(act: Act, facts: Facts) -> bool:
    """Whether `act` is a signature on this dossier."""
    return (act is Act.STEP and facts.is_approval) or (act is Act.NOTIFY_DELAY and waits(facts.row))


def to_sign_in(act: Act, facts: Facts, viewer: Viewer) -> list[Capacity]:
    """The seats in which `viewer` may sign here, first the one that counts unless they say otherwise: their own, but
    that of whom they stand in for while that person is away. None where `act` is no signature."""
    if not signs(act, facts):
        return []
    held = {_key(c): c for c in viewer.able if policy.may(viewer.actor(c), act, facts.row) is None}
    return sorted(held.values(), key=lambda c: not c.is_away)


def chosen(act: Act, facts: Facts, viewer: Viewer, told: str) -> Capacity | None:
    """The one that was `told` ("": the first); None where `act` is no signature. Raises NotAllowedNow where they sign
    in it no more."""
    seats = to_sign_in(act, facts, viewer)
    found = next((c for c in seats if told in ("", _key(c))), None)
    if found is None and seats:
        raise NotAllowedNow(
            "Bạn không còn ký được với tư cách đã chọn; hãy mở lại hồ sơ.",
            "You may not sign in the capacity you chose any more; open the dossier again.",
        )
    return found


class SignAsForm(forms.Form):
    """Which of them."""

    sign_as = radio(_("Ký với tư cách"))


def sign_as(act: Act, facts: Facts, viewer: Viewer, told: str) -> SignAsForm | None:
    """The choice on the page of a signature, `told` ticked; None where one signs in one's own seat alone."""
    seats = to_sign_in(act, facts, viewer)
    if not any(c.mandate for c in seats):
        return None
    form = SignAsForm(initial={SIGN_AS: told or _key(seats[0])})
    field = form.fields[SIGN_AS]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own form, not input
    field.choices = [(_key(c), say(words(c))) for c in seats]
    return form


def words(seat: Capacity) -> Say:
    """ "KT. CHỦ TỊCH (thay Trần Văn A, theo 12/QĐ-UBND)"; one's own seat by its title."""
    title = POSITION_KINDS[seat.kind].title
    if not seat.mandate:
        return title
    kind, number = read(seat.mandate)
    sign = signed_as(seat.kind, kind=kind)[0] if kind else ""
    instead = Say(f"thay {seat.instead}, ", f"for {seat.instead}, ") if seat.instead else Say("", "")
    return Say(
        f"{sign or title.vi} ({instead.vi}theo {number})", f"{sign or title.en} ({instead.en}by {number})"
    )


def _key(seat: Capacity) -> str:
    return f"{seat.position} {seat.mandate or ''}".strip()
