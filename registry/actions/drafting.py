"""The filer's draft: begin it, save it, attach papers, discard it. A draft loses nothing that was typed."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.enums import MandateAct
from accounts.models import Organisation
from accounts.queries import may_act_for
from accounts.roles import Role
from core import audit, storage
from core.deadlines import law_date
from core.legal import LAW
from core.lifecycle import Actor, IllegalStep
from core.models import StoredFile
from core.rules import Refused
from core.transitions import advance
from core.validation.files import CleanFile
from registry.consent_notices import tell_voided
from registry.enums import EDITABLE_STATUSES, FeeMode, PaperKind, StatementStatus
from registry.fees.values import check_sum
from registry.models import Patent, Statement, StatementPaper
from registry.queries.content import content_hash
from registry.queries.facts import statement_facts
from registry.queries.statements import statements_of
from registry.reading import COLUMNS, FEE_COLUMNS, TERM_COLUMNS, empty, read, storable, wanted
from registry.rules import DEFECTS


class Overtaken(Exception):
    """Another window saved other content in the meantime. Nothing was written; ``statement`` is what is saved now."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        super().__init__(f"statement {statement.pk} was saved in another window")


@transaction.atomic
def begin_draft(*, patent: Patent, filed_by: Organisation, by: Actor, at: datetime) -> Statement:
    """Begin a statement on a patent for one of its holders, and return it; a draft they already have comes back.

    Contact details are taken from the organisation. The actor is the holder or an agency under its mandate.

    Raises:
        Organisation.DoesNotExist: the actor does not act for this organisation.
        Refused: the organisation is not a registered holder of the patent (F11).
    """
    act = MandateAct.STATEMENTS
    if not may_act_for(by, filed_by.pk, on=law_date(at), act=act, patent_number=patent.number):
        raise Organisation.DoesNotExist(f"{by.label} does not act for {filed_by.pk}")
    Patent.objects.select_for_update().get(pk=patent.pk)
    agency_id = by.organisation_id if Role.AGENCY in by.roles else None
    mine = Statement.objects.filter(
        patent=patent, filed_by=filed_by, agency_id=agency_id, status=StatementStatus.DRAFT
    ).first()
    if mine is not None:
        return mine
    statement = new_draft(patent=patent, filed_by=filed_by, by=by, at=at)
    not_theirs = DEFECTS.check(statement_facts(statement, on=law_date(at)), on=law_date(at), only=["F11"])
    if not_theirs:
        raise Refused(not_theirs)
    keep_new([statement], by=by, at=at)
    return statement


def keep_new(statements: Sequence[Statement], *, by: Actor, at: datetime) -> None:
    """Save drafts for the first time. Their patents are locked, and their filers were found to be holders."""
    Statement.objects.bulk_create(statements, batch_size=500)
    begun = [statement.pk for statement in statements]
    audit.record_many("begin", Statement, begun, by=by, at=at, basis=[LAW(50, 1)], to_status=StatementStatus.DRAFT)


def new_draft(*, patent: Patent, filed_by: Organisation, by: Actor, at: datetime) -> Statement:
    """Return an empty draft that is not saved yet, with the organisation's contact details."""
    agency_id = by.organisation_id if Role.AGENCY in by.roles else None
    return Statement(
        patent=patent,
        filed_by=filed_by,
        agency_id=agency_id,
        text_agency_id=agency_id,
        contact_name=filed_by.contact_name,
        contact_phone=filed_by.contact_phone,
        contact_email=filed_by.contact_email,
        contact_address=filed_by.address,
        created_by_id=by.person_id,
        created_at=at,
        saved_at=at,
    )


def entries_of(statement: Statement) -> dict[str, Any]:
    """Return what each field shows: what was typed and could not be used, otherwise the column's value as text."""
    return {name: statement.typed.get(name, _shown(getattr(statement, name))) for name in COLUMNS}


def state_of(statement: Statement, names: Iterable[str]) -> str:
    """Return a fingerprint of what these fields show, under the chosen fee mode: equal while nobody changes them."""
    entries = entries_of(statement)
    shown = {name: entries[name] for name in sorted(names)} | {"fee_mode": entries["fee_mode"]}
    return hashlib.sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def editable(statement: Statement, *, by: Actor, at: datetime) -> Statement:
    """Lock the statement and return it, if the actor files it and may still write.

    Raises:
        Statement.DoesNotExist: it is not theirs.
        IllegalStep: it was sent and is not being corrected.
    """
    locked = statements_of(by, on=law_date(at)).select_for_update(of=("self",)).get(pk=statement.pk)
    if locked.status not in EDITABLE_STATUSES:
        raise IllegalStep("statement", "save", locked.status)
    return locked


