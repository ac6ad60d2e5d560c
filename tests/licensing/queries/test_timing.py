"""Clocks by law dates."""

from datetime import date
from types import SimpleNamespace

from licensing.queries.timing import cancellation_due_on, decision_due_on, filing_due_on, proof_accepted_until


def test_example_14_three_months_end_on_the_next_working_day() -> None:
    """Effective on 31 August 2024: 30 November is a Saturday, so the last day is Monday, 2 December."""
    assert filing_due_on(SimpleNamespace(effective_on=date(2024, 8, 31))) == date(2024, 12, 2)


def test_the_office_decides_within_seven_working_days() -> None:
    assert decision_due_on(SimpleNamespace(submitted_on=date(2026, 3, 2))) == date(2026, 3, 11)


def test_a_record_is_canceled_within_thirty_days_of_the_end() -> None:
    assert cancellation_due_on(SimpleNamespace(ended_on=None)) is None
    assert cancellation_due_on(SimpleNamespace(ended_on=date(2026, 3, 2))) == date(2026, 4, 1)


def test_proof_of_an_earlier_payment_is_taken_for_thirty_days() -> None:
    assert proof_accepted_until(date(2026, 3, 12)) == date(2026, 4, 13)  # 11 April is a Saturday
