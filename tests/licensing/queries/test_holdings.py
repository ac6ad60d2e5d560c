"""Per statement its licensees, the money due and paid, and its filings with days left."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from licensing.actions.noticing import cancel_notice
from licensing.actions.paying import add_payment
from licensing.queries.holdings import Wanted, holdings_of, statements_with_notices, with_positions
from tests.cast import NOW, TODAY
from tests.licensing.scene import DUE, later, voucher

PAGE = "/my/licensees/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def holdings(person, **said):
    found = statements_with_notices(person.actor, Wanted.read(said), on=TODAY)
    return holdings_of(with_positions(found), on=TODAY)


def test_each_statement_adds_up_what_is_due_and_paid(scene, cast):
    statement = scene.announced()
    scene.license(statement)
    waiting = scene.notice(statement, by=cast.rival)
    add_payment(notice_id=waiting.pk, voucher=voucher("V-2", amount=Decimal("20000.00")), by=cast.rival.actor, at=NOW)
    (holding,) = holdings(cast.patentee)
    assert (holding.statement, holding.licenses, holding.due, holding.paid) == (
        statement, 1, 2 * DUE, DUE + Decimal("20000.00"),
    )  # fmt: skip
    assert holding.next_filing_on == date(2026, 6, 2)
    assert [position.paid for position in holding.positions if position.license is None] == [Decimal("20000.00")]


def test_a_notice_that_was_taken_back_owes_nothing(scene, cast):
    notice = scene.notice()
    cancel_notice(notice_id=notice.pk, by=cast.enterprise.actor, at=NOW)
    (holding,) = holdings(cast.patentee)
    assert (holding.licenses, holding.due, holding.paid, holding.next_filing_on) == (0, 0, 0, None)


def test_the_list_is_searched_by_statement_patent_and_licensee_and_narrowed(scene, cast):
    filed = scene.license(scene.announced(patent=cast.patent(title="一种热泵")))
    scene.filing(filed)
    open_one = scene.notice(
        scene.announced(at=later(1), patent=cast.patent(title="一种电池")), by=cast.rival, at=later(1)
    )
    statement, other = filed.statement, open_one.statement
    for said, expected in (
        ({}, [other, statement]),
        ({"q": "热泵"}, [statement]),
        ({"q": statement.number}, [statement]),
        ({"q": f"ZL{other.patent.number}"}, [other]),
        ({"q": "Delta"}, [other]),
        ({"shown": "unpaid"}, [other]),
        ({"shown": "unfiled"}, []),
        ({"shown": "nonsense"}, [other, statement]),
    ):
        assert [holding.statement for holding in holdings(cast.patentee, **said)] == expected, said


def test_the_licensee_and_third_parties_hold_nothing(scene, cast):
    scene.license()
    assert holdings(cast.enterprise) == holdings(cast.rival) == holdings(cast.examiner) == []
    assert len(holdings(cast.agency)) == 1  # under the university's mandate


def test_the_page_and_its_tables_say_the_same(scene, cast):
    license = scene.license()
    client = cast.patentee.client(accept_language="en")
    page = client.get(PAGE).content.decode()
    assert (license.number in page, "¥50,000.00" in page, "CSV" in page) == (True, True, True)
    answer = client.get(reverse("licensing:my_licensees_table", args=["csv"]))
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [rows[1][n] for n in (0, 3, 6, 7, 8, 13, 14)] == [
        license.statement.number, "Canton Cooling", "50000.00", "50000.00", license.number, "2026-06-02", "92",
    ]  # fmt: skip
    book = load_workbook(io.BytesIO(client.get(reverse("licensing:my_licensees_table", args=["xlsx"])).content))
    assert [cell.value for cell in book.active[2]][6:8] == [50000, 50000]
    assert client.get(reverse("licensing:my_licensees_table", args=["pdf"])).status_code == 404
    assert "V-1" not in str(rows)


def test_many_notices_cost_no_more_queries(scene, cast, django_assert_max_num_queries):
    statement = scene.announced()
    for number in range(6):
        scene.license(statement, by=cast.member(f"Buyer {number}"), number=f"V-{number}")
    client = cast.patentee.client()
    client.get(PAGE)
    with django_assert_max_num_queries(22):
        page = client.get(PAGE)
    assert len(page.context["holdings"][0].positions) == 6
