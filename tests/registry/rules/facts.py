"""Facts for the tests of rules: a sole patentee, annuities paid, nothing in the way, complete papers (law.md §10)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from registry.enums import FeeMode, PatentKind, TermMode
from registry.facts import UNDERTAKINGS, OwnerFact, PatentFacts, StatementFacts
from registry.fees.terms import LumpSum

ON = date(2026, 3, 2)
A = OwnerFact(UUID(int=1), "Lakeside University", UUID(int=11))
B = OwnerFact(UUID(int=2), "Hillside Institute", UUID(int=12))
HASH = "a" * 64


def patent(**facts: Any) -> PatentFacts:
    return PatentFacts(
        **{
            "on": ON,
            "number": "202110123456.7",
            "kind": PatentKind.INVENTION,
            "filed_on": date(2021, 3, 10),
            "granted_on": date(2022, 6, 7),
            "term_ends_on": date(2041, 3, 9),
            "as_of": datetime(2026, 3, 1, tzinfo=UTC),
            "owners": (A,),
            **facts,
        }
    )


def statement(**facts: Any) -> StatementFacts:
    return StatementFacts(
        **{
            "on": ON,
            "submitted_on": ON,
            "patent": patent(),
            "filed_by": A.name,
            "filer": A,
            "content_hash": HASH,
            "fee_mode": FeeMode.LUMP_SUM,
            "fee": LumpSum(Decimal("200000.00")),
            "term_mode": TermMode.MONTHS,
            "term_months": 36,
            "contact_name": "Wang Fang",
            "contact_phone": "0571 1",
            "explanation": "参照同行业费用。",
            "texts": {"explanation": "参照同行业费用。"},
            "undertakings": frozenset(UNDERTAKINGS),
            "signed_name": "Li Wei",
            **facts,
        }
    )
