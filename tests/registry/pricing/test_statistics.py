"""The yearly statistics hold together, and the printed slip of 2024 is not repeated."""

from decimal import Decimal

from registry.pricing.statistics import YEARS

BY_LABEL = {year.label: year for year in YEARS}


def test_payment_modes_of_a_year_add_up_to_its_contracts():
    full = [year for year in YEARS if year.fixed]
    assert [year.label for year in full] == ["2021", "2022", "2023", "2024"]
    for year in full:
        assert year.fixed.count + year.royalty.count + year.free.count == year.contracts
        assert sum(share.percent for share in (year.fixed, year.royalty, year.free)) == 100
        assert year.kinds.invention + year.kinds.utility_model + year.kinds.design == 100


def test_counts_and_percentages_agree():
    for year in YEARS:
        for share in (year.fixed, year.royalty, year.free):
            if share:
                assert abs(Decimal(share.count) * 100 / year.contracts - share.percent) <= Decimal("0.1")


def test_totals_are_contracts_times_mean_and_the_slip_of_2024_stays_out():
    for label in ("2021", "2022", "2023"):
        year = BY_LABEL[label]
        assert abs(year.fixed.count * year.fixed.mean_fee / year.fixed_total - 1) < Decimal("0.01")
    latest = BY_LABEL["2024"]
    assert latest.fixed_total is None
    assert round(latest.fixed.count * latest.fixed.mean_fee / 10**9, 1) == Decimal("12.7")
    assert "factor of ten" in str(latest.note)


def test_no_royalty_rate_is_invented():
    assert [year.royalty.mean_fee for year in YEARS if year.royalty] == [None] * 4


def test_each_year_names_its_source():
    assert [str(year.source) for year in YEARS][-1] == "CNIPA's yearly statistics of license contracts: 2024"
