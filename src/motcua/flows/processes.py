"""A process beside the procedure it serves: what does not fit, and from a draft to a published version."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.catalogue.shapes import ProcedureVersion
from motcua.eforms.rules import variables
from motcua.eforms.selectors import forms_of
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.processes.drafted import Fault, faults
from motcua.processes.drafting import publish_draft
from motcua.processes.drafts import Document
from motcua.processes.placing import places_of
from motcua.processes.refitting import beside, refitted, variants_of
from motcua.processes.selectors import published_body
from motcua.processes.shapes import Assignment, ProcessVersion
from motcua.processes.testing.judging import procedure_of as procedure_of, reds, unkept, with_tests


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft looked at: the process, where it can be read; what `wrong` keeps it from being published, and what only
    `hints`."""

    process: ProcessVersion | None
    wrong: list[Fault]
    hints: list[Fault]


def judged(document: Document, *, on: date) -> Judged:
    """All that has to hold before a draft may be published stands here: faults of the table, then where it does not fit
    the procedure it serves as that is on a day, then tests that are red. Three statements, and one for each process
    that is included."""
    last = last_of(document)
    document = dict(with_tests(document, last))
    process, found = faults(document, published_body)
    procedure = str(document.get("procedure", ""))
    version = procedure_of(procedure, on=on)
    if version is None:
        said = Say(
            f"không có thủ tục {procedure} đang hiệu lực", f"there is no procedure {procedure} in force"
        )
        found.append(Fault("", "procedure", said))
    else:
        told = {(each.place, each.slot.partition(".")[0]) for each in found}
        misfits = [*_misfits(document, version), *_strange(version, document)]
        found += [each for each in misfits if (each.place, each.slot) not in told]
        if process is not None:
            found += _other_limits(process, version)
            found += _placeless(process, version, on)
            found += _untested(document, last, process, version)
    return Judged(process, [each for each in found if not each.hints], [each for each in found if each.hints])


def _untested(
    document: Document, last: Document | None, process: ProcessVersion, version: ProcedureVersion
) -> Iterator[Fault]:
    """Tests that are red, gone, or changed without a reason (ADR 0063)."""
    for red in reds(process, version):
        yield Fault(f"tests.{red.number}", "", red.said)
    for place, said in unkept(document, last):
        yield Fault(place.replace("[", ".").rstrip("]"), "", said)


def last_of(document: Document) -> Document | None:
    """The last published version of the process that a draft is of. One statement."""
    return published_body(str(document.get("code", "")))


def _misfits(document: Document, version: ProcedureVersion) -> Iterator[Fault]:
    known = variants_of(version)
    own = [beside(code, known) for code in known]
    drafted = [str(each.get("code", "")) for each in document.get("variants", ())]
    for n, code in enumerate(drafted):
        if code not in known:
            yield Fault(
                f"variants.{n}",
                "code",
                Say(
                    f"thủ tục không có trường hợp “{code}”; hãy chọn {', '.join(each.vi for each in own)}, hoặc bỏ"
                    " trường hợp này",
                    f"the procedure has no variant “{code}”; choose {', '.join(each.en for each in own)}, or remove"
                    " this one",
                ),
            )
    for variant in version.variants:
        if variant.code not in drafted:
            vi, en = variant.label.vi, variant.label("en")
            said = Say(
                f"thiếu trường hợp “{vi}”: quầy sẽ không nhận được trường hợp ấy theo quy trình này",
                f"the variant “{en}” is missing: desks can't receive it by this process",
            )
            yield Fault("", "", said, hints=True)


def _other_limits(process: ProcessVersion, version: ProcedureVersion) -> Iterator[Fault]:
    published = {each.code: {way.limit for way in each.channels} for each in version.variants}
    for n, variant in enumerate(process.variants):
        if variant.limit not in published.get(variant.code, {variant.limit}):
            said = Say(
                "thời hạn khác thời hạn công bố của thủ tục", "the limit is not the procedure's published one"
            )
            yield Fault(f"variants.{n}", "limit", said, hints=True)


