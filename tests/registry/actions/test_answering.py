"""Answers of those who are asked: patentees on a withdrawal, co-owners who decline, pledgees."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import InboxMessage
from core.models import AuditEvent
from core.rules import Refused
from registry.actions.answering import (
    ask_pledgees,
    consent_as_pledgee,
    consent_to_withdrawal,
    decline_as_pledgee,
    decline_consent,
    decline_withdrawal,
)
from registry.actions.consenting import ask_consents, give_consent
from registry.actions.drafting import discard, save_draft
from registry.actions.ending import propose_ending
from registry.actions.ending_requests import request_withdrawal, take_back
from registry.actions.submitting import submit
from registry.enums import EndingKind, PaperKind
from registry.models import Ending, RegisterEvent, Statement
from registry.queries.asking import pledge_consents_wanted
from registry.queries.bulk_facts import facts_of_many
from registry.queries.content import content_hash
from registry.queries.facts import statement_facts
from registry.queries.statements import violations_of
from registry.rules import check_statement
from tests.cast import NOW, Cast
from tests.factories.patents import PatenteeFactory, PledgeFactory

NEXT = NOW + timedelta(days=1)


def rules(refused) -> list[str]:
    return [item.rule for item in refused.value.violations]


def ask(cast, statement, *, papers=(), by=None):
    return request_withdrawal(
        statement=statement,
        grounds="拟调整价格",
        unconditional=True,
        papers=papers,
        by=by or cast.filer_of(statement),
        at=NEXT,
    )


def codes(organisation) -> list[str]:
    return list(InboxMessage.objects.filter(organisation=organisation).order_by("at").values_list("code", flat=True))


# ---- withdrawal


def test_a_co_owned_statement_is_withdrawn_with_the_last_consent(cast):
    ending = ask(cast, cast.statement_in("announced", cast.co_owned_patent()))
    assert ending.status == "prepared"
    assert "withdrawal-consent-wanted" in codes(cast.co_owner.organisation)
    assert "statement-withdrawal_requested" not in codes(cast.patentee.organisation)
    done = consent_to_withdrawal(ending=ending, read_hash=ending.content_hash, by=cast.co_owner.actor, at=NEXT)
    assert (done.status, done.consents.get().patentee) == ("requested", cast.co_owner.patentee)
    assert {"consent-given", "statement-withdrawal_requested"} <= set(codes(cast.patentee.organisation))


def test_through_an_agency_the_principal_consents_as_well(cast):
    ending = ask(cast, cast.statement_in("announced", by=cast.agency))
    assert ending.status == "prepared"
    consent_to_withdrawal(ending=ending, read_hash=ending.content_hash, by=cast.patentee.actor, at=NEXT)
    ending.refresh_from_db()
    assert ending.status == "requested"


def test_a_sole_patentee_asks_nobody_and_a_paper_of_all_asks_nobody(cast, clean_pdf):
    assert ask(cast, cast.statement_in("announced")).status == "requested"


def test_the_paper_of_all_patentees_spares_the_asking(cast, clean_pdf):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    assert ask(cast, statement, papers=[(PaperKind.WITHDRAWAL_CONSENT, clean_pdf)]).status == "requested"


def test_a_patentee_who_does_not_sign_in_here_consents_on_paper(cast):
    statement = cast.statement_in("announced")
    statement.patent.ownerships.create(patentee=PatenteeFactory(name="远方研究所"), position=2)
    with pytest.raises(Refused) as refused:
        ask(cast, statement)
    assert rules(refused) == ["P6"]
    assert "远方研究所" in str(refused.value.violations[0].message)


def test_nobody_else_answers_and_only_to_the_request_that_was_read(cast):
    ending = ask(cast, cast.statement_in("announced", cast.co_owned_patent()))
    for person in (cast.patentee, cast.rival, cast.agency, cast.enterprise):
        with pytest.raises(Ending.DoesNotExist):
            consent_to_withdrawal(ending=ending, read_hash=ending.content_hash, by=person.actor, at=NEXT)
    with pytest.raises(Refused) as refused:
        consent_to_withdrawal(ending=ending, read_hash="0" * 64, by=cast.co_owner.actor, at=NEXT)
    assert rules(refused) == ["P1"]


def test_declining_is_told_with_its_reason_and_consent_is_still_possible(cast):
    ending = ask(cast, cast.statement_in("announced", cast.co_owned_patent()))
    said = {"ending": ending, "read_hash": ending.content_hash, "by": cast.co_owner.actor, "at": NEXT}
    decline_withdrawal(reason="许可收入尚可。", **said)
    assert "consent-declined" in codes(cast.patentee.organisation)
    with pytest.raises(Refused) as refused:
        decline_withdrawal(reason="再次拒绝", **said)
    assert rules(refused) == ["P8"]
    assert consent_to_withdrawal(**said).status == "requested"


def test_a_request_taken_back_takes_no_answer(cast):
    ending = ask(cast, cast.statement_in("announced", cast.co_owned_patent()))
    assert take_back(ending=ending, by=cast.patentee.actor, at=NEXT).status == "canceled"
    with pytest.raises(Ending.DoesNotExist):
        consent_to_withdrawal(ending=ending, read_hash=ending.content_hash, by=cast.co_owner.actor, at=NEXT)


# ---- statement


def test_a_co_owner_declines_the_text_and_may_consent_to_the_next(cast):
    statement = cast.draft(cast.co_owned_patent())
    ask_consents(statement=statement, by=cast.patentee.actor, at=NOW)
    said = {"statement": statement, "read_hash": content_hash(statement), "by": cast.co_owner.actor, "at": NOW}
    decline_consent(reason="价格过低。", **said)
    assert AuditEvent.objects.get(event="decline").data["reason"] == "价格过低。"
    assert "consent-declined" in codes(cast.patentee.organisation)
    save_draft(statement=statement, entries={"fixed_amount": "300000"}, by=cast.patentee.actor, at=NOW)
    with pytest.raises(Refused) as refused:
        decline_consent(reason="", **said)
    assert rules(refused) == ["P1"]
    statement.refresh_from_db()
    give_consent(statement=statement, read_hash=content_hash(statement), by=cast.co_owner.actor, at=NOW)
    assert submit(statement=statement, by=cast.patentee.actor, at=NOW).status == "submitted"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(prices=st.lists(st.sampled_from(["100", "200", "300"]), min_size=1, max_size=5))
def test_a_consent_counts_for_exactly_its_text_whatever_is_typed_in_between(db, prices):
    """Property: after any row of changes the co-owner's consent to 100 yuan is in force exactly where 100 yuan stands."""
    cast = Cast()
    statement = cast.draft(cast.co_owned_patent(), fixed_amount="100")
    cast.consent_of_all(statement)
    for price in prices:
        statement = save_draft(statement=statement, entries={"fixed_amount": price}, by=cast.patentee.actor, at=NOW)
    in_force = statement.consents.filter(content_hash=content_hash(statement)).exists()
    assert in_force == (prices[-1] == "100")
    voided = InboxMessage.objects.filter(code="consent-void", organisation=cast.co_owner.organisation).count()
    assert voided == int(any(price != "100" for price in prices))


