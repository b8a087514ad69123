"""What must be two people, and which version of a form is printed on which day: the rules in force, for whoever runs
the desk. Read from the same data that decides."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.policy import ADMINISTRATOR, APART, NOT_ON_ONESELF
from motcua.agencies.positions import LEADERS, POSITION_KINDS
from motcua.certification.policy import LABELS as CERTIFYING, SEATS as CERTIFIERS, Doing
from motcua.dossiers.countersign import PAIRS
from motcua.dossiers.overview import READERS as WATCHERS
from motcua.dossiers.policy import SEATS
from motcua.dossiers.states import ACTS, Authority
from motcua.kernel.errors import Denied
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.payments.policy import LABELS as MONEY, SEATS as MONEY_SEATS, TWO_PEOPLE
from motcua.reception.returns import BASIS
from motcua.web.common.pdf.forms import FORMS, in_force
from motcua.web.common.requests import now_of, staff
from motcua.web.setup.words import PERSON_ACTS

READERS = WATCHERS | {ADMINISTRATOR}
OURS = Say("quy tắc của hệ thống", "a rule of the system")


@dataclass(frozen=True, slots=True)
class TwoPeople:
    """Something that one person never does whole: who begins it, who ends it, what it rests on."""

    what: Say
    first: Say
    second: Say
    basis: Say = OURS


def titles(kinds: Iterable[str]) -> Say:
    """The titles of kinds of seats, as one text."""
    found = [POSITION_KINDS[kind].title for kind in POSITION_KINDS if kind in set(kinds)]
    return Say(", ".join(t.vi for t in found), ", ".join(t.en for t in found))


def two_people() -> Iterator[TwoPeople]:
    """All of them, out of the tables that the acts obey."""
    desk, manager = titles(SEATS[Authority.DESK]), titles(SEATS[Authority.MANAGER])
    for act, pair in PAIRS.items():
        yield TwoPeople(ACTS[act].label, titles(pair.propose), titles(pair.confirm))
    yield TwoPeople(
        Say("Duyệt kết quả", "Approve a result"),
        Say("Người trình", "Who proposed it"),
        Say(f"{titles(LEADERS).vi} khác người trình", f"{titles(LEADERS).en}, not who proposed it"),
    )
    yield TwoPeople(
        Say("Trả lại lần thứ ba một việc", "Third return of one matter"), desk, manager, Say(BASIS, BASIS)
    )
    for second, first in TWO_PEOPLE.items():
        yield TwoPeople(MONEY[second], titles(MONEY_SEATS[first]), titles(MONEY_SEATS[second]))
    yield TwoPeople(
        CERTIFYING[Doing.REOPEN_DAY],
        titles(CERTIFIERS[Doing.CLOSE_DAY]),
        titles(CERTIFIERS[Doing.REOPEN_DAY]),
    )
    administrator = POSITION_KINDS[ADMINISTRATOR].title
    for deed, words in PERSON_ACTS.items():
        if deed in NOT_ON_ONESELF:
            yield TwoPeople(
                words.title,
                Say("Người được làm cho", "Whom it is done for"),
                Say(f"{administrator.vi} khác", f"another {administrator.en.lower()}"),
            )


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in force on the day of the request. Raises Denied for who neither runs nor watches a desk."""
    viewer = staff(request)
    if not any(c.kind in READERS for c in viewer.capacities):
        raise Denied("Vị trí của bạn không xem trang này.", "Your position does not see this page.")
    today = local(now_of(request)).date()
    context = {
        "two_people": list(two_people()),
        "apart": [titles(pair) for pair in APART],
        "forms": [(one, in_force(one.form, today) is one) for one in FORMS],
    }
    return render(request, "setup/rules.html", context)
