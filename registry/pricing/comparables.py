"""Fees of comparable open licenses of this register: their median, once there are at least five. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.money import yuan

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Comparable:
    """An announced statement: its number, title, and the fee for one year in yuan, or the rate in percent."""

    number: str
    title: str
    figure: Decimal


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest, middle and highest figure of at least five."""

    lowest: Decimal
    median: Decimal
    highest: Decimal


def spread_of(found: Sequence[Comparable]) -> Spread | None:
    """Return the spread, or None while there are fewer than five: a few fees are chance, and point at their owners."""
    if len(found) < FEWEST:
        return None
    figures = sorted(item.figure for item in found)
    middle = len(figures) // 2
    median = figures[middle] if len(figures) % 2 else (figures[middle - 1] + figures[middle]) / 2
    return Spread(figures[0], yuan(median), figures[-1])


def for_one_year(amount: Decimal, months: int) -> Decimal:
    """Return what a fixed fee comes to in one year of its term."""
    return yuan(amount * 12 / months)
