"""What this surface calls things, in both languages, as data."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from motcua.agencies.positions import POSITION_KINDS
from motcua.calendars.editions import HOUR
from motcua.calendars.terms import HOUR_UNITS
from motcua.calendars.words import amount_words
from motcua.catalogue.shapes import Limit
from motcua.dossiers import sight
from motcua.dossiers.attachments import CONSENT, OPINION, PROOF, QUESTION, SHEET
from motcua.flows.proven import Instead
from motcua.kernel.say import Say
from motcua.parties.papers import PAPERS

OUTCOMES: Mapping[str, Say] = {
    "granted": Say("Đồng ý giải quyết", "Granted"),
    "partly": Say("Đồng ý một phần", "Partly granted"),
    "refused": Say("Không đồng ý", "Refused"),
}
# How a stay in a step ended: its outcome, or what else took the dossier out of it.
TAKES_PART = Say("Được tham gia lại", "Takes part again")
STAY_ENDS: Mapping[str, Say] = {
    **OUTCOMES,
    "returned": Say("Trả lại bước trước", "Returned to an earlier step"),
    "recalled": Say("Người chuyển rút lại", "Recalled by who sent it"),
    "decided": Say("Ban hành kết quả", "Result issued"),
    "corrected": Say("Đính chính tiếp nhận", "Reception corrected"),
    "transferred": Say("Chuyển cơ quan khác", "Handed on to another agency"),
    "moved": Say("Tiếp tục theo phiên bản mới của quy trình", "Goes on under a new version of the process"),
    "ended": Say("Hồ sơ kết thúc", "The dossier ended"),
}
ROLES: Mapping[str, Say] = {
    "applicant": Say("Chủ hồ sơ", "Applicant"),
    "subject": Say("Người được giải quyết", "Subject"),
    "right_holder": Say("Người có quyền", "Right holder"),
    "household": Say("Hộ gia đình", "Household"),
    "representative": Say("Người đại diện", "Representative"),
    "submitter": Say("Người nộp", "Submitter"),
    "notified": Say("Người được báo tin", "Notified"),
    "recipient": Say("Người nhận kết quả", "Recipient"),
}
CHANNELS: Mapping[str, Say] = {
    "counter": Say("trực tiếp", "at the counter"),
    "online": Say("trực tuyến", "online"),
    "post": Say("bưu chính", "by post"),
}
HANDED_IN_FOR = Say("nộp hộ", "handed in for somebody")
AS_FILE = Say("gửi bằng tệp", "sent as a file")
AS_FORM = Say("khai theo mẫu điện tử", "filled in as an electronic form")
# Files of no paper of the procedure: what they show instead.
EVIDENCE: Mapping[str, Say] = {
    PROOF: Say("Bằng chứng đã nhận", "Proof of receipt"),
    SHEET: Say("Ảnh tờ sổ giấy", "Photo of the paper pad's sheet"),
    CONSENT: Say("Phiếu đồng ý nhờ nộp hồ sơ", "Sheet of consent to hand in"),
    QUESTION: Say("Văn bản gửi kèm khi lấy ý kiến", "Sent with a question to others"),
    OPINION: Say("Văn bản trả lời ý kiến", "An opinion that was given"),
}
# The parts that a process hides from a position.
HIDDEN: Mapping[str, Say] = {
    sight.PEOPLE: Say("người trong hồ sơ", "the people"),
    sight.FORM: Say("nội dung tờ khai", "what the form says"),
    sight.PAPERS: Say("giấy tờ và tệp", "papers and files"),
}
OLDER, NEWER = Say("bản cũ", "earlier file"), Say("bản mới", "new file")
SUPPLIED = Say("đã bổ sung", "supplied")
OTHER_ITEM = Say("mục khác (xem hồ sơ)", "something else (see the dossier)")
OTHER_PAPERS = Say("Giấy tờ khác", "Other papers")
SHOWN = Say("đã xuất trình", "shown and given back")
LOOKED_UP = Say("đã tra cứu", "looked up")
# What stands in the place of a paper when a dossier that was handed in is received.
INSTEAD: Mapping[Instead, Say] = {
    Instead.LOOKED_UP: LOOKED_UP,
    Instead.CONFIRMED: Say("Cơ sở dữ liệu dân cư đã xác nhận", "Confirmed by the population register"),
    Instead.HEARD: Say(
        "Cơ sở dữ liệu dân cư đã cho dữ liệu, khác với lời khai",
        "Given by the population register, otherwise than told",
    ),
    Instead.SIGNED_IN: Say(
        "Người nộp đã đăng nhập bằng tài khoản định danh điện tử",
        "Who applies has signed in with their electronic identity",
    ),
}
FILTERS: Mapping[str, Say] = {
    "": Say("Tất cả", "All"),
    "open": Say("Đang mở", "Open"),
    "late": Say("Quá hạn", "Late"),
    "waiting": Say("Chờ bổ sung", "Waiting for papers"),
    "supplied_once": Say("Đã bổ sung một lần", "Supplied once"),
    "suspended": Say("Tạm dừng", "Suspended"),
    "degraded": Say("Chờ đối chiếu", "To be checked"),
    "ready": Say("Chờ trả kết quả", "To be handed over"),
    "ended": Say("Đã kết thúc", "Ended"),
}
MEDIUMS: Mapping[str, Say] = {
    "wet_ink": Say("Bản giấy, ký tay và đóng dấu", "On paper, signed by hand and sealed"),
    "electronic": Say("Bản điện tử, ký số", "Electronic, signed digitally"),
}
WAYS: Mapping[str, Say] = {
    "in_person": Say("Chủ hồ sơ nhận trực tiếp", "In person, to the applicant"),
    "authorised": Say("Người được ủy quyền nhận", "To an authorised person"),
    "post": Say("Gửi qua bưu chính", "By post"),
}
TOLD: Mapping[str, Say] = {
    "phone": Say("Gọi điện thoại", "By phone"),
    "sms": Say("Nhắn tin", "By text message"),
    "letter": Say("Gửi thư", "By letter"),
    "in_person": Say("Báo trực tiếp", "In person"),
}
REACHED: Mapping[str, Say] = {
    "yes": Say("Đã báo được", "They know now"),
    "no": Say("Chưa liên lạc được", "They could not be reached"),
}
MOVED: Mapping[str, Say] = {
    "result": Say("Kết quả giải quyết", "The result"),
    "originals": Say("Bản chính của người dân mà cơ quan đang giữ", "The citizen's originals in our custody"),
}
PLACES: Mapping[str, Say] = {
    "shelf": Say("Để tại quầy", "To the desk's shelf"),
    "officer": Say("Giao người giải quyết", "To the officer"),
}
RECEIVED_BY: Mapping[str, Say] = {
    "paper": Say("Ký nhận trên giấy", "Signature on paper"),
    "screen": Say("Ký trên màn hình", "Signature on the screen"),
    "photo": Say("Ảnh chụp giấy đã ký", "Photo of the signed paper"),
    "post": Say("Phiếu phát của bưu chính", "The post's delivery slip"),
}
PROOFS: Mapping[str, Say] = {
    **{code: PAPERS[code].label for code in ("citizen_id", "old_id", "passport")},
    "authorisation": Say("Văn bản ủy quyền và giấy tờ tùy thân", "Authorisation and an identity paper"),
    "postal_slip": Say("Phiếu gửi bưu chính", "Postal slip"),
    "other": PAPERS["other"].label,
}
# Which checks and proofs fit which way of handing over: way -> (checks, proofs), the usual one first.
FITTING: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "in_person": (("citizen_id", "old_id", "passport", "other"), ("paper", "screen", "photo")),
    "authorised": (("authorisation",), ("paper", "screen", "photo")),
    "post": (("postal_slip",), ("post", "photo")),
}
TRANSFER_WAYS: Mapping[str, Say] = {
    "electronic": Say("Chuyển điện tử, không kèm giấy tờ", "Electronically, without papers"),
    "manifest": Say("Kèm giấy tờ, theo phiếu bàn giao", "With papers, by manifest"),
}
PAPERS_CAME: Mapping[str, Say] = {
    "not": Say("Chưa đến quầy này", "Not come to this desk"),
    "came": Say("Đã đến quầy này", "Come to this desk"),
}
TRANSFER_LISTS: Mapping[str, Say] = {
    "waiting": Say("Chờ nhận chuyển", "Waiting for acceptance"),
    "sent": Say("Đang chuyển đi", "Sent by us"),
    "to_tell": Say("Cần gọi điện", "To telephone"),
}
TOLD_BY: Mapping[str, Say] = {
    "phone": Say("Đã gọi điện", "By telephone"),
    "sms": Say("Đã nhắn tin", "By text message"),
    "email": Say("Đã gửi thư điện tử", "By e-mail"),
    "letter": Say("Đã gửi văn bản", "By letter"),
    "in_person": Say("Đã báo tại quầy", "At the counter"),
}
TO_TELL: Mapping[str, Say] = {
    "due_date": Say("Ngày hẹn trả chính thức", "The firm due date"),
    "due_moved": Say("Ngày hẹn trả thay đổi", "The due date moved"),
    "papers": Say("Giấy tờ còn thiếu", "Papers are missing"),
    "payment": Say("Khoản phải nộp", "What is to be paid"),
    "delay": Say("Chậm hẹn, hẹn lại", "The delay and the new date"),
    "received": Say("Đã tiếp nhận, ngày hẹn trả", "Received, the due date"),
    "refused": Say("Không tiếp nhận hồ sơ, và vì sao", "The refusal, and why"),
    "stopped": Say("Dừng giải quyết, và vì sao", "The stop, and why"),
}
STOP_WORDS: Mapping[str, Say] = {
    "supplement_window_over": Say("Hết thời gian bổ sung giấy tờ", "The time to supply papers is over"),
    "payment_window_over": Say("Hết thời gian nộp phí, lệ phí", "The time to pay is over"),
    "request_of_applicant": Say("Theo yêu cầu của chủ hồ sơ", "At the applicant's request"),
    "law": Say("Theo quy định của pháp luật", "By law"),
}
FAULTS: Mapping[str, Say] = {
    "office": Say("Cơ quan giải quyết", "The office"),
    "applicant": Say("Người nộp hồ sơ", "The applicant"),
}
YES_NO: Mapping[str, Say] = {"yes": Say("Có", "Yes"), "no": Say("Không", "No")}
TWIN = Say("Trùng với hồ sơ", "Duplicate of")
SAME_APPLICANT = Say("Cùng chủ hồ sơ", "Same applicant")
FROM_STEP = Say("Làm lại từ bước", "Begin again with step")
FAULT = Say("Lỗi do", "Whose fault")
VARIANT = Say("Trường hợp", "Variant")
NONE = Say("không có", "none")
REVOKED = Say("Kết quả đã thu hồi", "Result revoked")
# What hides behind "stopped", by its ground.
# The parts of a person that a correction may change.
OF_A_PERSON: Mapping[str, Say] = {
    "name": Say("họ tên", "name"),
    "paper": Say("giấy tờ tùy thân", "identity paper"),
    "born_on": Say("ngày sinh", "date of birth"),
    "sex": Say("giới tính", "sex"),
    "phone": Say("điện thoại", "telephone"),
    "email": Say("thư điện tử", "e-mail"),
    "address": Say("địa chỉ", "address"),
}
# How a question to the population register ended.
LOOKUPS: Mapping[str, Say] = {
    "found": Say("đã tra CSDL dân cư", "looked up in the population register"),
    "not_found": Say("CSDL dân cư không tìm thấy", "not found in the population register"),
    "silent": Say("CSDL dân cư không trả lời", "the population register did not answer"),
    "unreadable": Say(
        "CSDL dân cư trả lời không đọc được", "the population register's answer was unreadable"
    ),
    "failed": Say("CSDL dân cư báo lỗi", "the population register answered with an error"),
    "unasked": Say(
        "chưa tra: CSDL dân cư khi ấy không trả lời",
        "not looked up: the population register was not answering",
    ),
}
# How one field stands with a register, or with the paper that was looked at instead.
CHECKS: Mapping[str, Say] = {
    "": Say("chờ CSDL dân cư trả lời", "waits for the population register"),
    "same": Say("khớp CSDL dân cư", "agrees with the population register"),
    "heard": Say("CSDL dân cư đã trả lời", "the population register has answered"),
    "shown": Say("đã xem giấy tờ", "a paper was looked at"),
    "differs": Say("CSDL dân cư ghi khác", "the population register has something else"),
    "unstated": Say("CSDL dân cư không có dữ liệu", "the population register has no data"),
    "not_found": Say(
        "CSDL dân cư không tìm thấy người này", "the population register does not know this person"
    ),
}
STOPPED: Mapping[str, Say] = {
    "void": Say("Đã hủy giấy tiếp nhận", "Receipt void"),
    "duplicate": Say("Đóng vì trùng", "Closed as duplicate"),
}
# How a charge stands, and in which tone it is shown.
CHARGES: Mapping[str, tuple[Say, str]] = {
    "open": (Say("chưa nộp", "to be paid"), "waiting"),
    "paid": (Say("đã nộp", "paid"), "good"),
    "waived": (Say("được miễn", "waived"), "good"),
    "nothing": (Say("không thu", "nothing to pay"), ""),
    "refunded": (Say("đã hoàn tiền", "refunded"), "paused"),
}
UNITS: Mapping[str, Say] = {
    "working_day": Say("ngày làm việc", "working days"),
    "calendar_day": Say("ngày", "calendar days"),
    "week": Say("tuần", "weeks"),
    "month": Say("tháng", "months"),
    "year": Say("năm", "years"),
    "working_hour": Say("giờ làm việc", "working hours"),
    "hour": Say("giờ", "hours"),
}


class Letter(NamedTuple):
    """A form of Circular 03/2025/TT-VPCP that tells the applicant of an act."""

    number: str
    name: Say


LETTERS: Mapping[str, Letter] = {
    "dossier_supplement_requested": Letter("02", Say("Phiếu bổ sung (PDF)", "Supplement request (PDF)")),
    "dossier_refused": Letter("03", Say("Phiếu từ chối (PDF)", "Refusal (PDF)")),
    "dossier_delay_notified": Letter("04", Say("Văn bản xin lỗi (PDF)", "Apology (PDF)")),
    "dossier_stopped": Letter("05", Say("Thông báo dừng (PDF)", "Notice of stopping (PDF)")),
}
ROUTING_SLIP = Letter("06", Say("Phiếu kiểm soát (PDF)", "Routing slip (PDF)"))
RECEIPT = Say("Giấy tiếp nhận (PDF)", "Receipt (PDF)")
APPROVE = Say("Duyệt và ký", "Approve and sign")
SIGN_LETTER = Say("Ký văn bản xin lỗi", "Sign the apology")
STALE_LETTER = Say(
    "Đặt ngày mới cho văn bản xin lỗi, hoặc trả lại", "Set a new date for the apology, or give it back"
)
SUSPENDED = Say("Đang tạm dừng", "Suspended")
PROMISE = Say("Hạn trả kết quả (cơ quan cam kết)", "Due date (the agency's promise)")
LIMIT = Say("Hạn theo quy định", "Due date by law")
DESK = Say("Bộ phận Một cửa", "The desk")
APPLICANT = ROLES["applicant"]
QUEUES: Mapping[str, Say] = {
    **{kind.queue: kind.title for kind in POSITION_KINDS.values()},
    "desk": DESK,
    "leaders": Say("Lãnh đạo UBND", "Leaders"),
}


def state(label: Say, *, suspended: bool, stop_ground: str, revoked: bool) -> Say:
    """The state in words, `label` unless something hides behind it."""
    if revoked:
        return REVOKED
    return SUSPENDED if suspended else STOPPED.get(stop_ground, label)


def of_a_person(names: list[str]) -> Say | None:
    """The parts of a person as one text; None for no part."""
    found = [OF_A_PERSON[name] for name in names]
    return Say(", ".join(w.vi for w in found), ", ".join(w.en for w in found)) if found else None


def seats(kinds: list[str]) -> Say:
    """The titles of kinds of seats, as one text."""
    titles = [POSITION_KINDS[kind].title for kind in kinds]
    return Say(", ".join(t.vi for t in titles), ", ".join(t.en for t in titles))


def queue(name: str) -> Say:
    """Whose work list "H99.01.01/leaders" is."""
    return QUEUES.get(name.rpartition("/")[2], Say("", ""))


def limit(value: Limit) -> Say:
    """A limit in words: 20 ngày, trong ngày."""
    unit = value.unit.value
    if value.value is None:
        return Say("trong ngày", "the same day") if unit == "same_day" else Say("không quy định", "not set")
    amount = value.value * (HOUR if unit in HOUR_UNITS else Decimal(1))
    return Say(*amount_words((int(amount), unit)))
