"""Less is to be paid, says who applies: what the event keeps of it, the words as content."""

from collections.abc import Mapping

from motcua.dossiers import events as e
from motcua.dossiers.content import NewContent, text
from motcua.kernel.text import clean

LONGEST_EVIDENCE = 300


def claimed(claims: Mapping[str, str], contents: list[NewContent]) -> tuple[e.ClaimFact, ...]:
    """The claims (exemption -> the paper named for it) as facts; each paper's words become one more content."""
    facts = []
    for exemption, evidence in claims.items():
        words = clean(evidence)[:LONGEST_EVIDENCE]
        kept = text("evidence", words) if words else None
        contents += [kept] if kept else []
        facts.append(e.ClaimFact(exemption=exemption, evidence=kept.ref if kept else None))
    return tuple(facts)
