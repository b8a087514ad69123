"""Whether what the desk puts on its shelf, tells of or gives out lies there, as far as manifests say."""

from collections.abc import Mapping
from typing import Any

from motcua.agencies.selectors import agency, called, unit_name
from motcua.dossiers.handshakes import Handshake
from motcua.dossiers.papers_at import desk_of, outside
from motcua.dossiers.states import Act
from motcua.dossiers.travels import WHAT, Place, Travel, arrived, is_open, last_of
from motcua.kernel.say import Say

_GIVES = {
    Act.MAKE_AVAILABLE: "result",
    Act.NOTIFY_READY: "result",
    Act.HAND_OVER: "result",
    Act.GIVE_BACK_PAPERS: "papers",
}


def away(act: Act, row: Mapping[str, Any]) -> Say | None:
    """Why what `act` puts on the shelf, tells of or gives out is not at the dossier's desk, and what to do; None where
    it is. What went on no manifest is not doubted; of what is lost by a record of both sides, the desk gives what
    stands in for it. One statement where `act` gives back papers that other agencies may have had, else none: agencies
    are kept in the process."""
    what = _GIVES.get(act)
    if what is None:
        return None
    if what == "papers" and row["papers_owed"] and _was_elsewhere(row):
        return not_at_desk(what, row, outside({row["id"]: row["travels"]}).get(row["id"]))
    return not_at_desk(what, row, None)


def _was_elsewhere(row: Mapping[str, Any]) -> bool:
    """Whether a dossier was ever transferred, or may have been: a transfer pauses a running clock, one that does not
    run yet is of what was received for another agency."""
    was_paused = any(pause["kind"] == "transfer" for pause in row["pauses"])
    return was_paused or bool(row["elsewhere"] or row["gave"] or row["earlier"])


def not_at_desk(what: str, row: Mapping[str, Any], gone: Handshake | None) -> Say | None:
    """Why the papers or the result are not at the dossier's desk; `gone`: as `papers_at.outside` says. Of the row it
    reads the desk and the travels. No statement."""
    last = last_of(dict(row), what)
    place: Place | None
    if gone is not None:
        place, manifest = desk_of(gone), gone.manifest
    elif last is not None:
        place, manifest = arrived(last), last["manifest"]
    else:
        return None
    desk = Place(row["desk_agency"], agency(row["desk_agency"]).desk_unit)
    if place is not None:
        return None if place == desk else _lies_at(place, WHAT[what], manifest)
    return _nobody_has(last, WHAT[what], desk) if last else None


def _lies_at(place: Place, what: Say, manifest: str) -> Say:
    where = called(place.agency)
    unit = (unit_name(place.unit), unit_name(place.unit, "en")) if place.unit else ("", "")
    return Say(
        f"{what.vi} đang ở {unit[0]}, {where.vi} (phiếu bàn giao {manifest}), không ở quầy. Nơi đó lập phiếu"
        " bàn giao về quầy; quầy ký nhận rồi làm việc này.",
        f"{what.en}: at {unit[1]}, {where.en} (manifest {manifest}), not at the desk. They send it to the desk on a"
        " manifest; sign for that, then do this.",
    )


def _nobody_has(last: Travel, what: Say, desk: Place) -> Say | None:
    if last["settled"] == "recorded":
        return None
    if is_open(last):
        return _on_its_way(last, what, desk)
    manifest = last["manifest"]
    return Say(
        f"{what.vi}: bên nhận báo thiếu trên phiếu bàn giao {manifest}. Hãy giải quyết chênh lệch trên phiếu trước.",
        f"{what.en}: missing by the receiver's word on manifest {manifest}. Settle the difference there first.",
    )


def _on_its_way(last: Travel, what: Say, desk: Place) -> Say:
    manifest = last["manifest"]
    if (last["to_agency"], last["to_unit"]) == (desk.agency, str(desk.unit)):
        return Say(
            f"{what.vi} đang theo phiếu bàn giao {manifest}; hãy ký nhận trước.",
            f"{what.en}: on manifest {manifest}; sign for it first.",
        )
    to = called(last["to_agency"])
    return Say(
        f"{what.vi} đang trên đường đến {to.vi} theo phiếu bàn giao {manifest}, chưa ai ký nhận. Bên giao lấy lại"
        " dòng này trên phiếu, hoặc chờ bên nhận ký rồi bàn giao về quầy.",
        f"{what.en}: on the way to {to.en} on manifest {manifest}, not signed for. The giver takes the line back on the"
        " manifest, or the receiver signs and sends it to the desk.",
    )
