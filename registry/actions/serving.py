"""Papers from the office: numbered and fixed with the act itself, served in the inbox, printed through the outbox."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import InboxMessage
from core import audit, outbox, pdf, storage
from core.deadlines import law_date
from core.legal import GL, RULES, setting
from core.lifecycle import Actor
from core.models import StoredFile
from core.references import next_numbers
from core.rules import Text, Violation
from core.validation.files import CleanFile, FileKind
from registry.bulletin.canonical import canonical
from registry.enums import OfficePaperKind
from registry.models import BulletinIssue, Ending, OfficePaper, PrintedPaper, Service, Statement
from registry.notifications import tell_filer
from registry.papers import Said, content_of

TOPIC = "registry.print_paper"
ANNOUNCED = "registry.announcement_papers"
TEMPLATE = "office_paper.typ"
AT_ONCE = 1000
NOTHING_MORE = Said()
# The papers of a large batch are printed little by little, so that nothing else that is owed waits behind them.
PRINTED_TOGETHER, PRINTING_TAKES = 25, timedelta(seconds=5)
K = OfficePaperKind
# Kind of paper → the notice in the inbox that it comes with.
NOTICES: dict[str, str] = {
    K.ACCEPTANCE: "submitted",
    K.CORRECTION: "correction_requested",
    K.EXTENSION: "correction_extended",
    K.APPROVAL: "approved",
    K.ANNOUNCEMENT: "announced",
    K.REFUSAL: "refused",
    K.NOT_SUBMITTED: "deemed_not_submitted",
    K.WITHDRAWAL_APPROVED: "withdrawal_approved",
    K.WITHDRAWAL_REFUSED: "ending_refused",
    K.TERMINATION: "termination_decided",
    K.REVOCATION: "revocation_decided",
}


@transaction.atomic
def serve(
    kind: OfficePaperKind,
    statement: Statement,
    *,
    by: Actor,
    at: datetime,
    ending: Ending | None = None,
    reasons: str = "",
    violations: Iterable[Violation] = (),
    due_on: date | None = None,
    told: Iterable[InboxMessage] | None = None,
    params: Mapping[str, Any] = MappingProxyType({}),
) -> OfficePaper:
    """Send a paper to the filer and, if an agency filed, to the agency: served the day it enters the inbox (RULES 4).

    Called by the act that it tells of, in the act's transaction. ``params`` are the values of the inbox notice;
    ``told`` are the notices already in the inbox, where the act has sent them by itself.
    """
    said = Said(reasons, tuple(violations), due_on, _signers(kind, statement, ending))
    [paper] = issue_papers(kind, [statement], by=by, at=at, said=said, ending=ending)
    if told is None:
        values = {**params, "due_on": str(due_on)} if due_on is not None else params
        told = notices_with(paper, statement, at=at, **values)
    hand_over([paper], told, at=at)
    return paper


def issue_papers(
    kind: OfficePaperKind,
    statements: Sequence[Statement],
    *,
    by: Actor,
    at: datetime,
    said: Said = NOTHING_MORE,
    ending: Ending | None = None,
) -> list[OfficePaper]:
    """Number and fix the papers of one kind, one a statement, with as many queries as for one. Not served yet."""
    on, kind = law_date(at), OfficePaperKind(kind)
    serials = next_numbers(f"paper-{kind.value}-{on.year}", len(statements))
    pattern = setting("office_paper_number_pattern", on=on).text
    papers = []
    for serial, statement in zip(serials, statements, strict=True):
        number = pattern.format(code=kind.code, year=on.year, serial=serial)
        content = content_of(kind, statement, said, number=number, on=on)
        papers.append(
            OfficePaper(
                kind=kind,
                year=on.year,
                serial=serial,
                number=number,
                statement=statement,
                ending=ending,
                content=content,
                content_hash=sha256(canonical(content)).hexdigest(),
                due_on=said.due_on,
                issued_by_id=by.user_id,
                issued_at=at,
            )
        )
    OfficePaper.objects.bulk_create(papers, batch_size=AT_ONCE)
    data = [{"number": one.number, "kind": kind.value, "content_hash": one.content_hash} for one in papers]
    about = [statement.pk for statement in statements]
    audit.record_many("serve_paper", Statement, about, by=by, at=at, basis=(RULES(4), GL("V-6 §1.2")), data=data)
    return papers


def notices_with(paper: OfficePaper, statement: Statement, *, at: datetime, **params: Any) -> list[InboxMessage]:
    """Put the notice that comes with a single paper into the inboxes of its parties, and return it."""
    address = reverse("registry:office_paper", args=[statement.pk, paper.pk])
    return tell_filer(NOTICES[paper.kind], statement, at=at, file_url=address, **params)


def hand_over(papers: Iterable[OfficePaper], told: Iterable[InboxMessage], *, at: datetime) -> None:
    """Record that each paper entered its parties' inboxes with these notices, and owe its print."""
    by_party: dict[UUID, InboxMessage] = {}
    for message in told:
        assert message.organisation_id is not None, "papers go to parties, which are organisations"
        by_party[message.organisation_id] = message
    handed = list(papers)
    served = [
        Service(paper=paper, organisation_id=party, message=by_party[party], served_at=by_party[party].at)
        for paper in handed
        for party in dict.fromkeys((paper.statement.filed_by_id, paper.statement.agency_id))
        if party in by_party
    ]
    Service.objects.bulk_create(served, batch_size=AT_ONCE)
    for place in range(0, len(handed), PRINTED_TOGETHER):
        owed = {f"print-paper:{one.pk}": {"paper_id": str(one.pk)} for one in handed[place : place + PRINTED_TOGETHER]}
        outbox.enqueue_many(TOPIC, owed, at=at, delay=PRINTING_TAKES * (place // PRINTED_TOGETHER))


def _signers(kind: OfficePaperKind, statement: Statement, ending: Ending | None) -> tuple[tuple[Text, Any], ...]:
    """Who stands under the paper: the examiner, and the second person where one decided."""
    if kind in (K.ACCEPTANCE, K.EXTENSION, K.NOT_SUBMITTED, K.ANNOUNCEMENT):
        return ()
    matter: Statement | Ending = ending or statement
    return ((_("Examiner"), matter.examiner), (_("Approver"), matter.decided_by))


def owe_announcement_papers(issue: BulletinIssue, *, at: datetime) -> None:
    """Owe the papers on the statements that an issue announces: publishing does not wait for them."""
    outbox.enqueue(ANNOUNCED, key=f"announcement-papers:{issue.pk}", at=at, issue_id=str(issue.pk))


@outbox.handler(ANNOUNCED)
def send_announcement_papers(issue_id: str) -> None:
    """Send the papers of an issue, each with the notice that publication has put into the inbox."""
    issue = BulletinIssue.objects.get(pk=UUID(issue_id))
    announced = Statement.objects.filter(announced_in__issue=issue).exclude(office_papers__kind=K.ANNOUNCEMENT)
    for statement in announced.select_related("announced_in__issue").order_by("number"):
        told = InboxMessage.objects.filter(code="statement-announced", key__startswith=f"announced:{statement.pk}:")
        serve(K.ANNOUNCEMENT, statement, by=Actor.system("bulletin"), at=issue.published_at, told=told)


@outbox.handler(TOPIC)
def print_by_outbox(paper_id: str) -> None:
    """Print a paper that was sent."""
    paper = OfficePaper.objects.get(pk=UUID(paper_id))
    file_of(paper, at=paper.issued_at)


@transaction.atomic
def file_of(paper: OfficePaper, *, at: datetime) -> StoredFile:
    """Return the PDF of a paper; print it if that has not been done. Printed once: the same words, the same bytes."""
    Statement.objects.select_for_update(no_key=True).get(pk=paper.statement_id)  # a row that is kept cannot be locked
    printed = PrintedPaper.objects.select_related("file").filter(paper=paper).first()
    if printed is not None:
        return printed.file
    values = {**paper.content, "hash": paper.content_hash, "hash_label": "SHA-256 "}
    document = pdf.render(TEMPLATE, values, at=paper.issued_at)
    digest = sha256(document).hexdigest()
    clean = CleanFile(content=document, kind=FileKind.PDF, name=f"{paper.number}.pdf", sha256=digest)
    file = storage.store(clean, by=Actor.system("printing"), at=at)
    PrintedPaper.objects.create(paper=paper, file=file, sha256=digest, printed_at=Now())
    return file
