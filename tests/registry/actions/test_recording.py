"""Facts entered in the register decide at once whether a statement can be accepted."""

from datetime import date

import pytest

from core import audit
from core.lifecycle import Actor, WrongRole
from core.rules import Refused
from registry.actions import recording
from registry.actions.recording import record_fact
from registry.enums import (
    AnnuityState,
    EncumbranceKind,
    InvalidationScope,
    ReportConclusion,
    RightStatus,
    SuspensionGround,
)
from registry.models import Encumbrance, Pledge, RegisterEvent
from registry.queries.acceptance import acceptance_of
from tests.cast import NOW
from tests.factories.patents import PledgeFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)

BARRING = {
    "G1": recording.ContractFact(EncumbranceKind.SOLE, "River Works", DAY),
    "G2": recording.SuspensionFact(SuspensionGround.PRESERVATION, DAY),
    "G3": recording.AnnuityFact(AnnuityState.LATE),
    "G4": recording.PledgeFact("Bank of the Lake", DAY),
    "G5": recording.RightFact(RightStatus.LAPSED),
    "G6": recording.InvalidationFact(InvalidationScope.WHOLE, DAY),
    "G9": recording.ObstacleFact("The patentee is being wound up.", DAY),
}


def rules(refusal):
    return [violation.rule for violation in refusal.value.violations]


@pytest.mark.parametrize("rule", BARRING)
def test_a_bar_closes_the_statement_the_same_moment_and_its_filer_is_told(cast, rule):
    statement = cast.statement_in("announced")
    assert acceptance_of(statement, at=NOW).open
    patent = record_fact(patent=statement.patent, fact=BARRING[rule], by=cast.examiner.actor, at=NOW)
    statement.refresh_from_db()
    found = acceptance_of(statement, at=NOW)
    assert [violation.rule for violation in found.violations] == [rule]
    assert (found.as_of, patent.facts_as_of) == (NOW, NOW)
    told = statement.filed_by.inbox.filter(code="statement-barred")
    assert told.count() == 1
    assert audit.history(patent).latest("id").event == "record fact"


def test_what_is_no_bar_tells_nobody(cast):
    statement = cast.statement_in("announced")
    fact = recording.ContractFact(EncumbranceKind.ORDINARY, "River Works", DAY)
    record_fact(patent=statement.patent, fact=fact, by=cast.examiner.actor, at=NOW)
    assert not statement.filed_by.inbox.filter(code="statement-barred").exists()


def test_an_entry_ends_and_a_pledgee_consents(cast):
    patent = cast.patent()
    record_fact(patent=patent, fact=BARRING["G1"], by=cast.examiner.actor, at=NOW)
    record_fact(patent=patent, fact=BARRING["G4"], by=cast.examiner.actor, at=NOW)
    contract, pledge = Encumbrance.objects.get(), Pledge.objects.get()
    record_fact(patent=patent, fact=recording.EndFact(contract, DAY), by=cast.administrator.actor, at=NOW)
    record_fact(patent=patent, fact=recording.ConsentFact(pledge, DAY), by=cast.administrator.actor, at=NOW)
    contract.refresh_from_db()
    pledge.refresh_from_db()
    assert (contract.until_on, pledge.consented_on, pledge.released_on) == (DAY, DAY, None)


def test_an_expiry_has_the_day_after_the_term_whatever_the_day_on_which_it_is_entered(cast):
    patent = cast.patent(filed_on=date(2006, 2, 10), granted_on=date(2008, 1, 4), number="200610000001.4")
    done = record_fact(patent=patent, fact=recording.RightFact(RightStatus.EXPIRED), by=cast.examiner.actor, at=NOW)
    event = RegisterEvent.objects.get()
    assert (event.kind, event.effective_on, event.details) == ("expiry", date(2026, 2, 10), {})
    assert done.right_status == "expired"


def test_a_right_entered_as_invalidated_is_so_as_a_whole_and_from_today(cast):
    fact = recording.RightFact(RightStatus.INVALIDATED)
    done = record_fact(patent=cast.patent(), fact=fact, by=cast.examiner.actor, at=NOW)
    event = RegisterEvent.objects.get()
    assert (event.kind, event.effective_on, event.details) == ("invalidation", date(2026, 3, 2), {"scope": "whole"})
    assert done.right_status == "invalidated"


