"""How fast the office examines: the queue by age against the target, what was examined each week, how much in time."""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache

from django.db.models import Min
from django.utils.translation import gettext as _

from core.charts import Chart, bar_chart, line_chart
from core.deadlines import deadline_working_days, law_date, working_days_between
from core.legal import setting
from registry.enums import StatementStatus
from registry.models import Examination, Statement

WEEKS = 12
# The examiner's first word on a statement ends the time that the target counts.
FIRST_WORDS = ("pass", "propose_refusal", "request_correction")
# Working days since receipt, both included; the last heap has no end.
HEAPS = ((0, 2), (3, 5), (6, 8), (9, 10), (11, None))


def queue_by_age(*, on: date) -> Chart:
    """Return the statements that wait for the examiner's first word, by working days since they were received."""
    target = setting("statement_exam_working_days", on=on).whole
    open_ones = Statement.objects.filter(status__in=(StatementStatus.SUBMITTED, StatementStatus.EXAMINING))
    ages: Counter[int] = Counter()
    for submitted_at in open_ones.values_list("submitted_at", flat=True):
        ages[_age(law_date(submitted_at), on)] += 1
    labels = [_("%(first)s days or more") % {"first": a} if b is None else f"{a}–{b}" for a, b in HEAPS]
    counts = [sum(n for age, n in ages.items() if a <= age and (b is None or age <= b)) for a, b in HEAPS]
    return bar_chart(
        _("Statements in examination by age"),
        labels,
        {_("Statements"): counts},
        first_column=_("Working days since receipt"),
        note=_("Target: %(days)s working days (office practice).") % {"days": target},
    )


def examined_by_week(*, on: date) -> tuple[Chart, Chart]:
    """Return how many statements were first decided on in each of the last weeks, and the share within the target."""
    monday = on - timedelta(days=on.weekday())
    weeks = [monday - timedelta(weeks=number) for number in range(WEEKS - 1, -1, -1)]
    done: Counter[date] = Counter()
    in_time: Counter[date] = Counter()
    for submitted_at, first_at in _first_words(weeks[0]):
        day = law_date(first_at)
        week = day - timedelta(days=day.weekday())
        done[week] += 1
        in_time[week] += day <= _target(law_date(submitted_at))
    labels = [f"{week:%m-%d}" for week in weeks]
    # A week without a decision has no share; where no week has one, the present week stands with nothing.
    decided = [week for week in weeks if done[week]] or weeks[-1:]
    shares = [in_time[week] * 100 // max(done[week], 1) for week in decided]
    first = _("Week from")
    throughput = bar_chart(
        _("Statements examined each week"),
        labels,
        {_("Examined"): [done[week] for week in weeks], _("In time"): [in_time[week] for week in weeks]},
        first_column=first,
        note=_("Counted by the examiner's first decision: passed, refusal proposed or correction asked."),
    )
    share = line_chart(
        _("Share examined in time, in percent"),
        [f"{week:%m-%d}" for week in decided],
        {_("In time, %"): shares},
        first_column=first,
        note=_("Weeks without a decision are left out."),
    )
    return throughput, share


def _first_words(since: date) -> list[tuple[datetime, datetime]]:
    found = (
        Examination.objects.filter(event__in=FIRST_WORDS, statement__submitted_at__isnull=False)
        .values("statement")
        .annotate(first_at=Min("done_at"))
        .filter(first_at__date__gte=since)
    )
    return list(found.values_list("statement__submitted_at", "first_at"))


@cache
def _target(submitted_on: date) -> date:
    days = setting("statement_exam_working_days", on=submitted_on).whole
    return deadline_working_days(submitted_on, days)


@cache
def _age(submitted_on: date, on: date) -> int:
    return working_days_between(submitted_on, on)
