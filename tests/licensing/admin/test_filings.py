"""The filing desk: every ground already checked beside the facts, two buttons, nothing else to change."""

import pytest
from django.urls import reverse

from licensing.enums import FilingStatus
from licensing.models import Filing, License
from tests.cast import NOW

DESK = "admin:licensing_filing_change"


@pytest.fixture(autouse=True)
def _the_day(time_machine) -> None:
    time_machine.move_to(NOW)


@pytest.fixture
def filing(scene) -> Filing:
    return scene.filing()


def test_every_ground_is_shown_with_its_result(filing, cast) -> None:
    page = cast.examiner.client().get(reverse(DESK, args=[filing.pk])).content.decode()

    for rule in [f"R{number}" for number in range(1, 13)] + ["D1", "D2", "D3"]:
        assert f">{rule} · " in page
    assert page.count("Does not stand") == 15
    assert 'value="record"' in page
    assert 'value="refuse"' in page


def test_the_examiner_records(filing, cast) -> None:
    answer = cast.examiner.client().post(reverse(DESK, args=[filing.pk]), {"step": "record"})

    filing.refresh_from_db()
    assert (answer.status_code, filing.status, filing.number) == (302, FilingStatus.RECORDED, "X2026980000001")


def test_refusing_without_reasons_says_the_article(filing, cast) -> None:
    answer = cast.examiner.client().post(reverse(DESK, args=[filing.pk]), {"step": "refuse", "refuse-reasons": ""})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert ("The reasons are missing." in page, "(optional)" in page) == (True, False)
    filing.refresh_from_db()
    assert filing.status == FilingStatus.SUBMITTED


def test_a_standing_ground_stops_the_button(filing, cast) -> None:
    patent = filing.license.statement.patent
    patent.annuity_state = "late"
    patent.save(update_fields=["annuity_state"])
    answer = cast.examiner.client().post(reverse(DESK, args=[filing.pk]), {"step": "record"})

    assert "An annuity of the patent is overdue." in answer.content.decode()
    assert Filing.objects.get().status == FilingStatus.SUBMITTED


def test_the_auditor_reads_and_decides_nothing(filing, cast) -> None:
    client = cast.auditor.client()
    assert 'name="step"' not in client.get(reverse(DESK, args=[filing.pk])).content.decode()

    client.post(reverse(DESK, args=[filing.pk]), {"step": "record"})
    filing.refresh_from_db()
    assert filing.status == FilingStatus.SUBMITTED


@pytest.mark.parametrize("model", ["filing", "license", "notice"])
def test_others_find_no_desk(filing, cast, model) -> None:
    things = {"filing": filing, "license": filing.license, "notice": filing.license.notice}
    addresses = [
        reverse(f"admin:licensing_{model}_changelist"),
        reverse(f"admin:licensing_{model}_change", args=[things[model].pk]),
    ]
    for address in addresses:
        assert cast.examiner.client().get(address).status_code == 200
        for person in (cast.mediator, cast.enterprise, cast.patentee):
            assert person.client().get(address).status_code == 404


def test_the_trail_speaks_in_words_and_articles(filing, cast) -> None:
    page = cast.examiner.client().get(reverse("admin:licensing_license_change", args=[filing.license.pk])).text
    assert "<td>License in force</td><td>Patent Law, Art. 51(1) · " in page
    assert "LAW 51(1)" not in page


def test_licenses_cannot_be_added_changed_or_deleted(filing, cast) -> None:
    client = cast.examiner.client()
    license = filing.license

    assert client.get(reverse("admin:licensing_license_add")).status_code == 403
    assert client.post(reverse("admin:licensing_license_delete", args=[license.pk])).status_code == 403
    client.post(reverse("admin:licensing_license_change", args=[license.pk]), {"number": "X", "step": "record"})
    assert License.objects.get().number == license.number


def test_the_examiner_opens_the_voucher_and_third_parties_do_not(filing, cast) -> None:
    payment = filing.license.notice.payments.get()
    address = reverse("admin:licensing_filing_voucher", args=[filing.pk, payment.pk])
    answer = cast.examiner.client().get(address)

    assert answer.getvalue() == b"%PDF-1.7 V-1"
    assert cast.mediator.client().get(address).status_code == 404
