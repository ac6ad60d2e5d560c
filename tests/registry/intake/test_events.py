"""A line of the feed is read into an event, or into everything that is wrong with it."""

from datetime import UTC, date, datetime

import pytest

from registry.enums import EventKind
from registry.intake.events import FIELDS, EventReader

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LINE = {
    "source": "gazette",
    "reference": "2026-0412",
    "patent": "ZL201810323021.5",
    "kind": "lapse",
    "on": "2026-03-01",
}


def read(**cells):
    return EventReader(AT).read({**LINE, **{name.rstrip("_"): text for name, text in cells.items()}}, 7)


def faults(**cells):
    found = read(**cells)
    return [(fault.field, fault.code) for fault in found] if isinstance(found, list) else []


def test_a_line_becomes_an_event():
    row = read(kind="pledge", pledgee=" Bank of the Lake ", number="Y1", as_of="2026-03-02T09:00:00+08:00")
    assert (row.line, row.number, row.kind, row.on) == (7, "201810323021.5", EventKind.PLEDGE, date(2026, 3, 1))
    assert (row.source, row.reference) == ("gazette", "2026-0412")
    assert row.as_of == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert row.details == {"pledgee": "Bank of the Lake", "number": "Y1"}


def test_names_come_between_semicolons_or_as_a_list_and_once():
    assert read(kind="assignment", to="A；B;A").details == {"to": ["A", "B"]}
    assert read(kind="change_of_name", from_="A", to="B").details == {"from": "A", "to": "B"}


def test_a_day_counts_from_its_beginning_in_shanghai():
    assert read(as_of="2026-03-01").as_of == datetime(2026, 2, 28, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"source": ""}, [("source", "empty")]),
        ({"source": "office"}, [("source", "reserved")]),
        ({"reference": " "}, [("reference", "empty")]),
        ({"patent": "2.02E+12"}, [("patent", "mangled_by_spreadsheet")]),
        ({"patent": "201810323021.4"}, [("patent", "wrong_check_digit")]),
        ({"kind": "gift"}, [("kind", "unknown_choice")]),
        ({"on": ""}, [("on", "empty")]),
        ({"on": "2026-02-30"}, [("on", "no_such_day")]),
        ({"on": "2026-03-03"}, [("on", "not_yet")]),
        ({"on": "1985-03-31"}, [("on", "impossible_date")]),
        ({"as_of": "2026-03-03"}, [("as_of", "not_yet")]),
        ({"as_of": "soon"}, [("as_of", "not_a_date")]),
        ({"kind": "pledge"}, [("pledgee", "empty")]),
        ({"kind": "pledge", "pledgee": "x" * 201}, [("pledgee", "too_long")]),
        ({"kind": "pledge", "pledgee": "Bank\u202e"}, [("pledgee", "bidi")]),
        ({"kind": "license", "licensee": "River Works", "license_kind": "any"}, [("license_kind", "unknown_choice")]),
        ({"kind": "suspension", "ground": "ownership", "until_on": "2026-02-01"}, [("until_on", "days_in_disorder")]),
        ({"kind": "term_compensation", "ground": "new_drug", "days": "0"}, [("days", "not_a_number")]),
        ({"kind": "term_compensation", "ground": "new_drug", "days": "１0"}, [("days", "not_a_number")]),
        ({"kind": "invalidation"}, [("scope", "empty")]),
        ({"untl": "2026-03-01"}, [("untl", "unknown_field")]),
        ({"kind": "assignment", "source": ""}, [("source", "empty"), ("to", "empty")]),
    ],
)
def test_every_fault_of_a_line_is_named(cells, found):
    assert faults(**cells) == found


def test_every_kind_has_its_fields():
    assert set(FIELDS) == set(EventKind)
