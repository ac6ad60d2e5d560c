"""From the public statement to the license in one sitting, without script."""

import io
from datetime import date

import pikepdf
import pytest
from django.urls import reverse

from licensing.enums import LicenseStatus, NoticeStatus
from licensing.models import License, Notice
from licensing.queries.terms import terms_hash_of
from tests.licensing.scene import SALES, at_noon

DATA = {
    "licensee_address": "8 Pearl River Road",
    "contact_name": "Li Na",
    "contact_phone": "020 8000 0000",
    "contact_email": "",
    "intended_start_on": "2026-03-03",
    "signed_name": "Li Na",
}


@pytest.fixture(autouse=True)
def _the_day(time_machine) -> None:
    time_machine.move_to(at_noon(date(2026, 3, 2)))


def pdf_file(name: str = "voucher.pdf") -> io.BytesIO:
    file = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(file)
    file.seek(0)
    file.name = name
    return file


def test_the_first_step_shows_exact_terms_price_and_law(scene, cast) -> None:
    statement = scene.announced()
    page = cast.enterprise.client().get(reverse("licensing:accept", args=[statement.number])).content.decode()

    assert terms_hash_of(statement) in page
    assert "<strong>¥50,000.00</strong> before the license takes effect." in page
    assert "consent is not needed and cannot be refused (Patent Law, Art. 51(1))" in page
    assert reverse("licensing:sign", args=[statement.number]) in page


def test_who_cannot_take_it_reads_why_and_gets_no_button(scene, cast) -> None:
    statement = scene.announced()
    page = cast.patentee.client().get(reverse("licensing:accept", args=[statement.number])).content.decode()

    assert "Your organisation holds this patent, so it needs no license." in page
    assert reverse("licensing:sign", args=[statement.number]) not in page


def test_an_unverified_organisation_reads_what_to_do(scene, cast) -> None:
    statement = scene.announced()
    newcomer = cast.member("New Firm", verification="pending", verified_at=None, verified_by="")
    page = newcomer.client().get(reverse("licensing:accept", args=[statement.number])).content.decode()

    assert "Your organisation&#x27;s identity is not verified yet." in page


def test_notice_payment_and_certificate_in_one_sitting(scene, cast) -> None:
    statement = scene.announced()
    client = cast.enterprise.client()
    sign = reverse("licensing:sign", args=[statement.number])

    preview = client.post(sign, DATA).content.decode()
    assert "Canton Cooling gives notice under Art. 51(1) of the Patent Law" in preview
    assert Notice.objects.count() == 0
    back = client.post(sign, {**DATA, "edit": "1"}).content.decode()
    assert 'value="8 Pearl River Road"' in back

    served = client.post(sign, {**DATA, "serve": "1", "terms_read": terms_hash_of(statement)})
    notice = Notice.objects.get()
    assert served.url == reverse("licensing:notice", args=[notice.pk])

    payment = {
        "amount": "50000", "paid_on": "2026-03-02", "bank": "Bank of the Pearl River",
        "voucher_number": "V-1", "account_tail": "4321", "proof": pdf_file(),
    }  # fmt: skip
    paid = client.post(served.url, payment)
    license = License.objects.get()
    assert paid.url == reverse("licensing:license", args=[license.pk])
    assert (license.status, license.effective_on) == (LicenseStatus.IN_FORCE, date(2026, 3, 2))

    certificate = client.get(reverse("licensing:certificate", args=[license.pk]))
    assert certificate["Content-Type"] == "application/pdf"
    assert certificate["Content-Disposition"] == f'attachment; filename="{license.number}.pdf"'
    assert certificate.content.startswith(b"%PDF-")


def test_nothing_typed_is_lost_when_the_voucher_is_wrong(scene, cast) -> None:
    notice = scene.notice()
    payment = {
        "amount": "60000", "paid_on": "2026-03-02", "bank": "Bank of the Pearl River",
        "voucher_number": "V-77", "account_tail": "4321", "proof": pdf_file(),
    }  # fmt: skip
    client, address = cast.enterprise.client(), reverse("licensing:notice", args=[notice.pk])
    again = "Choose the file again: it was not handed in, and a page that is shown again cannot keep it."
    assert again not in client.get(address).content.decode()
    page = client.post(address, payment).content.decode()

    assert again in page
    assert again not in client.post(address, {**payment, "proof": ""}).content.decode()
    assert "Only ¥50,000.00 of the announced sum is still open." in page
    assert 'value="60000"' in page
    assert 'value="V-77"' in page


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("contact_phone", "none", "A telephone number has digits. Enter the number."),
        ("contact_phone", "()-", "A telephone number has digits. Enter the number."),
        ("signed_name", "。", "A name has letters. Enter the name in full."),
    ],
)
def test_a_notice_names_a_number_and_a_signer(scene, cast, field, typed, told) -> None:
    statement = scene.announced()
    page = (
        cast.enterprise.client()
        .post(reverse("licensing:sign", args=[statement.number]), {**DATA, field: typed})
        .content.decode()
    )

    assert told in page
    assert f'value="{typed}"' in page
    assert "gives notice under Art. 51(1)" not in page


