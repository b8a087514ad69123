"""Passkeys by the WebAuthn standard: what a browser is asked, and whether its answer is right. Nothing is stored here.

A challenge is its own proof: random bytes, until when it is good, and an HMAC over both, its purpose and its subject.
So a page that shows a passkey's button writes nothing; an answer that was right is spent by its caller.
"""

import hashlib
import ipaddress
import json
import os
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from fido2 import cbor
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from motcua.accounts.terms import CHALLENGE_LIFE
from motcua.kernel.errors import Denied
from motcua.kernel.seals import mac

LONGEST_ANSWER = 16_384
NAME = "Một Cửa"
# What reading an answer made up by hand can raise: the standard's formats nest three encodings.
_UNREADABLE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    AssertionError,
    RecursionError,
    OverflowError,
    struct.error,
)


def refused() -> Denied:
    """One sentence for whatever is wrong with an answer."""
    return Denied(
        "Khóa truy cập không được chấp nhận. Hãy tải lại trang rồi thử lại, hoặc dùng cách khác.",
        "The passkey was not accepted. Reload the page and try again, or use another way.",
    )


@dataclass(frozen=True, slots=True)
class Site:
    """For whom passkeys are made: the address people open, and its host, to which keys are bound."""

    origin: str
    host: str


def site_of(public_url: str) -> Site | None:
    """The site of PUBLIC_URL; None where browsers make no passkeys: a bare address, or no https (but localhost)."""
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        is_safe = parts.scheme == "https" or host == "localhost" or host.endswith(".localhost")
        return Site(f"{parts.scheme}://{parts.netloc}", host) if host and is_safe else None
    return None


def _server(site: Site) -> Fido2Server:
    return Fido2Server(
        PublicKeyCredentialRpEntity(name=NAME, id=site.host),
        verify_origin=lambda origin: origin == site.origin,
    )


def _challenge(purpose: str, subject: bytes, at: datetime) -> bytes:
    body = os.urandom(16) + int((at + CHALLENGE_LIFE).timestamp()).to_bytes(8, "big")
    return body + _proof(purpose, subject, body)


def _proof(purpose: str, subject: bytes, body: bytes) -> bytes:
    return mac("passkey-challenge", purpose.encode() + b"\0" + subject + body)[:16]


def _state(challenge: bytes, purpose: str, subject: bytes, at: datetime) -> dict[str, Any]:
    """The library's own state of a request, from the challenge that came back. Raises ValueError."""
    body, proof = challenge[:24], challenge[24:]
    if len(challenge) != 40 or proof != _proof(purpose, subject, body):
        raise ValueError("not a challenge of ours for this")
    if int.from_bytes(body[16:], "big") <= at.timestamp():
        raise ValueError("the challenge is over")
    verified = purpose in VERIFIED
    return {
        "challenge": websafe_encode(challenge),
        "user_verification": UserVerificationRequirement.REQUIRED if verified else None,
    }


# Purposes for which the passkey itself must have asked for finger, face or PIN.
VERIFIED = frozenset({"sign-in", "unlock"})


def creation_options(
    *, site: Site, account: UUID, login: str, name: str, known: Sequence[bytes], at: datetime
) -> str:
    """What `navigator.credentials.create` is asked, as JSON; `known`: the credentials the person has already."""
    options, _state = _server(site).register_begin(
        PublicKeyCredentialUserEntity(id=account.bytes, name=login, display_name=name),
        credentials=[AttestedCredentialData(each) for each in known],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
        challenge=_challenge("add", account.bytes, at),
    )
    return json.dumps(dict(options)["publicKey"])


def request_options(*, site: Site, purpose: str, subject: bytes, known: Sequence[bytes], at: datetime) -> str:
    """What `navigator.credentials.get` is asked, as JSON; without `known`, any passkey of the site may answer."""
    options, _state = _server(site).authenticate_begin(
        credentials=[AttestedCredentialData(each) for each in known] or None,
        user_verification=(
            UserVerificationRequirement.REQUIRED
            if purpose in VERIFIED
            else UserVerificationRequirement.DISCOURAGED
        ),
        challenge=_challenge(purpose, subject, at),
    )
    return json.dumps(dict(options)["publicKey"])


@dataclass(frozen=True, slots=True)
class Answer:
    """A right answer: which credential, how often it has signed, whose it says it is, which challenge it spent."""

    credential: bytes
    credential_digest: bytes
    sign_count: int
    challenge_digest: bytes


def credential_digest(credential_id: bytes) -> bytes:
    """How a credential is found: its own id may be a kilobyte long."""
    return hashlib.sha256(credential_id).digest()


def created(answer: str, *, site: Site, account: UUID, at: datetime) -> Answer:
    """Read the answer to `creation_options`. Raises Denied for one that is not right."""
    try:
        raw = _read(answer)
        challenge = RegistrationResponse.from_dict(raw).response.client_data.challenge
        data = _server(site).register_complete(_state(challenge, "add", account.bytes, at), raw)
        return _answer(data, challenge, data.credential_data)
    except _UNREADABLE as error:
        raise refused() from error


def asserted(
    answer: str, *, site: Site, purpose: str, subject: bytes, credential: bytes, account: UUID, at: datetime
) -> Answer:
    """Read the answer to `request_options` by the passkey `credential` of `account`. Raises Denied."""
    try:
        raw = _read(answer)
        told = AuthenticationResponse.from_dict(raw)
        challenge = told.response.client_data.challenge
        kept = AttestedCredentialData(credential)
        _server(site).authenticate_complete(_state(challenge, purpose, subject, at), [kept], raw)
        if told.response.user_handle not in (None, b"", account.bytes):
            raise ValueError("the passkey is somebody else's")
        return _answer(told.response.authenticator_data, challenge, kept)
    except _UNREADABLE as error:
        raise refused() from error


def _answer(data: AuthenticatorData, challenge: bytes, credential: AttestedCredentialData | None) -> Answer:
    if credential is None:
        raise ValueError("no credential")
    return Answer(
        credential=bytes(credential),
        credential_digest=credential_digest(credential.credential_id),
        sign_count=data.counter,
        challenge_digest=hashlib.sha256(challenge).digest(),
    )


def named_credential(answer: str) -> bytes:
    """The digest of the credential that an answer says it is from. Raises Denied for what is no answer."""
    try:
        return credential_digest(websafe_decode(str(_read(answer)["rawId"])))
    except _UNREADABLE as error:
        raise refused() from error


def is_from(answer: str, credential: bytes) -> bool:
    """Whether an answer says it is from this passkey. Raises Denied for what is no answer."""
    return named_credential(answer) == credential_digest(AttestedCredentialData(credential).credential_id)


# The library makes bytes of these: of a number n, n bytes, and a stranger would have all our memory.
_TEXTS = frozenset(
    {"id", "rawId", "clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"}
)


def _read(answer: str) -> Mapping[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("too long")
    raw = json.loads(answer)
    if not isinstance(raw, dict) or not isinstance(raw.get("response", {}), dict):
        raise TypeError("no answer")
    for name, value in (raw | raw.get("response", {})).items():
        if name in _TEXTS and not isinstance(value, str | None):
            raise TypeError(f"{name} is no text")
    attestation = raw.get("response", {}).get("attestationObject")
    if attestation is not None:
        told = cbor.decode(websafe_decode(attestation))
        if not isinstance(told, dict) or not isinstance(told.get("authData"), bytes):
            raise TypeError("authData is no bytes")
    return raw
