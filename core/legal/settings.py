"""Numbers of the law and of office practice as dated rows: what applied on a given day, and on what footing.

Money is in yuan, shares in percent, both Decimal. Weekdays count from Monday = 0. A practice row is a choice of the
office where the law is silent; whoever shows it must say so (:attr:`Setting.is_practice`). Rows are never edited
once they applied: a change is a new row with its own first day.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.legal.citations import Citation

Band = tuple[int, int, int]  # first year, last year, yuan a year
Value = bool | int | Decimal | str | tuple[int, ...] | tuple[Band, ...]


class SettingStatus(StrEnum):
    """Whether a value is the law's or the office's own."""

    LAW = "law"
    PRACTICE = "practice"


class UnknownSetting(LookupError):
    """No row has this key, or none applied on that day."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One value from one day on. ``source`` is where it stands, or a practice citation: it stands nowhere."""

    key: str
    label: str | Promise
    unit: str
    value: Value
    effective_from: date
    status: SettingStatus
    source: Citation

    @property
    def is_practice(self) -> bool:
        """True where the law is silent and the office chose."""
        return self.status is SettingStatus.PRACTICE

    @property
    def whole(self) -> int:
        """The value as a whole number. Raises TypeError if it is not one."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise TypeError(f"setting {self.key} is no whole number")
        return self.value

    @property
    def amount(self) -> Decimal:
        """The value in yuan or percent. Raises TypeError if it is not one."""
        if not isinstance(self.value, Decimal):
            raise TypeError(f"setting {self.key} is no amount")
        return self.value

    @property
    def flag(self) -> bool:
        """The value as yes or no. Raises TypeError if it is not one."""
        if not isinstance(self.value, bool):
            raise TypeError(f"setting {self.key} is no yes or no")
        return self.value

    @property
    def text(self) -> str:
        """The value as a word. Raises TypeError if it is not one."""
        if not isinstance(self.value, str):
            raise TypeError(f"setting {self.key} is no word")
        return self.value

    @property
    def numbers(self) -> tuple[int, ...]:
        """The value as several whole numbers. Raises TypeError if it is not that."""
        if not isinstance(self.value, tuple):
            raise TypeError(f"setting {self.key} is no list of numbers")
        found = tuple(number for number in self.value if isinstance(number, int))
        if len(found) != len(self.value):
            raise TypeError(f"setting {self.key} is no list of numbers")
        return found

    @property
    def bands(self) -> tuple[Band, ...]:
        """The value as bands (first year, last year, yuan a year). Raises TypeError if it is not that."""
        if not isinstance(self.value, tuple):
            raise TypeError(f"setting {self.key} is no table")
        found = tuple(band for band in self.value if isinstance(band, tuple))
        if len(found) != len(self.value):
            raise TypeError(f"setting {self.key} is no table")
        return found


_OPEN_LICENSE = date(2021, 6, 1)
_RULES_2023 = date(2024, 1, 20)
_MEDIATION = date(2024, 7, 2)
_REDUCTION = date(2024, 7, 26)


def _law(key: str, label: str | Promise, unit: str, value: Value, since: date, source: Citation) -> Setting:
    return Setting(key, label, unit, value, since, SettingStatus.LAW, source)


def _practice(key: str, label: str | Promise, unit: str, value: Value, since: date, topic: str) -> Setting:
    return Setting(key, label, unit, value, since, SettingStatus.PRACTICE, Citation("PRACTICE", topic))


_FEES = (
    _law(
        "fixed_fee_cap",
        _("cap of a fixed fee"),
        "yuan",
        Decimal("20000000.00"),
        _RULES_2023,
        Citation("GL", "V-11 §3.3"),
    ),
    _law(
        "sales_royalty_cap",
        _("cap of a royalty on net sales"),
        "percent",
        Decimal(20),
        _RULES_2023,
        Citation("GL", "V-11 §3.3"),
    ),
    _law(
        "profit_royalty_cap",
        _("cap of a royalty on profit"),
        "percent",
        Decimal(40),
        _RULES_2023,
        Citation("GL", "V-11 §3.3"),
    ),
    _law(
        "explanation_max_characters",
        _("length of the fee explanation"),
        "characters",
        2000,
        _RULES_2023,
        Citation("GL", "V-11 §3.3"),
    ),
    _practice(
        "cap_mode",
        _("what a fee above its cap does"),
        "",
        "hard_with_override",
        _RULES_2023,
        "what a fee above its cap does",
    ),
    _practice(
        "mixed_fee_cap",
        _("caps of an entry fee plus royalty"),
        "",
        "each_part",
        _RULES_2023,
        "caps of an entry fee plus royalty",
    ),
    _practice("allow_free", _("free licenses"), "", True, _OPEN_LICENSE, "free licenses"),
    _practice("currency", _("currency of fees"), "", "CNY", _OPEN_LICENSE, "currency of fees"),
    _practice(
        "licensee_coefficient",
        _("coefficient for several licensees"),
        "",
        "inverse_square_root",
        _OPEN_LICENSE,
        "coefficient for several licensees",
    ),
    _practice(
        "licensee_coefficient_floor",
        _("lowest coefficient for several licensees"),
        "",
        Decimal("0.1"),
        _OPEN_LICENSE,
        "lowest coefficient for several licensees",
    ),
)

_STATEMENTS = (
    _practice(
        "min_term_months", _("shortest usual license term"), "months", 12, _OPEN_LICENSE, "shortest usual license term"
    ),
    _practice("correction_period_months", _("correction period"), "months", 1, _OPEN_LICENSE, "correction period"),
    _practice("correction_rounds", _("correction rounds"), "rounds", 1, _OPEN_LICENSE, "correction rounds"),
    _law(
        "correction_extension_months",
        _("longest extension of a correction period"),
        "months",
        2,
        _OPEN_LICENSE,
        Citation("GL", "V-7 §4"),
    ),
    _practice(
        "correction_extension", _("extension in time"), "", "granted_on_request", _OPEN_LICENSE, "extension in time"
    ),
    _law("missed_period_months", _("wait after a missed period"), "months", 1, _OPEN_LICENSE, Citation("GL", "V-7 §2")),
    _practice("correction_extension_fee", _("fee of an extension"), "yuan", Decimal(0), _OPEN_LICENSE, "extension fee"),
    _practice(
        "statement_exam_working_days", _("examination target"), "working days", 10, _OPEN_LICENSE, "examination target"
    ),
    _practice(
        "gazette_weekdays",
        _("issue days of the bulletin"),
        "weekdays",
        (1, 4),
        _OPEN_LICENSE,
        "issue days of the bulletin",
    ),
    _practice(
        "explanation_public", _("fee explanation in public"), "", False, _OPEN_LICENSE, "fee explanation in public"
    ),
    _practice(
        "same_day_withdrawal",
        _("acceptance on the day of withdrawal"),
        "",
        "refuse",
        _OPEN_LICENSE,
        "acceptance on the day of withdrawal",
    ),
    _practice(
        "royalty_only_effective",
        _("start of a royalty-only license"),
        "",
        "on_notice",
        _OPEN_LICENSE,
        "start of a royalty-only license",
    ),
    _practice("withdrawal_duty_months", _("time to withdraw"), "months", 1, _OPEN_LICENSE, "time to withdraw"),
    _law(
        "reconsideration_days",
        _("time for reconsideration"),
        "days",
        60,
        date(2024, 1, 1),
        Citation("RECONSIDERATION", 20),
    ),
    _law("suit_months", _("time for a suit"), "months", 6, date(2017, 7, 1), Citation("LITIGATION", 46)),
    _law("paper_service_days", _("service of a mailed letter"), "days", 15, _RULES_2023, Citation("RULES", 4)),
    _practice(
        "statement_number_pattern", _("statement number"), "", "OL{year}{serial:06d}", _OPEN_LICENSE, "statement number"
    ),
    _practice(
        "office_paper_number_pattern",
        _("number of a paper from the office"),
        "",
        "{code}{year}{serial:06d}",
        _OPEN_LICENSE,
        "numbers of papers",
    ),
)

_FILINGS = (
    _practice(
        "proof_of_payment_days",
        _("proof of payment after the end of a statement"),
        "days",
        30,
        _OPEN_LICENSE,
        "proof of payment after the end of a statement",
    ),
    _law("filing_deadline_months", _("time for filing a license"), "months", 3, _RULES_2023, Citation("RULES", 15, 2)),
    _practice(
        "late_filing", _("late filing of a license"), "", "accept_and_flag", _RULES_2023, "late filing of a license"
    ),
    _law(
        "filing_exam_working_days", _("examination of a filing"), "working days", 7, _OPEN_LICENSE, Citation("O62", 11)
    ),
    _practice(
        "filing_cancel_days", _("cancellation of a filing"), "days", 30, _OPEN_LICENSE, "cancellation of a filing"
    ),
    _practice(
        "filing_number_pattern", _("filing number"), "", "X{year}{office}{serial:06d}", _OPEN_LICENSE, "filing number"
    ),
    _practice(
        "filing_number_office",
        _("office code in filing numbers"),
        "",
        "980",
        _OPEN_LICENSE,
        "office code in filing numbers",
    ),
)

_ANNUITIES = (
    _law(
        "annuity_reduction",
        _("annuity reduction of an open license"),
        "percent",
        Decimal(15),
        _REDUCTION,
        Citation("A594"),
    ),
    _law(
        "hardship_reduction_one",
        _("hardship reduction for one patentee"),
        "percent",
        Decimal(85),
        _OPEN_LICENSE,
        Citation("GL", "V-2 §3.1"),
    ),
    _law(
        "hardship_reduction_several",
        _("hardship reduction for several patentees"),
        "percent",
        Decimal(70),
        _OPEN_LICENSE,
        Citation("GL", "V-2 §3.1"),
    ),
    _law(
        "late_surcharge_steps",
        _("late surcharge by month begun"),
        "percent",
        (0, 5, 10, 15, 20, 25),
        _OPEN_LICENSE,
        Citation("RULES", 115),
    ),
    _law(
        "annuity_invention",
        _("annuities of inventions"),
        "yuan",
        ((1, 3, 900), (4, 6, 1200), (7, 9, 2000), (10, 12, 4000), (13, 15, 6000), (16, 20, 8000)),
        _OPEN_LICENSE,
        Citation("LAW", 43),
    ),
    _law(
        "annuity_utility_model",
        _("annuities of utility models"),
        "yuan",
        ((1, 3, 600), (4, 5, 900), (6, 8, 1200), (9, 10, 2000)),
        _OPEN_LICENSE,
        Citation("LAW", 43),
    ),
    # Years 11 to 15 of a design are recalled, not read: the row is a setting until the text is at hand.
    _practice(
        "annuity_design",
        _("annuities of designs"),
        "yuan",
        ((1, 3, 600), (4, 5, 900), (6, 8, 1200), (9, 10, 2000), (11, 15, 3000)),
        _OPEN_LICENSE,
        "annuities of designs",
    ),
    _law(
        "annuity_compensation_year",
        _("annuity of a compensation year"),
        "yuan",
        Decimal("8000.00"),
        _REDUCTION,
        Citation("A594"),
    ),
)

_CASES = (
    _law(
        "mediation_accept_days",
        _("decision on a mediation request"),
        "working days",
        5,
        _MEDIATION,
        Citation("M590", 7),
    ),
    _practice("respondent_reply_days", _("reply of the respondent"), "days", 15, _MEDIATION, "reply of the respondent"),
    _law("mediation_days", _("length of a mediation"), "days", 30, _MEDIATION, Citation("M590", 18)),
    _practice(
        "mediation_extension_days", _("extension of a mediation"), "days", 30, _MEDIATION, "extension of a mediation"
    ),
    _practice(
        "mediation_extensions", _("extensions of a mediation"), "times", 1, _MEDIATION, "extensions of a mediation"
    ),
    _practice("mediators", _("number of mediators"), "persons", (1, 3), _MEDIATION, "number of mediators"),
    _practice("mediation_keep_years", _("keeping of case files"), "years", 3, _MEDIATION, "keeping of case files"),
    _law(
        "judicial_confirmation_days",
        _("time for judicial confirmation"),
        "days",
        30,
        _MEDIATION,
        Citation("CIVIL_PROCEDURE", 205),
    ),
)

ROWS: tuple[Setting, ...] = (*_FEES, *_STATEMENTS, *_FILINGS, *_ANNUITIES, *_CASES)


def setting(key: str, *, on: date) -> Setting:
    """Return the row that applied on that day: the latest whose first day is not after it.

    Raises:
        UnknownSetting: no row has this key, or the first one begins later.
    """
    known = [row for row in ROWS if row.key == key]
    if not known:
        raise UnknownSetting(f"no setting is called {key!r}")
    applied = [row for row in known if row.effective_from <= on]
    if not applied:
        raise UnknownSetting(f"setting {key!r} has no value before {min(row.effective_from for row in known)}")
    return max(applied, key=lambda row: row.effective_from)
