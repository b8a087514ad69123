"""A stand-in for the national identity provider: OpenID Connect with the claims that VNeID hands out.

`python -m stand_ins.identity --port 8901` serves discovery, authorize (a page on which one chooses who one is), token,
userinfo, JWKS and logout. The people are invented. Nothing here is secret and nothing is kept after it ends.
"""

import argparse
import base64
import hashlib
import hmac
import html
import json
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

Claims = dict[str, Any]
CLIENT, SECRET = "motcua", "bi-mat-thu-nghiem"
CODE_LIFE, TOKEN_LIFE = 60, 300
LARGEST_BODY = 16_384


def _person(tech_id: str, number: str, name: str, born: str, phone: str, mail: str) -> Claims:
    return {
        "sub": tech_id,
        "TechID": tech_id,
        "LoaiTaiKhoan": "1",
        "SoDinhDanh": number,
        "HoVaTen": name,
        "NgayThangNamSinh": born,
        "SoDienThoai": phone,
        "ThuDienTu": mail,
        "DiaChi": "Thôn Trung Tâm, Xã Mẫu, Tỉnh Mẫu",
        "IAL": "2",
    }


PEOPLE: Mapping[str, Claims] = {
    "tuyet": _person(
        "VN-0001", "001190000001", "Nguyễn Thị Ánh Tuyết", "15/02/1990", "0912345678", "tuyet@example.vn"
    ),
    "hung": _person(
        "VN-0002", "001085000002", "Trần Văn Hùng", "30/09/1985", "0987654321", "hung@example.vn"
    ),
    "may": _person("VN-0003", "001301000003", "Lò Thị Mây", "01/01/2001", "", ""),
    "congty": {
        "sub": "VN-0004",
        "TechID": "VN-0004",
        "LoaiTaiKhoan": "2",
        "MaSoThue": "0100109106",
        "MaSoDoanhNghiep": "0100109106",
        "TenDoanhNghiep": "Công ty TNHH Mẫu",
        "SoDienThoai": "02412345678",
        "ThuDienTu": "lienhe@example.vn",
        "DiaChi": "Số 1 đường Mẫu, Tỉnh Mẫu",
        "IAL": "2",
    },
}


