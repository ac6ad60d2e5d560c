"""What the API says of public things, in the active language: the same values as the public pages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from core.deadlines import law_date
from registry.enums import PUBLIC_STATUSES
from registry.events.fold import Replay
from registry.fees.amounts import CostTooLarge, Usage, UsageMissing, cost
from registry.fees.terms import describe, due_at_start
from registry.models import BulletinEntry, BulletinIssue, Patent, RegisterEvent, Statement
from registry.queries.acceptance import acceptance_of
from registry.queries.facts import patent_facts
from registry.queries.public import entries_about, license_counts, public_statements
from registry.queries.register import replays


def statements_data(statements: list[Statement], *, at: datetime, usage: Usage | None = None) -> list[dict[str, Any]]:
    """Return these statements as rows of the list."""
    licenses = license_counts(statement.pk for statement in statements)
    return [_row(statement, licenses, at, usage) for statement in statements]


def statement_data(statement: Statement, *, at: datetime) -> dict[str, Any]:
    """Return everything public of one announced statement. Payee, explanation and papers are not."""
    patent = statement.patent
    entries = entries_about(statement)
    own = next(entry for entry in entries if entry.pk == statement.announced_in_id)
    return {
        **statements_data([statement], at=at)[0],
        "payment_terms": statement.payment_terms,
        "contact": {
            "name": statement.contact_name,
            "phone": statement.contact_phone,
            "email": statement.contact_email,
            "address": statement.contact_address,
        },
        "filed_on": patent.filed_on,
        "granted_on": patent.granted_on,
        "patent_term_ends_on": patent.term_ends_on,
        "announced_in": _place(own),
        "replaces": statement.replaces.number if statement.replaces else "",
        "replaced_by": list(
            statement.replaced_by.filter(status__in=PUBLIC_STATUSES).values_list("number", flat=True).order_by("number")
        ),
        "announcements": [entry_data(entry) for entry in entries],
    }


def _row(statement: Statement, licenses: Mapping[UUID, int], at: datetime, usage: Usage | None) -> dict[str, Any]:
    patent = statement.patent
    acceptance = acceptance_of(statement, at=at)
    return {
        "number": statement.number,
        "status": statement.status,
        "patent_number": patent.number,
        "kind": patent.kind,
        "title": patent.title,
        "main_class": patent.main_class,
        "patentees": [held.patentee.name for held in patent.ownerships.all()],
        "province": patent.province,
        "industry": patent.industry,
        "effective_on": statement.effective_on,
        "ended_on": statement.ended_on,
        "fee": fee_data(statement),
        "term": {"mode": statement.term_mode, "until": statement.term_until, "months": statement.term_months},
        "licenses": licenses.get(statement.pk, 0),
        "acceptance": {
            "open": acceptance.open,
            "checked_at": at,
            "facts_as_of": acceptance.as_of,
            "violations": [violation.as_data() for violation in acceptance.violations],
        },
        "cost": _cost(statement, usage),
    }


def fee_data(statement: Statement) -> dict[str, Any]:
    """Return the fee of a complete statement, typed and in words."""
    terms = statement.terms
    return {
        "mode": statement.fee_mode,
        "words": describe(terms),
        "fixed_amount": statement.fixed_amount,
        "royalty_rate": statement.royalty_rate,
        "unit_price": statement.unit_price,
        "unit_name": statement.unit_name,
        "instalments": statement.instalments,
        "due_at_start": due_at_start(terms),
    }


def _cost(statement: Statement, usage: Usage | None) -> Any:
    if usage is None:
        return None
    try:
        return cost(statement.terms, usage).total
    except (UsageMissing, CostTooLarge):
        return None


def patent_data(patent: Patent, *, at: datetime) -> dict[str, Any]:
    """Return a patent with the register's facts."""
    facts = patent_facts(patent, on=law_date(at))
    replayed = replays([patent])[patent.pk]
    state = replayed.state
    announced = public_statements().filter(patent=patent).order_by("effective_on", "number")
    return {
        **{name: getattr(patent, name) for name in _PATENT_COLUMNS},
        "patentees": [owner.name for owner in facts.owners],
        "licenses": facts.licenses,
        "pledges": facts.pledges,
        "suspensions": facts.suspensions,
        "obstacles": facts.obstacles,
        "invalidations": patent.invalidations.order_by("decided_on", "pk"),
        "report": facts.report,
        "known": [
            {"fact": name, "source": state.known[name].source, "as_of": state.known[name].as_of}
            for name in SINGLE_FACTS
        ],
        "events": _events_of(patent, replayed),
        "statements": list(announced.values_list("number", flat=True)),
    }


def _events_of(patent: Patent, replayed: Replay) -> list[dict[str, Any]]:
    """Return the events that were entered, annulled ones too; those that contradict the register wait for a person."""
    waiting = Q(parked__isnull=False, parked__applied_at=None)
    rows = RegisterEvent.objects.filter(patent_number=patent.number).exclude(waiting).order_by("effective_on", "pk")
    return [
        {**{name: getattr(row, name) for name in _EVENT_COLUMNS}, "annulled_by": replayed.annulled.get(str(row.pk))}
        for row in rows
    ]


# Facts that are one value each, with the time and the source that each is known from.
SINGLE_FACTS = ("granted_on", "term_ends_on", "right_status", "annuity_state", "holders")
_EVENT_COLUMNS = ("id", "kind", "effective_on", "source", "reference", "details", "as_of", "received_at")
_PATENT_COLUMNS = (
    "number", "kind", "title", "abstract", "main_class", "industry", "province", "filed_on", "granted_on",
    "term_ends_on", "right_status", "annuity_state", "facts_as_of",
)  # fmt: skip


def entry_data(entry: BulletinEntry) -> dict[str, Any]:
    """Return an entry as printed."""
    return {
        "id": entry.pk,
        "kind": entry.kind,
        "patent_number": entry.content["patent_number"],
        "issued_on": entry.issue.issued_on,
        "place": _place(entry),
        "content": entry.content,
        "content_hash": entry.content_hash,
        "corrects": entry.corrects_id,
    }


def _place(entry: BulletinEntry) -> dict[str, int]:
    return {"year": entry.issue.year, "issue": entry.issue.number, "position": entry.position}


def issue_data(issue: BulletinIssue) -> dict[str, Any]:
    """Return an issue with every entry, in the order of print."""
    columns = ("year", "number", "serial", "issued_on", "published_at", "entry_count", "tree_size", "root_hash")
    entries = issue.entries.select_related("issue").order_by("position")
    return {
        **{name: getattr(issue, name) for name in columns},
        "previous_root": issue.previous_root,
        "checkpoint": issue.checkpoint,
        "entries": [entry_data(entry) for entry in entries],
    }
