"""For those whose opinion is asked: their list, and one consultation with just what was shared with them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.selectors import called
from motcua.catalogue.selectors import version as procedure_version, versions as procedure_versions
from motcua.dossiers import policy
from motcua.dossiers.attachments import QUESTION, Attachment
from motcua.dossiers.consultations import Shared, shared, waiting
from motcua.dossiers.consulted import may_answer, shares
from motcua.dossiers.projector import standing
from motcua.dossiers.selectors import PartyShown
from motcua.dossiers.states import Act
from motcua.eforms.selectors import form as eform
from motcua.files.selectors import open_file
from motcua.flows import consultations as flows
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotFound, Refusal
from motcua.kernel.say import Say
from motcua.kernel.time import parse_utc
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.eform_words import Told, told
from motcua.web.common.paging import Trail
from motcua.web.common.requests import held_fields, is_repeat, now_of, staff, unit
from motcua.web.common.serving import file_response
from motcua.web.desk.facts import Facts
from motcua.web.desk.forms.consult import AskedForm, HandOnForm, OpinionForm
from motcua.web.desk.given import Scan
from motcua.web.desk.known import staff_names
from motcua.web.desk.opinion_words import STANDS
from motcua.web.desk.opinions import stands
from motcua.web.desk.people import Person, person

# The two things that can be done here, by the word in the form: its form, its flow.
ANSWER, HAND_ON = "answer", "hand_on"
FORMS: Mapping[str, tuple[type[AskedForm], Any, Act]] = {
    ANSWER: (OpinionForm, flows.answer, Act.ANSWER_CONSULTATION),
    HAND_ON: (HandOnForm, flows.hand_on, Act.HAND_ON_CONSULTATION),
}


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """What waits for the opinion of the viewer's seats, the least time left first. One statement, two once names and
    titles are known."""
    viewer, at = staff(request), now_of(request)
    trail = Trail.read(request.GET)
    page = waiting(viewer=viewer, after=trail.after)
    names = staff_names(line.account for line in page.lines)
    titles = procedure_versions(line.procedure_version for line in page.lines)
    back, forth = trail.back(), trail.forth(page.following)
    context = {
        "rows": [
            {
                "line": line,
                "title": titles[line.procedure_version].title,
                "asked_by": called(line.asked_by),
                "person": names.get(line.account, ""),
                "mark": STANDS[line.lapsed or ("overdue" if at > line.due_at else "")],
            }
            for line in page.lines
        ],
        "before": back.query() if back else "",
        "after": forth.query() if forth else "",
    }
    return render(request, "desk/consultations.html", context)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of one consultation: what was shared, and how it stands."""

    shared: Shared
    code: str
    procedure: Say
    asked_by: Say
    asker: str
    about: str
    asked: datetime
    due: datetime
    answered_at: datetime | None
    stands: Say
    tone: str
    person: str
    people: list[Person]
    answered: tuple[Told, ...]
    papers: list[tuple[Say, tuple[Scan, ...]]]
    sent: tuple[Scan, ...]
    opinion: tuple[Scan, ...]

    @property
    def one(self) -> Mapping[str, Any]:
        """The consultation as it is kept."""
        return self.shared.one

    @property
    def shares(self) -> bool:
        """Whether anything of the dossier is still to be seen."""
        return shares(self.one)


