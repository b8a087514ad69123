"""What was handed in with a dossier of one's own: the answers in words, the papers, and the form on paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.agencies.selectors import called
from motcua.catalogue.selectors import version
from motcua.catalogue.shapes import ProcedureVersion
from motcua.dossiers.answered import AnsweredForm
from motcua.dossiers.attachments import Attachment
from motcua.dossiers.own import handed_in, own_dossier, own_file
from motcua.dossiers.row import Row
from motcua.eforms.selectors import form
from motcua.files.kinds import KINDS
from motcua.files.selectors import open_file
from motcua.kernel.errors import NotFound
from motcua.kernel.say import Say
from motcua.web.common.citizens import citizen
from motcua.web.common.eform_words import told
from motcua.web.common.mending import mendings
from motcua.web.common.money_paper import pdf_file
from motcua.web.common.papers import implied_by
from motcua.web.common.pdf.eform import EformFacts, render_eform
from motcua.web.common.return_ways import RETURN_WAYS
from motcua.web.common.serving import file_response

_OTHER_PAPERS = Say("Giấy tờ khác", "Other papers")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper and its files, each with what kind of file it is."""

    name: Say
    files: tuple[tuple[Attachment, str], ...]


@require_safe
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """The answers and the papers of one's own dossier. Raises NotFound for anybody else's. Three statements."""
    row = _own(request, code)
    found = handed_in(row, party=citizen(request).id)
    published = version(row["procedure_version"])
    given = found.form
    own = _own_number(given, found.said)
    context = {
        "row": row,
        "version": published,
        "agency": called(row["desk_agency"]),
        "topics": told(form(given.form, given.version), given.answers, own=own)
        if given and given.answers
        else (),
        "questions": _answers(row, published),
        "said": _said(row, found.said),
        "papers": _papers(found.files, published),
        "may_print": bool(given and given.answers),
        "mendings": mendings(given),
    }
    return render(request, "citizen/sent.html", context)


@require_safe
def file(request: HttpRequest, code: str, attachment: UUID) -> HttpResponseBase:
    """A file of a paper of one's own dossier. Raises NotFound for anybody else's."""
    found = own_file(_own(request, code), attachment)
    return file_response(open_file(found.digest), name=found.name)


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The form as it was filled in, on paper. Raises NotFound for anybody else's dossier, and where it has none, or its
    answers were erased."""
    row = _own(request, code)
    found = handed_in(row, party=citizen(request).id)
    given = found.form
    if given is None or not given.answers:
        raise NotFound("Hồ sơ này không có tờ khai điện tử.", "This dossier has no electronic form.")
    facts = EformFacts(
        trial=settings.INSTALLATION == "trial",
        form=form(given.form, given.version),
        procedure=version(row["procedure_version"]).title.vi,
        to=called(row["desk_agency"]).vi,
        code=row["code"],
        answers=given.answers,
        at=row["submitted_at"] or row["received_at"],
        mended=mendings(given, lambda said: said.vi),
        own=_own_number(given, found.said),
    )
    return pdf_file(render_eform(facts), f"{row['code']}.pdf")


def _own(request: HttpRequest, code: str) -> Row:
    who = citizen(request)
    row = own_dossier(code, party=who.id)
    who.refuse_without("see", row["procedure"])
    return row


def _own_number(given: AnsweredForm | None, said: Mapping[str, Any]) -> str | None:
    """The number of who looks, where several apply: those of the others are not theirs to read. None for one alone."""
    if given is None or not any(field.confirms for field in form(given.form, given.version).fields):
        return None
    return str(said.get("number") or "")


def _answers(row: Row, published: ProcedureVersion) -> list[tuple[Say, Say]]:
    """What was asked; what the choice of the variant answered was not."""
    implied = implied_by(published.variant(row["variant"])) if row["variant"] else {}
    options = {
        (q.code, o.code): (q.text, o.label)
        for q in published.questions
        for o in q.options
        if q.code not in implied
    }
    return [options[one] for one in (row["answers"] or {}).items() if one in options]


def _said(row: Row, told_of_self: Any) -> list[tuple[str, Any]]:
    """How whoever looks is reached, and how the result comes."""
    fields = (("phone", _("Điện thoại")), ("email", _("Thư điện tử")), ("address", _("Địa chỉ")))
    lines = [(label, told_of_self[name]) for name, label in fields if told_of_self.get(name)]
    return [*lines, (_("Nhận kết quả"), RETURN_WAYS[row["return_way"]])]


def _papers(files: Iterable[Attachment], published: ProcedureVersion) -> list[Paper]:
    names = {c.code: c.name for c in published.components}
    by_paper: dict[Say, list[tuple[Attachment, str]]] = {}
    for one in files:
        name = names.get(one.component, _OTHER_PAPERS)
        by_paper.setdefault(name, []).append((one, KINDS[one.media_type].label))
    return [Paper(name, tuple(each)) for name, each in by_paper.items()]
