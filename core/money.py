"""Money: Decimal yuan with two places, rounded half up in this one place. A float is refused everywhere."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.functional import lazy
from django.utils.translation import get_language, gettext

CENT = Decimal("0.01")
WAN = Decimal(10_000)
MILLION = Decimal(1_000_000)
LARGEST = Decimal("9999999999999.99")  # what a numeric(15, 2) column holds


def _decimal(amount: Decimal | int | str) -> Decimal:
    """Return the amount exactly. Raises TypeError for a float or bool, ValueError for anything that is no number."""
    if isinstance(amount, bool) or not isinstance(amount, Decimal | int | str):
        raise TypeError(f"money is Decimal, int or str, not {type(amount).__name__}")
    try:
        exact = Decimal(amount)
    except InvalidOperation:
        raise ValueError("not an amount of money") from None
    if not exact.is_finite() or abs(exact) > LARGEST:
        raise ValueError("not an amount of money")
    return exact


def yuan(amount: Decimal | int | str) -> Decimal:
    """Return the amount in yuan with two places, rounded half up; never minus zero.

    Raises:
        TypeError: a float or bool.
        ValueError: no number, not finite, or beyond ten trillion.
    """
    return _decimal(amount).quantize(CENT, rounding=ROUND_HALF_UP) + Decimal("0.00")


def percent(rate: Decimal | int | str) -> Decimal:
    """Return a rate in percent with two places (``15.00`` is 15 %), rounded half up. Raises as :func:`yuan` does."""
    return yuan(rate)


def percent_of(rate: Decimal | int | str, amount: Decimal | int | str) -> Decimal:
    """Return ``rate`` percent of ``amount`` in yuan, rounded once at the end. Raises as :func:`yuan` does."""
    return yuan(_decimal(rate) * _decimal(amount) / 100)


def format_yuan(amount: Decimal | int | str) -> str:
    """Return ``¥1,234,567.00``, the exact form of every amount. Raises as :func:`yuan` does."""
    value = yuan(amount)
    return f"{'-' if value < 0 else ''}¥{abs(value):,.2f}"


def format_percent(rate: Decimal | int | str) -> str:
    """Return ``7.5 %``, in Chinese ``7.5%``, without idle zeros. Raises as :func:`yuan` does.

    In a sentence that is put together later, use :data:`percent_in_words`: the space follows the reader's language.
    """
    return f"{_plain(percent(rate))}{'' if _is_chinese() else ' '}%"


percent_in_words = lazy(format_percent, str)


def format_wan(amount: Decimal | int | str) -> str:
    """Return the amount as people say it: ``2,000万元`` in Chinese, ``20 million yuan`` in English.

    Never rounds: where the short form would need more than two places, or the amount is small, it is
    :func:`format_yuan`. Raises as :func:`yuan` does.
    """
    value = yuan(amount)
    chinese = _is_chinese()
    unit = WAN if chinese else MILLION
    short = value / unit
    if abs(value) < unit or short != short.quantize(CENT):
        return format_yuan(value)
    # The unit of ten thousand is a word of Chinese alone; English counts in millions, so no catalogue can carry it.
    return f"{_plain(short)}万元" if chinese else gettext("%(count)s million yuan") % {"count": _plain(short)}


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _plain(value: Decimal) -> str:
    """Return the number with thousands separators and without trailing zeros."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")
