"""Payment and receipt: the license exists with the later of notice and payment, and waits for nobody."""

from datetime import date
from decimal import Decimal

import pytest

from core.lifecycle import IllegalStep
from core.rules import Refused
from licensing.actions.noticing import cancel_notice
from licensing.actions.paying import add_payment, confirm_receipt
from licensing.enums import LicenseStatus, NoticeStatus
from licensing.models import License, Notice, Payment, Receipt
from tests.cast import NOW, TODAY
from tests.licensing.scene import DUE, FREE, Scene, at_noon, later, paper, voucher


def rules_of(refusal) -> list[str]:
    return [violation.rule for violation in refusal.value.violations]


def pay(scene: Scene, notice, *, at=NOW, by=None, **fields) -> License | None:
    given = voucher(fields.pop("number", "V-1"), **fields)
    return add_payment(notice_id=notice.pk, voucher=given, by=(by or scene.cast.enterprise).actor, at=at)


def test_example_11_notice_then_payment(scene) -> None:
    """Notice on 1 April, payment on 10 April: effective on 10 April, and nobody accepted anything."""
    statement = scene.announced(term_mode="months", term_until="", term_months="12")
    notice = scene.notice(statement, at=at_noon(date(2026, 4, 1)))
    license = pay(scene, notice, at=at_noon(date(2026, 4, 10)), paid_on=date(2026, 4, 10))

    assert (license.effective_on, license.ends_on) == (date(2026, 4, 10), date(2027, 4, 9))
    assert (license.status, license.number) == (LicenseStatus.IN_FORCE, "LIC2026000001")
    assert Receipt.objects.count() == 0


def test_example_12_notice_without_payment_is_no_license(scene) -> None:
    notice = scene.notice()

    assert pay(scene, notice, amount=DUE - Decimal("0.01")) is None
    notice.refresh_from_db()
    assert (notice.status, License.objects.count()) == (NoticeStatus.WAITING, 0)


def test_example_13_a_receipt_for_less_shows_a_negotiated_fee(scene, cast) -> None:
    notice = scene.notice()

    with pytest.raises(Refused) as refusal:
        confirm_receipt(notice_id=notice.pk, amount=DUE - 1, received_on=TODAY, by=cast.patentee.actor, at=NOW)

    assert rules_of(refusal) == ["P7"]
    assert License.objects.count() == 0


def test_two_vouchers_complete_the_sum_on_the_day_of_the_later(scene) -> None:
    notice = scene.notice()
    pay(scene, notice, amount=Decimal(20000), at=later(1), paid_on=date(2026, 3, 3))
    license = pay(scene, notice, number="V-2", amount=Decimal(30000), at=later(8), paid_on=date(2026, 3, 9))

    assert (license.paid_on, license.effective_on) == (date(2026, 3, 9), date(2026, 3, 9))


def test_payment_before_the_notice_makes_the_day_of_the_notice_count(scene) -> None:
    statement = scene.announced()
    notice = scene.notice(statement, at=later(10))

    assert pay(scene, notice, at=later(11), paid_on=TODAY).effective_on == date(2026, 3, 12)


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({"paid_on": date(2026, 3, 3)}, ["P1"]),
        ({"paid_on": date(2026, 3, 1)}, ["P2"]),
        ({"amount": DUE + 1}, ["P7"]),
    ],
)
def test_impossible_payments_are_refused(scene, fields, rules) -> None:
    notice = scene.notice()

    with pytest.raises(Refused) as refusal:
        pay(scene, notice, **fields)

    assert rules_of(refusal) == rules
    assert Payment.objects.count() == 0


@pytest.mark.parametrize(
    "again",
    [
        {"number": "v 1", "bank": "BANK OF THE PEARL-RIVER", "proof": paper("other")},
        {"number": "V1", "bank": "Another bank", "proof": paper("other")},  # same number, same day
        {"number": "V-9", "proof": paper("V-1")},  # the same document
    ],
)
def test_one_voucher_is_one_license(scene, cast, again) -> None:
    statement = scene.announced()
    scene.license(statement)
    notice = scene.notice(statement, by=cast.rival)

    with pytest.raises(Refused) as refusal:
        pay(scene, notice, by=cast.rival, **again)

    assert rules_of(refusal) == ["P5"]


