"""Notes and messages of officers on a dossier: for whom they are."""

from datetime import datetime
from uuid import UUID

from motcua.agencies.positions import WORKING
from motcua.agencies.selectors import account_names, called, units
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.operations import Recorded
from motcua.dossiers.row import Row
from motcua.dossiers.thread import MESSAGE, OWN, UNIT, house, neighbours
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.ledger.selectors import history
from motcua.processes.selectors import staff

NOTES = {
    OWN: Say("Ghi chú riêng của tôi", "A note for myself"),
    UNIT: Say("Ghi chú của đơn vị tôi", "A note for my unit"),
}


def write(*, code: str, to: str, body: str, actor: Actor, at: datetime, answers: int = 0) -> Recorded:
    """Write about a dossier: a note (`to` own or unit), or a message to an agency ("agency:CODE"), a unit ("unit:ID")
    or a person ("person:ID") that takes part, or to who wrote the message `answers`.

    Raises Denied for who does not work on it; Invalid for no words, too many, or somebody who takes no part.
    """
    row = dossiers.lock_to_write(code, actor=actor, at=at)
    if to in NOTES:
        return dossiers.write_note(row=row, whose=to, body=body, actor=actor, at=at)
    addressee = _who_wrote(row, answers) if answers else _addressee(row, to, at)
    return dossiers.write_message(row=row, to=addressee, answers=answers, body=body, actor=actor, at=at)


def _who_wrote(row: Row, answers: int) -> e.AddresseeFact:
    found = next((x for x in history(row["id"]) if x.seq == answers and x.type == MESSAGE), None)
    if found is None:
        raise Invalid("Không có tin nhắn này để trả lời.", "There is no such message to answer.", field="to")
    account, place = UUID(found.actor["id"]), found.data["place"]
    name = account_names({account}).get(account, "")
    return e.AddresseeFact(agency=place["agency"], unit=None, account=account, name=name, name_en=name)


def _addressee(row: Row, to: str, at: datetime) -> e.AddresseeFact:
    found = next((one for one in addressees(row, at=at) if _key(one) == to), None)
    if found is None:
        raise Invalid("Hãy chọn nơi nhận.", "Choose for whom it is.", field="to")
    return found


def choices(row: Row, *, actor: Actor, at: datetime) -> list[tuple[str, Say, Say]]:
    """Whom `actor` may write to, as (key, name, agency), themselves left out."""
    reached = house(row) if actor.agency not in house(row) else None
    return [
        (_key(one), Say(one.name, one.name_en), called(one.agency))
        for one in addressees(row, at=at)
        if str(one.account or "") != actor.id
        and (reached is None or one.agency in reached)
        and (one.unit or one.account or one.agency != actor.agency)
    ]


def _key(one: e.AddresseeFact) -> str:
    if one.account:
        return f"person:{one.account}"
    return f"unit:{one.unit}" if one.unit else f"agency:{one.agency}"


def addressees(row: Row, *, at: datetime) -> list[e.AddresseeFact]:
    """Whom one may write to about the dossier `row`: agencies that open it, lead it or were asked for an opinion, the
    units of those that open it, and who acted in it or has it, while they work there. Two statements for each agency
    that opens it, one for its history and one for names."""
    found: list[e.AddresseeFact] = []
    people: dict[UUID, str] = {}
    took_part = {x.actor["id"] for x in history(row["id"]) if x.actor["kind"] == "staff"}
    took_part |= {str(one.holder.account) for one in open_steps(row)}
    for agency in sorted(house(row)):
        found.append(_fact(agency, called(agency)))
        found += [_fact(agency, one.called, unit=one.id) for one in units(agency)]
        seated = staff(agency=agency, at=at).seats
        sitting = {account for kind in WORKING & set(seated) for account, _unit in seated[kind]}
        people |= {account: agency for account in sitting if str(account) in took_part}
    found += [_fact(agency, called(agency)) for agency in sorted(neighbours(row))]
    names = account_names(set(people))
    named = sorted((agency, names.get(account, ""), account) for account, agency in people.items())
    return found + [_fact(agency, Say(name, name), account=account) for agency, name, account in named]


def _fact(
    agency: str, name: Say, *, unit: UUID | None = None, account: UUID | None = None
) -> e.AddresseeFact:
    return e.AddresseeFact(agency=agency, unit=unit, account=account, name=name.vi, name_en=name.en)
