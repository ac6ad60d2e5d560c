"""Facts for the rules, read from the register and the statement as they stand now."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.enums import MandateAct, Residence
from accounts.queries import mandates_in_force
from core.deadlines import law_date
from core.rules import Finding
from registry.enums import (
    EDITABLE_STATUSES,
    PENDING_STATUSES,
    UNDER_WAY_STATUSES,
    AnnuityState,
    ConsentMethod,
    EncumbranceKind,
    EndingKind,
    FeeMode,
    InvalidationScope,
    PaperKind,
    PatentKind,
    ReportConclusion,
    RightStatus,
    SuspensionGround,
    TermMode,
)
from registry.facts import (
    UNDERTAKINGS,
    ConsentFact,
    LicenseFact,
    ObstacleFact,
    OwnerFact,
    PatentFacts,
    Period,
    PledgeFact,
    ReportFact,
    StatementFacts,
    SuspensionFact,
)
from registry.fees.terms import FeeTerms, from_columns
from registry.fees.values import UnclearTerms
from registry.models import (
    Encumbrance,
    Ending,
    EvaluationReport,
    Invalidation,
    Obstacle,
    OwnerConsent,
    Ownership,
    Patent,
    Pledge,
    PledgeeConsent,
    Statement,
    Suspension,
)
from registry.queries.content import content_hash
from registry.reading import FEE_COLUMNS, read, wanted

FREE_TEXTS = ("payment_terms", "explanation", "other_matters", "existing_licenses")


@dataclass(frozen=True, slots=True)
class RegisterRows:
    """The rows of the register's tables that speak of one patent."""

    ownerships: Sequence[Ownership] = ()
    encumbrances: Sequence[Encumbrance] = ()
    pledges: Sequence[Pledge] = ()
    suspensions: Sequence[Suspension] = ()
    obstacles: Sequence[Obstacle] = ()
    invalidations: Sequence[Invalidation] = ()
    report: EvaluationReport | None = None


def register_rows(patent: Patent) -> RegisterRows:
    """Return the rows of one patent; ``queries.bulk_facts`` does so for many at once."""
    return RegisterRows(
        _ownerships(patent),
        list(patent.encumbrances.all()),
        list(patent.pledges.all()),
        list(patent.suspensions.all()),
        list(patent.obstacles.all()),
        list(patent.invalidations.all()),
        _report(patent),
    )


def patent_facts(
    patent: Patent,
    *,
    on: date,
    report_presented: bool = False,
    other_texts: Set[UUID] = frozenset(),
    rows: RegisterRows | None = None,
) -> PatentFacts:
    """Return what the register says of the patent, to be judged on that day; see :class:`Surroundings` for the rest."""
    rows = rows or register_rows(patent)
    whole = [item.decided_on for item in rows.invalidations if item.scope == InvalidationScope.WHOLE]
    return PatentFacts(
        on=on,
        number=patent.number,
        kind=PatentKind(patent.kind),
        filed_on=patent.filed_on,
        granted_on=patent.granted_on,
        term_ends_on=patent.term_ends_on,
        as_of=patent.facts_as_of,
        right_status=RightStatus(patent.right_status),
        annuity_state=AnnuityState(patent.annuity_state),
        owners=_owners(rows.ownerships),
        licenses=tuple(
            LicenseFact(EncumbranceKind(item.kind), item.licensee, Period(item.since_on, item.until_on))
            for item in rows.encumbrances
        ),
        pledges=tuple(
            PledgeFact(item.pledgee, Period(item.since_on, item.released_on), item.consented_on, item.pk in other_texts)
            for item in rows.pledges
        ),
        suspensions=tuple(
            SuspensionFact(SuspensionGround(item.ground), Period(item.since_on, item.until_on))
            for item in rows.suspensions
        ),
        obstacles=tuple(
            ObstacleFact(item.description, Period(item.since_on, item.until_on)) for item in rows.obstacles
        ),
        wholly_invalidated_on=min(whole, default=None),
        report=rows.report and ReportFact(rows.report.reference, ReportConclusion(rows.report.conclusion)),
        report_presented=report_presented,
    )


def owners_of(patent: Patent) -> tuple[OwnerFact, ...]:
    """Return the registered holders in the register's order."""
    return _owners(_ownerships(patent))


def _owners(ownerships: Iterable[Ownership]) -> tuple[OwnerFact, ...]:
    return tuple(
        OwnerFact(
            held.patentee_id,
            held.patentee.name,
            held.patentee.organisation_id,
            held.patentee.residence == Residence.MAINLAND,
            held.since_on,
        )
        for held in ownerships
    )


def _report(patent: Patent) -> EvaluationReport | None:
    """The report; what a list fetched beforehand for many patents is not fetched again."""
    if "evaluation_report" in patent._state.fields_cache:
        return patent._state.fields_cache["evaluation_report"]
    return EvaluationReport.objects.filter(patent=patent).first()


def _ownerships(patent: Patent) -> list[Ownership]:
    """The holders; as with the report."""
    if "ownerships" in getattr(patent, "_prefetched_objects_cache", {}):
        return sorted(patent.ownerships.all(), key=lambda held: held.position)
    return list(patent.ownerships.select_related("patentee").order_by("position"))


def _others_pending(statement: Statement) -> list[str]:
    """The numbers of other statements under way on the patent, but for one whose withdrawal is."""
    others = statement.patent.statements.filter(status__in=PENDING_STATUSES).exclude(pk=statement.pk)
    if statement.replaces_id is not None:
        others = others.exclude(Exists(withdrawals_under_way()), pk=statement.replaces_id)
    return list(others.values_list("number", flat=True))


