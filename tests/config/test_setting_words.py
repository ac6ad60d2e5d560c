"""Numbers of the law and of office practice in words."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from config.setting_words import in_words
from core.legal import LAW
from core.legal.settings import ROWS, Setting, SettingStatus

SAID = {
    "fixed_fee_cap": ("¥20,000,000.00", "¥20,000,000.00"),
    "sales_royalty_cap": ("20 %", "20%"),
    "licensee_coefficient_floor": ("0.1", "0.1"),
    "min_term_months": ("12 months", "12个月"),
    "correction_period_months": ("1 month", "1个月"),
    "explanation_public": ("no", "否"),
    "gazette_weekdays": ("Tuesday, Friday", "星期二、星期五"),
    "cap_mode": (
        "not announced, unless an examiner lets it pass for a stated reason",
        "不予公告，审查员说明理由准予例外的除外",
    ),
    "statement_number_pattern": ("such as OL2026000001", "例如OL2026000001"),
    "filing_number_office": ("980", "980"),
    "late_surcharge_steps": ("0 %, 5 %, 10 %, 15 %, 20 %, 25 %", "0%、5%、10%、15%、20%、25%"),
    "annuity_utility_model": (
        "years 1 to 3: ¥600.00; years 4 to 5: ¥900.00; years 6 to 8: ¥1,200.00; years 9 to 10: ¥2,000.00",
        "第1至3年：¥600.00；第4至5年：¥900.00；第6至8年：¥1,200.00；第9至10年：¥2,000.00",
    ),
    "mediators": ("1, in complex cases 3", "1人，复杂案件3人"),
}


@pytest.mark.parametrize("key", SAID)
def test_a_number_is_said_with_its_unit_in_the_language_of_the_reader(key):
    row = next(row for row in ROWS if row.key == key)
    said = []
    for language in ("en", "zh-hans"):
        with override(language):
            said.append(in_words(row))
    assert tuple(said) == SAID[key]


def test_no_setting_is_shown_as_a_code_or_with_an_english_unit():
    with override("zh-hans"):
        said = {row.key: in_words(row) for row in ROWS}
    latin = {key: words for key, words in said.items() if any("a" <= char <= "z" for char in words)}
    assert latin == {}


@pytest.mark.parametrize(("unit", "value"), [("", "on_a_whim"), ("fortnights", 2), ("fortnights", Decimal(2))])
def test_what_nobody_has_put_into_words_is_not_shown_raw(unit, value):
    row = Setting("x", "x", unit, value, date(2024, 1, 1), SettingStatus.LAW, LAW(1))
    with pytest.raises((KeyError, ValueError)):
        in_words(row)
