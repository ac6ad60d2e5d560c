"""The columns of the spreadsheet with one statement a row, and the words under which people know them. Pure.

Headings and choices are understood in both languages of the office, alone or side by side, and by their short names.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from registry.enums import FeeMode, TermMode

LANGUAGES = ("zh-hans", "en")
PATENT = "patent_number"
CONTACT = ("contact_name", "contact_phone", "contact_email", "contact_address")
CHOICES: dict[str, type[FeeMode] | type[TermMode]] = {"fee_mode": FeeMode, "term_mode": TermMode}
TICK = "exploits_itself"
# Columns that name papers; they belong to no text (registry.intake.paper_columns).
REPORT, AGREEMENT, AGREED_UNTIL, CONSENTS = "evaluation_report", "agreement", "agreement_until", "consents"
PAPERS = (REPORT, AGREEMENT, AGREED_UNTIL, CONSENTS)
# Words that stand before what is shown as an example and is not read.
EXAMPLE = _("Example")
YES, NO = _("Yes"), _("No")
RESULT, FINDINGS = _("Result"), _("Findings")  # columns of the annotated spreadsheet, not read again
_MORE_YES = ("y", "true", "1", "√", "✓", "on")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its name in the statement, its heading, how it is filled in, and the example's cell."""

    name: str
    heading: str | Promise
    hint: str | Promise
    example: str | Promise = ""
    width: int = 16
    is_text: bool = True


COLUMNS = (
    SheetColumn(PATENT, _("Patent number"), _("With its check digit. One patent a row."), "ZL202410000001.X", 20),
    SheetColumn("fee_mode", _("Fee mode"), _("Choose from the list."), FeeMode.ENTRY_ROYALTY_SALES.label, 26),
    SheetColumn("fixed_amount", _("Sum in yuan"), _("Lump sum or entry fee; 5万元 is understood."), "50000", 14),
    SheetColumn(
        "royalty_rate", _("Royalty rate in percent"), _("Generally at most 20 of net sales or 40 of profit."), "3", 12
    ),
    SheetColumn("unit_price", _("Price per unit in yuan"), _("For an amount per unit."), "", 14),
    SheetColumn("unit_name", _("Unit"), _("What the price is for, such as one piece or one ton."), "", 10),
    SheetColumn("instalments", _("Instalments"), _("Month: sum, between semicolons. 0: 30000; 12: 20000"), "", 24),
    SheetColumn("payment_terms", _("How and when to pay"), _("In Chinese."), "签发书面通知后十日内付清入门费。", 28),
    SheetColumn("payee_account", _("Bank account that receives the fee"), _("Never announced."), "", 22),
    SheetColumn("term_mode", _("Term mode"), _("Choose from the list."), TermMode.UNTIL.label, 26),
    SheetColumn("term_until", _("Last day of the term"), _("Year, month, day: 2030-12-31."), "2030-12-31", 14),
    SheetColumn("term_months", _("Months of the term"), _("Counted from each license."), "", 10),
    SheetColumn("contact_name", _("Contact person"), _("All four empty: your organisation's contact."), "", 14),
    SheetColumn("contact_phone", _("Telephone"), _("It is announced."), "", 18),
    SheetColumn("contact_email", _("E-mail address"), _("It is announced."), "", 24),
    SheetColumn("contact_address", _("Postal address"), _("It is announced."), "", 28),
    SheetColumn(
        "explanation",
        _("Brief explanation of the fee"),
        _("In Chinese, generally at most 2,000 characters."),
        "参照本专利已有普通许可合同的使用费，按预期被许可人数量调整。",
        40,
    ),
    SheetColumn(TICK, _("The patentee exploits the patent itself"), _("Yes or no."), NO, 12),
    SheetColumn("existing_licenses", _("Ordinary licenses already in force"), _("They are no obstacle."), "", 28),
    SheetColumn("other_matters", _("Other matters"), _("No advertising."), "", 28),
    SheetColumn(
        "exception_request", _("Exception asked for"), _("Only above a cap: why. An examiner decides."), "", 28
    ),
    SheetColumn(
        REPORT,
        _("Evaluation report: file"),
        _(
            "Utility models and designs, unless the register has the report: the name of its file, which you upload"
            " after the spreadsheet. Empty: a file named by the patent number is taken."
        ),
        "",
        26,
    ),
    SheetColumn(
        AGREEMENT,
        _("Co-owners' agreement: file"),
        _("The agreement of all patentees on open licensing. Many rows may name the same file."),
        "",
        26,
    ),
    SheetColumn(AGREED_UNTIL, _("Agreement valid until"), _("Its last day, if it names one."), "", 14),
    SheetColumn(
        CONSENTS,
        _("Signed consents: files"),
        _("Holder: file, between semicolons; with one other holder the file alone. Empty: they are asked online."),
        "",
        30,
    ),
)
NAMES = tuple(column.name for column in COLUMNS)
REQUIRED = (PATENT, "fee_mode")
_TYPED = frozenset(NAMES) - {PATENT, *PAPERS}


