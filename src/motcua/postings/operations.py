"""Putting papers on the wall is written down: who, when, which procedures in which versions."""

from datetime import datetime
from uuid import UUID

from motcua.agencies.operations.stream import append_to, lock
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.time import local
from motcua.ledger.operations import claim
from motcua.postings.board import board
from motcua.postings.events import ProceduresPosted
from motcua.postings.models import Print
from motcua.postings.policy import may_post
from motcua.postings.selectors import belongs_on, wall_of
from motcua.postings.wall import Form, change_of


def post(
    *, agency: str, form: str, sector: str, whole: bool, digest: str, actor: Actor, at: datetime
) -> UUID:
    """Write down that the papers of `form` hang on the wall of `agency`: all of a sector ("": all), or those that
    changed. `digest` says what was printed (postings.wall.Change). Returns the print's id.

    Raises Denied for a seat that does not post there, Invalid for a form there is not, NotAllowedNow where nothing is
    to be posted, and where the catalogue or the wall is no longer as it was when the papers were printed.
    """
    if not may_post(actor, agency):
        raise Denied(
            "Chỉ cán bộ danh mục, phụ trách Bộ phận Một cửa hoặc công chức tiếp nhận của cơ quan ghi nhận niêm yết.",
            "Only the agency's catalogue officer, desk manager or reception officers record a posting.",
        )
    if form not in set(Form):
        raise Invalid("Hãy chọn khổ giấy.", "Choose the form.", field="form")
    row = lock(agency)
    claim(stream=row.stream, seq=row.head_seq + 1, actor=actor, at=at)
    wall = wall_of(agency, Form(form))
    belongs = belongs_on(board(agency, on=local(at).date()))
    change = change_of(wall, belongs, form=Form(form), sector=sector, whole=whole)
    if not change.posted and not change.taken_down:
        raise NotAllowedNow("Không có gì để niêm yết.", "There is nothing to post.")
    if change.digest.hex() != digest:
        raise NotAllowedNow(
            "Danh mục hoặc bảng niêm yết vừa thay đổi sau khi in. Hãy xem lại những gì đã đổi và in lại các tờ đó.",
            "The catalogue or the wall changed after the papers were printed. Look at what changed and print it again.",
        )
    made = Print(
        id=uuid7(),
        agency=agency,
        seq=row.head_seq + 1,
        form=form,
        sector=sector,
        whole=whole,
        posted=sorted(change.posted),
        taken_down=list(change.taken_down),
        wall={code: hung.document() for code, hung in sorted(change.on(wall).items())},
        digest=change.digest,
        posted_at=at,
        by=actor.id,
    )
    event = ProceduresPosted(
        print=made.id,
        form=form,
        sector=sector,
        whole=whole,
        posted=len(change.posted),
        taken_down=len(change.taken_down),
        digest=change.digest,
    )
    append_to(row, event, actor, at)
    made.save(force_insert=True)
    return made.id
