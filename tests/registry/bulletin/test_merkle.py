"""The log's hashes against the RFC's definition, written a second way."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from registry.bulletin.merkle import Log, leaf_hash, root_of


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
