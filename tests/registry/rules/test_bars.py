"""The nine grounds that bar open licensing, each on both sides of its boundary."""

from datetime import date, timedelta

import pytest

from registry.enums import AnnuityState, EncumbranceKind, PatentKind, ReportConclusion, RightStatus, SuspensionGround
from registry.facts import LicenseFact, ObstacleFact, Period, PledgeFact, ReportFact, SuspensionFact
from registry.rules import BARS
from tests.registry.rules.facts import ON, patent

DAY = timedelta(days=1)
MODEL = {"kind": PatentKind.UTILITY_MODEL}


def bars(**facts) -> list[str]:
    return [item.rule for item in BARS.check(patent(**facts), on=ON)]


def test_a_clean_patent_has_no_bar():
    assert bars() == []


def test_every_bar_blocks_and_cites_its_item_of_rule_86_or_the_guidelines():
    codes = {rule.id: [citation.code for citation in rule.basis] for rule in BARS.rules}
    assert list(codes) == [f"G{number}" for number in range(1, 10)]
    assert all(f"GL V-11 §3.1({number})" in codes[f"G{number}"] for number in range(1, 10))
    assert all(any(code.startswith("RULES 86") for code in basis) for basis in codes.values())


@pytest.mark.parametrize(
    ("kind", "period", "found"),
    [
        (EncumbranceKind.EXCLUSIVE, Period(ON), ["G1"]),
        (EncumbranceKind.SOLE, Period(ON), ["G1"]),
        (EncumbranceKind.ORDINARY, Period(ON), []),
        (EncumbranceKind.EXCLUSIVE, Period(ON + DAY), []),
        (EncumbranceKind.EXCLUSIVE, Period(ON - DAY, ON + DAY), ["G1"]),
        (EncumbranceKind.EXCLUSIVE, Period(ON - DAY, ON), []),
    ],
)
def test_g1_exclusive_or_sole_license(kind, period, found):
    assert bars(licenses=(LicenseFact(kind, "River Works", period),)) == found


@pytest.mark.parametrize(
    ("ground", "period", "found"),
    [
        (SuspensionGround.OWNERSHIP, Period(ON), ["G2"]),
        (SuspensionGround.PRESERVATION, Period(ON), ["G2"]),
        (SuspensionGround.OWNERSHIP, Period(ON - DAY, ON), []),
    ],
)
def test_g2_procedures_suspended(ground, period, found):
    assert bars(suspensions=(SuspensionFact(ground, period),)) == found


@pytest.mark.parametrize(
    ("state", "found"), [(AnnuityState.LATE, ["G3"]), (AnnuityState.PAID, []), (AnnuityState.UNKNOWN, [])]
)
def test_g3_annuity_unpaid(state, found):
    assert bars(annuity_state=state) == found


@pytest.mark.parametrize(
    ("period", "consented_on", "found"),
    [
        (Period(ON), None, ["G4"]),
        (Period(ON), ON, []),
        (Period(ON), ON + DAY, ["G4"]),
        (Period(ON - DAY, ON), None, []),
    ],
)
def test_g4_pledge_without_consent(period, consented_on, found):
    assert bars(pledges=(PledgeFact("Bank of the Lake", period, consented_on),)) == found


@pytest.mark.parametrize("status", [RightStatus.EXPIRED, RightStatus.LAPSED, RightStatus.SURRENDERED])
def test_g5_right_ended(status):
    assert bars(right_status=status) == ["G5"]


@pytest.mark.parametrize(("last", "found"), [(ON, []), (ON - DAY, ["G5"])])
def test_g5_right_lives_through_its_last_day(last, found):
    assert bars(term_ends_on=last) == found


@pytest.mark.parametrize(("decided", "found"), [(ON, ["G6"]), (ON + DAY, []), (None, [])])
def test_g6_wholly_invalidated(decided, found):
    assert bars(wholly_invalidated_on=decided) == found


def test_g6_the_registers_status_says_so_too():
    assert bars(right_status=RightStatus.INVALIDATED) == ["G6"]


@pytest.mark.parametrize("kind", [PatentKind.UTILITY_MODEL, PatentKind.DESIGN])
def test_g7_report_missing(kind):
    assert bars(kind=kind) == ["G7"]
    assert bars(kind=kind, report=ReportFact("PJ1", ReportConclusion.POSITIVE)) == []
    assert bars(kind=kind, report_presented=True) == []


@pytest.mark.parametrize(
    ("facts", "conclusion", "found"),
    [
        (MODEL, ReportConclusion.NEGATIVE, ["G8"]),
        (MODEL, ReportConclusion.PARTIAL, []),
        (MODEL, ReportConclusion.POSITIVE, []),
        ({}, ReportConclusion.NEGATIVE, []),  # no report is asked for an invention
    ],
)
def test_g8_report_negative(facts, conclusion, found):
    assert bars(**facts, report=ReportFact("PJ1", conclusion)) == found


def test_g9_other_obstacle_is_a_humans_words():
    obstacle = ObstacleFact("The patentee is being wound up.", Period(ON))
    found = BARS.check(patent(obstacles=(obstacle,)), on=ON)
    assert [(item.rule, str(item.message)) for item in found] == [
        ("G9", "Another obstacle is recorded: The patentee is being wound up.")
    ]
    assert bars(obstacles=(ObstacleFact("Over.", Period(ON - DAY, ON)),)) == []


def test_worked_examples_1_2_4_and_5():
    positive = ReportFact("PJ1", ReportConclusion.POSITIVE)
    ordinary = (LicenseFact(EncumbranceKind.ORDINARY, "River Works", Period(date(2025, 1, 1))),)
    pledge = Period(date(2025, 1, 1))
    assert bars(number="202420000001.5", **MODEL) == ["G7"]
    assert bars(number="202420000001.5", **MODEL, report=positive) == []
    assert bars(licenses=ordinary) == []
    assert bars(pledges=(PledgeFact("Bank", pledge),)) == ["G4"]
    assert bars(pledges=(PledgeFact("Bank", pledge, date(2025, 1, 2)),)) == []
