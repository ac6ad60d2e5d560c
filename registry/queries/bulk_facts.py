"""Facts for the rules of many statements at once, in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from accounts.enums import MandateAct
from accounts.queries import mandates_in_force
from registry.enums import PENDING_STATUSES, PaperKind
from registry.facts import ConsentFact, StatementFacts
from registry.models import (
    Encumbrance,
    EvaluationReport,
    Invalidation,
    Obstacle,
    OwnerConsent,
    Ownership,
    Patent,
    Pledge,
    Statement,
    StatementPaper,
    Suspension,
)
from registry.queries.facts import (
    RegisterRows,
    Surroundings,
    consent_fact,
    pledges_of_other_texts,
    statement_facts,
    surroundings_of,
)

_TABLES: Mapping[str, Any] = MappingProxyType(
    {
        "encumbrances": Encumbrance,
        "pledges": Pledge,
        "suspensions": Suspension,
        "obstacles": Obstacle,
        "invalidations": Invalidation,
    }
)


def patents_by_number(numbers: Iterable[str]) -> dict[str, Patent]:
    """Return the register's patents with these numbers, each with its holders."""
    found = Patent.objects.filter(number__in=set(numbers)).prefetch_related("ownerships__patentee")
    return {patent.number: patent for patent in found}


def facts_of_many(
    statements: Sequence[Statement],
    *,
    on: date,
    reports: Collection[UUID] = (),
    consents: Mapping[UUID, Sequence[ConsentFact]] = MappingProxyType({}),
) -> dict[UUID, StatementFacts]:
    """Return the facts of each statement, saved or not, by its id.

    ``reports`` are statements that come with their evaluation report, ``consents`` what comes with others, besides what
    is attached to them already.
    """
    ids = [statement.pk for statement in statements]
    presented = set(reports) | set(
        StatementPaper.objects.filter(statement__in=ids, kind=PaperKind.EVALUATION_REPORT).values_list(
            "statement_id", flat=True
        )
    )
    given: dict[UUID, list[ConsentFact]] = defaultdict(list)
    for item in OwnerConsent.objects.filter(statement__in=ids):
        given[item.statement_id].append(consent_fact(item))
    pending: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    on_same = Statement.objects.filter(
        patent__in=[statement.patent_id for statement in statements], status__in=PENDING_STATUSES
    )
    for patent_id, pk, number in on_same.values_list("patent_id", "pk", "number"):
        pending[patent_id].append((pk, number))
    earlier = pledges_of_other_texts(statements)
    rows = _register_rows({statement.patent_id for statement in statements})
    covered = _covered({item.agency_id for item in statements if item.agency_id is not None}, on)
    return {
        item.pk: statement_facts(
            item,
            on=on,
            rows=rows[item.patent_id],
            around=surroundings_of(item, on=on)
            if item.replaces_id is not None  # declared anew: rare, and another matter
            else Surroundings(
                report_presented=item.pk in presented,
                mandate_in_force=any(
                    not numbers or item.patent.number in numbers
                    for numbers in covered[item.agency_id, item.filed_by_id]
                ),
                consents=(*given[item.pk], *consents.get(item.pk, ())),
                others_pending=tuple(number for pk, number in pending[item.patent_id] if pk != item.pk),
                other_texts=earlier[item.pk],
            ),
        )
        for item in statements
    }


def _register_rows(patent_ids: Collection[UUID]) -> dict[UUID, RegisterRows]:
    """Return the rows of each patent, one query a table. (Prefetching builds a manager for each patent and table.)"""
    found: dict[UUID, dict[str, Any]] = {pk: defaultdict(list) for pk in patent_ids}
    for ownership in Ownership.objects.filter(patent__in=patent_ids).select_related("patentee").order_by("position"):
        found[ownership.patent_id]["ownerships"].append(ownership)
    for name, model in _TABLES.items():
        for row in model.objects.filter(patent__in=patent_ids):
            found[row.patent_id][name].append(row)
    for report in EvaluationReport.objects.filter(patent__in=patent_ids):
        found[report.patent_id]["report"] = report
    return {pk: RegisterRows(**rows) for pk, rows in found.items()}


def _covered(agencies: set[UUID], on: date) -> dict[tuple[UUID | None, UUID], list[list[str]]]:
    """Return, by agency and principal, the patents of each mandate for statements; an empty list stands for all."""
    found: dict[tuple[UUID | None, UUID], list[list[str]]] = defaultdict(list)
    for agency_id in agencies:
        mandates = mandates_in_force(agency_id, on=on, act=MandateAct.STATEMENTS)
        for principal_id, numbers in mandates.values_list("principal_id", "patent_numbers"):
            found[agency_id, principal_id].append(numbers)
    return found
