"""How a result comes back (dossiers.operations.reception.RETURN_WAYS), as the desk says it."""

from collections.abc import Mapping

from motcua.kernel.say import Say

RETURN_WAYS: Mapping[str, Say] = {
    "desk": Say("Tại quầy", "At the counter"),
    "post": Say("Qua bưu chính", "By post"),
    "electronic": Say("Bản điện tử", "Electronically"),
}
