"""A dossier as the pages of its acts need it: the row, its pinned versions, its texts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from motcua.agencies.selectors import agency
from motcua.catalogue.completeness import check
from motcua.catalogue.fees import Lacking, lacking_of
from motcua.catalogue.selectors import version as procedure_version
from motcua.catalogue.shapes import Channel, Component, ComponentKind, Ground, ProcedureVersion
from motcua.dossiers import operations as dossiers
from motcua.dossiers.addressees import Addressee, addressee
from motcua.dossiers.attachments import Attachment
from motcua.dossiers.degraded import SETTLES, name_of, place_of
from motcua.dossiers.open_steps import OpenStep, open_steps, seen_from
from motcua.dossiers.row import Row
from motcua.dossiers.selectors import Shown
from motcua.dossiers.sight import FORM
from motcua.dossiers.states import State
from motcua.dossiers.travels import with_transfer
from motcua.flows import money, registers
from motcua.flows.courses import facts_of
from motcua.flows.form_mending import Topic, topics_of
from motcua.flows.proven import Instead, proven, standing_in
from motcua.kernel.say import Say
from motcua.kernel.text import mask_name
from motcua.kernel.time import parse_utc
from motcua.parties.registers import FIELDS
from motcua.payments.online import last_attempt, last_order
from motcua.processes.graph import onward
from motcua.processes.routing import by_number, is_approval
from motcua.processes.selectors import version as process_version
from motcua.processes.shapes import ProcessVersion, Step
from motcua.web.common.sexes import SEXES
from motcua.web.desk import words


class OpenItem(NamedTuple):
    """One item of a supplement request: its number, the paper (None: another one), what is wrong with it; whether it is
    mended in the electronic form."""

    number: str
    paper: Say | None
    text: str
    is_supplied: bool
    is_form: bool = False


class Charge(NamedTuple):
    """One charge of the dossier in words; `amount` None: not known, `lacking` says what for. `exemption`: by which
    rule less is due."""

    code: str
    name: Say
    amount: int | None
    label: Say = words.CHARGES["open"][0]
    tone: str = "waiting"
    number: str = ""
    exemption: Say | None = None
    decision: str = ""
    lacking: Lacking | None = None


class Check(NamedTuple):
    """How a field of a person stands: what it is, since when it waits or when it was filled, how that came (CHECKS),
    by which answer of a register, and what that has otherwise."""

    field: str
    place: int
    role: Say
    what: Say
    at: datetime
    outcome: str
    number: str
    finding: str
    told: Say | str = ""

    @property
    def tone(self) -> str:
        """The tone in which that is shown; none where a register has something else that nobody has to settle."""
        if self.outcome == "heard":
            return "" if self.finding else "good"
        return {"": "waiting", "same": "good", "shown": "good"}.get(self.outcome, "late")

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to look into it any more."""
        return self.outcome in SETTLES

    @property
    def how(self) -> Say:
        """How it stands, in words."""
        differs = self.outcome == "heard" and self.finding
        return words.CHECKS["differs" if differs else self.outcome]


class Sent(NamedTuple):
    """An open transfer; `answer_by` None: its papers are on the way, or (no `manifest`) still to be sent."""

    giver: Say
    to: Say
    way: Say
    manifest: str
    reason: str
    since: datetime
    answer_by: datetime | None


_WAITS_FOR_MONEY = frozenset({State.SUBMITTED, State.PAYMENT_REQUESTED})


