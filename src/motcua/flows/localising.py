"""An agency runs a published process for a procedure: catalogue officer, agency and process act together."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from motcua.agencies.operations import claim_decision
from motcua.catalogue.policy import check_officer
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.time import local
from motcua.processes import operations as processes
from motcua.processes.selectors import version


def run_process(
    *,
    procedure: str,
    agency: str,
    process_version: UUID,
    variants: Sequence[str],
    valid_from: date,
    actor: Actor,
    at: datetime,
) -> None:
    """Let `agency` run a published process for `variants` from a day on; what runs keeps the process it pinned.

    Raises Denied for anybody but its catalogue officer; Invalid for a day past, no variant, or a process of another
    procedure; NotAllowedNow, naming the seat, where a step has nobody.
    """
    claim_decision(agency=agency, actor=actor, at=at)
    check_officer(actor, agency)
    _check(variants, valid_from, "valid_from", at)
    if version(process_version).procedure != procedure:
        raise Invalid(
            "Quy trình này của thủ tục khác.",
            "This process is of another procedure.",
            field="process_version",
        )
    for variant in dict.fromkeys(variants):
        processes.adopt(
            agency=agency,
            process_version=process_version,
            variant=variant,
            valid_from=valid_from,
            actor=actor,
            at=at,
        )


def stop_process(
    *, procedure: str, agency: str, variants: Sequence[str], valid_to: date, actor: Actor, at: datetime
) -> None:
    """Let `agency` run no process for `variants` from the day `valid_to` on: its desk receives none then; what runs
    goes on by the process it pinned.

    Raises Denied for anybody but its catalogue officer; Invalid for a day past, no variant, or one nothing runs for.
    """
    claim_decision(agency=agency, actor=actor, at=at)
    check_officer(actor, agency)
    _check(variants, valid_to, "valid_to", at)
    processes.stop(
        agency=agency,
        procedure=procedure,
        variants=tuple(dict.fromkeys(variants)),
        valid_to=valid_to,
        actor=actor,
        at=at,
    )


def _check(variants: Sequence[str], day: date, field: str, at: datetime) -> None:
    if day < local(at).date():
        raise Invalid(
            "Ngày áp dụng phải là hôm nay hoặc sau hôm nay; không ghi lùi ngày.",
            "It begins today or later; nothing is backdated.",
            field=field,
        )
    if not variants:
        raise Invalid("Hãy chọn ít nhất một trường hợp.", "Choose at least one variant.", field="variants")
