"""How messages are written: out of the table of what is told (`says`), for each channel and language. Pure.

A text message is written without accents, so that it fits one message of the old 7-bit alphabet on every telephone,
and says no more than code, state, date and where to look (ADR 0039). No name stands in any message.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from motcua.kernel.say import Say
from motcua.notifications.says import ABOUT

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
    """Where a reader sees the dossier: its name, how it is opened, how a text message announces it; what they bring,
    and how they supply papers."""

    page: Say
    opened: Say
    announced: Say
    bring: Say
    supply: Say


_TRACKING = Door(
    Say("trang tra cứu", "the tracking page"),
    Say(
        "Tra cứu (bằng mã hồ sơ và mã tra cứu in trên giấy tiếp nhận)",
        "Track it (with the code and PIN of the receipt)",
    ),
    Say("Tra cuu:", "Track:"),
    Say("giấy tiếp nhận và giấy tờ tùy thân", "the receipt and an identity paper"),
    Say("nộp tại nơi đã nộp hồ sơ", "bring them where you handed the dossier in"),
)
_OWN = Door(
    Say("“Hồ sơ của tôi”", "“My dossiers”"),
    Say("Xem hồ sơ (đăng nhập bằng tài khoản định danh)", "See it (sign in with your identity account)"),
    Say("Xem:", "See:"),
    Say("giấy tờ tùy thân", "an identity paper"),
    Say("gửi ngay tại đó", "send them there"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A message ready to go: what stands in `subject` and `body`; a text message has no subject."""

    subject: str
    body: str


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
    door = _door(facts)
    ways = {"page": door.page(language), "bring": door.bring(language), "supply": door.supply(language)}
    return {"code": facts.code, "desk": facts.desk(language), **ways, **told}


def _door(facts: Facts) -> Door:
    return _OWN if facts.is_own else _TRACKING
