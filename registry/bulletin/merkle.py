"""The Merkle tree over all entries (RFC 9162 §2.1): leaf and node hashes, the root of a growing log, and its proofs.

A proof for a million entries needs a thousand hashes at most: the roots of every 256, 65,536 … leaves are kept
(:func:`new_nodes`), so that a :class:`Tree` reads blocks of 256 hashes and nothing else.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

LEAF = b"\x00"
NODE = b"\x01"
STEP = 8  # levels between kept nodes
BLOCK = 1 << STEP

Fetch = Callable[[int, int], Sequence[str]]
"""``fetch(level, block)``: the hashes of that level with the numbers ``block * 256`` to ``block * 256 + 255``, as far as
there are any. Level 0 are the leaves, level 8 the roots of 256 leaves, and so on."""


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


def new_nodes(size: int, leaves: Iterable[str], fetch: Fetch) -> Iterator[tuple[int, int, str]]:
    """Yield level, number and hash of each kept node that these leaves complete in a log of ``size`` leaves."""
    level, first, added = 0, size, list(leaves)
    while added:
        begun = list(fetch(level, first >> STEP))[: first % BLOCK] if first % BLOCK else []
        row, first = [*begun, *added], first >> STEP
        added = [root_of(row[at : at + BLOCK]) for at in range(0, len(row) - BLOCK + 1, BLOCK)]
        level += STEP
        yield from ((level, first + number, node) for number, node in enumerate(added))


@dataclass(slots=True)
class Tree:
    """The tree over the first ``size`` leaves of a log, read block by block."""

    size: int
    fetch: Fetch
    _blocks: dict[tuple[int, int], Sequence[str]] = field(default_factory=dict)

    def inclusion(self, index: int) -> list[str]:
        """Return the hashes that lead from leaf ``index`` to the root, the lowest first (RFC 9162 §2.1.3.1).

        Raises:
            IndexError: there is no such leaf.
        """
        if not 0 <= index < self.size:
            raise IndexError(index)
        path, start, end = [], 0, self.size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self.hash(middle, end))
                end = middle
            else:
                path.append(self.hash(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, first: int) -> list[str]:
        """Return the hashes that prove the tree to be an extension of its first leaves (RFC 9162 §2.1.4.1).

        Raises:
            IndexError: the smaller tree is empty or larger than this one.
        """
        if not 0 < first <= self.size:
            raise IndexError(first)
        path, start, end, whole = [], 0, self.size, True
        while first != end:
            middle = start + _split(end - start)
            if first <= middle:
                path.append(self.hash(middle, end))
                end = middle
            else:
                path.append(self.hash(start, middle))
                start, whole = middle, False
        return [*([] if whole else [self.hash(start, end)]), *path[::-1]]

    def hash(self, start: int, end: int) -> str:
        """Return the root over the leaves from ``start`` to before ``end``."""
        count = end - start
        if count & (count - 1) == 0 and start % count == 0:
            level = (count.bit_length() - 1) // STEP * STEP
            return root_of(self._row(level, start >> level, end >> level))
        middle = start + _split(count)
        return node_hash(self.hash(start, middle), self.hash(middle, end))

    def _row(self, level: int, start: int, end: int) -> Sequence[str]:
        """A perfect subtree lies within one block of its level."""
        block = start >> STEP
        if (level, block) not in self._blocks:
            self._blocks[level, block] = self.fetch(level, block)
        return self._blocks[level, block][start - block * BLOCK : end - block * BLOCK]


def _split(count: int) -> int:
    """Return the largest power of two smaller than ``count``."""
    return 1 << (count - 1).bit_length() - 1
