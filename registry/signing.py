"""Who signs the bulletin: a port named by the setting ``BULLETIN_SIGNER``, with Ed25519 keys.

Keys change by overlap: name the new key beside the old one for a while, and every checkpoint carries both signatures.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings
from django.utils.module_loading import import_string

from registry.bulletin.notes import VerifierKey


class NoSigningKey(Exception):
    """No key is there to sign with: an issue cannot appear, and says so instead of appearing unsigned."""


class Signer(Protocol):
    """Holds the keys or reaches what holds them (a security module). It signs a text with every present key."""

    def keys(self) -> Sequence[VerifierKey]:
        """Return the public keys that sign now, the newest first. All have legal effect, or none has.

        Raises:
            NoSigningKey: none is there.
        """

    def sign(self, text: bytes) -> Sequence[bytes]:
        """Return one signature a key, in the order of :meth:`keys`; raise if a key is out of reach."""


class FileSigner:
    """Private keys in PEM files (PKCS 8, Ed25519), named by the setting ``BULLETIN_SIGNING_KEYS``."""

    def __init__(self) -> None:
        paths = settings.BULLETIN_SIGNING_KEYS
        if not paths:
            raise NoSigningKey("BULLETIN_SIGNING_KEYS names no file (docs/operations.md, The bulletin's key)")
        self._private = [_read(Path(path)) for path in paths]

    def keys(self) -> list[VerifierKey]:
        """Return the public halves, under the name of the log."""
        return [VerifierKey(settings.BULLETIN_ORIGIN, _public(key), has_effect=True) for key in self._private]

    def sign(self, text: bytes) -> list[bytes]:
        """Sign with each key."""
        return [key.sign(text) for key in self._private]


class DevelopmentSigner:
    """A key that everybody can compute. What it signs says that it has no legal effect, and so does its name."""

    NAME = "development-key-without-legal-effect"

    def __init__(self) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(self.NAME.encode()).digest())

    def keys(self) -> list[VerifierKey]:
        """Return the development key."""
        return [VerifierKey(self.NAME, _public(self._private), has_effect=False)]

    def sign(self, text: bytes) -> list[bytes]:
        """Sign with the development key."""
        return [self._private.sign(text)]


def configured_signer() -> Signer:
    """Return the signer that the settings name."""
    return import_string(settings.BULLETIN_SIGNER)()


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise NoSigningKey(f"{path} holds no readable private key: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoSigningKey(f"{path} holds a key of another kind than Ed25519")
    return key


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
