"""One act on many dossiers: what may be done to several at once, and with what each is done. Every dossier has a unit
of work and an event of its own, as if somebody had opened one after the other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from motcua.agencies.positions import LEADS
from motcua.dossiers.record import no_such
from motcua.dossiers.selectors import find_rows
from motcua.dossiers.since_proposed import needs_a_look
from motcua.dossiers.states import Act, State
from motcua.flows.assignment import SHARED
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotAllowedNow, Refusal
from motcua.kernel.say import Say
from motcua.kernel.text import mask_name
from motcua.ledger.operations import AlreadyDone
from motcua.processes.routing import able
from motcua.processes.selectors import staff as seated
from motcua.web.common.requests import is_repeat, unit
from motcua.web.desk.acts import opened
from motcua.web.desk.capacities import to_sign_in, words
from motcua.web.desk.facts import Facts
from motcua.web.desk.focus import focused, numbered
from motcua.web.desk.forms.base import radio, reason_field
from motcua.web.desk.known import staff_names
from motcua.web.desk.lists import ListRow

MOST = 200


@dataclass(slots=True)
class Item:
    """One of the dossiers chosen. `bar`: why the act is not open on it; afterwards `done`, or the refusal `said`.
    `sign_as`: in which capacity it is signed."""

    code: str
    facts: Facts | None
    bar: Refusal | None = None
    done: bool = False
    said: Refusal | None = None
    sign_as: Say | None = None

    @property
    def name(self) -> str:
        """The applicant's name, masked."""
        return mask_name(self.facts.name) if self.facts else ""

    @property
    def title(self) -> Say | None:
        """Its procedure."""
        return self.facts.procedure.title if self.facts else None

    @property
    def task(self) -> Say | None:
        """The work of its open step."""
        step = self.facts.step if self.facts else None
        return step.work if step else None

    @property
    def person(self) -> str:
        """In whose name its open step is, "" for nobody's."""
        holder = self.facts.row["holder_account"] if self.facts else None
        return staff_names([holder]).get(holder, "")

    @property
    def proposed(self) -> str:
        """The outcome that was proposed, "" for none."""
        proposal = self.facts.row["proposal"] if self.facts else None
        return str(proposal["outcome"]) if proposal else ""


class BulkForm(forms.Form):
    """What is the same for all of them."""

    def __init__(self, data: Any = None, *, items: Sequence[Item], at: datetime) -> None:
        super().__init__(data)
        self.build(items, at)

    def build(self, items: Sequence[Item], at: datetime) -> None:
        """Make the fields that depend on the dossiers."""


class NoteForm(BulkForm):
    """A note for all of them."""

    note = reason_field(_("Ghi chú cho tất cả hồ sơ"), required=False)


class SureForm(BulkForm):
    """The leader's word that the list was read."""

    sure = forms.BooleanField(
        label=_("Tôi đã xem danh sách: thủ tục và đề xuất của từng hồ sơ, và ký từng hồ sơ."),
        error_messages={"required": _("Hãy đánh dấu để xác nhận.")},
    )


class ReasonForm(BulkForm):
    """One reason for all of them."""

    reason = reason_field(_("Lý do, cho tất cả hồ sơ"))


class AssignForm(ReasonForm):
    """To whom, and why."""

    to = radio(_("Giao cho"))
    field_order = ("to", "reason")

    def build(self, items: Sequence[Item], at: datetime) -> None:
        """Whoever may do one of the open steps; the others are refused one by one."""
        found = [i.facts for i in items if i.facts is not None]
        steps = [(facts.row["competent_agency"], step) for facts in found if (step := facts.step) is not None]
        people = {agency: seated(agency=agency, at=at) for agency in {agency for agency, _step in steps}}
        names = staff_names({one for agency, step in steps for one in able(step, people[agency])})
        named = sorted((name, str(account)) for account, name in names.items())
        choices = [(account, name) for name, account in named]
        choices.append((SHARED, gettext("Danh sách chung của vị trí")))
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101 - our own form, not input
        to.choices = choices


