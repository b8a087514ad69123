"""The citizens' pages in their states, and what they need: drafts and dossiers of the stand-in's people."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.accounts.operations import session_digest
from motcua.dossiers.operations import MissingPaper
from motcua.files.operations import keep, stay
from motcua.flows import progress
from motcua.flows.reception import examine
from motcua.flows.submissions import hand_in
from motcua.flows.terms import terms_of
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.selectors import Citizen, citizen
from motcua.submissions.operations import DRAFT_LIFE, begin, save
from motcua.submissions.selectors import draft as find_draft
from motcua.web.citizen.writing import Writing
from tests.support import scenes_business as business, scenes_joint as joint, scenes_mending as mending
from tests.support.acts import act
from tests.support.answered import answered_by_register
from tests.support.citizens import citizen_session
from tests.support.papers import pdf, received
from tests.support.scene import Scene
from tests.support.world import COMMUNE

TUYET, MAY = "citizen:tuyet", "citizen:may"
_NOBODY = "00000000-0000-7000-8000-000000000000"
PAGES: Mapping[str, Mapping[str, list[str]]] = {
    "questions": {"delegated": ["no"]},
    "you": {
        "phone": ["0912345678"],
        "email": ["tuyet@example.vn"],
        "address": ["Thôn Trung Tâm, Xã Mẫu"],
        "way": ["desk"],
    },
}
# A citizen's own; nobody of staff, whatever their seat, gets further than the citizens' door.
OWN: Mapping[str, str] = {
    "my_begin": "/my/begin/2.002516",
    "my_draft": "/my/drafts/{draft_whole}",
    "my_draft_page": "/my/drafts/{draft_whole}/you",
    "my_draft_sheet": "/my/drafts/{draft_whole}/consent.pdf",
    "my_draft_check": "/my/drafts/{draft_whole}/check",
    "my_draft_drop": "/my/drafts/{draft_whole}/drop",
    "my_draft_code": "/my/drafts/{draft_whole}/code",
    "my_dossiers": "/my/dossiers",
    "my_dossier": "/my/dossiers/{online}",
    "my_dossier_sent": "/my/dossiers/{online}/sent",
    "my_dossier_form": "/my/dossiers/{online}/sent/form.pdf",
    "my_dossier_file": "/my/dossiers/{online}/sent/00000000-0000-7000-8000-000000000000",
    "my_payment": "/my/dossiers/{online}/payment",
    "my_receipt": "/my/dossiers/{online}/receipts/00000000-0000-7000-8000-000000000000.pdf",
    "my_supply": "/my/dossiers/{online_asked}/supply",
    "my_object": "/my/dossiers/{online}/object",
    "my_withdraw": "/my/dossiers/{online}/withdraw",
    "my_write": "/my/dossiers/{online_asked}/write",
    "my_messages": "/my/messages",
    "my_uploads": "/my/uploads",
    "my_upload": "/my/uploads/{upload}",
    "my_discard_upload": "/my/uploads/{upload}/discard",
    **joint.OWN,
    **mending.OWN,
    **business.OWN,
}
CITIZENS_DOOR = frozenset(
    {
        "citizen_sign_in",
        "citizen_ask",
        "citizen_back",
        "citizen_sign_out",
        "citizen_left",
        "citizen_leave",
        "citizen_left_there",
    }
)
# Addresses of citizens that are no pages.
SERVED = frozenset(
    {
        "citizen_ask",
        "citizen_back",
        "citizen_sign_out",
        "citizen_leave",
        "citizen_left_there",
        "platform_back",
        "my_receipt",
        "my_dossier_form",
        "my_dossier_file",
        "my_draft",
        "my_draft_code",
        "my_draft_drop",
        "my_draft_sheet",
        "my_uploads",
        "my_upload",
        "my_discard_upload",
        *joint.SERVED,
        *business.SERVED,
        "assist_draft",
        "assist_draft_code",
        "assist_draft_sheet",
        "assist_draft_stay",
        "assist_next",
        "assist_slip",
    }
)
CITIZEN = (
    Scene("citizen_sign_in", "empty", "/my/sign-in"),
    Scene("citizen_sign_in", "error", "/my/sign-in/back?state=x&code=y", status=403),
    Scene("citizen_left", "empty", "/my/signed-out"),
    Scene("my_begin", "empty", "/my/begin/2.002516", TUYET),
    Scene("my_begin", "filled", "/my/begin/2.002516?agency=H99.01.01", TUYET),
    Scene("my_begin", "error", "/my/begin/1.000000", TUYET, status=404),
    Scene("my_draft_page", "empty", "/my/drafts/{draft_begun}/questions", TUYET),
    Scene("my_draft_page", "filled", "/my/drafts/{draft_whole}/questions", TUYET),
    Scene("my_draft_page", "filled", "/my/drafts/{draft_whole}/you", TUYET),
    Scene("my_draft_page", "filled", "/my/drafts/{draft_whole}/papers", TUYET),
    Scene(
        "my_draft_page", "error", "/my/drafts/{draft_birth}/you", TUYET, fill={"phone": "1"}, sends=True, status=422
    ),
    Scene("my_draft_page", "error", "/my/drafts/{draft_whole}/you", MAY, status=404),
    Scene("my_draft_check", "empty", "/my/drafts/{draft_begun}/check", TUYET),
    Scene("my_draft_check", "filled", "/my/drafts/{draft_whole}/check", TUYET),
    Scene(
        "my_draft_check", "error", "/my/drafts/{draft_whole}/check", TUYET, fill={"sure": ""}, sends=True, status=422
    ),
    Scene("my_dossiers", "empty", "/my/dossiers", MAY),
    Scene("my_dossiers", "filled", "/my/dossiers", TUYET),
    Scene("my_dossier", "filled", "/my/dossiers/{online}", TUYET),
    Scene("my_dossier", "error", "/my/dossiers/{online}", MAY, status=404),
    Scene("my_dossier", "filled", "/my/dossiers/{online_asked}", TUYET),
    Scene("my_dossier_sent", "filled", "/my/dossiers/{online}/sent", TUYET),
    Scene("my_dossier_sent", "error", "/my/dossiers/{online}/sent", MAY, status=404),
    Scene("my_payment", "filled", "/my/dossiers/{online}/payment", TUYET),
    Scene("my_payment", "error", "/my/dossiers/{online}/payment", MAY, status=404),
    Scene("my_draft_page", "empty", "/my/drafts/{draft_birth}/form-who", TUYET),
    Scene("my_supply", "empty", "/my/dossiers/{online_asked}/supply", TUYET),
    Scene("my_supply", "error", "/my/dossiers/{online_asked}/supply", TUYET, sends=True, status=422),
    Scene("my_write", "empty", "/my/dossiers/{online}/write", TUYET),
    Scene("my_write", "filled", "/my/dossiers/{online_asked}/write", TUYET, fill={"text": "Tôi đã mất hộ chiếu."}),
    Scene("my_write", "error", "/my/dossiers/{online_asked}/write", TUYET, fill={"text": ""}, sends=True, status=422),
    Scene("my_withdraw", "empty", "/my/dossiers/{online}/withdraw", TUYET),
    Scene("my_withdraw", "filled", "/my/dossiers/{online}/withdraw", TUYET, fill={"reason": "Không cần nữa."}),
    Scene("my_withdraw", "error", "/my/dossiers/{online}/withdraw", TUYET, fill={"reason": ""}, sends=True, status=422),
    Scene("my_messages", "empty", "/my/messages", TUYET),
    Scene("my_messages", "filled", "/my/messages", TUYET, fill={"wants": "no", "language": "en"}),
    Scene(
        "my_messages", "error", "/my/messages", TUYET, fill={"wants": "yes", "channels": ""}, sends=True, status=422
    ),
    Scene("my_object", "error", "/my/dossiers/{online}/object", TUYET, status=404),
    Scene("assist", "empty", "/assist", "tinhnguyen"),
    Scene("assist", "filled", "/assist?q=hon+nhan", "tiepnhan1"),
    Scene("assist_begin", "empty", "/assist/begin/2.002516", "giaodichvien"),
    Scene("assist_begin", "error", "/assist/begin/1.000000", "giaodichvien", status=404),
    Scene("assist_draft_page", "error", f"/assist/drafts/{_NOBODY}/whom", "tiepnhan1", status=404),
    Scene("assist_draft_check", "error", f"/assist/drafts/{_NOBODY}/check", "tiepnhan1", status=404),
    Scene("assist_dossier", "error", "/assist/dossiers/{online}", "tiepnhan1", status=404),
    Scene("dossier", "filled", "/dossiers/{online}", "tiepnhan1"),
    Scene("act:receive", "filled", "/dossiers/{online}/receive", "tiepnhan1", fill={"found_residence": "on"}),
    Scene("act:receive", "filled", "/dossiers/{looked_up}/receive", "tiepnhan1", fill={"good_identity": "on"}),
    Scene("look_up", "empty", "/dossiers/{degraded}/look-up", "tiepnhan1"),
    Scene("look_up", "filled", "/dossiers/{looked_up}/look-up", "tiepnhan1"),
    Scene("look_up", "error", "/dossiers/{received}/look-up", "tiepnhan1", status=409),
    *joint.JOINT,
    *mending.MENDING,
    *business.BUSINESS,
)  # fmt: skip
WITHOUT_CITIZEN = {
    **business.WITHOUT,
    **mending.WITHOUT,
    ("citizen_sign_in", "filled"): "there is nothing to fill in",
    ("citizen_left", "filled"): "there is nothing to fill in",
    ("citizen_left", "error"): "the provider must be away: web/citizen/tests/test_sign_out.py",
    ("my_dossiers", "error"): "it takes no input",
    ("my_dossier", "empty"): "it is there only once a dossier is",
    ("my_dossier_sent", "empty"): "it is there only once a dossier is",
    ("my_payment", "empty"): "that is the page of what tracking_payment shows",
    **dict.fromkeys(
        [("my_object", state) for state in ("empty", "filled")],
        "somebody else has to hand in first: src/motcua/web/citizen/tests/test_relative.py opens it",
    ),
    ("assist", "error"): "it takes no input that can be wrong",
    ("assist_begin", "filled"): "there is nothing to fill in",
    **dict.fromkeys(
        [
            (page, state)
            for page in ("assist_draft_page", "assist_draft_check", "assist_dossier")
            for state in ("empty", "filled")
        ],
        "it opens at the screen where it was begun only: tests/browser/test_assist.py looks at it",
    ),
}


def written_online(at: datetime) -> dict[str, str]:
    """A draft just begun, one of a procedure with a form, one that is whole; a dossier handed in, and one to which
    papers are missing: all of Tuyết's."""
    who = citizen(session_digest=session_digest(citizen_session("tuyet", at=at)), at=at)
    assert who is not None
    birth = begin(owner=who.id, agency=COMMUNE, procedure="1.001193", at=at)
    whole = whole_draft(who.id, at, "a")
    online, asked = (_handed_in(who, whole_draft(who.id, at, mark), at) for mark in ("b", "c"))
    items = [
        MissingPaper(component="online_form", text="Tờ khai mờ."),
        MissingPaper(component=None, text="Hộ chiếu."),
    ]
    act("tiepnhan1", at, progress.request_supplement, code=asked, items=items)
    begun = begin(owner=who.id, agency=COMMUNE, procedure="2.002516", at=at)
    drafts = {"draft_begun": begun, "draft_birth": birth, "draft_whole": whole}
    found = {name: str(draft) for name, draft in drafts.items()} | {"online": online, "online_asked": asked}
    found |= joint.written_together(at) | business.mandated(at) | mending.mended(at)
    return found | {"looked_up": answered_by_register(at)}


