"""Filing a license: either side, three months by law dates, late accepted and flagged, an examiner decides."""

from datetime import date

import pytest

from accounts.enums import Residence
from core.lifecycle import IllegalStep, WrongRole
from core.rules import Refused
from licensing.actions.deciding import cancel_filing, record_filing, refuse_filing, revoke_filing
from licensing.actions.ending import agree_to_termination, propose_termination
from licensing.actions.filing import PaperUpload, submit_filing, take_back_filing
from licensing.enums import FilingPaperKind, FilingSide, FilingStatus
from licensing.models import Filing, License
from registry.enums import EntryKind
from registry.models import PendingEntry
from tests.cast import NOW, TODAY
from tests.factories.people import MembershipFactory
from tests.licensing.scene import later, paper


def rules_of(refusal) -> list[str]:
    return [violation.rule for violation in refusal.value.violations]


def test_the_licensee_files_alone_and_a_clock_runs(scene) -> None:
    filing = scene.filing()

    assert (filing.side, filing.status, filing.submitted_on) == (FilingSide.LICENSEE, FilingStatus.SUBMITTED, TODAY)
    assert (filing.due_on, filing.is_late, filing.is_export) == (date(2026, 6, 2), False, False)


def test_the_patentee_files_alone_and_its_agency_with_a_power(scene, cast) -> None:
    license = scene.license()
    with pytest.raises(Refused) as refusal:
        scene.filing(license, by=cast.agency)
    assert rules_of(refusal) == ["D2"]

    power = PaperUpload(FilingPaperKind.AUTHORITY, paper("power"))
    filing = submit_filing(license_id=license.pk, handler_name="Agent", papers=[power], by=cast.agency.actor, at=NOW)
    assert (filing.side, filing.applicant, filing.is_represented) == (
        FilingSide.LICENSOR, cast.patentee.organisation, True
    )  # fmt: skip


def test_third_parties_cannot_file(scene, cast) -> None:
    license = scene.license()

    for person in (cast.rival, cast.examiner):
        with pytest.raises(License.DoesNotExist):
            scene.filing(license, by=person)


def test_only_the_side_that_filed_takes_back(scene, cast) -> None:
    filing = scene.filing()

    with pytest.raises(License.DoesNotExist):
        take_back_filing(filing_id=filing.pk, by=cast.rival.actor, at=NOW)
    with pytest.raises(WrongRole):
        take_back_filing(filing_id=filing.pk, by=cast.patentee.actor, at=NOW)
    take_back_filing(filing_id=filing.pk, by=cast.enterprise.actor, at=NOW)
    filing.refresh_from_db()
    assert filing.status == FilingStatus.TAKEN_BACK


def test_late_is_accepted_and_flagged(scene) -> None:
    license = scene.license()

    assert scene.filing(license, at=later(93)).is_late is True


def test_one_filing_at_a_time(scene, cast) -> None:
    filing = scene.filing()

    with pytest.raises(Refused) as refusal:
        scene.filing(filing.license, by=cast.patentee)

    assert rules_of(refusal) == ["R8"]


def test_a_foreign_licensee_needs_the_export_registration(scene, cast) -> None:
    abroad = cast.member("Northern Cooling Inc.", residence=Residence.FOREIGN, uscc="", province="")
    license = scene.license(by=abroad)
    with pytest.raises(Refused) as refusal:
        scene.filing(license, by=abroad)
    assert rules_of(refusal) == ["D1"]

    registration = PaperUpload(FilingPaperKind.EXPORT, paper("export"))
    filing = submit_filing(license_id=license.pk, handler_name="Agent", papers=[registration], by=abroad.actor, at=NOW)
    assert filing.is_export is True


def test_recording_gives_a_number_and_queues_the_announcement(scene, cast) -> None:
    filing = scene.filing()
    record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=later(2))

    filing.refresh_from_db()
    assert (filing.status, filing.number, filing.recorded_on) == (
        FilingStatus.RECORDED, "X2026980000001", date(2026, 3, 4)
    )  # fmt: skip
    patent = filing.license.statement.patent
    assert PendingEntry.objects.get(subject_id=filing.pk).content == {
        "main_class": "H01M10/613", "patent_number": patent.number, "patent_kind": "invention",
        "filing_number": "X2026980000001", "licensors": ["Lakeside University"], "licensee": "Canton Cooling",
        "title": patent.title, "filed_on": "2021-03-10", "granted_on": "2022-06-07", "license_kind": "open_license",
        "statement_number": filing.license.statement.number, "recorded_on": "2026-03-04",
    }  # fmt: skip
    for person in (cast.enterprise, cast.patentee):
        assert person.organisation.inbox.filter(code="license-recorded").count() == 1


