"""What a word to an officer says, in both languages, as data. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from motcua.calendars.words import said_day, said_end, said_moment
from motcua.kernel.say import Say
from motcua.kernel.time import parse_utc

Facts = Mapping[str, Any]
Names = Callable[[str], Say]


def _at_step(vi: str, en: str) -> Callable[[Facts, Names], Say]:
    def say(facts: Facts, names: Names) -> Say:
        step = facts.get("step")
        if not step:
            return Say(f"{vi}.", f"{en}.")
        return Say(f"{vi}, bước “{step['vi']}”.", f"{en}, step “{step['en'] or step['vi']}”.")

    return say


def _of_agency(vi: str, en: str) -> Callable[[Facts, Names], Say]:
    def say(facts: Facts, names: Names) -> Say:
        agency = names(facts["agency"])
        return Say(vi.format(agency=agency.vi), en.format(agency=agency.en))

    return say


def _of_body(vi: str, en: str) -> Callable[[Facts, Names], Say]:
    return lambda facts, names: Say(
        vi.format(name=facts["name"]), en.format(name=facts["name_en"] or facts["name"])
    )


def _due(vi: str, en: str) -> Callable[[Facts, Names], Say]:
    def say(facts: Facts, names: Names) -> Say:
        step, due = facts["step"], said_moment(parse_utc(facts["due"]))
        return Say(
            f"Bước “{step['vi']}” {vi.format(due=due.vi)}.",
            f"Step “{step['en'] or step['vi']}” {en.format(due=due.en)}.",
        )

    return say


def _of_letter(vi: str, en: str) -> Callable[[Facts, Names], Say]:
    def say(facts: Facts, names: Names) -> Say:
        day = said_day(date.fromisoformat(facts["day"]))
        return Say(f"Văn bản xin lỗi {vi}, hẹn lại {day.vi}.", f"Letter of apology {en}, new date {day.en}.")

    return say


def _letter_due(facts: Facts, names: Names) -> Say:
    by = said_moment(parse_utc(facts["due"]))
    return Say(
        f"Văn bản xin lỗi vẫn chờ ký; chậm nhất {by.vi} phải ký hoặc trả lại.",
        f"A letter of apology still waits; sign it or give it back by {by.en}.",
    )


def _absent(facts: Facts, names: Names) -> Say:
    since, until = said_moment(parse_utc(facts["since"])), said_end(parse_utc(facts["until"]))
    return Say(
        f"Bạn được ghi vắng mặt từ {since.vi} đến {until.vi}. Nếu không đúng, hãy ghi đã trở lại.",
        f"You are noted as absent from {since.en} to {until.en}. If that is not so, note that you are back.",
    )


WORDS: Mapping[str, Callable[[Facts, Names], Say]] = {
    "received": _at_step("Hồ sơ mới đến bạn", "A new dossier came to you"),
    "assigned": _at_step("Hồ sơ được giao cho bạn", "A dossier was assigned to you"),
    "handed_on": _at_step(
        "Hồ sơ được bàn giao cho bạn vì người giữ rời vị trí",
        "Handed on to you, as who had it leaves the seat",
    ),
    "taken_over": _at_step("Đồng nghiệp nhận thay việc đứng tên bạn", "A colleague took over what you had"),
    "conflict": _at_step(
        "Có người khai xung đột lợi ích, hồ sơ ở trong tay bạn",
        "Somebody declared a conflict of interest, the dossier is in your hands",
    ),
    "passed": _at_step("Hồ sơ chuyển đến bạn", "A dossier was passed on to you"),
    "put_back": _at_step(
        "Hồ sơ trả về danh sách chung của vị trí bạn", "A dossier was put back on the list of your position"
    ),
    "returned": _at_step("Hồ sơ được trả lại cho bạn", "A dossier was returned to you"),
    "reopened": _at_step("Hồ sơ mở lại để sửa kết quả", "Reopened for a correction of the result"),
    "goes_on": _at_step(
        "Người dân đã bổ sung hoặc nộp đủ, hồ sơ về lại bạn",
        "What was missing has come in, it is back with you",
    ),
    "transfer": _of_agency(
        "Hồ sơ được chuyển từ {agency}, chờ trả lời.", "Transferred by {agency}, waiting for your answer."
    ),
    "papers_wanted": _of_agency(
        "Hồ sơ chuyển đến {agency}: lập phiếu bàn giao cho giấy tờ.",
        "Transferred to {agency}: make the manifest for its papers.",
    ),
    "accepted": _at_step("Hồ sơ chuyển cơ quan đã đến bạn", "A transferred dossier came to you"),
    "declined": _of_agency(
        "{agency} không nhận chuyển, hồ sơ về lại bạn.",
        "{agency} declined the transfer, it is back with you.",
    ),
    "not_taken": _of_agency(
        "{agency} không nhận hồ sơ chuyển đến, hồ sơ về lại cơ quan bạn.",
        "{agency} declined what was transferred to it, it is back at your agency.",
    ),
    "child": _of_agency(
        "Phần việc liên thông mới từ {agency}.", "A new part of an inter-agency dossier from {agency}."
    ),
    "child_ended": _of_agency("Phần việc ở {agency} đã kết thúc.", "The part at {agency} has ended."),
    "consulted": _of_agency("{agency} lấy ý kiến đơn vị bạn.", "{agency} asks your unit for its opinion."),
    "to_answer": _of_agency(
        "Bạn được giao trả lời ý kiến cho {agency}.", "You are to answer {agency} with an opinion."
    ),
    "asked_again": _of_agency(
        "{agency} nhắc cho ý kiến.", "{agency} reminds you that it waits for your opinion."
    ),
    "answered": _of_body("{name} đã cho ý kiến.", "{name} gave its opinion."),
    "due_soon": _due("sắp đến hạn, lúc {due}", "is due at {due}"),
    "overdue": _due("đã quá hạn, từ {due}", "is late, since {due}"),
    "letter_prepared": _of_letter("chờ bạn ký", "awaits your signature"),
    "letter_signed": _of_letter("đã được ký", "signed"),
    "letter_sent_back": _of_letter("bị trả lại, chưa ký", "given back unsigned"),
    "letter_due": _letter_due,
    "message": lambda facts, names: Say(
        "Có tin nhắn cho bạn về hồ sơ.", "There is a message for you about the dossier."
    ),
    "papers_sent": lambda facts, names: Say(
        f"Giấy tờ từ {names(facts['agency']).vi} đang đến đơn vị bạn theo phiếu bàn giao {facts['manifest']},"
        " chờ ký nhận.",
        f"Papers from {names(facts['agency']).en} are on their way to your unit on manifest {facts['manifest']};"
        " somebody there has to sign for them.",
    ),
    "papers_differ": lambda facts, names: Say(
        f"Giấy tờ trên phiếu bàn giao {facts['manifest']} đến thiếu hoặc hỏng.",
        f"Papers on manifest {facts['manifest']} arrived damaged, or not at all.",
    ),
    "papers_settled": lambda facts, names: Say(
        f"Chênh lệch trên phiếu bàn giao {facts['manifest']} đã giải quyết.",
        f"The difference on manifest {facts['manifest']} is settled.",
    ),
    "settlement": lambda facts, names: Say(
        f"Bảng kê thu hộ {facts['name']} chờ người thứ hai xác nhận.",
        f"Settlement {facts['name']} waits for a second person.",
    ),
    "settlement_sent": lambda facts, names: Say(
        f"Tiền thu hộ theo bảng kê {facts['name']} đã chuyển cho cơ quan bạn; hãy ghi số tiền đã nhận.",
        f"The money of settlement {facts['name']} was sent to your agency; say how much came.",
    ),
    "absent": _absent,
    "silent": _of_body("{name} không cho ý kiến trong thời hạn.", "{name} gave no opinion in time."),
}


def sentence(what: str, facts: Facts, *, names: Names) -> Say:
    """What the word says; `names` gives an agency's by its code."""
    return WORDS[what](facts, names)
