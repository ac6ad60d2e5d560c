"""The port to a virus scanner. Development scans nothing and says so; production speaks to clamd and fails closed.

``VIRUS_SCANNER`` names the scanner: empty for none, ``clamd://host:port`` or ``clamd:///path/to/socket``.
"""

import socket
import struct
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.validation.refusals import UploadRefused

CLAMD_PORT = 3310
_CHUNK = 64 * 1024
_LONGEST_REPLY = 4096


class Scanner(Protocol):
    """Looks for known malicious content."""

    @property
    def notice(self) -> str | Promise:
        """A sentence for staff about what this scanner does not do, or "" if it really scans."""

    def scan(self, data: bytes) -> None:
        """Return if nothing was found.

        Raises:
            UploadRefused: ``infected``, or ``scanner_down`` if no answer could be had.
        """


@dataclass(frozen=True, slots=True)
class NoScanner:
    """The development scanner: it scans nothing, and says so."""

    @property
    def notice(self) -> str | Promise:
        """The sentence shown wherever files are handled."""
        return _("Uploaded files are not scanned for viruses: no scanner is configured.")

    def scan(self, data: bytes) -> None:
        """Accept anything."""


@dataclass(frozen=True, slots=True)
class ClamdScanner:
    """Speaks clamd's INSTREAM over TCP or a Unix socket. Whatever goes wrong refuses the file."""

    address: tuple[str, int] | str
    timeout: float = 30.0

    @property
    def notice(self) -> str | Promise:
        """Nothing to warn of."""
        return ""

    def scan(self, data: bytes) -> None:
        """Send the file and read the verdict. Raises UploadRefused as :class:`Scanner` says."""
        try:
            reply = self._ask(data)
        except OSError as error:
            raise UploadRefused("scanner_down", _SCANNER_DOWN) from error
        if reply == "stream: OK":
            return
        if reply.endswith(" FOUND"):
            raise UploadRefused(
                "infected", _("The virus scanner found harmful content in this file. Check your computer.")
            )
        raise UploadRefused("scanner_down", _SCANNER_DOWN)

    def _ask(self, data: bytes) -> str:
        with self._connect() as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), _CHUNK):
                chunk = data[start : start + _CHUNK]
                connection.sendall(struct.pack("!L", len(chunk)) + chunk)
            connection.sendall(struct.pack("!L", 0))
            reply = b""
            while not reply.endswith(b"\0") and len(reply) < _LONGEST_REPLY:
                received = connection.recv(_LONGEST_REPLY)
                if not received:
                    break
                reply += received
        return reply.rstrip(b"\0").decode("utf-8", "replace").strip()

    def _connect(self) -> socket.socket:
        if isinstance(self.address, tuple):
            return socket.create_connection(self.address, timeout=self.timeout)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(self.timeout)
        try:
            connection.connect(self.address)
        except OSError:
            connection.close()
            raise
        return connection


_SCANNER_DOWN = _("Files cannot be checked for viruses at the moment, so none are accepted. Try again in some minutes.")


def configured_scanner() -> Scanner:
    """Return the scanner that ``VIRUS_SCANNER`` names.

    Raises:
        ImproperlyConfigured: the setting is neither empty nor a clamd address.
    """
    address = settings.VIRUS_SCANNER
    if not address:
        return NoScanner()
    parts = urlsplit(address)
    if parts.scheme == "clamd" and parts.hostname:
        return ClamdScanner((parts.hostname, parts.port or CLAMD_PORT))
    if parts.scheme == "clamd" and parts.path:
        return ClamdScanner(parts.path)
    raise ImproperlyConfigured("VIRUS_SCANNER must be clamd://host:port or clamd:///path/to/socket, or empty.")
