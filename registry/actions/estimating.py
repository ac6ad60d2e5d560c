"""Keep an estimate of a fee, put it into a draft as its explanation, discard it."""

from datetime import datetime

from django.db import transaction

from core import audit
from core.deadlines import law_date
from core.legal import EST, GL
from core.lifecycle import Actor
from registry.actions.drafting import save_draft
from registry.enums import FeeMode, PricingBasis
from registry.models import Estimate, Patent, Statement
from registry.pricing.reckoning import Figures, reckon
from registry.queries.estimates import estimates_of
from registry.queries.statements import statements_of

_FEE_OF = {
    PricingBasis.FIXED: (FeeMode.LUMP_SUM, "fixed_amount"),
    PricingBasis.SALES: (FeeMode.ROYALTY_SALES, "royalty_rate"),
    PricingBasis.PROFIT: (FeeMode.ROYALTY_PROFIT, "royalty_rate"),
}


@transaction.atomic
def keep_estimate(
    *, figures: Figures, statement: Statement | None, patent: Patent | None, by: Actor, at: datetime
) -> Estimate:
    """Keep an estimate, for a statement of the actor, for a patent, or for nothing in particular.

    Raises:
        WrongFigures: the figures give no estimate.
        Statement.DoesNotExist: the statement is not the actor's.
    """
    reckon(figures, on=law_date(at))
    if statement is not None:
        statement = statements_of(by, on=law_date(at)).get(pk=statement.pk)
    estimate = Estimate.objects.create(
        organisation_id=by.organisation_id,
        statement=statement,
        patent=statement.patent if statement is not None else patent,
        method=figures.method,
        basis=figures.basis,
        given={name: str(value) for name, value in figures.given.items()},
        source=figures.source.strip(),
        licensees=figures.licensees,
        months=figures.months,
        suits=list(figures.suits),
        reckoned_on=law_date(at),
        made_by_id=by.person_id,
        made_at=at,
    )
    audit.record("keep_estimate", estimate, by=by, at=at, basis=[EST()], data={"method": figures.method})
    return estimate


@transaction.atomic
def use_estimate(
    *, estimate: Estimate, statement: Statement, explanation: str, with_fee: bool, by: Actor, at: datetime
) -> Statement:
    """Put the explanation, as edited, into a draft of the actor; ``with_fee`` also states the proposed fee.

    Raises:
        Estimate.DoesNotExist: the estimate is not the actor's.
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: it was sent and is not being corrected.
    """
    mine = estimates_of(by).get(pk=estimate.pk)
    entries = {"explanation": explanation}
    if with_fee:
        mode, column = _FEE_OF[PricingBasis(mine.basis)]
        entries |= {"fee_mode": mode.value, column: str(mine.reckoning.proposal.value)}
    saved = save_draft(statement=statement, entries=entries, by=by, at=at)
    audit.record("use_estimate", saved, by=by, at=at, basis=[GL("V-11 §3.3"), EST()], data={"estimate": str(mine.pk)})
    return saved


@transaction.atomic
def discard_estimate(*, estimate: Estimate, by: Actor, at: datetime) -> None:
    """Discard an estimate; what was put into a draft stays there.

    Raises:
        Estimate.DoesNotExist: the estimate is not the actor's.
    """
    mine = estimates_of(by).get(pk=estimate.pk)
    audit.record("discard_estimate", mine, by=by, at=at)
    mine.delete()