@dataclass(frozen=True, slots=True)
class Facts:
    """One dossier. `texts` are by content id, and empty where nothing of it is shown (an act refused,
    a POST that succeeds). Seen `from_step`, the row has that open step alone, and `beside` the others."""

    row: Row
    name: str = ""
    texts: Mapping[UUID, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    beside: tuple[OpenStep, ...] = ()
    hidden: frozenset[str] = frozenset()

    @classmethod
    def of(cls, shown: Shown) -> "Facts":
        """The facts of a dossier read whole."""
        return cls(shown.row, shown.name, shown.texts, shown.attachments, hidden=shown.hidden)

    def from_step(self, step: OpenStep) -> "Facts":
        """The same as the rules of one of its open steps look at it."""
        others = tuple(one for one in open_steps(self.row) if one.number != step.number)
        return replace(self, row=seen_from(self.row, step), beside=others)

    def only_sent(self, sent: Mapping[str, Any]) -> "Facts":
        """The same as who takes back `sent`, one of the steps that were sent on, looks at it."""
        return replace(self, row={**self.row, "sent": [sent]})

    @property
    def code(self) -> str:
        """The dossier's code."""
        return str(self.row["code"])

    @property
    def masked_name(self) -> str:
        """The applicant's name as lists show it."""
        return mask_name(self.name)

    @property
    def procedure(self) -> ProcedureVersion:
        """The pinned version of the procedure."""
        return procedure_version(self.row["procedure_version"])

    @property
    def variant(self) -> Say | None:
        """The variant's label, where there is more than one."""
        found = self.procedure
        return found.variant(self.row["variant"]).label if len(found.variants) > 1 else None

    @property
    def process(self) -> ProcessVersion | None:
        """The pinned process; None before reception."""
        pinned = self.row["process_version"]
        return process_version(pinned) if pinned else None

    @property
    def transfer(self) -> Sent | None:
        """The open transfer."""
        open_one = self.row["transfer"]
        if open_one is None:
            return None
        travel = with_transfer(self.row)
        return Sent(
            giver=agency(open_one["giver"]).called,
            to=agency(open_one["to"]).called,
            way=words.TRANSFER_WAYS[open_one["way"]],
            manifest=travel["manifest"] if travel else open_one["manifest"],
            reason=self.text(open_one["reason"]),
            since=parse_utc(open_one["since"]),
            answer_by=parse_utc(open_one["answer_by"]) if open_one["answer_by"] else None,
        )

    @property
    def step(self) -> Step | None:
        """The open step."""
        process, number = self.process, self.row["step"]
        return by_number(process, number) if process and number else None

    @property
    def following(self) -> list[Step]:
        """The steps that open once the open one is completed and nothing is refused; none after the last one, and
        where others beside it are waited for."""
        process, step = self.process, self.step
        if process is None or step is None:
            return []
        facts = {**facts_of(self.row), "outcome": "granted"}
        found = onward(process, step.order, beside=[one.number for one in self.beside], facts=facts)
        return [by_number(process, number) for number in found.opened]

    @property
    def sent(self) -> tuple[Step, list[Step]] | None:
        """The step that was sent on and may be recalled, and what it opened."""
        process, sent = self.process, self.row["sent"]
        if process is None or not sent:
            return None
        return by_number(process, sent[-1]["step"]), [by_number(process, n) for n in sent[-1]["opened"]]

    @property
    def earlier(self) -> list[Step]:
        """The steps to which the open one may send back."""
        process, step = self.process, self.step
        return [process.step(code) for code in step.returns_to] if process and step else []

    @property
    def is_approval(self) -> bool:
        """Whether completing the open step is a leader's signature."""
        step = self.step
        return step is not None and is_approval(step)

    @property
    def components(self) -> list[Component]:
        """The papers of the variant that count for this dossier's channel and answers; all of them where it came in
        before answers were kept."""
        found = self.procedure.components_of(self.row["variant"])
        papers = [c for c in found if c.kind is not ComponentKind.NOTE]
        if self.procedure.questions and not self.row["answers"]:
            return papers
        counted = check(
            components=papers, channel=Channel(self.row["channel"]), answers=self.row["answers"], handed=()
        ).needed
        return [c for c in papers if c.code in counted]

    @property
    def topics(self) -> dict[str, Topic]:
        """The pages of the electronic form with what can be wrong in each; none where it is hidden. Two statements
        where it has a form."""
        return {} if FORM in self.hidden else topics_of(self.row)

    @property
    def suspension_grounds(self) -> tuple[Ground, ...]:
        """Why the clock may be paused."""
        return self.procedure.suspension_grounds(self.row["variant"])

    @property
    def extension_grounds(self) -> tuple[Ground, ...]:
        """Why the limit may be lengthened."""
        return self.procedure.extension_grounds(self.row["variant"])

    @property
    def items(self) -> list[OpenItem]:
        """The items of the open supplement request."""
        request = self.row["supplement"]
        if request is None:
            return []
        names = {c.code: c.name for c in self.procedure.components}
        return [
            OpenItem(
                number=item["item"],
                paper=names.get(item["component"]),
                text=self.text(item["text"]),
                is_supplied=item["item"] in request["supplied"],
                is_form=bool(item.get("topic")),
            )
            for item in request["items"]
        ]

    @property
    def charges(self) -> list[Charge]:
        """What the dossier costs, and how it stands with that."""
        rules = {rule.code: rule for rule in self.procedure.fees}
        found = []
        for charge in self.row["fees"]:
            rule = rules.get(charge["rule"])
            exemptions = {x.code: x.label for x in rule.exemptions} if rule else {}
            found.append(
                Charge(
                    charge["charge"],
                    rule.name if rule else Say(charge["rule"], charge["rule"]),
                    charge["amount"],
                    *words.CHARGES[charge["state"]],
                    charge["number"],
                    exemptions.get(charge["exemption"]),
                    charge["decision"],
                    lacking_of(rule) if charge["amount"] is None else None,
                )
            )
        return found

    @property
    def open_charges(self) -> list[Charge]:
        """The charges that are not settled."""
        still = {charge["charge"] for charge in dossiers.open_charges(self.row)}
        return [charge for charge in self.charges if charge.code in still]

    @property
    def chargeable(self) -> list[Charge]:
        """What may be asked of the payer; before acceptance also what the version's rules come to."""
        rules = {rule.code: rule.name for rule in self.procedure.fees}
        return [
            Charge(line.rule, rules.get(line.rule, Say(line.rule, line.rule)), line.amount)
            for line in money.chargeable(self.row)
        ]

    @property
    def owed(self) -> int | None:
        """What is still to be paid; None while an amount is not known."""
        amounts = [charge.amount for charge in self.open_charges]
        return None if None in amounts else sum(a for a in amounts if a is not None)

    @property
    def payment(self) -> Row | None:
        """The last attempt to pay the dossier's open order through the platform, while something waits for it: how it
        stands there."""
        waits = State(self.row["state"]) in _WAITS_FOR_MONEY and bool(self.open_charges)
        order = last_order(self.row["code"]) if waits else None
        return last_attempt(order["id"]) if order and order["state"] == "open" else None

    @property
    def unanswered(self) -> list[Check]:
        """What waits to be held against the population register, field by field."""
        return [self._check(one, one["since"]) for one in self.row["degraded"] or []]

    @property
    def checked(self) -> list[Check]:
        """All that was to be held against it: what waits, and what is filled, person by person."""
        filled = [self._check(one, one["at"]) for one in self.row["filled"]]
        return sorted(
            [*filled, *self.unanswered], key=lambda one: (one.place, FIELDS.index(name_of(one.field)))
        )

    def _check(self, one: Mapping[str, Any], at: str) -> Check:
        place = place_of(one["field"]) or 0
        return Check(
            one["field"],
            place,
            words.ROLES[self.row["parties"][place]["role"]],
            words.OF_A_PERSON[name_of(one["field"])],
            parse_utc(at),
            one["outcome"],
            one["number"],
            self.text(one["told"]),
            self._told(place, name_of(one["field"])),
        )

    @property
    def to_ask(self) -> list[Check]:
        """One line of each person of whom something waits; none where there is no register to ask."""
        if not registers.is_connected():
            return []
        return list({one.place: one for one in reversed(self.unanswered)}.values())[::-1]

    @property
    def proven(self) -> set[str]:
        """The components that a register has proven, and that are not asked for again."""
        found = self.procedure.components_of(self.row["variant"])
        return proven(self.row, found, people=dict(enumerate(self._people)))

    @property
    def instead(self) -> dict[str, Instead]:
        """What stands in the place of which component when the dossier is received. One statement."""
        found = self.procedure.components_of(self.row["variant"])
        return standing_in(self.row, found, people=dict(enumerate(self._people)))

    @property
    def _people(self) -> list[Mapping[str, Any]]:
        bodies = [self.texts.get(UUID(p["snapshot"])) for p in self.row["parties"]]
        return [json.loads(body) if body else {} for body in bodies]

    def _told(self, place: int, name: str) -> Say | str:
        value = str(self._people[place].get(name) or "")
        if name == "born_on" and value:
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        return SEXES.get(value, "") if name == "sex" else value

    @property
    def addressee(self) -> Addressee:
        """To whom the post brings the result."""
        return addressee(self.row["parties"], self.texts)

    def text(self, ref: Mapping[str, Any] | None) -> str:
        """A text kept as content; "" where there is none, or it was erased."""
        return self.texts.get(UUID(ref["content"]), "") if ref else ""
