"""What a message about a dossier says and to whom it goes: put together from the dossier, before any transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings

from motcua.agencies.selectors import agency, unit_name
from motcua.catalogue.selectors import version
from motcua.dossiers.assisting import handed_in_from_home
from motcua.dossiers.notified import Notified, notified
from motcua.dossiers.others import look
from motcua.dossiers.own import is_own
from motcua.dossiers.row import Row
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Refusal
from motcua.kernel.say import Say
from motcua.kernel.text import mask_name
from motcua.ledger.operations import claim
from motcua.notifications import operations, selectors
from motcua.notifications.addresses import abroad, mail_address, mobile
from motcua.notifications.letters import Sealed, Unreadable
from motcua.notifications.operations import Claimed, NewLetter, NewNotice
from motcua.notifications.outlets import offered
from motcua.notifications.rules import ACCOUNT, EMAIL, SMS
from motcua.notifications.says import ABOUT
from motcua.notifications.selectors import Wish
from motcua.notifications.writing import Facts, mailed, texted, written

# Told as people were told until then: who changed it may not be who they say.
_OLD_WAY = "preferences"
_DESK = Say("Bộ phận Một cửa", "the one-stop desk")
_WRITERS = {EMAIL: mailed, SMS: texted}


@dataclass(frozen=True, slots=True)
class Wishing:
    """Somebody who is told, and how they want it."""

    whom: Notified
    wish: Wish


def notice_of(
    row: Row, about: str, told: Mapping[str, Say | str], *, cause: str, as_of: int
) -> NewNotice | None:
    """The notice `about` the dossier `row` as it was at its event `as_of`, for all who are told of it, each as they
    want to be told; None for nobody, and where all want none. Two statements."""
    people = notified(row)
    if not people:
        return None
    return _notice(row, wishing(row["code"], people), about, told, cause=cause, as_of=as_of)


def wishing(code: str, people: Sequence[Notified]) -> tuple[Wishing, ...]:
    """How each of `people` wants to be told of the dossier `code`; who never said: by all channels, a foreigner in
    English. One statement."""
    said = selectors.wishes([one.party for one in people], reference=code)
    return tuple(Wishing(one, said.get(one.party) or unsaid(one.kind)) for one in people)


def unsaid(kind: str = "") -> Wish:
    """How somebody of this kind of party is told who never said."""
    return Wish("en" if kind == "foreigner" else "vi")


def reachable(whom: Notified) -> dict[str, str]:
    """The channels by which somebody can be told here, with where that goes ("" for the account)."""
    places = {EMAIL: mail_address(whom.email), SMS: mobile(whom.phone), ACCOUNT: ""}
    here = offered()
    return {channel: to for channel, to in places.items() if channel in here and (to or channel == ACCOUNT)}


def _tried(whom: Notified) -> dict[str, str]:
    """The same, with a number abroad, which gets no text: that the message failed stands in the log, and they are
    called."""
    places = reachable(whom)
    number = abroad(whom.phone)
    return places | {SMS: number} if number and SMS in offered() else places


class Unchanged(Refusal):
    """That is how they are told already: nothing is written."""

    def __init__(self) -> None:
        super().__init__("Cách nhận tin vẫn như cũ.", "You are told as before.")


def change_wish(*, row: Row, whom: Notified, wish: Wish, actor: Actor, at: datetime) -> None:
    """Note how `whom` wants to be told of the dossier `row` from now on, and tell everybody who is told of it so, as
    they were told until now: once in an hour of the clock. Raises Invalid, Unchanged, AlreadyDone."""
    claim(stream=row["id"], seq=row["head_seq"], actor=actor, at=at)
    people = wishing(row["code"], notified(row))
    if wish in [one.wish for one in people if one.whom == whom]:
        raise Unchanged
    operations.prefer(
        addressee=whom.party,
        reference=row["code"],
        language=wish.language,
        channels=wish.channels,
        at=at,
    )
    notice = _notice(row, people, _OLD_WAY, {}, cause=f"preferences/{at:%Y-%m-%dT%H}", as_of=row["head_seq"])
    if notice is not None:
        operations.make(notice, at=at)


def change_own_wish(*, party: UUID, wish: Wish, actor: Actor, at: datetime) -> None:
    """Note how `party`, who is signed in, wants to be told of everything from now on. Raises Invalid, Unchanged,
    AlreadyDone; Denied for who acts for a business, whose own account alone says so."""
    if actor.acting_for is not None:
        raise Denied(
            "Chỉ tài khoản định danh của chính doanh nghiệp mới đổi cách doanh nghiệp nhận tin.",
            "Only the business's own account changes how the business is told.",
        )
    claim(stream=party, seq=0, actor=actor, at=at)
    if selectors.wishes([party]).get(party) == wish and not selectors.told_otherwise(party):
        raise Unchanged
    operations.prefer(addressee=party, language=wish.language, channels=wish.channels, at=at)


def hindrance(claimed: Claimed, to: str) -> str:
    """Why a message that was made for somebody may not go `to` there any more, as a fault of the outlets: they want
    none by now, not by this channel, or nobody who is told of the dossier is told there. "" where it may. Three
    statements at most. Raises Unreadable where the dossier's people are damaged."""
    if claimed.addressee is None:
        return ""
    said = selectors.wishes([claimed.addressee], reference=claimed.reference).get(claimed.addressee)
    if said is not None and claimed.about != _OLD_WAY and claimed.channel not in said.channels:
        return "changed" if said.channels else "unwanted"
    row = look(claimed.reference)
    try:
        people = notified(row) if row is not None else ()
    except (InvalidTag, ValueError):
        raise Unreadable from None
    there = any(_tried(one).get(claimed.channel) == to for one in people)
    return "" if row is None or there else "changed"


