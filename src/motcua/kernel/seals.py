"""Keys of the installation: one secret, a key derived for each purpose, AES-GCM and HMAC on them."""

import functools
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@functools.cache
def key(purpose: str) -> bytes:
    """The 32-byte key of this installation for `purpose`."""
    master = bytes.fromhex(settings.INSTALLATION_KEY)
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"motcua/{purpose}".encode()).derive(master)


@functools.cache
def _cipher(purpose: str) -> AESGCM:
    return AESGCM(key(purpose))


def encrypt(purpose: str, plain: bytes, *, bound_to: bytes = b"") -> bytes:
    """`plain` sealed with the key for `purpose`; `bound_to` must be the same when it is opened."""
    nonce = os.urandom(12)
    return nonce + _cipher(purpose).encrypt(nonce, plain, bound_to)


def decrypt(purpose: str, sealed: bytes, *, bound_to: bytes = b"") -> bytes:
    """What `encrypt` sealed. Raises cryptography's InvalidTag when it was changed or belongs elsewhere."""
    return _cipher(purpose).decrypt(sealed[:12], sealed[12:], bound_to)


def mac(purpose: str, message: bytes) -> bytes:
    """HMAC-SHA-256 of `message` with the key for `purpose`."""
    return hmac.new(key(purpose), message, hashlib.sha256).digest()
