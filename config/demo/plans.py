"""What is laid down ahead in the story: the calendar of the bulletin, and the price that a draft rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import override

from config.demo.calendar import Calendar
from config.demo.data import load
from config.demo.statements import Event, Filings
from core.deadlines import law_date
from core.lifecycle import Actor
from registry.actions.calendar import make_calendar
from registry.actions.estimating import keep_estimate, use_estimate
from registry.enums import PricingBasis, PricingMethod
from registry.models import CalendarYear, Statement
from registry.papers import LANGUAGE
from registry.pricing.explaining import explanation_of
from registry.pricing.reckoning import Figures


@dataclass(slots=True)
class Plans:
    """Who plans, and for whom."""

    filings: Filings
    calendar: Calendar

    def events(self, begins: datetime) -> Iterator[Event]:
        """Yield every act with its time; the caller sorts them."""
        for at in (begins + timedelta(minutes=1), self.calendar.ago(1, 1)):
            yield at, partial(self.lay_down_years, self.filings.cast.actor("approver"))
        told = load("estimate")
        yield self.filings.time_of(told["statement"], "draft") + timedelta(minutes=5), partial(self.estimate, told)

    def lay_down_years(self, by: Actor, *, at: datetime) -> None:
        """Lay down the issue days of the present and the next year, where that was not done before."""
        this = law_date(at).year
        for year in (this, this + 1):
            if not CalendarYear.objects.filter(year=year).exists():
                make_calendar(year=year, by=by, at=at)

    def estimate(self, told: dict[str, Any], *, at: datetime) -> None:
        """Estimate a fee from contracts, keep the estimate, and put it into the draft as fee and explanation."""
        by = self.filings.cast.actor(told["by"])
        draft = Statement.objects.get(pk=self.filings.statements[told["statement"]].pk)
        figures = Figures(
            method=PricingMethod(told["method"]),
            basis=PricingBasis(told["basis"]),
            given={name: Decimal(value) for name, value in told["given"].items()},
            source=told["source"],
            licensees=told["licensees"],
            months=told["months"],
            suits=(True, True, True),
        )
        kept = keep_estimate(figures=figures, statement=draft, patent=None, by=by, at=at)
        with override(LANGUAGE):  # a statement is in Chinese
            text = explanation_of(figures, kept.reckoning)
        use_estimate(estimate=kept, statement=draft, explanation=text, with_fee=True, by=by, at=at)
