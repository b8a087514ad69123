"""Paying online: what is owed, how it is paid, and where the money is, told as it is known. One part for whoever holds
the receipt (the tracking page) and for the applicant (their own dossier)."""

import base64
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.agencies.selectors import AgencyFacts, agency as agency_facts
from motcua.catalogue.selectors import version
from motcua.dossiers.row import Row
from motcua.dossiers.states import State as Standing
from motcua.flows import online_money
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Refusal
from motcua.kernel.say import Say
from motcua.ledger.operations import AlreadyDone
from motcua.payments.events import AccountFact
from motcua.payments.online import account_of, back_of, beside, electronic_receipt, last_attempt, last_order
from motcua.payments.operations import attempts
from motcua.payments.operations.orders import still_good
from motcua.payments.ordering import State
from motcua.payments.paygov import configured
from motcua.payments.ports import CannotNow
from motcua.payments.vietqr import BANKS, BankAccount, payload
from motcua.web.common.codes import qr_png, qr_svg
from motcua.web.common.money_words import WAYS
from motcua.web.common.requests import client_address, now_of, unit
from motcua.web.common.way_back import remember

# A payment begun this lately is gone on with: a second click begins no second one.
ONE_AT_A_TIME = timedelta(minutes=10)
ENDED_WITHOUT = frozenset({Standing.REFUSED, Standing.WITHDRAWN, Standing.STOPPED})
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paying:
    """The part. `owed` may be paid online now; `order` is shown to be paid; `receipt` was given for the last one,
    which paid `paid`; `back` are refunds under way and done, `beside` sums that came and paid nothing."""

    row: Row
    owed: tuple[tuple[Say, int], ...]
    account: AccountFact | None
    order: Row | None
    attempt: Row | None
    has_platform: bool
    receipt: str
    paid: tuple[tuple[Say, int], ...]
    received_at: datetime | None
    desk: AgencyFacts
    here: str
    is_inside: bool
    back: tuple[Row, ...]
    beside: tuple[Row, ...]
    paper: str
    at: datetime

    @property
    def ways(self) -> Mapping[str, Say]:
        """By which way money comes, in words."""
        return WAYS

    @property
    def total(self) -> int:
        """What is owed in all."""
        return sum(amount for _, amount in self.owed)

    @property
    def is_lost(self) -> bool:
        """Whether something was paid for a dossier that ended without a result, and no refund was begun."""
        ended = self.row["state"] in ENDED_WITHOUT and any(c["state"] == "paid" for c in self.row["fees"])
        return ended and not self.back

    @property
    def bank(self) -> str:
        """The name of the bank whose account takes the money."""
        return BANKS[self.account.bin] if self.account else ""

    @property
    def payload(self) -> str:
        """What the order's QR says; "" while there is none."""
        if self.order is None or self.account is None:
            return ""
        account = BankAccount(self.account.bin, self.account.number, self.account.holder)
        return payload(account, amount=self.order["total"], text=self.order["text"])

    @property
    def symbol(self) -> str:
        """The order's QR, as a picture's address."""
        return "data:image/svg+xml;base64," + base64.b64encode(qr_svg(self.payload).encode()).decode()

    @property
    def waits(self) -> bool:
        """Whether a payment was begun on the platform, which has not said yet how it went."""
        return self.attempt is not None and bool(self.attempt["url"]) and not self.attempt["outcome"]

    @property
    def may_begin(self) -> bool:
        """Whether a payment may be begun on the platform: none waits there, or it has waited too long."""
        stuck = self.attempt is not None and self.at - self.attempt["sent_at"] >= ONE_AT_A_TIME
        return self.has_platform and self.account is not None and (not self.waits or stuck)

    @property
    def failed(self) -> bool:
        """Whether the platform said that the last payment came to nothing."""
        return self.attempt is not None and self.attempt["outcome"] == "failed"

    @property
    def seen(self) -> str:
        """What changes when the page has something new to say."""
        attempt = f"{self.attempt['reference']}{self.attempt['outcome']}" if self.attempt else ""
        return f"{self.row['head_seq']}-{self.order['head_seq'] if self.order else 0}-{attempt}"


