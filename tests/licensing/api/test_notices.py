"""From the announced terms to the license, by a licensee's software."""

from datetime import timedelta
from unittest.mock import ANY

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from licensing.models import License, Notice, Payment
from licensing.queries.terms import terms_of
from tests.api_client import Program, pdf
from tests.cast import NOW
from tests.licensing.scene import SALES

TEXT = {
    "licensee_address": "8 Pearl River Road, Guangzhou",
    "contact_name": "Li Na",
    "contact_phone": "020 8000 0000",
    "intended_start_on": "2026-04-01",
    "signed_name": "Li Na",
}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def licensee(cast):
    return Program(cast.enterprise)


def payment(**fields):
    return {
        "amount": "50000.00",
        "paid_on": "2026-03-02",
        "bank": "Bank of the Pearl River",
        "voucher_number": "V-1",
        "account_tail": "4321",
        "proof": pdf(),
        **fields,
    }


def served(program, statement, **fields):
    digest = program.get(f"statements/{statement.number}/terms/").json()["terms_hash"]
    said = {"statement_number": statement.number, "terms_hash": digest, **TEXT, **fields}
    return program.post("my/notices/", said)


def test_notice_and_payment_make_a_license_nobody_agrees_to(cast, scene, licensee):
    statement = scene.announced()
    terms = licensee.get(f"statements/{statement.number}/terms/").json()
    assert (terms["terms"], terms["words"], terms["due_at_start"]) == (
        terms_of(statement),
        "¥50,000.00 once",
        "50000.00",
    )

    answer = served(licensee, statement)
    notice = answer.json()
    assert answer.status_code == 201
    assert (notice["status"], notice["terms"], notice["license"]) == ("waiting", terms["terms"], None)
    assert (notice["side"], notice["payee_account"]) == ("licensee", "6222 0000 0000 0001")

    paid = licensee.upload(f"my/notices/{notice['id']}/payments/", **payment()).json()
    assert (paid["status"], paid["paid"]) == ("completed", "50000.00")
    license = licensee.get(f"my/licenses/{paid['license']}/").json()
    assert (license["status"], license["effective_on"], license["ends_on"]) == ("in_force", "2026-03-02", "2029-03-01")
    assert (license["filing_due_on"], license["filings"]) == ("2026-06-02", [])
    assert Program().get(f"statements/{statement.number}/").json()["licenses"] == 1

    copy = f"my/notices/{notice['id']}/payments/{paid['payments'][0]['id']}/proof/"
    assert licensee.fetch(copy)[1].startswith(b"%PDF-")
    assert Program(cast.rival).fetch(copy)[0] == 404


def test_both_sides_read_the_notice_and_only_the_payer_reads_where_to_pay(cast, scene, licensee):
    notice = served(licensee, scene.announced()).json()
    licensor = Program(cast.patentee).get(f"my/notices/{notice['id']}/").json()
    assert licensor == {**notice, "side": "licensor", "payee_account": ""}
    assert Program(cast.patentee).get("my/notices/").json()["count"] == 1
    assert Program(cast.rival).get("my/notices/").json()["count"] == 0


def test_the_time_of_service_is_the_servers(scene, licensee):
    statement = scene.announced()
    for field in ("served_at", "served_on", "received_at", "status", "number", "licensee_name"):
        answer = served(licensee, statement, **{field: "2020-01-01"})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert Notice.objects.count() == 0
    assert served(licensee, statement).json()["served_on"] == "2026-03-02"


def test_a_notice_on_other_terms_or_a_second_one_is_refused_with_the_article(scene, licensee):
    statement = scene.announced()
    other = served(licensee, statement, terms_hash="0" * 64)
    assert (other.status_code, [item["rule"] for item in other.json()["violations"]]) == (422, ["T8"])
    served(licensee, statement)
    second = served(licensee, statement)
    assert [item["rule"] for item in second.json()["violations"]] == ["T4"]
    assert Notice.objects.count() == 1


