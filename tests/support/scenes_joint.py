"""The pages of several who apply with one draft: Tuyết writes, Hùng has to confirm."""

from collections.abc import Mapping
from datetime import datetime

from motcua.accounts.operations import session_digest
from motcua.parties.selectors import Citizen, citizen
from tests.support.citizens import citizen_session
from tests.support.joint import asked, married
from tests.support.scene import Scene

HUNG, TUYET, MAY = "citizen:hung", "citizen:tuyet", "citizen:may"
OWN: Mapping[str, str] = {
    "my_draft_ask": "/my/drafts/{draft_joint}/ask",
    "my_confirm": "/my/confirmations/{confirmation}",
    "my_confirm_file": "/my/confirmations/{confirmation}/files/{upload}",
}
SERVED = frozenset({"my_draft_ask", "my_confirm_file"})
JOINT = (
    Scene("my_draft_check", "filled", "/my/drafts/{draft_joint}/check", TUYET),
    Scene("my_draft_page", "filled", "/my/drafts/{draft_joint}/form-man", TUYET),
    Scene("my_confirm", "empty", "/my/confirmations/{confirmation}", HUNG),
    Scene("my_confirm", "filled", "/my/confirmations/{confirmation}", HUNG, fill={"reason": "Sai ngày sinh."}),
    Scene("my_confirm", "error", "/my/confirmations/{confirmation}", HUNG, fill={"sure": ""}, sends=True, status=422),
    Scene("my_confirm", "error", "/my/confirmations/{confirmation}", MAY, status=404),
    Scene("my_dossiers", "filled", "/my/dossiers", HUNG),
)  # fmt: skip


def person(who: str, at: datetime) -> Citizen:
    """One of the stand-in's people, signed in."""
    found = citizen(session_digest=session_digest(citizen_session(who, at=at)), at=at)
    assert found is not None
    return found


def written_together(at: datetime) -> dict[str, str]:
    """A draft of Tuyết's that Hùng is asked to confirm."""
    writer = person("tuyet", at)
    draft = married(writer.id, at)
    return {"draft_joint": str(draft), "confirmation": str(asked(draft, writer.id, at))}