def test_dates_and_status_sent_by_the_client_change_nothing(scene, cast) -> None:
    statement = scene.announced()
    forged = {
        **DATA, "serve": "1", "terms_read": terms_hash_of(statement), "served_at": "2020-01-01", "served_on":
        "2020-01-01", "received_at": "2020-01-01", "status": "completed", "due_at_start": "0", "licensee_name": "Other",
    }  # fmt: skip
    cast.enterprise.client().post(reverse("licensing:sign", args=[statement.number]), forged)

    notice = Notice.objects.get()
    assert (notice.served_on, notice.status) == (date(2026, 3, 2), NoticeStatus.WAITING)
    assert (notice.licensee_name, str(notice.due_at_start)) == ("Canton Cooling", "50000.00")


def test_a_changed_statement_is_not_accepted_on_old_terms(scene, cast) -> None:
    statement = scene.announced()
    page = cast.enterprise.client().post(
        reverse("licensing:sign", args=[statement.number]), {**DATA, "serve": "1", "terms_read": "0" * 64}
    )

    assert "Read the terms again, then sign." in page.content.decode()
    assert Notice.objects.count() == 0


def test_a_royalty_license_takes_effect_at_once(scene, cast) -> None:
    statement = scene.announced(**SALES)
    answer = cast.enterprise.client().post(
        reverse("licensing:sign", args=[statement.number]),
        {**DATA, "serve": "1", "terms_read": terms_hash_of(statement)},
    )

    assert answer.url == reverse("licensing:license", args=[License.objects.get().pk])


@pytest.mark.parametrize("name", ["accept", "sign"])
def test_visitors_sign_in_first_and_staff_and_agencies_find_nothing(scene, cast, client, name) -> None:
    address = reverse(f"licensing:{name}", args=[scene.announced().number])

    assert client.get(address).url == f"/account/login/?next={address}"
    for person in (cast.examiner, cast.agency):
        assert person.client().get(address).status_code == 404


def test_drafts_cannot_be_reached(cast) -> None:
    statement = cast.statement_in("approved")

    address = reverse("licensing:accept", args=[statement.number])
    assert cast.enterprise.client().get(address).status_code == 404


def test_a_part_of_the_sum_is_entered_and_the_rest_stays_open(scene, cast) -> None:
    notice = scene.notice()
    page = reverse("licensing:notice", args=[notice.pk])
    part = {
        "amount": "20000", "paid_on": "2026-03-02", "bank": "Bank of the Pearl River",
        "voucher_number": "V-1", "account_tail": "4321", "proof": pdf_file(),
    }  # fmt: skip
    client = cast.enterprise.client()
    assert client.post(page, part).url == page
    assert (notice.payments.get().amount, License.objects.count()) == (20000, 0)
    shown = client.get(page)
    assert shown.context["rest"] == 30000
    assert "30,000" in shown.content.decode()


def test_a_start_in_the_past_is_refused_before_the_notice_is_shown_for_signing(scene, cast) -> None:
    page = reverse("licensing:sign", args=[scene.announced().number])
    said = cast.enterprise.client().post(page, {**DATA, "intended_start_on": "2026-03-01"}).content.decode()

    assert "The intended start lies before the notice." in said
    assert "Sign and serve the notice" not in said
    assert 'value="2026-03-01"' in said


def test_serving_twice_leads_to_the_notice_that_waits_for_payment(scene, cast) -> None:
    notice = scene.notice()
    read = {**DATA, "serve": "1", "terms_read": notice.terms_hash}
    second = cast.enterprise.client().post(reverse("licensing:sign", args=[notice.statement.number]), read, follow=True)

    assert second.redirect_chain == [(reverse("licensing:notice", args=[notice.pk]), 302)]
    assert "Your notice on this statement is already served and waits for payment." in second.content.decode()
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("all of it", "Enter a sum in digits, for example 200000 or 200,000.00."),
        ("-1", "A sum is not negative and has at most twelve digits before the point."),
        ("1000000000000", "A sum is not negative and has at most twelve digits before the point."),
        ("100.005", "A sum has at most two decimals."),
    ],
)
def test_a_sum_that_is_none_is_explained_and_the_file_asked_for_again(scene, cast, written: str, said: str) -> None:
    payment = {
        "amount": written, "paid_on": "2026-03-02", "bank": "Bank of the Pearl River",
        "voucher_number": "V-77", "account_tail": "4321", "proof": pdf_file(),
    }  # fmt: skip
    page = reverse("licensing:notice", args=[scene.notice().pk])
    answer = cast.enterprise.client().post(page, payment)

    assert answer.context["form"].errors == {"amount": [said]}
    assert "Nothing you typed is lost. A file has to be chosen again." in answer.content.decode()


@pytest.mark.parametrize("written", ["50,000.00", "¥50000", "５００００", "5万元"])
def test_a_sum_is_understood_as_people_write_it(scene, cast, written: str) -> None:
    payment = {
        "amount": written, "paid_on": "2026-03-02", "bank": "Bank of the Pearl River",
        "voucher_number": "V-77", "account_tail": "4321", "proof": pdf_file(),
    }  # fmt: skip
    cast.enterprise.client().post(reverse("licensing:notice", args=[scene.notice().pk]), payment)

    assert License.objects.get().notice.payments.get().amount == 50_000