# ---- pledge


@pytest.fixture
def bank(cast):
    return cast.member("Harbor Bank")


@pytest.fixture
def pledged(cast, bank):
    statement = cast.draft()
    PledgeFactory(patent=statement.patent, pledgee="Harbor Bank", since_on=NOW.date())
    return statement


def test_the_pledgee_consents_here_and_the_bar_falls_with_the_registers_entry(cast, bank, pledged):
    with pytest.raises(Refused) as refused:
        submit(statement=pledged, by=cast.patentee.actor, at=NOW)
    assert rules(refused) == ["G4"]
    assert ask_pledgees(statement=pledged, by=cast.patentee.actor, at=NOW) == ["Harbor Bank"]
    assert codes(bank.organisation) == ["pledgee-consent-wanted"]
    pledged.refresh_from_db()
    given = consent_as_pledgee(statement=pledged, read_hash=content_hash(pledged), by=bank.actor, at=NOW)
    assert given[0].pledge.pledgee == "Harbor Bank"
    assert pledged.patent.pledges.get().consented_on == NOW.date()
    assert submit(statement=pledged, by=cast.patentee.actor, at=NOW).status == "submitted"


def test_a_changed_draft_voids_the_pledgees_consent_and_the_earlier_text_restores_it(cast, bank, pledged):
    """What the register has entered stays there; the statement waits until the pledgee has consented to its text."""
    ask_pledgees(statement=pledged, by=cast.patentee.actor, at=NOW)
    pledged.refresh_from_db()
    first = content_hash(pledged)
    consent_as_pledgee(statement=pledged, read_hash=first, by=bank.actor, at=NOW)
    price = str(pledged.fixed_amount)
    save_draft(statement=pledged, entries={"fixed_amount": "1"}, by=cast.patentee.actor, at=NOW)
    assert codes(bank.organisation).count("pledgee-consent-void") == 1
    with pytest.raises(Refused) as refused:
        submit(statement=pledged, by=cast.patentee.actor, at=NOW)
    assert [(item.rule, "another text" in str(item.message)) for item in refused.value.violations] == [("G4", True)]
    save_draft(statement=pledged, entries={"fixed_amount": price}, by=cast.patentee.actor, at=NOW)
    assert [item for item in violations_of(pledged, on=NOW.date()) if item.rule == "G4"] == []
    save_draft(statement=pledged, entries={"fixed_amount": "190000"}, by=cast.patentee.actor, at=NOW)
    pledged.refresh_from_db()
    consent_as_pledgee(statement=pledged, read_hash=content_hash(pledged), by=bank.actor, at=NOW)
    assert RegisterEvent.objects.filter(kind="pledgee_consent").count() == 1
    assert submit(statement=pledged, by=cast.patentee.actor, at=NOW).status == "submitted"


