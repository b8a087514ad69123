"""The result goes out: told, kept, sent by post in batches, handed over; papers go back. Order here, rules below."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from motcua.agencies.series import next_in_series
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.addressees import addressees
from motcua.dossiers.operations import Receiver, Recorded
from motcua.dossiers.policy import SEATS
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act, Authority
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.kernel.time import local

Paper = e.PaperMark | None
POST_MANIFEST = "BK"
MOST_ON_A_MANIFEST = 200


def make_available(*, code: str, shelf: str, actor: Actor, at: datetime, paper: Paper = None) -> Recorded:
    """Put the result on the desk's shelf."""
    row = dossiers.lock(code, act=Act.MAKE_AVAILABLE, actor=actor, at=at)
    return dossiers.make_available(row=row, shelf=shelf, actor=actor, at=at, paper=paper)


def notify_ready(
    *,
    code: str,
    way: str,
    reached: bool,
    actor: Actor,
    at: datetime,
    note: str = "",
    paper: Paper = None,
) -> Recorded:
    """Record that the applicant was told, or tried to be told, that the result is there."""
    row = dossiers.lock(code, act=Act.NOTIFY_READY, actor=actor, at=at)
    return dossiers.notify_ready(
        row=row, way=way, reached=reached, note=note, actor=actor, at=at, paper=paper
    )


def move_papers(
    *,
    code: str,
    what: str,
    to: str,
    place: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    paper: Paper = None,
) -> Recorded:
    """Write down where papers went within the house, or back from the post."""
    row = dossiers.lock(code, act=Act.MOVE_PAPERS, actor=actor, at=at)
    return dossiers.move_papers(
        row=row, what=what, to=to, place=place, reason=reason, actor=actor, at=at, paper=paper
    )


def give_to_post(
    *, codes: Sequence[str], carrier: str, actor: Actor, at: datetime, paper: Paper = None
) -> tuple[str, list[Recorded]]:
    """Give the results of `codes` to the post on one numbered manifest; returns its number and what was recorded.

    All or none. Raises Invalid for an empty or too long list, and what `move_papers` raises for any of them.
    """
    wanted = sorted(set(codes))
    if not wanted:
        raise Invalid("Hãy chọn ít nhất một hồ sơ.", "Choose at least one dossier.", field="codes")
    if len(wanted) > MOST_ON_A_MANIFEST:
        raise Invalid(
            f"Một bảng kê có nhiều nhất {MOST_ON_A_MANIFEST} hồ sơ.",
            f"A manifest holds at most {MOST_ON_A_MANIFEST} dossiers.",
            field="codes",
        )
    rows = dossiers.lock_all(wanted, act=Act.MOVE_PAPERS, actor=actor, at=at)
    if inside := [row["code"] for row in rows if row["manifest"]]:
        raise Invalid(
            f"Đã giao bưu chính: {', '.join(inside)}.",
            f"With the post already: {', '.join(inside)}.",
            field="codes",
        )
    year = local(at).year
    number = next_in_series(agency=actor.agency, series=POST_MANIFEST, period=str(year))
    manifest = f"{POST_MANIFEST}-{year}-{number:06}"
    return manifest, [
        dossiers.move_papers(
            row=row,
            what="result",
            to="post",
            place=carrier,
            manifest=manifest,
            actor=actor,
            at=at,
            paper=paper,
        )
        for row in rows
    ]


def post_delivered(
    *, manifest: str, numbers: Mapping[str, str], actor: Actor, at: datetime, paper: Paper = None
) -> list[Recorded]:
    """Record what the post delivered of `manifest`: code -> tracking number of its slip. All or none.

    The recipient is whom the manifest names. Raises Invalid for a dossier that does not stand on it, and
    for one without the number of the slip that shows the delivery.
    """
    if not numbers:
        raise Invalid("Hãy chọn ít nhất một hồ sơ.", "Choose at least one dossier.", field="codes")
    rows = dossiers.lock_all(list(numbers), act=Act.HAND_OVER, actor=actor, at=at)
    if strays := [row["code"] for row in rows if row["manifest"] != manifest]:
        raise Invalid(
            f"Không nằm trên bảng kê {manifest}: {', '.join(strays)}.",
            f"Not on manifest {manifest}: {', '.join(strays)}.",
            field="codes",
        )
    if unproved := [row["code"] for row in rows if not clean(numbers[row["code"]])]:
        raise Invalid(
            f"Hãy ghi số phiếu gửi của: {', '.join(unproved)}.",
            f"Write the slip's number of: {', '.join(unproved)}.",
            field="codes",
        )
    named = addressees([row["parties"] for row in rows])
    return [
        dossiers.hand_over(
            row=row,
            way="post",
            receiver=Receiver(recipient=to.name, checked_by="postal_slip", proof="post"),
            receipt_lost=False,
            tracking_number=numbers[row["code"]],
            actor=actor,
            at=at,
            paper=paper,
        )
        for row, to in zip(rows, named, strict=True)
    ]


def by_manifest(row: Row, position: str) -> Say | None:
    """Where a seat of the post records a delivery instead; None for the desk's own seats."""
    if position not in SEATS[Authority.POST]:
        return None
    return Say(
        f"Bưu chính ghi việc phát trên bảng kê {row['manifest']}, kèm số phiếu gửi.",
        f"The post records deliveries on manifest {row['manifest']}, with the slip's number.",
    )


def hand_over(
    *,
    code: str,
    way: str,
    recipient: str,
    checked_by: str,
    actor: Actor,
    at: datetime,
    receipt_lost: bool = False,
    authority: str = "",
    proof: str = "paper",
    proof_file: str | None = None,
    tracking_number: str = "",
    paper: Paper = None,
) -> Recorded:
    """Give the result out at the desk; originals in custody go with it. The post delivers by its manifest, with the
    slip's number, and does nothing else here. Raises Denied."""
    row = dossiers.lock(code, act=Act.HAND_OVER, actor=actor, at=at)
    if (elsewhere := by_manifest(row, actor.position_kind)) is not None:
        raise Denied(elsewhere.vi, elsewhere.en)
    receiver = Receiver(
        recipient=recipient, checked_by=checked_by, authority=authority, proof=proof, proof_file=proof_file
    )
    return dossiers.hand_over(
        row=row,
        way=way,
        receiver=receiver,
        receipt_lost=receipt_lost,
        tracking_number=tracking_number,
        actor=actor,
        at=at,
        paper=paper,
    )


def give_back_papers(
    *,
    code: str,
    recipient: str,
    checked_by: str,
    actor: Actor,
    at: datetime,
    proof: str = "paper",
    proof_file: str | None = None,
    paper: Paper = None,
) -> Recorded:
    """Give the papers of a dossier that ended without a result back."""
    row = dossiers.lock(code, act=Act.GIVE_BACK_PAPERS, actor=actor, at=at)
    receiver = Receiver(recipient=recipient, checked_by=checked_by, proof=proof, proof_file=proof_file)
    return dossiers.give_back_papers(row=row, receiver=receiver, actor=actor, at=at, paper=paper)
