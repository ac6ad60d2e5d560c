"""Submission of a statement: every rule once more, a number, the hash of the text (LAW 50(1); RULES 85)."""

from datetime import datetime

from django.db import transaction

from core.deadlines import law_date
from core.legal import setting
from core.lifecycle import Actor
from core.references import next_number
from core.rules import Refused
from core.transitions import advance
from registry.actions.serving import serve
from registry.enums import OfficePaperKind
from registry.models import Patent, Statement, StatementVersion
from registry.queries.content import canonical_content, content_hash
from registry.queries.statements import statements_of, violations_of
from registry.rules import blocking


@transaction.atomic
def submit(*, statement: Statement, by: Actor, at: datetime) -> Statement:
    """Submit a draft and return it with its number.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: it is no draft any more.
        Refused: the law bars it or it has defects; all of them at once.
    """
    on = law_date(at)
    locked = locked_with_patent(statement, by=by, at=at)
    locked.lifecycle.step("submit", locked.status, by.roles)
    violations = blocking(violations_of(locked, on=on))
    if violations:
        raise Refused(violations)
    done = receive(locked, by=by, at=at)
    told = {"patent": str(done.patent), "submitted_at": at.isoformat()}
    serve(OfficePaperKind.ACCEPTANCE, done, by=by, at=at, params=told)
    return done


def receive(locked: Statement, *, by: Actor, at: datetime) -> Statement:
    """Number a locked draft against which nothing stands, fix its text by its hash, and return it as submitted."""
    on = law_date(at)
    serial = next_number(f"statement-{on.year}")
    text = keep_version(locked, by=by, at=at)
    number = setting("statement_number_pattern", on=on).text.format(year=on.year, serial=serial)
    fields = {"number": number, "submitted_at": at, "content_hash": text, "typed": {}}
    return advance(locked, "submit", by=by, at=at, fields=fields, data={"number": number, "content_hash": text})


def keep_version(statement: Statement, *, by: Actor, at: datetime) -> str:
    """Keep the text that is being sent word for word, and return its hash."""
    text = content_hash(statement)
    StatementVersion.objects.create(
        statement=statement,
        number=statement.versions.count() + 1,
        content=canonical_content(statement),
        content_hash=text,
        signed_name=statement.signed_name,
        sent_by_id=by.person_id,
        sent_at=at,
    )
    return text


def locked_with_patent(statement: Statement, *, by: Actor, at: datetime) -> Statement:
    """Lock the patent, then the statement, and return it if the actor files it.

    Raises:
        Statement.DoesNotExist: it is not theirs.
    """
    Patent.objects.select_for_update().get(pk=statement.patent_id)
    return statements_of(by, on=law_date(at)).select_for_update(of=("self",)).get(pk=statement.pk)