def test_a_statement_whose_text_the_pledgee_has_not_read_is_held_back(cast, bank, pledged):
    ask_pledgees(statement=pledged, by=cast.patentee.actor, at=NOW)
    pledged.refresh_from_db()
    consent_as_pledgee(statement=pledged, read_hash=content_hash(pledged), by=bank.actor, at=NOW)
    facts = facts_of_many([pledged], on=NOW.date())[pledged.pk]
    assert [pledge.other_text for pledge in facts.patent.pledges] == [False]
    pledged.fixed_amount = Decimal(1)
    facts = facts_of_many([pledged], on=NOW.date())[pledged.pk]
    assert [item.rule for item in check_statement(facts) if item.blocks] == ["G4"]


def test_who_has_consented_to_the_present_text_is_not_asked_while_another_pledgee_is(cast, bank, pledged):
    other = cast.member("County Bank")
    PledgeFactory(patent=pledged.patent, pledgee="County Bank", since_on=NOW.date())
    ask_pledgees(statement=pledged, by=cast.patentee.actor, at=NOW)
    for price in ("100", "200"):
        pledged = save_draft(statement=pledged, entries={"fixed_amount": price}, by=cast.patentee.actor, at=NOW)
        for one in (bank, other) if price == "100" else (bank,):
            consent_as_pledgee(statement=pledged, read_hash=content_hash(pledged), by=one.actor, at=NOW)
    assert [list(pledge_consents_wanted(one.actor, on=NOW.date())) for one in (bank, other)] == [[], [pledged]]
    with pytest.raises(Statement.DoesNotExist):
        decline_as_pledgee(statement=pledged, read_hash=content_hash(pledged), reason="", by=bank.actor, at=NOW)


def test_a_consent_to_the_text_of_one_statement_is_none_to_the_next_at_another_price(cast, bank, pledged):
    ask_pledgees(statement=pledged, by=cast.patentee.actor, at=NOW)
    pledged.refresh_from_db()
    consent_as_pledgee(statement=pledged, read_hash=content_hash(pledged), by=bank.actor, at=NOW)
    price = str(pledged.fixed_amount)
    discard(statement=pledged, by=cast.patentee.actor, at=NOW)
    anew = cast.draft(pledged.patent, fixed_amount="1")
    for facts in (statement_facts(anew, on=NOW.date()), facts_of_many([anew], on=NOW.date())[anew.pk]):
        [found] = [item for item in check_statement(facts) if item.blocks]
        assert (found.rule, str(found.message), str(found.remedy)) == (
            "G4",
            "The patent is pledged to Harbor Bank, who has consented to another text alone.",
            "Ask the pledgee for its consent to this text.",
        )
    assert ask_pledgees(statement=anew, by=cast.patentee.actor, at=NOW) == ["Harbor Bank"]
    assert list(pledge_consents_wanted(bank.actor, on=NOW.date())) == [anew]
    anew = save_draft(statement=anew, entries={"fixed_amount": price}, by=cast.patentee.actor, at=NOW)
    assert submit(statement=anew, by=cast.patentee.actor, at=NOW).status == "submitted"


