"""A person held against the population register: asked by a button, shown beside what is typed, kept with it.

The answer goes with the page, sealed and bound to its intake: like everything typed it is the page's to keep, and
nobody writes one.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from motcua.access_log.selectors import is_received
from motcua.catalogue.selectors import Offer
from motcua.catalogue.shapes import HandledIn
from motcua.flows import registers
from motcua.kernel.actor import Capacity
from motcua.kernel.codec import decode, encode
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.ids import identifier
from motcua.kernel.seals import decrypt, encrypt
from motcua.kernel.text import clean
from motcua.kernel.time import now
from motcua.parties.papers import PERSONAL_NUMBER, normal
from motcua.parties.registers import OF_IDENTITY, Answer, Compared, LookedUp, Question, compare, provenance
from motcua.processes.running import is_run_here
from motcua.web.common.requests import staff
from motcua.web.common.sexes import SEXES
from motcua.web.common.wording import say
from motcua.web.counter.intakes import save
from motcua.web.counter.typed import FILL, LOOK_UP, prefixes

SEAL = "register-answer"
LONGEST = 8_000


@dataclass(frozen=True, slots=True)
class Line:
    """One field as the register has it, beside what is typed."""

    label: str
    registered: str
    same: bool
    is_told: bool


@dataclass(frozen=True, slots=True)
class Look:
    """How one person stands with the register. `answer` is about whoever is typed now; `lacking`: the number or the
    name to ask by is not there. `untold`: what of it is not typed."""

    is_offered: bool = False
    answer: Answer | None = None
    token: str = ""
    lacking: bool = False
    compared: tuple[Compared, ...] = ()
    untold: frozenset[str] = frozenset()

    @property
    def lines(self) -> list[Line]:
        """What the register has, field by field."""
        labels = {
            "name": _("Họ và tên"),
            "born_on": _("Ngày sinh"),
            "sex": _("Giới tính"),
            "address": _("Thường trú"),
        }
        return [
            Line(labels[one.field], _said(one), one.same, one.field not in self.untold)
            for one in self.compared
        ]

    @property
    def differs(self) -> bool:
        """Whether there is anything to take over."""
        return any(not one.same for one in self.compared)

    @property
    def waits(self) -> bool:
        """Whether somebody has to look into it before the result goes out."""
        return any(one.field in OF_IDENTITY - self.untold and not one.same for one in self.compared)

    def kept(self, told: Mapping[str, Any]) -> LookedUp | None:
        """What is received with the person; `told` are their fields as far as right."""
        if self.answer is None:
            return None
        return provenance(
            self.answer,
            name=told.get("name", ""),
            born_on=told.get("born"),
            sex=told.get("sex", ""),
            address=told.get("address", ""),
        )


UNASKED = Look()


def look_up(typed: QueryDict, *, found: Offer, seat: Capacity, request: HttpRequest) -> None:
    """Obey the two buttons: ask the register about a person, unless this intake has its answer; fill in what it says.
    Asked is for the procedure that the seat offers and for an open intake of the officer's own, nothing else.

    Outside every unit of work, as it may take seconds.
    """
    prefix = str(typed.get(LOOK_UP) or typed.get(FILL) or "")
    if request.method != "POST" or prefix not in prefixes(typed) or not registers.is_connected():
        return
    question, answer = _question(typed, prefix), _answer(typed, prefix)
    if FILL in typed:
        if answer is not None and question is not None and answer.is_about(question):
            typed.update(dict(_filled(typed, prefix, answer)))
        return
    if question is None or (answer and answer.outcome.is_answer and answer.question.is_same(question)):
        return
    viewer = staff(request)
    try:
        said = registers.ask_now(
            question=question,
            procedure=found.version.code,
            subject=str(_open_intake(request, found)),
            agency=seat.agency,
            actor=viewer.actor(seat),
            clock=now,
            officer=viewer.login,
        )
    except NotAllowedNow as refusal:
        messages.warning(request, refusal.say(str(request.locale)))  # type: ignore[attr-defined]
        return
    if said is not None:
        typed[f"{prefix}-answer"] = _sealed(said, typed)


def _open_intake(request: HttpRequest, found: Offer) -> UUID:
    """The intake for which is asked, kept from now on as the officer's own. Raises NotAllowedNow for one that is over
    or a colleague's, and where nobody here decides the procedure."""
    code = found.version.code
    if found.handled_in != HandledIn.HERE or not is_run_here(code):
        raise NotAllowedNow(
            f"Không cơ quan nào ở đây giải quyết thủ tục {code}, nên không tra CSDL dân cư cho thủ tục này.",
            f"No agency here decides procedure {code}, so the population register is not asked for it.",
        )
    intake = identifier(request.POST.get("intake"))
    if intake is None or is_received(str(intake)) or save(request) is None:
        raise NotAllowedNow(
            "Lượt tiếp nhận này đã thành hồ sơ, đã đóng hoặc là của đồng nghiệp, nên không tra CSDL dân cư cho nó được."
            " Hãy mở lượt tiếp nhận mới cho người đang ở quầy.",
            "This intake has become a dossier, is closed, or is a colleague's: the population register is not asked for"
            " it. Open a new one for the person at the desk.",
        )
    return intake


