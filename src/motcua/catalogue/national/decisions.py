"""Decisions about findings, and which of them speak about a record as it stands. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from motcua.catalogue.national.findings import FindingKind
from motcua.catalogue.national.record import Record
from motcua.catalogue.national.values import RULES, value_of
from motcua.catalogue.national.words import Reach, Words, places_like, words_at


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about `kind` at `where`, on these words; `value` {}: looked at, left as announced."""

    id: UUID
    kind: FindingKind
    where: str
    words: Words
    value: Mapping[str, Any]

    @property
    def means(self) -> Any:
        """The value as national.values knows it; None for what is left as announced."""
        return value_of(self.kind, self.value)


Settled = Mapping[tuple[FindingKind, str], Decision]


def settle(record: Record, decisions: Iterable[Decision]) -> Settled:
    """The decisions that speak about `record`, by kind and place: those whose words stand where they stood, and those
    whose words stand at one other place of the same part. A decision whose words are no more is not among them."""
    settled: dict[tuple[FindingKind, str], Decision] = {}
    moved = []
    for decision in decisions:
        if words_of(record, decision.kind, decision.where) == decision.words:
            settled[decision.kind, decision.where] = decision
        else:
            moved.append(decision)
    said = Counter((decision.kind, decision.words) for decision in moved)
    for decision in moved:
        places = [
            where
            for where in places_like(record, decision.where)
            if (decision.kind, where) not in settled
            and words_of(record, decision.kind, where) == decision.words
        ]
        one_for_all = RULES[decision.kind].reach is Reach.ALIKE
        if places and (one_for_all or len(places) == said[decision.kind, decision.words] == 1):
            settled[decision.kind, places[0]] = decision
    return settled


def words_of(record: Record, kind: FindingKind, where: str) -> Words | None:
    """The words that a finding of `kind` at `where` is decided on; None where there is no such place."""
    return words_at(record, where, RULES[kind].reach)
