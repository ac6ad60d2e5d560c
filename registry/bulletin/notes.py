"""Checkpoints as signed notes: plain text that anyone can keep, with signatures beneath (C2SP signed-note, tlog-checkpoint).

The text names the log, its size and its root, then what the issue is and what the log was before it. Everything that an
issue's file says outside of its entries stands in this text, so a signature covers the whole of the file.
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

ED25519 = b"\x01"
WITHOUT_EFFECT = "legal-effect none; development key; 开发密钥，无法律效力"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key of the bulletin, 32 bytes, under the name it signs with."""

    name: str
    public: bytes
    has_effect: bool

    @property
    def key_id(self) -> str:
        """Eight hexadecimal digits that tell keys apart: the beginning of the hash over name and key."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).hexdigest()[:8]

    @property
    def text(self) -> str:
        """The key in one line, as verifiers read it."""
        return f"{self.name}+{self.key_id}+{_base64(ED25519 + self.public)}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is signed with an issue. Roots are hexadecimal here and base64 in the text; an empty log has the size 0."""

    origin: str
    size: int
    root: str
    issue: str
    serial: int
    issued_on: str
    published_at: str
    entries: int
    previous_size: int
    previous_root: str
    has_effect: bool

    @property
    def text(self) -> str:
        """The text that is signed."""
        lines = [
            self.origin,
            str(self.size),
            _base64(bytes.fromhex(self.root)),
            f"issue {self.issue}",
            f"serial {self.serial}",
            f"issued-on {self.issued_on}",
            f"published-at {self.published_at}",
            f"entries {self.entries}",
            f"previous {self.previous_size} {_base64(bytes.fromhex(self.previous_root))}",
            *([] if self.has_effect else [WITHOUT_EFFECT]),
        ]
        return "\n".join(lines) + "\n"


def note(text: str, signatures: Iterable[tuple[VerifierKey, bytes]]) -> str:
    """Return the signed note: the text, an empty line, a line for each signature."""
    return text + "\n" + "".join(_signature(key, signature) for key, signature in signatures)


def _signature(key: VerifierKey, signature: bytes) -> str:
    return f"— {key.name} {_base64(bytes.fromhex(key.key_id) + signature)}\n"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
