"""The dated rows: what applied on a day, on what footing, and what is only the office's choice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from core.legal import LAW, RULES, Setting, SettingStatus, UnknownSetting, setting, settings

TODAY = date(2026, 11, 24)


def test_the_caps_are_law_and_exact() -> None:
    fixed, sales, profit = (
        setting(key, on=TODAY) for key in ("fixed_fee_cap", "sales_royalty_cap", "profit_royalty_cap")
    )

    assert (fixed.amount, sales.amount, profit.amount) == (Decimal("20000000.00"), Decimal(20), Decimal(40))
    assert {fixed.source.code, sales.source.code, profit.source.code} == {"GL V-11 §3.3"}
    assert not fixed.is_practice


def test_the_correction_period_is_practice_and_says_so() -> None:
    row = setting("correction_period_months", on=TODAY)

    with override("en"):
        assert (row.whole, row.unit, row.is_practice, str(row.label)) == (1, "months", True, "correction period")
        assert str(row.source) == "Office practice, not law: correction period"


def test_the_defaults_of_the_specification() -> None:
    def value(key: str) -> object:
        return setting(key, on=TODAY).value

    assert value("correction_rounds") == 1
    assert value("correction_extension") == "granted_on_request"
    assert setting("correction_extension_fee", on=TODAY).amount == Decimal("0.00")
    assert value("statement_exam_working_days") == 10
    assert setting("gazette_weekdays", on=TODAY).numbers == (1, 4)
    assert setting("allow_free", on=TODAY).flag is True
    assert value("min_term_months") == 12
    assert value("filing_exam_working_days") == 7
    assert value("mediation_accept_days") == 5
    assert value("respondent_reply_days") == 15
    assert value("mediation_days") == 30
    assert setting("currency", on=TODAY).text == "CNY"
    assert setting("annuity_reduction", on=TODAY).amount == Decimal(15)
    assert setting("annuity_invention", on=TODAY).bands[3] == (10, 12, 4000)
    assert setting("annuity_design", on=TODAY).is_practice


@pytest.mark.parametrize("kind", ["invention", "utility_model", "design"])
def test_annuity_tables_leave_no_year_out(kind: str) -> None:
    bands = setting(f"annuity_{kind}", on=TODAY).bands

    assert bands[0][0] == 1
    assert [later[0] for later in bands[1:]] == [earlier[1] + 1 for earlier in bands[:-1]]
    assert bands[-1][1] == {"invention": 20, "utility_model": 10, "design": 15}[kind]


def test_a_row_does_not_apply_before_its_first_day() -> None:
    first = date(2024, 7, 26)

    assert setting("annuity_reduction", on=first).effective_from == first
    with pytest.raises(UnknownSetting, match="has no value before 2024-07-26"):
        setting("annuity_reduction", on=first - timedelta(days=1))


def test_the_latest_row_that_began_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    old = setting("correction_rounds", on=TODAY)
    new = Setting(old.key, old.label, old.unit, 2, date(2027, 1, 1), old.status, old.source)
    monkeypatch.setattr(settings, "ROWS", (new, old))

    assert setting("correction_rounds", on=date(2026, 12, 31)).value == 1
    assert setting("correction_rounds", on=date(2027, 1, 1)).value == 2


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UnknownSetting, match="no setting is called 'corection'"):
        setting("corection", on=TODAY)


def test_every_row_says_truly_whether_it_is_law() -> None:
    assert all(row.is_practice == (not row.source.is_law) for row in settings.ROWS)
    assert len({(row.key, row.effective_from) for row in settings.ROWS}) == len(settings.ROWS)


@pytest.mark.parametrize("reading", ["whole", "amount", "flag", "text", "numbers", "bands"])
def test_a_value_read_as_something_else_is_refused(reading: str) -> None:
    fitting = {"whole": 1, "amount": Decimal(1), "flag": True, "text": "x", "numbers": (1, 2), "bands": ((1, 2, 3),)}
    for shape, value in fitting.items():
        row = Setting("x", "x", "", value, TODAY, SettingStatus.LAW, LAW(1))
        if shape == reading:
            assert getattr(row, reading) == value
        else:
            with pytest.raises(TypeError, match=r"^setting x is no "):
                getattr(row, reading)


def test_service_by_mail_takes_fifteen_days() -> None:
    row = setting("paper_service_days", on=TODAY)
    assert (row.whole, row.source) == (15, RULES(4))
