"""What an agency sets of a procedure for itself, a province also for the agencies below it: times promised, fees of its
council, where dossiers are taken, which system handles it. Each from a day on, on a document, and never backwards."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.agencies.operations import claim_decision, decide_on_stream
from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.checking import check_limit
from motcua.catalogue.events import ProcedureLocalised
from motcua.catalogue.lengths import fits
from motcua.catalogue.models import Handling, Place, Promise, Schedule
from motcua.catalogue.policy import check_officer
from motcua.catalogue.schedules import parse_schedule
from motcua.catalogue.selectors import Offer, offer
from motcua.catalogue.shapes import Amount, Channel, HandledIn, Limit, LimitUnit, SetBy
from motcua.kernel.actor import Actor
from motcua.kernel.codec import encode
from motcua.kernel.errors import Invalid
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean
from motcua.kernel.time import local

LAST_YEAR = 2100
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Setting:
    """Which procedure, for which agency, from which day, on which document."""

    procedure: str
    agency: str
    valid_from: date
    basis: str


@dataclass(frozen=True, slots=True)
class Promising:
    """A time promised for a variant on a channel."""

    variant: str
    channel: Channel
    limit: Limit


def promise(*, setting: Setting, promises: Sequence[Promising], actor: Actor, at: datetime) -> None:
    """Promise shorter times than the law's. Once published they bind: a longer one may follow only from a later day,
    and what was received meanwhile keeps what it was promised.

    Raises Denied, Invalid for a time longer than the limit (the field names variant and channel).
    """
    told = _begun(setting, actor=actor, at=at)
    found = _offer(told)
    if not promises:
        raise Invalid(
            "Hãy nhập ít nhất một thời hạn cam kết.", "Enter at least one promised time.", field="promises"
        )
    for one in promises:
        _check_promise(one, found, told, today=local(at).date())
    Promise.objects.bulk_create(
        Promise(
            id=uuid7(),
            procedure_id=told.procedure,
            agency=told.agency,
            variant=one.variant,
            channel=one.channel.value,
            value="" if one.limit.value is None else str(one.limit.value),
            unit=one.limit.unit.value,
            basis=told.basis,
            valid_from=told.valid_from,
        )
        for one in promises
    )
    _tell(
        told,
        "promise",
        {f"{p.variant}.{p.channel.value}": _said(p.limit) for p in promises},
        actor=actor,
        at=at,
    )


def _check_promise(one: Promising, found: Offer, told: Setting, *, today: date) -> None:
    where = f"{one.variant}.{one.channel.value}"
    known = {v.code for v in found.version.variants}
    entry = found.version.channel(one.variant, one.channel) if one.variant in known else None
    if entry is None:
        raise Invalid(
            "Thủ tục không có trường hợp hoặc cách nộp này.",
            "The procedure has no such variant or channel.",
            field=where,
        )
    if entry.limit.unit is LimitUnit.UNKNOWN:
        raise Invalid(
            "Chưa rõ thời hạn theo luật nên chưa cam kết được; hãy quyết định đơn vị thời hạn trước.",
            "The law's limit is not known here, so nothing can be promised; decide its unit first.",
            field=where,
        )
    check_limit(one.limit, where)
    if not fits(one.limit, entry.limit):
        # Decree 61/2018 art. 8 and its successors: an agency may shorten the law's time, never lengthen it.
        raise Invalid(
            "Thời hạn cam kết phải là một số lớn hơn 0 và không dài hơn thời hạn theo luật.",
            "What is promised is a number above 0, no longer than the law's limit.",
            field=where,
        )
    before = found.promised(one.variant, one.channel.value)
    if (
        told.valid_from == today
        and before
        and before.agency == told.agency
        and not fits(one.limit, before.limit)
    ):
        raise Invalid(
            "Cam kết đang có hiệu lực ngắn hơn; thời hạn dài hơn chỉ áp dụng từ một ngày sau hôm nay.",
            "The promise in force is shorter; a longer one may only begin on a day after today.",
            field=where,
        )


def charge(
    *, setting: Setting, amounts: Mapping[str, tuple[Amount, ...]], actor: Actor, at: datetime
) -> None:
    """Put the amounts of the province's council in force, by fee rule, in đồng. The basis is its resolution.

    Raises Denied; Invalid for an agency that is no province, and for a rule the law does not leave to it.
    """
    told = _begun(setting, actor=actor, at=at)
    if agency_facts(told.agency).level != "province":
        raise Invalid(
            "Mức thu do Hội đồng nhân dân cấp tỉnh quyết định; hãy nhập ở cơ quan cấp tỉnh.",
            "The provincial council sets these amounts; enter them at the province.",
            field="amounts",
        )
    left = {rule.code for rule in _offer(told).version.fees if rule.set_by is SetBy.PROVINCIAL_COUNCIL}
    if not amounts or not set(amounts) <= left:
        raise Invalid(
            "Hãy nhập mức thu của khoản luật giao cho tỉnh.",
            "Enter the amount of a fee that the law leaves to the province.",
            field="amounts",
        )
    document: Mapping[str, Any] = {
        "agency": told.agency,
        "basis": told.basis,
        "valid_from": told.valid_from.isoformat(),
        "fees": [
            {"procedure": told.procedure, "rule": rule, "amounts": encode(each)}
            for rule, each in amounts.items()
        ],
    }
    parse_schedule(document)
    Schedule.objects.create(
        id=uuid7(), agency=told.agency, body=document, basis=told.basis, valid_from=told.valid_from
    )
    _tell(
        told, "fees", {rule: json.dumps(encode(each)) for rule, each in amounts.items()}, actor=actor, at=at
    )


def take_at(*, setting: Setting, address: str, actor: Actor, at: datetime) -> None:
    """Say where dossiers are taken; "" for the agency's own desk. Raises Denied, Invalid."""
    told = _begun(setting, actor=actor, at=at)
    where = clean(address)
    if len(where) > LONGEST:
        raise Invalid(
            f"Địa chỉ dài quá {LONGEST} chữ.",
            f"The address is longer than {LONGEST} letters.",
            field="address",
        )
    _offer(told)
    Place.objects.create(
        id=uuid7(),
        procedure_id=told.procedure,
        agency=told.agency,
        address=where,
        basis=told.basis,
        valid_from=told.valid_from,
    )
    _tell(told, "place", {"address": where}, actor=actor, at=at)


