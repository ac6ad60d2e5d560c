"""The Merkle tree over all entries (RFC 9162 §2.1): leaf and node hashes, and the root of a growing log."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEAF = b"\x00"
NODE = b"\x01"


def leaf_hash(data: bytes) -> str:
    """Return the hash of one entry's canonical bytes, as hexadecimal text."""
    return hashlib.sha256(LEAF + data).hexdigest()


def node_hash(left: str, right: str) -> str:
    """Return the hash of an inner node over its two children."""
    return hashlib.sha256(NODE + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


@dataclass(frozen=True, slots=True)
class Log:
    """A log of ``size`` leaves. ``frontier`` holds the roots of its perfect subtrees, largest first."""

    size: int = 0
    frontier: tuple[str, ...] = ()

    def appended(self, leaves: Iterable[str]) -> "Log":
        """Return the log with further leaf hashes at its end."""
        size, frontier = self.size, list(self.frontier)
        for leaf in leaves:
            frontier.append(leaf)
            size += 1
            complete = size
            while complete % 2 == 0:
                right = frontier.pop()
                frontier.append(node_hash(frontier.pop(), right))
                complete //= 2
        return Log(size, tuple(frontier))

    @property
    def root(self) -> str:
        """The root over all leaves; of an empty log, the hash of nothing."""
        if not self.frontier:
            return hashlib.sha256(b"").hexdigest()
        root = self.frontier[-1]
        for left in reversed(self.frontier[:-1]):
            root = node_hash(left, root)
        return root


def root_of(leaves: Sequence[str]) -> str:
    """Return the root over these leaf hashes."""
    return Log().appended(leaves).root
