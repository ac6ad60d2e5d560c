"""How what people type becomes the value of a statement's column. Pure; nothing typed is changed on the way.

:func:`read` returns the value, or a finding that says why there is none. Full-width digits, thousands separators and
the words of the trade (10 thousand yuan, percent) are understood.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.legal import Citation
from core.rules import Finding
from core.validation.text import clean_line, clean_text, validate_phone
from registry.enums import FeeMode, TermMode
from registry.fees.terms import columns_of
from registry.fees.values import LARGEST_UNIT_PRICE, check_due_month, check_rate, check_sum
from registry.wording import NEGOTIABLE, ONE_PRICE, found_in, is_range

LONGEST_TERM_MONTHS = 300  # 20 years and at most five of compensation (LAW 42)
LONGEST_TEXT = 20_000

# Columns by how they are read, with the longest text that each holds.
LINES = {
    "unit_name": 30,
    "payee_account": 200,
    "contact_name": 100,
    "contact_phone": 40,
    "contact_email": 254,
    "contact_address": 300,
    "signed_name": 100,
}
TEXTS = {
    "payment_terms": 1000, "explanation": LONGEST_TEXT, "other_matters": LONGEST_TEXT, "existing_licenses": 5000,
    "exception_request": 1000,
}  # fmt: skip
TICKS = (
    "exploits_itself",
    "undertakes_no_exclusive",
    "undertakes_open_to_all",
    "undertakes_keep_in_force",
    "undertakes_export_rules",
)
FEE_COLUMNS = ("fixed_amount", "royalty_rate", "unit_price", "unit_name", "instalments")
TERM_COLUMNS = {TermMode.UNTIL: "term_until", TermMode.MONTHS: "term_months"}
COLUMNS = (
    "fee_mode", *FEE_COLUMNS, "payment_terms", "payee_account", "term_mode", "term_until", "term_months",
    "contact_name", "contact_phone", "contact_email", "contact_address", "explanation", "other_matters",
    "existing_licenses", "exception_request", *TICKS, "signed_name",
)  # fmt: skip

_VALIDATORS: dict[str, tuple[Callable[[str], None], ...]] = {
    "contact_email": (validate_email,),
    "contact_phone": (validate_phone,),
}
_CHINESE_DATE = re.compile(r"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?")
_MYRIAD = re.compile(r"^(.*?)\s*(万元|万)$")
_ORNAMENT = re.compile(r"[,，\s¥￥]|元|CNY|RMB|yuan", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """A column's value, empty where there is none, and why there is none although something was typed."""

    value: Any
    finding: Finding | None = None


def empty(column: str) -> Any:
    """Return what a column holds when nothing is stated in it."""
    if column in TICKS:
        return False
    if column == "instalments":
        return []
    return None if column in ("fixed_amount", "royalty_rate", "unit_price", "term_until", "term_months") else ""


def wanted(column: str, modes: Mapping[str, str]) -> bool:
    """Whether the chosen fee mode and term mode use this column at all."""
    if column in FEE_COLUMNS:
        mode = modes.get("fee_mode", "")
        if column == "fixed_amount" and mode == FeeMode.INSTALMENTS:
            return False  # follows from the instalments
        return mode in FeeMode.values and column in columns_of(FeeMode(mode))
    if column in TERM_COLUMNS.values():
        mode = modes.get("term_mode", "")
        return mode in TermMode.values and TERM_COLUMNS[TermMode(mode)] == column
    return True


def storable(raw: Any) -> Any:
    """Return typed input as JSON text can hold it: without NUL and lone surrogates, at most 40,000 characters."""
    if isinstance(raw, str):
        return raw.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[: LONGEST_TEXT * 2]
    if isinstance(raw, list):
        return [storable(item) for item in raw[:100]]
    if isinstance(raw, Mapping):
        return {storable(str(name)): storable(item) for name, item in list(raw.items())[:10]}
    return storable(str(raw))


def read(column: str, raw: Any) -> Read:
    """Read one column from what was typed (``instalments``: rows of ``due_months`` and ``amount``).

    Raises:
        LookupError: the statement has no such column.
    """
    if column not in COLUMNS:
        raise LookupError(f"a statement has no column {column!r}")
    if column in TICKS:
        return Read(raw is True or str(raw).casefold() in ("on", "true", "1", "yes"))
    if column == "instalments":
        return _instalments(raw)
    text = storable(raw).strip()
    if not text:
        return Read(empty(column))
    if column in LINES or column in TEXTS:
        return _text(column, text)
    return _READERS.get(column, _sum)(column, text)


