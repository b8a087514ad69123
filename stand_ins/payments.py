"""A stand-in for the national payment platform: INIT, query, a page to pay on, and the confirmation that follows.

`python -m stand_ins.payments --port 8027 --tell http://localhost:8000/payments/platform/confirm --back
http://localhost:8000/payments/platform/back`. No money moves. On the page of a payment one chooses whether it succeeds,
fails or hangs; with `--keep FILE` payments outlive the process. The page at `/`, or POST /behave with `mode`, tells it
to work (`ok`), to take payments and confirm none (`silent`), to confirm each twice (`twice`), to say that it is busy
(`busy`), or to answer garbage (`garbage`).
"""

import argparse
import hashlib
import json
import threading
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from stand_ins.page import NOTICE, Handler, Page, show

MODES = ("ok", "silent", "twice", "busy", "garbage")
PARTNER, SECRET = "motcua", "bi-mat-thu-nghiem"
INIT = (
    *("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan", "MaKenhThanhToan"),
    *("MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich", "ThoiGianGD", "Ip"),
)
QUERY = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
CONFIRM = (
    *(
        "LoaiBanTin",
        "MaDoiTac",
        "MaThamChieu",
        "ThoiGianGD",
        "SoTien",
        "MaTienTe",
        "MaGiaoDich",
        "MaNganHang",
    ),
    *("TrangThaiGD", "MaLoi"),
)
STATES = {"success": "1", "failure": "2", "hang": "0"}


def signed(body: dict[str, Any], fields: tuple[str, ...]) -> str:
    """A message's code."""
    return hashlib.sha256("|".join([*(str(body[name]) for name in fields), SECRET]).encode()).hexdigest()


@dataclass
class Paying:
    """Payments by their reference, and what was told of them."""

    tell: str = ""
    back: str = ""
    keep: Path | None = None
    mode: str = "ok"
    here: str = ""
    payments: dict[str, dict[str, str]] = field(default_factory=dict)
    answers: list[int] = field(default_factory=list)
    asked: int = 0

    def __post_init__(self) -> None:
        if self.keep is not None and self.keep.exists():
            self.payments = json.loads(self.keep.read_text())

    def write(self) -> None:
        """Keep the payments where a new process finds them."""
        if self.keep is not None:
            self.keep.write_text(json.dumps(self.payments))

    @property
    def kept(self) -> list[dict[str, str]]:
        """What the page shows."""
        return list(self.payments.values())

    def said(self, reference: str, kind: str) -> dict[str, str]:
        """A confirmation, or the answer to a query."""
        payment = self.payments[reference]
        body = {
            "LoaiBanTin": kind,
            "MaDoiTac": PARTNER,
            "MaThamChieu": reference,
            "ThoiGianGD": payment["at"],
            "SoTien": payment["amount"],
            "MaTienTe": "VND",
            "MaGiaoDich": payment["number"],
            "MaNganHang": "MOPHONG",
            "ThongTinGiaoDich": payment["text"],
            "TrangThaiGD": payment["state"],
            "MaLoi": "0",
            "MoTaLoi": "",
        }
        return body | {"MaXacThuc": signed(body, CONFIRM)}

    def settle(self, reference: str, how: str) -> None:
        """Somebody chose how a payment ends; who asked for it is told."""
        payment = self.payments[reference]
        payment["state"] = STATES[how]
        if how == "success":
            payment["number"] = f"GD{reference}"
        self.write()
        if how != "hang" and self.mode != "silent":
            for _ in range(2 if self.mode == "twice" else 1):
                self.answers.append(self._tell(self.said(reference, "CONFIRM")))

    def _tell(self, body: dict[str, str]) -> int:
        if not self.tell:
            return 0
        asked = urllib.request.Request(  # noqa: S310 - an address given by whoever runs this
            self.tell, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:
            return 0


class Speaking(Handler):
    """POST /init and /query; GET and POST /pay/REFERENCE is where one pays."""

    @property
    def paying(self) -> Paying:
        """What this handler serves."""
        shown = self.page.shown
        assert isinstance(shown, Paying)  # noqa: S101 - main and tests give no other
        return shown

    def do_GET(self) -> None:
        """The page, or that of a payment."""
        payment = self.paying.payments.get(self.path.removeprefix("/pay/"))
        if payment is None:
            super().do_GET()
            return
        choices = "".join(
            f'<button name="how" value="{how}">{label}</button> '
            for how, label in (("success", "Thành công"), ("failure", "Thất bại"), ("hang", "Treo"))
        )
        body = (
            f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Thanh toán</title></head><body>'
            f"<p><strong>{NOTICE}</strong></p><h1>Thanh toán {escape(payment['amount'])} đồng</h1>"
            f'<p>{escape(payment["text"])}</p><form method="post">{choices}</form></body></html>'
        )
        self.answer(200, body.encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        """Begin, ask, pay, or take a mode."""
        paying = self.paying
        if self.path.startswith("/pay/"):
            reference, how = (
                self.path.removeprefix("/pay/"),
                parse_qs(self.body().decode()).get("how", [""])[0],
            )
            if reference not in paying.payments or how not in STATES:
                self.answer(404, b"{}")
                return
            paying.settle(reference, how)
            self.send_response(303)
            self.send_header("Location", paying.back or "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path not in ("/init", "/query"):
            self.behave()
        elif paying.mode == "busy":
            self.answer(503, b"{}")
        elif paying.mode == "garbage":
            self.answer(200, b"<html>what?", "text/html")
        else:
            self._asked(json.loads(self.body()), INIT if self.path == "/init" else QUERY)

    def _asked(self, body: dict[str, Any], fields: tuple[str, ...]) -> None:
        reference, paying = str(body.get("MaThamChieu")), self.paying
        if signed(body, fields) != body.get("MaXacThuc") or body["MaDoiTac"] != PARTNER:
            self.answer(200, json.dumps({"error_code": "97", "message": "wrong code"}).encode())
            return
        if fields is QUERY:
            paying.asked += 1
            told = paying.said(reference, "QUERY") if reference in paying.payments else None
            answer = {"error_code": "0" if told else "01", "message": json.dumps(told)}
        else:
            fresh = {"at": body["ThoiGianGD"], "amount": body["SoTien"], "number": "", "state": "0"}
            paying.payments.setdefault(reference, fresh | {"text": body["ThongTinGiaoDich"]})
            paying.write()
            address = f"{paying.here}/pay/{reference}"
            answer = {"error_code": "0", "message": json.dumps({"UrlThanhToan": address})}
        self.answer(200, json.dumps(answer).encode())


def serve(paying: Paying, *, port: int) -> Any:
    """Serve `paying` on `port` in a thread, until `.shutdown()`."""
    paying.here = f"http://127.0.0.1:{port}"
    title = "Nền tảng thanh toán · Payment platform"
    return show(Page(title, paying, MODES), port=port, handler=Speaking)


def main() -> None:
    """Run until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8027)
    parser.add_argument("--tell", default="http://localhost:8000/payments/platform/confirm")
    parser.add_argument("--back", default="http://localhost:8000/payments/platform/back")
    parser.add_argument("--keep", type=Path, help="a file in which payments outlive this process")
    told = parser.parse_args()
    serve(Paying(tell=told.tell, back=told.back, keep=told.keep), port=told.port)
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


if __name__ == "__main__":
    main()
