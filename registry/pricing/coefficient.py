"""The coefficient for the expected number of licensees: one patent, many licensees, so each pays less (EST). Pure."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.legal import Setting, setting

MOST_LICENSEES = 100_000
_PLACES = Decimal("0.0001")


def coefficient(licensees: int, *, on: date) -> Decimal:
    """Return k = 1/√n, never under the floor, with four decimals rounded half up; 1 for a single licensee.

    The Guidance asks for a coefficient and its formula is not at hand: this one is office practice of that day.

    Raises:
        ValueError: a number of licensees that is not from 1 to 100,000, or a practice that this program cannot reckon.
    """
    if not 1 <= licensees <= MOST_LICENSEES:
        raise ValueError(f"licensees must be from 1 to {MOST_LICENSEES}")
    curve, floor = practice(on)
    if curve.value != "inverse_square_root":
        raise ValueError(f"unknown coefficient {curve.value!r}")
    return max(floor.amount, (1 / Decimal(licensees).sqrt()).quantize(_PLACES, rounding=ROUND_HALF_UP))


def practice(on: date) -> tuple[Setting, Setting]:
    """Return the two rows of office practice behind the coefficient: the curve and its floor."""
    return setting("licensee_coefficient", on=on), setting("licensee_coefficient_floor", on=on)
