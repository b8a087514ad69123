"""A draft as its owner sees it: the pages its procedure asks for, each with what is typed, and what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.agencies.selectors import called
from motcua.catalogue.completeness import check as check_complete
from motcua.catalogue.selectors import Offer
from motcua.catalogue.shapes import (
    LOOKED_UP,
    Audience,
    Channel,
    Component,
    ComponentKind,
    ProcedureVersion,
    Question,
)
from motcua.flows.reception import Intake, audience
from motcua.flows.submissions import as_files
from motcua.kernel.say import Say
from motcua.parties.operations import Particulars
from motcua.parties.selectors import particulars_of
from motcua.submissions.operations import Kept
from motcua.submissions.selectors import draft as find_draft
from motcua.web.citizen.forms import PageForm, PapersForm, QuestionsForm, VariantForm, YouForm, fields_of
from motcua.web.common.online import online_variants, open_offer
from motcua.web.common.papers import implied_by, questions_of

Typed = QueryDict | None
Files = MultiValueDict[str, Any] | None
TITLES: Mapping[str, Promise] = {
    "variant": _("Trường hợp"),
    "questions": _("Câu hỏi về hồ sơ"),
    "you": _("Liên hệ và nhận kết quả"),
    "papers": _("Giấy tờ gửi kèm"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One page as the check of answers shows it; `problems`: what is still wrong with it."""

    name: str
    title: Promise
    lines: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]


class Writing:
    """One draft, read. Raises NotFound, AlreadySubmitted; NotAllowedNow where it is not handed in here any more."""

    def __init__(self, draft: UUID, *, owner: UUID, at: datetime) -> None:
        self.at = at
        self.kept: Kept = find_draft(draft, owner=owner, at=at)
        self.offer: Offer = open_offer(self.kept.procedure, at_agency=self.kept.agency, at=at)

    @property
    def version(self) -> ProcedureVersion:
        """The version in force."""
        return self.offer.version

    @property
    def agency(self) -> Say:
        """To whom it is handed in."""
        return called(self.kept.agency)

    @cached_property
    def known(self) -> Particulars:
        """What the identity provider told of who writes."""
        return particulars_of(self.kept.owner)

    @property
    def applicant(self) -> Audience:
        """Whom the law sees in them."""
        return audience(self.known.kind)

    # Pages

    @property
    def pages(self) -> list[str]:
        """The pages that there is something to say on, in order."""
        found = {
            "variant": len(self._open_variants) > 1,
            "questions": bool(self._questions(self.typed("questions"))),
            "you": True,
            "papers": bool(self.components),
        }
        return [name for name, there in found.items() if there]

    def after(self, page: str) -> str:
        """The page that follows; "" after the last."""
        pages = self.pages
        following = pages[pages.index(page) + 1 :] if page in pages else []
        return next(iter(following), "")

    def before(self, page: str) -> str:
        """The page before; "" on the first."""
        pages = self.pages
        return pages[pages.index(page) - 1] if page in pages and pages.index(page) else ""

    def typed(self, page: str) -> Typed:
        """What is kept of a page; None where nobody was there yet."""
        kept = self.kept.pages.get(page)
        return None if kept is None else fields_of(kept)

    def form(self, page: str, data: Typed = None, files: Files = None) -> PageForm:
        """The form of `page` with `data`, or with what is kept of it."""
        told = self.typed(page) if data is None else data
        if page == "variant":
            variants = [v for v in self.version.variants if v.code in self._open_variants]
            return VariantForm(told, variants=variants)
        if page == "questions":
            return QuestionsForm(told, questions=self._questions(told))
        if page == "you":
            return YouForm(told, known=self.known)
        return PapersForm(
            told, files, components=self.components, answers=self.answers, applicant=self.applicant
        )

    @cached_property
    def _open_variants(self) -> list[str]:
        return online_variants(self.version)

    @property
    def variant(self) -> str:
        """The variant chosen, or the first one."""
        typed = self.typed("variant")
        chosen = str(typed.get("variant", "")) if typed is not None else ""
        return chosen if chosen in self._open_variants else self._open_variants[0]

    @property
    def _implied(self) -> dict[str, str]:
        return implied_by(self.version.variant(self.variant))

    def _told(self, typed: Typed) -> dict[str, str]:
        options = {q.code: {o.code for o in q.options} for q in self.version.questions}
        given = {code: str(typed.get(code, "")) for code in options} if typed is not None else {}
        return {code: answer for code, answer in given.items() if answer in options[code]} | self._implied

    def _questions(self, typed: Typed) -> list[Question]:
        chosen = self.version.variant(self.variant)
        found = questions_of(self.version, chosen, channel=Channel.ONLINE, answers=self._told(typed))
        return [q for q in found if q.code not in self._implied]

    @property
    def answers(self) -> dict[str, str]:
        """Question -> option: of those that are asked, as far as answered."""
        typed = self.typed("questions")
        asked = {q.code for q in self._questions(typed)} | set(self._implied)
        return {code: answer for code, answer in self._told(typed).items() if code in asked}

    @property
    def components(self) -> tuple[Component, ...]:
        """The papers that may be sent: not those that are only shown, nor what the agency looks up itself."""
        listed = self.version.components_of(self.variant)
        needed = check_complete(
            components=listed,
            channel=Channel.ONLINE,
            answers=self.answers,
            handed=(),
            applicant=self.applicant,
        ).needed
        spared = LOOKED_UP | {ComponentKind.SHOW_ONLY}
        return tuple(c for c in listed if c.code in needed and c.kind not in spared)

    # What it comes to

    @property
    def sections(self) -> list[Section]:
        """All pages with what they hold and what is wrong with them."""
        found = []
        for page in self.pages:
            form = self.form(page)
            problems = [] if form.is_bound else [str(_("Chưa điền trang này."))]
            problems += [
                f"{form[name].label}: {text}" if name in form.fields else text
                for name, texts in form.errors.items()
                for text in map(str, texts)
            ]
            lines = form.said() if form.is_bound else []
            found.append(Section(page, TITLES[page], tuple(lines), tuple(problems)))
        return found

    @property
    def intake(self) -> Intake:
        """The draft as an intake; in order once no section has a problem."""
        you, papers = self.form("you"), self.form("papers")
        told = you.cleaned_data if you.is_valid() else {}
        person = replace(
            self.known,
            phone=told.get("phone", ""),
            email=told.get("email", ""),
            address=told.get("address", ""),
        )
        sent = papers.cleaned_data if papers.is_valid() else {}
        components = [c for c in self.components if sent.get(c.code)]
        return Intake(
            agency=self.kept.agency,
            procedure=self.version.code,
            variant=self.variant,
            channel=Channel.ONLINE.value,
            people=(("applicant", person),),
            handed=tuple(as_files(c) for c in components),
            answers=self.answers,
            return_way=told.get("way", "desk"),
            uploads={c.code: tuple(one.upload for one in sent[c.code]) for c in components},
        )
