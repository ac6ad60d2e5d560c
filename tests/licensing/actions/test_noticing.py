"""Serving a notice: terms frozen and hashed, the day set by the server, nobody asked."""

from datetime import date
from decimal import Decimal

import pytest

from core.lifecycle import IllegalStep, WrongRole
from core.models import AuditEvent
from core.rules import Refused
from licensing.actions.noticing import cancel_notice, serve_notice
from licensing.enums import NoticeStatus
from licensing.models import License, Notice
from licensing.queries.terms import terms_hash_of
from licensing.rules.terms import hash_of
from registry.enums import AnnuityState
from tests.cast import NOW, TODAY
from tests.licensing.scene import DUE, FREE, SALES, later, notice_text


def rules_of(refusal) -> list[str]:
    return [violation.rule for violation in refusal.value.violations]


def test_a_notice_freezes_the_announced_terms_and_waits_for_payment(scene) -> None:
    statement = scene.announced()
    notice = scene.notice(statement)

    assert (notice.status, notice.served_at, notice.served_on) == (NoticeStatus.WAITING, NOW, TODAY)
    assert notice.due_at_start == DUE
    assert notice.terms["fee"] == {"fee_mode": "lump_sum", "fixed_amount": "50000.00"}
    assert notice.terms["statement_number"] == statement.number
    assert notice.terms_hash == hash_of(notice.terms) == terms_hash_of(statement)
    assert notice.licensee_name == "Canton Cooling"
    assert License.objects.count() == 0


def test_nothing_due_makes_the_license_on_notice(scene) -> None:
    notice = scene.notice(scene.announced(**SALES))

    assert (notice.status, notice.due_at_start) == (NoticeStatus.COMPLETED, Decimal("0.00"))
    assert (notice.license.paid_on, notice.license.effective_on) == (None, TODAY)
    free = scene.notice(scene.announced(at=later(4), **FREE), at=later(4))
    assert free.license.effective_on == date(2026, 3, 6)


def test_terms_other_than_those_read_bind_nobody(scene, cast) -> None:
    statement = scene.announced()

    with pytest.raises(Refused) as refusal:
        serve_notice(
            statement_id=statement.pk, text=notice_text(), terms_read="0" * 64, by=cast.enterprise.actor, at=NOW
        )

    assert rules_of(refusal) == ["T8"]
    assert Notice.objects.count() == 0


def test_the_patentee_and_a_co_owner_cannot_take_it(scene, cast) -> None:
    statement = scene.announced(patent=cast.co_owned_patent())

    for owner in (cast.patentee, cast.co_owner):
        with pytest.raises(Refused) as refusal:
            scene.notice(statement, by=owner)
        assert rules_of(refusal) == ["T1"]


def test_an_unverified_organisation_is_told_so(scene, cast) -> None:
    person = cast.member("New Firm", verification="pending", verified_at=None, verified_by="")

    with pytest.raises(Refused) as refusal:
        scene.notice(by=person)

    assert rules_of(refusal) == ["T2"]


def test_everything_missing_is_named_at_once(scene) -> None:
    with pytest.raises(Refused) as refusal:
        scene.notice(licensee_address="", signed_name="", intended_start_on=date(2026, 3, 1))

    found = [(violation.rule, violation.field) for violation in refusal.value.violations]
    assert found == [("T6", "licensee_address"), ("T6", "signed_name"), ("T7", "intended_start_on")]


def test_what_can_be_neither_called_nor_signed_counts_as_missing(scene) -> None:
    with pytest.raises(Refused) as refusal:
        scene.notice(contact_phone="none", signed_name="—")

    found = [(violation.rule, violation.field) for violation in refusal.value.violations]
    assert found == [("T6", "contact_phone"), ("T6", "signed_name")]


def test_a_second_notice_and_a_second_license_are_refused(scene, cast) -> None:
    statement = scene.announced()
    scene.notice(statement)
    with pytest.raises(Refused) as refusal:
        scene.notice(statement)
    assert rules_of(refusal) == ["T4"]

    scene.license(statement, by=cast.rival)
    with pytest.raises(Refused) as refusal:
        scene.notice(statement, by=cast.rival)
    assert rules_of(refusal) == ["T3"]


def test_nothing_is_accepted_after_or_on_the_day_of_the_end(scene, cast) -> None:
    statement = cast.statement_in("withdrawn")  # ended the day after NOW

    for days in (1, 2):
        with pytest.raises(Refused) as refusal:
            scene.notice(statement, at=later(days))
        assert "A2" in rules_of(refusal)


def test_a_bar_suspends_acceptance_at_once(scene) -> None:
    statement = scene.announced()
    statement.patent.annuity_state = AnnuityState.LATE
    statement.patent.save(update_fields=["annuity_state"])

    with pytest.raises(Refused) as refusal:
        scene.notice(statement)

    assert rules_of(refusal) == ["G3"]


def test_office_people_take_no_licenses(scene, cast) -> None:
    statement = scene.announced()

    with pytest.raises(WrongRole):
        scene.notice(statement, by=cast.examiner)


def test_both_sides_are_told_and_the_act_is_on_record(scene, cast) -> None:
    notice = scene.notice()

    for person in (cast.enterprise, cast.patentee):
        assert person.organisation.inbox.filter(code="notice-served").count() == 1
    event = AuditEvent.objects.get(subject_id=notice.pk)
    assert (event.event, event.basis, event.data) == (
        "serve", "LAW 51(1); GL V-11 §6", {"terms_hash": notice.terms_hash}
    )  # fmt: skip


def test_a_waiting_notice_can_be_taken_back_and_served_again(scene, cast) -> None:
    statement = scene.announced()
    notice = scene.notice(statement)
    cancel_notice(notice_id=notice.pk, by=cast.enterprise.actor, at=NOW)

    assert Notice.objects.get(pk=notice.pk).status == NoticeStatus.CANCELED
    with pytest.raises(IllegalStep):
        cancel_notice(notice_id=notice.pk, by=cast.enterprise.actor, at=NOW)
    assert scene.notice(statement).status == NoticeStatus.WAITING


def test_only_its_licensee_takes_a_notice_back(scene, cast) -> None:
    notice = scene.notice()

    for person in (cast.rival, cast.patentee, cast.agency, cast.examiner):
        with pytest.raises(Notice.DoesNotExist):
            cancel_notice(notice_id=notice.pk, by=person.actor, at=NOW)
    assert Notice.objects.get(pk=notice.pk).status == NoticeStatus.WAITING
