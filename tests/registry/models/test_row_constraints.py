"""Constraints of what surrounds a statement, met by raw SQL: the bulletin, its papers, switch, calendar and answers.

Each lawful row is seen taken first, so that only the one thing changed can have been refused.
"""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, models

from registry.enums import EndingKind, OfficePaperKind, PricingBasis, PricingMethod, RectificationStatus
from registry.models import (
    BulletinEntry,
    BulletinIssue,
    CalendarDay,
    CalendarYear,
    Declination,
    Ending,
    EndingConsent,
    Estimate,
    OfficePaper,
    PendingEntry,
    PledgeeConsent,
    PrintedIssue,
    PrintedPaper,
    PublicationHalt,
    Rectification,
    Service,
    Statement,
    StatementVersion,
    Watch,
)
from tests.cast import NOW, Cast
from tests.database import refusal_of
from tests.factories.files import StoredFileFactory
from tests.factories.patents import PledgeFactory
from tests.factories.statements import announced, draft
from tests.rows import insert, refused, refused_twice

pytestmark = pytest.mark.django_db
HASH, OTHER_HASH = "a" * 64, "b" * 64


class Rows:
    """A lawful row of each table, unsaved, beside an announced statement. Triggers off, foreign keys are not checked."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.statement = announced(cast)
        self.pledge = PledgeFactory(patent=self.statement.patent)
        self.user = cast.examiner.user
        self.other = cast.approver.user
        self.calendar = CalendarYear(year=2031, holidays_known=True, made_at=NOW, made_by=self.user)
        self.paper = self.statement.office_papers.first()
        self.withdrawal = Ending(
            statement=self.statement, kind=EndingKind.WITHDRAWAL, grounds="x", content_hash=HASH,
            requested_by=cast.patentee.user, requested_at=NOW,
        )  # fmt: skip

    def issue(self) -> BulletinIssue:
        return BulletinIssue(
            year=2032, number=1, serial=99, issued_on=date(2032, 3, 2), published_at=NOW, entry_count=1, tree_size=200,
            root_hash=HASH, frontier=[HASH], checkpoint="x",
        )  # fmt: skip

    def entry(self) -> BulletinEntry:
        return BulletinEntry(
            issue=self.statement.announced_in.issue, position=50, kind="filing", patent=self.statement.patent,
            subject_id=uuid.UUID(int=7), content={}, content_hash=HASH,
        )  # fmt: skip

    def pending(self) -> PendingEntry:
        return PendingEntry(
            kind="filing", patent=self.statement.patent, subject_id=uuid.UUID(int=7), content={}, ready_at=NOW
        )

    def day(self) -> CalendarDay:
        return CalendarDay(calendar=self.calendar, on=date(2031, 3, 4))

    def estimate(self) -> Estimate:
        return Estimate(
            organisation=self.cast.patentee.organisation, method=PricingMethod.OWN_INCOME, basis=PricingBasis.FIXED,
            source="Ledger 2025", licensees=5, months=36, reckoned_on=NOW.date(), made_by=self.cast.patentee.user,
            made_at=NOW,
        )  # fmt: skip

    def halt(self) -> PublicationHalt:
        return PublicationHalt(reason="x", halted_by=self.user, halted_at=NOW)

    def office_paper(self) -> OfficePaper:
        return OfficePaper(
            kind=OfficePaperKind.CORRECTION, year=2031, serial=1, number="X2031-1", statement=self.statement,
            content={}, content_hash=HASH, issued_at=NOW,
        )  # fmt: skip

    def service(self) -> Service:
        return Service(
            paper=self.paper, organisation=self.cast.rival.organisation, message_id=uuid.uuid4(), served_at=NOW
        )

    def printed(self) -> PrintedPaper:
        return PrintedPaper(paper=self.paper, file=StoredFileFactory(), sha256=HASH, printed_at=NOW)

    def printed_issue(self) -> PrintedIssue:
        return PrintedIssue(issue=self.statement.announced_in.issue, sha256=HASH, printed_at=NOW)

    def rectification(self) -> Rectification:
        return Rectification(
            entry=self.statement.announced_in, item="title", before="旧", after="新", grounds="x",
            proposed_by=self.user, proposed_at=NOW,
        )  # fmt: skip

    def version(self) -> StatementVersion:
        return StatementVersion(
            statement=self.statement, number=9, content={}, content_hash=HASH, sent_by=self.cast.patentee.user,
            sent_at=NOW,
        )  # fmt: skip

    def ending(self) -> Ending:
        return self.withdrawal

    def ending_consent(self) -> EndingConsent:
        return EndingConsent(
            ending=self.withdrawal, patentee=self.cast.patentee.patentee, content_hash=HASH,
            given_by=self.cast.patentee.user, given_at=NOW,
        )  # fmt: skip

    def pledgee_consent(self) -> PledgeeConsent:
        return PledgeeConsent(
            statement=self.statement, pledge=self.pledge, organisation=self.cast.rival.organisation, content={},
            content_hash=HASH, given_by=self.cast.rival.user, given_at=NOW,
        )  # fmt: skip

    def declination(self) -> Declination:
        return Declination(
            statement=self.statement, pledge=self.pledge, organisation=self.cast.rival.organisation,
            content_hash=HASH, declined_by=self.cast.rival.user, declined_at=NOW,
        )  # fmt: skip

    def watch(self) -> Watch:
        return Watch(
            organisation=self.cast.rival.organisation, patent=self.statement.patent,
            begun_by=self.cast.rival.user, begun_at=NOW,
        )  # fmt: skip


@pytest.fixture
def rows(cast: Cast) -> Rows:
    return Rows(cast)


def known(rows: Rows, columns: dict) -> dict:
    """Put people and things in the place of their names."""
    return {
        name: getattr(rows, value.removeprefix("@")).pk if str(value).startswith("@") else value
        for name, value in columns.items()
    }


MOMENT = NOW + timedelta(hours=1)
PROPOSED = {"proposed_by_id": "@user", "proposed_at": MOMENT, "resume_reason": "x"}
DECIDED = {"status": RectificationStatus.APPROVED, "decided_by_id": "@other", "decided_at": MOMENT}

# The table's lawful row, what is changed in it, and the constraint that refuses it. "@" names somebody of Rows.
WRONG = [
    ("issue", {"number": 0}, "issue_numbers_start_with_one"),
    ("issue", {"serial": 0}, "issue_numbers_start_with_one"),
    ("issue", {"year": 2031}, "issue_year_is_its_date"),
    ("issue", {"root_hash": "A" * 64}, "issue_has_root"),
    ("issue", {"entry_count": 0}, "issue_tree_grows"),
    ("issue", {"entry_count": 201}, "issue_tree_grows"),
    ("entry", {"content_hash": "x"}, "entry_has_hash"),
    ("entry", {"kind": "rectification"}, "entry_rectification_cites"),
    ("day", {"appears": False}, "calendar_change_has_reason"),
    ("day", {"appears": False, "changed_at": MOMENT}, "calendar_change_has_reason"),
    ("day", {"reason": "x"}, "calendar_change_has_reason"),
    ("estimate", {"method": "guess"}, "estimate_known_method"),
    ("estimate", {"basis": "guess"}, "estimate_known_method"),
    ("estimate", {"licensees": 0}, "estimate_in_range"),
    ("estimate", {"licensees": 100_001}, "estimate_in_range"),
    ("estimate", {"months": 0}, "estimate_in_range"),
    ("estimate", {"months": 301}, "estimate_in_range"),
    ("estimate", {"source": ""}, "estimate_has_source"),
    ("halt", {"reason": ""}, "halt_has_reason"),
    ("halt", {**PROPOSED, "resume_reason": ""}, "halt_proposal_whole"),
    ("halt", {"resume_reason": "x"}, "halt_proposal_whole"),
    ("halt", {"resumed_at": MOMENT}, "halt_resumed_on_proposal"),
    ("halt", {"resumed_by_id": "@other", "resumed_at": MOMENT}, "halt_resumed_on_proposal"),
    ("halt", {**PROPOSED, "resumed_by_id": "@user", "resumed_at": MOMENT}, "halt_two_persons_resume"),
    ("office_paper", {"kind": "letter"}, "office_paper_of_known_kind"),
    ("office_paper", {"content_hash": "x"}, "office_paper_has_hash"),
    ("printed", {"sha256": "x"}, "printed_paper_has_hash"),
    ("printed_issue", {"sha256": "x"}, "printed_issue_has_hash"),
    ("rectification", {**DECIDED, "decided_by_id": "@user"}, "rectification_four_eyes"),
    ("rectification", {**DECIDED, "decided_by_id": None}, "rectification_decided_by_somebody"),
    ("rectification", {"decided_by_id": "@other"}, "rectification_decided_by_somebody"),
    ("rectification", {"after": "旧"}, "rectification_changes_something"),
    ("rectification", {"after": ""}, "rectification_changes_something"),
    ("rectification", {"grounds": ""}, "rectification_changes_something"),
    ("rectification", {**DECIDED, "status": "declined"}, "rectification_declined_with_reasons"),
    ("version", {"number": 0}, "version_numbers_start_with_one"),
    ("version", {"content_hash": "x"}, "version_has_hash"),
    ("ending_consent", {"content_hash": "x"}, "ending_consent_to_exact_text"),
    ("pledgee_consent", {"content_hash": "x"}, "pledgee_consent_to_exact_text"),
    ("declination", {"content_hash": "x"}, "declination_of_exact_text"),
    ("declination", {"ending_id": "@withdrawal"}, "declination_of_one_thing"),
    ("watch", {"statement_id": "@statement"}, "watch_of_one_thing"),
]
# A second row beside the first: what differs in it, and the constraint that refuses it all the same.
SECOND = [
    ("issue", {"serial": 100, "issued_on": date(2032, 3, 5)}, "issue_number_once_a_year"),
    ("entry", {"subject_id": uuid.UUID(int=8)}, "entry_position_once"),
    ("entry", {"position": 51}, "entry_announced_once"),
    ("pending", {}, "pending_entry_once"),
    ("halt", {"reason": "y"}, "halt_one_at_a_time"),
    ("office_paper", {"number": "X2031-2"}, "office_paper_number_once"),
    ("service", {}, "service_once_a_party"),
    ("rectification", {"after": "更新"}, "rectification_once_at_a_time"),
    ("version", {"content_hash": OTHER_HASH}, "version_number_once"),
    ("ending", {}, "ending_one_prepared_per_statement"),
    ("ending_consent", {"content_hash": OTHER_HASH}, "ending_consent_once"),
    ("pledgee_consent", {}, "pledgee_consent_once"),
    ("declination", {"reason": "y"}, "declination_once"),
    ("watch", {}, "watch_patent_once"),
]


def names(cases: list) -> list[str]:
    return [f"{table}-{by}-{position}" for position, (table, _, by) in enumerate(cases)]


def row_of(rows: Rows, table: str) -> Callable[[], models.Model]:
    """Return what makes the lawful row, each time under a new id."""

    def row() -> models.Model:
        made: models.Model = getattr(rows, table)()
        made.pk = uuid.uuid4()
        return made

    return row


@pytest.mark.parametrize(("table", "columns", "by"), WRONG, ids=names(WRONG))
def test_a_row_with_one_thing_wrong_is_refused(rows, table, columns, by):
    refused(row_of(rows, table), by, past_triggers=True, **known(rows, columns))


@pytest.mark.parametrize(("table", "columns", "by"), SECOND, ids=names(SECOND))
def test_a_second_row_of_the_same_is_refused(rows, table, columns, by):
    refused_twice(row_of(rows, table), by, past_triggers=True, **known(rows, columns))


def test_a_statement_replaces_another_and_never_itself(cast):
    statement = draft(cast)
    sql = f"UPDATE {Statement._meta.db_table} SET replaces_id = id WHERE id = %s"

    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql, [statement.pk])

    assert "statement_replaces_another" in refusal_of(act)


def test_a_rectification_begins_as_a_proposal(rows):
    insert(rows.rectification())
    decided = {"status": "approved", "decided_by_id": rows.other.pk, "decided_at": NOW}
    said = refusal_of(lambda: insert(rows.rectification(), id=uuid.uuid4(), item="main_class", **decided))
    assert "Cannot insert" in said


def test_an_estimate_stays_as_it_was_reckoned(rows):
    insert(rows.estimate())

    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {Estimate._meta.db_table} SET source = 'x'")

    assert "Cannot update" in refusal_of(act)