def test_an_assignment_names_who_leaves_and_who_comes(cast):
    patent = cast.patent(owners=[cast.patentee.patentee, cast.co_owner.patentee])
    fact = recording.AssignmentFact(("River Works", "Delta Works"), DAY, ("Hillside Institute",))
    done = record_fact(patent=patent, fact=fact, by=cast.examiner.actor, at=NOW)
    assert RegisterEvent.objects.get().details == {
        "from": ["Hillside Institute"],
        "to": ["River Works", "Delta Works"],
    }
    names = list(done.ownerships.order_by("position").values_list("patentee__name", flat=True))
    assert names == ["Lakeside University", "River Works", "Delta Works"]


def test_what_contradicts_the_register_is_refused_at_once_and_nothing_is_kept(cast):
    with pytest.raises(Refused) as refusal:
        record_fact(
            patent=cast.patent(), fact=recording.RightFact(RightStatus.IN_FORCE), by=cast.examiner.actor, at=NOW
        )
    assert rules(refusal) == ["R9"]
    assert not RegisterEvent.objects.exists()


def test_the_system_enters_facts_and_has_no_matter_of_its_own(cast):
    patent = record_fact(patent=cast.patent(), fact=BARRING["G3"], by=Actor.system("feed"), at=NOW)
    assert (patent.annuity_state, RegisterEvent.objects.get().received_by) == ("late", "feed")


def test_the_day_of_a_vouched_grant_is_entered_once_found(cast):
    patent = cast.patent(granted_on=None)
    done = record_fact(patent=patent, fact=recording.GrantFact(date(2022, 6, 7)), by=cast.examiner.actor, at=NOW)
    done.refresh_from_db()
    assert done.granted_on == date(2022, 6, 7)


@pytest.mark.parametrize(
    ("fields", "fact", "rule"),
    [
        ({}, recording.PledgeFact("Bank", date(2026, 3, 3)), "R2"),
        ({}, recording.PledgeFact("Bank", date(2020, 1, 1)), "R2"),
        ({}, recording.SuspensionFact(SuspensionGround.OWNERSHIP, DAY, date(2026, 2, 1)), "R2"),
        ({}, recording.ReportFact("PJ1", DAY, ReportConclusion.POSITIVE), "R3"),
        ({}, recording.ContractFact(EncumbranceKind.SOLE, "  ", DAY), "R4"),
    ],
)
def test_entries_in_disorder_are_refused(cast, fields, fact, rule):
    with pytest.raises(Refused) as refusal:
        record_fact(patent=cast.patent(**fields), fact=fact, by=cast.examiner.actor, at=NOW)
    assert rules(refusal) == [rule]


def test_one_report_a_patent(cast):
    patent = cast.patent(utility_model=True)
    fact = recording.ReportFact("PJ1", DAY, ReportConclusion.POSITIVE)
    record_fact(patent=patent, fact=fact, by=cast.examiner.actor, at=NOW)
    with pytest.raises(Refused) as refusal:
        record_fact(patent=patent, fact=fact, by=cast.examiner.actor, at=NOW)
    assert rules(refusal) == ["R3"]


def test_nobody_else_enters_facts(cast):
    for person in (cast.patentee, cast.auditor, cast.approver, cast.officer):
        with pytest.raises(WrongRole):
            record_fact(patent=cast.patent(), fact=BARRING["G3"], by=person.actor, at=NOW)


def test_nobody_enters_facts_about_patents_of_an_organisation_of_theirs(cast):
    from tests.factories.people import MembershipFactory

    MembershipFactory(user=cast.examiner.user, organisation=cast.patentee.organisation)
    actor = cast.examiner.actor
    with pytest.raises(Refused) as refusal:
        record_fact(patent=cast.patent(), fact=BARRING["G3"], by=actor, at=NOW)
    assert rules(refusal) == ["R1"]


def test_an_entry_of_another_patent_is_not_touched(cast):
    pledge = PledgeFactory(patent=cast.patent())
    with pytest.raises(ValueError, match="no entry about"):
        record_fact(patent=cast.patent(), fact=recording.EndFact(pledge, DAY), by=cast.examiner.actor, at=NOW)