class ShelfForm(BulkForm):
    """Where the results lie."""

    shelf = forms.CharField(
        label=_("Ngăn, kệ để kết quả"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w10", "autocomplete": "off"}),
    )


Arguments = Callable[[Facts, Mapping[str, Any]], dict[str, Any]]


def _typed(_facts: Facts, typed: Mapping[str, Any]) -> dict[str, Any]:
    return dict(typed)


def _step(facts: Facts, typed: Mapping[str, Any]) -> dict[str, Any]:
    if facts.is_approval:
        raise NotAllowedNow(
            "Bước này là bước duyệt: chọn “Duyệt và ký”.",
            "This step is an approval: choose “Approve and sign”.",
        )
    _nothing_since(facts.row)
    return {"outcome": "granted", "note": typed.get("note", ""), "basis": ""}


def _nothing_since(row: Mapping[str, Any]) -> None:
    if (since := needs_a_look(row)) is not None:
        raise NotAllowedNow(
            f"Từ khi đề xuất, {since.vi}: mở hồ sơ này để xem và làm riêng.",
            f"Since it was proposed, {since.en}: open this dossier, look at it and go on with it by itself.",
        )


def _approve(facts: Facts, _typed: Mapping[str, Any]) -> dict[str, Any]:
    if not facts.is_approval:
        raise NotAllowedNow("Bước đang mở không phải bước duyệt.", "The open step is no approval.")
    proposal = facts.row["proposal"]
    if proposal is None or proposal["outcome"] != "granted":
        raise NotAllowedNow(
            "Hồ sơ chưa có đề xuất đồng ý: mở từng hồ sơ để đọc và ghi lý do.",
            "Granting it was not proposed: open it, read it and write the reason.",
        )
    _nothing_since(facts.row)
    return {"outcome": "granted", "note": "", "basis": ""}


def _return(facts: Facts, typed: Mapping[str, Any]) -> dict[str, Any]:
    """To whoever proposed, else to the last step there is a way to."""
    proposal = facts.row["proposal"]
    by = [step for step in facts.earlier if proposal and step.order == proposal["step"]]
    return {"to": (by or facts.earlier)[-1].code, "reason": typed.get("reason", "")}


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to act on many: the act, its words, what is asked once for all, what each is done with."""

    act: Act
    title: Say
    about: Promise
    form: type[BulkForm] = BulkForm
    arguments: Arguments = field(default=_typed)


# In the order in which a list offers them.
KINDS: Mapping[str, Kind] = {
    "start": Kind(
        Act.START,
        Say("Nhận việc", "Start"),
        _("Nhận từng hồ sơ dưới tên mình và bắt đầu giải quyết."),
    ),
    "step": Kind(
        Act.STEP,
        Say("Hoàn thành bước, đồng ý", "Complete the step, granted"),
        _(
            "Ghi “Đồng ý giải quyết” cho bước đang mở của từng hồ sơ và chuyển sang bước tiếp theo. Không đồng ý, hoặc"
            " chỉ đồng ý một phần, thì ghi ở từng hồ sơ, với lý do riêng."
        ),
        NoteForm,
        _step,
    ),
    "approve": Kind(
        Act.STEP,
        Say("Duyệt và ký", "Approve and sign"),
        _("Duyệt, ký từng hồ sơ dưới đây đúng như cán bộ đề xuất. Mỗi hồ sơ là một lần ký riêng."),
        SureForm,
        _approve,
    ),
    "return": Kind(
        Act.RETURN_STEP,
        Say("Trả lại bước trước", "Return to an earlier step"),
        _("Trả từng hồ sơ về người đã đề xuất, với cùng một lý do. Hạn trả cho người dân không thay đổi."),
        ReasonForm,
        _return,
    ),
    "assign": Kind(
        Act.ASSIGN,
        Say("Phân công", "Assign"),
        _("Giao bước đang mở của từng hồ sơ cho một người giữ vị trí của bước, hoặc đưa về danh sách chung."),
        AssignForm,
    ),
    "available": Kind(
        Act.MAKE_AVAILABLE,
        Say("Sẵn sàng trả kết quả", "Make available"),
        _("Ghi rằng kết quả của từng hồ sơ đã về quầy, chờ người dân đến nhận."),
        ShelfForm,
    ),
}


def offered(rows: Sequence[ListRow], viewer: Viewer) -> list[tuple[str, Say]]:
    """What may be chosen for the lines of a list; whether it is open on each is looked at afterwards."""
    found: set[str] = set()
    for row in rows:
        state = row.line.state
        if state is State.RECEIVED:
            found.add("start")
        elif state is State.IN_PROCESS:
            found |= {"step": {"step"}, "approve": {"approve", "return"}}.get(row.work, set())
        elif state is State.DECIDED:
            found.add("available")
        if row.work and any(c.kind in LEADS for c in viewer.capacities):
            found.add("assign")
    return [(name, kind.title) for name, kind in KINDS.items() if name in found]


def chosen(codes: Sequence[str], kind: Kind, *, viewer: Viewer, at: datetime) -> list[Item]:
    """The dossiers of `codes` in their order, each with why the act is not open on it. One statement, and what each
    act's own bar reads."""
    rows = find_rows(codes, viewer=viewer)
    items = []
    for code in codes:
        facts = focused(kind.act, Facts(*rows[code]), viewer=viewer) if code in rows else None
        item = Item(code, facts)
        try:
            _opened(item, kind, viewer=viewer, at=at, typed={})
            seats = to_sign_in(kind.act, facts, viewer) if facts else []
            item.sign_as = words(seats[0]) if seats else None
        except Refusal as refusal:
            item.bar = refusal
        items.append(item)
    return items


def _opened(
    item: Item, kind: Kind, *, viewer: Viewer, at: datetime, typed: Mapping[str, Any]
) -> tuple[Callable[..., Any], Any, dict[str, Any]]:
    if item.facts is None:
        raise no_such(item.code)
    page, actor = opened(kind.act, item.facts, viewer=viewer, at=at)
    return page.flow, actor, kind.arguments(item.facts, typed) | numbered(kind.act, item.facts)


def carry_out(
    request: HttpRequest, item: Item, kind: Kind, *, viewer: Viewer, at: datetime, typed: Mapping[str, Any]
) -> None:
    """Do the act on one dossier, in a unit of work of its own, and note on `item` what came of it. The same POST again
    finds what it has done."""
    try:
        flow, actor, arguments = _opened(item, kind, viewer=viewer, at=at, typed=typed)
        with unit(request, actor, part=item.code):
            flow(code=item.code, actor=actor, at=at, paper=None, **arguments)
        item.done = True
    except AlreadyDone:
        item.done = True
    except Refusal as refusal:
        item.done = _is_repeat(request, item, viewer)
        item.said = None if item.done else refusal


def _is_repeat(request: HttpRequest, item: Item, viewer: Viewer) -> bool:
    if item.facts is None:
        return False
    row = item.facts.row
    return is_repeat(request, viewer.actor(), stream=row["id"], seq=row["head_seq"], part=item.code)


def within(items: Sequence[Item], seconds: Callable[[], float], patience: float) -> Iterator[Item]:
    """`items` for as long as `patience` lasts, at least one that is open."""
    begun, tried = seconds(), False
    for item in items:
        if tried and seconds() - begun > patience:
            return
        yield item
        tried = True
