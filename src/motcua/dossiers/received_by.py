"""How papers were given out, as a sentence: in which way, how who took them was checked, and what shows it. Pure."""

from collections.abc import Mapping

from motcua.dossiers import events as e
from motcua.kernel.say import Say
from motcua.parties.papers import PAPERS


def _within(label: str) -> str:
    """A label as it stands within a sentence."""
    return label[:1].lower() + label[1:]


_NOTHING = Say("", "")
_WAYS = {
    "in_person": Say("trực tiếp", "in person"),
    "post": Say("qua bưu chính", "by post"),
    "authorised": Say("cho người được ủy quyền", "to an authorised person"),
}
_CHECKED: Mapping[str, Say] = {
    **{
        code: Say(
            f", đối chiếu {_within(PAPERS[code].label.vi)}", f", checked by {_within(PAPERS[code].label.en)}"
        )
        for code in ("citizen_id", "old_id", "passport", "other")
    },
    "authorisation": Say(
        ", đối chiếu văn bản ủy quyền và giấy tờ tùy thân", ", checked by authorisation and an identity paper"
    ),
}
_PROVED = {
    "paper": Say(", ký nhận trên giấy", ", signed for on paper"),
    "screen": Say(", ký nhận trên màn hình", ", signed for on the screen"),
    "photo": Say(", có ảnh giấy ký nhận", ", with a photo of the signed paper"),
    "post": Say(", có phiếu phát của bưu chính", ", shown by the post's delivery slip"),
}


def handed_over(event: e.DossierHandedOver) -> Say:
    """The result was given out; a lost receipt opens nothing any more."""
    way, shown = _WAYS[event.way], _shown(event)
    lost = (
        Say(
            " Giấy tiếp nhận đã mất: mã tra cứu in trên giấy hết hiệu lực.",
            " The receipt was lost: the tracking code on it opens nothing any more.",
        )
        if event.receipt_lost
        else _NOTHING
    )
    return Say(
        f"Trả kết quả {way.vi}{shown.vi}.{lost.vi}", f"Result handed over {way.en}{shown.en}.{lost.en}"
    )


def given_back(event: e.PapersGivenBack) -> Say:
    """The papers of a dossier that ended without a result went back."""
    shown = _shown(event)
    return Say(f"Trả lại giấy tờ đã nộp{shown.vi}.", f"The papers were given back{shown.en}.")


def _shown(event: e.DossierHandedOver | e.PapersGivenBack) -> Say:
    checked, proof = _CHECKED.get(event.checked_by, _NOTHING), _PROVED.get(event.proof, _NOTHING)
    return Say(f"{checked.vi}{proof.vi}", f"{checked.en}{proof.en}")
