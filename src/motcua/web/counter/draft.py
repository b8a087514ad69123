"""One reception being typed: the forms of the page, and what they come to as an intake of flows.reception."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from motcua.catalogue.completeness import Handed, Medium, Missing, check as check_complete
from motcua.catalogue.conditions import asked, within
from motcua.catalogue.fees import Quantities
from motcua.catalogue.selectors import Offer
from motcua.catalogue.shapes import (
    LOOKED_AT,
    LOOKED_UP,
    Channel,
    Component,
    ComponentKind,
    Condition,
    FeeRule,
    PartyRole,
    Source,
)
from motcua.dossiers.events import PaperMark
from motcua.flows.proven import given_by, provable
from motcua.flows.reception import Intake, audience
from motcua.kernel.ids import identifier, uuid7
from motcua.kernel.time import local
from motcua.parties.registers import Answer
from motcua.processes.selectors import agencies_running
from motcua.reception.selectors.at_hand import Person
from motcua.web.counter.claims import ClaimForm
from motcua.web.counter.forms import (
    ChoiceForm,
    PapersForm,
    PersonForm,
    QuestionsForm,
    TypedForm,
)
from motcua.web.counter.look_up import UNASKED, Look
from motcua.web.counter.pad_form import PadForm
from motcua.web.counter.quantities import QuantityForm
from motcua.web.counter.return_form import ReturnForm
from motcua.web.counter.typed import LIST, applicants, has_submitter, put_defaults
from motcua.web.counter.words import CHANNELS


class Draft:
    """The typed fields as forms. `judged`: complaints are shown; else only what is typed so far. `competent`: the
    agency for which alone is received."""

    def __init__(
        self,
        typed: QueryDict,
        *,
        offer: Offer,
        agency: str,
        at: datetime,
        judged: bool,
        files: MultiValueDict[str, Any] | None = None,
        found: Mapping[str, Sequence[Person]] | None = None,
        looks: Mapping[str, Look] | None = None,
        competent: str = "",
    ) -> None:
        self.competent = competent
        self.found = found or {}
        self.looks = looks or {}
        self.files = files
        self.typed, self.offer, self.agency, self.at = typed, offer, agency, at
        self.version = version = offer.version
        variants = [v.code for v in version.variants]
        self.variant = typed.get("variant") if typed.get("variant") in variants else None
        if len(variants) == 1:
            self.variant = typed["variant"] = variants[0]
        open_channels = {c.channel for v in version.variants for c in v.channels}
        known = [c.value for c in CHANNELS if c in open_channels]
        put_defaults(typed, {"channel": known[0] if known else Channel.COUNTER.value})
        wanted = str(typed["channel"])
        self.channel = Channel(wanted if wanted in known else Channel.COUNTER.value)
        self.choice = ChoiceForm(
            typed, version=version, channel=self.channel.value, elsewhere=lambda: self.elsewhere
        )
        self.applicants = [self._person(f"applicant-{i}") for i in range(applicants(typed))]
        if any(c.applicants for c in version.components):
            self.applicants[0].decide_papers()
        self.submitter = self._person("submitter") if has_submitter(typed) else None
        self.questions = self._questions()
        self.papers = self._papers()
        self.quantities = self._quantities()
        self.claim = ClaimForm(typed, rules=self._rules())
        put_defaults(
            typed,
            {
                "return-sets": str(version.sets or 1),
                "return-way": "desk",
                "visit": str(uuid7()),
                "intake": str(uuid7()),
                "screen": "",
                "advice": "",
            },
        )
        self.returned = ReturnForm(typed)
        self.pad = PadForm(typed, files)
        for form in self.forms():
            if judged:
                form.full_clean()
            else:
                form.hold_judgement()

    def _person(self, prefix: str) -> PersonForm:
        put_defaults(self.typed, {f"{prefix}-kind": "citizen", f"{prefix}-paper": "citizen_id"})
        role = PartyRole.SUBMITTER if prefix == "submitter" else PartyRole.APPLICANT
        return PersonForm(
            self.typed,
            prefix=prefix,
            today=local(self.at).date(),
            found=self.found.get(prefix),
            look=self.looks.get(prefix, UNASKED),
            name_only=role in self.version.name_only,
        )

    @cached_property
    def elsewhere(self) -> list[str]:
        """The other agencies that run this procedure, for whom this desk may receive (ND 118/2025 art. 17(3))."""
        if self.variant is None or self.competent:
            return []
        running = agencies_running(
            procedure=self.version.code, variants=[self.variant], on=local(self.at).date()
        )
        return [code for code in running if code != self.agency]

    def _components(self) -> tuple[Component, ...]:
        return self.version.components_of(self.variant) if self.variant else ()

    def _rules(self) -> tuple[FeeRule, ...]:
        return self.version.fees_of(self.variant, self.channel) if self.variant else ()

    def _questions(self) -> QuestionsForm:
        """Those that a paper or a fee of this variant still hangs on; the variant itself answers the others."""
        conditions: list[Condition | None] = [
            c.when for c in self._components() if not c.channels or self.channel in c.channels
        ]
        for rule in self._rules():
            conditions += [rule.when, *(e.when for e in rule.exemptions)]
        implied = self._implied()
        typed = QuestionsForm(self.typed, questions=self.version.questions).answers | implied
        wanted = {code for condition in conditions for code in asked(condition, typed)} - set(implied)
        return QuestionsForm(self.typed, questions=[q for q in self.version.questions if q.code in wanted])

    def _implied(self) -> dict[str, str]:
        """What the choice of the variant has answered already."""
        when = self.version.variant(self.variant).when if self.variant else None
        return {part.question: part.answers[0] for part in within(when) if len(part.answers) == 1}

    @property
    def answers(self) -> dict[str, str]:
        """Question -> option, as far as answered."""
        return self.questions.answers | self._implied()

    def _papers(self) -> PapersForm:
        needed = check_complete(
            components=self._components(),
            channel=self.channel,
            answers=self.answers,
            handed=(),
            applicant=audience(self.applicants[0]["kind"].value()),
        ).needed
        shown = [c for c in self._components() if c.code in needed]
        put_defaults(self.typed, {f"paper-{c.code}_originals": str(c.originals) for c in shown})
        put_defaults(self.typed, {f"paper-{c.code}_copies": str(c.copies) for c in shown})
        return PapersForm(self.typed, self.files, components=shown)

    def _quantities(self) -> QuantityForm:
        rules = self._rules()
        put_defaults(self.typed, {f"count-{name}": told for name, told in QuantityForm.usual(rules).items()})
        return QuantityForm(self.typed, rules=rules)

    # As people see it

    def forms(self) -> list[TypedForm]:
        """All forms of the page, in its order."""
        people = [*self.applicants, *([self.submitter] if self.submitter else [])]
        fees = [self.quantities, self.claim]
        return [self.choice, *people, self.questions, self.papers, *fees, self.returned, self.pad]

    def is_valid(self) -> bool:
        """Whether every form is in order; papers that are missing are the flow's to refuse."""
        return all(form.is_valid() for form in self.forms())

    @property
    def notes(self) -> list[Component]:
        """What the version says beside the papers, for this channel."""
        return [
            c
            for c in self._components()
            if c.kind is ComponentKind.NOTE and (not c.channels or self.channel in c.channels)
        ]

    @property
    def groups(self) -> list["Group"]:
        """The checklist in the order of the variant, like kinds together."""
        found: dict[tuple[str, str], Group] = {}
        for component in self.papers.components:
            key = (_heading(component), component.group or "")
            row = Row(component, self.papers, component.code in self.given)
            found.setdefault(key, Group(key[0], [])).rows.append(row)
        return list(found.values())

    @cached_property
    def given(self) -> set[str]:
        """What the agency looks up itself and the population register has given already of all who apply. Nothing for a
        list: its people are others."""
        if LIST in self.typed:
            return set()
        sought = [c for c in self.papers.components if c.kind in LOOKED_UP]
        known = [given_by(person.particulars.looked_up) for person in self.applicants]
        needed = provable(sought, on=local(self.at).date())
        return {code for code, names in needed.items() if all(names <= one for one in known)}

    def target_of(self, missing: Missing) -> str:
        """The id of the first control that would mend `missing`."""
        return str(self.papers[f"{missing.components[0]}_have"].auto_id)

    # As the flow sees it

    @cached_property
    def intake(self) -> Intake:
        """The intake, as far as it is told."""
        if self.variant is None:
            raise ValueError("no variant is chosen yet")
        people = [("applicant", person.particulars) for person in self.applicants]
        if self.submitter is not None:
            people.append(("submitter", self.submitter.particulars))
        if (recipient := self.returned.recipient(people[0][1])) is not None:
            people.append(("recipient", recipient))
        told = self.quantities.told
        counted = {name: told[name] for name in self.quantities.fields if told.get(name) is not None}
        return Intake(
            agency=self.agency,
            procedure=self.version.code,
            variant=self.variant,
            channel=self.channel.value,
            people=tuple(people),
            handed=tuple(self._handed()),
            answers=self.answers,
            quantities=Quantities(**counted),
            claims=self.claim.claims,
            uploads=self._uploads(),
            visit=identifier(self.typed.get("visit")),
            sets=self.returned.told.get("sets") or 1,
            return_way=self.returned.told.get("way") or "desk",
            competent=self.competent or self.choice.told.get("competent") or "",
            heard=self._heard(),
        )

    @property
    def paper(self) -> PaperMark | None:
        """The paper mark of a reception during an outage."""
        return self.pad.mark

    @property
    def sought(self) -> list[str]:
        """The components that the agency looked up in vain."""
        told = self.papers.told
        return [
            c.code for c in self.papers.components if c.kind in LOOKED_UP and told.get(f"{c.code}_sought")
        ]

    @property
    def spared(self) -> list[str]:
        """What is missing and need not be brought, by the first component of each."""
        return [str(code) for code in self.typed.getlist("spare")]

    def _heard(self) -> dict[int, Answer]:
        people = [*self.applicants, *([self.submitter] if self.submitter else [])]
        return {place: one.look.answer for place, one in enumerate(people) if one.look.answer is not None}

    def _uploads(self) -> dict[str, tuple[UUID, ...]]:
        told = self.papers.told
        found = {c.code: told.get(f"{c.code}_files") for c in self.papers.components}
        return {code: tuple(one.upload for one in files) for code, files in found.items() if files}

    def _handed(self) -> Iterator[Handed]:
        told = self.papers.told
        for c in self.papers.components:
            if told.get(f"{c.code}_have"):
                if c.kind in LOOKED_AT:
                    originals = c.originals if c.originals or c.copies else 1
                    yield Handed(c.code, originals, c.copies, shown=True)
                else:
                    yield Handed(
                        c.code, told.get(f"{c.code}_originals") or 0, told.get(f"{c.code}_copies") or 0
                    )
            elif (told.get(f"{c.code}_found") or c.code in self.given) and (source := _source(c)) is not None:
                yield Handed(c.code, medium=source)


