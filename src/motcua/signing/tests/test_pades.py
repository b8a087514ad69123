"""Papers signed, filled and sealed; what is done to them afterwards is seen."""

import io
import re
from datetime import timedelta
from functools import cache

import pikepdf
import pytest
import typst
from pyhanko.pdf_utils.misc import FormFillingError
from pyhanko.sign.general import SigningError
from tests.support.authority import DAY, NOW, Authority, der

from motcua.kernel.errors import Invalid
from motcua.signing.checking import check
from motcua.signing.judging import judge
from motcua.signing.keys import KeyFile, key_file
from motcua.signing.pades import Entry, Place, filled, laid_out, signed
from motcua.signing.verdict import Chain, Content, Since, Time, Verdict

CHAIR, SEAL = "Nguyễn Thị Chủ Tịch", "UBND Xã Mẫu"
PLACES = {"person": Place(0, 350, 100, 520, 180), "seal": Place(0, 300, 100, 400, 180)}


@cache
def page(words: str, size: str = "width: 90pt, height: 20pt") -> bytes:
    return bytes(typst.compile(f"#set page({size}, margin: 0pt)\n{words}".encode(), format="pdf"))


@cache
def paper() -> bytes:
    plain = page("Giay xac nhan " * 300, 'paper: "a4"')
    return laid_out(plain, texts={"number": Place(0, 110, 770, 200, 790)}, signatures=PLACES)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def by_person(authority: Authority, *, key: KeyFile | None = None, stamped: bool = True) -> bytes:
    return signed(
        paper(),
        place="person",
        key=key or authority.key_of(CHAIR),
        first=True,
        shown=page("Chu tich"),
        stamper=authority.clock() if stamped else None,
        proof=authority.proof(),
    )


def sealed(authority: Authority) -> bytes:
    numbered = filled(by_person(authority), {"number": Entry("12/GXN", page("12"))})
    return signed(
        numbered,
        place="seal",
        key=authority.key_of(SEAL),
        first=False,
        shown=page("UBND"),
        stamper=authority.clock(),
        proof=authority.proof(),
    )


@pytest.fixture(scope="module")
def issued(authority: Authority) -> bytes:
    return sealed(authority)


def said(pdf: bytes, authority: Authority) -> Verdict:
    return judge(pdf, roots=[der(authority.root)], at=NOW + 2000 * DAY)


def test_a_paper_is_signed_numbered_and_sealed(issued: bytes, authority: Authority) -> None:
    # Years later, when every certificate has ended: the stamp and what was put in beside it still show it.
    verdict = said(issued, authority)
    assert verdict.valid
    assert [(each.signer, each.time, each.since) for each in verdict.signatures] == [
        (CHAIR, Time.STAMPED, Since.FILLED),
        (SEAL, Time.STAMPED, Since.NOTHING),
    ]
    assert {each.when for each in verdict.signatures} == {NOW.isoformat()}
    assert issued.startswith(paper())


def test_each_act_only_appends(authority: Authority) -> None:
    once = by_person(authority)
    assert once.startswith(paper())
    assert filled(once, {"number": Entry("1", page("1"))}).startswith(once)


def test_a_field_is_filled_once(authority: Authority) -> None:
    numbered = filled(by_person(authority), {"number": Entry("12", page("12"))})
    with pytest.raises(FormFillingError):
        filled(numbered, {"number": Entry("13", page("13"))})


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_changed_byte_is_found(issued: bytes, authority: Authority, part: float) -> None:
    text = [found.start(1) for found in re.finditer(rb"\(?(Giay|GXN|Chu|UBND)", issued)] or [0]
    inside = max(int(len(paper()) * part), text[0])
    for place in range(inside, inside + 3):
        other = issued[:place] + bytes([issued[place] ^ 1]) + issued[place + 1 :]
        verdict = check(other, roots=[der(authority.root)], at=NOW)
        assert not verdict.valid
        assert not verdict.readable or {each.content for each in verdict.signatures} != {Content.INTACT}


