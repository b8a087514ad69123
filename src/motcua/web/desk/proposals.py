"""What is proposed on a dossier, in words: who proposed which act, why, and what it would change."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.agencies.positions import POSITION_KINDS
from motcua.dossiers.states import ACTS, Act
from motcua.flows.corrections import Reception
from motcua.flows.mends import reception_of
from motcua.kernel.say import Say, counted
from motcua.kernel.time import parse_utc
from motcua.parties.operations import Particulars
from motcua.parties.papers import PAPERS
from motcua.web.common.sexes import SEXES
from motcua.web.desk import words
from motcua.web.desk.facts import Facts
from motcua.web.desk.interest_words import barred_people
from motcua.web.desk.known import staff_names


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that would be otherwise; `before` is empty where it is new, `after` where it goes."""

    what: Say
    before: str | Say
    after: str | Say


@dataclass(frozen=True, slots=True)
class Proposed:
    """A two-person act that waits for its second person."""

    seq: int
    label: Say
    by: str
    seat: Say
    at: datetime
    reason: str
    changes: tuple[Changed, ...]


def proposed(facts: Facts) -> Proposed | None:
    """What waits on the dossier of `facts`, which was read whole; None where nothing does."""
    pending = facts.row["pending"]
    if pending is None:
        return None
    by = UUID(pending["by"])
    act = Act(pending["act"])
    return Proposed(
        seq=pending["seq"],
        label=ACTS[act].label,
        by=staff_names([by])[by],
        seat=POSITION_KINDS[pending["position"]].title,
        at=parse_utc(pending["at"]),
        reason=facts.text(pending["reason"]),
        changes=tuple(_changes(act, facts, pending)),
    )


def _changes(act: Act, facts: Facts, pending: Mapping[str, Any]) -> Iterator[Changed]:
    terms = pending["terms"]
    if act is Act.CLOSE_AS_DUPLICATE:
        yield Changed(words.TWIN, "", terms["of"])
        yield Changed(words.SAME_APPLICANT, "", words.YES_NO[terms["same_applicant"]])
    elif act is Act.LIFT_INTEREST:
        for one in barred_people(facts):
            if str(one.seq) == terms["declared"]:
                yield Changed(words.TAKES_PART, one.kind, one.name)
    elif act is Act.REOPEN_FOR_CORRECTION:
        process = facts.process
        yield Changed(words.FROM_STEP, "", process.step(terms["to"]).work if process else terms["to"])
        yield Changed(words.FAULT, "", words.FAULTS[terms["fault"]])
    elif act is Act.CORRECT_RECEPTION:
        body = facts.texts.get(UUID(pending["sealed"]["snapshot"]))
        if body:
            yield from _corrections(facts, reception_of(json.loads(body)))


def _corrections(facts: Facts, told: Reception) -> Iterator[Changed]:
    row, version = facts.row, facts.procedure
    if told.variant != row["variant"]:
        before, after = (version.variant(v).label for v in (row["variant"], told.variant))
        yield Changed(words.VARIANT, before, after)
    for n, party in enumerate(row["parties"]):
        body = facts.texts.get(UUID(party["snapshot"]))
        old = _person_words(json.loads(body)) if body else {}
        new = _particulars_words(told.people[n][1]) if n < len(told.people) else {}
        role = words.ROLES[party["role"]]
        for part, what in words.OF_A_PERSON.items():
            if old.get(part, "") != new.get(part, ""):
                label = Say(f"{role.vi}: {what.vi}", f"{role.en}: {what.en}")
                yield Changed(label, old.get(part, ""), new.get(part, ""))
    yield from _answers(facts, told)
    names = {c.code: c.name for c in version.components}
    had = {c["component"]: (c["originals"], c["copies"]) for c in row["components"]}
    has = {h.component: (h.originals, h.copies) for h in told.handed}
    for code in dict.fromkeys([*had, *has]):
        if had.get(code) != has.get(code):
            yield Changed(names.get(code, Say(code, code)), _count(had.get(code)), _count(has.get(code)))


def _answers(facts: Facts, told: Reception) -> Iterator[Changed]:
    before = facts.row["answers"]
    for question in facts.procedure.questions:
        options = {o.code: o.label for o in question.options}
        old, new = (options.get(x.get(question.code, ""), "") for x in (before, told.answers))
        if old != new:
            yield Changed(question.text, old, new)


def _count(counts: tuple[int, int] | None) -> str | Say:
    if counts is None:
        return words.NONE
    originals, copies = counts
    if not originals + copies:
        return words.LOOKED_UP
    en = f"{counted(originals, 'original')}, {counted(copies, 'copy', 'copies')}"
    return Say(f"{originals} bản chính, {copies} bản sao", en)


def _person_words(told: Mapping[str, Any]) -> dict[str, str | Say]:
    """The parts of a person, each as people read it."""
    paper, number = PAPERS.get(told.get("paper", "")), told.get("number", "")
    born = told.get("born_on")
    return {
        "name": told.get("name", ""),
        "paper": Say(f"{paper.label.vi} {number}", f"{paper.label.en} {number}") if paper and number else "",
        "born_on": f"{date.fromisoformat(born):%d/%m/%Y}" if born else "",
        "sex": SEXES.get(told.get("sex", ""), ""),
        **{part: told.get(part, "") for part in ("phone", "email", "address")},
    }


_PLAIN = ("name", "paper", "number", "sex", "phone", "email", "address")


def _particulars_words(p: Particulars) -> dict[str, str | Say]:
    told = {name: getattr(p, name) for name in _PLAIN}
    return _person_words({**told, "born_on": p.born_on.isoformat() if p.born_on else ""})
