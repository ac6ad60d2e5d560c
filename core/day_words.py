"""A day as people read it in the active language. Dates for machines are ISO 8601 and need none of this."""

from datetime import date

from babel.dates import format_date, format_skeleton
from django.utils.functional import lazy
from django.utils.translation import get_language


def day_in_words(day: date) -> str:
    """Return the day of a date or of a local moment: 29 November 2026, 2026年11月29日."""
    return format_date(day, "long", locale=_locale())


#: The same for a message that is written before the reader's language is known.
lazy_day_in_words = lazy(day_in_words, str)


def month_in_words(day: date) -> str:
    """Return the month of a day with its year: November 2026, 2026年11月."""
    return format_skeleton("yMMMM", day, locale=_locale())


def day_of_year_in_words(day: date) -> str:
    """Return a day where its year is plain: 29 Nov, 11月29日."""
    return format_skeleton("MMMd", day, locale=_locale())


def weekday_in_words(day: date) -> str:
    """Return the day of the week: Sunday, 星期日."""
    return format_date(day, "EEEE", locale=_locale())


def _locale() -> str:
    return "en_GB" if (get_language() or "").startswith("en") else "zh_Hans_CN"
