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


def test_classes_are_ordered_as_the_classification_reads_and_old_numbers_come_first():
    order = ["A61K9/00", "A61K31/00", "B01D3/46", "B01D3/465", "B01D3/48", "H01M10/613"]
    numbers = ["98100001.4", "200810000001.4", "202010000001.4"]
    wanted = [matter(EntryKind.STATEMENT, main_class, number) for main_class in order for number in numbers]
    assert in_order(wanted[::-1]) == wanted
