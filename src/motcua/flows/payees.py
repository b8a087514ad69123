"""Whose money a charge of a dossier is, where it is not the desk's own agency's."""

from motcua.agencies.serving import serving
from motcua.catalogue.selectors import version as procedure_version
from motcua.dossiers.row import Row
from motcua.kernel.time import local


def payee_of(row: Row, rule: str) -> str:
    """Whose money a charge by `rule` is: "" the agency's whose desk takes it; the code of the agency that the fee rule
    names for this place, or its kind where the installation has none; else, received for another, the competent one's
    (ND 118/2025 art. 17(3), read so: who settles it is paid). No statement but for a rule that names somebody."""
    published = procedure_version(row["procedure_version"])
    body = next((fee.payee for fee in published.fees if fee.code == rule), None)
    if body is not None:
        found = serving(body, row["competent_agency"], on=local(row["head_at"]).date()) or body.value
        return "" if found == row["desk_agency"] else found
    return "" if row["competent_agency"] == row["desk_agency"] else str(row["competent_agency"])
