"""What messages say: a table of what is told, in both languages. Pure.

A text message is written without accents, so that it fits one message of the old 7-bit alphabet on every telephone,
and says no more than code, state, date and where to look (ADR 0039). No name stands in any message.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from motcua.kernel.say import Say
from motcua.notifications.about import UNFILED, UNFILED_TITLES, About

LONGEST_SMS = 160
# GSM 03.38's basic alphabet, as far as it is ASCII: what others take two places, or change the alphabet of the whole.
GSM = frozenset("@$_ !\"#%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told of. `told` fills the places of the sentences, in the language asked for where it matters. `code` is
    "" before there is a dossier.

    `is_own`: the reader handed it in from home, so `link` leads to its page in their account, and no receipt was
    printed; `shorter`: where a text message leads that `link` is too long for.
    """

    code: str
    procedure: Say
    desk: Say
    phone: str
    link: str
    told: Mapping[str, Say | str] = field(default_factory=dict)
    is_own: bool = False
    shorter: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """Where a reader sees the dossier: its name, how it is opened, how a text message announces it; what they bring."""

    page: Say
    opened: Say
    announced: Say
    bring: Say


_TRACKING = Door(
    Say("trang tra cứu", "the tracking page"),
    Say(
        "Tra cứu (bằng mã hồ sơ và mã tra cứu in trên giấy tiếp nhận)",
        "Track it (with the code and PIN of the receipt)",
    ),
    Say("Tra cuu:", "Track:"),
    Say("giấy tiếp nhận và giấy tờ tùy thân", "the receipt and an identity paper"),
)
_OWN = Door(
    Say("“Hồ sơ của tôi”", "“My dossiers”"),
    Say("Xem hồ sơ (đăng nhập bằng tài khoản định danh)", "See it (sign in with your identity account)"),
    Say("Xem:", "See:"),
    Say("giấy tờ tùy thân", "an identity paper"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A message ready to go: what stands in `subject` and `body`; a text message has no subject."""

    subject: str
    body: str


ABOUT: Mapping[str, About] = {
    **UNFILED,
    "submitted": About(
        Say("Đã nhận được hồ sơ gửi đến", "Your dossier has arrived"),
        Say(
            "Chúng tôi đã nhận được hồ sơ của ông/bà. Hồ sơ được kiểm tra và trả lời trước {answer_by}.",
            "We have your dossier. It is checked and answered before {answer_by}.",
        ),
        Say(
            "Ho so {code} da den noi, tra loi truoc {answer_by}.",
            "Dossier {code} arrived, answer by {answer_by}.",
        ),
        asked_for=True,
    ),
    "received": About(
        Say("Hồ sơ đã được tiếp nhận, hẹn trả {due}", "Dossier received, due {due}"),
        Say(
            "Hồ sơ của ông/bà đầy đủ và đã được tiếp nhận. Hẹn trả kết quả: {due}.",
            "Your dossier is complete and was received. The result is due {due}.",
        ),
        Say("Ho so {code} da tiep nhan, hen tra {due}.", "Dossier {code} received, due {due}."),
    ),
    "received_for": About(
        Say("Hồ sơ đã được tiếp nhận", "Dossier received"),
        Say(
            "Hồ sơ của ông/bà đã được tiếp nhận và chuyển đến cơ quan có thẩm quyền. Dự kiến trả kết quả: {due}. "
            "Ngày hẹn chính thức sẽ được báo khi cơ quan ấy nhận hồ sơ.",
            "Your dossier was received and goes to the competent agency. The result is expected {due}. "
            "The firm date follows when that agency has it.",
        ),
        Say(
            "Ho so {code} da tiep nhan, du kien tra {due}. Ngay hen chinh thuc se bao sau.",
            "Dossier {code} received, expected {due}. The firm date follows.",
        ),
    ),
    "received_open": About(
        Say("Hồ sơ đã được tiếp nhận", "Dossier received"),
        Say(
            "Hồ sơ của ông/bà đầy đủ và đã được tiếp nhận. Khi có kết quả, chúng tôi sẽ báo.",
            "Your dossier is complete and was received. You are told when the result is there.",
        ),
        Say(
            "Ho so {code} da tiep nhan, co ket qua se bao.",
            "Dossier {code} received; you are told of the result.",
        ),
    ),
    "half_way": About(
        Say("Hồ sơ đang được giải quyết đúng hẹn", "Your dossier is under way"),
        Say(
            "Hồ sơ của ông/bà đã qua nửa thời hạn và đang được giải quyết. Ngày hẹn trả vẫn là {due}.",
            "Half the time of your dossier has passed and it is being worked on. It is still due {due}.",
        ),
        Say(
            "Ho so {code} da qua nua thoi han, dang giai quyet, van hen tra {due}.",
            "Dossier {code} is half way, in process, still due {due}.",
        ),
    ),
    "papers": About(
        Say("Cần bổ sung giấy tờ, đến hết ngày {until}", "Papers are missing, due by {until}"),
        Say(
            "Hồ sơ còn thiếu giấy tờ nên phải chờ ông/bà bổ sung, đến hết ngày {until}. Xem giấy tờ còn thiếu ở "
            "{page}, rồi nộp tại nơi đã nộp hồ sơ; hồ sơ nộp trực tuyến thì gửi ở “Hồ sơ của tôi”.",
            "Your dossier lacks papers and waits for them until the end of {until}. They are listed on {page}; "
            "bring them where you handed the dossier in, or send them at “My dossiers” if you handed it in online.",
        ),
        Say(
            "Ho so {code} can bo sung giay to, den het ngay {until}.",
            "Dossier {code} waits for papers from you until {until}.",
        ),
        telephone=True,
    ),
    "payment": About(
        Say("Cần nộp phí, lệ phí: {amount} đồng", "To be paid: {amount} VND"),
        Say(
            "Hồ sơ chờ ông/bà nộp {amount} đồng phí, lệ phí: tại nơi đã nộp hồ sơ, hoặc theo cách ghi ở {page}.",
            "Your dossier waits for a payment of {amount} VND: where you handed it in, or as told on {page}.",
        ),
        Say(
            "Ho so {code} cho nop phi, le phi {amount} dong.",
            "Dossier {code} waits for {amount} VND to be paid.",
        ),
        telephone=True,
    ),
    "delay": About(
        Say("Xin lỗi vì chậm trả kết quả, hẹn lại {day}", "We are late and sorry; new date {day}"),
        Say(
            "Cơ quan chưa giải quyết xong hồ sơ của ông/bà đúng hẹn. Chúng tôi xin lỗi và hẹn lại ngày {day}.",
            "Your dossier could not be finished in time. We are sorry; the new date is {day}.",
        ),
        Say(
            "Xin loi ong/ba, ho so {code} cham hen, hen lai ngay {day}.",
            "Sorry, dossier {code} is late, new date {day}.",
        ),
        telephone=True,
    ),
    "moved": About(
        Say("Ngày hẹn trả thay đổi: {due}", "The due date moves: {due}"),
        Say(
            "Ngày hẹn trả kết quả hồ sơ của ông/bà chuyển sang {due}. Lý do xem ở {page}.",
            "The due date of your dossier moves to {due}. See why on {page}.",
        ),
        Say("Ho so {code} doi ngay hen tra: {due}.", "Dossier {code} has a new due date: {due}."),
        telephone=True,
    ),
    "firm": About(
        Say("Ngày hẹn trả chính thức: {due}", "The firm due date: {due}"),
        Say(
            "Cơ quan có thẩm quyền đã nhận hồ sơ của ông/bà. Hẹn trả kết quả: {due}.",
            "The competent agency has your dossier. The result is due {due}.",
        ),
        Say("Ho so {code} co ngay hen tra chinh thuc: {due}.", "Dossier {code} has a firm due date: {due}."),
        telephone=True,
    ),
    "transferred": About(
        Say("Hồ sơ được chuyển đến cơ quan có thẩm quyền", "Your dossier goes to another agency"),
        Say(
            "Hồ sơ của ông/bà được chuyển đến {agency}. Ông/bà không phải nộp lại; "
            "ngày hẹn trả sẽ được báo khi cơ quan ấy nhận hồ sơ.",
            "Your dossier goes to {agency}. You need not hand it in again; "
            "the due date follows when that agency has it.",
        ),
        Say(
            "Ho so {code} chuyen den co quan co tham quyen, khong phai nop lai.",
            "Dossier {code} goes to the competent agency; nothing to hand in again.",
        ),
    ),
    "ready": About(
        Say("Đã có kết quả", "The result is ready"),
        Say(
            "Hồ sơ của ông/bà đã có kết quả. Mời ông/bà đến {desk} nhận, mang theo {bring}.",
            "The result of your dossier is ready. Collect it at {desk}; bring {bring}.",
        ),
        Say(
            "Ho so {code} da co ket qua, moi den nhan.",
            "The result of dossier {code} is ready to be collected.",
        ),
        telephone=True,
    ),
    "sent_to_you": About(
        Say("Đã có kết quả", "The result is ready"),
        Say(
            "Hồ sơ của ông/bà đã có kết quả. Kết quả được gửi đến ông/bà theo cách đã chọn khi nộp.",
            "The result of your dossier is ready. It is sent to you in the way chosen when it was handed in.",
        ),
        Say(
            "Ho so {code} da co ket qua va se duoc gui den.",
            "The result of dossier {code} is ready and is sent.",
        ),
        telephone=True,
    ),
    "collect": About(
        Say("Nhắc nhận kết quả", "Your result waits for you"),
        Say(
            "Kết quả hồ sơ của ông/bà vẫn chờ ở {desk}. Mời ông/bà đến nhận, mang theo {bring}.",
            "The result of your dossier still waits at {desk}. Bring {bring}.",
        ),
        Say(
            "Ket qua ho so {code} van cho, moi den nhan.",
            "The result of dossier {code} still waits to be collected.",
        ),
        telephone=True,
    ),
    "papers_again": About(
        Say("Nhắc bổ sung giấy tờ", "Papers are still missing"),
        Say(
            "Hồ sơ chờ giấy tờ ông/bà bổ sung từ {since}, đến hết ngày {until}. Sau ngày ấy hồ sơ có thể bị dừng "
            "giải quyết.",
            "Your dossier has waited for papers since {since}, and waits until the end of {until}. "
            "After that it may be stopped.",
        ),
        Say(
            "Ho so {code} cho bo sung giay to tu {since} den het ngay {until}.",
            "Dossier {code} has waited for papers since {since}, until {until}.",
        ),
        telephone=True,
    ),
    "papers_over": About(
        Say("Đã hết thời gian bổ sung giấy tờ", "The time to bring papers is over"),
        Say(
            "Thời gian bổ sung giấy tờ đã hết ngày {until}. Hồ sơ có thể bị dừng giải quyết; khi chưa có thông báo "
            "dừng, ông/bà vẫn bổ sung được.",
            "The time to bring papers ended on {until}. The dossier may be stopped; as long as you have no notice "
            "of that, you can still bring them.",
        ),
        Say(
            "Ho so {code} het thoi gian bo sung giay to ngay {until}, co the bi dung.",
            "Dossier {code}: the time to bring papers ended {until}, it may be stopped.",
        ),
        telephone=True,
    ),
    "refused": About(
        Say("Hồ sơ không được tiếp nhận", "Your dossier was refused"),
        Say(
            "Hồ sơ của ông/bà không được tiếp nhận. Lý do ghi trong phiếu từ chối; chưa có phiếu thì hỏi tại quầy.",
            "Your dossier was not received. The notice of refusal says why; ask the desk if you have none.",
        ),
        Say("Ho so {code} khong duoc tiep nhan.", "Dossier {code} was refused."),
    ),
    "stopped": About(
        Say("Hồ sơ dừng giải quyết", "Your dossier was stopped"),
        Say(
            "Hồ sơ của ông/bà dừng giải quyết. Lý do ghi trong thông báo; chưa có thì hỏi tại quầy.",
            "Your dossier was stopped. The notice says why; ask the desk if you have none.",
        ),
        Say("Ho so {code} dung giai quyet.", "Dossier {code} was stopped."),
    ),
    "withdrawn": About(
        Say("Đã rút hồ sơ", "Your dossier is withdrawn"),
        Say(
            "Hồ sơ đã được rút theo yêu cầu của ông/bà. Nếu không phải ông/bà yêu cầu, hãy báo ngay cho quầy.",
            "The dossier was withdrawn as you asked. If you did not ask for it, tell the desk at once.",
        ),
        Say("Ho so {code} da duoc rut theo yeu cau.", "Dossier {code} was withdrawn as asked."),
        asked_for=True,
    ),
    "preferences": About(
        Say("Đã đổi cách nhận tin", "How you are told has changed"),
        Say(
            "Cách nhận tin về hồ sơ vừa được đổi ở trang tra cứu. Nếu không phải ông/bà đổi, hãy báo cho quầy.",
            "How you are told of your dossier was changed on the tracking page. If it was not you, tell the desk.",
        ),
        Say(
            "Vua doi cach nhan tin cua ho so {code}. Neu khong phai ong/ba, hay bao quay.",
            "How you are told of dossier {code} was changed. If it was not you, tell the desk.",
        ),
        asked_for=True,
    ),
}

# What lists call them.
TITLES: Mapping[str, Say] = {
    **UNFILED_TITLES,
    "submitted": Say("Đã đến nơi", "Arrived"),
    "received": Say("Đã tiếp nhận, ngày hẹn", "Received, due date"),
    "received_for": Say("Đã tiếp nhận, ngày dự kiến", "Received, expected date"),
    "received_open": Say("Đã tiếp nhận", "Received"),
    "half_way": Say("Nửa thời hạn", "Half-way"),
    "papers": Say("Cần bổ sung giấy tờ", "Papers missing"),
    "payment": Say("Cần nộp phí, lệ phí", "To be paid"),
    "delay": Say("Xin lỗi, hẹn lại", "Apology, new date"),
    "moved": Say("Ngày hẹn thay đổi", "Due date moved"),
    "firm": Say("Ngày hẹn chính thức", "Firm due date"),
    "transferred": Say("Chuyển cơ quan", "Transferred"),
    "ready": Say("Mời nhận kết quả", "Result ready"),
    "sent_to_you": Say("Kết quả được gửi đến", "Result is sent"),
    "collect": Say("Nhắc nhận kết quả", "Reminder to collect"),
    "papers_again": Say("Nhắc bổ sung giấy tờ", "Reminder of papers"),
    "papers_over": Say("Hết thời gian bổ sung", "Time for papers over"),
    "refused": Say("Từ chối tiếp nhận", "Refused"),
    "stopped": Say("Dừng giải quyết", "Stopped"),
    "withdrawn": Say("Đã rút hồ sơ", "Withdrawn"),
    "preferences": Say("Đổi cách nhận tin", "How to be told changed"),
}
_GREETING = Say("Kính gửi ông/bà,", "Dear applicant,")
_CODE = Say("Mã hồ sơ", "Dossier code")
_PROCEDURE = Say("Thủ tục", "Procedure")
_ASK = Say("Hỏi tại", "Ask at")
_FOOT = Say(
    "Thư này do hệ thống gửi tự động. Đổi ngôn ngữ, kênh nhận tin hoặc thôi nhận tin ở {page}.",
    "This message was sent by the system. Change language and channels, or stop messages, on {page}.",
)


def written(about: str, facts: Facts, language: str) -> Text:
    """The message as it is read in an account: a subject and sentences."""
    says = ABOUT[about]
    places = _places(facts, language)
    return Text(says.subject(language).format_map(places), says.sentences(language).format_map(places))


def mailed(about: str, facts: Facts, language: str) -> Text:
    """The same as an e-mail: with the code, where to look, whom to ask."""
    text = written(about, facts, language)
    lines = [
        *([f"{_CODE(language)}: {facts.code}"] if facts.code else []),
        f"{_PROCEDURE(language)}: {facts.procedure(language)}",
        f"{_door(facts).opened(language)}: {facts.link}",
        f"{_ASK(language)}: {facts.desk(language)}{f', {facts.phone}' if facts.phone else ''}",
    ]
    body = [
        _GREETING(language),
        text.body,
        "\n".join(lines),
        _FOOT(language).format_map(_places(facts, language)),
    ]
    return Text(f"{text.subject} – {facts.code}" if facts.code else text.subject, "\n\n".join(body))


def texted(about: str, facts: Facts, language: str) -> Text:
    """The same as one text message without accents; the longest address that it has room for stands in it,
    else none."""
    short = plain(ABOUT[about].short(language).format_map(_places(facts, language)))
    links = [link for link in (facts.link, facts.shorter) if link]
    whole = (plain(f"{short} {_door(facts).announced(language)} {link}") for link in links)
    return Text("", next((text for text in whole if len(text) <= LONGEST_SMS), short[:LONGEST_SMS]))


def plain(text: str) -> str:
    """`text` in the letters that every telephone has."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c if c in GSM else "-" for c in bare if not unicodedata.combining(c))


def as_html(body: str) -> str:
    """The plain text of an e-mail as its simple HTML part."""
    parts = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in body.split("\n\n"))
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{parts}</body></html>'


def _places(facts: Facts, language: str) -> dict[str, str]:
    told = {name: t(language) if isinstance(t, Say) else t for name, t in facts.told.items()}
    door = {"page": _door(facts).page(language), "bring": _door(facts).bring(language)}
    return {"code": facts.code, "desk": facts.desk(language), **door, **told}


def _door(facts: Facts) -> Door:
    return _OWN if facts.is_own else _TRACKING
