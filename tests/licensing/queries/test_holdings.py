"""Per statement its licensees, the money due and paid, and its filings with days left."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from core.rules import Refused
from licensing.actions.noticing import cancel_notice
from licensing.actions.paying import add_payment, confirm_receipt
from licensing.enums import NoticeStatus
from licensing.queries.holdings import Wanted, holdings_of, statements_with_notices, with_positions
from tests.cast import NOW, TODAY
from tests.licensing.scene import DUE, FREE, SALES, later, voucher

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


MODES = {
    "lump_sum": ({}, "50000.00"),
    "instalments": (
        {
            "fixed_amount": "90000",
            "instalments": [{"due_months": 0, "amount": "30000.10"}, {"due_months": 12, "amount": "59999.90"}],
        },
        "30000.10",
    ),
    "royalty_sales": (SALES, "0.00"),
    "royalty_profit": ({**SALES, "royalty_rate": "12.5"}, "0.00"),
    "entry_royalty_sales": ({"fixed_amount": "20000.05", "royalty_rate": "3"}, "20000.05"),
    "entry_royalty_profit": ({"fixed_amount": "10000", "royalty_rate": "8"}, "10000.00"),
    "per_unit": ({"fixed_amount": "", "unit_price": "2.50", "unit_name": "台"}, "0.00"),
    "free": (FREE, "0.00"),
}


def test_what_is_owed_at_the_start_follows_the_mode_of_the_fee(scene, cast):
    """The first instalment or the entry fee alone; royalties are paid later, and what is free owes nothing."""
    for number, (mode, (terms, _due)) in enumerate(MODES.items()):
        statement = scene.announced(at=later(number - len(MODES)), **{**terms, "fee_mode": mode})
        notice = scene.notice(statement)
        if notice.due_at_start:
            first = Decimal("0.05")
            add_payment(
                notice_id=notice.pk, voucher=voucher(f"V-{mode}", amount=first), by=cast.enterprise.actor, at=NOW
            )
    found = {
        holding.statement.fee_mode: (str(holding.due), str(holding.paid), str(holding.still_open))
        for holding in holdings(cast.patentee)
    }
    assert found == {
        mode: (due, "0.05", str(Decimal(due) - Decimal("0.05"))) if Decimal(due) else ("0.00", "0.00", "0.00")
        for mode, (_terms, due) in MODES.items()
    }


def test_each_statement_adds_up_its_own_licensees_and_one_never_pays_for_another(scene, cast):
    """Two statements, five licensees: paid in parts, by receipt, in part, not at all, and taken back after a part."""
    first = scene.announced(at=later(-1))
    second = scene.announced(patent=cast.patent(title="一种电池"), fixed_amount="80000.40")
    buyers = [cast.member(f"Buyer {n}") for n in range(5)]
    notices = [
        scene.notice(statement, by=who) for statement, who in zip([first] * 3 + [second] * 2, buyers, strict=True)
    ]

    def pay(position, number, amount):
        said = voucher(number, amount=Decimal(amount))
        return add_payment(notice_id=notices[position].pk, voucher=said, by=buyers[position].actor, at=NOW)

    pay(0, "A-1", "20000.01")
    assert pay(0, "A-2", "29999.99") is not None
    pay(1, "B-1", "50000.00")
    canceled = scene.notice(first, by=cast.rival)
    add_payment(notice_id=canceled.pk, voucher=voucher("C-1", amount=Decimal("45000")), by=cast.rival.actor, at=NOW)
    cancel_notice(notice_id=canceled.pk, by=cast.rival.actor, at=NOW)
    with pytest.raises(Refused):  # more than the announced sum is refused and counts nowhere
        pay(2, "D-1", "50000.01")
    with pytest.raises(Refused):  # a voucher that was handed in for another license pays nothing
        pay(2, "B-1", "50000.00")
    confirm_receipt(
        notice_id=notices[3].pk, amount=Decimal("80000.40"), received_on=TODAY, by=cast.patentee.actor, at=NOW
    )
    pay(4, "E-1", "0.40")

    assert {
        holding.statement: (holding.licenses, holding.due, holding.paid, holding.still_open, holding.paid_for_nothing)
        for holding in holdings(cast.patentee)
    } == {
        first: (2, Decimal("150000.00"), Decimal("100000.00"), Decimal("50000.00"), Decimal("45000.00")),
        second: (1, Decimal("160000.80"), Decimal("80000.80"), Decimal("80000.00"), Decimal("0.00")),
    }
    of_first = next(holding for holding in holdings(cast.patentee) if holding.statement == first)
    assert {item.notice.licensee_name: (item.due, item.paid, item.still_open) for item in of_first.positions} == {
        "Buyer 0": (DUE, DUE, 0), "Buyer 1": (DUE, DUE, 0), "Buyer 2": (DUE, 0, DUE),
        canceled.licensee_name: (0, Decimal("45000.00"), 0),
    }  # fmt: skip
    assert [item.notice.status for item in of_first.positions if not item.stands] == [NoticeStatus.CANCELED]
    page = cast.patentee.client(accept_language="en").get(PAGE).content.decode()
    for sum_ in ("¥150,000.00", "¥100,000.00", "¥45,000.00 was paid under notices that came to nothing", "¥160,000.80"):
        assert sum_ in page


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
