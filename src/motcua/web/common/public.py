"""The pages that need no sign-in, by name; everything else is closed. And those that open to a sign-in that is not
whole yet, or to a seat that sees states only."""

from collections.abc import Mapping

from motcua.accounts.policy import Owed
from motcua.agencies.positions import HELPERS
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied

PUBLIC = frozenset(
    {
        "citizen_sign_in",
        "citizen_ask",
        "citizen_back",
        "citizen_sign_out",  # a session that has ended is still to be signed out at the provider
        "citizen_left",
        "citizen_leave",
        "citizen_left_there",
        "home",
        "sign_in",
        "sign_in_passkey",
        "sign_in_second",  # opens to half a session only, and says so itself
        "sign_out",
        "unlock",  # opens to locked sessions only
        "language",
        "procedure",
        "procedure_form",
        "procedure_form_paper",
        "procedure_form_schema",
        "open_data",
        "open_procedures",
        "open_procedure",
        "open_changes",
        "open_schema",
        "open_dump",
        "sitemap",
        "sitemap_part",
        "robots",
        "plan_ics",  # opens to who has its secret
        "platform_back",
        "platform_confirm",  # signed by who sends it
        "posting",
        "posting_sheet",
        "postings",
        "procedures",
        "screen",
        "screen_now",
        "phone",
        "phone_token",
        "track",
        "track_token",
        "tracking",
        "tracking_payment",
        "tracking_messages",
    }
)

# Where a session goes on that is not open.
DOORS: Mapping[str, str] = {"half": "sign_in_second", "locked": "unlock"}
# What is owed: the page where it is given, and all that open meanwhile.
PAYS_AT: Mapping[Owed, str] = {Owed.PASSWORD: "password", Owed.FACTOR: "account"}
PAYING: Mapping[Owed, frozenset[str]] = {
    Owed.PASSWORD: frozenset({"password"}),
    Owed.FACTOR: frozenset({"account", "totp", "passkey_add"}),
}

# All that opens to somebody who sits at the hotline and nowhere else: states, and what is their own.
HOTLINE = "hotline"
HOTLINE_OPENS = frozenset(
    {
        "hotline",
        "hotline_dossier",
        "account",
        "password",
        "totp",
        "totp_remove",
        "recovery_codes",
        "passkey_add",
        "passkey_remove",
        "own_pin",
        "own_identity",
        "lock",
        "seen",
    }
)
STATES_ONLY = Denied(
    "Vị trí đường dây nóng chỉ xem trạng thái và các ngày của hồ sơ. Hãy tìm ở trang Đường dây nóng.",
    "The hotline sees a dossier's state and dates only. Find it on the hotline's page.",
)


# Where the day begins of those who have no dossiers to work on; everybody else's begins at the inbox.
BEGINS: Mapping[str, str] = {
    HOTLINE: "hotline",
    "catalogue_officer": "findings",
    **dict.fromkeys(HELPERS, "assist"),
}


def begins_at(viewer: Viewer | None) -> str:
    """The name of the page where the day of `viewer` begins."""
    kinds = {c.kind for c in viewer.capacities} if viewer is not None else set()
    return BEGINS.get(kinds.pop(), "inbox") if len(kinds) == 1 else "inbox"


def at_the_hotline(viewer: Viewer | None) -> bool:
    """Whether `viewer` sits at the hotline and nowhere else."""
    return viewer is not None and {c.kind for c in viewer.capacities} == {HOTLINE}
