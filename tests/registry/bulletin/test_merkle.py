"""The log's hashes against the RFC's definition, written a second way."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.bulletin.merkle import Log, Tree, leaf_hash, new_nodes, node_hash, root_of


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1: split at the largest power of two smaller than the number of leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:k]) + by_definition(leaves[k:])).digest()


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_root_is_the_one_the_rfc_defines(leaves):
    assert root_of([leaf_hash(leaf) for leaf in leaves]) == by_definition(leaves).hex()


@given(st.lists(st.binary(max_size=4), max_size=40), st.lists(st.binary(max_size=4), max_size=40))
def test_a_log_grown_issue_by_issue_has_the_root_of_the_whole(first, second):
    hashes = [leaf_hash(leaf) for leaf in first], [leaf_hash(leaf) for leaf in second]
    grown = Log().appended(hashes[0]).appended(hashes[1])
    assert grown.root == by_definition(first + second).hex()
    assert grown.size == len(first) + len(second)


def test_a_leaf_is_not_mistaken_for_a_node():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    forged = bytes.fromhex(left) + bytes.fromhex(right)
    assert leaf_hash(forged) != root_of([left, right])


def path_by_definition(index: int, leaves: list[bytes]) -> list[str]:
    """RFC 9162 §2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if index < k:
        return [*path_by_definition(index, leaves[:k]), by_definition(leaves[k:]).hex()]
    return [*path_by_definition(index - k, leaves[k:]), by_definition(leaves[:k]).hex()]


def subproof(first: int, leaves: list[bytes], whole: bool) -> list[str]:
    """RFC 9162 §2.1.4.1."""
    if first == len(leaves):
        return [] if whole else [by_definition(leaves).hex()]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if first <= k:
        return [*subproof(first, leaves[:k], whole), by_definition(leaves[k:]).hex()]
    return [*subproof(first - k, leaves[k:], False), by_definition(leaves[:k]).hex()]


class Kept:
    """Leaves and kept nodes as the database keeps them, grown issue by issue."""

    def __init__(self):
        self.rows: dict[int, list[str]] = {0: []}

    def fetch(self, level: int, block: int) -> list[str]:
        return self.rows.get(level, [])[block * 256 : block * 256 + 256]

    def grow(self, leaves: list[str]) -> None:
        for level, index, node in list(new_nodes(len(self.rows[0]), leaves, self.fetch)):
            assert index == len(self.rows.setdefault(level, []))
            self.rows[level].append(node)
        self.rows[0] += leaves


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40), st.data())
def test_proofs_are_the_ones_the_rfc_defines(leaves, data):
    kept = Kept()
    kept.grow([leaf_hash(leaf) for leaf in leaves])
    tree = Tree(len(leaves), kept.fetch)
    index = data.draw(st.integers(0, len(leaves) - 1))
    assert tree.inclusion(index) == path_by_definition(index, leaves)
    assert tree.consistency(index + 1) == subproof(index + 1, leaves, True)


def test_there_is_no_proof_of_what_is_not_in_the_log():
    tree = Tree(3, lambda level, block: [leaf_hash(bytes([n])) for n in range(3)])
    for index in (-1, 3):
        with pytest.raises(IndexError):
            tree.inclusion(index)
    for first in (0, 4):
        with pytest.raises(IndexError):
            tree.consistency(first)


def test_a_log_of_140_000_entries_is_proved_from_kept_nodes_with_few_reads():
    kept, log = Kept(), Log()
    for at in range(0, 140_000, 1_000):
        leaves = [leaf_hash(str(at + n).encode()) for n in range(1_000)]
        kept.grow(leaves)
        log = log.appended(leaves)
    assert {level: len(row) for level, row in kept.rows.items()} == {0: 140_000, 8: 546, 16: 2}
    reads = []

    def fetch(level, block):
        reads.append((level, block))
        return kept.fetch(level, block)

    for index in (0, 65_535, 65_536, 99_999, 139_999):
        reads.clear()
        path = Tree(140_000, fetch).inclusion(index)
        assert len(reads) <= 6
        node, place, last = kept.rows[0][index], index, 139_999
        for sibling in path:
            if place & 1 or place == last:
                node = node_hash(sibling, node)
                while not place & 1 and place:
                    place, last = place >> 1, last >> 1
            else:
                node = node_hash(node, sibling)
            place, last = place >> 1, last >> 1
        assert (last, node) == (0, log.root)
