"""The median of at least five comparable fees; under five nothing is said."""

from decimal import Decimal

from registry.pricing.comparables import Comparable, Spread, for_one_year, spread_of


def those(*figures):
    return [Comparable(f"OL{n}", "", Decimal(figure)) for n, figure in enumerate(figures)]


def test_four_say_nothing():
    assert spread_of(those("1", "2", "3", "4")) is None


def test_five_have_a_middle_one():
    assert spread_of(those("9", "1", "3", "2", "4")) == Spread(Decimal(1), Decimal("3.00"), Decimal(9))


def test_of_six_it_is_the_mean_of_the_two_in_the_middle_rounded_half_up():
    assert spread_of(those("1", "2", "3", "3.01", "5", "6")).median == Decimal("3.01")


def test_a_fixed_fee_is_spread_over_its_term():
    assert for_one_year(Decimal("100000"), 36) == Decimal("33333.33")
