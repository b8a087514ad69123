"""Who types, and where: a citizen at home, or somebody of the staff for the person who stands before them. The pages
are the same; their addresses, their frame and who owns what is typed are not."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from motcua.dossiers.assisting import BY_SEAT, Kind
from motcua.kernel.actor import Actor, Capacity, Viewer
from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.submissions.operations import AlreadySubmitted
from motcua.web.citizen.writing import Writing
from motcua.web.common.citizens import citizen, is_theirs
from motcua.web.common.requests import now_of, staff


class Left(NotAllowedNow):
    """The screen was locked, or left: who stands there now may be another person."""

    def __init__(self) -> None:
        super().__init__(
            "Màn hình đã khóa hoặc đổi người. Hãy hỏi người đang đứng trước ông/bà rồi chọn làm tiếp.",
            "The screen was locked, or somebody else came. Ask who stands before you, then go on.",
        )


@dataclass(frozen=True, slots=True)
class Hand:
    """Who types. `seat` and `session`: of the staff, and the screen they type at."""

    owner: UUID
    actor: Actor
    seat: Capacity | None = None
    session: UUID | None = None

    @property
    def helps(self) -> bool:
        """Whether somebody of the staff types for another person."""
        return self.seat is not None

    @property
    def base(self) -> str:
        """The frame of the page."""
        return "common/base_staff.html" if self.helps else "common/base_public.html"

    def url(self, name: str, *args: object) -> str:
        """The address of the page `name` on this side."""
        return reverse(f"assist_{name}" if self.helps else f"my_{name}", args=args)

    @property
    def home(self) -> str:
        """Where one goes on after a draft."""
        return reverse("assist") if self.helps else reverse("my_dossiers")

    def elsewhere(self, why: AlreadySubmitted | Left) -> HttpResponse:
        """On to the dossier that the draft has become; where the person may have left, to the first page."""
        return HttpResponseRedirect(
            self.url("dossier", why.code) if isinstance(why, AlreadySubmitted) else self.home
        )


def hand_of(request: HttpRequest) -> Hand:
    """Who types on this page. Raises Denied for staff that hand in for nobody."""
    if not is_theirs(request.path):
        return helping(staff(request))[0]
    who = citizen(request)
    return Hand(who.id, who.actor)


def may(request: HttpRequest, power: str, procedure: str) -> bool:
    """Whether who types may do this: staff within a visit, a citizen for themselves, or within their mandate."""
    return not is_theirs(request.path) or citizen(request).may(power, procedure)


def helping(viewer: Viewer) -> tuple[Hand, Kind]:
    """`viewer` as one who hands in for others, and which kind of filing that is. Raises Denied."""
    for seat in viewer.capacities:
        if (kind := BY_SEAT.get(seat.kind)) is not None:
            return Hand(viewer.account, viewer.actor(seat), seat, viewer.session), kind
    raise Denied(
        "Chỉ công chức tiếp nhận, giao dịch viên bưu điện và tình nguyện viên được nộp giúp người khác.",
        "Only reception officers, post office clerks and volunteers hand in for others.",
    )


def written(request: HttpRequest, draft: UUID, *, sends: str = "write") -> Writing:
    """A draft of who types, or of the business they act for; `sends`: what their mandate must allow where they send
    something. Raises as `Writing`, Denied beyond a mandate, and Left where the person may be another one by now."""
    hand = hand_of(request)
    writing = Writing(draft, owner=hand.owner, at=now_of(request), seat=hand.seat)
    if not hand.helps:
        citizen(request).refuse_without(sends if request.method == "POST" else "see", writing.kept.procedure)
    if writing.kept.session != hand.session:
        raise Left
    return writing
