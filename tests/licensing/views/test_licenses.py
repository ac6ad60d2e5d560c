"""Pages of notices, licenses and filings: both sides see them, third parties find nothing."""

from datetime import date
from unittest.mock import Mock

import pytest
from django.urls import reverse

from core.lifecycle import IllegalStep
from licensing.actions.deciding import record_filing
from licensing.actions.ending import agree_to_termination, propose_termination
from licensing.enums import FilingStatus, LicenseStatus, NoticeStatus
from licensing.models import Filing
from tests.cast import NOW
from tests.licensing.scene import FREE, at_noon


@pytest.fixture(autouse=True)
def _the_day(time_machine) -> None:
    time_machine.move_to(at_noon(date(2026, 3, 2)))


@pytest.fixture
def filing(scene) -> Filing:
    return scene.filing()


def addresses(filing: Filing) -> list[str]:
    license, notice = filing.license, filing.license.notice
    payment = notice.payments.get()
    return [
        reverse("licensing:notice", args=[notice.pk]),
        reverse("licensing:proof", args=[notice.pk, payment.pk]),
        reverse("licensing:license", args=[license.pk]),
        reverse("licensing:certificate", args=[license.pk]),
        reverse("licensing:license_end", args=[license.pk]),
        reverse("licensing:filing", args=[filing.pk]),
    ]


def test_both_sides_open_every_page(filing, cast) -> None:
    for person in (cast.enterprise, cast.patentee, cast.agency):
        client = person.client()
        for address in addresses(filing):
            answer = client.get(address)
            answer.getvalue()  # reads a file to its end, which closes it
            assert answer.status_code == 200


def test_third_parties_find_nothing(filing, cast) -> None:
    only_for_a_side = [
        *addresses(filing),
        reverse("licensing:receipt", args=[filing.license.notice.pk]),
        reverse("licensing:notice_cancel", args=[filing.license.notice.pk]),
        reverse("licensing:file_license", args=[filing.license.pk]),
        reverse("licensing:license_agree", args=[filing.license.pk]),
        reverse("licensing:filing_take_back", args=[filing.pk]),
        reverse("licensing:filing_cancel", args=[filing.pk]),
    ]
    for person in (cast.rival, cast.co_owner, cast.examiner, cast.auditor):
        client = person.client()
        assert [client.get(address).status_code for address in only_for_a_side] == [404] * 12
        assert [client.post(address).status_code for address in only_for_a_side] == [404] * 12


def test_the_days_left_are_shown_to_both_sides(scene, cast) -> None:
    license = scene.license()

    for person in (cast.enterprise, cast.patentee):
        page = person.client().get(reverse("licensing:license", args=[license.pk])).content.decode()
        # 2 June 2026 is a Tuesday, 92 days after 2 March.
        assert '<strong>92 days left</strong>, until <time datetime="2026-06-02">' in page
        assert f"/my/cases/new/?license={license.pk}" in page


def test_lists_show_each_side_its_own(filing, cast) -> None:
    number = filing.license.number
    mine = cast.enterprise.client().get(reverse("licensing:my_licenses")).content.decode()
    theirs = cast.patentee.client().get(reverse("licensing:my_licensees")).content.decode()
    other = cast.rival.client().get(reverse("licensing:my_licenses")).content.decode()

    assert number in mine
    assert number in theirs
    assert "Canton Cooling" in theirs
    assert number not in other
    assert "No license yet" in other


def test_a_filing_is_submitted_with_one_name(scene, cast) -> None:
    license = scene.license()
    address = reverse("licensing:file_license", args=[license.pk])
    empty = cast.patentee.client().post(address, {"handler_name": ""}).content.decode()
    assert "This field is required." in empty

    answer = cast.patentee.client().post(address, {"handler_name": "Wang Fang"})
    filing = Filing.objects.get()
    assert answer.url == reverse("licensing:filing", args=[filing.pk])
    assert (filing.side, filing.status, filing.is_late) == ("licensor", FilingStatus.SUBMITTED, False)


