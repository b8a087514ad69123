"""A draft drawn: as it stands, or as it would be with what is typed and not kept, rows to mend marked. What cannot be
kept leaves the picture as it is, with a word why."""

from base64 import b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.agencies.selectors import agencies_called
from motcua.kernel.drafting import Drafted
from motcua.processes import drafts
from motcua.processes.drafted import Drawn, Fault, drawn
from motcua.processes.picture import Look, picture
from motcua.processes.selectors import published_body
from motcua.processes.shapes import ProcessVersion
from motcua.processes.staffing import asked_agencies
from motcua.web.catalogue.designer.controls import Typed
from motcua.web.catalogue.processes.drawing import named
from motcua.web.catalogue.processes.listing import variant_labels
from motcua.web.catalogue.processes.properties import Around
from motcua.web.catalogue.processes.typed import written
from motcua.web.common.wording import language, say


@dataclass(frozen=True, slots=True)
class Picture:
    """Where the picture is ("" where nothing can be drawn yet), and why it is not what is wanted."""

    address: str
    why: str = ""


def svg(process: ProcessVersion, on: date, wrong: Collection[int] = ()) -> str:
    """A process drawn in the reader's language, its variants called as its procedure calls them; `wrong`: the
    numbers of the rows to mend. One statement."""
    return picture(
        process,
        Look(
            language=language(),
            variants=variant_labels(process.procedure, on),
            agencies=agencies_called(asked_agencies(process)),
            titled=False,
            wrong=wrong,
        ),
    )


def pictured(found: Drafted, process: ProcessVersion | None) -> Picture:
    """The picture of a draft as it stands; `process`: what it reads as, None where it cannot be read."""
    address = f"{reverse('process_draft_picture', args=[found.id])}?r={found.revision}"
    if process is not None:
        return Picture(address)
    if drawn(found.body, published_body) is None:
        return Picture("", _("Chưa có gì để vẽ; sửa các lỗi liệt kê ở cuối trang thì hình hiện ra."))
    return Picture(address, _("Bước viền đỏ còn phải sửa."))


def redrawn(found: Drafted, place: str, typed: Typed, around: Around) -> tuple[Drawn | None, list[Fault]]:
    """What could be drawn of a draft with what is typed for the node at `place`, or what keeps that from being kept.
    Raises NotFound where that node is gone."""
    made = written(found.body, place, typed, around)
    if made.errors:
        return None, [Fault(place, name, said) for name, told in made.errors.items() for said in told]
    return drawn(drafts.replaced(found.body, place, made.node), published_body), []


def told(wrong: list[Fault], around: Around) -> str:
    """Why a picture is not drawn anew: the first thing that is wrong, and where."""
    fault, called, slot = named(wrong[:1], around)[0]
    where = f"{called}, {slot}" if slot else called
    return _("Hình chưa theo kịp: %(where)s: %(said)s") % {"where": where, "said": say(fault.said)}


def inline(drawn: str) -> str:
    """A picture as an address of its own, for what is kept nowhere."""
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"
