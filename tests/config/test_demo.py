"""The demo story: told once through the real acts, complete, and never twice."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.enums import OrganisationKind, Verification
from accounts.models import Appointment, InboxMessage, Organisation, User
from accounts.queries import actor_for
from accounts.roles import OFFICE_ROLES
from config.demo import story
from config.demo.calendar import Calendar
from config.demo.people import PASSWORD, demo_people
from config.demo.register import patents
from core.deadlines import is_issue_day, law_date
from core.identifiers import PatentNumber, parse_uscc
from core.models import AuditEvent, OutboxMessage
from core.rules import Severity
from licensing.enums import FilingStatus, LicenseStatus, NoticeStatus
from licensing.models import Filing, FilingChange, FilingPaper, License, Notice
from licensing.queries.timing import filing_due_on
from mediation.enums import Audience, CaseStatus
from mediation.models import Case, Paper
from registry.actions.ending_requests import missing_consents
from registry.enums import BatchStatus, EndingStatus, FeeMode, StatementStatus
from registry.models import (
    BulletinEntry,
    BulletinIssue,
    CalendarDay,
    CalendarYear,
    Delivery,
    Ending,
    Estimate,
    OfficePaper,
    Patent,
    RegisterEvent,
    Statement,
    StatementBatch,
)
from registry.queries.asking import pledge_consents_wanted, withdrawals_wanted
from registry.queries.facts import statement_facts
from registry.queries.statements import violations_of
from registry.rules import DEFECTS

pytestmark = pytest.mark.django_db

TABLES = (
    AuditEvent, OutboxMessage, User, Appointment, Organisation, Patent, Statement, BulletinEntry, Notice, License,
    Filing, Case, Paper,
)  # fmt: skip


def run(command):
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The story told by the command in an empty registry, once for all tests of this file; its one line of output."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield run("load_demo")
        transaction.set_rollback(True)


def test_the_command_says_in_one_line_what_it_loaded(told):
    assert told == (
        f"The demo story is loaded: 22 people, 64 patents, 44 statements, {BulletinIssue.objects.count()} issues of "
        "the bulletin, 19 licenses, 6 disputes.\n"
    )


def signed_in(email):
    user = User.objects.get(email=email)
    return actor_for(user, user.memberships.get().organisation_id)


def test_a_second_run_changes_nothing(told):
    before = {table: table.objects.count() for table in TABLES}
    assert run("load_demo") == "The demo story is already here; nothing was changed.\n"
    assert {table: table.objects.count() for table in TABLES} == before


def test_every_state_of_a_statement_is_there(told):
    found = Counter(Statement.objects.values_list("status", flat=True))
    assert set(found) == set(StatementStatus.values)
    assert (found.total(), found["announced"], found["approved"]) == (44, 20, 2)
    assert set(Statement.objects.filter(status="announced").values_list("fee_mode", flat=True)) == set(FeeMode.values)


def test_the_organisations_and_their_codes(told):
    kinds = Counter(Organisation.objects.values_list("kind", flat=True))
    assert kinds == {"university": 3, "institute": 2, "enterprise": 6, "agency": 1, "individual": 1}
    assert Organisation.objects.values("province").distinct().count() == 6
    units = Organisation.objects.exclude(kind=OrganisationKind.INDIVIDUAL)
    assert [parse_uscc(code) for code in units.values_list("uscc", flat=True)] == list(
        units.values_list("uscc", flat=True)
    )
    assert set(Organisation.objects.values_list("verification", flat=True)) == {Verification.VERIFIED}


def test_the_patents_have_right_numbers_and_known_holders(told):
    numbers = Patent.objects.values_list("number", flat=True)
    assert sorted(PatentNumber.parse(number).canonical for number in numbers) == sorted(numbers)
    unknown = Patent.objects.filter(owners__organisation=None)
    assert [patent.owners.get(organisation=None).name for patent in unknown] == ["渭滨种业有限公司"]


def test_the_latest_delivery_of_register_data_is_of_yesterday_and_changed_nothing_but_its_time(told):
    first, latest = Delivery.objects.order_by("started_at")
    assert (first.inserted, latest.inserted, latest.refused, latest.unchanged) == (64, 0, 0, 0)
    spoken = RegisterEvent.objects.values("patent_number")
    confirmed = Patent.objects.exclude(number__in=spoken)
    assert set(confirmed.values_list("facts_as_of", flat=True)) == {latest.as_of}
    assert law_date(latest.as_of) == law_date(timezone.now()) - timedelta(days=1)
    audited = AuditEvent.objects.filter(event="import batch", subject_id=latest.pk).get()
    assert set(map(len, audited.data["updated"].values())) == {0}
    assert latest.updated == confirmed.count() > 30


def test_a_university_has_filed_many_at_once_and_sees_what_is_left_to_mend(told):
    batch = StatementBatch.objects.get()
    assert (batch.organisation.name, batch.status) == ("镜湖理工大学", BatchStatus.SUBMITTED)
    rows = batch.rows.order_by("number").values_list("outcome", "rules")
    assert list(rows) == [
        ("submitted", []), ("submitted", []), ("drafted", ["F5"]), ("barred", ["G7"]), ("barred", ["F12"]),
        ("defective", ["B2"]), ("defective", ["F7"]),
    ]  # fmt: skip
    model = batch.rows.get(number=3).statement
    assert [paper.kind for paper in model.papers.all()] == ["evaluation_report"]
    papers = OfficePaper.objects.filter(statement__batch_rows__batch=batch, kind="acceptance")
    assert papers.filter(services__message__code="batch-submitted").count() == 2
    asked = InboxMessage.objects.get(code="consents-wanted")
    assert (asked.organisation.name, asked.params["count"]) == ("越澄热控科技有限公司", 1)


def test_a_draft_rests_on_an_estimate_kept_with_its_source(told):
    estimate = Estimate.objects.get()
    draft = estimate.statement
    assert (draft.status, draft.filed_by.name, draft.fee_mode) == (StatementStatus.DRAFT, "镜湖理工大学", "lump_sum")
    # (720,000 ÷ 6 + 400,000 ÷ 4) ÷ 2 = 110,000 a year; half of it for four licensees; five years.
    assert draft.fixed_amount == estimate.reckoning.proposal.value == Decimal("275000.00")
    assert estimate.source in draft.explanation
    today = law_date(timezone.now())
    assert DEFECTS.check(statement_facts(draft, on=today), on=today, only=["F7", "F8", "F10"]) == []


def test_the_calendar_of_this_year_and_the_next_is_laid_down(told):
    this = law_date(timezone.now()).year
    assert {this, this + 1} <= set(CalendarYear.objects.values_list("year", flat=True))
    days = CalendarDay.objects.filter(calendar__year=this, appears=True)
    assert [day.on for day in days if not is_issue_day(day.on)] == []
    assert days.count() > 80


def test_the_bulletin_appeared_on_its_days_and_never_today(told):
    issues = list(BulletinIssue.objects.order_by("serial"))
    assert [issue.serial for issue in issues] == list(range(1, len(issues) + 1))
    assert [issue.issued_on for issue in issues if not is_issue_day(issue.issued_on)] == []
    assert issues[-1].issued_on < law_date(timezone.now())
    assert set(BulletinEntry.objects.values_list("kind", flat=True)) == {
        "statement", "withdrawal", "termination", "revocation", "filing",
    }  # fmt: skip


def test_the_licenses_notices_and_filings(told):
    assert Counter(License.objects.values_list("status", flat=True)) == {
        LicenseStatus.IN_FORCE: 17, LicenseStatus.EXPIRED: 1, LicenseStatus.TERMINATED: 1,
    }  # fmt: skip
    assert Counter(Notice.objects.values_list("status", flat=True)) == {
        NoticeStatus.COMPLETED: 19, NoticeStatus.WAITING: 3, NoticeStatus.CANCELED: 1,
    }  # fmt: skip
    assert Counter(Filing.objects.values_list("status", flat=True)) == {
        FilingStatus.RECORDED: 11, FilingStatus.SUBMITTED: 2, FilingStatus.REFUSED: 1,
    }  # fmt: skip
    assert Filing.objects.get(is_late=True).status == FilingStatus.RECORDED
    unfiled = License.objects.filter(filings=None, status=LicenseStatus.IN_FORCE)
    today = law_date(timezone.now())
    assert any(filing_due_on(license) < today for license in unfiled)
    most = max(Statement.objects.all(), key=lambda statement: statement.licenses.count())
    licensees = [license.licensee.name for license in most.licenses.order_by("effective_on")]
    assert licensees == ["越澄热控科技有限公司", "岭东微电子有限公司", "苏原精密机械有限公司"]
    assert most.licenses.values("terms_hash").distinct().count() == 1


def test_a_filing_came_with_papers_and_another_waits_for_a_change_that_is_proved(told):
    papers = FilingPaper.objects.order_by("added_at", "pk").values_list("filing__status", "kind", "file__name")
    assert sorted(papers) == [
        ("submitted", "identity", "营业执照副本.pdf"), ("submitted", "other", "付款账户说明.pdf"),
    ]  # fmt: skip
    change = FilingChange.objects.get()
    assert (change.status, change.filing.status, change.side) == ("requested", "recorded", "licensee")
    assert (change.before, change.after) == (change.applicant.name, "蜀禾食品股份有限公司")
    assert change.proof.name == "准予变更登记通知书.pdf"


def test_a_withdrawal_waits_for_the_consent_of_a_co_owner_who_signs_in(told):
    waiting = Ending.objects.get(status=EndingStatus.PREPARED)
    assert waiting.statement.filed_by.name == "锦江先进材料研究院"
    assert [owner.name for owner in missing_consents(waiting)] == ["苏原精密机械有限公司"]
    assert list(withdrawals_wanted(signed_in("gu@suyuan.example"))) == [waiting]


def test_a_pledgee_who_signs_in_is_asked_for_its_consent_to_a_draft(told):
    pledgee, today = signed_in("jiang@hanjin.example"), law_date(timezone.now())
    draft = pledge_consents_wanted(pledgee, on=today).get()
    assert (draft.status, draft.filed_by.name) == (StatementStatus.DRAFT, "汉沅环保设备有限公司")
    found = [(item.rule, item.severity) for item in violations_of(draft, on=today) if item.blocks]
    assert found == [("G4", Severity.BAR)]


def test_a_license_obtained_before_the_withdrawal_lives_on(told):
    license = License.objects.get(statement__status=StatementStatus.WITHDRAWN)
    assert license.status == LicenseStatus.IN_FORCE
    assert license.effective_on < license.statement.ended_on


def test_the_disputes(told):
    found = sorted(Case.objects.values_list("status", flat=True))
    assert found == ["agreed", "asked", "draft", "in_mediation", "refused", "requested"]
    open_case = Case.objects.get(status=CaseStatus.IN_MEDIATION)
    assert Counter(open_case.papers.values_list("audience", flat=True)) == {
        Audience.JOINT: 4, Audience.APPLICANT: 1, Audience.RESPONDENT: 1,
    }  # fmt: skip
    assert [session.scheduled_at > timezone.now() for session in open_case.sessions.order_by("scheduled_at")] == [
        False,
        True,
    ]


def test_nothing_lies_in_the_future_and_the_log_is_in_the_order_of_time(told):
    times = list(AuditEvent.objects.order_by("id").values_list("at", flat=True))
    assert times == sorted(times)
    assert times[-1] < timezone.now()


def test_everybody_named_can_sign_in(told):
    said = run("demo_people")
    for person in demo_people():
        assert person.email in said
        assert check_password(PASSWORD, User.objects.get(email=person.email).password)
    assert len(demo_people()) == User.objects.count() == 22
    assert set(Appointment.objects.values_list("role", flat=True)) == {role.value for role in OFFICE_ROLES}
    assert said.startswith(f"Everybody's password is {PASSWORD}.")


@pytest.mark.parametrize("text", ["2026-10-04T16:10", "2027-02-15T03:00", "2028-02-29T12:00"])
def test_the_calendar_keeps_order_and_the_past_whatever_the_day(text):
    """A Monday of National Day week after midnight, the Spring Festival, and a leap day."""
    now = datetime.fromisoformat(text).replace(tzinfo=UTC)
    calendar = Calendar(now)
    for days in range(400):
        acts = [calendar.ago(days, order) for order in range(12)]
        assert acts == sorted(set(acts))
        assert acts[-1] < now
    issues = calendar.issues(calendar.today - timedelta(days=60))
    assert issues == sorted(issues)
    assert law_date(issues[-1]) < calendar.today
    assert calendar.issue_after(issues[0]) == law_date(issues[1])
    assert calendar.issue_after(issues[0] - timedelta(seconds=1)) == law_date(issues[0])


def test_the_data_name_each_patent_once():
    keys = [one["key"] for one in patents()]
    assert sorted(keys) == [f"p{number:02d}" for number in range(1, 65)]
    assert len({one["title"] for one in patents()}) == len(keys)
    assert story.BEGINS_DAYS_AGO > 310
