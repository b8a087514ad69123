"""Whether what the desk puts on its shelf, tells of or gives out lies there, as far as manifests say."""

from collections.abc import Mapping
from typing import Any

from motcua.agencies.selectors import agency, called, unit_name
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
    stands in for it. No statement: agencies are kept in the process."""
    last = last_of(dict(row), _GIVES[act]) if act in _GIVES else None
    if last is None:
        return None
    place, desk = arrived(last), Place(row["desk_agency"], agency(row["desk_agency"]).desk_unit)
    if place == desk or (place is None and last["settled"] == "recorded"):
        return None
    what, manifest = WHAT[last["what"]], last["manifest"]
    if place is not None:
        where = called(place.agency)
        unit = (unit_name(place.unit), unit_name(place.unit, "en")) if place.unit else ("", "")
        return Say(
            f"{what.vi} đang ở {unit[0]}, {where.vi} (phiếu bàn giao {manifest}), không ở quầy. Nơi đó lập phiếu"
            " bàn giao về quầy; quầy ký nhận rồi làm việc này.",
            f"{what.en}: at {unit[1]}, {where.en} (manifest {manifest}), not at the desk. They send it to the desk on a"
            " manifest; sign for that, then do this.",
        )
    if is_open(last):
        return _on_its_way(last, what, desk)
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
