"""A draft drawn: as it stands, or as it would be with what is typed and not kept. What cannot be read leaves the last
picture that could be drawn, with a word why."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.kernel.actor import Viewer
from motcua.kernel.drafting import Drafted
from motcua.processes import drafts
from motcua.processes.drafted import Fault, last_readable, readable
from motcua.processes.picture import Look, picture
from motcua.processes.selectors import published_body
from motcua.processes.shapes import ProcessVersion
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


def svg(process: ProcessVersion, on: date) -> str:
    """A process drawn in the reader's language, its variants called as its procedure calls them. One statement."""
    return picture(
        process,
        Look(language=language(), variants=variant_labels(process.procedure, on), titled=False),
    )


def pictured(found: Drafted, process: ProcessVersion | None, *, viewer: Viewer) -> Picture:
    """The picture of a draft as it stands; `process`: what it reads as, None where it cannot be read."""
    address = f"{reverse('process_draft_picture', args=[found.id])}?r={found.revision}"
    if process is not None:
        return Picture(address)
    if last_readable(found.id, published_body, viewer=viewer) is None:
        return Picture("", _("Sửa các lỗi ở trên thì hình hiện ra."))
    return Picture(address, _("Bản soạn đang có lỗi; hình là bản trước đó."))


def redrawn(
    found: Drafted, place: str, typed: Typed, around: Around
) -> tuple[ProcessVersion | None, list[Fault]]:
    """What a draft would read as with what is typed for the node at `place`, or what keeps it from being read. Raises
    NotFound where that node is gone."""
    made = written(found.body, place, typed, around)
    if made.errors:
        return None, [Fault(place, name, said) for name, told in made.errors.items() for said in told]
    return readable(drafts.replaced(found.body, place, made.node), published_body)


def told(wrong: list[Fault], around: Around) -> str:
    """Why a picture is not drawn anew: the first thing that is wrong, and where."""
    fault, called, slot = named(wrong[:1], around)[0]
    where = f"{called}, {slot}" if slot else called
    return _("Hình chưa theo kịp: %(where)s: %(said)s") % {"where": where, "said": say(fault.said)}


def inline(drawn: str) -> str:
    """A picture as an address of its own, for what is kept nowhere."""
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"
