"""OpenID Connect, the part of who asks: authorization code with PKCE, state and nonce; the answer verified.

Every call goes out bounded (`oidc_calls`) and outside of any transaction. Nothing of the answer is believed that the
provider's published keys did not sign.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

import httpx
import jwt
from cryptography.exceptions import InvalidTag

from motcua.accounts.oidc_calls import NOT_BELIEVED, Talk, Told, discovered, talk
from motcua.kernel.errors import Denied
from motcua.kernel.seals import decrypt, encrypt

ASKING_LIFE = timedelta(minutes=10)
LEEWAY = timedelta(minutes=1)
ALGORITHMS = ("RS256", "PS256", "ES256")
# What a token says of itself, of the sign-in and of nobody (OpenID Connect Core 2, 3.3.2.11; sessions).
IMPERSONAL = frozenset({"iss", "sub", "aud", "azp", "exp", "iat", "nbf", "jti", "nonce", "sid"}) | frozenset(
    {"auth_time", "acr", "amr", "at_hash", "c_hash", "s_hash"}
)
_PURPOSE = "oidc-asking"


@dataclass(frozen=True, slots=True)
class Provider:
    """Where people sign in, and as whom we ask there."""

    issuer: str
    client: str
    secret: str
    redirect_uri: str
    left_uri: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider answered: the claims, verified, and the id_token that says whom to sign out there; without one
    where it tells of the person, as it travels in an address then."""

    claims: Told
    hint: str


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
        return base64.urlsafe_b64encode(
            encrypt(_PURPOSE, json.dumps(told, ensure_ascii=False).encode())
        ).decode()


FORGED = Denied(
    "Câu trả lời đăng nhập không khớp với yêu cầu từ trình duyệt này, hoặc đã dùng rồi. Hãy đăng nhập lại từ đầu.",
    "The answer does not belong to what this browser asked, or was used before. Begin signing in again.",
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


def ask(
    provider: Provider, *, following: str, at: datetime, anew: bool = False, level: str = ""
) -> tuple[str, Asking]:
    """Where to send the browser, and the question to keep in it. `anew`: whoever the provider still knows there
    signs in again; `level`: the class of authentication (acr) to ask for. Raises Unavailable while the provider is
    away."""
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
    query |= {"prompt": "login"} if anew else {}
    query |= {"acr_values": level} if level else {}
    return _with(str(discovered(provider.issuer)["authorization_endpoint"]), query), asking


def leaving(provider: Provider, *, hint: str) -> str | None:
    """Where to send the browser to sign out at the provider, by `hint` where there is one; None where the provider has
    no such place (RP-Initiated Logout 1.0). Raises Unavailable while the provider is away."""
    where = discovered(provider.issuer).get("end_session_endpoint")
    if not isinstance(where, str) or urlsplit(where).scheme != urlsplit(provider.issuer).scheme:
        return None
    query = {"client_id": provider.client, "post_logout_redirect_uri": provider.left_uri}
    return _with(where, query | ({"id_token_hint": hint} if hint else {}))


def _with(where: str, query: Told) -> str:
    return f"{where}{'&' if urlsplit(where).query else '?'}{urlencode(query)}"


def answered(provider: Provider, asking: Asking, *, state: str, code: str, at: datetime) -> Answer:
    """Who signed in. Raises Denied for an answer that is not to `asking` or can't be verified;
    Unavailable while the provider is away."""
    if not secrets.compare_digest(state.encode(), asking.state.encode()) or not code:
        raise FORGED
    with talk() as talking:
        known = discovered(provider.issuer, talking)
        tokens = _token(talking, provider, known, asking, code)
        token = str(tokens.get("id_token", ""))
        signed = _verified(talking, provider, known, asking, token, at)
        told = _userinfo(talking, known, str(tokens.get("access_token", "")))
    if told.get("sub") != signed["sub"]:
        raise NOT_BELIEVED
    return Answer({**signed, **told}, token if signed.keys() <= IMPERSONAL else "")


def _token(talking: Talk, provider: Provider, known: Told, asking: Asking, code: str) -> Told:
    told = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": provider.redirect_uri,
        "client_id": provider.client,
        "client_secret": provider.secret,
        "code_verifier": asking.verifier,
    }
    return talking.told(httpx.Request("POST", known["token_endpoint"], data=told))


def _userinfo(talking: Talk, known: Told, token: str) -> Told:
    return talking.told(
        httpx.Request("GET", known["userinfo_endpoint"], headers={"Authorization": f"Bearer {token}"})
    )


def _verified(
    talking: Talk, provider: Provider, known: Told, asking: Asking, token: str, at: datetime
) -> Told:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        keys = jwt.PyJWKSet.from_dict(dict(talking.told(httpx.Request("GET", known["jwks_uri"])))).keys
        fitting = [key for key in keys if key.key_id == kid]
        if len(fitting) != 1:
            raise NOT_BELIEVED
        claims: Told = jwt.decode(
            token,
            # The key itself: PyJWT takes an RSA key that names no algorithm to be for RS256 only.
            fitting[0].key,
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
        begins = max(float(claims["iat"]), float(claims.get("nbf", 0)))
        ends = float(claims["exp"])
    except (jwt.PyJWTError, ValueError, TypeError):
        raise NOT_BELIEVED from None
    now, leeway = at.timestamp(), LEEWAY.total_seconds()
    nonce_fits = secrets.compare_digest(str(claims["nonce"]).encode(), asking.nonce.encode())
    if not nonce_fits or ends <= now - leeway or begins > now + leeway:
        raise NOT_BELIEVED
    if not _is_for(provider.client, claims):
        raise NOT_BELIEVED
    return claims


def _is_for(client: str, claims: Told) -> bool:
    """Whether the token was given to `client`: one for several says to whom (OpenID Connect Core 3.1.3.7)."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    return bool(claims.get("azp", None if several else client) == client)
