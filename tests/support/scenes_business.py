"""The pages of a business: whom it lets act for it, and who acts for whom."""

from collections.abc import Mapping
from datetime import datetime

from tests.support.mandated import HUNG, mandate, signed_in
from tests.support.scene import Scene

COMPANY, STAFF, MAY = "citizen:congty", "citizen:hung", "citizen:may"
OWN: Mapping[str, str] = {
    "my_acting": "/my/acting",
    "my_mandates": "/my/mandates",
    "my_mandate_end": "/my/mandates/{mandate}/end",
}
SERVED = frozenset({"my_mandate_end"})
_GIVEN = {"name": "Lò Thị Mây", "number": "001301000003", "document": "02/GUQ"}
BUSINESS = (
    Scene("my_acting", "empty", "/my/acting", MAY),
    Scene("my_acting", "filled", "/my/acting", STAFF),
    Scene("my_mandates", "empty", "/my/mandates", COMPANY),
    Scene("my_mandates", "filled", "/my/mandates", COMPANY, fill=_GIVEN),
    Scene("my_mandates", "error", "/my/mandates", COMPANY, fill={"name": "", "number": "1"}, sends=True, status=422),
    Scene("my_mandates", "error", "/my/mandates", STAFF, status=403),
    Scene("my_dossiers", "filled", "/my/dossiers", COMPANY),
)  # fmt: skip
WITHOUT = {("my_acting", "error"): "one chooses among what there is"}


def mandated(at: datetime) -> dict[str, str]:
    """Hùng may hand in for the company."""
    return {"mandate": str(mandate(signed_in("congty", at), HUNG, at))}
