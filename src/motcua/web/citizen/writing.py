"""A draft as its owner sees it: the pages its procedure asks for, each with what is typed, and what it comes to."""

from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from motcua.agencies.selectors import called
from motcua.catalogue.completeness import check as check_complete
from motcua.catalogue.fees import Claim
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
from motcua.dossiers.assisting import Filing
from motcua.dossiers.operations import FormAnswers
from motcua.eforms.answers import Checked, check
from motcua.eforms.prefill import prefilled
from motcua.eforms.selectors import form_for
from motcua.eforms.shapes import Form
from motcua.files.references import Pending
from motcua.files.selectors import still_waiting
from motcua.flows.deadlines import contradictions
from motcua.flows.proven import to_be_proven
from motcua.flows.reception import Intake, audience
from motcua.flows.submissions import as_files, variants_taken
from motcua.kernel.actor import Capacity
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.parties.operations import Particulars
from motcua.submissions.operations import PROPOSED, Kept
from motcua.submissions.selectors import draft as find_draft
from motcua.web.citizen.assistance import Assistance
from motcua.web.citizen.forms import PageForm, PapersForm, QuestionsForm, VariantForm, YouForm, fields_of
from motcua.web.citizen.kept_files import Fields, as_said, files_of, without
from motcua.web.citizen.sections import NOT_KEPT, TITLES, Section
from motcua.web.citizen.topics import FORM, TopicForm, files_in, kept_answers
from motcua.web.citizen.variants import Variants
from motcua.web.citizen.whom import (
    CONSENT,
    WHOM,
    ConsentForm,
    WhomForm,
)
from motcua.web.common.online import online_variants, open_offer
from motcua.web.common.papers import questions_of
from motcua.web.common.wording import say

Typed = QueryDict | None
Files = MultiValueDict[str, Any] | None