def in_both(text: str | Promise) -> str:
    """Return a word in Chinese and English, side by side."""
    return " ".join(dict.fromkeys(_said(text)))


def fold(text: str) -> str:
    """Return a heading or choice as it is compared: without width, case, blanks and marks."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def columns_in(header: Iterable[str]) -> tuple[dict[str, int], list[str]]:
    """Return where each known column stands, counted from 0, and the headings that mean nothing here."""
    found: dict[str, int] = {}
    ignored = []
    for place, heading in enumerate(header):
        name = _headings().get(fold(heading))
        if name is not None and name not in found:
            found[name] = place
        elif heading.strip() and fold(heading) not in {fold(in_both(RESULT)), fold(in_both(FINDINGS))}:
            ignored.append(heading.strip()[:60])
    return found, ignored[:50]


def is_example(cells: Mapping[str, str]) -> bool:
    """Whether a row is the template's example."""
    return fold(cells.get(PATENT, "")).startswith(tuple(fold(word) for word in _said(EXAMPLE)))


def entries_of_row(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return what a row says as the statement's form would: choices by their codes, instalments as rows.

    A choice that is none stays as it was typed. Where the mode of the term is left out, it follows from the one of
    its two columns that is filled. Contact cells that are all empty say nothing.
    """
    entries: dict[str, Any] = {name: text for name, text in cells.items() if name in _TYPED}
    for name in CHOICES:
        if name in entries:
            entries[name] = _choices(name).get(fold(entries[name]), entries[name].strip())
    filled = [mode for mode in TermMode if entries.get(f"term_{mode.value}", "").strip()]
    if not entries.get("term_mode") and len(filled) == 1:
        entries["term_mode"] = filled[0].value
    if "instalments" in entries:
        entries["instalments"] = _parts(entries["instalments"])
    if TICK in entries:
        entries[TICK] = fold(entries[TICK]) in {fold(word) for word in (*_said(YES), *_MORE_YES)} or any(
            mark in entries[TICK] for mark in "√✓"
        )
    if not any(entries.get(name, "").strip() for name in CONTACT):
        entries = {name: value for name, value in entries.items() if name not in CONTACT}
    return entries


def _parts(text: str) -> list[dict[str, str]]:
    """Return the instalments of one cell; what is no pair of month and sum stays as the month, to be complained of."""
    rows = []
    plain = unicodedata.normalize("NFKC", text)
    for part in plain.replace("\n", ";").split(";"):
        if part.strip():
            month, _colon, amount = part.partition(":")
            rows.append({"due_months": month.strip(), "amount": amount.strip()})
    return rows


def _said(text: str | Promise) -> list[str]:
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(str(text))
    return said


@cache
def _headings() -> dict[str, str]:
    known = {}
    for column in COLUMNS:
        for word in (column.name, in_both(column.heading), *_said(column.heading)):
            known[fold(word)] = column.name
    return known


@cache
def _choices(name: str) -> dict[str, str]:
    known = {}
    for member in CHOICES[name]:
        for word in (member.value, in_both(member.label), *_said(member.label)):
            known[fold(word)] = str(member.value)
    return known
