"""The papers of a dossier: how many of each came, and what was scanned of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.catalogue.shapes import LOOKED_AT, Channel, ComponentKind
from motcua.dossiers.attachments import MADE, PROOF, Attachment, is_of_the_applicant, made_in
from motcua.dossiers.sight import PAPERS
from motcua.files.kinds import KINDS, PNG
from motcua.kernel.say import Say
from motcua.processes.routing import by_number
from motcua.processes.selectors import version_at
from motcua.processes.shapes import ProcessVersion
from motcua.web.desk import words
from motcua.web.desk.facts import Facts

LARGEST_SHOWN = 200_000  # bytes; a signature has some thousand


@dataclass(frozen=True, slots=True)
class Scan:
    """A file of a paper, as it is offered; `age`: whether it is of those that came last, where some came before."""

    file: Attachment
    age: Say | None = None

    @property
    def label(self) -> str:
        """What kind of file."""
        return KINDS[self.file.media_type].label

    @property
    def tone(self) -> str:
        """The tone in which its age is shown."""
        return "new" if self.age is words.NEWER else ""

    @property
    def is_signature(self) -> bool:
        """Whether it is shown where it stands: a drawn signature, small as it is."""
        proof = self.file.component == PROOF and self.file.size <= LARGEST_SHOWN
        return proof and KINDS[self.file.media_type] is PNG


def scans(files: Iterable[Attachment]) -> tuple[Scan, ...]:
    """The files of one paper. What came for it later stands beside what came first, and says so."""
    found = tuple(files)
    if len({file.seq for file in found}) < 2:
        return tuple(Scan(file) for file in found)
    last = max(file.seq for file in found)
    return tuple(Scan(file, words.NEWER if file.seq == last else words.OLDER) for file in found)


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
    """The papers that came, by name, each with its files; then files of what came later. None for whom the process
    hides them from."""
    if PAPERS in facts.hidden:
        return []
    names = {c.code: c.name for c in facts.procedure.components}
    online = {c.code for c in facts.procedure.components if c.channels == (Channel.ONLINE,)}
    files: dict[str, list[Attachment]] = {}
    for file in facts.attachments:
        if is_of_the_applicant(file.component):
            files.setdefault(file.component, []).append(file)
    lines = [
        Given(
            names.get(c["component"], Say(c["component"], c["component"])),
            c["originals"],
            c["copies"],
            _only(c, sent=c["component"] in files, form=c["component"] in online),
            scans(files.pop(c["component"], ())),
        )
        for c in facts.row["components"]
        if c["kind"] != ComponentKind.NOTE
    ]
    later = [
        Given(
            names.get(code, words.OTHER_PAPERS),
            0,
            0,
            words.AS_FILE,
            scans(found) if code in names else tuple(Scan(file) for file in found),
        )
        for code, found in files.items()
    ]
    return lines + later


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that a step made, with its files."""

    title: Say
    step: Say
    scans: tuple[Scan, ...]


def made(facts: Facts) -> list[Made]:
    """The papers that steps made, in the order in which they came, each called as its process calls it."""
    files: dict[tuple[str, str, ProcessVersion | None], list[Attachment]] = {}
    for file in facts.attachments:
        if file.component.startswith(MADE):
            number, _dot, code = file.component.removeprefix(MADE).partition(".")
            files.setdefault((number, code, version_at(facts.row, file.seq)), []).append(file)
    return [_made(process, int(number), code, found) for (number, code, process), found in files.items()]


def _made(process: ProcessVersion | None, number: int, code: str, files: list[Attachment]) -> Made:
    step = by_number(process, number) if process else None
    titles = {one.code: one.title for one in step.papers} if step else {}
    return Made(titles.get(code, words.OTHER_PAPERS), step.work if step else Say("", ""), scans(files))


def made_of(facts: Facts, code: str) -> list[Attachment]:
    """The files that the open step made of the paper `code` before, under the process that runs now."""
    since = max((left["until"] for left in facts.row["earlier"]), default=0)
    component = made_in(facts.row["step"], code)
    return [file for file in facts.attachments if file.seq >= since and file.component == component]


def evidence(facts: Facts) -> list[Given]:
    """What shows that papers were received, and the sheets that acts were written on."""
    files: dict[str, list[Scan]] = {what: [] for what in words.EVIDENCE}
    for file in facts.attachments:
        if file.component in files:
            files[file.component].append(Scan(file))
    return [Given(words.EVIDENCE[what], 0, 0, None, tuple(found)) for what, found in files.items() if found]


def _only(component: Mapping[str, Any], *, sent: bool, form: bool) -> Say | None:
    if not component["originals"] + component["copies"]:
        if form and not sent:
            return words.AS_FORM
        return words.AS_FILE if sent or component.get("file_digests") else words.LOOKED_UP
    return words.SHOWN if component["kind"] in LOOKED_AT else None
