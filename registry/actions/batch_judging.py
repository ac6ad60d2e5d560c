"""Rows of a batch judged by the rules of a single statement, many at once. What is found is kept in both languages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from accounts.models import Organisation
from accounts.notifications import in_every_language
from accounts.queries import actor_for
from accounts.roles import Role
from core.deadlines import law_date
from core.identifiers import InvalidIdentifier, PatentNumber
from core.lifecycle import Actor
from core.rules import Severity, Text, Violation
from registry.actions.batch_papers import Brought, brought_by
from registry.actions.drafting import new_draft, write_entries
from registry.enums import RowOutcome, StatementStatus
from registry.facts import UNDERTAKINGS
from registry.intake.statement_columns import AGREEMENT, CONSENTS, PATENT, REPORT, entries_of_row
from registry.models import BatchRow, BatchSubmission, Patent, Statement, StatementBatch
from registry.queries.batches import first_rows, last_submission, papers_by_key, submitted_before
from registry.queries.bulk_facts import facts_of_many, patents_by_number
from registry.queries.content import content_hash
from registry.queries.statements import principals_of
from registry.rules import SPREADSHEET, blocking, check_statement
from registry.rules.spreadsheet import SheetRowFacts

# Given once for the whole batch when it is submitted: until then no row lacks them.
GIVEN_LATER: dict[str, Any] = {**dict.fromkeys(UNDERTAKINGS, True), "signed_name": "name"}
# Missing consents keep nobody from asking for them online.
CONSENT_RULES = ("F5", "F6")
# What a paper that is named but not uploaded yet would answer: it is not said twice.
_CONSENTED_TO = frozenset((rule, CONSENTS) for rule in CONSENT_RULES)
_ANSWERED_BY = {REPORT: frozenset({("G7", REPORT)}), AGREEMENT: _CONSENTED_TO, CONSENTS: _CONSENTED_TO}


@dataclass(slots=True)
class Judged:
    """A row with its patent, the holder on whose account it is filed, and everything there is to say of it."""

    row: BatchRow
    number: str = ""
    number_fault: Text | None = None
    patent: Patent | None = None
    filed_by: Organisation | None = None
    statement: Statement | None = None  # not saved as it stands
    draft: Statement | None = None  # the filer's draft that the row is written into
    before: Statement | None = None
    brought: Brought = field(default_factory=Brought)
    violations: list[Violation] = field(default_factory=list)

    @property
    def made(self) -> Statement:
        """The statement of a row whose patent is known."""
        assert self.statement is not None
        return self.statement

    @property
    def outcome(self) -> RowOutcome:
        """What became of it, by the heaviest finding."""
        blocks = blocking(self.violations)
        if self.before is not None:
            return RowOutcome.BEFORE
        if not blocks:
            return RowOutcome.GOOD
        if all(item.field == CONSENTS and item.rule in CONSENT_RULES for item in blocks):
            return RowOutcome.CONSENTS
        barred = any(item.severity is Severity.BAR for item in blocks)
        return RowOutcome.BARRED if barred else RowOutcome.DEFECTIVE


def actor_of(batch: StatementBatch) -> Actor:
    """Return who acts in the batch now: who submitted it last, before that who uploaded it, for its organisation."""
    last = last_submission(batch)
    return actor_for(last.submitted_by if last is not None else batch.uploaded_by, batch.organisation_id)


def sender_of(submission: BatchSubmission) -> Actor:
    """Return who made the submission, whoever has submitted the batch since."""
    return actor_for(submission.submitted_by, submission.batch.organisation_id)


def judge(
    batch: StatementBatch, rows: Sequence[BatchRow], *, given: Mapping[str, Any], by: Actor, at: datetime
) -> list[Judged]:
    """Return what the law says of each row. ``given`` are the entries that the whole batch shares."""
    judged = [_numbered(row) for row in rows]
    papers = papers_by_key(batch)
    patents = patents_by_number(item.number for item in judged if item.number)
    holders = Organisation.objects.in_bulk(principals_of(by, on=law_date(at)))
    drafts = own_drafts(by, [patent.pk for patent in patents.values()])
    for item in judged:
        item.patent = patents.get(item.number)
        if item.patent is not None:
            item.filed_by = _filer(item.patent, holders) or batch.organisation
            item.draft = drafts.get((item.patent.pk, item.filed_by.pk))
            item.statement = _written(item, given, batch, by=by, at=at)
            item.brought = brought_by(item.row, item.patent, item.filed_by.pk, papers)
    before = submitted_before(batch, [patent.pk for patent in patents.values()])
    first = first_rows(batch, [patent.pk for patent in patents.values()])
    made = [item for item in judged if item.statement is not None]
    facts = facts_of_many(
        [item.made for item in made],
        on=law_date(at),
        reports={item.made.pk for item in made if item.brought.report is not None},
        consents={item.made.pk: item.brought.facts(content_hash(item.made)) for item in made if item.brought.consents},
    )
    for item in judged:
        if item.patent is not None:
            item.before = before.get(item.patent.pk)
            first[item.patent.pk] = min(item.row.number, first.get(item.patent.pk, item.row.number))
        item.violations = of_the_row(item, law_date(at), first=first)
        if item.statement is not None:
            _add(item, check_statement(facts[item.statement.pk]))
    return judged


def _add(item: Judged, found: list[Violation]) -> None:
    """Add what stands against the row as a statement, but for what is said of it as a row already."""
    unread = {column for column, _why in item.row.unreadable}
    answered = {one for column, _name in item.brought.awaited for one in _ANSWERED_BY[column]}
    # On a stranger's patent nothing else matters, as when a single draft is begun.
    found = [violation for violation in found if violation.rule == "F11"] or found
    item.violations += [one for one in found if one.field not in unread and (one.rule, one.field) not in answered]
    item.violations.sort(key=lambda violation: list(Severity).index(violation.severity))


def own_drafts(by: Actor, patent_ids: Iterable[UUID]) -> dict[tuple[UUID, UUID], Statement]:
    """Return the drafts on these patents that the actor's own hand began, by patent and filer."""
    agency_id = by.organisation_id if Role.AGENCY in by.roles else None
    found = Statement.objects.filter(patent__in=list(patent_ids), agency_id=agency_id, status=StatementStatus.DRAFT)
    return {(draft.patent_id, draft.filed_by_id): draft for draft in found}


