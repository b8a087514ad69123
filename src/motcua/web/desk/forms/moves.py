"""The forms with which a dossier goes to a named person, or to another agency."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy as _

from motcua.agencies.positions import WORKING
from motcua.agencies.selectors import agency, unit_name
from motcua.dossiers.interests import KINDS
from motcua.dossiers.papers_at import where_papers_are
from motcua.dossiers.travels import is_open, last_of, went_with, with_transfer
from motcua.flows.assignment import SHARED
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.processes.routing import able
from motcua.processes.selectors import agencies_running, staff
from motcua.web.common.fields import needed_when
from motcua.web.common.text_field import TidyField
from motcua.web.common.wording import say
from motcua.web.desk import words
from motcua.web.desk.forms.base import CHOOSE, ActForm, choices_of, radio, reason_field
from motcua.web.desk.known import staff_names


class AssignForm(ActForm):
    """To whom of the step's seats, or back to their list."""

    to = radio(_("Giao cho"))
    reason = reason_field()

    def build(self) -> None:
        """The people of the open step, and its shared list."""
        step = self.facts.step
        if step is None:
            return
        row = self.facts.row
        people = able(step, staff(agency=row["competent_agency"], at=self.at, row=row))
        names = staff_names(people)
        named = sorted((names[account], str(account)) for account in people)
        choices = [(account, name) for name, account in named]
        self.offer("to", [*choices, (SHARED, gettext("Danh sách chung của vị trí"))])


class ClaimForm(ActForm):
    """Nothing to fill in where it lies on the list; out of another's name it is taken with a reason."""

    reason = reason_field()

    def build(self) -> None:
        """Whose name it is in."""
        holder = self.facts.row["holder_account"]
        if holder is None:
            del self.fields["reason"]
            return
        person = staff_names([holder])[holder]
        self.fields["reason"].label = gettext("Đang đứng tên %(person)s. Lý do nhận thay") % {
            "person": person
        }


class PutBackForm(ActForm):
    """Why it goes back on the list."""

    reason = reason_field()


class RecallForm(ActForm):
    """Nothing to fill in: the page says what is taken back."""


class InterestForm(ActForm):
    """What kind of conflict it is, and the words that stay sealed."""

    kind = radio(_("Xung đột lợi ích"))
    reason = reason_field(
        help_text=_("Lời khai được niêm phong: lãnh đạo và người giải quyết đọc được, người dân thì không.")
    )

    def build(self) -> None:
        """The kinds that the law names."""
        self.offer("kind", choices_of(KINDS))


class LiftForm(ActForm):
    """Who takes part again, and why there is no conflict."""

    declared = radio(_("Ai được tham gia lại"))
    reason = reason_field()

    def build(self) -> None:
        """Those who declared one."""
        barred = self.facts.row["barred"]
        names = staff_names([UUID(one["account"]) for one in barred])
        choices = [
            (str(one["seq"]), f"{names[UUID(one['account'])]}: {say(KINDS[one['kind']])}") for one in barred
        ]
        self.offer("declared", choices)


_ON_PAPER = _(
    "Phiếu giấy lập ngoài hệ thống thì nơi nhận ghi lúc giấy tờ đến. 8 giờ làm việc tính từ khi đến."
)


class TransferForm(ActForm):
    """To which agency, how, and why."""

    to = forms.ChoiceField(
        label=_("Cơ quan nhận"),
        help_text=_("Các cơ quan đang áp dụng quy trình cho thủ tục này."),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    way = radio(_("Cách chuyển"), initial="electronic")
    manifest = TidyField(
        label=_("Số phiếu bàn giao"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w10", "autocomplete": "off"}),
    )
    reason = needed_when(reason_field(required=False), _("khi chuyển đến cơ quan khác với giấy tiếp nhận"))

    def build(self) -> None:
        """The other agencies that could accept; the competent one of a non-territorial reception stands there. Who is
        posted by one sends to that one."""
        row = self.facts.row
        self.offer("way", choices_of(words.TRANSFER_WAYS))
        codes = agencies_running(
            procedure=row["procedure"], variants=[row["variant"]], on=local(self.at).date()
        )
        only = self.actor.posted_by if self.actor else ""
        found = [agency(code) for code in codes if code != row["holder_agency"] and only in ("", code)]
        named = [(a.code, say(a.called)) for a in found if a.desk_unit is not None]
        self.offer("to", sorted(named, key=lambda choice: choice[1]))
        if row["elsewhere"]:
            self.fields["to"].initial = row["elsewhere"]
        papers = last_of(row, "papers")
        if papers is not None and is_open(papers) and papers["to_agency"] == row["elsewhere"]:
            self.fields["way"].initial, self.fields["manifest"].initial = "manifest", papers["manifest"]
        self.fields["manifest"].help_text = format_html("{} {}", self._who_makes_it(), _ON_PAPER)

    def _who_makes_it(self) -> str:
        """A way to make the manifest for who has the papers of what was received for another agency; else who makes it
        once it is transferred."""
        row, actor = self.facts.row, self.actor
        place = where_papers_are([dict(row)])[row["id"]]["papers"]
        if place is None or place.unit is None or actor is None:
            return gettext("Phiếu lập ở mục “Bàn giao giấy” thì hai bên ký trên hệ thống.")
        has_them = (actor.agency, actor.unit) == (place.agency, place.unit) and actor.position_kind in WORKING
        if row["elsewhere"] and has_them:
            address = (
                f"{reverse('new_manifest')}?{urlencode({'from': str(place.unit), 'codes': row['code']})}"
            )
            made = format_html('<a href="{}">{}</a>', address, gettext("Lập phiếu bàn giao"))
            return format_html("{}. {}", made, gettext("Lập xong, số phiếu tự có ở đây."))
        unit = say(Say(unit_name(place.unit), unit_name(place.unit, "en")))
        return gettext(
            "Giấy tờ đang ở %(unit)s. Để trống thì chuyển xong, nơi đó lập phiếu ở mục “Bàn giao giấy”."
        ) % {"unit": unit}

    def clean(self) -> dict[str, Any]:
        """Another agency than the competent one needs a reason."""
        found = super().clean()
        to = found.get("to")
        if to and to != self.facts.row["competent_agency"] and not found.get("reason"):
            self.add_error("reason", _("Hãy ghi lý do."))
        return found


class AcceptForm(ActForm):
    """Nothing to fill in: the page says what is taken over."""


class DeclineForm(ActForm):
    """Why it goes back, and whether its papers came, where they left and nobody signed for them."""

    reason = reason_field()
    papers = radio(_("Giấy tờ của lần chuyển này"))

    def build(self) -> None:
        """The papers are asked for only while they may still come."""
        row = dict(self.facts.row)
        if row["transfer"] is None or not went_with(row, where_papers_are([row])[row["id"]]["papers"]):
            del self.fields["papers"]
            return
        self.offer("papers", choices_of(words.PAPERS_CAME))
        travel = with_transfer(row)
        if travel is None:
            self.fields["papers"].help_text = gettext(
                "Đã đến thì ghi là đang ở quầy này, gửi lại bằng phiếu bàn giao."
            )
            return
        link = format_html(
            '<a class="code" href="{}">{}</a>',
            reverse("paper_manifest", args=[travel["manifest"]]),
            travel["manifest"],
        )
        self.fields["papers"].help_text = format_html(
            gettext("Đã đến thì ký nhận phiếu {} trước, rồi từ chối; gửi lại bằng phiếu mới."), link
        )
