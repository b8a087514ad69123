"""Every message in both languages: whole, within what a telephone takes, and without a name."""

from dataclasses import replace

import pytest

from motcua.kernel.say import Say
from motcua.notifications.about import UNFILED
from motcua.notifications.says import ABOUT, TITLES
from motcua.notifications.writing import GSM, LONGEST_SMS, Facts, as_html, mailed, plain, texted, written

# As long as they get: a national code, a province's address, a due moment, a sum.
CODE = "000.00.00.H99-260824-12345"
LINK = "https://hanhchinhcong.tinhthuathienhue.gov.vn/track"
TOLD: dict[str, Say | str] = {
    "due": "17:00 27/08/2026",
    "day": "27/08/2026",
    "since": "27/08/2026",
    "until": "26/09/2026",
    "answer_by": "17:00 27/08/2026",
    "amount": "1.250.000.000",
    "agency": Say("Ủy ban nhân dân Xã Mẫu Hai", "People's Committee of Xã Mẫu Hai"),
    "cause": Say("chờ ý kiến cơ quan khác", "an opinion is awaited"),
    "name": "NGUYỄN T. Á. T.",
    "procedure": Say("Đăng ký kết hôn", "Registration of a marriage"),
}


def facts(link: str = LINK) -> Facts:
    procedure = Say("Cấp giấy xác nhận tình trạng hôn nhân", "Certificate of marital status")
    desk = Say("Bộ phận Một cửa, Xã Mẫu", "The desk, Xã Mẫu")
    return Facts(CODE, procedure, desk, "0234 111 222", link, TOLD)


FILED = sorted(set(ABOUT) - set(UNFILED))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("about", FILED)
def test_each_message_says_what_it_must_in_each_channel(about, language):
    text = texted(about, facts(), language).body
    assert len(text) <= LONGEST_SMS
    assert set(text) <= GSM
    assert CODE in text
    letter = mailed(about, facts(), language)
    assert letter.subject.endswith(CODE)
    assert all(part in letter.body for part in (CODE, LINK, "0234 111 222", facts().procedure(language)))
    read = written(about, facts(), language)
    for whole in (text, letter.subject, letter.body, read.subject, read.body):
        assert "{" not in whole
    assert read.body in letter.body


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("about", ABOUT)
def test_no_text_message_is_cut(about, language):
    text = texted(about, facts(link=f"https://{'a' * 150}.vn/track"), language).body
    told = {name: t(language) if isinstance(t, Say) else t for name, t in TOLD.items()}
    assert text == plain(ABOUT[about].short(language).format_map({"code": CODE, "desk": "", **told}))


@pytest.mark.parametrize("about", ABOUT)
def test_the_two_languages_are_two_and_hold_the_same_facts(about):
    vi, en = (texted(about, facts(), language).body for language in ("vi", "en"))
    assert vi != en
    shown = [value for value in TOLD.values() if isinstance(value, str)]
    assert [value in vi for value in shown] == [value in en for value in shown]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("about", UNFILED)
def test_before_there_is_a_dossier_it_leads_to_the_account_and_tells_no_code(about, language):
    here = replace(facts(link=MINE), code="", is_own=True)
    text = texted(about, here, language).body
    assert len(text) <= LONGEST_SMS
    assert set(text) <= GSM
    assert "NGUYEN T. A. T." in text
    letter = mailed(about, here, language)
    assert letter.subject == written(about, here, language).subject
    assert here.procedure(language) in letter.body
    assert MINE in letter.body
    for whole in (text, letter.subject, letter.body):
        assert "{" not in whole
        assert CODE not in whole
    assert "Mã hồ sơ" not in letter.body


def test_where_the_address_is_too_long_the_message_goes_without_it():
    text = texted("papers", facts(link=f"https://{'a' * 150}.vn/track"), "vi").body
    assert text == f"Ho so {CODE} can bo sung giay to, den het ngay 26/09/2026."


MINE = f"{LINK.removesuffix('/track')}/my/dossiers"


def own(base: str = MINE) -> Facts:
    return replace(facts(link=f"{base}/{CODE}"), is_own=True, shorter=base)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("about", sorted(set(FILED) - {"preferences"}))
def test_who_handed_in_from_home_is_led_to_their_account_and_asked_for_no_receipt(about, language):
    text = texted(about, own(), language).body
    assert len(text) <= LONGEST_SMS
    assert "/track" not in text
    letter = mailed(about, own(), language)
    assert f"{MINE}/{CODE}" in letter.body
    for word in (
        "giấy tiếp nhận",
        "trang tra cứu",
        "mã tra cứu",
        "receipt",
        "tracking page",
        "PIN",
        "/track",
    ):
        assert word not in letter.body
        assert word not in written(about, own(), language).body


def test_who_is_asked_for_papers_reads_only_the_way_that_is_theirs():
    here, there = (written("papers", one, "vi").body for one in (own(), facts()))
    assert here.endswith("Xem giấy tờ còn thiếu ở “Hồ sơ của tôi”, rồi gửi ngay tại đó.")
    assert there.endswith("Xem giấy tờ còn thiếu ở trang tra cứu, rồi nộp tại nơi đã nộp hồ sơ.")


def test_a_text_message_leads_as_near_to_the_dossier_as_it_has_room_for():
    assert texted("submitted", own("https://a.vn/my/dossiers"), "vi").body.endswith(
        f" Xem: https://a.vn/my/dossiers/{CODE}"
    )
    assert texted("submitted", own(), "vi").body.endswith(f" Xem: {MINE}")
    assert "Xem" not in texted("submitted", own(f"https://{'a' * 150}.vn/my/dossiers"), "vi").body


def test_accents_and_what_is_beyond_the_alphabet():
    assert plain("Đã đến: Ủy ban “Xã Mẫu” – [x]^") == "Da den: Uy ban -Xa Mau- - -x--"


def test_every_kind_has_a_title_and_no_other():
    assert set(TITLES) == set(ABOUT)


def test_html_is_the_same_text_and_no_markup_of_its_own():
    assert "<p>a &lt;b&gt;<br>c</p><p>d</p>" in as_html("a <b>\nc\n\nd")