def _placeless(process: ProcessVersion, version: ProcedureVersion, on: date) -> Iterator[Fault]:
    """What gives the area has to be asked, and to be one; one statement where a process names it."""
    if not process.area:
        return
    known = places_of(version, forms_of(process.procedure, on=on))
    if process.area not in known:
        own = [beside(path, known) for path in known] or [Say("–", "–")]
        said = Say(
            f"“{process.area}” không phải câu hỏi hay mục tờ khai cho biết địa bàn của thủ tục này; dùng được:"
            f" {', '.join(each.vi for each in own)}",
            f"“{process.area}” is no question or field of a form that gives an area here; there are:"
            f" {', '.join(each.en for each in own)}",
        )
        yield Fault("", "area", said)
    if not any(step.assignment is Assignment.TERRITORY for step in process.running):
        said = Say(
            "không bước nào giao theo địa bàn, nên địa bàn không được dùng đến",
            "no step goes by area, so this is not used",
        )
        yield Fault("", "area", said, hints=True)


def _strange(version: ProcedureVersion, document: Document) -> Iterator[Fault]:
    """Conditions that read a question nobody asks, and grounds that the procedure does not have."""
    questions = {f"answers.{each.code}" for each in version.questions}
    grounds = {each.code for each in version.grounds.suspension}
    for n, row in enumerate(document.get("steps", ())):
        for path in variables(row.get("when")):
            if path.startswith("answers.") and path not in questions:
                said = Say(
                    f"thủ tục không hỏi “{path.removeprefix('answers.')}”; hãy bỏ hoặc đổi điều kiện",
                    f"the procedure does not ask “{path.removeprefix('answers.')}”; drop or change the condition",
                )
                yield Fault(f"steps.{n}", "when", said)
        for m, asked in enumerate(row.get("consultations", ())):
            if asked.get("ground") and asked["ground"] not in grounds:
                said = Say(
                    f"thủ tục không có căn cứ tạm dừng “{asked['ground']}”; hãy chọn căn cứ khác, hoặc không tạm dừng",
                    f"the procedure has no suspension ground “{asked['ground']}”; choose another, or do not pause",
                )
                yield Fault(f"steps.{n}.consultations.{m}", "ground", said)


def for_procedure(document: Document, code: str, *, on: date) -> tuple[Document, tuple[Say, ...]]:
    """A published `document` copied for the procedure `code`: as it is where it serves that one, else
    `processes.refitting.refitted`. Raises Invalid where no such procedure is in force."""
    if document["procedure"] == code:
        return document, ()
    version = in_force(code, on=on)
    was = procedure_of(document["procedure"], on=on)
    places, called = (
        places_of(each, forms_of(each.code, on=on)) if each is not None else {} for each in (version, was)
    )
    return refitted(document, version, was=was, places=places, called=called)


def in_force(code: str, *, on: date) -> ProcedureVersion:
    """The version of a procedure that is in force. One statement. Raises Invalid."""
    version = procedure_of(code, on=on)
    if version is None:
        raise Invalid(
            "Ghi mã một thủ tục đang hiệu lực, ví dụ 1.004873.",
            "Write the code of a procedure in force, such as 1.004873.",
            field="procedure",
        )
    return version


def publish_process(
    *, draft: UUID, revision: int, document: Document, upon: int, actor: Actor, at: datetime
) -> UUID:
    """Publish a draft, which is `document` at `revision`, where nothing keeps it from being published (`judged`).
    Raises as `processes.drafting.publish_draft`, and Invalid with the first thing that is wrong."""
    for each in judged(document, on=local(at).date()).wrong:
        raise Invalid(each.said.vi, each.said.en)
    return publish_draft(draft=draft, revision=revision, upon=upon, actor=actor, at=at)
