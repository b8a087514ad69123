"""The people of the matrix: a login for each kind of seat, and the sets that its rules name."""

from collections.abc import Mapping

from tests.support.matrix_assist import HELPERS

# One login for each kind of seat in Xã Mẫu, and those beyond it who may or may not look in.
PEOPLE: Mapping[str, str] = {
    "reception_officer": "tiepnhan1",
    "desk_manager": "truongquay",
    "cashier": "thuquy",
    "justice_officer": "tuphap1",
    "economic_section": "kinhte",
    "culture_society_section": "vanhoa",
    "clerk": "vanthu",
    "chair": "chutich",
    "vice_chair": "phochutich",
    "catalogue_officer": "danhmuc",
    "hotline": "duongday",
    "postal_officer": "buudien",
    "representative": "daidien",
    "post_clerk": "giaodichvien",
    "volunteer": "tinhnguyen",
    "technical_administrator": "kythuat",
    "inspector": "thanhtra",
    "specialist": "chuyenvien1.soxaydung",
    "section_head": "truongphong.soxaydung",
    "director": "giamdoc.soxaydung",
    "deputy_director": "phogiamdoc.soxaydung",
    "next commune: reception_officer": "tiepnhan1.mauhai",
    "next commune: chair": "chutich.mauhai",
    "province: technical_administrator": "quantritinh",
    "province: catalogue_officer": "danhmuctinh",
}
EVERYBODY = frozenset(PEOPLE)
BLIND = frozenset(
    {
        "catalogue_officer",
        "postal_officer",
        "representative",
        *HELPERS,
        "technical_administrator",
        "province: technical_administrator",
        "province: catalogue_officer",
    }
)
BEYOND = frozenset({"next commune: reception_officer", "next commune: chair"})
# Seats of a department, which has no part in a dossier of Xã Mẫu; its leaders open the pages that a chair next door
# does.
ELSEWHERE = frozenset({"specialist", "section_head", "director", "deputy_director"})
ALIKE = dict.fromkeys(("director", "deputy_director"), "next commune: chair")
# Those for whom a dossier of Xã Mẫu exists.
READERS = EVERYBODY - BLIND - BEYOND - ELSEWHERE
# Its receipt carries the citizen's PIN: only who works for the desk's agency, and not who only oversees.
PRINTERS = READERS - {"inspector", "hotline"}
HOTLINE = frozenset({"hotline"})  # sees states and dates on its own pages, and no other page
DESK = frozenset({"reception_officer"})
JUSTICE = frozenset({"justice_officer"})
NOBODY: frozenset[str] = frozenset()
LEADERS = frozenset({"chair", "vice_chair"})
CLERK = frozenset({"clerk"})
# Certification books name people: the desk, its manager, who signs or seals, and inspectors.
BOOK_READERS = DESK | JUSTICE | LEADERS | CLERK | {"desk_manager", "inspector"}
# Whoever works on dossiers may find a fault in a result; a leader confirms that it is opened again.
FINDERS = DESK | JUSTICE | LEADERS | CLERK | {"desk_manager", "economic_section", "culture_society_section"}
# Who gives results out, and who watches over them.
WATCHERS = LEADERS | {"desk_manager", "inspector"}
REGISTER = WATCHERS | DESK
POSTERS = DESK | {"desk_manager", "catalogue_officer"}
POST = frozenset({"postal_officer"})
GIVERS = DESK | POST | LEADERS | {"desk_manager", "inspector"}
ADMINISTRATORS = frozenset({"technical_administrator", "province: technical_administrator"})
CASHIER = frozenset({"cashier"})
ABSENT = 404  # told as if it did not exist
PADS = DESK | LEADERS | {"desk_manager"}
NEXT_DESK = frozenset({"next commune: reception_officer"})
# Situations in which a dossier of Xã Mẫu exists for the next commune too.
SHARED = frozenset({"transferred", "handed_on", "for_next", "for_next_ready"})
# Who the next commune has posted to Xã Mẫu's desk, and the situations in which a dossier came in there for it.
POSTED = frozenset({"representative"})
REPRESENTED = frozenset({"handed_on", "for_next", "for_next_ready"})
