"""The grounds of O62 Art 12 and the papers, one by one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from core.rules import Severity
from licensing.rules import FILING_GROUNDS, FILING_PAPERS
from licensing.rules.filing import FilingFacts
from registry.enums import AnnuityState, EncumbranceKind, PatentKind, RightStatus, SuspensionGround
from registry.facts import LicenseFact, PatentFacts, Period, PledgeFact, SuspensionFact

ON = date(2026, 5, 4)
PATENT = PatentFacts(
    on=ON, number="202110000001.4", kind=PatentKind.INVENTION, filed_on=date(2021, 3, 10),
    granted_on=date(2022, 6, 7), term_ends_on=date(2041, 3, 9), as_of=datetime(2026, 5, 1, tzinfo=UTC),
)  # fmt: skip
FACTS = FilingFacts(
    on=ON, patent=PATENT, applicant_is_side=True, licensor_holds_patent=True, co_owners_agreed=True,
    license_effective_on=date(2026, 4, 10), license_ends_on=date(2027, 4, 9), license_in_force=True,
    statement_effective_on=date(2026, 3, 3), statement_ended_on=None, content_complete=True, payment_evidenced=True,
    is_export=False, export_paper=False, through_agency=False, authority_paper=False, handler_named=True,
    standing_filing=False, submitted_on=ON, due_on=date(2026, 7, 10),
)  # fmt: skip
SINCE = Period(date(2026, 1, 5))
OVER = Period(date(2026, 1, 5), date(2026, 4, 1))


def found(**facts) -> list[str]:
    patent = {name[7:]: facts.pop(name) for name in list(facts) if name.startswith("patent_")}
    judged = replace(FACTS, patent=replace(PATENT, **patent), **facts)
    return [item.rule for book in (FILING_GROUNDS, FILING_PAPERS) for item in book.check(judged, on=ON)]


@pytest.mark.parametrize(
    ("facts", "rules"),
    [
        ({}, []),
        ({"patent_right_status": RightStatus.LAPSED}, ["R1"]),
        ({"patent_wholly_invalidated_on": date(2026, 5, 4)}, ["R1"]),
        ({"patent_wholly_invalidated_on": date(2026, 5, 5)}, []),
        ({"patent_term_ends_on": date(2026, 5, 3), "license_ends_on": date(2026, 5, 3)}, ["R1"]),
        ({"licensor_holds_patent": False}, ["R2"]),
        ({"applicant_is_side": False}, ["R2"]),
        ({"content_complete": False}, ["R3"]),
        ({"payment_evidenced": False}, ["R3"]),
        ({"license_ends_on": date(2041, 3, 9)}, []),
        ({"license_ends_on": date(2041, 3, 10)}, ["R4"]),
        ({"co_owners_agreed": False}, ["R5"]),
        ({"patent_annuity_state": AnnuityState.LATE}, ["R6"]),
        ({"patent_suspensions": (SuspensionFact(SuspensionGround.OWNERSHIP, SINCE),)}, ["R7"]),
        ({"patent_suspensions": (SuspensionFact(SuspensionGround.OWNERSHIP, OVER),)}, []),
        ({"standing_filing": True}, ["R8"]),
        ({"patent_pledges": (PledgeFact("Bank", SINCE),)}, ["R9"]),
        ({"patent_pledges": (PledgeFact("Bank", SINCE, date(2026, 2, 2)),)}, []),
        ({"patent_licenses": (LicenseFact(EncumbranceKind.EXCLUSIVE, "River Works", SINCE),)}, ["R10"]),
        ({"patent_licenses": (LicenseFact(EncumbranceKind.ORDINARY, "River Works", SINCE),)}, []),
        ({"patent_licenses": (LicenseFact(EncumbranceKind.SOLE, "River Works", OVER),)}, []),
        ({"statement_ended_on": date(2026, 4, 10)}, ["R11"]),
        ({"statement_ended_on": date(2026, 4, 11)}, []),
        ({"license_in_force": False}, ["R11"]),
        ({"due_on": date(2026, 5, 3)}, ["R12"]),
        ({"is_export": True}, ["D1"]),
        ({"is_export": True, "export_paper": True}, []),
        ({"through_agency": True}, ["D2"]),
        ({"handler_named": False}, ["D3"]),
    ],
)
def test_each_ground(facts, rules) -> None:
    assert found(**facts) == rules


def test_late_is_flagged_and_never_refuses() -> None:
    late = FILING_GROUNDS.check(replace(FACTS, due_on=date(2026, 5, 3)), on=ON)

    assert [(item.rule, item.severity, item.blocks) for item in late] == [("R12", Severity.WARNING, False)]


def test_every_ground_of_article_12_cites_it() -> None:
    for rule in FILING_GROUNDS.rules:
        codes = [citation.code for citation in rule.basis]
        assert "O62 12" in codes or rule.id in ("R11", "R12"), rule.id