def test_paid_before_the_end_counts_although_the_proof_comes_later(scene, cast) -> None:
    statement = scene.announced()
    early, late = scene.notice(statement), scene.notice(statement, by=cast.rival)
    cast._withdraw(statement, later(9))  # ended on 12 March

    license = pay(scene, early, at=later(12), paid_on=date(2026, 3, 11))
    assert license.effective_on == date(2026, 3, 11)
    for day in (date(2026, 3, 12), date(2026, 3, 13)):
        with pytest.raises(Refused) as refusal:
            pay(scene, late, by=cast.rival, number="V-2", at=later(12), paid_on=day)
        assert rules_of(refusal) == ["P3"]


def test_earlier_licenses_live_on_after_withdrawal(scene, cast) -> None:
    statement = scene.announced()
    license = scene.license(statement)
    cast._withdraw(statement, later(9))

    license.refresh_from_db()
    assert (license.status, license.ended_on) == (LicenseStatus.IN_FORCE, None)


def test_a_bar_on_the_day_of_payment_stops_it(scene) -> None:
    notice = scene.notice()
    notice.statement.patent.annuity_state = "late"
    notice.statement.patent.save(update_fields=["annuity_state"])

    with pytest.raises(Refused) as refusal:
        pay(scene, notice)

    assert rules_of(refusal) == ["G3"]


def test_a_receipt_stands_in_for_the_voucher(scene, cast) -> None:
    notice = scene.notice()
    confirm_receipt(notice_id=notice.pk, amount=DUE, received_on=date(2026, 3, 4), by=cast.patentee.actor, at=later(3))

    assert License.objects.get().effective_on == date(2026, 3, 4)
    assert Receipt.objects.get().organisation == cast.patentee.organisation


def test_a_free_license_needs_no_receipt_but_may_have_one_once(scene, cast) -> None:
    notice = scene.notice(scene.announced(**FREE))
    receipt = {
        "notice_id": notice.pk, "amount": Decimal(0), "received_on": TODAY,
        "by": cast.patentee.actor, "at": NOW,
    }  # fmt: skip

    assert notice.license.effective_on == TODAY
    confirm_receipt(**receipt)
    with pytest.raises(Refused) as refusal:
        confirm_receipt(**receipt)
    assert rules_of(refusal) == ["P8"]
    assert License.objects.count() == 1


def test_only_its_licensee_pays_for_a_notice(scene, cast) -> None:
    notice = scene.notice()

    for person in (cast.rival, cast.patentee, cast.agency, cast.examiner):
        with pytest.raises(Notice.DoesNotExist):
            pay(scene, notice, by=person)
    assert (Payment.objects.count(), License.objects.count()) == (0, 0)


def test_only_the_licensor_confirms_a_receipt(scene, cast) -> None:
    notice = scene.notice()

    for person in (cast.rival, cast.enterprise, cast.co_owner, cast.examiner):
        with pytest.raises(Notice.DoesNotExist):
            confirm_receipt(notice_id=notice.pk, amount=DUE, received_on=TODAY, by=person.actor, at=NOW)
    assert Receipt.objects.count() == 0


def test_a_license_is_not_paid_twice(scene) -> None:
    license = scene.license()

    with pytest.raises(IllegalStep):
        pay(scene, license.notice, number="V-2")


def test_numbers_have_no_gaps(scene, cast) -> None:
    statement = scene.announced()
    first = scene.license(statement)
    second = scene.license(statement, by=cast.rival, number="V-2")

    assert (first.number, second.number) == ("LIC2026000001", "LIC2026000002")
    assert first.terms_hash == second.terms_hash  # same terms for all


def test_no_receipt_for_a_notice_that_was_taken_back(scene, cast):
    notice = scene.notice()
    cancel_notice(notice_id=notice.pk, by=cast.enterprise.actor, at=NOW)
    with pytest.raises(IllegalStep):
        confirm_receipt(notice_id=notice.pk, amount=DUE, received_on=TODAY, by=cast.patentee.actor, at=NOW)
