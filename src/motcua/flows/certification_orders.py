"""What is asked for at the certification desk, and what it comes to. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.selectors import Offer, offer
from motcua.certification import people
from motcua.certification.pricing import MOST_LINES, Line, Priced, amount, price
from motcua.certification.rules import Kind, kind as kind_of
from motcua.dossiers import events as e
from motcua.kernel.errors import Invalid
from motcua.kernel.time import local
from motcua.parties.operations import Particulars

FEE_RULE = "certification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for at the certification desk. `asked` None: no name was given, where the law asks none; `others`
    are a transaction's other parties.

    `signer` None: it can't be done at once; the papers are taken in with a slip.
    """

    agency: str
    kind: str
    lines: tuple[Line, ...]
    asked: Particulars | None = None
    others: tuple[Particulars, ...] = ()
    signer: UUID | None = None
    visit: UUID | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """An order as the rules see it: tidy, priced line by line."""

    kind: Kind
    offer: Offer
    priced: tuple[Priced, ...]
    people: tuple[Particulars, ...]

    @property
    def total(self) -> int | None:
        """The sum in đồng; None while one amount is not known."""
        fees = [p.fee for p in self.priced]
        return None if None in fees else sum(f or 0 for f in fees)

    @property
    def fee_facts(self) -> tuple[e.FeeFact, ...]:
        """The fee order of the dossier."""
        return (e.FeeFact(rule=FEE_RULE, amount=self.total),) if self.offer.version.fees else ()


def count(order: Order, *, at: datetime, asking: bool = True) -> Counted:
    """What `order` costs, line by line. Writes nothing; `asking` False: whoever asks for it.

    Raises Invalid naming the field at fault.
    """
    kind = kind_of(order.kind)
    if not 1 <= len(order.lines) <= MOST_LINES:
        raise Invalid(
            f"Hãy nhập từ 1 đến {MOST_LINES} loại giấy tờ.",
            f"Enter 1 to {MOST_LINES} papers.",
            field="line-0-paper",
        )
    lines = [line.cleaned(kind, n) for n, line in enumerate(order.lines)]
    kind = _one_procedure(kind, lines)
    agency = agency_facts(order.agency)
    found = offer(kind.procedure, agency=order.agency, province=agency.parent, on=local(at).date())
    priced = tuple(Priced(line, amount(price(line, of=kind, version=found.version))) for line in lines)
    return Counted(kind, found, priced, _people(kind, order, lines) if asking else ())


def _one_procedure(kind: Kind, lines: Sequence[Line]) -> Kind:
    """The kind under the procedure that all clauses belong to: one dossier is of one procedure."""
    found = [kind.under(line.clause) for line in lines]
    for place, other in enumerate(found):
        if other.procedure != found[0].procedure:
            raise Invalid(
                "Việc này là thủ tục khác với dòng đầu; hãy ghi thành một lần riêng.",
                "This is another procedure than that of the first line: enter it by itself.",
                field=f"line-{place}-paper",
            )
    return found[0]


def _people(kind: Kind, order: Order, lines: Sequence[Line]) -> tuple[Particulars, ...]:
    found = people.cleaned(kind, order.asked, order.others)
    for clause in dict.fromkeys(line.clause for line in lines if kind.several):
        people.refuse_too_few(kind.clause(clause), found)
    return found
