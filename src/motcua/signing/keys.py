"""A key that signs, wherever it is kept: in a file, on a token, at a remote service."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509 import Certificate
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.kernel.errors import Invalid

DIGEST = "sha256"


class CannotSign(Exception):
    """The key's keeper does not sign now; `why` is for the log, and holds nothing secret."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Certified:
    """A key's certificate and those that lead from it to a root, each as DER."""

    certificate: bytes
    chain: tuple[bytes, ...] = ()


class Key(Protocol):
    """A key that signs."""

    @property
    def certified(self) -> Certified:
        """Whose it is."""

    def sign(self, data: bytes) -> bytes:
        """The signature over `data`, its SHA-256 taken by the keeper. Raises CannotSign. Slow."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key out of a file, for trial: loaded and checked once, not at each signature (ADR 0068)."""

    certified: Certified
    _key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """The signature over `data`."""
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


def key_file(content: bytes, passphrase: bytes) -> KeyFile:
    """The key in a PKCS#12 file. Raises Invalid where it can't be opened, or holds no RSA or EC key with its paper."""
    try:
        opened = pkcs12.load_pkcs12(content, passphrase)
    except ValueError as fault:
        raise Invalid(
            "Không mở được tệp khóa PKCS#12. Kiểm tra tệp và mật khẩu của tệp.",
            "The PKCS#12 key file can't be opened. Check the file and its passphrase.",
        ) from fault
    if opened.cert is None or not isinstance(opened.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise Invalid(
            "Tệp khóa phải có một khóa RSA hoặc EC cùng chứng thư số của khóa đó.",
            "A key file must hold an RSA or EC key and its certificate.",
        )
    chain = tuple(_der(each.certificate) for each in opened.additional_certs)
    return KeyFile(Certified(_der(opened.cert.certificate), chain), opened.key)


def _der(certificate: Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


class ByKey(Signer):
    """A key of ours, as the library asks for one."""

    def __init__(self, key: Key) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(_loaded(key.certified.chain))
        super().__init__(signing_cert=x509.Certificate.load(key.certified.certificate), cert_registry=store)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002
        """Sign; a dry run asks how much room is needed."""
        if dry_run:
            return bytes(512)
        return self._key.sign(data)


def _loaded(chain: Sequence[bytes]) -> list[x509.Certificate]:
    return [x509.Certificate.load(each) for each in chain]
