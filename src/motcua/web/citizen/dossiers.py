"""A citizen's dossiers: the list, and each one's page, which is also its confirmation."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.agencies.selectors import agency, called
from motcua.catalogue.conditions import holds
from motcua.catalogue.selectors import titles, version, versions
from motcua.catalogue.shapes import Channel, ProcedureVersion
from motcua.dossiers.assisting import CONSENTS, KINDS, TELLS, Consent, FilingKind
from motcua.dossiers.own import acts_for, own_dossier, own_dossiers
from motcua.dossiers.policy import applies, may, may_object
from motcua.dossiers.projector import standing
from motcua.dossiers.row import Row
from motcua.dossiers.standing import why_not
from motcua.dossiers.states import Act, State
from motcua.dossiers.tracked import tracked
from motcua.dossiers.windows import is_late, may_write, supply_by
from motcua.kernel.say import Say
from motcua.notifications.selectors import in_account
from motcua.parties.selectors import names_of
from motcua.submissions.selectors import drafts
from motcua.web.citizen.together import waiting
from motcua.web.common.children import parts_of
from motcua.web.common.citizens import citizen
from motcua.web.common.opinions import asked_lines
from motcua.web.common.paging import Trail
from motcua.web.common.papers import asked_for
from motcua.web.common.paying_online import paying
from motcua.web.common.requests import now_of
from motcua.web.common.situations import situation


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Drafts, then dossiers, newest first. Three statements, and one for versions new to this process."""
    who, at = citizen(request), now_of(request)
    trail = Trail.read(request.GET)
    lines, following = own_dossiers(who.id, after=trail.after or None, procedures=who.procedures)
    forth, back = trail.forth(following), trail.back()
    written = [one for one in drafts(owner=who.id, at=at) if who.sees(one.procedure)]
    context = {
        "lines": lines,
        "titles": {
            key: found.title for key, found in versions(one.procedure_version for one in lines).items()
        },
        "drafts": written,
        "typists": names_of({one.typist for one in written if one.typist}),
        "waiting": [] if who.behalf else waiting(request),
        "who": who,
        "procedures": titles({one.procedure for one in written}),
        "called": called,
        "before": back.query() if back else "",
        "after": forth.query() if forth else "",
    }
    return render(request, "citizen/dossiers.html", context)


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier of one's own: what is so, what comes next and until when. Raises NotFound for anybody else's."""
    who = citizen(request)
    row = own_dossier(code, party=who.id)
    who.refuse_without("see", row["procedure"])
    done = acts_for(row["id"], business=who.id) if who.kind == "business" else []
    may_act = who.may("hand_in", row["procedure"])
    shown = tracked(row["id"])
    published = version(row["procedure_version"])
    desk, stands = agency(row["desk_agency"]), standing(row)
    is_new, late = State(row["state"]) is State.SUBMITTED, is_late(row, at=now_of(request))
    context = {
        "row": row,
        "shown": shown,
        "wanted": asked_for(shown.missing, published),
        "situation": situation(row),
        "asked": asked_lines(row),
        "is_new": is_new,
        "costs_nothing": _costs_nothing(row, published),
        "page": paying(
            row,
            here=reverse("my_payment", args=[row["code"]]),
            paper="my_receipt",
            is_inside=True,
            at=now_of(request),
        ),
        "parts": parts_of(row),
        "filing": _filing(row, str(who.id)),
        "version": published,
        "desk": desk,
        "done": done,
        "people": names_of({one.person for one in done}),
        "told": in_account(row["code"], addressee=who.id),
        "until": supply_by(row),
        "may_act": may_act,
        "may_write": may_act and may_write(State(row["state"])),
        "may_supply": may_act and why_not(Act.SUPPLY, stands) is None and not late,
        "is_late": late,
        "may_withdraw": may_act and why_not(Act.WITHDRAW, stands) is None,
        "ended_by": may(who.actor, Act.WITHDRAW, row),
    }
    return render(request, "citizen/dossier.html", context)


def _costs_nothing(row: Row, published: ProcedureVersion) -> bool:
    """Whether no fee of the version is due for what was answered."""
    rules = published.fees_of(row["variant"], Channel(row["channel"]))
    due = [rule for rule in rules if not rule.optional and holds(rule.when, row["answers"]) is not False]
    return not due and not row["fees"]


@dataclass(frozen=True, slots=True)
class Filed:
    """Who handed it in for the applicant (`by`: where they work, or their name), who is told of it, and whether the one
    who looks may still object, or has."""

    kind: Say
    by: str
    told: Say
    consent: Say
    objected: bool
    may_object: bool


def _submitter(row: Row) -> str:
    parties = {UUID(one["party"]) for one in row["parties"] if one["role"] == "submitter"}
    return ", ".join(names_of(parties).values())


def _filing(row: Row, party: str) -> Filed | None:
    told = row["filing"]
    if told is None:
        return None
    mine = applies(party, row)
    return Filed(
        kind=KINDS[FilingKind(told["kind"])].label,
        by=told["organisation"] or _submitter(row),
        told=TELLS[told["notified"]],
        consent=CONSENTS[Consent(told["consent"])],
        objected=mine and told["objected"] is not None,
        may_object=mine and may_object(row),
    )
