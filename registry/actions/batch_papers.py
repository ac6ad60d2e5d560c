"""Papers that come with a batch: kept once, found by the names that rows give them, filed with each row's statement.

What a row brings is judged and filed as what a person attaches to a single draft: the same facts, the same records.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from core import outbox, storage
from core.lifecycle import Actor
from core.models import StoredFile
from core.transitions import advance
from core.validation.files import CleanFile
from registry.actions.batch_uploading import own_batch
from registry.actions.consenting import consent_of, keep_consents
from registry.actions.drafting import keep_papers
from registry.enums import ConsentMethod, PaperKind, RowOutcome
from registry.facts import ConsentFact
from registry.intake.paper_columns import key_of, papers_of_row, report_keys
from registry.intake.statement_columns import AGREED_UNTIL, AGREEMENT, CONSENTS, REPORT
from registry.models import (
    BatchPaper,
    BatchRow,
    OwnerConsent,
    Ownership,
    Patent,
    Statement,
    StatementBatch,
    StatementPaper,
)

CHECK = "registry.check_batch"
MOST_PAPERS = 50  # uploaded at once


@dataclass(frozen=True, slots=True)
class ConsentBrought:
    """A consent on paper: whose, how, until when, and the paper."""

    patentee_id: UUID
    method: ConsentMethod
    file: StoredFile
    valid_until: date | None = None


@dataclass(slots=True)
class Brought:
    """What a row brings, and what it names without bringing it."""

    report: StoredFile | None = None
    consents: list[ConsentBrought] = field(default_factory=list)
    holders: tuple[UUID, ...] = ()
    awaited: list[tuple[str, str]] = field(default_factory=list)  # column and file
    misnamed: list[tuple[str, str, str]] = field(default_factory=list)  # column, why, who

    def facts(self, text: str) -> tuple[ConsentFact, ...]:
        """Return the consents as the rules judge them, given to this text."""
        return tuple(
            ConsentFact(one.patentee_id, one.method, text, frozenset(self._bound(one)), one.valid_until)
            for one in self.consents
        )

    def _bound(self, consent: ConsentBrought) -> list[str]:
        return [str(pk) for pk in self.holders] if consent.method is ConsentMethod.AGREEMENT else []

    def records(self, statement: Statement, *, by: Actor, at: datetime) -> list[OwnerConsent]:
        """Return the consents to this statement's present text, not saved."""
        return [
            consent_of(
                statement,
                one.patentee_id,
                one.method,
                by=by,
                at=at,
                paper_id=one.file.pk,
                binds=self._bound(one),
                valid_until=one.valid_until,
            )
            for one in self.consents
        ]


@transaction.atomic
def add_batch_papers(*, batch: StatementBatch, files: Sequence[CleanFile], by: Actor, at: datetime) -> StatementBatch:
    """Keep inspected papers with a batch and have its rows checked again. Of two with one name the later counts.

    Raises:
        StatementBatch.DoesNotExist: it is not theirs.
        IllegalStep: it is being checked or submitted, or was replaced or discarded.
    """
    locked = own_batch(batch, by=by)
    locked.lifecycle.step("check_again", locked.status, by.roles)
    papers = [
        BatchPaper(
            batch=locked,
            key=key_of(file.name),
            file=storage.store(file, by=by, at=at),
            added_by_id=by.person_id,
            added_at=at,
        )
        for file in files
    ]
    BatchPaper.objects.bulk_create(papers)
    return _check_again(locked, [file.sha256 for file in files], by=by, at=at)


@transaction.atomic
def check_batch_again(*, batch: StatementBatch, by: Actor, at: datetime) -> StatementBatch:
    """Have the rows that became no statement yet checked once more.

    Raises:
        StatementBatch.DoesNotExist: it is not theirs.
        IllegalStep: it is being checked or submitted, or was replaced or discarded.
    """
    return _check_again(own_batch(batch, by=by), [], by=by, at=at)


