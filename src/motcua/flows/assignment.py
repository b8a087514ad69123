"""Who does the open step: a lead says so, or somebody claims it, puts it back, or recalls what they sent on."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.dossiers import events as e, operations as dossiers, recalls
from motcua.dossiers.open_steps import OpenStep, chosen, open_steps
from motcua.dossiers.operations import Recorded
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.flows.courses import course_of, done
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.processes import acting, routing
from motcua.processes.assigning import Staff
from motcua.processes.graph import Onward
from motcua.processes.selectors import office, staff, version as process_version
from motcua.processes.shapes import Step

SHARED = "shared"


def assign(
    *,
    code: str,
    to: str,
    reason: str,
    actor: Actor,
    at: datetime,
    number: int | None = None,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Give an open step (`number`: its row in the table; None: the leading one) to the account `to`, or back to its
    shared list ("shared"), with a reason.

    Raises Invalid for somebody who holds none of the step's seats, or would approve their own proposal; NotAllowedNow
    without an open step, or where it is so already.
    """
    row = dossiers.lock(code, act=Act.ASSIGN, actor=actor, at=at)
    here = chosen(row, number)
    step = routing.by_number(process_version(row["process_version"]), here.number)
    agency = row["competent_agency"]
    people = staff(agency=agency, at=at, row=row)
    if to == SHARED:
        holder = routing.shared(step, agency, people)
    else:
        account = _account(to)
        if account not in routing.able(step, people):
            raise Invalid(
                "Người này không giữ vị trí nào của bước đang mở.",
                "This person holds none of the seats of the open step.",
                field="to",
            )
        if str(account) in acting.proposers(row, step):
            raise Invalid(
                "Người này đã trình kết quả nên không tự duyệt được; hãy chọn lãnh đạo khác.",
                "This person proposed the result, so they don't approve it; choose another leader.",
                field="to",
            )
        holder = routing.held_by(account, step, agency, people)
    return done(
        dossiers.assign(row=row, step=here, holder=holder, reason=reason, actor=actor, at=at, paper=paper)
    )


def _account(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("Hãy chọn người nhận việc.", "Choose who is to do it.", field="to") from None


def claim(
    *,
    code: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    number: int | None = None,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Take an open step (`number`: its row in the table; None: the first of one's own seats) into one's own name,
    without beginning: from its shared list, or out of the name of another, with a reason. Raises NotAllowedNow where
    somebody was faster and there is none."""
    row = dossiers.lock(code, act=Act.CLAIM, actor=actor, at=at)
    here = chosen(row, number, actor=actor)
    step = routing.by_number(process_version(row["process_version"]), here.number)
    agency = row["competent_agency"]
    people = staff(agency=agency, at=at, row=row)
    routing.refuse_apart(actor, step, people)
    acting.refuse_own(actor, step, row)
    holder = _in_ones_name(actor, step, agency, people)
    return done(
        dossiers.claim(row=row, step=here, holder=holder, reason=reason, actor=actor, at=at, paper=paper)
    )


def put_back(
    *,
    code: str,
    reason: str,
    actor: Actor,
    at: datetime,
    number: int | None = None,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Give an open step, which is in one's own name (`number`: its row in the table; None: the first of them), back to
    its shared list, with a reason. Raises NotAllowedNow where nobody else could take it from there."""
    row = dossiers.lock(code, act=Act.PUT_BACK, actor=actor, at=at)
    here = _in_hand(row, number, actor)
    step = routing.by_number(process_version(row["process_version"]), here.number)
    agency = row["competent_agency"]
    people = staff(agency=agency, at=at, row=row)
    if set(routing.able(step, people)) <= {UUID(actor.id)}:
        raise NotAllowedNow(
            "Không còn ai khác giữ vị trí của bước này; nếu bạn không làm được, hãy báo lãnh đạo hoặc quản trị viên.",
            "Nobody else holds a seat of this step; if you can't do it, tell a leader or the administrator.",
        )
    holder = routing.shared(step, agency, people)
    return done(
        dossiers.put_back(row=row, step=here, holder=holder, reason=reason, actor=actor, at=at, paper=paper)
    )


def _in_hand(row: Row, number: int | None, actor: Actor) -> OpenStep:
    """The open step named, else the first that is in one's own name."""
    own = (one.number for one in open_steps(row) if one.holder.account == UUID(actor.id))
    return chosen(row, number if number is not None else next(own, None), actor=actor)


def recall(
    *, code: str, actor: Actor, at: datetime, number: int | None = None, paper: e.PaperMark | None = None
) -> Recorded:
    """Take back a step that one has sent on (`number`: its row in the table; None: the last), with all that it opened;
    it is open again in one's own name, other branches stay as they are. Raises NotAllowedNow once any whom it came to
    has opened the dossier, and where something else has happened to it."""
    row = dossiers.lock(code, act=Act.RECALL, actor=actor, at=at)
    agency = row["competent_agency"]
    working = office(agency=agency, at=at, row=row)
    course = course_of(row, at, working.calendar)
    sent = recalls.chosen(row, number, actor=actor)
    step = routing.by_number(course.process, sent["step"])
    following = routing.following(
        course,
        Onward((), (step.order,)),
        still=[one for one in open_steps(row) if one.number not in sent["opened"]],
        holders=lambda _step: (_in_ones_name(actor, step, agency, working.staff), ()),
        due_at=row["due_at"],
    )
    return done(dossiers.recall(row=row, sent=sent, following=following, actor=actor, at=at, paper=paper))


def _in_ones_name(actor: Actor, step: Step, agency: str, people: Staff) -> e.HolderFact:
    # Who stands in for somebody holds none of the seats, and has it in their name all the same.
    return replace(routing.held_by(UUID(actor.id), step, agency, people), account=UUID(actor.id))
