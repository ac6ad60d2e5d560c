"""The table of a patent's annuities: each year, what is due, which policy decides, and why. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.legal import RULES, Citation
from licensing.annuities.reduction import Hardship, OpenLicense, PolicyResult, best, consider
from licensing.annuities.schedule import (
    FullAnnuity,
    NoSchedule,
    annuity_due_on,
    annuity_of_term,
    patent_year_on,
    patent_year_starts_on,
)
from licensing.annuities.surcharge import last_payment_day, on_time_until, surcharge

ZERO = Decimal("0.00")
LATE_BASIS: tuple[Citation, ...] = (RULES(115),)


class RowState(StrEnum):
    """Where one year's annuity stands on the day of the table."""

    WITH_GRANT = "with_grant"  # paid with the registration of the grant
    PAID = "paid"
    PAST = "past"  # long due, and the register does not know the payment
    NOTHING_DUE = "nothing_due"  # the part year of a compensated term
    OPEN = "open"  # not late yet
    LATE = "late"  # within the six months
    ENDED = "ended"  # unpaid after them: the right ended as of the due date


_TO_PAY = (RowState.OPEN, RowState.LATE, RowState.ENDED)


@dataclass(frozen=True, slots=True)
class AnnuityFacts:
    """A patent as its annuities see it.

    ``filing_on`` is the patent's filing date and ``term_ends_on`` the last day of its term. ``paid_through`` is the
    last patent year whose annuity is paid, or None where that is not known.
    """

    kind: str
    filing_on: date
    granted_on: date | None
    term_ends_on: date
    licenses: tuple[OpenLicense, ...] = ()
    hardship: Hardship | None = None
    paid_through: int | None = None

    @property
    def grant_year(self) -> int | None:
        """The patent year in which the grant was announced; None where the day is not known."""
        return None if self.granted_on is None else patent_year_on(self.filing_on, self.granted_on)


@dataclass(frozen=True, slots=True)
class Payment:
    """What one annuity comes to when it is paid on a certain day, in yuan.

    Where ``right_ended_on`` is set the payment comes too late and is not accepted; the sums are then those of the
    last day on which it would have been.
    """

    annuity: Decimal
    surcharge_rate: Decimal
    surcharge: Decimal
    right_ended_on: date | None = None

    @property
    def total(self) -> Decimal:
        """Annuity and surcharge together."""
        return self.annuity + self.surcharge


@dataclass(frozen=True, slots=True)
class YearRow:
    """One patent year. ``due_on`` is None for the grant year, whose annuity is paid with the registration.

    ``on_time_until`` and ``last_day`` are the last days to pay without being late and at all. ``payment`` is what
    the annuity comes to if paid on the day of the table, None where nothing is left to pay.
    """

    year: int
    starts_on: date
    due_on: date | None
    on_time_until: date | None
    last_day: date | None
    full: FullAnnuity
    policies: tuple[PolicyResult, ...]
    decided_by: PolicyResult
    state: RowState
    payment: Payment | None

    @property
    def payable(self) -> Decimal:
        """The annuity after the one reduction that applies, without surcharge."""
        return self.decided_by.payable

    @property
    def saved(self) -> Decimal:
        """What the reduction saves against the full annuity."""
        return self.full.amount - self.payable

    def paid_on(self, day: date) -> Payment:
        """Return what this annuity comes to if it is paid on another day."""
        return _payment(self.full.amount, self.payable, self.due_on, day)


def year_table(facts: AnnuityFacts, on: date) -> list[YearRow]:
    """Return the rows from the grant year to the end of the term, as they stand on that day.

    Where the grant date is not known the table begins with year 2. Years whose schedule is not known (due before
    the first dated row) are left out. The table stops at the year for whose unpaid annuity the right ended.

    Raises:
        ValueError: the grant or the end of the term is before the filing.
    """
    first = facts.grant_year or 2
    rows: list[YearRow] = []
    for year in range(first, patent_year_on(facts.filing_on, facts.term_ends_on) + 1):
        try:
            row = _row(facts, year, on)
        except NoSchedule:
            continue
        rows.append(row)
        if row.state is RowState.ENDED:
            break
    return rows


def _row(facts: AnnuityFacts, year: int, on: date) -> YearRow:
    full = annuity_of_term(facts.kind, year, filing_on=facts.filing_on, term_ends_on=facts.term_ends_on)
    due_on = None if year == facts.grant_year else annuity_due_on(facts.filing_on, year)
    policies = consider(
        full.amount,
        due_on=due_on or facts.granted_on or facts.filing_on,
        year=year,
        grant_year=facts.grant_year,
        licenses=facts.licenses,
        hardship=facts.hardship,
    )
    decided_by = best(policies)
    state = _state(facts, year, full.amount, due_on, on)
    return YearRow(
        year=year,
        starts_on=patent_year_starts_on(facts.filing_on, year),
        due_on=due_on,
        on_time_until=due_on and on_time_until(due_on),
        last_day=due_on and last_payment_day(due_on),
        full=full,
        policies=policies,
        decided_by=decided_by,
        state=state,
        payment=_payment(full.amount, decided_by.payable, due_on, on) if state in _TO_PAY else None,
    )


def _state(facts: AnnuityFacts, year: int, full: Decimal, due_on: date | None, on: date) -> RowState:
    if due_on is None:
        return RowState.WITH_GRANT
    if full == ZERO:
        return RowState.NOTHING_DUE
    if facts.paid_through is not None and year <= facts.paid_through:
        return RowState.PAID
    if on <= on_time_until(due_on):
        return RowState.OPEN
    if on <= last_payment_day(due_on):
        return RowState.LATE
    return RowState.PAST if facts.paid_through is None else RowState.ENDED


def _payment(full: Decimal, payable: Decimal, due_on: date | None, day: date) -> Payment:
    if due_on is None or full == ZERO:
        return Payment(payable, ZERO, ZERO)
    added = surcharge(full, due_on=due_on, paid_on=day)
    return Payment(payable, added.rate, added.amount, added.right_ended_on)
