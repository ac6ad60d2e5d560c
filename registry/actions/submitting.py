"""Submission of a statement: every rule once more, a number, the hash of the text (LAW 50(1); RULES 85)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from accounts.enums import MandateAct
from core.deadlines import law_date
from core.legal import setting
from core.lifecycle import Actor
from core.references import next_numbers
from core.rules import Refused
from core.transitions import advance_many
from registry.actions.serving import hand_over, issue_papers, notices_with
from registry.enums import OfficePaperKind
from registry.models import OfficePaper, Patent, Statement, StatementVersion
from registry.queries.acting import acting_violations, sending_violations
from registry.queries.content import canonical_content, content_hash
from registry.queries.statements import statements_of
from registry.rules import blocking


@transaction.atomic
def submit(*, statement: Statement, by: Actor, at: datetime) -> Statement:
    """Submit a draft and return it with its number.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: it is no draft any more.
        Refused: it is not theirs to send (P9, P10), the law bars it or it has defects; all of them at once.
    """
    on = law_date(at)
    locked = locked_with_patent(statement, by=by, at=at, act=None)
    locked.lifecycle.step("submit", locked.status, by.roles)
    violations = blocking(sending_violations(by, locked, on=on))
    if violations:
        raise Refused(violations)
    [paper] = receive([locked], by=by, at=at)
    told = notices_with(paper, locked, at=at, patent=str(locked.patent), submitted_at=at.isoformat())
    hand_over([paper], told, at=at)
    return locked


def receive(locked: Sequence[Statement], *, by: Actor, at: datetime) -> list[OfficePaper]:
    """Number locked drafts against which nothing stands, fix each text by its hash, accept them for examination.

    The only way into the office, for one statement and for a thousand, with as many queries. Returns the acceptance
    papers (GL V-11 §3.4), which the caller hands over with its notice.
    """
    on = law_date(at)
    serials = next_numbers(f"statement-{on.year}", len(locked))
    pattern = setting("statement_number_pattern", on=on).text
    numbers = [pattern.format(year=on.year, serial=serial) for serial in serials]
    texts = keep_versions(locked, by=by, at=at)
    # What was typed into fields that are not used is not sent; everything else was read.
    Statement.objects.filter(pk__in=[one.pk for one in locked]).exclude(typed={}).update(typed={})
    for one in locked:
        one.typed = {}
    fields: dict[str, list[Any]] = {"number": numbers, "submitted_at": [at] * len(locked), "content_hash": texts}
    data = [{"number": number, "content_hash": text} for number, text in zip(numbers, texts, strict=True)]
    advance_many(locked, "submit", by=by, at=at, fields=fields, data=data)
    return issue_papers(OfficePaperKind.ACCEPTANCE, locked, by=by, at=at)


def keep_versions(statements: Sequence[Statement], *, by: Actor, at: datetime) -> list[str]:
    """Keep each text that is being sent word for word, and return their hashes."""
    before = StatementVersion.objects.filter(statement__in=statements).order_by().values_list("statement")
    counts = dict(before.annotate(count=Count("pk")))
    versions = [
        StatementVersion(
            statement=one,
            number=counts.get(one.pk, 0) + 1,
            content=canonical_content(one),
            content_hash=content_hash(one),
            signed_name=one.signed_name,
            sent_by_id=by.person_id,
            sent_at=at,
        )
        for one in statements
    ]
    StatementVersion.objects.bulk_create(versions, batch_size=1000)
    return [version.content_hash for version in versions]


def locked_with_patent(
    statement: Statement, *, by: Actor, at: datetime, act: MandateAct | None = MandateAct.STATEMENTS
) -> Statement:
    """Lock the patent, then the statement, and return it if the actor files it and may do such an act at the office.

    ``act`` is None for what is no act before the office, and where who acts is asked together with the rest.

    Raises:
        Statement.DoesNotExist: it is not theirs.
        Refused: they act without the agency that they need, or outside their mandate (P9, P10).
    """
    Patent.objects.select_for_update().get(pk=statement.patent_id)
    locked: Statement = statements_of(by, on=law_date(at)).select_for_update(of=("self",)).get(pk=statement.pk)
    violations = acting_violations(by, locked, on=law_date(at), act=act) if act is not None else []
    if violations:
        raise Refused(violations)
    return locked
