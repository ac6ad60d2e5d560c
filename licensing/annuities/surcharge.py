"""The late surcharge and the end of the right for an unpaid annuity (RULES 115; GL V-9 §4.2.1.3). Pure.

The surcharge is counted on the full annuity, reduced or not. The steps of the dated setting are the months after the
due date, each with its last day: 0, 5, 10, 15, 20 and 25 percent. A last day that is a day of rest moves to the
next working day (RULES 5).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.deadlines import deadline_months, next_working_day
from core.legal import setting
from core.money import percent_of


@dataclass(frozen=True, slots=True)
class Surcharge:
    """What paying on a certain day adds, in percent of the full annuity and in yuan.

    ``right_ended_on`` is set when the six months are over: the payment comes too late, the patent right ended as of
    that day, and rate and amount are those of the last day on which payment was possible.
    """

    rate: Decimal
    amount: Decimal
    right_ended_on: date | None = None


def on_time_until(due_on: date) -> date:
    """Return the last day on which payment is not late: the due date, or the next working day (RULES 5)."""
    return next_working_day(due_on)


def step_ends(due_on: date) -> tuple[tuple[Decimal, date], ...]:
    """Return each step's percent and its last day, in order.

    Raises:
        core.legal.UnknownSetting: the steps of that day are not known.
    """
    rates = setting("late_surcharge_steps", on=due_on).numbers
    return tuple((Decimal(rate), deadline_months(due_on, month)) for month, rate in enumerate(rates, start=1))


def last_payment_day(due_on: date) -> date:
    """Return the last day on which the annuity can still be paid, with surcharge. Raises as :func:`step_ends`."""
    return step_ends(due_on)[-1][1]


def surcharge(full: Decimal, *, due_on: date, paid_on: date) -> Surcharge:
    """Return the surcharge on a full annuity of ``full`` yuan that is paid on that day. Raises as :func:`step_ends`."""
    steps = step_ends(due_on)
    for rate, last_day in steps:
        if paid_on <= last_day:
            return Surcharge(rate, percent_of(rate, full))
    rate = steps[-1][0]
    return Surcharge(rate, percent_of(rate, full), right_ended_on=due_on)
