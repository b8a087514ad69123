"""The citizen's key to a dossier: a token in the QR and a 6-digit PIN, both derived, neither stored. Pure."""

import base64
import hashlib
import hmac
from uuid import UUID


def token(key: bytes, dossier: UUID, version: int) -> str:
    """The 16-byte token of the receipt's QR, as 22 URL-safe characters."""
    return base64.urlsafe_b64encode(_mac(key, "token", dossier, version)[:16]).rstrip(b"=").decode()


def pin(key: bytes, dossier: UUID, version: int) -> str:
    """The 6-digit PIN printed on the receipt."""
    return f"{int.from_bytes(_mac(key, 'pin', dossier, version)[:8], 'big') % 1_000_000:06}"


def token_digest(token_text: str) -> bytes:
    """What the dossier row keeps to be found by a token: SHA-256, from which no token can be made."""
    return hashlib.sha256(token_text.encode()).digest()


def _mac(key: bytes, purpose: str, dossier: UUID, version: int) -> bytes:
    message = f"{purpose}/{dossier}/{version}".encode()
    return hmac.new(key, message, hashlib.sha256).digest()
