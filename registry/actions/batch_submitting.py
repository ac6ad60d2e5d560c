"""A checked batch is submitted: one act by one person, carried out by the worker portion by portion.

Every statement of it is an ordinary one, judged once more by the same rules beneath the lock of its patent. A portion is
one transaction of the outbox, so that a worker that dies has lost and doubled nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.notifications import in_every_language
from core import outbox
from core.deadlines import law_date
from core.lifecycle import Actor
from core.rules import Refused, Violation
from core.transitions import advance
from registry.actions.batch_judging import (
    Judged,
    findings_of,
    judge,
    keep_rows,
    of_the_row,
    rules_of,
    sender_of,
)
from registry.actions.batch_papers import file_papers
from registry.actions.batch_uploading import FILERS, own_batch
from registry.actions.consenting import show_to_owners
from registry.actions.drafting import keep_new
from registry.actions.serving import hand_over, notices_with
from registry.actions.submitting import receive
from registry.consent_notices import tell_voided
from registry.enums import FIT_OUTCOMES, BatchMode, BatchStatus, RowOutcome, StatementStatus
from registry.facts import UNDERTAKINGS
from registry.models import BatchRow, BatchSubmission, BatchSubmissionEnd, Patent, Statement, StatementBatch
from registry.notifications import tell_of_batch
from registry.queries.batches import MOST_ALL_OR_NOTHING, counts_of, last_submission, papers_to_hand_over
from registry.queries.content import content_hash
from registry.reading import COLUMNS
from registry.rules import BATCH
from registry.rules.spreadsheet import BatchFacts

SUBMIT = "registry.submit_batch"
SYSTEM = Actor.system("batch submission")
PORTION = 50


class _NotAll(Exception):
    """A row of an all-or-nothing batch is not fit any more."""

    def __init__(self, judged: list[Judged]) -> None:
        self.judged = judged
        super().__init__(f"{len(judged)} rows")


@transaction.atomic
def submit_batch(
    *,
    batch: StatementBatch,
    mode: BatchMode,
    undertakings: Mapping[str, bool],
    signed_name: str,
    by: Actor,
    at: datetime,
) -> BatchSubmission:
    """Submit the rows of a checked batch under one signature, and return the submission; the worker carries it out.

    Raises:
        StatementBatch.DoesNotExist: it is not the actor's.
        IllegalStep: it is not checked yet, is being submitted, or was.
        Refused: no row is fit, a row is unfit where all or none are wanted, an undertaking or the signature is missing.
    """
    locked = own_batch(batch, by=by)
    locked.lifecycle.step("submit", locked.status, by.roles)
    counts = counts_of(locked)
    facts = BatchFacts(counts.fit, counts.unfit, mode is BatchMode.ALL, MOST_ALL_OR_NOTHING)
    violations = BATCH.check(facts, on=law_date(at))
    violations += _of_the_signature(locked, undertakings, signed_name, by=by, at=at)
    if violations:
        raise Refused(violations)
    last = last_submission(locked)
    submission = BatchSubmission.objects.create(
        batch=locked,
        number=last.number + 1 if last is not None else 1,
        mode=mode,
        undertakings=[name for name in UNDERTAKINGS if undertakings.get(name)],
        signed_name=signed_name.strip(),
        submitted_by_id=by.person_id,
        submitted_at=at,
    )
    data = {"submission": submission.number, "mode": mode, "rows": counts.fit}
    advance(locked, "submit", by=by, at=at, data=data)
    _owe(submission, after=0, at=at)
    return submission


def _of_the_signature(
    batch: StatementBatch, undertakings: Mapping[str, bool], signed_name: str, *, by: Actor, at: datetime
) -> list[Violation]:
    """Judge what the whole batch shares on its first fit row, by the rules of a single statement."""
    rows = list(batch.rows.filter(outcome__in=FIT_OUTCOMES).order_by("number")[:1])
    given = {**{name: bool(undertakings.get(name)) for name in UNDERTAKINGS}, "signed_name": signed_name}
    judged = judge(batch, rows, given=given, by=by, at=at)
    return [found for item in judged for found in item.violations if found.field in given]


@transaction.atomic
def submit_portion(*, batch_id: UUID, attempt: int, after: int, at: datetime) -> None:
    """Submit the fit rows after this one, as many as a portion holds, and owe the next; at the end tell the parties."""
    submission = _under_way(batch_id, attempt)
    if submission is None:
        return
    by = sender_of(submission)
    if not by.roles & FILERS:
        _stop(submission, _("Whoever submitted the batch does not act for the organisation any more."), at)
        return
    whole = submission.mode == BatchMode.ALL
    fit = submission.batch.rows.filter(number__gt=after, outcome__in=FIT_OUTCOMES).order_by("number")
    rows = list(fit if whole else fit[:PORTION])
    if not rows:
        BatchSubmissionEnd.objects.create(submission=submission, ended_at=at)
        advance(submission.batch, "finish", by=SYSTEM, at=at)
        _tell(submission, at)
        return
    try:
        with transaction.atomic():
            _submit_rows(submission, rows, by=by, at=at)
    except _NotAll as not_all:
        _keep_findings(submission.batch, not_all.judged)
        _stop(submission, _("A row was not fit any more, so none was submitted."), at)
        return
    _owe(submission, after=rows[-1].number, at=at)


def _under_way(batch_id: UUID, attempt: int) -> BatchSubmission | None:
    """Lock the batch and return this submission of it, if it has no end yet."""
    every = StatementBatch.objects.select_related("organisation").select_for_update(of=("self",))
    batch = every.filter(pk=batch_id, status=BatchStatus.SUBMITTING).first()
    if batch is None:
        return None
    return batch.submissions.select_related("submitted_by").filter(number=attempt, end=None).first()


def _submit_rows(submission: BatchSubmission, rows: Sequence[BatchRow], *, by: Actor, at: datetime) -> None:
    """Lock the patents in their order, judge every row once more, and submit what is fit.

    The statements bear the time of the person's act, the rows the time at which it was carried out.

    Raises:
        _NotAll: a row is unfit, and all or none are wanted.
    """
    batch, acted_at = submission.batch, submission.submitted_at
    patents = [row.patent_id for row in rows if row.patent_id is not None]
    list(Patent.objects.select_for_update().filter(pk__in=patents).order_by("pk").values_list("pk"))
    judged = judge(batch, rows, given=submission.given, by=by, at=acted_at)
    drafts = [item.draft.pk for item in judged if item.draft is not None]
    list(Statement.objects.select_for_update().filter(pk__in=drafts).order_by("pk").values_list("pk"))
    for item in judged:
        item.row.outcome, item.row.statement = item.outcome, item.before
    _file([item for item in judged if item.statement is not None and item.outcome in FIT_OUTCOMES], by=by, at=acted_at)
    unfit = [item for item in judged if item.row.statement is None]
    if unfit and submission.mode == BatchMode.ALL:
        raise _NotAll(unfit)
    _keep_findings(batch, unfit)
    done = [item.row for item in judged if item.row.statement is not None]
    for row in done:
        row.done_at = at
        if row.outcome != RowOutcome.BEFORE:  # what an earlier version submitted has its signature there
            row.submission = submission
    keep_rows(done, ["outcome", "statement", "done_at", "submission"])


@transaction.atomic
def submit_consented(*, statement_id: UUID, at: datetime) -> None:
    """Submit a draft that a batch left for want of consents, under its row's signature, once none is missing any more.

    A draft that says something else than its row by now is in the filer's hands, and stays there.
    """
    rows = BatchRow.objects.filter(statement=statement_id, outcome=RowOutcome.DRAFTED).order_by("batch__uploaded_at")
    row = rows.select_related("batch__organisation", "submission__batch", "submission__submitted_by").last()
    if row is None:
        return
    assert row.patent_id is not None
    assert row.submission is not None
    by = sender_of(row.submission)
    Patent.objects.select_for_update().get(pk=row.patent_id)
    still = Statement.objects.select_for_update().filter(pk=statement_id, status=StatementStatus.DRAFT)
    if not by.roles & FILERS or not still.exists():
        return
    [item] = judge(row.batch, [row], given=row.submission.given, by=by, at=at)
    own = (
        item.draft is not None and item.draft.pk == statement_id and content_hash(item.draft) == content_hash(item.made)
    )
    if item.outcome != RowOutcome.GOOD or not own:
        return
    _file([item], by=by, at=at)
    if row.outcome == RowOutcome.SUBMITTED:
        keep_rows([row], ["outcome", "statement"])
        paper = papers_to_hand_over(row.batch).get(statement=statement_id)
        told = {"patent": str(item.patent), "submitted_at": at.isoformat()}
        hand_over([paper], notices_with(paper, item.made, at=at, **told), at=at)


def _file(items: Sequence[Judged], *, by: Actor, at: datetime) -> None:
    """Make statements of fit rows together: submitted, or drafts shown to those whose consent is missing.

    Where the database refuses, the rows are halved until the one that it refuses is found; the others go.
    """
    if not items:
        return
    written = [copy(item.made) for item in items]  # as they stand, should they have to be written once more
    try:
        with transaction.atomic():
            _save(items, by=by, at=at)
            good = [item.made for item in items if item.outcome == RowOutcome.GOOD]
            if good:
                receive(good, by=by, at=at)
    except IntegrityError:
        _file_apart(items, written, by=by, at=at)
        return
    for item in items:
        item.row.statement = item.statement
        item.row.outcome = RowOutcome.SUBMITTED if item.outcome == RowOutcome.GOOD else RowOutcome.DRAFTED


def _file_apart(items: Sequence[Judged], written: Sequence[Statement], *, by: Actor, at: datetime) -> None:
    if len(items) == 1:
        items[0].violations = of_the_row(items[0], law_date(at), refused=True)
        return
    for item, statement in zip(items, written, strict=True):
        item.statement = statement
    half = len(items) // 2
    _file(items[:half], by=by, at=at)
    _file(items[half:], by=by, at=at)


def _save(items: Sequence[Judged], *, by: Actor, at: datetime) -> None:
    """Save the statements of rows, the new ones together; show to their owners those that want consents."""
    keep_new([item.made for item in items if item.draft is None], by=by, at=at)
    for item in items:
        if item.draft is not None:
            _write_into(item.draft, item.made, at)
    file_papers([(item.made, item.brought) for item in items], by=by, at=at)
    for item in items:
        if item.outcome == RowOutcome.CONSENTS:
            show_to_owners(item.made, by=by, at=at)


def _write_into(draft: Statement, statement: Statement, at: datetime) -> None:
    before = content_hash(draft)
    statement.created_by_id, statement.created_at = draft.created_by_id, draft.created_at
    statement.saved_in = ""  # a window in which the draft is open is told that it was overtaken
    statement.text_hash = content_hash(statement)
    statement.save(force_update=True, update_fields=[*COLUMNS, "typed", "saved_at", "saved_in", "text_hash"])
    if statement.text_hash != before:
        tell_voided(statement, before, at=at)


def _keep_findings(batch: StatementBatch, judged: Iterable[Judged]) -> None:
    rows = []
    for item in judged:
        row = item.row
        row.outcome, row.statement = item.outcome, None
        row.rules, row.findings = rules_of(item.violations), findings_of(item, batch.columns)
        rows.append(row)
    keep_rows(rows, ["outcome", "statement", "rules", "findings"])


def _stop(submission: BatchSubmission, reason: object, at: datetime) -> None:
    trouble = in_every_language(lambda: str(reason))
    BatchSubmissionEnd.objects.create(submission=submission, trouble=trouble, ended_at=at)
    advance(submission.batch, "stop", by=SYSTEM, at=at)
    if papers_to_hand_over(submission.batch).exists():
        _tell(submission, at)


def _tell(submission: BatchSubmission, at: datetime) -> None:
    """Tell every party once what became of the batch; with that notice its acceptance papers are served (RULES 4)."""
    told = tell_of_batch(submission, counts_of(submission.batch).by_outcome, at=at)
    hand_over(papers_to_hand_over(submission.batch), told, at=at)


def _owe(submission: BatchSubmission, *, after: int, at: datetime) -> None:
    outbox.enqueue(
        SUBMIT,
        key=f"batch-submit:{submission.batch_id}:{submission.number}:{after}",
        at=at,
        batch_id=str(submission.batch_id),
        attempt=submission.number,
        after=after,
    )