def test_a_free_license_asks_for_the_receipt_before_filing(scene, cast) -> None:
    license = scene.notice(scene.announced(**FREE)).license
    address = reverse("licensing:file_license", args=[license.pk])
    page = cast.enterprise.client().post(address, {"handler_name": "Li Na"}).content.decode()
    assert "There is neither a payment voucher nor the patentee&#x27;s receipt." in page

    cast.patentee.client().post(
        reverse("licensing:receipt", args=[license.notice.pk]), {"amount": "0", "received_on": "2026-03-02"}
    )
    assert cast.enterprise.client().post(address, {"handler_name": "Li Na"}).status_code == 302


def test_a_filing_is_taken_back_by_its_applicant_alone(filing, cast) -> None:
    address = reverse("licensing:filing_take_back", args=[filing.pk])

    assert cast.patentee.client().post(address).status_code == 404
    cast.enterprise.client().post(address)
    filing.refresh_from_db()
    assert filing.status == FilingStatus.TAKEN_BACK


def test_a_notice_is_taken_back(scene, cast) -> None:
    notice = scene.notice()
    cast.enterprise.client().post(reverse("licensing:notice_cancel", args=[notice.pk]))

    notice.refresh_from_db()
    assert notice.status == NoticeStatus.CANCELED


def test_an_early_end_needs_both_sides(scene, cast) -> None:
    license = scene.license()
    end = reverse("licensing:license_end", args=[license.pk])
    refused = cast.enterprise.client().post(end, {"last_day_on": "2026-03-01", "reason": "No need"})
    assert "Choose a day from today on and before the end of the term." in refused.content.decode()

    cast.enterprise.client().post(end, {"last_day_on": "2026-03-10", "reason": "No need"})
    agree = reverse("licensing:license_agree", args=[license.pk])
    cast.enterprise.client().post(agree)
    license.refresh_from_db()
    assert license.status == LicenseStatus.IN_FORCE
    cast.patentee.client().post(agree)
    license.refresh_from_db()
    assert (license.status, license.ended_on) == (LicenseStatus.TERMINATED, date(2026, 3, 10))


def test_the_other_side_reads_the_proposal(scene, cast) -> None:
    license = scene.license()
    propose_termination(
        license_id=license.pk, last_day_on=date(2026, 4, 1), reason="Plant closes", by=cast.enterprise.actor, at=NOW
    )
    address = reverse("licensing:license", args=[license.pk])

    assert "Agree to the end" in cast.patentee.client().get(address).content.decode()
    own = cast.enterprise.client().get(address).content.decode()
    assert "It ends only if the other side agrees." in own
    assert "Agree to the end" not in own


def test_the_record_of_a_license_that_is_over_is_canceled_by_a_side(scene, cast) -> None:
    filing = scene.filing()
    record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=NOW)
    page = reverse("licensing:filing_cancel", args=[filing.pk])
    client = cast.enterprise.client()
    assert client.get(page).status_code == 404  # the license still runs
    propose_termination(
        license_id=filing.license_id, last_day_on=NOW.date(), reason="停产", by=cast.enterprise.actor, at=NOW
    )
    agree_to_termination(license_id=filing.license_id, by=cast.patentee.actor, at=NOW)
    assert client.get(page).status_code == 200
    assert client.post(page, follow=True).context["messages"]
    filing.refresh_from_db()
    assert filing.status == FilingStatus.CANCELED
    assert client.post(page).status_code == 404


def test_who_is_too_late_reads_it_and_nothing_breaks(scene, cast, monkeypatch) -> None:
    """Another hand was there between the page and its act."""
    filing = scene.filing()
    waiting = scene.notice(filing.license.statement, by=cast.rival)
    late = [
        ("licensing.views.filings.take_back_filing", "licensing:filing_take_back", filing.pk, cast.enterprise),
        ("licensing.views.notices.cancel_notice", "licensing:notice_cancel", waiting.pk, cast.rival),
    ]
    for act, name, pk, person in late:
        monkeypatch.setattr(act, Mock(side_effect=IllegalStep("x", "y", "z")))
        page = person.client().post(reverse(name, args=[pk]), follow=True)
        said = [(message.level_tag, str(message)) for message in page.context["messages"]]
        assert page.status_code == 200
        assert len(said) == 1 and said[0][0] == "error" and "no longer" in said[0][1]