class Writing:
    """One draft, read. Raises NotFound, AlreadySubmitted; NotAllowedNow where it is not handed in here any more."""

    def __init__(self, draft: UUID, *, owner: UUID, at: datetime, seat: Capacity | None = None) -> None:
        self.at, self.seat = at, seat
        self.kept: Kept = find_draft(draft, owner=owner, at=at)
        self.assistance = Assistance(self.kept, seat)
        self.offer: Offer = open_offer(
            self.kept.procedure, at_agency=self.kept.agency, at=at, by_citizen=not self.assistance.kind.seat
        )
        open_ones = online_variants(self.version)
        taken = variants_taken(
            agency=self.kept.agency, procedure=self.kept.procedure, variants=open_ones, at=at
        )
        self.variants = Variants(self.offer, taken)

    def anew(self) -> "Writing":
        """The draft as it is kept by now."""
        return Writing(self.kept.id, owner=self.kept.owner, at=self.at, seat=self.seat)

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
        """Who applies: who writes at home for themselves, as the identity provider told, else whom they told."""
        if not self.assistance.is_given:
            return self.assistance.writer()
        return self.assistance.told(WhomForm(self.typed(WHOM), filing=self.assistance.kind))

    @property
    def statement(self) -> str:
        """What the applicant agrees to, where somebody writes for them."""
        return self.assistance.statement(self.known, self.version.title.vi)

    @cached_property
    def eform(self) -> Form | None:
        """The electronic form of the variant; None where it has none."""
        on = local(self.at).date()
        return form_for(procedure=self.version.code, variant=self.variant, on=on, published=self.offer.forms)

    @cached_property
    def _known_answers(self) -> dict[str, Any]:
        """What the form may be filled in with: of who applies, and from what the questions before it were told."""
        if self.eform is None or self.checked is None:
            return {}
        account = self.assistance.account(self.known, self._cleaned("you"))
        return prefilled(self.eform, {"account": account, "answers": self.answers}, self.checked.answers)

    @cached_property
    def _kept_answers(self) -> dict[str, Any]:
        return kept_answers(self._pages, self.eform) if self.eform else {}

    @cached_property
    def checked(self) -> Checked | None:
        """The form's answers in their one form."""
        if self.eform is None:
            return None
        return check(self.eform, self._kept_answers, on=local(self.at).date())

    @cached_property
    def form_files(self) -> dict[str, list[Pending]]:
        """The files sent in the form, by component."""
        return files_in(self.eform, self.checked.answers) if self.eform and self.checked else {}

    @property
    def applicant(self) -> Audience:
        """Whom the law sees in them."""
        return audience(self.known.kind)

    # Pages

    @property
    def pages(self) -> list[str]:
        """The pages that there is something to say on, in order."""
        topics = self.checked.pages if self.checked else ()
        found = {
            WHOM: self.assistance.is_given,
            "variant": len(self.variants.choices) > 1,
            "questions": bool(self._questions(self.typed("questions"))),
            "you": True,
            **{FORM + key: True for key in topics},
            "papers": bool(self.components),
            CONSENT: self.assistance.is_given,
        }
        return [name for name, there in found.items() if there]

    def title(self, page: str) -> object:
        """What a page is about."""
        if page.startswith(FORM) and self.eform is not None:
            return self.eform.page(page.removeprefix(FORM)).title
        return TITLES[page]

    def after(self, page: str) -> str:
        """The page that follows; "" after the last."""
        pages = self.pages
        following = pages[pages.index(page) + 1 :] if page in pages else []
        return next(iter(following), "")

    def before(self, page: str) -> str:
        """The page before; "" on the first."""
        pages = self.pages
        return pages[pages.index(page) - 1] if page in pages and pages.index(page) else ""

    # Files

    @cached_property
    def files(self) -> dict[str, list[Pending]]:
        """The files that each page names, also those that wait no more."""
        return {page: files_of(page, fields) for page, fields in self.kept.pages.items()}

    @property
    def uploads(self) -> set[UUID]:
        """The same of all pages, as uploads."""
        return {one.upload for files in self.files.values() for one in files}

    @cached_property
    def _gone(self) -> set[UUID]:
        named = self.uploads
        return named - still_waiting(named, owner=self.kept.owner, at=self.at) if named else named

    def missing(self, page: str) -> list[str]:
        """The names of the files that were sent with the page and are not kept any more."""
        return [one.name for one in self.files.get(page, ()) if one.upload in self._gone]

    def holds(self, page: str, fields: Fields) -> bool:
        """Whether the page is kept like this already, with all its files."""
        kept = self.kept.pages.get(page)
        is_same = kept is not None and as_said(page, kept) == as_said(page, fields)
        return is_same and not self.missing(page)

    def left_out(self, page: str, fields: Fields) -> set[UUID]:
        """The files that the page named and, with these fields, no page names any more."""
        told = {one.upload for one in files_of(page, fields)}
        told |= {one.upload for other, files in self.files.items() if other != page for one in files}
        return {one.upload for one in self.files.get(page, ())} - told

    @cached_property
    def _pages(self) -> dict[str, Fields]:
        """What is kept of the pages, as far as its files are."""
        pages = self.kept.pages.items()
        return {page: without(page, told, self._gone) if self.missing(page) else told for page, told in pages}

    def typed(self, page: str) -> Typed:
        """What is kept of a page; None where nobody was there yet."""
        kept = self._pages.get(page)
        return None if kept is None else fields_of(kept)

    def form(self, page: str, data: Typed = None, files: Files = None) -> PageForm | TopicForm:
        """The form of `page` with `data`, or with what is kept of it."""
        if page.startswith(FORM) and self.eform is not None:
            return TopicForm(
                self.eform,
                self.eform.page(page.removeprefix(FORM)),
                kept=self._kept_answers,
                known=self._known_answers,
                sources=self.assistance.sources(self.known, self._cleaned("you")),
                is_kept=page in self.kept.pages,
                typed=data,
                files=files,
                on=local(self.at).date(),
                area=self.assistance.area,
            )
        told = self.typed(page) if data is None else data
        if page == "variant":
            return VariantForm(told, choices=self.variants.labels, proposed=self._proposed)
        if page == "questions":
            offered = self._proposed if told is None else told
            return QuestionsForm(told, questions=self._questions(offered), proposed=self._told(offered))
        if page == "you":
            fees = self.version.fees_of(self.variant, Channel.ONLINE)
            return YouForm(told, known=self.known, is_helped=self.assistance.is_given, rules=fees)
        if page == WHOM:
            return WhomForm(told, filing=self.assistance.kind)
        if page == CONSENT:
            return self._consent(told, files, is_sent=data is not None)
        return PapersForm(
            told,
            files,
            components=self.components,
            answers=self.answers,
            applicant=self.applicant,
            area=self.assistance.area,
        )

    def _consent(self, told: Typed, files: Files = None, *, is_sent: bool) -> ConsentForm:
        kept = self._pages.get(CONSENT)
        return self.assistance.consent(told, files, kept=kept, phone=self.phone, is_sent=is_sent, at=self.at)

    @property
    def phone(self) -> str:
        """The applicant's telephone, as typed for this draft."""
        return str(self._cleaned("you").get("phone", ""))

    @property
    def _proposed(self) -> QueryDict:
        """What was chosen on the procedure's page: offered on the pages, and no answer before they are sent."""
        return fields_of(self.kept.pages.get(PROPOSED, {}))

    @property
    def variant(self) -> str:
        """The variant chosen, or the first one."""
        typed = self.typed("variant")
        return self.variants.chosen(str(typed.get("variant", "")) if typed is not None else "")

    @property
    def _implied(self) -> dict[str, str]:
        return self.variants.implied(self.variant)

    def _told(self, typed: Typed) -> dict[str, str]:
        options = {q.code: {o.code for o in q.options} for q in self.version.questions}
        given = {code: str(typed.get(code, "")) for code in options} if typed is not None else {}
        return {code: answer for code, answer in given.items() if answer in options[code]} | self._implied

    def _questions(self, typed: Typed) -> list[Question]:
        chosen = self.version.variant(self.variant)
        found = questions_of(self.version, chosen, channel=Channel.ONLINE, answers=self._told(typed))
        return [q for q in found if q.code not in self._implied and not q.by_officer]

    @property
    def answers(self) -> dict[str, str]:
        """Question -> option: of those that are asked, as far as answered."""
        typed = self.typed("questions")
        asked = {q.code for q in self._questions(typed)} | set(self._implied)
        return {code: answer for code, answer in self._told(typed).items() if code in asked}

    @property
    def components(self) -> tuple[Component, ...]:
        """The papers that may be sent: not those that are only shown, nor what the agency looks up itself or a register
        proves."""
        listed = self.version.components_of(self.variant)
        needed = check_complete(
            components=listed,
            channel=Channel.ONLINE,
            answers=self.answers,
            handed=(),
            applicant=self.applicant,
        ).needed
        spared = LOOKED_UP | {ComponentKind.SHOW_ONLY}
        known = [] if self.assistance.is_given else [self.known]  # who signed in is who applies
        proven = to_be_proven(listed, people=known, on=local(self.at).date())
        asked = [c for c in listed if c.code in needed and c.kind not in spared and c.code not in proven]
        return tuple(c for c in asked if not self._is_answered(c) and c.code not in self.form_files)

    def _is_answered(self, component: Component) -> bool:
        """Whether the electronic form stands in its place: a component that there is online only, and no note."""
        is_paper = component.kind is not ComponentKind.NOTE
        return self.eform is not None and is_paper and component.channels == (Channel.ONLINE,)

    # What it comes to

    @property
    def sections(self) -> list[Section]:
        """All pages with what they hold and what is wrong with them."""
        return self.sections_for(None)

    def sections_for(self, own: str | None, *, contacts: bool = True) -> list[Section]:
        """The same; told the reader's `own` personal number, those of everybody else are masked; without `contacts`,
        nothing says how people are reached."""
        found = []
        for page in self.pages:
            form = self.form(page)
            problems = [] if form.is_bound else [gettext("Chưa điền trang này.")]
            problems += [str(NOT_KEPT) % {"name": name} for name in self.missing(page)]
            problems += form.problems() if form.is_bound else []
            problems += self.contradicted if page == "questions" else []
            said = form.said(own=own, contacts=contacts) if isinstance(form, TopicForm) else form.said()
            said = said if contacts or page != "you" else ()
            found.append(Section(page, self.title(page), said if form.is_bound else (), problems))
        return found

    @cached_property
    def contradicted(self) -> list[str]:
        """Where an answer to the questions and the form contradict each other, in sentences."""
        form, on = self._answered, local(self.at).date()
        found = contradictions(form=form, answers=self.answers, agency=self.kept.agency, on=on)
        return [say(one.for_applicant) for one in found.values()]

    @property
    def intake(self) -> Intake:
        """The draft as an intake; in order once no section has a problem."""
        you = self._cleaned("you")
        person = replace(
            self.known,
            phone=you.get("phone", ""),
            email=you.get("email", ""),
            address=you.get("address", ""),
        )
        papers = self._cleaned("papers")
        sent = {c.code: papers[c.code] for c in self.components if papers.get(c.code)} | self.form_files
        listed = self.version.components_of(self.variant)
        here = [c for c in listed if c.code in sent or self._is_answered(c)]
        filing = self._filing
        return Intake(
            agency=self.assistance.desk,
            competent=self.kept.agency,
            procedure=self.version.code,
            variant=self.variant,
            channel=Channel.ONLINE.value,
            people=(("applicant", person), *self.assistance.helpers(filing)),
            handed=tuple(as_files(c) for c in here),
            answers=self.answers,
            claims=((Claim(you["exemption"], you["evidence"]),) if YouForm.asks_less(you) else ()),
            return_way=you.get("way", "desk"),
            uploads={code: tuple(one.upload for one in files) for code, files in sent.items()},
            form=self._answered,
            filing=filing,
            assisted=filing is not None,
            party=None if self.seat else self.kept.owner,
        )

    @property
    def _filing(self) -> Filing | None:
        if not self.assistance.is_given:
            return None
        form = self._consent(self.typed(CONSENT), is_sent=False)
        return self.assistance.filing(form, self._cleaned(WHOM), statement=self.statement)

    def _cleaned(self, page: str) -> dict[str, Any]:
        form = self.form(page)
        return form.cleaned_data if isinstance(form, PageForm) and form.is_valid() else {}

    @property
    def _answered(self) -> FormAnswers | None:
        if self.eform is None or self.checked is None:
            return None
        return FormAnswers(form=self.eform.code, version=self.eform.version, answers=self.checked.answers)
