"""A new entry of the register checks every statement again: acceptance stops, people are told, the clock starts."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from accounts.models import InboxMessage
from accounts.notifications import render
from core import audit
from core.deadlines import deadline_months, law_date
from core.lifecycle import WrongRole
from registry.actions.drafting import add_paper
from registry.actions.events import take_in_events
from registry.actions.rechecking import recheck_duties
from registry.enums import PaperKind, StatementStatus
from registry.models import Watch, WithdrawalDuty
from registry.queries.acceptance import acceptance_of
from registry.queries.duties import open_duty, overdue_duties
from registry.queries.ending import office_end_facts
from registry.queries.public import acceptable, public_statements
from registry.queries.work import work_items
from registry.rules.office_end import suggest
from tests.cast import NOW
from tests.factories.patents import EncumbranceFactory, EvaluationReportFactory
from tests.registry.actions.test_events import BY, deliver, received

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)

BARRING = {
    "G1": ("license", {"license_kind": "exclusive", "licensee": "River Works"}),
    "G2": ("suspension", {"ground": "ownership"}),
    "G3": ("annuity_late", {}),
    "G4": ("pledge", {"pledgee": "Bank"}),
    "G5": ("lapse", {}),
    "G6": ("invalidation", {"scope": "whole"}),
    "G9": ("obstacle", {"description": "Being wound up."}),
    "A4": ("assignment", {"to": ["River Works"]}),
}
# Other events that bring the same bars.
LIKEWISE = {
    "sole license": ("G1", "license", {"license_kind": "sole", "licensee": "River Works"}),
    "preservation": ("G2", "suspension", {"ground": "preservation"}),
    "surrender": ("G5", "surrender", {}),
    "merger": ("A4", "merger", {"to": ["River Works"]}),
}
ENDING = {
    "G1": ("license_end", {}),
    "G2": ("suspension_end", {}),
    "G3": ("annuity_paid", {}),
    "G4": ("pledgee_consent", {}),
    "G5": ("restoration", {}),
    "G9": ("obstacle_end", {}),
}


def take_in(patent, kind, on="2026-03-03", *, at=LATER, **details):
    return take_in_events(events=[received(patent, kind, on, **details)], by=BY, at=at)


def told(organisation, *codes):
    return list(organisation.inbox.filter(code__in=codes).order_by("at").values_list("code", flat=True))


@pytest.mark.parametrize("rule", BARRING)
def test_each_ground_stops_acceptance_at_once_and_starts_the_clock(cast, rule):
    statement = cast.statement_in("announced")
    kind, details = BARRING[rule]
    take_in(statement.patent, kind, **details)
    statement = type(statement).objects.get(pk=statement.pk)
    assert [item.rule for item in acceptance_of(statement, at=LATER).bars] == [rule]
    assert not public_statements().filter(acceptable(law_date(LATER))).exists()
    duty = open_duty(statement)
    assert (duty.rules, duty.since_on, duty.opened_at) == ([rule], date(2026, 3, 3), LATER)
    assert duty.due_on == deadline_months(law_date(LATER), 1) == date(2026, 4, 7)
    assert duty.consequence == ("revocation" if rule == "G6" else "termination")
    assert told(statement.filed_by, "statement-barred") == ["statement-barred"]
    assert audit.history(statement).latest("id").event == "bar_arose"


@pytest.mark.parametrize("name", LIKEWISE)
def test_whatever_brings_the_bar_acceptance_stops(cast, name):
    statement = cast.statement_in("announced")
    rule, kind, details = LIKEWISE[name]
    take_in(statement.patent, kind, **details)
    statement = type(statement).objects.get(pk=statement.pk)
    assert [item.rule for item in acceptance_of(statement, at=LATER).bars] == [rule]
    assert (open_duty(statement).rules, told(statement.filed_by, "statement-barred")) == ([rule], ["statement-barred"])


@pytest.mark.parametrize("rule", ENDING)
def test_it_resumes_when_the_bar_goes_away_and_people_are_told_again(cast, rule):
    statement = cast.statement_in("announced")
    Watch.objects.create(
        organisation=cast.rival.organisation, statement=statement, begun_by=cast.rival.user, begun_at=NOW
    )
    take_in(statement.patent, BARRING[rule][0], **BARRING[rule][1])
    kind, details = ENDING[rule]
    take_in(statement.patent, kind, "2026-03-05", at=LATER + timedelta(days=1), **details)
    statement = type(statement).objects.get(pk=statement.pk)
    assert acceptance_of(statement, at=LATER + timedelta(days=1)).open
    duty = WithdrawalDuty.objects.get()
    assert (duty.outcome, duty.closed_at) == ("removed", LATER + timedelta(days=1))
    assert told(statement.filed_by, "statement-barred", "statement-resumed") == [
        "statement-barred",
        "statement-resumed",
    ]
    assert told(cast.rival.organisation, "watched-barred", "watched-resumed") == ["watched-barred", "watched-resumed"]


def test_the_notice_names_the_ground_with_its_article_and_the_day_in_each_language(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "annuity_late")
    message = InboxMessage.objects.get(code="statement-barred")
    with override("en"):
        _subject, body = render(message.code, message.params)
    assert "An annuity of this patent is overdue." in body
    assert "86" in body
    assert "7 April 2026" in body
    with override("zh-hans"):
        assert "2026年4月7日" in render(message.code, message.params)[1]


def test_a_ground_older_than_the_filing_revokes(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "pledge", "2025-01-07", pledgee="Bank")
    assert open_duty(statement).consequence == "revocation"


def test_a_second_ground_older_than_the_filing_makes_the_consequence_a_revocation(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "annuity_late")
    assert open_duty(statement).consequence == "termination"
    take_in(statement.patent, "pledge", "2025-01-07", at=LATER + timedelta(days=1), pledgee="Bank")
    assert open_duty(statement).consequence == "revocation"


@pytest.mark.parametrize("rule", BARRING)
def test_what_the_duty_threatens_is_what_the_examiner_is_called_to_do(cast, rule):
    statement = cast.statement_in("announced")
    kind, details = BARRING[rule]
    take_in(statement.patent, kind, **details)
    statement = type(statement).objects.get(pk=statement.pk)
    assert suggest(office_end_facts(statement, on=law_date(LATER))).kind == open_duty(statement).consequence


def test_the_office_can_end_the_statement_of_a_patent_that_got_another_co_holder(cast):
    """A4 alone stands: the filer still holds the patent, so that no F11 does."""
    statement = cast.statement_in("announced", cast.co_owned_patent())
    take_in(statement.patent, "assignment", from_=["Hillside Institute"], to=["River Works"])
    statement = type(statement).objects.get(pk=statement.pk)
    facts = office_end_facts(statement, on=law_date(LATER))
    assert [(cause.rule, cause.arose_on) for cause in facts.causes] == [("A4", date(2026, 3, 3))]
    assert suggest(facts).kind == "termination"


def test_an_ordinary_license_of_before_the_filing_says_nothing_of_an_exclusive_one_of_after(cast):
    statement = cast.statement_in("announced")
    EncumbranceFactory(patent=statement.patent, kind="ordinary", since_on=date(2025, 1, 7))
    take_in(statement.patent, "license", license_kind="exclusive", licensee="River Works")
    assert (open_duty(statement).since_on, open_duty(statement).consequence) == (date(2026, 3, 3), "termination")


def test_a_second_ground_is_told_too_but_the_clock_runs_on(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "annuity_late")
    first = open_duty(statement)
    take_in(statement.patent, "pledge", "2026-03-05", at=LATER + timedelta(days=1), pledgee="Bank")
    second = open_duty(statement)
    assert (second.pk, second.rules, second.due_on) == (first.pk, ["G3", "G4"], first.due_on)
    assert len(told(statement.filed_by, "statement-barred")) == 2
    take_in(statement.patent, "annuity_paid", "2026-03-06", at=LATER + timedelta(days=2))
    assert open_duty(statement).rules == ["G4"]
    assert len(told(statement.filed_by, "statement-barred", "statement-resumed")) == 2


def test_the_agency_is_told(cast):
    statement = cast.statement_in("announced", by=cast.agency)
    take_in(statement.patent, "annuity_late")
    assert told(cast.agency.organisation, "statement-barred") == ["statement-barred"]
    assert told(cast.patentee.organisation, "statement-barred") == ["statement-barred"]


def test_a_change_of_name_is_flagged_and_bars_nothing(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "change_of_name", from_="Lakeside University", to="Lakeside Technical")
    statement = type(statement).objects.get(pk=statement.pk)
    assert acceptance_of(statement, at=LATER).open
    assert open_duty(statement) is None
    assert told(statement.filed_by, "statement-holder_renamed") == ["statement-holder_renamed"]


def test_a_consent_given_under_the_earlier_name_still_counts(cast):
    statement = cast.statement_in("approved", cast.co_owned_patent())
    take_in(statement.patent, "change_of_name", from_="Hillside Institute", to="Hillside Academy")
    cast._announce(type(statement).objects.get(pk=statement.pk), NOW + timedelta(days=1))
    statement.refresh_from_db()
    assert statement.status == StatementStatus.ANNOUNCED


def test_an_assigned_patent_s_statement_is_the_former_holders_to_withdraw(cast):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    take_in(statement.patent, "assignment", from_=["Hillside Institute"], to=["River Works"])
    statement = type(statement).objects.get(pk=statement.pk)
    assert [item.rule for item in acceptance_of(statement, at=LATER).bars] == ["A4"]
    assert not public_statements().filter(acceptable(law_date(LATER))).exists()


@pytest.mark.parametrize("status", ["examining", "passed", "approved"])
def test_the_examiner_of_a_pending_statement_is_told(cast, status):
    statement = cast.statement_in(status)
    take_in(statement.patent, "annuity_late")
    message = cast.examiner.user.inbox.get(code="statement-register_changed")
    assert "G3" not in str(message.params) and "86" in str(message.params["grounds"])
    take_in(statement.patent, "pledge", "2026-03-05", at=LATER + timedelta(days=1), pledgee="Bank")
    assert cast.examiner.user.inbox.filter(code="statement-register_changed").count() == 2
    assert not WithdrawalDuty.objects.exists()


def test_what_bars_nothing_tells_nobody(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "license", license_kind="ordinary", licensee="River Works")
    take_in(statement.patent, "invalidation", "2026-03-05", scope="partial")
    assert not WithdrawalDuty.objects.exists()
    assert told(statement.filed_by, "statement-barred") == []


def test_a_bar_that_runs_out_by_itself_falls_away_the_next_day(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "suspension", ground="ownership", until_on="2026-03-10")
    assert recheck_duties(by=BY, at=LATER) == 0
    assert recheck_duties(by=BY, at=NOW.replace(day=10)) == 1
    assert WithdrawalDuty.objects.get().outcome == "removed"
    assert told(statement.filed_by, "statement-resumed") == ["statement-resumed"]
    assert recheck_duties(by=BY, at=NOW.replace(day=11)) == 0


def test_the_duty_ends_with_the_statement(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "annuity_late")
    cast._withdraw(statement, LATER)
    assert open_duty(statement) is None
    recheck_duties(by=BY, at=LATER + timedelta(days=2))
    assert WithdrawalDuty.objects.get().outcome == "ended"


def test_no_person_looks_after_duties(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "suspension", ground="ownership", until_on="2026-03-10")
    for person in (cast.patentee, cast.examiner, cast.administrator):
        with pytest.raises(WrongRole):
            recheck_duties(by=person.actor, at=NOW.replace(day=11))
    assert open_duty(statement).closed_at is None


def test_the_duty_stands_on_the_workbench_and_past_its_day_on_the_examiner_s(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "annuity_late")
    due = open_duty(statement).due_on
    mine = [item for item in work_items(cast.patentee.actor, LATER) if item.due_on == due]
    assert [statement.number in str(item.title) for item in mine] == [True]
    assert list(overdue_duties(on=due)) == []
    assert [duty.statement for duty in overdue_duties(on=due + timedelta(days=1))] == [statement]
    before = {item.url: item.count for item in work_items(cast.examiner.actor, LATER)}
    after = {item.url: item.count for item in work_items(cast.examiner.actor, LATER + timedelta(days=60))}
    assert before == after == {"/examination/registry/withdrawalduty/": 1}


def test_a_delivery_that_brings_a_bar_is_checked_too(cast):
    statement = cast.statement_in("announced")
    deliver(statement.patent.number, at=LATER, right_status="lapsed")
    assert open_duty(statement).rules == ["G5"]


def test_a_negative_report_bars(cast, clean_pdf):
    """The report that was handed in with the statement is not in the register; the office's own is entered later."""
    statement = cast.draft(cast.patent(utility_model=True))
    add_paper(statement=statement, kind=PaperKind.EVALUATION_REPORT, file=clean_pdf, by=cast.patentee.actor, at=NOW)
    for step in ("submit", "claim", "pass", "approve", "announce"):
        getattr(cast, f"_{step}")(statement, NOW)
        statement.refresh_from_db()
    take_in(statement.patent, "evaluation_report", report_number="PJ2", conclusion="negative")
    statement = type(statement).objects.get(pk=statement.pk)
    assert [item.rule for item in acceptance_of(statement, at=LATER).bars] == ["G8"]
    assert (open_duty(statement).rules, told(statement.filed_by, "statement-barred")) == (["G8"], ["statement-barred"])


def test_a_second_report_waits_for_a_person(cast):
    patent = cast.patent(utility_model=True)
    EvaluationReportFactory(patent=patent)
    cast.statement_in("announced", patent)
    taken = take_in(patent, "evaluation_report", report_number="PJ2", conclusion="negative")
    assert [item.code for item in taken.parked] == ["report_twice"]
    assert not WithdrawalDuty.objects.exists()


def test_a_statement_whose_term_is_over_expires_and_is_not_to_be_withdrawn(cast):
    patent = cast.patent(filed_on=date(2006, 3, 4), granted_on=date(2008, 1, 4), number="200610000001.4")
    statement = cast.statement_in(
        "announced", patent, at=NOW, term_months="1", term_mode="until", term_until="2026-03-03"
    )
    take_in(patent, "expiry", "2026-03-04", at=LATER)
    assert not WithdrawalDuty.objects.exists()
    assert statement.status == StatementStatus.ANNOUNCED
