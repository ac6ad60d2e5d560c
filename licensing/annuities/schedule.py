"""When an annuity is due and how much it is in full (LAW 43; GL V-9 §4.2.1). Pure; amounts are dated settings."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.deadlines import add_months
from core.legal import A594, Citation, Setting, UnknownSetting, setting
from core.money import yuan
from registry.enums import PatentKind

# Years beyond these are compensation of an invention's term (LAW 42(2)(3)), at most five.
INVENTION_YEARS = 20
COMPENSATED_YEARS = 25


class NoSchedule(LookupError):
    """No schedule is known for that kind, year and day."""


@dataclass(frozen=True, slots=True)
class FullAnnuity:
    """An annuity before any reduction, in yuan, and the row it comes from."""

    amount: Decimal
    source: Citation
    effective_from: date
    is_practice: bool  # the row is the office's reading, not the text of the law


def patent_year_starts_on(filing_on: date, year: int) -> date:
    """Return the first day of a patent year (专利年度): year 1 begins on the filing date (GL V-9 §4.2.1).

    Raises:
        ValueError: a year below 1.
    """
    if year < 1:
        raise ValueError("patent years count from 1")
    return add_months(filing_on, 12 * (year - 1))


def annuity_due_on(filing_on: date, year: int) -> date:
    """Return the day on which the annuity of that patent year is due: its first day, never moved for holidays.

    The annuity of the grant year is paid with the registration instead. Raises as :func:`patent_year_starts_on`.
    """
    return patent_year_starts_on(filing_on, year)


def patent_year_on(filing_on: date, on: date) -> int:
    """Return the patent year that a day falls in.

    Raises:
        ValueError: the day is before the filing date.
    """
    if on < filing_on:
        raise ValueError("there is no patent year before the filing date")
    year = on.year - filing_on.year + 1
    return year if patent_year_starts_on(filing_on, year) <= on else year - 1


def full_annuity(kind: str, year: int, *, on: date) -> FullAnnuity:
    """Return the full annuity of a whole patent year by the schedule that applied on that day.

    Years 21 to 25 of an invention are years of term compensation (A594).

    Raises:
        NoSchedule: the kind has no such year, or the schedule of that day is not known.
    """
    compensated = kind == PatentKind.INVENTION and INVENTION_YEARS < year <= COMPENSATED_YEARS
    try:
        row = setting("annuity_compensation_year" if compensated else f"annuity_{kind}", on=on)
    except UnknownSetting as unknown:
        raise NoSchedule(str(unknown)) from None
    if compensated:
        return _full(row, row.amount)
    for first, last, amount in row.bands:
        if first <= year <= last:
            return _full(row, yuan(amount))
    raise NoSchedule(f"a patent of kind {kind} has no annuity of year {year}")


def annuity_of_term(kind: str, year: int, *, filing_on: date, term_ends_on: date) -> FullAnnuity:
    """Return the full annuity of one year of a certain patent, on the day it is due.

    The last year of a compensated term is free when the term ends before the year does (A594).

    Raises:
        NoSchedule: as :func:`full_annuity`, or the year begins after the term.
    """
    due_on = annuity_due_on(filing_on, year)
    if due_on > term_ends_on:
        raise NoSchedule(f"year {year} begins after the term")
    whole = full_annuity(kind, year, on=due_on)
    year_ends_on = patent_year_starts_on(filing_on, year + 1) - timedelta(days=1)
    if year > INVENTION_YEARS and term_ends_on < year_ends_on:
        return FullAnnuity(Decimal("0.00"), A594(), whole.effective_from, whole.is_practice)
    return whole


def _full(row: Setting, amount: Decimal) -> FullAnnuity:
    return FullAnnuity(amount, row.source, row.effective_from, row.is_practice)
