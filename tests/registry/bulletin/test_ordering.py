"""The order of GL V-8 §1.3.2."""

from uuid import UUID

from registry.bulletin.ordering import Matter, in_order
from registry.enums import EntryKind


def matter(kind: EntryKind, main_class: str, number: str) -> Matter:
    return Matter(kind, UUID(int=1), UUID(int=2), {"main_class": main_class, "patent_number": number})


def test_kind_of_matter_then_main_class_then_number():
    first = matter(EntryKind.STATEMENT, "A61K31/00", "202010000002.9")
    second = matter(EntryKind.STATEMENT, "B01D1/00", "201910000001.4")
    third = matter(EntryKind.STATEMENT, "B01D1/00", "202010000001.4")
    last = matter(EntryKind.WITHDRAWAL, "A01B1/00", "200810000001.4")
    assert in_order([last, third, first, second]) == [first, second, third, last]