def _handed_in(who: Citizen, draft: UUID, at: datetime) -> str:
    writing = Writing(draft, owner=who.id, at=at)
    revision, intake = writing.kept.revision, writing.intake
    with unit_of_work(actor=who.actor, at=at, request=Request.fresh(), origin="simulated"):
        agreed = terms_of(examine(intake=intake, at=at), intake)
        row = hand_in(
            draft=draft, revision=revision, intake=intake, agreed=agreed, actor=who.actor, at=at
        ).row
    return str(row["code"])


def whole_draft(owner: UUID, at: datetime, mark: str) -> UUID:
    draft = begin(owner=owner, agency=COMMUNE, procedure="2.002516", at=at)
    papers = {}
    for paper in ("online_form", "related_papers"):
        came = received(pdf(mark=f"{mark} {paper}"), name=f"{paper}.pdf")
        kept_file = keep(came, owner=owner, at=at)
        stay([kept_file.upload], owner=owner, until=at + DRAFT_LIFE)
        papers[f"paper-{paper}_kept"] = [kept_file.reference]
        came.close()
    pages = {**PAGES, "papers": papers}
    for name, fields in pages.items():
        kept = find_draft(draft, owner=owner, at=at)
        save(kept=kept, page=name, fields=fields, reached="check", at=at)
    return draft
