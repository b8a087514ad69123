"""Paying from the tracking page: offered where something is owed, shown once, told truthfully."""

import base64
import binascii
import re
from io import BytesIO

import cv2
import numpy
import pytest
import zxingcpp
from django.db import connection
from PIL import Image, ImageDraw
from tests.support.acts import moment
from tests.support.lives import opened, row_of
from tests.support.money_days import account_set, came_in, taken
from tests.support.pages import plain_static, visitor
from tests.support.situations import dossier_in
from tests.support.streams import count

from motcua.dossiers.tracked import token_of
from motcua.kernel.time import local, now
from motcua.web.common.codes import qr_svg

pytestmark = pytest.mark.django_db

PAGE = "/tracking/payment"
KEY = {"idempotency_key": "one"}


@pytest.fixture
def citizen():
    """At the real clock: what a page writes is live now."""
    with plain_static():
        yield visitor(at=now())


@pytest.fixture
def owing(citizen):
    """A dossier that owes 10.000 đồng, opened in the browser; its code."""
    account_set(now())
    code = opened(now())
    citizen.get(f"/t/{token_of(row_of(code))}")
    return code


def order_text():
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM payments_order ORDER BY id DESC LIMIT 1")
        return cursor.fetchone()[0]


def test_what_is_owed_is_paid_by_a_scanned_code_and_the_page_says_so_by_itself(citizen, owing):
    assert "Thanh toán 10.000 đồng" in citizen.get("/tracking").text.replace("\u00a0", " ")
    first = citizen.get(PAGE).text
    assert "Chưa thấy tiền" not in first
    citizen.post(PAGE, KEY)
    shown = citizen.get(PAGE).text
    text = order_text()
    assert text in shown
    assert "1234567890" in shown
    assert "UBND XA MAU" in shown
    assert "Chưa thấy tiền vào tài khoản" in shown
    seen = shown.partition("?seen=")[2].partition('"')[0]
    htmx = {"HX-Request": "true"}
    assert citizen.get(f"{PAGE}?seen={seen}", headers=htmx).status_code == 204
    came_in(f"CK {text}", at=now())
    news = citizen.get(f"{PAGE}?seen={seen}", headers=htmx)
    assert "Đã nhận tiền" in news.text
    assert f"BT-{local(now()).year}/0000001" in news.text
    assert text not in news.text
    assert "Thanh toán" not in citizen.get("/tracking").text


def test_on_the_telephone_that_shows_it_the_code_is_kept_as_a_picture(citizen, owing):
    assert citizen.get(f"{PAGE}?picture=png").status_code == 302, "there is no order yet"
    citizen.post(PAGE, KEY)
    shown = citizen.get(PAGE).text
    assert f'href="{PAGE}?picture=png" download' in shown
    answer = citizen.get(f"{PAGE}?picture=png")
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == f'attachment; filename="VietQR-{owing}-{order_text()}.png"'
    told = zxingcpp.read_barcode(Image.open(BytesIO(answer.content)))
    assert told is not None
    assert order_text() in told.text
    plain = re.sub(r'src="data:[^"]*"', "", shown)
    assert plain.count(order_text()) == plain.count("1234567890") == 1


def drawn(svg: str) -> Image.Image:
    """The picture's rectangles, eight pixels a module."""
    side = int(svg.partition('<svg width="')[2].partition('"')[0])
    picture = Image.new("L", (side * 8, side * 8), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, width, height in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h", svg):
        left, top = int(x) * 8, int(y) * 8
        pen.rectangle((left, top, left + int(width) * 8 - 1, top + int(height) * 8 - 1), fill=0)
    return picture


def test_the_picture_is_read_back_as_the_transfer_it_asks_for(citizen, owing):
    citizen.post(PAGE, KEY)
    packed = citizen.get(PAGE).text.partition("data:image/svg+xml;base64,")[2].partition('"')[0]
    (found,) = zxingcpp.read_barcodes(drawn(base64.b64decode(packed).decode()))
    assert found.text.startswith("000201010212")
    assert "00069704360110" + "1234567890" in found.text
    assert "540510000" in found.text
    assert order_text() in found.text
    assert found.text[-4:] == f"{binascii.crc_hqx(found.text[:-4].encode(), 0xFFFF):04X}"


def test_another_librarys_reader_reads_the_same():
    asked = "00020101021238540010A00000072701240006970436011012345678900208QRIBFTTA5303704540510000"
    asked += "5802VN62150811MC2345678AB6304A1B2"  # fixed: that reader fails at some one in ten
    picture = drawn(qr_svg(asked))
    for turned in (picture, picture.rotate(90), picture.resize((picture.width // 2, picture.height // 2))):
        read, _corners, _straight = cv2.QRCodeDetector().detectAndDecode(numpy.asarray(turned))
        assert read == asked


def test_two_clicks_are_one_order(citizen, owing):
    for key in ("one", "one", "two"):
        assert citizen.post(PAGE, {"idempotency_key": key}).status_code == 302
    assert count("payments_order") == 1


def test_paid_at_the_desk_meanwhile_nothing_more_is_asked(citizen, owing):
    citizen.post(PAGE, KEY)
    text = order_text()
    taken(owing, at=now())
    page = citizen.get(PAGE).text
    assert text not in page
    assert "không có khoản nào phải nộp" in page
    assert (
        "không có khoản nào nộp qua mạng" in citizen.post(PAGE, {"idempotency_key": "two"}, follow=True).text
    )


def test_another_account_makes_another_order(citizen, owing):
    citizen.post(PAGE, KEY)
    first = order_text()
    account_set(now(), number="99998888")
    assert first not in citizen.get(PAGE).text
    citizen.post(PAGE, {"idempotency_key": "two"})
    assert order_text() != first
    assert "99998888" in citizen.get(PAGE).text


def test_without_an_account_the_desk_is_named(citizen):
    code = opened(now())
    citizen.get(f"/t/{token_of(row_of(code))}?to=payment")
    page = citizen.get(PAGE).text
    assert "chưa nhận chuyển khoản" in page
    assert "Thôn Trung Tâm" in page


def test_who_has_opened_no_dossier_pays_none(citizen, owing):
    stranger = visitor(at=now())
    assert stranger.get(PAGE)["Location"] == "/track"
    assert stranger.post(PAGE, KEY)["Location"] == "/track"
    assert count("payments_order") == 0


@pytest.mark.parametrize("name", ["withdrawn", "stopped", "refused"])
def test_what_has_ended_owes_nothing(citizen, name):
    account_set(now())
    row = dossier_in(name, since=moment(24, 9))
    citizen.get(f"/t/{token_of(row)}")
    assert "Thanh toán" not in citizen.get("/tracking").text
    citizen.post(PAGE, KEY)
    assert count("payments_order") == 0
