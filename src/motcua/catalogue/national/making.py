"""One record on its way into our shape: what is found, what of it somebody decided, and what that adds."""

from typing import Any

from motcua.catalogue.lacks import Part
from motcua.catalogue.national.decisions import Decision, Settled
from motcua.catalogue.national.filling import Document
from motcua.catalogue.national.findings import FINDINGS, Finding, FindingKind
from motcua.catalogue.national.record import Record


class Making:
    """`decided`: what was found and is decided; `parts`: in which of them the document says what was decided."""

    def __init__(self, record: Record, settled: Settled) -> None:
        self.record = record
        self.settled = settled
        self.found: list[Finding] = []
        self.decided: dict[tuple[FindingKind, str], Decision] = {}
        self.parts: set[Part] = set()
        self.fees: list[Document] = []
        self._asked: dict[str, str] = {}

    def find(
        self, kind: FindingKind, where: str, text: str = "", *, or_of: tuple[FindingKind, ...] = ()
    ) -> Any:
        """Note a finding; what was decided about it, or about one of the kinds `or_of` at the same place. None:
        nothing, or to leave it as announced."""
        self.found.append(Finding(kind, where, text))
        decision = next((d for one in (kind, *or_of) if (d := self.settled.get((one, where)))), None)
        if decision is None:
            return None
        self.decided[kind, where] = decision
        value = decision.means
        if value is not None:
            self.parts.add(FINDINGS[kind].part)
        return value

    def question(self, text: str) -> Document:
        """The condition that `text`, asked of the applicant, is answered with yes."""
        return {"question": self._asked.setdefault(text, f"q{len(self._asked) + 1}")}

    @property
    def questions(self) -> list[Document]:
        return [{"code": code, "text": {"vi": text}} for text, code in self._asked.items()]
