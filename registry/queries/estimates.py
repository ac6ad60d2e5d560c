"""Kept estimates as their makers see them, the drafts they can go into, and fees of comparable licenses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.identifiers import INDUSTRIES
from core.lifecycle import Actor
from core.rules import Text
from registry.enums import EDITABLE_STATUSES, FeeMode, PricingBasis, StatementStatus, TermMode
from registry.models import Estimate, Patent, Statement
from registry.pricing.comparables import Comparable, Spread, for_one_year, spread_of
from registry.queries.statements import statements_of

MOST_COMPARABLES = 200
_MODES = {
    PricingBasis.FIXED: (FeeMode.LUMP_SUM, FeeMode.INSTALMENTS),
    PricingBasis.SALES: (FeeMode.ROYALTY_SALES,),
    PricingBasis.PROFIT: (FeeMode.ROYALTY_PROFIT,),
}


def estimates_of(actor: Actor) -> QuerySet[Estimate]:
    """Return the estimates of the actor's organisation, or of the person who acts for none; the newest first."""
    mine = Estimate.objects.select_related("patent", "statement", "made_by").order_by("-made_at", "id")
    if actor.organisation_id is not None:
        return mine.filter(organisation_id=actor.organisation_id)
    return mine.filter(organisation=None, made_by_id=actor.user_id)


def writable_statements_of(actor: Actor, *, on: date) -> QuerySet[Statement]:
    """Return the drafts and corrections that an estimate's explanation can go into."""
    return statements_of(actor, on=on).filter(status__in=EDITABLE_STATUSES).order_by("-saved_at", "id")


def term_in_months(statement: Statement, *, on: date) -> int | None:
    """Return the license term that the statement states, in whole months from that day; None where it states none."""
    if statement.term_mode == TermMode.UNTIL and statement.term_until is not None:
        start, last = statement.effective_on or on, statement.term_until
        months = (last.year - start.year) * 12 + last.month - start.month - (last.day < start.day - 1)
        return months if months > 0 else None
    return statement.term_months


@dataclass(frozen=True, slots=True)
class Comparables:
    """Fees of other patentees' announced statements. ``scope`` says what was compared; ``spread`` needs five."""

    scope: Text
    found: tuple[Comparable, ...]
    spread: Spread | None


def comparables_for(patent: Patent, basis: PricingBasis, *, beside: UUID | None, on: date) -> Comparables:
    """Return announced statements of the same class, or where these are too few, of the same industry.

    ``beside`` is the organisation that asks: its own statements are no comparison. Free licenses, entry fees with
    royalty and prices per unit are left out: they cannot be told in one figure.
    """
    subclass = patent.main_class[:4].strip()
    scopes: list[tuple[Text, Q]] = []
    if subclass:
        scopes.append((format_lazy(_("class {code}"), code=subclass), Q(patent__main_class__startswith=subclass)))
    if patent.industry in INDUSTRIES:
        name = format_lazy(_("industry {name}"), name=INDUSTRIES[patent.industry])
        scopes.append((name, Q(patent__industry=patent.industry)))
    compared = Comparables(_("neither class nor industry known"), (), None)
    for scope, same in scopes:
        found = tuple(_found(patent, basis, same, beside, on))
        compared = Comparables(scope, found, spread_of(found))
        if compared.spread is not None:
            break
    return compared


def _found(patent: Patent, basis: PricingBasis, same: Q, beside: UUID | None, on: date) -> Iterator[Comparable]:
    others = (
        Statement.objects.filter(same, status=StatementStatus.ANNOUNCED, fee_mode__in=_MODES[basis])
        .exclude(patent=patent)
        .exclude(filed_by_id=beside)
        .select_related("patent")
        .order_by("-effective_on", "number")
    )
    for statement in others[:MOST_COMPARABLES]:
        if basis is not PricingBasis.FIXED and statement.royalty_rate is not None:
            yield Comparable(statement.number, statement.patent.title, statement.royalty_rate)
        elif statement.fixed_amount is not None and (months := term_in_months(statement, on=on)):
            figure = for_one_year(statement.fixed_amount, months)
            yield Comparable(statement.number, statement.patent.title, figure)
