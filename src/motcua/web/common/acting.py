"""For whom a citizen acts: themselves, or a business that gave them a mandate. The choice lies in their browser, bound
to the person, and what it opens is asked of the mandates at each request."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from motcua.kernel.errors import Denied
from motcua.kernel.seals import mac
from motcua.parties.mandates import BEYOND, Held, held_by, known_as
from motcua.parties.selectors import Behalf, Citizen, particulars_of
from motcua.web.common.requests import now_of

WHOM = "for_whom"  # the hidden field of each form of a citizen's
ACTING_COOKIE = "motcua_acting"
_LIFE = 86_400  # seconds; the mandates say how long it is worth anything
LAPSED = Denied(
    "Ủy quyền của ông/bà đã hết hạn hoặc bị rút, nên trang này không mở và chưa có gì được gửi. Hồ sơ đã lưu vẫn còn ở "
    "doanh nghiệp; trang vừa nhập được giữ một giờ, nếu được ủy quyền lại thì mở lại trang ấy. Hãy chọn lại làm cho "
    "ai.",
    "Your mandate has ended or was withdrawn, so this page does not open and nothing was sent. What was saved is still "
    "the business's; what you just typed is kept for an hour: open the page again if the mandate is given again. "
    "Choose anew for whom you act.",
)
# Pages that stay open to who acts for a business; others are a person's own, or the business's.
OPEN_TO_STAFF = frozenset(
    {
        "my_begin",
        "my_draft",
        "my_draft_page",
        "my_draft_check",
        "my_draft_ask",
        "my_draft_drop",
        "my_dossiers",
        "my_dossier",
        "my_dossier_sent",
        "my_dossier_file",
        "my_dossier_form",
        "my_payment",
        "my_supply",
        "my_write",
        "my_withdraw",
        "my_uploads",
        "my_upload",
        "my_discard_upload",
    }
)
SENDS_FILES = frozenset({"my_uploads", "my_discard_upload"})
# Open to everybody who signed in, whatever became of a mandate.
ALWAYS_OPEN = frozenset({"my_acting", "citizen_sign_out"})
NOT_FOR_STAFF = Denied(
    "Trang này của riêng người đăng nhập hoặc của chính doanh nghiệp. Hãy chọn làm cho bản thân rồi mở lại.",
    "This page is a person's own, or the business's. Choose to act for yourself, then open it again.",
)


def mandates_of(person: Citizen, request: HttpRequest) -> list[Held]:
    """The mandates that who is signed in holds. Two statements."""
    told = particulars_of(person.person)
    return held_by(known_as(name=told.name, number=told.number), at=now_of(request))


def choose(response: HttpResponse, person: UUID, business: UUID | None, *, known: bytes) -> None:
    """Let the browser act for `business` from now on, or for the person themselves."""
    if business is None:
        forget(response)
        return
    told = f"{business.hex}.{known.hex()}"
    response.set_cookie(
        ACTING_COOKIE,
        f"{told}.{_proof(person, told)}",
        max_age=_LIFE,
        path="/my",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    """Act for oneself from now on."""
    response.delete_cookie(ACTING_COOKIE, path="/my")


def _proof(person: UUID, told: str) -> str:
    return mac("citizen-acting", person.bytes + told.encode())[:16].hex()


def for_whom(request: HttpRequest, found: Citizen) -> Citizen:
    """The same as who they chose to act for. One statement where they chose a business."""
    told, _, proof = request.COOKIES.get(ACTING_COOKIE, "").rpartition(".")
    if not told or proof != _proof(found.id, told):
        return found
    business, _, known = told.partition(".")
    held = held_by(bytes.fromhex(known), at=now_of(request), business=UUID(business))
    if not held:
        return replace(found, lapsed=business)
    behalf = Behalf(person=found.id, name=found.name, known_as=bytes.fromhex(known), mandates=tuple(held))
    return replace(found, id=held[0].business, name=held[0].name, kind="business", behalf=behalf)


@dataclass(frozen=True, slots=True)
class Turned:
    """That a form came from a page opened for `whom` (an id; `name`: the business, "" oneself), and the person acts for
    somebody else by now. `known`: whether it is they who opened it, and may still act so."""

    whom: str
    name: str
    known: bool


def turned(request: HttpRequest, name: str | None) -> Turned | None:
    """Whether what is posted belongs to another choice than the one made since, in another window. Two statements
    where it does, else none."""
    found: Citizen | None = getattr(request, "citizen", None)
    if found is None or request.method != "POST" or name in ALWAYS_OPEN:
        return None
    whom = str(request.POST.get(WHOM, ""))
    if whom in ("", found.id.hex, found.lapsed):
        return None
    if whom == found.person.hex:
        return Turned("myself", "", known=True)
    for one in mandates_of(found, request):
        if one.business.hex == whom:
            return Turned(str(one.business), one.name, known=True)
    return Turned("", "", known=False)


def closed(request: HttpRequest, name: str | None) -> Denied | None:
    """Why a page is closed to who acts, or acted, for a business; None where it opens."""
    found: Citizen | None = getattr(request, "citizen", None)
    if found is None or name in ALWAYS_OPEN:
        return None
    if found.lapsed:
        return LAPSED
    if found.behalf is None:
        return None
    if name not in OPEN_TO_STAFF:
        return NOT_FOR_STAFF
    return BEYOND if name in SENDS_FILES and not found.may("write") else None