def test_a_royalty_makes_the_license_at_once(scene, licensee):
    notice = served(licensee, scene.announced(**SALES)).json()
    assert (notice["status"], notice["due_at_start"]) == ("completed", "0.00")
    assert License.objects.get().pk.hex == notice["license"].replace("-", "")


def test_one_voucher_pays_once(cast, scene, licensee):
    first = served(licensee, scene.announced()).json()
    other = scene.announced(at=NOW + timedelta(days=1))
    licensee.upload(f"my/notices/{first['id']}/payments/", **payment())
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        second = served(licensee, other).json()
        again = licensee.upload(f"my/notices/{second['id']}/payments/", **payment())
    assert (again.status_code, {item["rule"] for item in again.json()["violations"]}) == (422, {"P2", "P5"})
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"account_tail": "12"}, "account_tail"),
        ({"amount": "many"}, "amount"),
        ({"amount": "1.001"}, "amount"),
        ({"voucher_number": "——"}, "voucher_number"),
        ({"paid_on": "yesterday"}, "paid_on"),
        ({"added_at": "2020-01-01"}, "added_at"),
        ({"proof": SimpleUploadedFile("voucher.pdf", b"no document")}, "proof"),
        ({"proof": ""}, "proof"),
    ],
)
def test_a_payment_that_cannot_be_read_is_explained(scene, licensee, wrong, field):
    notice = served(licensee, scene.announced()).json()
    answer = licensee.upload(f"my/notices/{notice['id']}/payments/", **payment(**wrong))
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert Payment.objects.count() == 0


def test_neither_a_stranger_nor_the_other_side_acts_for_the_licensee(cast, scene, licensee):
    notice = served(licensee, scene.announced()).json()
    address = f"my/notices/{notice['id']}/"
    missing = licensee.get(f"my/notices/{cast.rival.organisation.pk}/")
    for person in (cast.patentee, cast.rival):
        program = Program(person)
        for answer in (program.delete(address), program.upload(f"{address}payments/", **payment())):
            assert (answer.status_code, answer.content) == (404, missing.content)
    assert Program(cast.rival).get(address).content == missing.content
    assert licensee.post(f"{address}receipt/", {"amount": "50000", "received_on": "2026-03-02"}).status_code == 404
    assert Notice.objects.get().status == "waiting"


def test_a_notice_is_taken_back_once(scene, licensee):
    notice = served(licensee, scene.announced()).json()
    assert licensee.delete(f"my/notices/{notice['id']}/").json()["status"] == "canceled"
    assert licensee.delete(f"my/notices/{notice['id']}/").status_code == 409


def test_the_patentees_receipt_stands_in_for_the_voucher(cast, scene, licensee):
    notice = served(licensee, scene.announced()).json()
    patentee = Program(cast.patentee)
    less = patentee.post(f"my/notices/{notice['id']}/receipt/", {"amount": "40000", "received_on": "2026-03-02"})
    assert [item["rule"] for item in less.json()["violations"]] == ["P7"]
    said = {"amount": "50000", "received_on": "2026-03-02"}
    confirmed = patentee.post(f"my/notices/{notice['id']}/receipt/", said).json()
    assert confirmed["receipt"] == {"amount": "50000.00", "received_on": "2026-03-02", "confirmed_at": ANY}
    assert confirmed["status"] == "completed"


def test_terms_of_what_was_never_announced_are_not_there(cast):
    statement = cast.statement_in("submitted")
    assert Program().get(f"statements/{statement.number}/terms/").status_code == 404


@pytest.mark.parametrize(("field", "typed"), [("contact_phone", "none"), ("signed_name", "--")])
def test_a_number_without_digits_and_a_name_without_letters_are_none(scene, licensee, field, typed):
    answer = served(licensee, scene.announced(), **{field: typed})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert Notice.objects.count() == 0
