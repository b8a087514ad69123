"""What pages and papers of money call things, in both languages, as data; and under which names charges stand."""

from collections.abc import Iterable

from motcua.catalogue.selectors import versions
from motcua.dossiers.owing import pinned
from motcua.kernel.say import Say
from motcua.payments.events import LineFact
from motcua.web.common.tender import MEANS

BACK: dict[str, Say] = {**MEANS, "transfer": Say("Chuyển khoản", "Bank transfer")}
# How money comes, also by itself.
WAYS: dict[str, Say] = {
    **MEANS,
    "bank": Say("Chuyển khoản ngân hàng", "Bank transfer to the account"),
    "platform": Say("Nền tảng thanh toán quốc gia", "National payment platform"),
}


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
