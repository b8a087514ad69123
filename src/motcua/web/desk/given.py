"""The papers of a dossier: how many of each came, and what was scanned of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.catalogue.shapes import LOOKED_AT, Channel, ComponentKind
from motcua.dossiers.attachments import PROOF, Attachment
from motcua.files.kinds import KINDS, PNG
from motcua.kernel.say import Say
from motcua.web.desk import words
from motcua.web.desk.facts import Facts

LARGEST_SHOWN = 200_000  # bytes; a signature has some thousand


@dataclass(frozen=True, slots=True)
class Scan:
    """A file of a paper, as it is offered."""

    file: Attachment

    @property
    def label(self) -> str:
        """What kind of file."""
        return KINDS[self.file.media_type].label

    @property
    def is_signature(self) -> bool:
        """Whether it is shown where it stands: a drawn signature, small as it is."""
        proof = self.file.component == PROOF and self.file.size <= LARGEST_SHOWN
        return proof and KINDS[self.file.media_type] is PNG


@dataclass(frozen=True, slots=True)
class Given:
    """A paper of the dossier, and how many of it came; `only`: shown, looked up or sent as a file, not kept by the
    desk."""

    name: Say
    originals: int
    copies: int
    only: Say | None = None
    scans: tuple[Scan, ...] = ()


def given(facts: Facts) -> list[Given]:
    """The papers that came, by name, each with its files; then files of what came later."""
    names = {c.code: c.name for c in facts.procedure.components}
    online = {c.code for c in facts.procedure.components if c.channels == (Channel.ONLINE,)}
    scans: dict[str, list[Scan]] = {}
    for file in facts.attachments:
        if file.component not in words.EVIDENCE:
            scans.setdefault(file.component, []).append(Scan(file))
    lines = [
        Given(
            names.get(c["component"], Say(c["component"], c["component"])),
            c["originals"],
            c["copies"],
            _only(c, sent=c["component"] in scans, form=c["component"] in online),
            tuple(scans.pop(c["component"], ())),
        )
        for c in facts.row["components"]
        if c["kind"] != ComponentKind.NOTE
    ]
    later = [
        Given(names.get(code, words.OTHER_PAPERS), 0, 0, words.AS_FILE, tuple(s)) for code, s in scans.items()
    ]
    return lines + later


def evidence(facts: Facts) -> list[Given]:
    """What shows that papers were received, and the sheets that acts were written on."""
    scans: dict[str, list[Scan]] = {what: [] for what in words.EVIDENCE}
    for file in facts.attachments:
        if file.component in scans:
            scans[file.component].append(Scan(file))
    return [Given(words.EVIDENCE[what], 0, 0, None, tuple(found)) for what, found in scans.items() if found]


def _only(component: Mapping[str, Any], *, sent: bool, form: bool) -> Say | None:
    if not component["originals"] + component["copies"]:
        if form and not sent:
            return words.AS_FORM
        return words.AS_FILE if sent or component.get("file_digests") else words.LOOKED_UP
    return words.SHOWN if component["kind"] in LOOKED_AT else None