def paying(row: Row, *, here: str, at: datetime, is_inside: bool = False, paper: str = "") -> Paying:
    """What the part says of a dossier that the caller may show. `here`: the address where it is paid; `is_inside`: it
    stands in another page, under that one's heading; `paper`: the name of the page that gives the receipt as PDF."""
    lines, account = online_money.payable(row), account_of(row["desk_agency"])
    names = {rule.code: rule.name for rule in version(row["procedure_version"]).fees}

    def name(rule: str) -> Say:
        return names.get(rule, Say(rule, rule))

    order = last_order(row["code"])
    is_open = order is not None and State(order["state"]) is State.OPEN
    good = order is not None and is_open and still_good(order, lines=lines, account=account, at=at)
    receipt = electronic_receipt(order["receipt"]) if order and order["receipt"] else None
    return Paying(
        row=row,
        owed=tuple((name(line.rule), line.amount) for line in lines),
        account=account,
        order=order if good else None,
        attempt=last_attempt(order["id"]) if order and good else None,
        has_platform=configured() is not None,
        receipt=receipt or "",
        paid=tuple(
            (name(c["rule"]), c["amount"])
            for c in row["fees"]
            if order and receipt and c["receipt"] == str(order["receipt"])
        ),
        received_at=order["closed_at"] if order and receipt else None,
        desk=agency_facts(row["desk_agency"]),
        here=here,
        at=at,
        is_inside=is_inside,
        paper=reverse(paper, args=[row["code"], order["receipt"]]) if paper and order and receipt else "",
        beside=tuple(beside(row["code"])) if order else (),
        back=tuple(back_of(row["code"])) if any(c["receipt"] for c in row["fees"]) or row["ended_at"] else (),
    )


def answer(request: HttpRequest, page: Paying, *, template: str, actor: Actor) -> HttpResponse:
    """GET shows the page, or gives its QR as a picture to keep; asked again by the page itself, it answers 204 while
    nothing has changed. A POST asks for a transfer's QR, or begins a payment on the platform."""
    if request.method == "POST":
        by_platform = page.has_platform and request.POST.get("way") == "platform"
        return (_to_platform if by_platform else _asked)(request, page, actor)
    if "picture" in request.GET:
        return _picture(page)
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, template, {"page": page})
    if request.GET.get("seen") == page.seen:
        return HttpResponse(status=204)
    return render(request, "common/payment_part.html", {"page": page})


def _picture(page: Paying) -> HttpResponse:
    """The QR for who pays on the telephone that shows it: its bank reads it among the photographs."""
    if not page.payload or page.order is None:
        return HttpResponseRedirect(page.here)
    name = f"VietQR-{page.row['code']}-{page.order['text']}.png"
    kept = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(qr_png(page.payload), content_type="image/png", headers=kept)


def _asked(request: HttpRequest, page: Paying, actor: Actor) -> HttpResponse:
    try:
        with unit(request, actor):
            online_money.ask_to_pay(dossier=page.row["id"], actor=actor, at=now_of(request))
    except AlreadyDone:
        pass
    except Refusal as refusal:
        messages.error(request, refusal.say(str(request.locale)))  # type: ignore[attr-defined]
    return HttpResponseRedirect(page.here)


def _to_platform(request: HttpRequest, page: Paying, actor: Actor) -> HttpResponse:
    """Begin a payment there: written down first, begun after the transaction. Our page then leads on to theirs by a
    link, since a form may send nobody to another site."""
    here, platform, at = HttpResponseRedirect(page.here), configured(), now_of(request)
    remember(here, page.here)
    if platform is None or not page.may_begin:
        return here
    try:
        with unit(request, actor):
            asked = online_money.begin_on_platform(
                dossier=page.row["id"], address=client_address(request), actor=actor, at=at
            )
    except AlreadyDone:
        return here
    except Refusal as refusal:
        messages.error(request, refusal.say(str(request.locale)))  # type: ignore[attr-defined]
        return here
    try:
        attempts.note(reference=asked.reference, url=platform.begin(asked))
    except CannotNow as trouble:
        log.warning("the payment platform takes no payment: %s", trouble.why)
        attempts.note(reference=asked.reference, outcome="unreachable")
        messages.error(
            request,
            _(
                "Nền tảng thanh toán đang không trả lời; chưa có khoản tiền nào bị trừ. Ông/bà có thể chuyển khoản "
                "bằng mã VietQR dưới đây, nộp tại quầy, hoặc thử lại sau."
            ),
        )
    return here
