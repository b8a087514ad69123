"""A certificate authority of the tests: a root, whom it certifies, whom it withdraws, and a clock that stamps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import keys as asn1_keys, x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.signing.keys import Certified, KeyFile

NOW = datetime(2026, 8, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LONG = 6000 * DAY


@cache
def _key(whose: str) -> ec.EllipticCurvePrivateKey:
    del whose  # a key for each name
    return ec.generate_private_key(ec.SECP256R1())


@cache
def _clock_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def der(certificate: x509.Certificate) -> bytes:
    """As DER."""
    return certificate.public_bytes(Encoding.DER)


@dataclass
class Authority:
    """Certifies at `at`; what it withdraws stands on its list."""

    name: str = "CA thử nghiệm"
    at: datetime = NOW
    withdrawn: dict[int, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = _key(self.name)
        self.root = self._certify(self.name, self.key, authority=True, lasting=LONG)

    def _certify(
        self,
        name: str,
        key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
        *,
        authority: bool = False,
        stamps: bool = False,
        lasting: timedelta = 400 * DAY,
    ) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        usage = x509.KeyUsage(
            digital_signature=not authority,
            content_commitment=not authority,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=authority,
            crl_sign=authority,
            encipher_only=False,
            decipher_only=False,
        )
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if authority else self.root.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.at - DAY)
            .not_valid_after(self.at - DAY + lasting)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
            )
        )
        if stamps:
            made = made.add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
            )
        return made.sign(self.key, hashes.SHA256())

    def key_of(self, name: str, *, lasting: timedelta = 400 * DAY) -> KeyFile:
        """A key certified for `name`."""
        certified = self._certify(name, _key(name), lasting=lasting)
        return KeyFile(Certified(der(certified), (der(self.root),)), _key(name))

    def file_of(self, name: str, passphrase: bytes) -> bytes:
        """A key certified for `name`, as a PKCS#12 file."""
        return pkcs12.serialize_key_and_certificates(
            name.encode(),
            _key(name),
            self._certify(name, _key(name)),
            [self.root],
            BestAvailableEncryption(passphrase),
        )

    def withdraw(self, key: KeyFile, *, at: datetime) -> None:
        """The key's certificate is withdrawn."""
        serial = x509.load_der_x509_certificate(key.certified.certificate).serial_number
        self.withdrawn[serial] = at

    def list_of_withdrawn(self) -> bytes:
        """The authority's list, as DER."""
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(self.at - timedelta(hours=1))
            .next_update(self.at + 30 * DAY)
            .add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
            )
        )
        for serial, at in self.withdrawn.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
            made = made.add_revoked_certificate(entry.build())
        return made.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def clock(self, *, at: datetime | None = None) -> DummyTimeStamper:
        """Stamps, always at the same moment."""
        key = _clock_key()
        plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return DummyTimeStamper(
            tsa_cert=asn1.Certificate.load(
                der(self._certify("Đồng hồ thử nghiệm", key, stamps=True, lasting=LONG))
            ),
            tsa_key=asn1_keys.PrivateKeyInfo.load(plain),
            certs_to_embed=SimpleCertificateStore(),
            fixed_dt=at or self.at,
        )

    def proof(self, *, at: datetime | None = None, others: Sequence["Authority"] = ()) -> ValidationContext:
        """What it says about its certificates at a moment."""
        every = (self, *others)
        return ValidationContext(
            trust_roots=[asn1.Certificate.load(der(each.root)) for each in every],
            crls=[each.list_of_withdrawn() for each in every],
            moment=at or self.at,
            allow_fetching=False,
            revocation_mode="require",
        )