@transaction.atomic
def save_draft(
    *,
    statement: Statement,
    entries: Mapping[str, Any],
    by: Actor,
    at: datetime,
    expected: str = "",
    window: str = "",
) -> Statement:
    """Save what was typed into some fields, complete or not, and return the statement.

    What cannot be read, and what belongs to a mode that is not chosen, stays in ``typed`` as it was typed.
    ``instalments`` is a list of rows with ``due_months`` and ``amount``. ``expected`` is the :func:`state_of` the fields
    that the filer had before them, ``window`` where they were typed: what another window saved is not overwritten.

    Raises:
        LookupError: a field that statements do not have.
        Overtaken: another window has changed these fields since.
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: it was sent and is not being corrected.
    """
    locked = editable(statement, by=by, at=at)
    if expected and locked.saved_in != window and expected != state_of(locked, entries):
        raise Overtaken(locked)
    before = content_hash(locked)
    write_entries(locked, entries)
    locked.saved_at, locked.saved_in, locked.text_hash = at, window[:36], content_hash(locked)
    locked.save(update_fields=[*COLUMNS, "typed", "saved_at", "saved_in", "text_hash"])
    if locked.text_hash != before:
        tell_voided(locked, before, at=at)
    return locked


def write_entries(statement: Statement, entries: Mapping[str, Any]) -> None:
    """Put what was typed into the statement's columns, without saving it; see :func:`save_draft`.

    Raises:
        LookupError: a field that statements do not have.
    """
    unknown = set(entries) - set(COLUMNS)
    if unknown:
        raise LookupError(f"a statement has no columns {sorted(unknown)}")
    shown = {**entries_of(statement), **entries}
    touched = [name for name in COLUMNS if name in entries or name in FEE_COLUMNS or name in TERM_COLUMNS.values()]
    modes = {name: read(name, shown[name]).value for name in ("fee_mode", "term_mode")}
    for name in touched:
        _take(statement, name, shown[name], is_wanted=wanted(name, modes))
    _total_of_instalments(statement, shown["instalments"])


def _take(statement: Statement, name: str, raw: Any, *, is_wanted: bool) -> None:
    """Put what was typed into the column if it is a value the statement uses, otherwise into ``typed``."""
    found = read(name, raw)
    statement.typed.pop(name, None)
    if is_wanted and found.finding is None:
        setattr(statement, name, found.value)
        return
    setattr(statement, name, empty(name))
    derived = name == "fixed_amount" and statement.fee_mode == FeeMode.INSTALMENTS
    if raw not in ("", None, []) and not derived:
        statement.typed[name] = storable(raw)


def _total_of_instalments(statement: Statement, raw: Any) -> None:
    if not statement.instalments:
        return
    total = sum((Decimal(row["amount"]) for row in statement.instalments), Decimal(0))
    if check_sum(total, "fixed_amount"):
        statement.typed["instalments"], statement.instalments = storable(raw), []
    else:
        statement.fixed_amount = total


def _shown(value: Any) -> Any:
    if isinstance(value, bool | list):
        return value
    return "" if value is None else str(value)


@transaction.atomic
def add_paper(*, statement: Statement, kind: PaperKind, file: CleanFile, by: Actor, at: datetime) -> StatementPaper:
    """Attach an inspected paper to a draft or correction.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: it was sent and is not being corrected.
    """
    locked = editable(statement, by=by, at=at)
    [paper] = keep_papers([(locked, kind, storage.store(file, by=by, at=at))], by=by, at=at)
    return paper


def keep_papers(
    papers: Sequence[tuple[Statement, PaperKind, StoredFile]], *, by: Actor, at: datetime
) -> list[StatementPaper]:
    """Attach kept files to drafts or corrections that the caller has locked; return them as papers."""
    kept = [
        StatementPaper(statement=statement, kind=kind, file=file, added_by_id=by.person_id, added_at=at)
        for statement, kind, file in papers
    ]
    StatementPaper.objects.bulk_create(kept, batch_size=1000)
    about = [paper.statement_id for paper in kept]
    data = [{"paper": str(paper.pk), "kind": paper.kind, "sha256": paper.file.sha256} for paper in kept]
    audit.record_many("add_paper", Statement, about, by=by, at=at, data=data)
    return kept


@transaction.atomic
def remove_paper(*, paper: StatementPaper, by: Actor, at: datetime) -> None:
    """Take a paper back out of a draft or correction; the stored file itself is kept.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: it was sent and is not being corrected.
    """
    locked = editable(paper.statement, by=by, at=at)
    audit.record("remove_paper", locked, by=by, at=at, data={"paper": str(paper.pk), "kind": paper.kind})
    paper.delete()


@transaction.atomic
def discard(*, statement: Statement, by: Actor, at: datetime) -> Statement:
    """Discard a draft. It stays in the records and leaves the filer's list.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: it is no draft any more.
    """
    statements_of(by, on=law_date(at)).get(pk=statement.pk)
    return advance(statement, "discard", by=by, at=at)
