"""Batches as those who upload them see them: which are theirs, how far they are, what stands against their rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Func, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Coalesce

from core.lifecycle import Actor
from core.models import StoredFile
from registry.enums import (
    FIT_OUTCOMES,
    PENDING_STATUSES,
    UNFIT_OUTCOMES,
    BatchStatus,
    OfficePaperKind,
    RowOutcome,
    StatementStatus,
)
from registry.intake.paper_columns import key_of, papers_of_row
from registry.models import (
    BatchPaper,
    BatchRow,
    BatchSubmission,
    OfficePaper,
    Statement,
    StatementBatch,
    StatementVersion,
)

MOST_ALL_OR_NOTHING = 1_000  # rows submitted in one transaction


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """How many rows of a batch came out how."""

    by_outcome: dict[str, int]

    def of(self, *outcomes: str) -> int:
        """Return the number of rows of these outcomes together."""
        return sum(self.by_outcome.get(outcome, 0) for outcome in outcomes)

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.by_outcome.values())

    @property
    def unchecked(self) -> int:
        """Rows that wait for their check."""
        return self.of(RowOutcome.UNCHECKED)

    @property
    def fit(self) -> int:
        """Rows that a submission would take."""
        return self.of(*FIT_OUTCOMES)

    @property
    def unfit(self) -> int:
        """Rows with defects or barred."""
        return self.of(*UNFIT_OUTCOMES)


def batches_of(actor: Actor) -> QuerySet[StatementBatch]:
    """Return the batches of the actor's organisation, the newest first; discarded ones are gone from sight."""
    if actor.organisation_id is None:
        return StatementBatch.objects.none()
    own = StatementBatch.objects.filter(organisation_id=actor.organisation_id).exclude(status=BatchStatus.DISCARDED)
    return own.select_related("file", "uploaded_by").order_by("-uploaded_at", "id")


def submissions_of(batch: StatementBatch) -> QuerySet[BatchSubmission]:
    """Return the submissions of a batch in their order, each with its end and the number of its rows that were
    ``received`` and that are ``waiting`` for consents."""
    return (
        batch.submissions.select_related("submitted_by", "end")
        .annotate(
            received=Count("rows", filter=Q(rows__outcome=RowOutcome.SUBMITTED)),
            waiting=Count("rows", filter=Q(rows__outcome=RowOutcome.DRAFTED)),
        )
        .order_by("number")
    )


def last_submission(batch: StatementBatch) -> BatchSubmission | None:
    """Return the latest submission of a batch, if there is any."""
    return batch.submissions.select_related("submitted_by", "end").order_by("number").last()


def counts_of(batch: StatementBatch) -> BatchCounts:
    """Return how many rows came out how."""
    counted = batch.rows.order_by().values_list("outcome").annotate(count=Count("pk"))
    return BatchCounts(dict(counted))


def reasons_of(batch: StatementBatch) -> list[tuple[str, int]]:
    """Return the rules that stand against rows, with the number of rows each, the most frequent first."""
    each = Func(F("rules"), function="jsonb_array_elements_text", output_field=TextField())
    counted = batch.rows.order_by().annotate(rule=each).values_list("rule").annotate(count=Count("pk"))
    return sorted(counted, key=lambda item: (-item[1], item[0]))


def versions_before(batch: StatementBatch) -> list[UUID]:
    """Return the ids of the versions that this one corrects, the latest first."""
    found: list[UUID] = []
    before = batch.replaces_id
    while before is not None and before not in found:
        found.append(before)
        before = StatementBatch.objects.values_list("replaces_id", flat=True).get(pk=before)
    return found


def submitted_before(batch: StatementBatch, patent_ids: Iterable[UUID]) -> dict[UUID, Statement]:
    """Return, by patent, the statements that earlier versions of the batch became and that still stand."""
    rows = BatchRow.objects.filter(
        batch__in=versions_before(batch), patent__in=list(patent_ids), statement__status__in=PENDING_STATUSES
    )
    return {row.patent_id: row.statement for row in rows.select_related("statement")}


