"""What time alone brings about, and that doing it twice changes nothing."""

from datetime import date

from core.lifecycle import Actor
from licensing.actions.clocks import run_clocks
from licensing.enums import LicenseStatus, NoticeStatus
from licensing.models import License, Notice
from tests.licensing.scene import at_noon, later

SYSTEM = Actor.system("licensing")


def test_a_license_expires_the_day_after_its_last(scene) -> None:
    scene.license(scene.announced(term_mode="months", term_until="", term_months="12"))

    assert run_clocks(by=SYSTEM, at=at_noon(date(2027, 3, 1)))["expired"] == 0
    assert run_clocks(by=SYSTEM, at=at_noon(date(2027, 3, 2)))["expired"] == 1
    assert run_clocks(by=SYSTEM, at=at_noon(date(2027, 3, 2)))["expired"] == 0
    license = License.objects.get()
    assert (license.status, license.ended_on) == (LicenseStatus.EXPIRED, date(2027, 3, 1))


def test_a_waiting_notice_is_closed_when_proof_comes_too_late(scene, cast) -> None:
    notice = scene.notice()
    cast._withdraw(notice.statement, later(9))  # ended on 12 March; proof is taken until 13 April

    assert run_clocks(by=SYSTEM, at=at_noon(date(2026, 4, 13)))["closed"] == 0
    assert run_clocks(by=SYSTEM, at=at_noon(date(2026, 4, 14)))["closed"] == 1
    assert Notice.objects.get().status == NoticeStatus.CLOSED


def test_both_sides_are_reminded_once_on_the_days_before_the_last(scene, cast) -> None:
    scene.license()  # to be filed by 2 June

    for _twice in range(2):
        assert run_clocks(by=SYSTEM, at=at_noon(date(2026, 5, 26)))["reminded"] == 1
    assert run_clocks(by=SYSTEM, at=at_noon(date(2026, 5, 27)))["reminded"] == 0
    for person in (cast.enterprise, cast.patentee):
        assert person.organisation.inbox.filter(code="license-filing_due").count() == 1
