"""A procedure taken in from the national catalogue, with everything that may be found in a record."""

import json
from datetime import datetime
from hashlib import sha256

from motcua.catalogue.checking import parse
from motcua.catalogue.national.record import raw_record, read_record
from motcua.catalogue.national.structure import structured
from motcua.catalogue.operations import Record, Source, take_in
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work

CODE = "9.900001"
RECORD = {
    "MATTHC": CODE,
    "TENTTHC": "Xác nhận giống vật nuôi quý hiếm <b>",
    "COQUANCONGBO": "Bộ Thử nghiệm",
    "LINHVUCTHUCHIEN": [{"MALINHVUC": "", "TENLINHVUC": "Chăn nuôi"}],
    "CAPTHUCHIEN": ["Cấp tỉnh"],
    "COQUANTHUCHIEN": [{"MADONVI": "", "TENDONVI": "Sở Thử nghiệm"}],
    "CACHTHUCTHUCHIEN": [
        {
            "KENH": "1",
            "THOIGIAN": [
                {
                    "THOIGIANGIAIQUYET": "5",
                    "DONVITINH": "",
                    "MOTA": "Kể từ ngày nhận đủ hồ sơ",
                    "PHILEPHI": [
                        {"MAPHILEPHI": "", "SOTIEN": "20", "DONVI": "VNĐ", "MOTA": "20.000 vnđ/tờ khai"},
                        {"MAPHILEPHI": "", "SOTIEN": "0", "DONVI": "", "MOTA": "Lệ phí 8.000 đồng/bản"},
                    ],
                }
            ],
        }
    ],
    "THANHPHANHOSO": [
        {
            "TRUONGHOP": "* Giấy tờ phải nộp:",
            "GIAYTO": [
                {
                    "MAGIAYTO": "",
                    "TENGIAYTO": "Đơn nêu giống và đàn",
                    "SOBANCHINH": "1",
                    "SOBANSAO": "0",
                    "TENMAUDON": "",
                }
            ],
        },
        {
            "TRUONGHOP": "* Giấy tờ phải xuất trình:",
            "GIAYTO": [
                {
                    "MAGIAYTO": "",
                    "TENGIAYTO": "Sổ theo dõi đàn",
                    "SOBANCHINH": "",
                    "SOBANSAO": "",
                    "TENMAUDON": "",
                }
            ],
        },
    ],
    "KETQUATHUCHIEN": [{"MAKETQUA": "dsfas", "TENKETQUA": "Giấy xác nhận"}],
    "SOQUYETDINH": "99/QĐ-BTN",
}


def announced(at: datetime) -> str:
    """Take it in at `at`; returns its code."""
    text = json.dumps(RECORD, ensure_ascii=False)
    made = structured(read_record(raw_record(text)))
    record = Record(1, text, sha256(text.encode()).digest(), made, parse(made.document))
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        take_in(
            records=[record],
            source=Source("danh-muc.jsonl", bytes(32)),
            effective_from=local(at).date(),
            actor=SYSTEM,
            at=at,
        )
    return CODE