def test_what_is_changed_after_the_signature_is_seen(authority: Authority) -> None:
    once = by_person(authority)
    # Another field, laid out after the person had signed.
    verdict = said(laid_out(once, texts={"more": Place(0, 10, 10, 60, 30)}, signatures={}), authority)
    (judged,) = verdict.signatures
    assert (judged.content, judged.since, verdict.valid) == (Content.INTACT, Since.ALTERED, False)


def test_a_root_of_somebody_elses(issued: bytes) -> None:
    other = Authority(name="CA khác")
    verdict = judge(issued, roots=[der(other.root)], at=NOW)
    assert {each.chain for each in verdict.signatures} == {Chain.UNTRUSTED}
    assert not verdict.valid


def test_what_could_not_be_checked_is_not_valid(authority: Authority) -> None:
    bare = signed(
        paper(),
        place="person",
        key=authority.key_of(CHAIR),
        first=True,
        shown=page("x"),
        stamper=None,
        proof=None,
    )
    (judged,) = judge(bare, roots=[der(authority.root)], at=NOW).signatures
    assert (judged.content, judged.chain, judged.valid) == (Content.INTACT, Chain.UNKNOWN, False)


def test_a_certificate_that_has_ended_signs_nothing_that_is_valid(authority: Authority) -> None:
    short = authority.key_of("Hết hạn", lasting=2 * DAY)
    once = by_person(authority, key=short, stamped=False)
    (judged,) = judge(once, roots=[der(authority.root)], at=NOW + 30 * DAY).signatures
    assert (judged.time, judged.valid) == (Time.CLAIMED, False)
    assert judged.chain in (Chain.EXPIRED, Chain.UNKNOWN)
    with pytest.raises(SigningError):
        signed(
            paper(),
            place="person",
            key=short,
            first=True,
            shown=page("x"),
            stamper=None,
            proof=authority.proof(at=NOW + 30 * DAY),
        )


def test_a_withdrawn_certificate_signs_nothing_more() -> None:
    authority = Authority(name="CA thu hồi")
    key = authority.key_of(CHAIR)
    authority.withdraw(key, at=NOW - timedelta(hours=2))
    with pytest.raises(SigningError):
        by_person(authority, key=key)


def test_a_field_that_nobody_signed_is_told(authority: Authority) -> None:
    assert said(paper(), authority) == Verdict(readable=True, empty=("person", "seal"))
    assert said(by_person(authority), authority).empty == ("seal",)


def test_a_signature_that_is_none(issued: bytes, authority: Authority) -> None:
    start = issued.index(b"/Contents <") + len(b"/Contents <")
    garbage = issued[:start] + b"41" * 200 + issued[start + 400 :]
    verdict = said(garbage, authority)
    assert not verdict.valid
    assert verdict.signatures[0].content is Content.BROKEN


def test_a_byte_range_that_lies(issued: bytes, authority: Authority) -> None:
    for lie in (b"/ByteRange [0 9", b"/ByteRange [9 1"):
        other = re.sub(rb"/ByteRange \[0 \d", lie, issued, count=1)
        verdict = check(other, roots=[der(authority.root)], at=NOW)
        assert not verdict.valid


@pytest.mark.parametrize("file", [b"", b"%PDF-1.7\n", b"<html>", b"%PDF-1.7\n" + b"0" * 100_000])
def test_what_is_no_pdf_is_unreadable(file: bytes) -> None:
    assert not check(file, roots=[], at=NOW).readable


def test_a_cut_file_is_unreadable(issued: bytes) -> None:
    assert not check(issued[:-400], roots=[], at=NOW).readable


def test_an_encrypted_file_is_told(authority: Authority) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page("x"))) as plain:
        plain.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert check(out.getvalue(), roots=[der(authority.root)], at=NOW).why == "encrypted"


def test_a_key_file(authority: Authority) -> None:
    content = authority.file_of(CHAIR, b"mat khau")
    assert said(by_person(authority, key=key_file(content, b"mat khau")), authority).valid
    with pytest.raises(Invalid):
        key_file(content, b"sai")
    with pytest.raises(Invalid):
        key_file(b"not a file", b"")
    assert "PRIVATE" not in repr(key_file(content, b"mat khau"))