def test_an_overdue_annuity_keeps_a_filing_from_the_record(scene, cast) -> None:
    filing = scene.filing()
    patent = filing.license.statement.patent
    patent.annuity_state = "late"
    patent.save(update_fields=["annuity_state"])

    with pytest.raises(Refused) as refusal:
        record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=later(1))

    assert rules_of(refusal) == ["R6"]
    assert Filing.objects.get().number == ""


def test_refusing_needs_reasons_and_lets_the_license_live(scene, cast) -> None:
    filing = scene.filing()
    with pytest.raises(Refused) as refusal:
        refuse_filing(filing_id=filing.pk, reasons="  ", by=cast.examiner.actor, at=NOW)
    assert rules_of(refusal) == ["E2"]

    refuse_filing(filing_id=filing.pk, reasons="The voucher is illegible.", by=cast.examiner.actor, at=NOW)
    filing.refresh_from_db()
    assert (filing.status, filing.license.status) == (FilingStatus.REFUSED, "in_force")
    assert scene.filing(filing.license, at=later(1)).status == FilingStatus.SUBMITTED


def test_nobody_decides_on_their_own_organisations_filing(scene, cast) -> None:
    filing = scene.filing()
    MembershipFactory(user=cast.examiner.user, organisation=cast.enterprise.organisation)

    with pytest.raises(Refused) as refusal:
        record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=NOW)

    assert rules_of(refusal) == ["E1"]


def test_parties_do_not_decide(scene, cast) -> None:
    filing = scene.filing()

    for person in (cast.enterprise, cast.patentee, cast.approver):
        with pytest.raises(WrongRole):
            record_filing(filing_id=filing.pk, by=person.actor, at=NOW)


def test_numbers_of_filings_have_no_gaps(scene, cast) -> None:
    statement = scene.announced()
    for number, person in enumerate((cast.enterprise, cast.rival), start=1):
        filing = scene.filing(scene.license(statement, by=person, number=f"V-{number}"), by=person)
        record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=NOW)

    assert sorted(Filing.objects.values_list("number", flat=True)) == ["X2026980000001", "X2026980000002"]


def test_a_record_is_revoked_with_reasons_and_announced(scene, cast) -> None:
    filing = scene.filing()
    record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=NOW)
    revoke_filing(filing_id=filing.pk, reasons="The voucher was forged.", by=cast.examiner.actor, at=later(1))

    filing.refresh_from_db()
    assert (filing.status, filing.canceled_on) == (FilingStatus.REVOKED, date(2026, 3, 3))
    kinds = set(PendingEntry.objects.filter(subject_id=filing.pk).values_list("kind", flat=True))
    assert kinds == {EntryKind.FILING, EntryKind.FILING_CANCELLATION}


def test_a_record_is_canceled_when_the_license_is_over(scene, cast) -> None:
    filing = scene.filing()
    record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=NOW)
    with pytest.raises(IllegalStep):
        cancel_filing(filing_id=filing.pk, by=cast.enterprise.actor, at=NOW)

    license = filing.license
    for person in (cast.rival, cast.examiner):
        with pytest.raises(License.DoesNotExist):
            propose_termination(license_id=license.pk, last_day_on=TODAY, reason="-", by=person.actor, at=NOW)
    propose_termination(license_id=license.pk, last_day_on=TODAY, reason="No need", by=cast.enterprise.actor, at=NOW)
    with pytest.raises(WrongRole):
        agree_to_termination(license_id=license.pk, by=cast.enterprise.actor, at=NOW)
    with pytest.raises(License.DoesNotExist):
        agree_to_termination(license_id=license.pk, by=cast.rival.actor, at=NOW)
    agree_to_termination(license_id=license.pk, by=cast.patentee.actor, at=NOW)
    with pytest.raises(License.DoesNotExist):
        cancel_filing(filing_id=filing.pk, by=cast.rival.actor, at=NOW)
    cancel_filing(filing_id=filing.pk, by=cast.enterprise.actor, at=later(1))
    filing.refresh_from_db()
    assert (filing.status, filing.canceled_on) == (FilingStatus.CANCELED, date(2026, 3, 3))


def test_an_examiner_cancels_the_record_of_a_license_that_is_over(scene, cast):
    filing = scene.filing()
    record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=NOW)
    propose_termination(
        license_id=filing.license_id, last_day_on=NOW.date(), reason="停产", by=cast.enterprise.actor, at=NOW
    )
    agree_to_termination(license_id=filing.license_id, by=cast.patentee.actor, at=NOW)
    with pytest.raises(WrongRole):
        cancel_filing(filing_id=filing.pk, by=cast.mediator.actor, at=later(1))
    assert cancel_filing(filing_id=filing.pk, by=cast.examiner.actor, at=later(1)).status == "canceled"