def _source(component: Component) -> Medium | None:
    """What may stand in for the paper."""
    if component.kind is ComponentKind.DATABASE or Source.DATABASE in component.sources:
        return Medium.DATABASE
    if component.kind is ComponentKind.VAULT or Source.VAULT in component.sources:
        return Medium.VAULT
    return None


def _heading(component: Component) -> str:
    if component.group is not None:
        return "one_of"
    if component.kind is ComponentKind.SHOW_ONLY:
        return "show_only"
    return "looked_up" if component.kind in LOOKED_AT else "handed"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the checklist."""

    component: Component
    form: PapersForm
    is_given: bool

    @property
    def have(self) -> BoundField:
        """Whether it came."""
        return self.form[f"{self.component.code}_have"]

    @property
    def counts(self) -> Sequence[BoundField]:
        """How many originals and copies; nothing for what is only looked at."""
        if self.component.kind in LOOKED_AT:
            return ()
        return [self.form[f"{self.component.code}_{name}"] for name in ("originals", "copies")]

    @property
    def files(self) -> BoundField:
        """What was scanned or photographed of it."""
        return self.form[f"{self.component.code}_files"]

    @property
    def found(self) -> BoundField | None:
        """Whether it was looked up instead; None where nothing may stand in for it."""
        return self.form[f"{self.component.code}_found"] if _source(self.component) else None

    @property
    def sought(self) -> BoundField | None:
        """Whether it was looked up in vain; None where the agency does not look it up itself."""
        return self.form[f"{self.component.code}_sought"] if self.component.kind in LOOKED_UP else None


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading: handed, one_of, show_only or looked_up."""

    heading: str
    rows: list[Row]
