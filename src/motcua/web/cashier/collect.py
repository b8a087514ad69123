"""What is to be collected, and taking it: by code, name, visit or scanned receipt."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.catalogue.fees import Lacking, lacking_of
from motcua.catalogue.selectors import versions
from motcua.catalogue.shapes import FeeRule
from motcua.dossiers.operations import open_charges
from motcua.dossiers.owing import Owing, chosen, owing, to_give_back
from motcua.dossiers.row import Row
from motcua.flows import money
from motcua.flows.payees import payee_of
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotFound, Refusal
from motcua.kernel.say import Say
from motcua.kernel.text import clean, mask_name
from motcua.ledger.operations import AlreadyDone
from motcua.payments.policy import Deed
from motcua.payments.selectors import name_of
from motcua.web.cashier.access import acting
from motcua.web.cashier.forms import TenderForm
from motcua.web.cashier.settlements import payee_called
from motcua.web.common.fields import focus_first
from motcua.web.common.paging import Trail
from motcua.web.common.requests import held_fields, now_of, staff, unit

MOST_CHOSEN = 40


class Charge(NamedTuple):
    """One charge in words; `lacking` says why the amount of an unknown one is unknown, `payee` for whom it is taken
    where that is another agency."""

    name: Say
    amount: int | None
    lacking: Lacking | None
    payee: str

    @classmethod
    def of(cls, charge: Mapping[str, Any], rule: FeeRule | None, row: Row) -> "Charge":
        """A stored charge of a dossier by its rule in the pinned version."""
        code, amount = charge["rule"], charge["amount"]
        return cls(
            rule.name if rule else Say(code, code),
            amount,
            lacking_of(rule) if amount is None else None,
            payee_of(row, code),
        )


class Line:
    """A dossier that owes, as the list and the form show it."""

    def __init__(self, one: Owing, title: Say, rules: Mapping[str, FeeRule]) -> None:
        self.code: str = one.row["code"]
        self.name = one.name
        self.masked = mask_name(one.name)
        self.title = title
        self.row = one.row
        self.charges = [Charge.of(c, rules.get(c["rule"]), one.row) for c in open_charges(one.row)]
        amounts = [charge.amount for charge in self.charges]
        self.total: int | None = None if None in amounts else sum(a for a in amounts if a is not None)


def _lines(found: Sequence[Owing]) -> list[Line]:
    pinned = versions(one.row["procedure_version"] for one in found)
    lines = []
    for one in found:
        version = pinned[one.row["procedure_version"]]
        lines.append(Line(one, version.title, {rule.code: rule for rule in version.fees}))
    return lines


@require_http_methods(["GET", "HEAD", "POST"])
def collect(request: HttpRequest) -> HttpResponse:
    """The dossiers of this desk that owe something. A search is a POST: names stand in no address. A whole code,
    typed or scanned from a receipt, leads on to taking its money."""
    viewer = staff(request)
    words = clean(str(request.POST.get("words", "")))[:100]
    after = str(request.GET.get("after", "")) or str(request.POST.get("after", ""))
    page = owing(viewer=viewer, words=words, after=after)
    lines = _lines(page.lines)
    exact = [line for line in lines if line.code == words.upper()]
    if exact and len(lines) == 1:
        return HttpResponseRedirect(f"{reverse('take_payment')}?{urlencode({'code': exact[0].code})}")
    later = Trail.read({"after": request.GET.get("back", "")}).after
    back = to_give_back(viewer=viewer, after=later) if not words and not after else None
    context = {
        "lines": lines,
        "words": words,
        "chosen": {line.code for line in lines} if exact else set(),
        "back": _lines(back.lines) if back else [],
        "back_later": bool(later),
        "back_after": f"?{urlencode({'back': back.following})}#back_title" if back and back.following else "",
        "before": reverse("collect") if after and not words else "",
        "after": f"?{urlencode({'after': page.following})}" if page.following and not words else "",
        "is_first": not after,
    }
    return render(request, "cashier/collect.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """All that the dossiers in the address owe, paid at once by one receipt."""
    viewer = staff(request)
    lines = _chosen(request, viewer)
    actor = acting(viewer, Deed.TAKE, lines[0].row["desk_agency"])
    held = held_fields(request)
    form = TenderForm(held, initial={"payer": lines[0].name or _("Người nộp không ghi tên")})
    refusal: Refusal | None = None
    if request.method != "POST":
        focus_first(form, ["given"])
    else:
        form = TenderForm(request.POST)
        if form.is_valid():
            try:
                with unit(request, actor):
                    done = money.take(
                        codes=[line.code for line in lines],
                        tender=form.tender,
                        expected=_shown(request),
                        actor=actor,
                        at=now_of(request),
                    )
            except AlreadyDone as before:
                return HttpResponseRedirect(reverse("payment", args=[before.stream]))
            except Refusal as said:
                refusal = said
                form.refuse(said, str(request.locale))  # type: ignore[attr-defined]
            else:
                messages.success(request, _("Đã thu, biên lai %(number)s.") % {"number": name_of(done.row)})
                return HttpResponseRedirect(reverse("payment", args=[done.row["id"]]))
    amounts = [line.total for line in lines]
    context: dict[str, Any] = {
        "form": form,
        "lines": lines,
        "total": None if None in amounts else sum(a for a in amounts if a is not None),
        "held": held is not None,
        "payee_called": payee_called,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "cashier/take.html", context, status=status)


def _chosen(request: HttpRequest, viewer: Viewer) -> list[Line]:
    told = request.POST if request.method == "POST" and "code" in request.POST else request.GET
    codes = [str(code) for code in told.getlist("code")][:MOST_CHOSEN]
    lines = _lines(chosen(viewer=viewer, codes=codes))
    if not lines:
        raise NotFound("Hãy chọn hồ sơ cần thu tiền.", "Choose the dossiers that pay.")
    return lines


def _shown(request: HttpRequest) -> int | None:
    told = str(request.POST.get("expected", ""))
    return int(told) if told.isascii() and told.isdigit() and len(told) < 15 else None