@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """One consultation for whom it asks: what was shared; POST answers it or says who does. Whom it does not ask, it
    does not exist for."""
    viewer, at = staff(request), now_of(request)
    found = shared(consultation, viewer=viewer)
    actor = viewer.actor(found.capacity)
    typed = request.POST if request.method == "POST" else held_fields(request)
    what = str(typed.get("what", ANSWER)) if typed is not None else ANSWER
    what = what if what in FORMS else ANSWER
    forms = {what: _form(what, found, actor, at) for what in FORMS}
    refusal: Refusal | None = None
    if request.method == "POST":
        _kind, flow, act = FORMS[what]
        forms[what] = bound = _form(what, found, actor, at, request.POST, request.FILES)
        try:
            policy.check(actor, act, found.row, standing(found.row))
            if bound.is_valid():
                with unit(request, actor):
                    flow(
                        code=found.row["code"],
                        consultation=consultation,
                        actor=actor,
                        at=at,
                        paper=bound.paper(),
                        **bound.arguments(),
                    )
                return _done(request, what)
        except AlreadyDone:
            return _done(request, what)
        except Refusal as said:
            refusal = said
            if is_repeat(request, actor, stream=found.row["id"], seq=found.row["head_seq"]):
                return _done(request, what)
            bound.is_valid()
            bound.refuse(said, str(request.locale))  # type: ignore[attr-defined]
        found = shared(consultation, viewer=viewer)
    elif typed is not None:
        forms[what] = _form(what, found, actor, at, typed)
    status = 200 if request.method != "POST" else refusal.status if refusal else 422
    allowed = policy.may(actor, Act.ANSWER_CONSULTATION, found.row) is None
    context = {
        "sheet": _sheet(found, at),
        "forms": forms,
        "form": forms[what] if request.method == "POST" else forms[ANSWER],
        "what": what,
        "may_answer": allowed and found.one["awaited"] and may_answer(actor, found.row, found.one),
        "held": typed is not None and request.method != "POST",
    }
    return render(request, "desk/consultation.html", context, status=status)


def _form(what: str, found: Shared, actor: Actor, at: datetime, *typed: Any) -> AskedForm:
    return FORMS[what][0](*typed, one=found.one, facts=Facts(found.row), at=at, actor=actor)


def _done(request: HttpRequest, what: str) -> HttpResponse:
    said = _("Đã gửi ý kiến trả lời.") if what == ANSWER else _("Đã giao người trả lời.")
    messages.success(request, said)
    return HttpResponseRedirect(reverse("consultations"))


def _sheet(found: Shared, at: datetime) -> Sheet:
    row, one = found.row, found.one
    procedure = procedure_version(row["procedure_version"])
    names = {c.code: c.name for c in procedure.components}
    people = staff_names([UUID(one[who]) for who in ("account", "asker") if one[who]])
    words, tone = stands(one, at)
    answers = found.form
    return Sheet(
        shared=found,
        code=row["code"],
        procedure=procedure.title,
        asked_by=called(one["asked_by"]),
        asker=people.get(UUID(one["asker"]), ""),
        about=found.text(one["about"]),
        asked=parse_utc(one["asked_at"]),
        due=parse_utc(one["due_at"]),
        answered_at=parse_utc(one["answered_at"]) if one["answered_at"] else None,
        stands=words,
        tone=tone,
        person=people.get(UUID(one["account"]), "") if one["account"] else "",
        people=[person(party, whole=True) for party in _parties(found)],
        answered=told(eform(answers.form, answers.version), answers.answers)
        if answers and answers.answers
        else (),
        papers=[(names.get(code, Say(code, code)), _scans(found.files, code)) for code in one["papers"]],
        sent=_scans(found.files, QUESTION),
        opinion=tuple(Scan(file) for file in found.opinion),
    )


def _scans(files: tuple[Attachment, ...], component: str) -> tuple[Scan, ...]:
    return tuple(Scan(file) for file in files if file.component == component)


def _parties(found: Shared) -> list[PartyShown]:
    bodies = [(p, found.texts.get(UUID(p["snapshot"]))) for p in found.row["parties"]]
    return [PartyShown(p["role"], UUID(p["party"]), json.loads(body)) for p, body in bodies if body]


@require_safe
def consultation_file(request: HttpRequest, consultation: UUID, attachment: UUID) -> HttpResponseBase:
    """A file that was shared with whom is asked, or that they answered with."""
    found = shared(consultation, viewer=staff(request))
    for file in (*found.files, *found.opinion):
        if file.id == attachment:
            return file_response(open_file(file.digest), name=file.name)
    raise NotFound("Không có tệp này trong lượt lấy ý kiến.", "The consultation has no such file.")