def first_rows(batch: StatementBatch, patent_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return, by patent, the first row of the batch that is about it."""
    found: dict[UUID, int] = {}
    rows = batch.rows.filter(patent__in=list(patent_ids)).order_by("-number")
    for patent_id, number in rows.values_list("patent_id", "number"):
        found[patent_id] = number
    return found


def done_by_filer(batch: StatementBatch) -> dict[UUID, dict[str, int]]:
    """Return, by the patentee who files, how many rows came out how, of those that stand for a statement."""
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = batch.rows.order_by().exclude(statement=None).values_list("statement__filed_by_id", "outcome")
    for filer_id, outcome, count in rows.annotate(count=Count("pk")):
        found[filer_id][outcome] = count
    return dict(found)


def consents_asked(batch: StatementBatch) -> dict[UUID, int]:
    """Return how many of the batch's drafts wait for the consent of each organisation that signs in here."""
    owner = "statement__patent__ownerships__patentee__organisation_id"
    rows = batch.rows.order_by().filter(outcome=RowOutcome.DRAFTED, statement__status=StatementStatus.DRAFT)
    counted = rows.values_list(owner, "statement__filed_by_id", "statement__agency_id").annotate(count=Count("pk"))
    asked: Counter[UUID] = Counter()
    for owner_id, filer_id, agency_id, count in counted:
        if owner_id is not None and (owner_id != filer_id or agency_id is not None):
            asked[owner_id] += count
    return dict(asked)


def papers_to_hand_over(batch: StatementBatch) -> QuerySet[OfficePaper]:
    """Return the acceptance papers of the batch's statements that no notice has told of yet."""
    rows = batch.rows.filter(outcome=RowOutcome.SUBMITTED).values("statement")
    papers = OfficePaper.objects.filter(statement__in=rows, kind=OfficePaperKind.ACCEPTANCE, services=None)
    return papers.select_related("statement").order_by("serial")


def receipt_of(batch: StatementBatch) -> QuerySet[BatchRow]:
    """Return the rows that stand for a statement, each with its ``acceptance_papers`` from the office.

    ``received_hash`` and ``received_name`` are of the text as it was submitted, whatever was corrected since; a draft
    has the name under which it will be.
    """
    papers = OfficePaper.objects.filter(kind=OfficePaperKind.ACCEPTANCE)
    sent = StatementVersion.objects.filter(statement=OuterRef("statement"), number=1)
    done = batch.rows.exclude(statement=None).select_related("patent", "statement__filed_by", "submission")
    done = done.order_by("number").annotate(
        received_hash=Subquery(sent.values("content_hash")),
        received_name=Coalesce(Subquery(sent.values("signed_name")), F("submission__signed_name")),
    )
    return done.prefetch_related(Prefetch("statement__office_papers", papers, to_attr="acceptance_papers"))


def papers_by_key(batch: StatementBatch) -> dict[str, StoredFile]:
    """Return the papers that rows may name: those of the batch, and of the versions that it corrects; the last counts."""
    papers = BatchPaper.objects.filter(batch__in=[batch.pk, *versions_before(batch)]).select_related("file")
    return {paper.key: paper.file for paper in papers.order_by("added_at", "id")}


def papers_awaited(batch: StatementBatch) -> dict[str, int]:
    """Return the files that rows name and that are not uploaded yet, each with its number of rows."""
    named: Counter[str] = Counter()
    keys, shown = papers_by_key(batch), {}
    for cells in batch.rows.filter(rules__contains=["B9"]).order_by("number").values_list("cells", flat=True):
        row = papers_of_row(cells)
        for name in dict.fromkeys((row.report, row.agreement, *(file for _holder, file in row.consents))):
            if name and (key := key_of(name)) not in keys:
                named[key] += 1
                shown.setdefault(key, name)
    return {shown[key]: count for key, count in named.items()}
