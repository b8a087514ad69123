"""What every page knows: the frame around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject

from motcua.agencies.positions import LOOKING, POSITION_KINDS, REPRESENTATIVE
from motcua.agencies.selectors import called
from motcua.flows.confirming import asked_by
from motcua.kernel.actor import Viewer
from motcua.kernel.say import Say
from motcua.parties.selectors import Citizen
from motcua.submissions.selectors import count_waiting
from motcua.web.common import citizens
from motcua.web.common.addresses import url
from motcua.web.common.menu import GROUPS, MENU, MOST, Entry
from motcua.web.common.public import begins_at
from motcua.web.common.requests import now_of


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the menu, or of the foot; `count`: how many things wait there; `under`: the entries of a group."""

    url: str
    label: object
    current: bool = False
    count: int = 0
    under: tuple["Link", ...] = ()


# At the end of every page: what anybody may read, print and take.
FOOT = (
    ("postings", Say("Niêm yết thủ tục", "Posted procedures")),
    ("open_data", Say("Dữ liệu mở", "Open data")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """The frame of common/base.html. Empty is what a page shows that knows nothing of its request.

    `sign_out` and `language` are posted to; `account`: the person's own page; `lock` too, by hand or after
    `lock_after` idle seconds; texts are bilingual or plain.
    """

    trial: bool = False
    staff: bool = False
    agency: object = None
    home: str = "/"
    sign_in: Link | None = None
    sign_out: str = ""
    language: str = ""
    account: str = ""
    lock: str = ""
    lock_after: int = 0
    notices: Link | None = None
    nav: Sequence[Link] = ()
    person: str = ""
    positions: Sequence[object] = ()
    contact: object = None
    foot: Sequence[Link] = ()


def page(request: HttpRequest) -> dict[str, Any]:
    """`chrome` of common/base.html, the instant of the request as `at`, and one token for all forms of the page:
    Django's own `csrf_input` makes one for each."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    person, positions, place = ("", [], None) if viewer is None else _who(viewer)
    own = getattr(request, "citizen", None)
    theirs = citizens.is_theirs(request.path)
    chrome = Chrome(
        trial=settings.INSTALLATION == "trial",
        staff=viewer is not None,
        agency=place,
        home=url(begins_at(viewer)) if viewer else url("home"),
        sign_in=_door(theirs=theirs),
        sign_out=url("citizen_sign_out" if theirs else "sign_out"),
        language=url("language"),
        account=url("account") if viewer else url("my_acting") if own else "",
        lock=url("lock") if viewer and not getattr(request, "owed", None) else "",
        lock_after=_idle_seconds(request),
        notices=_notices(request, viewer),
        nav=() if getattr(request, "owed", None) else _menu(request, viewer),
        person=(own.behalf.name if own.behalf else own.name) if own else person,
        positions=[Say(f"Làm cho: {own.name}", f"Acting for: {own.name}")]
        if own and own.behalf
        else positions,
        foot=[Link(url(name), label) for name, label in FOOT],
    )
    token = SimpleLazyObject(lambda: csrf_input(request))
    return {"chrome": chrome, "at": getattr(request, "at", None), "csrf_input": token}


def _door(*, theirs: bool) -> Link:
    """Where one signs in. Citizens do by “Hồ sơ của tôi” in the menu, which opens at once to who is in: no page for all
    knows their session."""
    if theirs:
        return Link(url("citizen_sign_in"), Say("Đăng nhập", "Sign in"))
    return Link(url("sign_in"), Say("Cán bộ đăng nhập", "Staff sign-in"))


def _notices(request: HttpRequest, viewer: Viewer | None) -> Link | None:
    """The notices of who looks at dossiers, and how many are unseen, as the session's statement told."""
    asking = getattr(request, "asking", None)
    if viewer is None or asking is None or not any(c.kind in LOOKING for c in viewer.able):
        return None
    here = request.resolver_match.url_name if request.resolver_match else ""
    return Link(url("notices"), Say("Thông báo", "Notices"), current=here == "notices", count=asking.unread)


def _offered(name: str) -> bool:
    """Whether a public entry leads anywhere: without a provider nobody has dossiers of their own here."""
    return name != "my_dossiers" or citizens.provider() is not None


def _idle_seconds(request: HttpRequest) -> int:
    asking = getattr(request, "asking", None)
    return int(asking.lock_after.total_seconds()) if asking is not None else 0


def _who(viewer: Viewer) -> tuple[str, list[Say], Say | None]:
    """Name, positions, and the agency where there is one only."""
    seats = dict.fromkeys((c.kind, c.instead) for c in viewer.capacities)
    agencies = {c.agency for c in viewer.capacities}
    place = None
    if len(agencies) == 1:
        place = called(agencies.pop())
    return viewer.name, [_seat(POSITION_KINDS[kind].title, instead) for kind, instead in seats], place


def _seat(title: Say, instead: str) -> Say:
    return Say(f"{title.vi} (thay {instead})", f"{title.en} (for {instead})") if instead else title


def _waiting(request: HttpRequest) -> int:
    """How many drafts of others who is signed in is asked to confirm. One statement."""
    own: Citizen | None = getattr(request, "citizen", None)
    if own is None or own.behalf or own.lapsed or own.is_business:
        return 0
    return count_waiting(_asked_in(own.session, own.id), at=now_of(request))


@lru_cache(maxsize=4096)
def _asked_in(session: UUID, person: UUID) -> bytes:
    """What `person` is found by, who is told anew at each sign-in."""
    return asked_by(person)


def _menu(request: HttpRequest, viewer: Viewer | None) -> list[Link]:
    match = request.resolver_match
    here = match.url_name if match else ""
    # Whom nobody posted represents nobody.
    held = [c for c in viewer.capacities if c.posted_by or c.kind != REPRESENTATIVE] if viewer else []
    kinds = {c.kind for c in held}
    entries = [
        entry
        for entry in MENU
        if (viewer is None and entry.public and _offered(entry.url_name))
        or (viewer is not None and (kinds & entry.kinds))
    ]
    links = {
        entry: Link(
            url(entry.url_name),
            entry.label,
            current=here == entry.url_name,
            count=_waiting(request) if entry.url_name == "my_dossiers" else 0,
        )
        for entry in entries
    }
    return first_level(links)


def first_level(links: Mapping[Entry, Link]) -> list[Link]:
    """The first level of the menu: all of it where it is short, else what belongs to no group, then the groups; one
    that would hold a single entry is that entry."""
    if len(links) <= MOST:
        return list(links.values())
    found = [link for entry, link in links.items() if not entry.group]
    for code, label in GROUPS.items():
        under = [link for entry, link in links.items() if entry.group == code]
        if len(under) > 1:
            found.append(Link("", label, current=any(link.current for link in under), under=tuple(under)))
        else:
            found += under
    return found