def fee_of(statement: Statement) -> tuple[FeeTerms | None, tuple[Finding, ...]]:
    """Return the terms that the columns state; or None and why they state none."""
    if not statement.fee_mode:
        return None, ()
    try:
        terms = from_columns(
            fee_mode=statement.fee_mode,
            fixed_amount=statement.fixed_amount,
            royalty_rate=statement.royalty_rate,
            unit_price=statement.unit_price,
            unit_name=statement.unit_name,
            instalments=statement.instalments,
        )
    except UnclearTerms as unclear:
        return None, unclear.findings
    return terms, ()


def _unclear(statement: Statement, fee_findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return why what was typed cannot be read, then what else is unclear in the fee, one finding a field."""
    modes = {"fee_mode": statement.fee_mode, "term_mode": statement.term_mode}
    typed = [
        found
        for name, raw in statement.typed.items()
        if wanted(name, modes) and (found := read(name, raw).finding) is not None
    ]
    fields = {found.field for found in typed}
    if fields & set(FEE_COLUMNS):
        fee_findings = tuple(found for found in fee_findings if found.field not in fields | {"fixed_amount"})
    return (*typed, *fee_findings)


def _mandated(agency_id: UUID, statement: Statement, on: date) -> bool:
    """Whether a mandate in force lets the agency file on this patent for the filer."""
    mandates = mandates_in_force(agency_id, on=on, act=MandateAct.STATEMENTS, patent_number=statement.patent.number)
    return mandates.filter(principal_id=statement.filed_by_id).exists()


def withdrawals_under_way() -> QuerySet[Ending]:
    """Return, for each statement of a query, its withdrawal that is before the office."""
    return Ending.objects.filter(statement=OuterRef("pk"), kind=EndingKind.WITHDRAWAL, status__in=UNDER_WAY_STATUSES)


def pledges_of_other_texts(statements: Iterable[Statement]) -> dict[UUID, set[UUID]]:
    """Return, by statement, the pledges on its patent whose pledgees consented here to other texts, of this statement or
    of one before it, and not to its present one.

    A consent that reached the register otherwise is not given to a text, and holds for every one.
    """
    wanted = list(statements)
    given: dict[UUID, dict[UUID, set[str]]] = {statement.patent_id: {} for statement in wanted}
    rows = PledgeeConsent.objects.filter(pledge__patent__in=given)
    for patent_id, pledge_id, text in rows.values_list("pledge__patent_id", "pledge_id", "content_hash"):
        given[patent_id].setdefault(pledge_id, set()).add(text)
    return {
        statement.pk: {
            pledge for pledge, texts in given[statement.patent_id].items() if content_hash(statement) not in texts
        }
        for statement in wanted
    }


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a statement outside its own row and its patent's facts."""

    report_presented: bool = False
    mandate_in_force: bool = False
    consents: tuple[ConsentFact, ...] = ()
    others_pending: tuple[str, ...] = ()
    other_texts: Set[UUID] = frozenset()  # pledges whose pledgees consented to another text alone


def consent_fact(consent: OwnerConsent) -> ConsentFact:
    """Return a consent as the rules judge it."""
    return ConsentFact(
        consent.patentee_id,
        ConsentMethod(consent.method),
        consent.content_hash,
        frozenset(consent.binds),
        consent.valid_until,
    )


def surroundings_of(statement: Statement, *, on: date) -> Surroundings:
    """Return the same for one statement; ``queries.bulk_facts`` does so for many at once."""
    agency_id = statement.agency_id
    return Surroundings(
        report_presented=any(paper.kind == PaperKind.EVALUATION_REPORT for paper in statement.papers.all()),
        mandate_in_force=agency_id is not None and _mandated(agency_id, statement, on),
        consents=tuple(consent_fact(consent) for consent in statement.consents.all()),
        others_pending=tuple(_others_pending(statement)),
        other_texts=pledges_of_other_texts([statement])[statement.pk],
    )


def statement_facts(
    statement: Statement, *, on: date, around: Surroundings | None = None, rows: RegisterRows | None = None
) -> StatementFacts:
    """Return what the statement says and what came with it, to be judged on that day."""
    around = around or surroundings_of(statement, on=on)
    facts = patent_facts(
        statement.patent,
        on=on,
        report_presented=around.report_presented,
        other_texts=around.other_texts,
        rows=rows,
    )
    fee, fee_findings = fee_of(statement)
    agency = statement.agency
    return StatementFacts(
        on=on,
        submitted_on=law_date(statement.submitted_at) if statement.submitted_at else on,
        patent=facts,
        filed_by=statement.filed_by.name,
        filer=next((owner for owner in facts.owners if owner.organisation_id == statement.filed_by_id), None),
        content_hash=content_hash(statement),
        agency=agency.name if agency else "",
        mandate_in_force=around.mandate_in_force,
        fee_mode=FeeMode(statement.fee_mode) if statement.fee_mode else None,
        fee=fee,
        unclear=_unclear(statement, fee_findings),
        term_mode=TermMode(statement.term_mode) if statement.term_mode else None,
        term_until=statement.term_until,
        term_months=statement.term_months,
        contact_name=statement.contact_name,
        contact_phone=statement.contact_phone,
        contact_email=statement.contact_email,
        contact_address=statement.contact_address,
        explanation=statement.explanation,
        texts={name: getattr(statement, name) for name in FREE_TEXTS},
        undertakings=frozenset(name for name in UNDERTAKINGS if getattr(statement, name)),
        signed_name=statement.signed_name,
        consents=around.consents,
        exception_request=statement.exception_request,
        cap_override_reason=statement.cap_override_reason,
        with_filer=statement.status in EDITABLE_STATUSES,
        others_pending=around.others_pending,
    )
