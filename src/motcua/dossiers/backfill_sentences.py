"""The sentences of what a register could not say at once. Pure."""

from motcua.dossiers import events as e
from motcua.dossiers.degraded import name_of, spelt_out
from motcua.kernel.say import Say

FIELDS = {
    "name": Say("họ tên", "name"),
    "born_on": Say("ngày sinh", "date of birth"),
    "sex": Say("giới tính", "sex"),
    "address": Say("nơi cư trú", "residence"),
}
_OUTCOMES = {
    "same": Say("khớp", "agrees"),
    "heard": Say("đã có trả lời", "was answered"),
    "differs": Say("khác, cần xem lại", "differs, somebody must look"),
    "unstated": Say("không có dữ liệu, cần xem giấy tờ", "has no data, a paper must be looked at"),
    "not_found": Say(
        "không tìm thấy người này, cần xem lại", "does not know this person, somebody must look"
    ),
}


def _named(fields: list[str]) -> Say:
    found = [FIELDS[name_of(field)] for field in spelt_out(fields)]
    return Say(", ".join(one.vi for one in found), ", ".join(one.en for one in found))


def backfilled(event: e.FieldBackfilled) -> Say:
    """The same in its first form, of a whole person."""
    finding = e.FieldFact(field=event.field, outcome=event.outcome, told=event.told)
    shown = event.told if event.outcome == "shown" else None
    return all_backfilled(
        e.FieldsBackfilled(
            findings=(finding,), number=event.number, shown=shown, occurred_at=event.occurred_at
        )
    )


def all_backfilled(event: e.FieldsBackfilled) -> Say:
    """What a register, or a paper instead of it, said of which fields."""
    by_outcome: dict[str, list[str]] = {}
    for one in event.findings:
        by_outcome.setdefault(one.outcome, []).append(one.field)
    if event.shown is not None:
        fields = _named([field for named in by_outcome.values() for field in named])
        return Say(
            f"Đối chiếu bằng giấy tờ thay cho cơ sở dữ liệu dân cư: {fields.vi}.",
            f"Checked by a paper instead of the population register: {fields.en}.",
        )
    told = [(_OUTCOMES[outcome], _named(fields)) for outcome, fields in by_outcome.items()]
    vi = "; ".join(f"{fields.vi}: {outcome.vi}" for outcome, fields in told)
    en = "; ".join(f"{fields.en}: {outcome.en}" for outcome, fields in told)
    return Say(
        f"Cơ sở dữ liệu dân cư đã trả lời (yêu cầu {event.number}): {vi}.",
        f"The population register has answered (request {event.number}): {en}.",
    )


def heard(event: e.FieldBackfilled | e.FieldsBackfilled) -> Say:
    """What those whom the dossier is about read of it."""
    if isinstance(event, e.FieldBackfilled):
        by_paper = event.outcome == "shown"
    else:
        by_paper = event.shown is not None
    if by_paper:
        return Say(
            "Cơ quan đã đối chiếu thông tin bằng giấy tờ xuất trình.",
            "The agency has checked the particulars by a paper that was shown.",
        )
    return Say(
        "Cơ quan đã đối chiếu thông tin với Cơ sở dữ liệu dân cư.",
        "The agency has checked the particulars against the population register.",
    )
