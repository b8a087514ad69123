"""What this surface calls things, in both languages, as data; and under which names charges stand."""

from collections.abc import Iterable, Mapping

from motcua.catalogue.selectors import versions
from motcua.dossiers.owing import pinned
from motcua.kernel.say import Say
from motcua.payments.events import LineFact
from motcua.web.common.tender import MEANS

BACK: Mapping[str, Say] = {**MEANS, "transfer": Say("Chuyển khoản", "Bank transfer")}


def charge_names(lines: Iterable[LineFact]) -> dict[tuple[str, str], Say]:
    """The name of each line's fee by (reference, rule), as its dossier's pinned version has it. Two statements."""
    wanted = {(line.reference, line.rule) for line in lines}
    by_code = pinned(sorted({reference for reference, _ in wanted}))
    found = versions(by_code.values())
    names = {}
    for reference, rule in wanted:
        version = found.get(by_code[reference]) if reference in by_code else None
        rules = {r.code: r.name for r in version.fees} if version else {}
        names[reference, rule] = rules.get(rule, Say(rule, rule))
    return names
