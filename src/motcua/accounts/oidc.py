"""OpenID Connect, the part of who asks: authorization code with PKCE, state and nonce; the answer verified.

Every call goes out with a time limit and outside of any transaction. Nothing of the answer is believed that the
provider's published keys did not sign.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import jwt
from cryptography.exceptions import InvalidTag

from motcua.kernel.errors import Denied, Unavailable
from motcua.kernel.seals import decrypt, encrypt

TIMEOUT = httpx.Timeout(8.0, connect=4.0)
ASKING_LIFE = timedelta(minutes=10)
LEEWAY = timedelta(minutes=1)
ALGORITHMS = ("RS256", "PS256", "ES256")
_PURPOSE = "oidc-asking"
_NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Provider:
    """Where people sign in, and as whom we ask there."""

    issuer: str
    client: str
    secret: str
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Asking:
    """One question that is under way. It lies in the asker's browser, sealed, and is good for one answer."""

    state: str
    nonce: str
    verifier: str
    following: str
    until: datetime

    def sealed(self) -> str:
        """The same for a cookie."""
        told = [self.state, self.nonce, self.verifier, self.following, self.until.isoformat()]
        return base64.urlsafe_b64encode(encrypt(_PURPOSE, json.dumps(told).encode())).decode()


AWAY = Unavailable(
    "Hệ thống định danh chưa trả lời. Chưa có gì được ghi; hãy thử đăng nhập lại sau vài phút.",
    "The identity provider does not answer. Nothing was written; try to sign in again in a few minutes.",
)
FORGED = Denied(
    "Câu trả lời đăng nhập không khớp với yêu cầu từ trình duyệt này, hoặc đã dùng rồi. Hãy đăng nhập lại từ đầu.",
    "The answer does not belong to what this browser asked, or was used before. Begin signing in again.",
)
NOT_BELIEVED = Denied(
    "Không xác minh được câu trả lời của hệ thống định danh, nên chưa đăng nhập. Hãy thử lại, hoặc báo cơ quan.",
    "The identity provider's answer could not be verified, so you are not signed in. Try again, or tell the agency.",
)


def opened(sealed: str, *, at: datetime) -> Asking:
    """The question in a cookie. Raises Denied for one that is not ours, or too old."""
    try:
        told = json.loads(decrypt(_PURPOSE, base64.urlsafe_b64decode(sealed)))
    except (InvalidTag, ValueError):
        raise FORGED from None
    state, nonce, verifier, following, until = told
    asking = Asking(state, nonce, verifier, following, datetime.fromisoformat(until))
    if asking.until <= at:
        raise Denied(
            "Đã quá 10 phút kể từ khi bắt đầu đăng nhập. Hãy đăng nhập lại.",
            "Ten minutes have passed since you began to sign in. Begin again.",
        )
    return asking


def ask(provider: Provider, *, following: str, at: datetime) -> tuple[str, Asking]:
    """Where to send the browser, and the question to keep in it. Raises Unavailable while the provider is away."""
    asking = Asking(
        state=secrets.token_urlsafe(24),
        nonce=secrets.token_urlsafe(24),
        verifier=secrets.token_urlsafe(48),
        following=following,
        until=at + ASKING_LIFE,
    )
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asking.verifier.encode()).digest())
    query = {
        "response_type": "code",
        "client_id": provider.client,
        "redirect_uri": provider.redirect_uri,
        "scope": "openid",
        "state": asking.state,
        "nonce": asking.nonce,
        "code_challenge": challenge.decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    where = str(_discovered(provider)["authorization_endpoint"])
    return f"{where}{'&' if urlsplit(where).query else '?'}{urlencode(query)}", asking


def answered(provider: Provider, asking: Asking, *, state: str, code: str, at: datetime) -> Told:
    """The claims of who signed in. Raises Denied for an answer that is not to `asking` or can't be verified;
    Unavailable while the provider is away."""
    if not secrets.compare_digest(state.encode(), asking.state.encode()) or not code:
        raise FORGED
    known = _discovered(provider)
    tokens = _token(provider, known, asking, code)
    signed = _verified(provider, known, asking, str(tokens.get("id_token", "")), at)
    told = _userinfo(known, str(tokens.get("access_token", "")))
    if told.get("sub") != signed["sub"]:
        raise NOT_BELIEVED
    return {**signed, **told}


def _discovered(provider: Provider) -> Told:
    found = _json(httpx.Request("GET", f"{provider.issuer}/.well-known/openid-configuration"))
    scheme = urlsplit(provider.issuer).scheme
    complete = all(isinstance(found.get(name), str) for name in _NEEDED)
    if not complete or found["issuer"] != provider.issuer:
        raise NOT_BELIEVED
    if any(urlsplit(found[name]).scheme != scheme for name in _NEEDED):
        raise NOT_BELIEVED
    return found


def _token(provider: Provider, known: Told, asking: Asking, code: str) -> Told:
    told = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": provider.redirect_uri,
        "client_id": provider.client,
        "client_secret": provider.secret,
        "code_verifier": asking.verifier,
    }
    return _json(httpx.Request("POST", known["token_endpoint"], data=told))


def _userinfo(known: Told, token: str) -> Told:
    return _json(
        httpx.Request("GET", known["userinfo_endpoint"], headers={"Authorization": f"Bearer {token}"})
    )


def _verified(provider: Provider, known: Told, asking: Asking, token: str, at: datetime) -> Told:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        keys = jwt.PyJWKSet.from_dict(dict(_json(httpx.Request("GET", known["jwks_uri"])))).keys
        fitting = [key for key in keys if key.key_id == kid]
        if len(fitting) != 1:
            raise NOT_BELIEVED
        claims: Told = jwt.decode(
            token,
            fitting[0],
            algorithms=list(ALGORITHMS),
            audience=provider.client,
            issuer=provider.issuer,
            # Times are judged by the request's own clock, below.
            options={
                "require": ["exp", "iat", "sub", "nonce"],
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
        begins, ends = float(claims["iat"]), float(claims["exp"])
    except (jwt.PyJWTError, ValueError, TypeError):
        raise NOT_BELIEVED from None
    now, leeway = at.timestamp(), LEEWAY.total_seconds()
    nonce_fits = secrets.compare_digest(str(claims["nonce"]).encode(), asking.nonce.encode())
    if not nonce_fits or ends <= now - leeway or begins > now + leeway:
        raise NOT_BELIEVED
    if claims.get("azp", provider.client) != provider.client:
        raise NOT_BELIEVED
    return claims


def _json(request: httpx.Request) -> Told:
    """What the provider answers. A refusal of its own (4xx) is not believed; anything else that fails is away."""
    try:
        with httpx.Client(timeout=TIMEOUT) as client:
            answer = client.send(request)
        if answer.is_client_error:
            raise NOT_BELIEVED
        answer.raise_for_status()
        found = answer.json()
    except (httpx.HTTPError, ValueError):
        raise AWAY from None
    if not isinstance(found, dict):
        raise NOT_BELIEVED
    return found