def _notice(
    row: Row, people: Sequence[Wishing], about: str, told: Mapping[str, Say | str], *, cause: str, as_of: int
) -> NewNotice | None:
    letters = _letters(people, about, row, told)
    if not letters:
        return None
    return NewNotice(
        reference=row["code"],
        cause=cause,
        as_of=as_of,
        about=about,
        agency=row["desk_agency"],
        asked_for=ABOUT[about].asked_for,
        letters=letters,
    )


def _letters(
    people: Sequence[Wishing], about: str, row: Row, told: Mapping[str, Say | str]
) -> list[NewLetter]:
    """What each is told. No address gets it twice: who is reached by nothing of their own was told with another."""
    taken: set[str] = set()
    letters = []
    facts = facts_of(row, told)
    for one in people:
        wanted = {c: to for c, to in _tried(one.whom).items() if c in one.wish.channels}
        fresh = {channel: to for channel, to in wanted.items() if to not in taken}
        if any(wanted.values()) and not any(fresh.values()):
            continue
        taken |= {to for to in fresh.values() if to}
        said = _to_their_own(facts) if handed_in_from_home(row) and is_own(row, one.whom.party) else facts
        letters += [
            letter(
                about=about,
                facts=said,
                channel=channel,
                to=to,
                language=one.wish.language,
                addressee=one.whom.party,
            )
            for channel, to in fresh.items()
        ]
    return letters


def _to_their_own(facts: Facts) -> Facts:
    """The same for somebody whose account holds the dossier."""
    mine = f"{settings.PUBLIC_URL}/my/dossiers"
    return replace(facts, link=f"{mine}/{facts.code}", is_own=True, shorter=mine)


def facts_of(row: Row, told: Mapping[str, Say | str]) -> Facts:
    """What a message about the dossier `row` may say."""
    title = version(row["procedure_version"]).title
    return _facts(row["desk_agency"], title, told, code=row["code"], link=f"{settings.PUBLIC_URL}/track")


def unfiled_facts(agency_id: str, procedure: Say, *, name: str) -> Facts:
    """What a message may say before there is a dossier: of whom, masked, and where who is signed in looks."""
    told: dict[str, Say | str] = {"name": mask_name(name), "procedure": procedure}
    return replace(_facts(agency_id, procedure, told, link=f"{settings.PUBLIC_URL}/my/dossiers"), is_own=True)


def letter(
    *, about: str, facts: Facts, channel: str, to: str, language: str, addressee: UUID | None
) -> NewLetter:
    """What one person is told through one channel."""
    if channel == ACCOUNT:
        vi, en = (written(about, facts, each) for each in ("vi", "en"))
        sealed = Sealed(to, vi.subject, vi.body, en.subject, en.body)
    else:
        text = _WRITERS[channel](about, facts, language)
        sealed = Sealed(to, text.subject, text.body)
    return NewLetter(addressee=addressee, channel=channel, language=language, letter=sealed)


def _facts(
    agency_id: str, procedure: Say, told: Mapping[str, Say | str], *, link: str, code: str = ""
) -> Facts:
    desk = agency(agency_id)
    place = (
        _DESK if desk.desk_unit is None else Say(unit_name(desk.desk_unit), unit_name(desk.desk_unit, "en"))
    )
    return Facts(
        code=code,
        procedure=procedure,
        desk=Say(f"{place.vi}, {desk.called.vi}", f"{place.en}, {desk.called.en}"),
        phone=desk.phone,
        link=link,
        told=told,
    )
