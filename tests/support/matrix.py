"""Who may open which page and do which act: design section 4, "Positions of a commune", written down a second
time by hand. It is compared with what the pages answer, so it takes nothing from the code it judges."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.dossiers.states import Act
from tests.support.matrix_assist import ASSIST_PAGES, ASSIST_PATHS, HELPERS
from tests.support.matrix_money import MONEY_PAGES, MONEY_PATHS
from tests.support.matrix_office import ANNOUNCERS, ANNOUNCING, CATALOGUE, OFFICE, PROVINCE, WATCHING
from tests.support.scenes_citizen import CITIZENS_DOOR
from tests.support.scenes_portal import FEEDS, PRINTS, WALL_PAPERS

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
# Those for whom a dossier of Xã Mẫu exists.
READERS = EVERYBODY - BLIND - BEYOND
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


@dataclass(frozen=True, slots=True)
class Rule:
    """Who gets a page (200), and what the others get; for those of `absent` it does not exist."""

    who: frozenset[str]
    others: int = 403
    absent: frozenset[str] = frozenset()
    hotline: int = 403  # told of every page that is not theirs, whether it exists or not

    def wanted(self, kind: str) -> int:
        """What a person of `kind` gets."""
        if kind == "hotline" and kind not in self.who:
            return self.hotline
        if kind in self.who:
            return 200
        return ABSENT if kind in self.absent else self.others


SENT_ONLY = 405  # no page: it takes what forms send
_OPEN = FEEDS | CITIZENS_DOOR
PUBLIC = _OPEN | frozenset(
    {
        "home",
        "sign_in",
        "sign_in_passkey",
        "sign_in_second",
        "phone",
        "phone_token",
        "unlock",
        "procedure",
        "procedure_form",
        "open_data",
        "posting",
        "postings",
        "procedures",
        "screen",
        "screen_now",
        "track",
        "track_token",
        "platform_back",
        "tracking",
        "tracking_payment",
        "tracking_messages",
        "language",
        "sign_out",
    }
)
PAGES: Mapping[str, Rule] = {
    "receive": Rule(DESK | POSTED | {"next commune: reception_officer"}),
    "received": Rule(PRINTERS, ABSENT),
    "receipt": Rule(PRINTERS, ABSENT),
    "form_letter": Rule(PRINTERS, ABSENT),
    "slip": Rule(DESK, ABSENT),
    "guidance": Rule(DESK | {"desk_manager"}, ABSENT),
    "guidance_paper": Rule(DESK | {"desk_manager"}, ABSENT),
    "guidance_answer": Rule(frozenset({"desk_manager"})),
    "guidance_refuse": Rule(DESK | POSTED | {"next commune: reception_officer"}),
    "screens": Rule(DESK | POSTED | {"next commune: reception_officer"}),
    "screen_marks": Rule(DESK | POSTED | {"next commune: reception_officer"}),
    "close_screen": Rule(NOBODY, SENT_ONLY),
    "visit_codes": Rule(DESK, ABSENT),
    "batch": Rule(DESK, ABSENT),
    "batch_template": Rule(DESK | {"next commune: reception_officer"}),
    **dict.fromkeys(("receive_batch", "drop_batch", "pin"), Rule(NOBODY, SENT_ONLY)),
    **dict.fromkeys(("resume_intake", "drop_intake"), Rule(NOBODY, SENT_ONLY)),
    "procedure_suggestions": Rule(DESK | POSTED | {"next commune: reception_officer"}),
    **{name: Rule(*rule) for name, rule in ASSIST_PAGES.items()},
    "hotline": Rule(HOTLINE),
    "hotline_dossier": Rule(HOTLINE),
    "inbox": Rule(
        EVERYBODY - HOTLINE - CATALOGUE - HELPERS, others=302, hotline=302
    ),  # their day begins on their own page
    **dict.fromkeys(("account", "password", "totp", "totp_remove"), Rule(EVERYBODY)),
    **dict.fromkeys(("recovery_codes", "passkey_add", "own_pin"), Rule(EVERYBODY)),
    "calendar": Rule(EVERYBODY - HOTLINE),
    "calendar_publish": Rule(LEADERS | ADMINISTRATORS | {"next commune: chair"}),
    "calendar_edition": Rule(EVERYBODY - HOTLINE - BEYOND - PROVINCE, ABSENT),
    "people": Rule(ADMINISTRATORS),
    "screen_lock": Rule(ADMINISTRATORS),
    **dict.fromkeys(("lock", "seen"), Rule(NOBODY, SENT_ONLY, hotline=SENT_ONLY)),
    "seats": Rule(ADMINISTRATORS),
    "rules": Rule(ADMINISTRATORS | WATCHERS | {"next commune: chair"}),
    "person_add": Rule(ADMINISTRATORS),
    "person": Rule(frozenset({"technical_administrator"}), absent=ADMINISTRATORS),
    "person_act": Rule(frozenset({"technical_administrator"}), absent=ADMINISTRATORS),
    "appointment_end": Rule(frozenset({"technical_administrator"}), absent=ADMINISTRATORS),
    "passkey_remove": Rule(
        frozenset({"province: catalogue_officer"}), ABSENT, hotline=ABSENT
    ),  # one's own only
    "prints": Rule(POSTERS | NEXT_DESK | ANNOUNCERS),
    **dict.fromkeys(WALL_PAPERS, Rule(POSTERS)),
    "board": Rule(WATCHERS | {"next commune: chair"}),
    "roster": Rule(WATCHERS | {"next commune: chair"}),
    "lookups": Rule(frozenset({"inspector"})),
    "register": Rule(REGISTER | BEYOND),
    "register_paper": Rule(REGISTER | BEYOND),
    "register_workbook": Rule(REGISTER | BEYOND),
    "results": Rule(GIVERS | POSTED | BEYOND),
    "manifests": Rule(GIVERS | BEYOND),
    "manifest": Rule(GIVERS, ABSENT),
    "manifest_paper": Rule(GIVERS, ABSENT),
    "pads": Rule(PADS | BEYOND | {"inspector"}),
    "pad": Rule(PADS, absent=BEYOND | {"inspector"}),
    "pad_paper": Rule(PADS, absent=BEYOND | {"inspector"}),
    "transfers": Rule(DESK | {"desk_manager", "next commune: reception_officer"}),
    "dossier_messages": Rule(READERS - HOTLINE, ABSENT),
    "message_log": Rule(ADMINISTRATORS | {"desk_manager"}),
    **{name: Rule(*rule) for name, rule in MONEY_PAGES.items()},
    "dossiers": Rule(EVERYBODY - BLIND - HOTLINE | POSTED),
    "dossier": Rule(READERS - HOTLINE, ABSENT),
    "attachment": Rule(READERS - HOTLINE, ABSENT),
    # Files on their way: everybody may send some, and sees their own only.
    "uploads": Rule(NOBODY, SENT_ONLY),
    "upload": Rule(DESK, ABSENT),
    "discard_upload": Rule(NOBODY, SENT_ONLY),
    "certification": Rule(DESK | {"next commune: reception_officer"}),
    "certification_refuse": Rule(DESK | {"next commune: reception_officer"}),
    "certified": Rule(BOOK_READERS, ABSENT),
    "certification_clauses": Rule(BOOK_READERS, ABSENT),
    "certification_enter": Rule(DESK, ABSENT),
    "phone_arrivals": Rule(DESK, ABSENT),
    # Who proposed it takes it back, who confirms answers; nobody else has anything to do there.
    "countersign": Rule(frozenset({"desk_manager", "reception_officer"}), 403, EVERYBODY - READERS),
    "look_up": Rule(DESK | JUSTICE, 403, EVERYBODY - READERS),
    "mend_form": Rule(DESK, 403, EVERYBODY - READERS),
    "certification_books": Rule(BOOK_READERS | BEYOND),
    "certification_book": Rule(BOOK_READERS, ABSENT),
    "certification_book_pdf": Rule(BOOK_READERS, ABSENT),
    "certification_book_xlsx": Rule(BOOK_READERS, ABSENT),
    "certification_entry": Rule(BOOK_READERS, ABSENT),
    "certification_signers": Rule(LEADERS | {"next commune: chair"}),
    **dict.fromkeys(OFFICE, Rule(CATALOGUE)),
    **dict.fromkeys(ANNOUNCING, Rule(ANNOUNCERS)),
}
PATHS: Mapping[str, str] = {
    "receive": "/dossiers/receive",
    "received": "/dossiers/{received}/received",
    "receipt": "/dossiers/{received}/receipt.pdf",
    "form_letter": "/dossiers/{supplement_requested}/forms/02.pdf",
    "slip": "/visits/{visit}/slip.pdf",
    "screens": "/screens",
    "screen_marks": "/screens/marks/{visit}",
    "close_screen": "/screens/close",
    "visit_codes": "/visits/{visit}/codes.xlsx",
    "batch": "/batches/{batch}",
    "batch_template": "/batches/template.xlsx",
    "receive_batch": "/batches/{batch}/receive",
    "drop_batch": "/batches/{batch}/drop",
    "resume_intake": "/intakes/{visit}/resume",
    "drop_intake": "/intakes/{visit}/drop",
    "pin": "/procedures/1.004873/pin",
    "procedure_suggestions": "/procedures/suggestions?q=khai",
    **ASSIST_PATHS,
    "hotline": "/hotline",
    "hotline_dossier": "/hotline/{in_process}",
    "inbox": "/inbox",
    "account": "/account",
    "password": "/account/password",
    "totp": "/account/totp",
    "totp_remove": "/account/totp/remove",
    "recovery_codes": "/account/recovery-codes",
    "passkey_add": "/account/passkeys/add",
    "calendar": "/calendar",
    "calendar_publish": "/calendar/publish",
    "calendar_edition": "/calendar/editions/{calendar}",
    "people": "/people",
    "own_pin": "/account/pin",
    "screen_lock": "/people/screen-lock",
    "lock": "/lock",
    "seen": "/seen",
    "seats": "/seats",
    "rules": "/rules",
    "person_add": "/people/add",
    "person": "/people/{person}",
    "person_act": "/people/{person}/appoint",
    "appointment_end": "/seats/appointments/{appointment}/end",
    "passkey_remove": "/account/passkeys/{passkey}/remove",
    **PRINTS,
    **WATCHING,
    "results": "/results",
    "guidance": "/guidance/{guidance}",
    "guidance_paper": "/guidance/{guidance}.pdf",
    "guidance_refuse": "/guidance/refuse",
    "guidance_answer": "/guidance/{third_return}/answer",
    "manifests": "/results/manifests",
    "manifest": "/results/manifests/{manifest}",
    "manifest_paper": "/results/manifests/{manifest}.pdf",
    "pads": "/pads",
    "pad": "/pads/S001",
    "pad_paper": "/pads/S001/print.pdf",
    "transfers": "/transfers",
    "message_log": "/messages",
    **MONEY_PATHS,
    "dossier_messages": "/dossiers/{in_process}/messages",
    "collect": "/payments",
    "take_payment": "/payments/take?code={received}",
    "payment": "/payments/receipts/{m_receipt}",
    "payment_paper": "/payments/receipts/{m_receipt}.pdf",
    "refunds": "/payments/refunds",
    "refund": "/payments/refunds/{m_refund}",
    "refund_paper": "/payments/refunds/{m_paid}.pdf",
    "cash_books": "/payments/books",
    "cash_book": "/payments/books/{m_book}",
    "cash_book_paper": "/payments/books/{m_book}.pdf",
    "receipts_workbook": "/payments/receipts.xlsx?agency=H99.01.01&first=2026-08-24&last=2026-08-26",
    "dossiers": "/dossiers",
    "dossier": "/dossiers/{in_process}",
    "attachment": "/dossiers/{received}/attachments/{attachment}",
    "uploads": "/uploads",
    "upload": "/uploads/{upload}",
    "discard_upload": "/uploads/{upload}/discard",
    "certification": "/certification",
    "certification_refuse": "/certification/refuse",
    "certified": "/certification/{c_entered}",
    "certification_clauses": "/certification/{c_entered}/clauses.pdf",
    "certification_enter": "/certification/{c_waiting}/enter",
    "phone_arrivals": "/uploads/phone/{phone_link}",
    "countersign": "/dossiers/{proposed}/countersign",
    "look_up": "/dossiers/{degraded}/look-up",
    "mend_form": "/dossiers/{birth_asked}/supply/1",
    "certification_books": "/certification/books",
    "certification_book": "/certification/books/{c_book}",
    "certification_book_pdf": "/certification/books/{c_book}.pdf",
    "certification_book_xlsx": "/certification/books/{c_book}.xlsx",
    "certification_entry": "/certification/books/{c_book}/1",
    "certification_signers": "/certification/signers",
    **OFFICE,
}
# In which situation, who: everybody else who sees the dossier is refused, nobody else sees it.
ACTS: Mapping[Act, tuple[tuple[str, frozenset[str]], ...]] = {
    Act.RECEIVE: (("submitted", DESK),),
    Act.REFUSE: (("submitted", DESK),),
    Act.REQUEST_SUPPLEMENT: (("submitted", DESK), ("in_process", JUSTICE), ("supplied", LEADERS)),
    Act.SUPPLY: (("supplement_requested", DESK),),
    Act.REQUEST_PAYMENT: (("submitted", DESK), ("received", DESK | JUSTICE), ("in_process", DESK | JUSTICE)),
    Act.CHARGE_AT_RETURN: (("decided", DESK),),
    Act.PAY: (
        ("received", CASHIER),
        ("in_process", CASHIER),
        ("payment_requested", CASHIER),
        ("charged", CASHIER),
        ("suspended", CASHIER),
    ),
    Act.WAIVE: (("received", LEADERS), ("payment_requested", LEADERS), ("charged", LEADERS)),
    Act.SET_FEE: (("fee_unknown", LEADERS | {"desk_manager"}),),
    Act.BACKFILL: (("degraded", DESK | JUSTICE),),
    Act.START: (("received", JUSTICE),),
    Act.STEP: (("in_process", JUSTICE), ("examined", LEADERS)),
    Act.RETURN_STEP: (("examined", LEADERS), ("approved", CLERK)),
    Act.ASSIGN: (("received", LEADERS), ("in_process", LEADERS), ("approved", LEADERS)),
    Act.TRANSFER: (
        ("submitted", DESK | LEADERS),
        ("received", DESK | LEADERS),
        ("in_process", DESK | LEADERS),
        ("for_next", DESK | POSTED),
    ),
    Act.ACCEPT_TRANSFER: (("transferred", NEXT_DESK),),
    Act.DECLINE_TRANSFER: (("transferred", NEXT_DESK),),
    Act.SUSPEND: (("in_process", LEADERS), ("examined", LEADERS)),
    Act.RESUME: (("suspended", LEADERS),),
    Act.EXTEND: (("received", LEADERS), ("in_process", LEADERS), ("suspended", LEADERS)),
    Act.NOTIFY_DELAY: (
        ("received", LEADERS),
        ("in_process", LEADERS),
        ("supplement_requested", LEADERS),
        ("suspended", LEADERS),
    ),
    Act.DECIDE: (("approved", CLERK),),
    Act.MAKE_AVAILABLE: (("decided", DESK),),
    Act.NOTIFY_READY: (("ready", DESK), ("for_next_ready", DESK | POSTED)),
    Act.MOVE_PAPERS: (
        ("submitted", DESK),
        ("received", DESK),
        ("in_process", DESK),
        ("supplement_requested", DESK),
        ("suspended", DESK),
        ("decided", DESK),
        ("ready", DESK),
        ("in_post", DESK | POST),
        ("for_next", DESK),
        ("for_next_ready", DESK),
    ),
    Act.GIVE_BACK_PAPERS: (("withdrawn", DESK), ("stopped", DESK), ("refused", DESK)),
    Act.HAND_OVER: (
        ("decided", DESK),
        ("ready", DESK),
        ("in_post", DESK),  # the post notes deliveries on its manifest
        ("for_next_ready", DESK | POSTED),
    ),
    Act.WITHDRAW: (
        ("for_next", DESK),
        ("submitted", DESK),
        ("received", DESK),
        ("in_process", DESK),
        ("supplement_requested", DESK),
        ("suspended", DESK),
        ("transferred", DESK),
    ),
    Act.VOID_RECEIPT: (("received", DESK),),
    Act.CLOSE_AS_DUPLICATE: (("submitted", DESK), ("received", DESK), ("in_process", DESK)),
    Act.CORRECT_RECEPTION: (("received", DESK), ("in_process", DESK)),
    Act.REOPEN_FOR_CORRECTION: (("decided", FINDERS), ("returned", FINDERS), ("revoked", FINDERS)),
    Act.REVOKE_RESULT: (("decided", LEADERS), ("returned", LEADERS)),
    Act.STOP: (("in_process", LEADERS), ("supplement_requested", LEADERS), ("suspended", LEADERS)),
}


def expected(kind: str, who: frozenset[str], situation: str) -> int:
    """What a person of `kind` gets on the page of an act that `who` may do in a situation."""
    if kind in who:
        return 200
    beyond = (
        (BEYOND, situation in SHARED),
        (POSTED, situation in REPRESENTED),
        (POST, situation == "in_post"),
    )
    readers = READERS.union(*(kinds for kinds, there in beyond if there))
    return 403 if kind in readers else ABSENT
