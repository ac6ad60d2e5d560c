"""A day as people read it in the active language. Dates for machines are ISO 8601 and need none of this."""

from datetime import date

from babel.dates import format_date
from django.utils.translation import get_language


def day_in_words(day: date) -> str:
    """Return the day of a date or of a local moment: 29 November 2026, 2026年11月29日."""
    return format_date(day, "long", locale="en_GB" if (get_language() or "").startswith("en") else "zh_Hans_CN")