class Provider:
    """What the provider knows. `bend` changes what the next id_tokens say, for those who test what is refused."""

    def __init__(
        self, *, clock: Callable[[], float] = time.time, people: Mapping[str, Claims] = PEOPLE
    ) -> None:
        self.clock, self.people = clock, people
        self.issuer = ""
        self.bend: Claims = {}
        self.is_down = False
        self.algorithm = "RS256"
        self.keys: list[tuple[str, rsa.RSAPrivateKey]] = []
        self.codes: dict[str, Claims] = {}
        self.tokens: dict[str, tuple[str, float]] = {}
        self.rotate()

    def rotate(self) -> None:
        """Sign with a new key from now on; the one before is no longer published."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.keys = [(secrets.token_hex(4), key)]

    def discovery(self) -> Claims:
        """The provider's own description."""
        there = {
            name: f"{self.issuer}/{name}" for name in ("authorize", "token", "userinfo", "jwks", "logout")
        }
        return {
            "issuer": self.issuer,
            "authorization_endpoint": there["authorize"],
            "token_endpoint": there["token"],
            "userinfo_endpoint": there["userinfo"],
            "jwks_uri": there["jwks"],
            "end_session_endpoint": there["logout"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [self.algorithm],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid"],
        }

    def jwks(self) -> Claims:
        """The public halves of the signing keys."""
        found = []
        for kid, key in self.keys:
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
            found.append(public | {"kid": kid, "use": "sig"})
        return {"keys": found}

    def code_for(self, who: str, asked: Mapping[str, str]) -> str:
        """A code for what was asked in the name of `who`."""
        code = secrets.token_urlsafe(24)
        self.codes[code] = {"who": who, "until": self.clock() + CODE_LIFE, **asked}
        return code

    def exchange(self, told: Mapping[str, str]) -> Claims | str:
        """Tokens for a code, once; what is wrong with it otherwise."""
        given = self.codes.pop(told.get("code", ""), None)
        if told.get("grant_type") != "authorization_code" or given is None or given["until"] <= self.clock():
            return "invalid_grant"
        if told.get("redirect_uri") != given["redirect_uri"] or told.get("client_id") != given["client_id"]:
            return "invalid_grant"
        digest = hashlib.sha256(told.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if not hmac.compare_digest(challenge, given["code_challenge"]):
            return "invalid_grant"
        token = secrets.token_urlsafe(24)
        self.tokens[token] = given["who"], self.clock() + TOKEN_LIFE
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": TOKEN_LIFE,
            "id_token": self._id_token(given),
        }

    def _id_token(self, given: Claims) -> str:
        now = int(self.clock())
        claims = {
            "iss": self.issuer,
            "sub": self.people[given["who"]]["sub"],
            "aud": given["client_id"],
            "iat": now,
            "exp": now + TOKEN_LIFE,
            "nonce": given["nonce"],
        } | self.bend
        kid, key = self.keys[-1]
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": kid})

    def userinfo(self, token: str) -> Claims | None:
        """The claims of whom the token stands for."""
        who, until = self.tokens.get(token, ("", 0.0))
        return self.people[who] if until > self.clock() else None


_PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title></head><body>
<main><p><strong>Bản mô phỏng, không phải hệ thống thật.</strong>
Những người dưới đây đều không có thật.</p><h1>{title}</h1>{body}</main></body></html>"""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    provider: Provider

    def log_message(self, *_arguments: object) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        """Discovery, keys, who it is, and the page on which one chooses."""
        path, asked = urlsplit(self.path).path, self._fields(urlsplit(self.path).query)
        if self.provider.is_down:
            self._send(503, "text/plain; charset=utf-8", "out of order")
        elif path == "/.well-known/openid-configuration":
            self._json(200, self.provider.discovery())
        elif path == "/jwks":
            self._json(200, self.provider.jwks())
        elif path == "/userinfo":
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            found = self.provider.userinfo(token)
            self._json(200 if found else 401, found or {"error": "invalid_token"})
        elif path == "/authorize":
            self._choose(asked)
        elif path == "/logout":
            self._left(asked)
        else:
            self._page(404, "Không có trang này", "")

    def do_POST(self) -> None:
        """What was chosen, and codes for tokens."""
        size = min(int(self.headers.get("Content-Length", "0")), LARGEST_BODY)
        told = self._fields(self.rfile.read(size).decode())
        path = urlsplit(self.path).path
        if self.provider.is_down:
            self._send(503, "text/plain; charset=utf-8", "out of order")
        elif path == "/authorize":
            self._chosen(told)
        elif path == "/token":
            self._token(told)
        else:
            self._page(404, "Không có trang này", "")

    def _left(self, asked: Mapping[str, str]) -> None:
        """Nobody stays signed in here: only the way back is shown. A real one would know the address it was told."""
        back = asked.get("post_logout_redirect_uri", "")
        if asked.get("client_id") != CLIENT or not back.startswith("http"):
            self._page(200, "Đã đăng xuất", "<p>Có thể đóng trang này.</p>")
            return
        link = f'<p><a href="{html.escape(back)}">Quay lại</a></p>'
        self._page(200, "Đã đăng xuất", link)

    def _fault(self, asked: Mapping[str, str]) -> str:
        if asked.get("client_id") != CLIENT or not asked.get("redirect_uri", "").startswith("http"):
            return "Hệ thống gọi đến chưa đăng ký."
        wanted = {"response_type": "code", "code_challenge_method": "S256"}
        if any(asked.get(name) != value for name, value in wanted.items()):
            return "Yêu cầu thiếu response_type=code hoặc PKCE S256."
        if not asked.get("code_challenge") or "openid" not in asked.get("scope", "").split():
            return "Yêu cầu thiếu code_challenge hoặc scope openid."
        return ""

    def _choose(self, asked: Mapping[str, str]) -> None:
        if fault := self._fault(asked):
            self._page(400, "Yêu cầu không đúng", f"<p>{html.escape(fault)}</p>")
            return
        kept = "".join(
            f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
            for name, value in asked.items()
        )
        people = "".join(
            f'<p><button name="who" value="{code}">{html.escape(one.get("HoVaTen") or one["TenDoanhNghiep"])}'
            "</button></p>"
            for code, one in self.provider.people.items()
        )
        refuse = '<p><button name="who" value="">Không đồng ý chia sẻ thông tin</button></p>'
        self._page(200, "Chọn người đăng nhập", f'<form method="post">{kept}{people}{refuse}</form>')

    def _chosen(self, told: Mapping[str, str]) -> None:
        if fault := self._fault(told):
            self._page(400, "Yêu cầu không đúng", f"<p>{html.escape(fault)}</p>")
            return
        state = {"state": told["state"]} if "state" in told else {}
        if told.get("who") in self.provider.people:
            names = ("client_id", "redirect_uri", "code_challenge", "nonce")
            answer = {"code": self.provider.code_for(told["who"], {n: told.get(n, "") for n in names})}
        else:
            answer = {"error": "access_denied"}
        joint = "&" if "?" in told["redirect_uri"] else "?"
        self.send_response(302)
        self.send_header(
            "Location", told["redirect_uri"] + joint + urlencode(answer | state, quote_via=quote)
        )
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _token(self, told: Mapping[str, str]) -> None:
        if told.get("client_id") != CLIENT or not hmac.compare_digest(told.get("client_secret", ""), SECRET):
            self._json(401, {"error": "invalid_client"})
            return
        done = self.provider.exchange(told)
        self._json(400, {"error": done}) if isinstance(done, str) else self._json(200, done)

    @staticmethod
    def _fields(text: str) -> dict[str, str]:
        return {name: values[-1] for name, values in parse_qs(text, keep_blank_values=True).items()}

    def _json(self, status: int, body: Mapping[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(body))

    def _page(self, status: int, title: str, body: str) -> None:
        self._send(status, "text/html; charset=utf-8", _PAGE.format(title=title, body=body))

    def _send(self, status: int, kind: str, body: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def server(provider: Provider, *, port: int = 0) -> ThreadingHTTPServer:
    """A server of `provider` on `port` (0: a free one); its address becomes the issuer."""
    made = ThreadingHTTPServer(("127.0.0.1", port), type("Bound", (Handler,), {"provider": provider}))
    made.daemon_threads = True
    provider.issuer = f"http://127.0.0.1:{made.server_address[1]}"
    return made


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(
        description="A stand-in for an OpenID Connect provider with VNeID's claims."
    )
    parser.add_argument("--port", type=int, default=8901)
    provider = Provider()
    with server(provider, port=parser.parse_args().port) as running:
        print(f"Bản mô phỏng, không phải hệ thống thật: {provider.issuer} (client {CLIENT}, secret {SECRET})")
        with suppress(KeyboardInterrupt):
            running.serve_forever()


if __name__ == "__main__":
    main()
