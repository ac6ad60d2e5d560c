"""The defects of a statement, each on both sides of its boundary, and law.md's worked examples."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from core.deadlines import patent_term_last_day
from core.rules import Finding, Severity
from registry.enums import ConsentMethod, TermMode
from registry.facts import UNDERTAKINGS, ConsentFact, OwnerFact
from registry.fees.terms import EntryPlusRoyalty, LumpSum, RoyaltyBase, RoyaltyOnProfit, RoyaltyOnSales
from registry.reading import read
from registry.rules import DEFECTS, check_statement
from tests.registry.rules.facts import HASH, ON, A, B, patent, statement

DAY = timedelta(days=1)
TEXTS = ("payment_terms", "explanation", "other_matters", "existing_licenses")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def found(rule: str = "", **facts) -> list[tuple[str, str]]:
    """Return rule and field of every defect, or of one rule's."""
    only = [rule] if rule else None
    return [(item.rule, item.field) for item in DEFECTS.check(statement(**facts), on=ON, only=only)]


def test_a_complete_statement_has_no_violation_at_all():
    assert check_statement(statement()) == []


@pytest.mark.parametrize(
    ("granted", "expected"), [(ON, []), (ON + DAY, [("F1", "")]), (ON - DAY, []), (None, [("F1", "")])]
)
def test_f1_filed_before_grant(granted, expected):
    assert found(patent=patent(granted_on=granted)) == expected


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"fee_mode": None, "fee": None}, "fee_mode"),
        ({"term_mode": None, "term_months": None}, "term_mode"),
        ({"term_mode": TermMode.UNTIL, "term_months": None}, "term_until"),
        ({"term_months": None}, "term_months"),
        ({"contact_name": ""}, "contact_name"),
        ({"contact_phone": ""}, "contact_phone"),
        *(({"undertakings": frozenset(UNDERTAKINGS) - {name}}, name) for name in UNDERTAKINGS),
    ],
)
def test_f2_required_item_missing(facts, field):
    assert found(**facts) == [("F2", field)]


@pytest.mark.parametrize("way", ["contact_phone", "contact_email", "contact_address"])
def test_f2_one_way_to_reach_the_contact_is_enough(way):
    assert found(**{"contact_phone": "", way: "x"}) == []


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("word", ["面议", "价格另议", "Negotiable", "to be agreed"])
def test_f3_a_price_to_be_agreed_is_unclear(field, word):
    assert found("F3", texts={field: f"许可费{word}。"}) == [("F3", field)]


@pytest.mark.parametrize("text", ["价格不接受面议。", "The price is non-negotiable.", "按协议价格折算。"])
def test_f3_a_fixed_price_is_clear(text):
    assert found("F3", texts={"payment_terms": text}) == []


def test_f3_repeats_what_cannot_be_read():
    unread = Finding("This is not a number.", "", "fixed_amount")
    assert found("F3", unclear=(unread,)) == [("F3", "fixed_amount")]


@pytest.mark.parametrize(
    ("column", "typed", "price"),
    [("term_until", "2031-02-30", False), ("term_months", "x", False), ("fixed_amount", "1 bis 2 Tausend", False),
     ("fixed_amount", "面议", True), ("royalty_rate", "3-5", True)],
)  # fmt: skip
def test_f3_cites_the_notice_on_fees_where_the_price_is_open_and_nowhere_else(column, typed, price):
    finding = read(column, typed).finding
    [item] = DEFECTS.check(statement(unclear=(finding,)), on=ON, only=["F3"])
    assert [str(one.code) for one in item.basis] == ["RULES 85(3)", "GL V-11 §3.3", *(["NOTICE 4"] if price else [])]


def test_f3_cites_the_notice_on_fees_for_words_that_leave_the_price_open():
    [item] = DEFECTS.check(statement(texts={"payment_terms": "价格面议。"}), on=ON, only=["F3"])
    assert [str(one.code) for one in item.basis] == ["RULES 85(3)", "GL V-11 §3.3", "NOTICE 4"]


@pytest.mark.parametrize(("last", "expected"), [(ON, [("F3", "term_until")]), (ON + DAY, [])])
def test_f3_a_term_that_is_over_before_it_begins(last, expected):
    assert found("F3", term_mode=TermMode.UNTIL, term_months=None, term_until=last) == expected


def test_f4_promotional_wording_warns_and_does_not_block():
    (item,) = DEFECTS.check(statement(texts={"other_matters": "国际领先的技术。"}), on=ON)
    assert (item.rule, item.field, item.severity, item.blocks) == ("F4", "other_matters", Severity.WARNING, False)
    assert found(texts={"other_matters": "参照国内同类技术。"}) == []


def consent(owner: OwnerFact, method=ConsentMethod.ONLINE, text=HASH) -> ConsentFact:
    binds = frozenset({str(A.patentee_id), str(B.patentee_id)}) if method is ConsentMethod.AGREEMENT else frozenset()
    return ConsentFact(owner.patentee_id, method, text, binds)


