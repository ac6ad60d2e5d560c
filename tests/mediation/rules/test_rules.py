"""Each rule of mediation, met and broken, with its article."""

from dataclasses import replace
from datetime import date

import pytest

from core.rules import Severity
from mediation.enums import Audience, ClosingGround, DeclineGround, Proceedings, Side
from mediation.rules import agreement, clocks
from mediation.rules.admission import DECLINE_GROUNDS, REQUEST, RequestFacts
from mediation.rules.conduct import (
    ANSWER,
    EXTENSION,
    MATERIAL,
    PROPOSAL,
    SIGNING,
    ActFacts,
    audience_violation,
    closing_event,
    may_address,
)
from mediation.rules.recusal import MEDIATOR, MediatorFacts, lawful_number

DAY = date(2026, 3, 2)
GOOD = RequestFacts(True, True, True, True, True, "fee_standard", "30,000 yuan", "Half the output.", "none", 1, False)
FIT = MediatorFacts(True, False, False, False, False, 0)


def found(book, facts) -> list[str]:
    return [violation.rule for violation in book.check(facts, on=DAY)]


def test_a_proper_request_breaks_nothing() -> None:
    assert found(REQUEST, GOOD) == []


@pytest.mark.parametrize(
    ("change", "rule", "article", "severity"),
    [
        ({"was_announced": False}, "M1", "LAW 52", Severity.BAR),
        ({"applicant_concerned": False}, "M2", "M590 4", Severity.BAR),
        ({"respondent_concerned": False}, "M3", "M590 5", Severity.BAR),
        ({"parties_differ": False}, "M3", "M590 5", Severity.BAR),
        ({"subject": ""}, "M4", "M590 5", Severity.DEFECT),
        ({"claim": "  "}, "M4", "M590 5", Severity.DEFECT),
        ({"facts": ""}, "M4", "M590 5", Severity.DEFECT),
        ({"applicant_verified": False}, "M5", "M590 6", Severity.DEFECT),
        ({"papers": 0}, "M6", "M590 6", Severity.WARNING),
        ({"proceedings": ""}, "M7", "M590 8", Severity.DEFECT),
        ({"proceedings": Proceedings.SUIT}, "M8", "M590 8", Severity.BAR),
        ({"proceedings": Proceedings.ARBITRATION}, "M9", "M590 8", Severity.BAR),
        ({"proceedings": Proceedings.RULED}, "M10", "M590 8", Severity.BAR),
        ({"other_open_case": True}, "M11", "PRACTICE one open case between the same parties", Severity.BAR),
    ],
)
def test_what_a_request_lacks_is_named_with_its_article(change, rule, article, severity) -> None:
    (violation,) = REQUEST.check(replace(GOOD, **change), on=DAY)
    assert (violation.rule, violation.basis[0].code, violation.severity) == (rule, article, severity)
    assert str(violation.message)
    assert str(violation.remedy)


def test_no_rule_of_announcement_590_applies_before_it_was_made() -> None:
    assert REQUEST.check(replace(GOOD, was_announced=False), on=date(2024, 7, 1)) == []


def test_every_ground_of_refusal_has_its_article() -> None:
    assert {ground: citation.code for ground, citation in DECLINE_GROUNDS.items()} == dict.fromkeys(
        DeclineGround, "M590 8"
    )


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({}, []),
        ({"is_appointed": False}, ["R1"]),
        ({"belongs_to_party": True}, ["R2"]),
        ({"belongs_to_agency": True}, ["R3"]),
        ({"stepped_down": True}, ["R4"]),
        ({"is_assigned": True}, ["R5"]),
        ({"others": 2}, []),
        ({"others": 3}, ["R6"]),
    ],
)
def test_who_may_mediate(change, rules) -> None:
    assert found(MEDIATOR, replace(FIT, **change)) == rules


def test_one_mediator_or_three() -> None:
    assert [number for number in range(6) if lawful_number(number, (1, 3))] == [1, 3]


def test_the_clocks() -> None:
    assert clocks.admission_due(date(2026, 2, 13)) == date(2026, 2, 27)  # Spring Festival and two worked Saturdays
    assert clocks.reply_due(DAY) == date(2026, 3, 17)
    assert clocks.mediation_due(DAY) == date(2026, 4, 1)
    assert clocks.extended_due(date(2026, 4, 1), on=DAY) == date(2026, 5, 6)
    assert clocks.confirmation_due(DAY) == date(2026, 4, 1)
    assert [clocks.is_over(DAY, on=date(2026, 3, day)) for day in (1, 2, 3)] == [False, False, True]


def test_a_side_never_writes_for_the_other_alone() -> None:
    lawful = {(side, audience) for side in Side for audience in Audience if may_address(side, audience)}
    assert lawful == {
        (Side.APPLICANT, Audience.JOINT),
        (Side.APPLICANT, Audience.APPLICANT),
        (Side.RESPONDENT, Audience.JOINT),
        (Side.RESPONDENT, Audience.RESPONDENT),
        *((Side.MEDIATOR, audience) for audience in Audience),
    }
    assert [one.rule for one in audience_violation(Side.APPLICANT, Audience.MEDIATORS)] == ["P2"]
    assert audience_violation(Side.MEDIATOR, Audience.MEDIATORS) == []


@pytest.mark.parametrize(
    ("book", "facts", "rules"),
    [
        (EXTENSION, {"applicant_consents": True, "respondent_consents": True}, []),
        (EXTENSION, {"applicant_consents": True}, ["E2"]),
        (EXTENSION, {"applicant_consents": True, "respondent_consents": True, "extended": True}, ["E1"]),
        (ANSWER, {"due_on": DAY, "today": DAY}, []),
        (ANSWER, {"due_on": DAY, "today": date(2026, 3, 3)}, ["N1"]),
        (SIGNING, {}, []),
        (SIGNING, {"signed_already": True, "text_changed": True}, ["A1", "A2"]),
        (PROPOSAL, {"performance_on": DAY, "today": DAY}, []),
        (PROPOSAL, {"performance_on": date(2026, 3, 1), "today": DAY}, ["A3"]),
        (MATERIAL, {}, []),
        (MATERIAL, {"status": "agreed"}, ["P1"]),
    ],
)
def test_the_conduct_of_a_mediation(book, facts, rules) -> None:
    assert found(book, ActFacts(**{"status": "in_mediation", **facts})) == rules


def test_each_closing_ground_of_a_mediator_has_its_event() -> None:
    events = {}
    for ground in ClosingGround:
        try:
            events[ground] = closing_event(ground)
        except LookupError:
            continue
    assert events == {
        ClosingGround.NO_PROSPECT: "fail",
        ClosingGround.ABSENCE: "fail",
        ClosingGround.SUIT: "preempt",
        ClosingGround.ARBITRATION: "preempt",
    }


def test_the_hash_changes_with_every_part_of_an_agreement() -> None:
    words = {name: name for name in agreement.PARTS} | {"performance_on": DAY}
    first = agreement.agreement_hash("MED202600001", 1, words)
    others = {agreement.agreement_hash("MED202600001", 1, words | {name: "x"}) for name in agreement.PARTS}
    others |= {agreement.agreement_hash("MED202600002", 1, words), agreement.agreement_hash("MED202600001", 2, words)}
    assert len(others | {first}) == 9
    with pytest.raises(KeyError):
        agreement.agreement_hash("MED202600001", 1, {"facts": "x"})
