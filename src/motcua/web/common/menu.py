"""The main parts, and for which seats they stand in the menu. What is closed stays closed without it, too."""

from dataclasses import dataclass

from motcua.access_log.selectors import READERS as ASKED_READERS
from motcua.agencies.positions import BLIND, LEADERS, LEADS, POSITION_KINDS, REPRESENTATIVE, WORKING
from motcua.calendars.policy import PUBLISHERS
from motcua.dossiers.assisting import BY_SEAT
from motcua.dossiers.overview import READERS as WATCHES
from motcua.dossiers.register import READERS as READS_REGISTER
from motcua.dossiers.results import READERS as GIVES_OUT
from motcua.kernel.say import Say
from motcua.payments.policy import SEATS, Deed

_READERS = frozenset(POSITION_KINDS) - BLIND
HOTLINE = frozenset({"hotline"})  # finds on a page of its own, and has no work list
TAKES, READS_MONEY = SEATS[Deed.TAKE], SEATS[Deed.READ]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the page's URL name, its words, the kinds of seats that see it."""

    url_name: str
    label: Say
    kinds: frozenset[str] = frozenset()
    public: bool = False


MENU = (
    Entry("home", Say("Trang đầu", "Start"), public=True),
    Entry("track", Say("Tra cứu hồ sơ", "Track a dossier"), public=True),
    Entry("my_dossiers", Say("Hồ sơ của tôi", "My dossiers"), public=True),
    Entry("hotline", Say("Đường dây nóng", "Hotline"), HOTLINE),
    Entry("inbox", Say("Việc cần làm", "Inbox"), _READERS - HOTLINE | {REPRESENTATIVE}),
    Entry("signing", Say("Phòng ký", "Signing room"), LEADS),
    Entry("plan", Say("Kế hoạch", "Plan"), WORKING),
    Entry("load", Say("Khối lượng việc", "Load"), LEADS),
    Entry("consultations", Say("Lấy ý kiến", "Consultation"), WORKING),
    Entry("receive", Say("Tiếp nhận", "Receive"), frozenset({"reception_officer", REPRESENTATIVE})),
    Entry("assist", Say("Nộp giúp", "Help to hand in"), frozenset(BY_SEAT)),
    Entry("certification", Say("Chứng thực", "Certification"), frozenset({"reception_officer"})),
    Entry("results", Say("Trả kết quả", "Results"), GIVES_OUT | {REPRESENTATIVE}),
    Entry("collect", Say("Thu tiền", "Cashier"), TAKES),
    Entry("cash_books", Say("Sổ quỹ", "Cash books"), READS_MONEY),
    Entry("board", Say("Bảng điều hành", "Board"), WATCHES),
    Entry("register", Say("Sổ theo dõi", "Register"), READS_REGISTER),
    Entry("lookups", Say("Nhật ký tra cứu", "Look-ups"), ASKED_READERS),
    Entry("prints", Say("Niêm yết", "Posting"), frozenset({"catalogue_officer", "desk_manager"})),
    Entry("findings", Say("Danh mục", "Catalogue"), frozenset({"catalogue_officer"})),
    Entry("people", Say("Người và vị trí", "People and seats"), frozenset({"technical_administrator"})),
    Entry("absences", Say("Vắng mặt", "Absences"), WORKING | {"technical_administrator"}),
    Entry("mergers", Say("Sáp nhập", "Mergers"), frozenset({"inspector"})),
    Entry("calendar", Say("Lịch làm việc", "Calendar"), PUBLISHERS),
    Entry(
        "certification_books",
        Say("Sổ chứng thực", "Certification books"),
        frozenset({"reception_officer", "desk_manager", "justice_officer", "clerk", "inspector"}) | LEADERS,
    ),
    Entry("territory", Say("Địa bàn", "Territory"), LEADS),
    Entry("certification_signers", Say("Giao ký", "Signers"), LEADERS),
    Entry(
        "transfers",
        Say("Chuyển, nhận chuyển", "Transfers"),
        frozenset({"reception_officer", "desk_manager"}),
    ),
    Entry(
        "message_log",
        Say("Nhật ký gửi tin", "Messages"),
        frozenset({"desk_manager", "technical_administrator"}),
    ),
    Entry("pads", Say("Sổ giấy", "Paper pads"), frozenset({"desk_manager"})),
    Entry("dossiers", Say("Hồ sơ", "Dossiers"), _READERS - HOTLINE | {REPRESENTATIVE}),
)
