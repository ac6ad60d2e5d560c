"""A number of the law or of office practice in words, as the page of the legal basis shows it.

A number carries its unit, a table its years, a pattern an example; a choice of the office stands as a sentence. A new
setting that none of these can say fails the page's test.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from core.day_words import weekday_in_words
from core.legal.settings import Setting
from core.money import format_percent, format_yuan
from core.rules import Text

_CHOICES: dict[tuple[str, str], Text] = {
    ("cap_mode", "hard_with_override"): gettext_lazy(
        "not announced, unless an examiner lets it pass for a stated reason"
    ),
    ("mixed_fee_cap", "each_part"): gettext_lazy("each part keeps below its own cap"),
    ("currency", "CNY"): gettext_lazy("Chinese yuan (CNY)"),
    ("licensee_coefficient", "inverse_square_root"): gettext_lazy(
        "one divided by the square root of the number of licensees"
    ),
    ("correction_extension", "granted_on_request"): gettext_lazy("granted on request"),
    ("same_day_withdrawal", "refuse"): gettext_lazy("not possible"),
    ("royalty_only_effective", "on_notice"): gettext_lazy("with the notice"),
    ("late_filing", "accept_and_flag"): gettext_lazy("examined all the same and marked as late"),
}
_COUNTED = {
    "characters": ngettext_lazy("%(count)s character", "%(count)s characters", "count"),
    "months": ngettext_lazy("%(count)s month", "%(count)s months", "count"),
    "rounds": ngettext_lazy("%(count)s round", "%(count)s rounds", "count"),
    "working days": ngettext_lazy("%(count)s working day", "%(count)s working days", "count"),
    "days": ngettext_lazy("%(count)s day", "%(count)s days", "count"),
    "times": ngettext_lazy("%(count)s time", "%(count)s times", "count"),
    "persons": ngettext_lazy("%(count)s person", "%(count)s persons", "count"),
    "years": ngettext_lazy("%(count)s year", "%(count)s years", "count"),
}
_MONDAY = date(2024, 1, 1)


def in_words(row: Setting) -> str:
    """Return the value of a setting as people read it in the active language.

    Raises:
        KeyError, ValueError: it is a word or a unit that nobody has put into words.
    """
    value = row.value
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        return _word(row.key, value)
    if isinstance(value, tuple):
        return _several(row)
    return _number(row.unit, value)


def _word(key: str, value: str) -> str:
    if (key, value) in _CHOICES:
        return str(_CHOICES[key, value])
    if "{" in value:
        example = value.format(code="SL", year=2026, serial=1, office="980")
        return _("such as %(number)s") % {"number": example}
    return str(int(value))


def _number(unit: str, value: int | Decimal) -> str:
    if not unit:
        return str(value)
    if unit in _MEASURES:
        return _MEASURES[unit](value)
    return str(_COUNTED[unit] % {"count": value})


def _several(row: Setting) -> str:
    if row.unit == "yuan":
        return _("; ").join(_band(*band) for band in row.bands)
    if row.unit == "weekdays":
        return _(", ").join(weekday_in_words(_MONDAY + timedelta(days=day)) for day in row.numbers)
    if row.unit == "persons":
        few, many = row.numbers
        return _("%(few)s, in complex cases %(many)s") % {"few": few, "many": many}
    return _(", ").join(_number(row.unit, value) for value in row.numbers)


def _band(first: int, last: int, amount: int) -> str:
    words = _("years %(first)s to %(last)s: %(amount)s")
    return words % {"first": first, "last": last, "amount": format_yuan(amount)}


_MEASURES: dict[str, Callable[[Any], str]] = {"yuan": format_yuan, "percent": format_percent}