def _numbered(row: BatchRow) -> Judged:
    try:
        return Judged(row, number=PatentNumber.parse(row.cells.get(PATENT, "")).canonical)
    except InvalidIdentifier as wrong:
        return Judged(row, number_fault=wrong.message)  # type: ignore[arg-type]


def _filer(patent: Patent, holders: Mapping[UUID, Organisation]) -> Organisation | None:
    """Return the first holder whom the actor may act for; where there is none, anybody they act for: F11 says so."""
    held = sorted(patent.ownerships.all(), key=lambda one: one.position)
    for one in held:
        organisation_id = one.patentee.organisation_id
        if organisation_id is not None and organisation_id in holders:
            return holders[organisation_id]
    return min(holders.values(), key=lambda one: one.name, default=None)


def _written(item: Judged, given: Mapping[str, Any], batch: StatementBatch, *, by: Actor, at: datetime) -> Statement:
    """Return the row as a statement that is not saved; it bears the id of the draft that it will be written into."""
    assert item.patent is not None
    assert item.filed_by is not None
    statement = new_draft(patent=item.patent, filed_by=item.filed_by, by=by, at=at)
    if statement.agency_id is not None:
        statement.agency = batch.organisation
    if item.draft is not None:
        statement.pk, statement.replaces_id = item.draft.pk, item.draft.replaces_id
    write_entries(statement, {**entries_of_row(item.row.cells), **given})
    return statement


def of_the_row(
    item: Judged, on: date, *, first: Mapping[UUID, int] | None = None, refused: bool = False
) -> list[Violation]:
    """Return what stands against the row as a row of its spreadsheet."""
    first_row = (first or {}).get(item.patent.pk) if item.patent is not None else None
    facts = SheetRowFacts(
        unreadable=tuple((column, why) for column, why in item.row.unreadable),
        number_fault=item.number_fault,
        known=item.patent is not None,
        row_before=first_row if first_row is not None and first_row < item.row.number else None,
        draft_exists=item.draft is not None,
        refused=refused,
        awaited=tuple(item.brought.awaited),
        misnamed=tuple(item.brought.misnamed),
    )
    return SPREADSHEET.check(facts, on=on)


def findings_of(item: Judged, columns: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what was found, ready to be kept: rule, weight, cell, and its words by language."""
    return [
        {
            "rule": found.rule,
            "severity": str(found.severity),
            "cell": f"{columns.get(found.field) or columns.get(PATENT, '')}{item.row.number}",
            "words": in_every_language(partial(_words, found)),
        }
        for found in item.violations
    ]


def _words(found: Violation) -> dict[str, Any]:
    said = found.as_data()
    return {name: said[name] for name in ("title", "message", "remedy", "basis")}


def rules_of(violations: Iterable[Violation]) -> list[str]:
    """Return the ids of the rules that stand against a row, each once."""
    return list(dict.fromkeys(item.rule for item in blocking(violations)))


def keep_rows(rows: Sequence[BatchRow], columns: Sequence[str]) -> None:
    """Save these columns of the rows in one statement; an upsert, since Django's bulk update takes longer to write than
    the rules take to judge."""
    if rows:
        BatchRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=columns)
