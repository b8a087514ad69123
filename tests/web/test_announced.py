"""Procedures of the national catalogue as the public sees them: in the announcement's words, and nothing guessed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from motcua.cli.national import catalogue
from motcua.kernel.time import now
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at


@pytest.fixture
def citizen(db: None) -> Iterator[Client]:
    at = now()
    with plain_static(), pages_at(at):
        yield visitor(at=at)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_imported_version_is_shown_in_its_own_words(citizen: Client, tmp_path: Path) -> None:
    line = {
        "MATTHC": "9.100001",
        "TENTTHC": "Cấp giấy phép <script>alert(1)</script> mẫu",
        "COQUANCONGBO": "Bộ Mẫu",
        "LINHVUCTHUCHIEN": [{"MALINHVUC": "", "TENLINHVUC": "Mẫu"}],
        "COQUANTHUCHIEN": [{"MADONVI": "", "TENDONVI": "Sở Mẫu"}],
        "DOITUONGTHUCHIEN": [],
        "CACHTHUCTHUCHIEN": [
            {
                "KENH": "1",
                "THOIGIAN": [
                    {
                        "THOIGIANGIAIQUYET": "3",
                        "DONVITINH": "",
                        "MOTA": "kể từ ngày nhận đủ",
                        "PHILEPHI": [
                            {"MAPHILEPHI": "", "SOTIEN": "20", "DONVI": "VNĐ", "MOTA": "theo thông tư"}
                        ],
                    }
                ],
            }
        ],
        "THANHPHANHOSO": [
            {
                "TRUONGHOP": "Trường hợp cấp mới",
                "GIAYTO": [{"TENGIAYTO": "Đơn đề nghị", "SOBANCHINH": "1", "SOBANSAO": "0"}],
            },
            {
                "TRUONGHOP": "Trường hợp cấp lại",
                "GIAYTO": [{"TENGIAYTO": "Giấy cũ", "SOBANCHINH": "", "SOBANSAO": ""}],
            },
        ],
    }
    file = tmp_path / "catalogue.jsonl"
    file.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    catalogue(file)
    page = text(citizen, "/procedures/9.100001")
    spoken = text(citizen, "/procedures/9.100001?text=1")
    listed = text(citizen, "/procedures?publisher=bo-mau")
    for shown in (page, spoken):
        assert "<script>alert" not in shown
        assert "“3”, bản công bố không ghi rõ ngày hay ngày làm việc" in shown
        assert "theo thông tư" in shown
        assert "Đơn đề nghị" in shown
        assert "miễn phí" not in shown.lower()
    assert "Theo công bố của Bộ Mẫu" in page
    assert "Trường hợp cấp lại" in page
    assert "9.100001" in listed