def looks_of(typed: QueryDict) -> dict[str, Look]:
    """How each person on the page stands with the register; nothing where there is none to ask."""
    return {prefix: _look(typed, prefix) for prefix in prefixes(typed)} if registers.is_connected() else {}


def _look(typed: QueryDict, prefix: str) -> Look:
    question, answer = _question(typed, prefix), _answer(typed, prefix)
    if answer is None or question is None or not answer.is_about(question):
        return Look(is_offered=True, lacking=typed.get(LOOK_UP) == prefix and question is None)
    sex, address = (clean(typed.get(f"{prefix}-{name}", "")) for name in ("sex", "address"))
    told = {"name": question.name, "born_on": question.born_on, "sex": sex, "address": address}
    found: tuple[Compared, ...] = ()
    if answer.person is not None:
        found = compare(answer.person, name=question.name, born_on=question.born_on, sex=sex, address=address)
        if answer.person.sex and not sex:
            found += (Compared("sex", answer.person.sex, same=False),)
    return Look(
        is_offered=True,
        answer=answer,
        token=str(typed[f"{prefix}-answer"]),
        compared=found,
        untold=frozenset(name for name, value in told.items() if not value),
    )


def _said(one: Compared) -> str:
    return say(SEXES[one.registered]) if one.field == "sex" else one.registered


def _question(typed: QueryDict, prefix: str) -> Question | None:
    number = normal(str(typed.get(f"{prefix}-number", "")))
    name = clean(str(typed.get(f"{prefix}-name", "")))[:200]
    if not name or not PERSONAL_NUMBER.fullmatch(number):
        return None
    return Question(number=number, name=name, born_on=_born(typed, prefix))


def _born(typed: QueryDict, prefix: str) -> date | None:
    day, month, year = (str(typed.get(f"{prefix}-born_{i}", "")).strip() for i in range(3))
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


def _filled(typed: QueryDict, prefix: str, answer: Answer) -> Iterator[tuple[str, str]]:
    """The fields that the register has otherwise. People live elsewhere than they are registered: an address that
    was told stays."""
    person = answer.person
    if person is None:
        return
    if clean(typed.get(f"{prefix}-name", "")).casefold() != person.name.casefold():
        # Registers write names in capitals.
        words = person.name.split()
        yield (
            f"{prefix}-name",
            " ".join(w.capitalize() for w in words) if person.name.isupper() else person.name,
        )
    if person.born_on is not None:
        born = person.born_on
        for i, part in enumerate((f"{born.day:02}", f"{born.month:02}", f"{born.year:04}")):
            yield f"{prefix}-born_{i}", part
    if person.sex:
        yield f"{prefix}-sex", person.sex
    if person.address and not clean(typed.get(f"{prefix}-address", "")):
        yield f"{prefix}-address", person.address


def _bound(typed: QueryDict) -> bytes:
    intake = identifier(typed.get("intake"))
    return intake.bytes if intake else b""


def _sealed(answer: Answer, typed: QueryDict) -> str:
    body = json.dumps(encode(answer), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(encrypt(SEAL, body, bound_to=_bound(typed))).decode()


def _answer(typed: QueryDict, prefix: str) -> Answer | None:
    """The answer that the page carries; None for none, or one that is not ours or of another intake."""
    token = str(typed.get(f"{prefix}-answer", ""))
    if not token or len(token) > LONGEST:
        return None
    try:
        body = decrypt(SEAL, base64.urlsafe_b64decode(token.encode()), bound_to=_bound(typed))
    except (InvalidTag, ValueError):
        return None
    return decode(Answer, json.loads(body))