def _check_again(locked: StatementBatch, papers: list[str], *, by: Actor, at: datetime) -> StatementBatch:
    fields = {"check_round": locked.check_round + 1}
    done = advance(locked, "check_again", by=by, at=at, fields=fields, data={"papers": papers})
    locked.rows.filter(statement=None).update(outcome=RowOutcome.UNCHECKED, findings=[], rules=[])
    owe_check(done, after=0, at=at)
    return done


def owe_check(batch: StatementBatch, *, after: int, at: datetime) -> None:
    """Owe the check of the rows after this one, in the present round."""
    key = f"batch-check:{batch.pk}:{batch.check_round}:{after}"
    outbox.enqueue(CHECK, key=key, at=at, batch_id=str(batch.pk), after=after)


def brought_by(row: BatchRow, patent: Patent, filer_id: UUID | None, papers: dict[str, StoredFile]) -> Brought:
    """Return what a row brings of the papers uploaded so far, by :func:`~registry.queries.batches.papers_by_key`."""
    named = papers_of_row(row.cells)
    held = sorted(patent.ownerships.all(), key=lambda one: one.position)
    found = Brought(holders=tuple(one.patentee_id for one in held))
    if named.report:
        found.report = _found(found, papers, REPORT, named.report)
    else:
        found.report = next((papers[key] for key in report_keys(row.cells) if key in papers), None)
    others = [one for one in held if one.patentee.organisation_id != filer_id] or held
    if named.fault:
        found.misnamed.append((AGREED_UNTIL, "date", ""))
    elif named.agreement and (file := _found(found, papers, AGREEMENT, named.agreement)) and others:
        found.consents.append(ConsentBrought(others[0].patentee_id, ConsentMethod.AGREEMENT, file, named.agreed_until))
    for holder, name in named.consents:
        whose = _holder(found, holder, held, others)
        if not name:
            found.misnamed.append((CONSENTS, "nameless", holder))
        elif whose is not None and (file := _found(found, papers, CONSENTS, name)):
            found.consents.append(ConsentBrought(whose, ConsentMethod.DOCUMENT, file))
    return found


def _found(brought: Brought, papers: dict[str, StoredFile], column: str, name: str) -> StoredFile | None:
    file = papers.get(key_of(name))
    if file is None:
        brought.awaited.append((column, name[:100]))
    return file


def _holder(brought: Brought, name: str, held: list[Ownership], others: list[Ownership]) -> UUID | None:
    """Return the holder of this name, or the only other one where none is given."""
    if not name and len(others) == 1:
        return others[0].patentee_id
    for one in held:
        if name and key_of(one.patentee.name) == key_of(name):
            return one.patentee_id
    brought.misnamed.append((CONSENTS, "stranger" if name else "whose", name[:100]))
    return None


def file_papers(brought: Iterable[tuple[Statement, Brought]], *, by: Actor, at: datetime) -> None:
    """File what rows bring with their statements, which are saved; what stands there already is not filed twice."""
    brings = [(statement, papers) for statement, papers in brought if papers.report or papers.consents]
    if not brings:
        return
    ids = [statement.pk for statement, _papers in brings]
    filed = set(StatementPaper.objects.filter(statement__in=ids).values_list("statement_id", "file__sha256"))
    given = set(
        OwnerConsent.objects.filter(statement__in=ids).values_list("statement_id", "patentee_id", "content_hash")
    )
    reports = [
        (statement, PaperKind.EVALUATION_REPORT, papers.report)
        for statement, papers in brings
        if papers.report is not None and (statement.pk, papers.report.sha256) not in filed
    ]
    keep_papers(reports, by=by, at=at)
    consents = [one for statement, papers in brings for one in papers.records(statement, by=by, at=at)]
    fresh = {
        (one.statement_id, one.patentee_id, one.content_hash): one
        for one in consents
        if (one.statement_id, one.patentee_id, one.content_hash) not in given
    }
    keep_consents(list(fresh.values()), by=by, at=at)
