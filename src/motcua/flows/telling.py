"""What a message about a dossier says and to whom it goes: put together from the dossier, before any transaction."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings

from motcua.agencies.selectors import agency, unit_name
from motcua.catalogue.selectors import version
from motcua.dossiers.notified import Notified, notified
from motcua.dossiers.row import Row
from motcua.kernel.actor import Actor
from motcua.kernel.say import Say
from motcua.kernel.unit_of_work import current
from motcua.notifications import operations, selectors
from motcua.notifications.addresses import mail_address, mobile
from motcua.notifications.letters import Sealed
from motcua.notifications.operations import NewNotice
from motcua.notifications.outlets import offered
from motcua.notifications.rules import ACCOUNT, EMAIL, SMS
from motcua.notifications.selectors import Wish
from motcua.notifications.writing import ABOUT, Facts, mailed, texted, written

_DESK = Say("Bộ phận Một cửa", "the one-stop desk")


def notice_of(row: Row, about: str, told: Mapping[str, Say | str], *, cause: str) -> NewNotice | None:
    """The notice `about` the dossier `row`, for who is told of it, as they want to be told; None for nobody, and for
    who wants none. Two statements."""
    whom = notified(row["id"])
    return None if whom is None else _notice(row, whom, wish_of(whom), about, told, cause=cause)


def wish_of(whom: Notified) -> Wish:
    """How somebody wants to be told; where they never said, by all channels, a foreigner in English."""
    return selectors.wish_of(whom.party) or Wish("en" if whom.kind == "foreigner" else "vi")


def reachable(whom: Notified) -> dict[str, str]:
    """The channels by which somebody can be told here, with where that goes ("" for the account)."""
    places = {EMAIL: mail_address(whom.email), SMS: mobile(whom.phone), ACCOUNT: ""}
    here = offered()
    return {channel: to for channel, to in places.items() if channel in here and (to or channel == ACCOUNT)}


def changed_wish(row: Row, whom: Notified, *, cause: str) -> NewNotice | None:
    """The notice that how somebody is told was changed, which goes where they were told until now."""
    return _notice(row, whom, wish_of(whom), "preferences", {}, cause=cause)


def change_wish(*, addressee: UUID, wish: Wish, notice: NewNotice | None, actor: Actor, at: datetime) -> None:
    """Note how somebody wants to be told from now on, and tell them so by the channels until now. Raises Invalid."""
    current(actor=actor, at=at)
    operations.prefer(addressee=addressee, language=wish.language, channels=wish.channels, at=at)
    if notice is not None:
        operations.make(notice, at=at)


def _notice(
    row: Row, whom: Notified, wish: Wish, about: str, told: Mapping[str, Say | str], *, cause: str
) -> NewNotice | None:
    facts, writers = facts_of(row, told), {EMAIL: mailed, SMS: texted, ACCOUNT: written}
    letters = []
    for channel, to in reachable(whom).items():
        if channel in wish.channels:
            text = writers[channel](about, facts, wish.language)
            letters.append((channel, Sealed(to, text.subject, text.body)))
    if not letters:
        return None
    return NewNotice(
        reference=row["code"],
        cause=cause,
        about=about,
        agency=row["desk_agency"],
        language=wish.language,
        asked_for=ABOUT[about].asked_for,
        letters=letters,
    )


def facts_of(row: Row, told: Mapping[str, Say | str]) -> Facts:
    """What a message about the dossier `row` may say."""
    desk = agency(row["desk_agency"])
    place = (
        _DESK if desk.desk_unit is None else Say(unit_name(desk.desk_unit), unit_name(desk.desk_unit, "en"))
    )
    return Facts(
        code=row["code"],
        procedure=version(row["procedure_version"]).title,
        desk=Say(f"{place.vi}, {desk.called.vi}", f"{place.en}, {desk.called.en}"),
        phone=desk.phone,
        link=f"{settings.PUBLIC_URL}/track",
        told=told,
    )