@pytest.mark.parametrize(
    ("consents", "expected"),
    [
        ((), [("F5", "consents")]),
        ((consent(A),), [("F5", "consents")]),
        ((consent(B),), []),
        ((consent(B, ConsentMethod.DOCUMENT),), []),
        ((consent(B, text="b" * 64),), [("F5", "consents")]),  # to another text
        ((consent(A, ConsentMethod.AGREEMENT, "b" * 64),), []),  # an agreement covers any text
    ],
)
def test_f5_co_owner_consent(consents, expected):
    assert found(patent=patent(owners=(A, B)), consents=consents) == expected


def test_f6_signature_missing():
    assert found(signed_name="") == found(signed_name="。。 1") == [("F6", "signed_name")]


@pytest.mark.parametrize(
    ("mandate", "consents", "expected"),
    [
        (True, (consent(A),), []),
        (False, (consent(A),), [("F6", "")]),
        (True, (), [("F6", "consents")]),
    ],
)
def test_f6_an_agency_needs_mandate_and_written_consent(mandate, consents, expected):
    facts = {"agency": "Bridge", "mandate_in_force": mandate, "consents": consents}
    assert found(**facts, with_filer=True) == expected


@pytest.mark.parametrize(("agency", "expected"), [("", [("F6", "")]), ("Bridge", [])])
def test_f6_a_patentee_outside_the_mainland_acts_through_an_agency(agency, expected):
    abroad = OwnerFact(A.patentee_id, A.name, A.organisation_id, in_mainland=False)
    facts = {"patent": patent(owners=(abroad,)), "filer": abroad, "consents": (consent(A),)}
    assert found(**facts, agency=agency, mandate_in_force=bool(agency), with_filer=True) == expected


@pytest.mark.parametrize("agency", ["", "Bridge"])
def test_f6_what_was_sent_stands_when_the_mandate_ends_or_the_patentee_moves(agency):
    moved = OwnerFact(A.patentee_id, A.name, A.organisation_id, in_mainland=False)
    facts = {"patent": patent(owners=(moved,)), "filer": moved, "agency": agency, "mandate_in_force": False}
    assert found(**facts, with_filer=False) == []
    assert found(**facts, with_filer=False, signed_name="") == [("F6", "signed_name")]


@pytest.mark.parametrize(
    ("length", "override", "expected"),
    [
        (0, "", [("F7", "explanation")]),
        (2000, "", []),
        (2001, "", [("F7", "explanation")]),
        (2001, "the portfolio is large", []),
        (0, "the portfolio is large", [("F7", "explanation")]),
    ],
)
def test_f7_explanation_counts_characters(length, override, expected):
    assert found(explanation="费" * length, cap_override_reason=override) == expected


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        (LumpSum(Decimal("20000000.00")), []),
        (LumpSum(Decimal("20000000.01")), [("F8", "fixed_amount")]),
        (RoyaltyOnSales(Decimal("20.00")), []),
        (RoyaltyOnSales(Decimal("20.01")), [("F8", "royalty_rate")]),
        (RoyaltyOnProfit(Decimal("40.00")), []),
        (RoyaltyOnProfit(Decimal("40.01")), [("F8", "royalty_rate")]),
        (
            EntryPlusRoyalty(Decimal("20000000.01"), Decimal("20.01"), RoyaltyBase.SALES),
            [("F8", "fixed_amount"), ("F8", "royalty_rate")],
        ),
    ],
)
def test_f8_fee_over_cap(fee, expected):
    assert found(fee=fee) == expected
    assert found(fee=fee, cap_override_reason="an examiner's reason") == []


@pytest.mark.parametrize(("until", "expected"), [(date(2041, 3, 9), []), (date(2041, 3, 10), [("F9", "term_until")])])
def test_f9_term_past_patent(until, expected):
    assert found(term_mode=TermMode.UNTIL, term_months=None, term_until=until) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Calculated from comparable licenses.", [("F10", "explanation")]), ("按 OEM 价格折算", []), ("12 %", [])],
)
def test_f10_not_in_chinese(text, expected):
    assert found("F10", texts={"explanation": text}) == expected


def test_f11_filer_is_not_the_registered_patentee():
    assert found(filer=None, filed_by="Stranger", patent=patent(owners=())) == [("F11", "")]


def test_f12_another_statement_is_pending():
    (item,) = DEFECTS.check(statement(others_pending=("OL2026000001",)), on=ON)
    assert (item.rule, str(item.message)) == (
        "F12",
        "Statement OL2026000001 on this patent is pending or in effect.",
    )


def test_worked_example_3_filed_the_day_before_the_grant():
    assert found(patent=patent(granted_on=date(2026, 3, 3)), submitted_on=date(2026, 3, 2)) == [("F1", "")]


def test_worked_example_9_last_day_of_designs():
    assert patent_term_last_day("design", date(2021, 5, 31)) == date(2031, 5, 30)
    assert patent_term_last_day("design", date(2021, 6, 1)) == date(2036, 5, 31)
