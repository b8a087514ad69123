"""What the confirmation of a reception says, out of its event."""

from dataclasses import dataclass

from motcua.catalogue.selectors import version as procedure_version
from motcua.catalogue.shapes import ProcedureVersion
from motcua.dossiers.events import DossierReceived
from motcua.dossiers.row import Row
from motcua.dossiers.selectors import find_row
from motcua.kernel.actor import Viewer
from motcua.kernel.codec import decode
from motcua.kernel.errors import NotFound
from motcua.kernel.say import Say
from motcua.ledger.selectors import history
from motcua.web.common.limits import limit_words
from motcua.web.common.return_ways import RETURN_WAYS
from motcua.web.counter.access import check_prints
from motcua.web.counter.receipt import spaced_pin


@dataclass(frozen=True, slots=True)
class Fee:
    """One line of the fee order."""

    name: Say
    amount: int | None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A reception as just done."""

    row: Row
    name: str
    event: DossierReceived
    version: ProcedureVersion
    pin: str

    @property
    def variant(self) -> Say | None:
        """The variant, where there is more than one."""
        return self.version.variant(self.event.variant).label if len(self.version.variants) > 1 else None

    @property
    def limit(self) -> Say:
        """What the due date was counted with."""
        return limit_words(self.event.promise.unit, self.event.promise.value)

    @property
    def return_way(self) -> Say:
        """How the result comes back."""
        return RETURN_WAYS[self.row["return_way"]]

    @property
    def fees(self) -> list[Fee]:
        """The fee order in words."""
        names = {rule.code: rule.name for rule in self.version.fees}
        return [Fee(names[line.rule], line.amount) for line in self.event.fee_order]


def confirmation(code: str, *, viewer: Viewer) -> Confirmation:
    """The reception of `code`. Two statements. Raises NotFound outside the desk's agency and before reception."""
    row, name = find_row(code, viewer=viewer)
    check_prints(viewer, row)
    for envelope in history(row["id"]):
        if envelope.type == DossierReceived.TYPE:
            event = decode(DossierReceived, envelope.data)
            return Confirmation(
                row=row,
                name=name,
                event=event,
                version=procedure_version(event.procedure_version),
                pin=spaced_pin(row),
            )
    raise NotFound(
        f"Hồ sơ {code} chưa được tiếp nhận.",
        f"Dossier {code} has not been received yet.",
    )
