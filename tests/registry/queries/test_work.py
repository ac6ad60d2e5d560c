"""What waits for whom, on the workbench."""

from datetime import date

import pytest

from registry.queries.work import work_items
from tests.cast import NOW


@pytest.mark.parametrize(
    ("status", "who", "expected"),
    [
        ("draft", "patentee", [("Drafts to complete", None, 1)]),
        ("correction", "patentee", [("Statement to correct", date(2026, 4, 2), 1)]),
        ("submitted", "patentee", []),
        ("submitted", "examiner", [("Statements waiting for an examiner", date(2026, 3, 16), 1)]),
        ("examining", "examiner", [("Statements on your desk", date(2026, 3, 16), 1)]),
        ("examining", "other_examiner", []),
        ("passed", "approver", [("Statements to approve", date(2026, 3, 16), 1)]),
        ("refusal_proposed", "approver", [("Refusals to approve", date(2026, 3, 16), 1)]),
        ("held", "examiner", [("Statements held back at publication", date(2026, 3, 16), 1)]),
        ("submitted", "rival", []),
        ("submitted", "auditor", []),
    ],
)
def test_each_status_waits_for_the_right_person(cast, status, who, expected):
    cast.statement_in(status)
    items = work_items(getattr(cast, who).actor, NOW)
    assert [(str(item.title), item.due_on, item.count) for item in items] == expected


def test_a_co_owner_sees_the_consent_that_is_wanted(cast):
    statement = cast.draft(cast.co_owned_patent())
    assert work_items(cast.co_owner.actor, NOW) == []
    from registry.actions.consenting import ask_consents

    ask_consents(statement=statement, by=cast.patentee.actor, at=NOW)
    items = work_items(cast.co_owner.actor, NOW)
    about = f"{statement.patent} {statement.patent.title} · {statement.filed_by}"
    assert [(str(item.title), item.about) for item in items] == [("Your consent is wanted", about)]
