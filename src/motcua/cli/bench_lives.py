"""Synthetic lives of dossiers, as rows: sealed by the ledger's own chain, projected by the dossier's own projector.

What `bench fill` loads differs from what the flows write only in how fast it arrives.
"""

import hashlib
import json
import os
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.catalogue.shapes import Channel
from motcua.catalogue.starter import procedures
from motcua.dossiers import events as e
from motcua.dossiers.content import NewContent, snapshot, text
from motcua.dossiers.due import RULE, due_fact
from motcua.dossiers.numbering import DEFAULT_TEMPLATE, format_code
from motcua.dossiers.projector import Meta, hand_on, move_on, project
from motcua.dossiers.row import Row
from motcua.kernel.codec import encode
from motcua.kernel.ids import uuid7
from motcua.kernel.time import ZONE, utc_text
from motcua.ledger.chain import Head, envelope_fields
from motcua.processes import projector as stays, routing
from motcua.processes.routing import Staff
from motcua.processes.shapes import ProcessVersion

# How lives end, in thousandths: most are over, as in any archive.
_ENDINGS = (
    ("returned", 868),
    ("ready", 15),
    ("withdrawn", 8),
    ("stopped", 7),
    ("sealing", 8),
    ("approving", 10),
    ("examining", 56),
    ("waiting", 6),
    ("received", 22),
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What every life of one agency shares."""

    agency: str
    desk_unit: UUID
    staff: Staff
    calendar: WorkCalendar
    versions: Mapping[str, tuple[UUID, UUID, ProcessVersion]]
    installation: str


@dataclass(slots=True)
class Life:
    """The rows of one dossier, growing event by event."""

    ground: Ground
    id: UUID
    head: Head
    name: str
    row: Row | None = None
    events: list[tuple[Any, ...]] = field(default_factory=list)
    holdings: list[Row] = field(default_factory=list)
    custody: list[Row] = field(default_factory=list)
    stays: list[Row] = field(default_factory=list)
    contents: list[NewContent] = field(default_factory=list)

    def add(self, event: Any, kind: str, at: datetime) -> None:
        """Seal `event` by a person in a seat of `kind`, and project it."""
        account = self.ground.staff.seats[kind][0][0]
        fields = envelope_fields(
            event_id=uuid7(),
            head=self.head,
            event_type=event.TYPE,
            type_version=event.VERSION,
            at=at,
            origin="simulated",
            installation=self.ground.installation,
            actor={
                "id": str(account),
                "kind": "staff",
                "position": None,
                "position_kind": kind,
                "agency": self.ground.agency,
                "for": None,
                "mandate": None,
            },
            agency=self.ground.agency,
            request=f"fill/{self.id}/{self.head.seq + 1}",
            nonce=os.urandom(16),
            data=encode(event),
        )
        envelope = _canonical(fields)
        digest = hashlib.sha256(envelope).digest()
        self.head = Head(stream=self.id, seq=self.head.seq + 1, hash=digest, at=at)
        self.events.append(
            (
                self.id,
                self.head.seq,
                fields["id"],
                event.TYPE,
                utc_text(at),
                "simulated",
                self.ground.installation,
                envelope.decode(),
                digest,
            )
        )
        actor = {"id": str(account), "position_kind": kind, "mandate": None, "for": None}
        meta = Meta(self.id, self.head.seq, digest, at, "simulated", actor)
        changes = project(self.row, event, meta)
        self.row = {**(self.row or {}), **changes.row}
        if changes.holder is not None:
            hand_on(self.holdings, changes.holder, meta, self.row["holder_since"])
        if changes.custody is not None:
            move_on(self.custody, changes.custody)
        stays.move(self.stays, event, meta)


def _canonical(fields: Mapping[str, Any]) -> bytes:
    # What rfc8785 gives for our plain fields (the test compares every envelope), fifteen times as fast.
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


_SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
_MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Ngọc", "Quang", "Thu", "Hữu", "Thanh", "Kim")
_GIVEN = (
    "An",
    "Bình",
    "Cường",
    "Dung",
    "Hà",
    "Hương",
    "Khánh",
    "Lan",
    "Mai",
    "Nam",
    "Oanh",
    "Phúc",
    "Tuấn",
    "Yến",
)


def lives_of_day(ground: Ground, day: date, first: int, count: int, *, now: datetime) -> Iterator[Life]:
    """`count` lives received on working day `day` with the numbers from `first` on; nothing happens after `now`."""
    chance = random.Random(f"{ground.agency}/{day}/{first}")  # noqa: S311 - synthetic data
    codes = sorted(ground.versions)
    opens = ground.calendar.opening(day)
    if opens is None:
        return
    opening = datetime.combine(day, opens, ZONE)
    for n in range(count):
        received = opening + timedelta(seconds=int(28_000 * n / max(count, 1)))
        yield _life(ground, chance, chance.choice(codes), received, first + n, now)


def _life(
    ground: Ground, chance: random.Random, procedure: str, received: datetime, seq: int, now: datetime
) -> Life:
    dossier = uuid7()
    name = f"{chance.choice(_SURNAMES)} {chance.choice(_MIDDLES)} {chance.choice(_GIVEN)}"
    life = Life(ground, id=dossier, head=Head(stream=dossier), name=name)
    course = _receive(life, procedure, received, seq)
    ending = chance.choices([k for k, _ in _ENDINGS], [w for _, w in _ENDINGS])[0]
    moment = received

    def later(hours: float) -> datetime | None:
        nonlocal moment
        moment = ground.calendar.add_office_time(moment, timedelta(hours=hours * (0.4 + chance.random())))
        return moment if moment < now else None

    for act in _SCRIPTS[ending]:
        at = later(2.0)
        if at is None:
            return life
        act(life, course, at)
    return life


Doing = Callable[[Life, routing.Course, datetime], None]


def _receive(life: Life, procedure: str, at: datetime, seq: int) -> routing.Course:
    ground = life.ground
    version_id, process_id, process = ground.versions[procedure]
    version = _VERSIONS[procedure]
    variant = version.variants[0]
    entry = version.channel(variant.code, Channel.COUNTER)
    limit = entry.limit if entry else variant.channels[0].limit
    value = "" if limit.value is None else str(limit.value)
    pinned = e.LimitFact(value=value or None, unit=limit.unit.value, rule=RULE)
    course = routing.Course(
        process=process,
        variant=variant.code,
        promise_value=value,
        promise_unit=limit.unit.value,
        start=at,
        at=at,
        calendar=ground.calendar,
    )
    due = due_fact(
        {
            "clock_from": at,
            "pauses": [],
            "extensions": [],
            "limit_value": value,
            "limit_unit": limit.unit.value,
            "promise_value": value,
            "promise_unit": limit.unit.value,
        },
        ground.calendar,
    )
    kept = snapshot("party:applicant", {"name": life.name, "kind": "citizen", "paper": "none", "number": ""})
    life.contents.append(kept)
    first = routing.first_step(process)
    event = e.DossierReceived(
        code=format_code(template=DEFAULT_TEMPLATE, agency=ground.agency, day=at.date(), seq=seq),
        procedure=procedure,
        procedure_version=version_id,
        variant=variant.code,
        channel="counter",
        desk_agency=ground.agency,
        competent_agency=ground.agency,
        process_version=process_id,
        limit=pinned,
        promise=pinned,
        calendar_edition=due.calendar_edition,
        due_at=due.due_at,
        limit_due_at=due.limit_due_at,
        provisional=due.provisional,
        parties=(
            e.PartyFact(role="applicant", party=uuid7(), snapshot=kept.id, snapshot_digest=kept.digest),
        ),
        components=tuple(
            e.ComponentFact(component=c.code, kind=c.kind.value, originals=1, copies=0)
            for c in version.components_of(variant.code)[:3]
        ),
        fee_order=(),
        visit=None,
        assisted=False,
        tracking_version=1,
        paper=None,
        occurred_at=at,
        holder=routing.holder_of(first, ground.agency, ground.staff),
        step=course.fact(first, due.due_at),
    )
    life.add(event, "reception_officer", at)
    return course


def _start(life: Life, course: routing.Course, at: datetime) -> None:
    first = routing.first_step(course.process)
    account = life.ground.staff.seats[first.positions[0]][0][0]
    holder = routing.held_by(account, first, life.ground.agency, life.ground.staff)
    life.add(e.DossierStarted(holder=holder, occurred_at=at), first.positions[0], at)


def _step(life: Life, course: routing.Course, at: datetime) -> None:
    assert life.row is not None  # noqa: S101 - a life begins with its reception
    here = routing.by_number(course.process, life.row["step"])
    opened = routing.next_steps(course, here.order, said="granted", approved=life.row["approval"] is not None)
    following = routing.following(
        course,
        opened,
        still=(),
        holders=lambda one: (routing.holder_of(one, life.ground.agency, life.ground.staff), ()),
        due_at=life.row["due_at"],
    )
    event = e.StepTaken(
        done=here.order,
        done_kind=here.kind.value,
        outcome="granted",
        note=None,
        basis="",
        signed=routing.is_approval(here),
        signer_position=here.positions[0] if routing.is_approval(here) else "",
        holder=following.holder,
        step=following.step,
        occurred_at=at,
    )
    life.add(event, here.positions[0], at)


def _decide(life: Life, course: routing.Course, at: datetime) -> None:
    assert life.row is not None  # noqa: S101 - a life begins with its reception
    here = routing.by_number(course.process, life.row["step"])
    approval = life.row["approval"] or {"by": "", "position": "", "mandate": None}
    paper = e.ResultPaper(
        role="result",
        kind=_VERSIONS[course.process.procedure].result_codes[0],
        number=f"{life.row['code'][-4:]}/UBND",
        date=at.date(),
        medium="wet_ink",
    )
    event = e.DossierDecided(
        outcome="granted",
        papers=(paper,),
        signer=e.Signer(person=approval["by"], position=approval["position"], mandate=approval["mandate"]),
        basis="",
        reasons_digest=None,
        reasons=None,
        step=here.order,
        holder=routing.desk(life.ground.agency, life.ground.desk_unit),
        occurred_at=at,
    )
    life.add(event, here.positions[0], at)


def _available(life: Life, _course: routing.Course, at: datetime) -> None:
    life.add(e.ResultAvailable(shelf="A1", occurred_at=at), "reception_officer", at)


def _hand_over(life: Life, _course: routing.Course, at: datetime) -> None:
    kept = text("recipient", life.name)
    life.contents.append(kept)
    event = e.DossierHandedOver(
        way="in_person", recipient=kept.ref, checked_by="citizen_id", receipt_lost=False, occurred_at=at
    )
    life.add(event, "reception_officer", at)


def _withdraw(life: Life, _course: routing.Course, at: datetime) -> None:
    life.add(
        e.DossierWithdrawn(shown_by="signed_paper", reason=None, occurred_at=at), "reception_officer", at
    )


def _ask(life: Life, course: routing.Course, at: datetime) -> None:
    assert life.row is not None  # noqa: S101 - a life begins with its reception
    kept = text("supplement_item", "Bổ sung bản chính.")
    life.contents.append(kept)
    opened = {"from": encode(at), "to": None, "kind": "supplement", "ground": ""}
    event = e.SupplementRequested(
        number=1,
        stage="in_process",
        items=(e.SupplementItem(item="1", component=None, text=kept.ref),),
        counts_as_late=False,
        holder=e.HolderFact(holder="applicant"),
        due=due_fact(life.row, life.ground.calendar, pauses=[opened]),
        occurred_at=at,
    )
    life.add(event, routing.first_step(course.process).positions[0], at)


def _stop(life: Life, _course: routing.Course, at: datetime) -> None:
    kept = text("stop", "Quá hạn bổ sung.")
    life.contents.append(kept)
    event = e.DossierStopped(
        ground="supplement_window_over", basis="NĐ 118/2025", reason=kept.ref, occurred_at=at
    )
    life.add(event, "chair", at)


_SCRIPTS: Mapping[str, tuple[Doing, ...]] = {
    "received": (),
    "examining": (_start,),
    "approving": (_start, _step),
    "sealing": (_start, _step, _step),
    "waiting": (_start, _ask),
    "stopped": (_start, _ask, _stop),
    "withdrawn": (_start, _withdraw),
    "ready": (_start, _step, _step, _decide, _available),
    "returned": (_start, _step, _step, _decide, _available, _hand_over),
}
_VERSIONS = {p.code: p for p in procedures()}
