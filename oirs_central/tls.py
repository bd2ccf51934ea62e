"""The project's own certificate authority, and the one certificate of this centre.

A short chain of elliptic curve keys costs a counter on a slow line the fewest bytes. Counters trust this
authority and no other, so no company on earth can stand between them and the centre.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from oirs_central.settings import make_folder, write_private

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FOLDER = "tls"
AUTHORITY_YEARS, SERVER_DAYS = 20, 800
EARLIER = timedelta(days=1)
"""A counter's clock may be a little behind."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The files that the server needs, and what counters are given."""

    folder: Path

    @property
    def authority(self) -> Path:
        """What each counter is enrolled with: no secret."""
        return self.folder / "ca.pem"

    @property
    def chain(self) -> Path:
        """The certificate of this centre."""
        return self.folder / "server.pem"

    @property
    def key(self) -> Path:
        """Its private key."""
        return self.folder / "server.key"

    @property
    def stands(self) -> bool:
        """Whether there is one."""
        return self.chain.is_file() and self.key.is_file()


def issue(folder: Path, hosts: Sequence[str], now: int) -> Certificate:
    """Make the authority unless it stands, and a new certificate for ``hosts``. ``now``: ms UTC.

    ``hosts``: names or addresses by which counters reach the centre.
    """
    made = Certificate(folder)
    make_folder(folder)
    at = datetime.fromtimestamp(now / 1000, tz=UTC)
    secret = folder / "ca.key"
    if not made.authority.is_file():
        _keep_authority(made, secret, at)
    key = serialization.load_pem_private_key(secret.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(secret.name)
    issuer = x509.load_pem_x509_certificate(made.authority.read_bytes())
    own_key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([_name(host) for host in hosts])
    certificate = (
        _builder(_called(hosts[0]), issuer.subject, own_key, at, timedelta(days=SERVER_DAYS))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    write_private(made.key, _pem(own_key))
    write_private(made.chain, certificate.public_bytes(serialization.Encoding.PEM))
    return made


def _keep_authority(made: Certificate, secret: Path, at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _called("Autoridad OIRS")
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        _builder(name, name, key, at, timedelta(days=366 * AUTHORITY_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    write_private(secret, _pem(key))
    write_private(made.authority, certificate.public_bytes(serialization.Encoding.PEM))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, at: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - EARLIER)
        .not_valid_after(at + life)
    )


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