def handle_in(*, setting: Setting, handled_in: HandledIn, actor: Actor, at: datetime) -> None:
    """Say which system handles the procedure. Handled elsewhere, nothing is received here from that day on; what runs
    goes on. Raises Denied, Invalid."""
    told = _begun(setting, actor=actor, at=at)
    _offer(told)
    Handling.objects.create(
        id=uuid7(),
        procedure_id=told.procedure,
        agency=told.agency,
        handled_in=handled_in.value,
        basis=told.basis,
        valid_from=told.valid_from,
    )
    _tell(told, "handled_in", {"handled_in": handled_in.value}, actor=actor, at=at)


def _begun(setting: Setting, *, actor: Actor, at: datetime) -> Setting:
    """The request claimed under the agency's lock, and the setting as it is written."""
    claim_decision(agency=setting.agency, actor=actor, at=at)
    check_officer(actor, setting.agency)
    basis = clean(setting.basis)
    if not basis:
        raise Invalid("Hãy ghi số văn bản làm căn cứ.", "Name the document this goes by.", field="basis")
    if len(basis) > LONGEST:
        raise Invalid(
            f"Căn cứ dài quá {LONGEST} chữ.", f"The basis is longer than {LONGEST} letters.", field="basis"
        )
    if setting.valid_from < local(at).date():
        raise Invalid(
            "Ngày áp dụng phải là hôm nay hoặc sau hôm nay; không ghi lùi ngày.",
            "It begins today or later; nothing is backdated.",
            field="valid_from",
        )
    if setting.valid_from.year > LAST_YEAR:
        raise Invalid("Ngày áp dụng quá xa.", "That day is too far ahead.", field="valid_from")
    return Setting(setting.procedure, setting.agency, setting.valid_from, basis)


def _said(limit: Limit) -> str:
    return " ".join(str(part) for part in (limit.value, limit.unit.value) if part is not None)


def _offer(told: Setting) -> Offer:
    """The procedure as the agency offers it on that day. Raises NotFound where none is in force."""
    facts = agency_facts(told.agency)
    return offer(told.procedure, agency=told.agency, province=facts.parent, on=told.valid_from)


def _tell(told: Setting, what: str, terms: Mapping[str, str], *, actor: Actor, at: datetime) -> None:
    event = ProcedureLocalised(
        procedure=told.procedure, what=what, terms=terms, basis=told.basis, valid_from=told.valid_from
    )
    decide_on_stream(agency=told.agency, event=event, actor=actor, at=at)