def _wrong(column: str, message: Any, remedy: Any = "", *basis: Citation) -> Read:
    return Read(empty(column), Finding(message, remedy, column, basis))


def _text(column: str, text: str) -> Read:
    limit = LINES.get(column) or TEXTS[column]
    try:
        clean = clean_line(text) if column in LINES else clean_text(text)
        for validate in _VALIDATORS.get(column, ()):
            validate(clean)
    except ValidationError as error:
        return _wrong(column, error.messages[0], _("Change it as the message says."))
    if len(clean) > limit:
        message = format_lazy(_("This has {length} characters; it may have {limit}."), length=len(clean), limit=limit)
        return _wrong(column, message, _("Shorten it."))
    return Read(clean)


def _choice(column: str, text: str) -> Read:
    choices = FeeMode.values if column == "fee_mode" else TermMode.values
    if text not in choices:
        return _wrong(column, _("This is none of the choices."), _("Choose one of the list."))
    return Read(text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def number_meant(text: str) -> Decimal | None:
    """Return the number that people mean: ``2,000.50``, ``¥2000``, ``2000万元``, ``7.5%``; None if it is none."""
    plain = _plain(text).rstrip("%").strip()
    myriad = _MYRIAD.match(plain)
    plain = _ORNAMENT.sub("", myriad[1] if myriad else plain)
    if not re.fullmatch(r"-?\d{1,20}(\.\d{1,20})?", plain, re.ASCII):
        return None
    try:
        return Decimal(plain) * (10_000 if myriad else 1)
    except InvalidOperation:
        return None


def _sum(column: str, text: str) -> Read:
    number = number_meant(text)
    if number is None:
        return _no_number(column, text)
    if column == "royalty_rate":
        findings = check_rate(number)
    elif column == "unit_price":
        findings = check_sum(number, column, LARGEST_UNIT_PRICE)
    else:
        findings = check_sum(number, column)
    return Read(None, findings[0]) if findings else Read(number.quantize(Decimal("0.01")))


def _no_number(column: str, text: str) -> Read:
    """Say why a price is none: yet to be agreed, a range, or no number at all."""
    one_price = _("State one price and one set of terms for everybody.")
    for word in found_in(text, NEGOTIABLE):
        message = format_lazy(_("“{word}” leaves the price or the terms open."), word=word)
        return _wrong(column, message, one_price, *ONE_PRICE)
    if is_range(_plain(text)):
        message = format_lazy(_("“{range}” is a range, not one price."), range=text[:60])
        return _wrong(column, message, one_price, *ONE_PRICE)
    return _wrong(column, _("This is not a number."), _("Write digits, with a point before the decimals."))


def _day(column: str, text: str) -> Read:
    match = _CHINESE_DATE.fullmatch(_plain(text))
    remedy = _("Write year, month and day, for example 2030-12-31.")
    if match is None:
        return _wrong(column, _("This is not a date."), remedy)
    try:
        return Read(date(int(match[1]), int(match[2]), int(match[3])))
    except ValueError:
        return _wrong(column, _("There is no such day."), remedy)


def _months(column: str, text: str) -> Read:
    plain = _plain(text)
    if not re.fullmatch(r"\d{1,6}", plain, re.ASCII) or not 1 <= int(plain) <= LONGEST_TERM_MONTHS:
        message = format_lazy(_("This must be a whole number from 1 to {limit}."), limit=LONGEST_TERM_MONTHS)
        return _wrong(column, message, _("Count the months from the day on which a license takes effect."))
    return Read(int(plain))


_READERS = {"fee_mode": _choice, "term_mode": _choice, "term_until": _day, "term_months": _months}


def _instalments(raw: Any) -> Read:
    """Read the rows; empty ones are left out. One unreadable row leaves the whole plan unread."""
    parts = []
    for position, row in enumerate(raw if isinstance(raw, list) else [], start=1):
        due = _plain(str(row.get("due_months", "") if isinstance(row, Mapping) else row))
        amount = _plain(str(row.get("amount", "") if isinstance(row, Mapping) else ""))
        if not due and not amount:
            continue
        month = int(due) if re.fullmatch(r"\d{1,6}", due, re.ASCII) else None
        total = _sum("fixed_amount", amount) if amount else _wrong("fixed_amount", _("The amount is missing."))
        found = check_due_month(month)[0] if check_due_month(month) else total.finding
        if found is not None:
            message = format_lazy(_("Instalment {position}: {problem}"), position=position, problem=found.message)
            return Read([], Finding(message, found.remedy, "instalments", found.basis))
        parts.append({"due_months": month, "amount": str(total.value)})
    return Read(parts)
