"""Taking and paying, rule by rule, each seen to pass and to refuse."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accounts.enums import Residence
from core.rules import Severity
from licensing.rules import PAYING, TAKING
from licensing.rules.acceptance import PayingFacts, TakingFacts

ON = date(2026, 4, 10)
TAKES = TakingFacts(
    on=ON, verified=True, is_licensor=False, residence=Residence.MAINLAND, licensor_in_mainland=True,
    intended_start_on=ON,
)  # fmt: skip
PAYS = PayingFacts(
    on=ON, amount=Decimal(100), paid_on=ON, due=Decimal(100), already_paid=Decimal(0), served_on=date(2026, 4, 1),
    statement_effective_on=date(2026, 3, 3), statement_ended_on=None, last_day_to_start=date(2030, 1, 1),
)  # fmt: skip


def taking(**facts) -> list[str]:
    return [violation.rule for violation in TAKING.check(replace(TAKES, **facts), on=ON)]


def paying(**facts) -> list[str]:
    return [violation.rule for violation in PAYING.check(replace(PAYS, **facts), on=ON)]


def test_nothing_stands_against_ordinary_facts() -> None:
    assert taking() == []
    assert paying() == []


@pytest.mark.parametrize(
    ("facts", "rules"),
    [
        ({"is_licensor": True}, ["T1"]),
        ({"verified": False}, ["T2"]),
        ({"running_license": "LIC2026000001"}, ["T3"]),
        ({"waiting_notice": True}, ["T4"]),
        ({"ending_today": True}, ["T5"]),
        ({"missing": ("signed_name",)}, ["T6"]),
        ({"intended_start_on": date(2026, 4, 9)}, ["T7"]),
        ({"terms_changed": True}, ["T8"]),
        ({"residence": Residence.FOREIGN}, ["T9"]),
        ({"residence": Residence.HONG_KONG}, ["T9"]),
        ({"residence": Residence.TAIWAN}, ["T9"]),
        ({"residence": Residence.FOREIGN, "licensor_in_mainland": False}, []),
    ],
)
def test_who_may_take_a_license(facts, rules) -> None:
    assert taking(**facts) == rules


def test_technology_export_is_a_warning_the_filing_asks_for_the_paper() -> None:
    found = TAKING.check(replace(TAKES, residence=Residence.MACAO), on=ON)

    assert [violation.severity for violation in found] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("facts", "rules"),
    [
        ({"paid_on": date(2026, 4, 11)}, ["P1"]),
        ({"paid_on": date(2026, 3, 2)}, ["P2"]),
        ({"paid_on": date(2026, 3, 3)}, []),
        ({"statement_ended_on": date(2026, 4, 11)}, []),  # the day before the end is the last one
        ({"statement_ended_on": ON}, ["P3"]),  # same day: refused by default
        ({"statement_ended_on": date(2026, 4, 5)}, ["P3"]),
        ({"statement_ended_on": date(2026, 4, 5), "paid_on": date(2026, 4, 4)}, []),
        ({"last_day_to_start": ON}, []),
        ({"last_day_to_start": date(2026, 4, 9)}, ["P4"]),
        ({"voucher_used": True}, ["P5"]),
        ({"voucher_used": True, "proof_used": True}, ["P5", "P5"]),
        ({"due": Decimal(0)}, ["P6"]),
        ({"due": Decimal(0), "by_receipt": True, "amount": Decimal(0)}, []),
        ({"amount": Decimal("99.99")}, []),  # a part; the license waits for the rest
        ({"amount": Decimal("100.01")}, ["P7"]),
        ({"already_paid": Decimal(60), "amount": Decimal(40)}, []),
        ({"already_paid": Decimal(60), "amount": Decimal("40.01")}, ["P7"]),
        ({"by_receipt": True, "amount": Decimal("99.99")}, ["P7"]),
        ({"by_receipt": True, "receipt_given": True}, ["P8"]),
    ],
)
def test_which_payment_completes_a_license(facts, rules) -> None:
    assert paying(**facts) == rules


@pytest.mark.parametrize("book", [TAKING, PAYING], ids=lambda book: book.name)
def test_every_rule_cites_its_articles_and_asks_no_consent(book) -> None:
    for rule in book.rules:
        assert rule.basis
        assert rule.text
        assert "patentee agrees" not in rule.text