def test_a_consent_from_the_pledge_register_is_to_open_licensing_whatever_the_text(cast, pledged):
    PledgeFactory._meta.model.objects.update(consented_on=NOW.date())
    save_draft(statement=pledged, entries={"fixed_amount": "190000"}, by=cast.patentee.actor, at=NOW)
    assert submit(statement=pledged, by=cast.patentee.actor, at=NOW).status == "submitted"


def test_a_pledgee_who_does_not_sign_in_here_is_not_asked(cast):
    statement = cast.draft()
    PledgeFactory(patent=statement.patent, pledgee="County Bank", since_on=NOW.date())
    assert ask_pledgees(statement=statement, by=cast.patentee.actor, at=NOW) == []
    statement.refresh_from_db()
    assert statement.pledgees_asked_at is None
    assert not InboxMessage.objects.filter(code="pledgee-consent-wanted").exists()


def test_the_pledgee_may_decline_and_the_bar_stands(cast, bank, pledged):
    ask_pledgees(statement=pledged, by=cast.patentee.actor, at=NOW)
    text = content_hash(pledged)
    decline_as_pledgee(statement=pledged, read_hash=text, reason="担保价值不足。", by=bank.actor, at=NOW)
    assert "consent-declined" in codes(cast.patentee.organisation)
    with pytest.raises(Refused) as refused:
        submit(statement=pledged, by=cast.patentee.actor, at=NOW)
    assert rules(refused) == ["G4"]


def test_only_the_pledgee_answers_and_only_when_asked_and_to_the_text_it_read(cast, bank, pledged):
    text = content_hash(pledged)
    with pytest.raises(Statement.DoesNotExist):
        consent_as_pledgee(statement=pledged, read_hash=text, by=bank.actor, at=NOW)
    ask_pledgees(statement=pledged, by=cast.patentee.actor, at=NOW)
    for person in (cast.patentee, cast.rival, cast.co_owner):
        with pytest.raises(Statement.DoesNotExist):
            consent_as_pledgee(statement=pledged, read_hash=text, by=person.actor, at=NOW)
    with pytest.raises(Refused) as refused:
        consent_as_pledgee(statement=pledged, read_hash="0" * 64, by=bank.actor, at=NOW)
    assert rules(refused) == ["P1"]


def test_a_pledge_registered_after_the_announcement_is_consented_to_as_well(cast, bank):
    """GL V-11 §9: pledging an open-licensed patent needs the pledgee's consent to continued open licensing."""
    statement = cast.statement_in("announced")
    PledgeFactory(patent=statement.patent, pledgee="Harbor Bank", since_on=NEXT.date())
    ask_pledgees(statement=statement, by=cast.patentee.actor, at=NEXT)
    consent_as_pledgee(statement=statement, read_hash=content_hash(statement), by=bank.actor, at=NEXT)
    assert statement.patent.pledges.get().consented_on == NEXT.date()


def test_of_three_patentees_the_request_waits_for_the_last(cast):
    patent = cast.co_owned_patent()
    third = cast.member("Seaside College", holds=True)
    patent.ownerships.create(patentee=third.patentee, position=3)
    ending = ask(cast, cast.statement_in("announced", patent))
    given = {"ending": ending, "read_hash": ending.content_hash, "at": NEXT}
    assert consent_to_withdrawal(by=cast.co_owner.actor, **given).status == "prepared"
    assert consent_to_withdrawal(by=third.actor, **given).status == "requested"


def test_a_reason_that_would_not_be_shown_as_typed_is_refused(cast):
    ending = ask(cast, cast.statement_in("announced", cast.co_owned_patent()))
    with pytest.raises(Refused) as refused:
        decline_withdrawal(
            ending=ending, read_hash=ending.content_hash, reason="过\u202e低", by=cast.co_owner.actor, at=NEXT
        )
    assert [(item.rule, item.field) for item in refused.value.violations] == [("P8", "reason")]


def test_a_withdrawal_is_not_consented_to_while_the_office_ends_the_statement(cast):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    ending = ask(cast, statement)
    PledgeFactory(patent=statement.patent, since_on=NEXT.date())
    propose_ending(
        statement=statement, kind=EndingKind.TERMINATION, grounds="质押", by=cast.examiner.actor,
        at=NEXT + timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        consent_to_withdrawal(
            ending=ending, read_hash=ending.content_hash, by=cast.co_owner.actor, at=NEXT + timedelta(days=1)
        )
    assert rules(refused) == ["P7"]
