"""Where the paper dossier and the result of a dossier are, as its page says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from motcua.agencies.selectors import agency as agency_facts, called, unit_name
from motcua.dossiers.handshakes import Handshake, still_coming, went_outside
from motcua.dossiers.travels import WHAT, counts, is_given_out, is_open, last_of, place_of
from motcua.kernel.say import Say
from motcua.kernel.time import parse_utc


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one kind of papers is, by which manifest, since when; `outside`: the manifest is none of the system's."""

    what: Say
    place: Say
    manifest: str
    since: datetime | None
    outside: bool = False
    refused: Say | None = None


def refused_words(number: str, *, ours: bool) -> Say:
    """What each side does about papers on a manifest whose dossier the receiver gave back before they came; `ours`: it
    is one of the system."""
    if ours:
        return Say(
            f"Nơi nhận đã trả lại hồ sơ, giấy tờ còn ghi trên phiếu {number} chưa ký nhận. Bên giao: chưa đưa đi, hoặc"
            " đã có lại thì lấy lại dòng này ở trang phiếu. Bên nhận: giấy tờ đến thì ký nhận phiếu, rồi lập phiếu gửi"
            " về.",
            f"The receiver gave the dossier back; its papers still stand on manifest {number}, not signed for. The"
            " giver: if they did not leave, or are back, take this line back on the manifest's page. The receiver: if"
            " they come, sign for the manifest, then send them back on a new one.",
        )
    return Say(
        f"Nơi nhận đã trả lại hồ sơ và chưa ghi nhận giấy tờ trên phiếu giấy {number}. Bên giao: lấy lại từ người đưa."
        " Bên nhận: giấy tờ đến thì giao trả bằng biên nhận giấy.",
        f"The receiver gave the dossier back and noted no papers of paper manifest {number}. The giver: get them back"
        " from who carries them. The receiver: if they come, give them back against a receipt on paper.",
    )


def papers_where(
    row: Mapping[str, Any], transfers: Sequence[Handshake], *, parent: Mapping[str, Any] | None = None
) -> list[Whereabouts]:
    """The papers of a dossier that were handed in on paper, and a result that goes from hand to hand. What went with a
    transfer on a manifest of paper alone is as far as the receiver wrote it down. A part's papers that never travelled
    are where those of its `parent` are. Names of units are kept in the process: no statement."""
    found = (
        _of_parent(parent)
        if parent and last_of(dict(row), "papers") is None and any(counts(dict(row)))
        else []
    )
    desk = agency_facts(row["desk_agency"]).desk_unit
    went = went_outside(transfers, row["travels"])
    for what, label in WHAT.items():
        last, place = last_of(dict(row), what), place_of(dict(row), what, desk)
        if last is None and (place is None or what == "result"):
            continue
        if what == "papers" and went and not is_given_out(dict(row), what):
            found.append(_outside(label, went[-1]))
            continue
        if place is not None:
            where = called(place.agency)
            if place.unit is not None:
                unit = place.unit
                where = Say(f"{unit_name(unit)}, {where.vi}", f"{unit_name(unit, 'en')}, {where.en}")
        elif is_given_out(dict(row), what):
            where = Say("đã trả cho người dân", "given to the applicant")
        elif last is not None and is_open(last):
            to = called(last["to_agency"])
            where = Say(f"trên đường đến {to.vi}, chưa ký nhận", f"on the way to {to.en}, not signed for")
        else:
            where = Say("bên nhận báo thiếu, đang tìm", "missing by the receiver's word")
        moment = (last["settled_at"] or last["signed_at"] or last["sent_at"]) if last else None
        since = parse_utc(moment) if moment else None
        found.append(Whereabouts(label, where, last["manifest"] if last else "", since))
    return [_said(one, still_coming(transfers, row["travels"])) for one in found]


def _said(one: Whereabouts, coming: tuple[str, bool] | None) -> Whereabouts:
    if coming is None or one.what != WHAT["papers"]:
        return one
    return replace(one, refused=refused_words(coming[0], ours=coming[1]))


def _of_parent(parent: Mapping[str, Any]) -> list[Whereabouts]:
    """Without manifests: they are of the agencies that the parent is of."""
    papers = [one for one in papers_where(parent, ()) if one.what == WHAT["papers"]]
    return [replace(one, manifest="", since=None) for one in papers]


def _outside(label: Say, one: Handshake) -> Whereabouts:
    to = called(one.to)
    place = to if one.came else Say(f"trên đường đến {to.vi}", f"on the way to {to.en}")
    return Whereabouts(label, place, one.manifest, one.delivered_at or one.sent_at, outside=True)
