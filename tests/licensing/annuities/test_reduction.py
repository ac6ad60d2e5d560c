"""Which reduction applies, at every boundary day, and that reductions never stack."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from licensing.annuities.reduction import Hardship, OpenLicense, Policy, PolicyResult, best, consider, obstacle

D = Decimal
DAY = timedelta(days=1)
DUE = date(2026, 5, 12)
LICENSE = OpenLicense("KF1-01", date(2025, 4, 10), date(2028, 4, 9), filed_on=date(2025, 5, 6), recorded=True)


def results(
    *licenses: OpenLicense, full: str = "900", due_on: date = DUE, year: int = 5, hardship: Hardship | None = None
) -> dict[Policy, PolicyResult]:
    with override("en"):
        found = consider(D(full), due_on=due_on, year=year, grant_year=2, licenses=licenses, hardship=hardship)
    return {result.policy: result for result in found}


def why(*licenses: OpenLicense, due_on: date = DUE) -> tuple[str, ...]:
    result = results(*licenses, due_on=due_on)[Policy.OPEN_LICENSE]
    assert (result.applies, result.rate, result.payable) == (False, 0, 900)
    return result.reasons


def test_a_filed_license_takes_fifteen_percent_off() -> None:
    result = results(LICENSE)[Policy.OPEN_LICENSE]

    assert (result.applies, result.rate, result.payable) == (True, 15, D("765.00"))
    assert result.reasons == ("License KF1-01 is filed and runs from 10 April 2025 to 9 April 2028.",)
    assert [citation.code for citation in result.basis] == ["A594", "GL V-11 §8"]


def test_example_16_the_better_policy_alone_decides() -> None:
    """900 yuan with a hardship cut of 70 % and an open license: 270, neither 229.50 nor 765."""
    found = results(LICENSE, hardship=Hardship(patentees=2, approved_on=date(2024, 1, 2)))

    assert {policy: result.payable for policy, result in found.items()} == {
        Policy.FULL: D("900"),
        Policy.OPEN_LICENSE: D("765.00"),
        Policy.HARDSHIP: D("270.00"),
    }
    assert best(list(found.values())).policy is Policy.HARDSHIP


def test_a_single_holder_in_hardship_pays_fifteen_percent() -> None:
    found = results(hardship=Hardship(patentees=1, approved_on=date(2024, 1, 2)))[Policy.HARDSHIP]

    assert (found.rate, found.payable) == (85, D("135.00"))
    assert found.reasons == ("Approved; year 4 of ten from the grant year.",)


def test_a_statement_without_licensee_reduces_nothing() -> None:
    assert why() == ("There is no open license. A statement alone reduces nothing.",)
    assert best(list(results().values())).policy is Policy.FULL


def test_an_unfiled_or_unrecorded_license_reduces_nothing() -> None:
    assert why(replace(LICENSE, filed_on=None)) == ("License KF1-01 is not filed.",)
    assert why(replace(LICENSE, recorded=False)) == ("The filing of license KF1-01 is not recorded.",)


def test_every_license_gives_its_own_reason() -> None:
    assert why(replace(LICENSE, number="A", filed_on=None), replace(LICENSE, number="B", recorded=False)) == (
        "License A is not filed.",
        "The filing of license B is not recorded.",
    )


@pytest.mark.parametrize(
    ("license", "reduced"),
    [
        (replace(LICENSE, filed_on=DUE - DAY), True),
        (replace(LICENSE, filed_on=DUE), False),
        (replace(LICENSE, filed_on=DUE + DAY), False),
        (replace(LICENSE, effective_on=DUE), True),
        (replace(LICENSE, effective_on=DUE + DAY), False),
        (replace(LICENSE, ends_on=DUE), True),
        (replace(LICENSE, ends_on=DUE - DAY), False),
        (replace(LICENSE, withdrawn_on=DUE + DAY), True),
        (replace(LICENSE, withdrawn_on=DUE), True),
        (replace(LICENSE, withdrawn_on=DUE - DAY), False),
    ],
)
def test_boundary_days(license: OpenLicense, reduced: bool) -> None:
    with override("en"):
        assert (obstacle(license, DUE) is None) is reduced


@pytest.mark.parametrize(
    ("license", "sentence"),
    [
        (
            replace(LICENSE, filed_on=DUE),
            "Due on 12 May 2026, not after the filing of license KF1-01 on 12 May 2026.",
        ),
        (
            replace(LICENSE, effective_on=DUE + DAY),
            "Due on 12 May 2026, before license KF1-01 took effect on 13 May 2026.",
        ),
        (replace(LICENSE, ends_on=DUE - DAY), "Due on 12 May 2026, after license KF1-01 ended on 11 May 2026."),
        (
            replace(LICENSE, withdrawn_on=date(2025, 9, 2)),
            "Due on 12 May 2026, in a patent year after the statement of license KF1-01 ended on 2 September 2025.",
        ),
    ],
)
def test_the_reason_names_the_days(license: OpenLicense, sentence: str) -> None:
    assert why(license) == (sentence,)


def test_the_reduction_begins_with_its_announcement() -> None:
    early = replace(LICENSE, effective_on=date(2024, 2, 1), filed_on=date(2024, 3, 1))

    assert why(early, due_on=date(2024, 7, 25)) == ("The reduction did not exist on the due date.",)
    assert results(early, due_on=date(2024, 7, 26))[Policy.OPEN_LICENSE].applies


def test_the_reduction_runs_while_any_license_does() -> None:
    first = replace(LICENSE, ends_on=date(2026, 1, 31))
    second = replace(LICENSE, number="KF1-02", effective_on=date(2025, 12, 1), filed_on=date(2025, 12, 9))

    assert results(first, second)[Policy.OPEN_LICENSE].reasons == (
        "License KF1-02 is filed and runs from 1 December 2025 to 9 April 2028.",
    )


def test_between_two_licenses_nothing_is_reduced() -> None:
    first = replace(LICENSE, ends_on=date(2026, 1, 31))
    second = replace(LICENSE, effective_on=date(2026, 6, 1), filed_on=date(2026, 6, 2))

    assert len(why(first, second)) == 2


def test_a_second_statement_keeps_the_reduction_after_the_first_is_withdrawn() -> None:
    old = replace(LICENSE, withdrawn_on=date(2025, 9, 2))
    new = replace(LICENSE, number="KF2-01", effective_on=date(2025, 11, 1), filed_on=date(2025, 11, 3))

    assert results(old, new)[Policy.OPEN_LICENSE].applies


def hardship_reasons(year: int, due_on: date, grant_year: int | None = 2) -> tuple[bool, str]:
    with override("en"):
        *_others, found = consider(
            D("900"), due_on=due_on, year=year, grant_year=grant_year, hardship=Hardship(1, date(2024, 1, 2))
        )
    return found.applies, found.reasons[0]


def test_hardship_covers_ten_years_from_the_grant_year() -> None:
    assert hardship_reasons(11, DUE) == (True, "Approved; year 10 of ten from the grant year.")
    assert hardship_reasons(12, DUE) == (False, "The hardship reduction ends ten years from the grant year.")
    assert hardship_reasons(5, DUE, grant_year=None) == (
        False,
        "The register does not know the grant date, from which ten years count.",
    )


def test_hardship_covers_what_falls_due_after_its_approval() -> None:
    late = "The annuity was already due when the hardship reduction was approved."

    assert hardship_reasons(5, date(2024, 1, 2)) == (False, late)
    assert hardship_reasons(5, date(2024, 1, 3)) == (True, "Approved; year 4 of ten from the grant year.")


def test_open_licensing_has_no_limit_of_ten_years() -> None:
    assert results(LICENSE, year=20, full="8000")[Policy.OPEN_LICENSE].payable == D("6800.00")


days = st.dates(date(2021, 6, 1), date(2044, 12, 31))
licenses = st.builds(OpenLicense, st.just("L"), days, days, st.none() | days, st.booleans(), st.none() | days)
hardships = st.none() | st.builds(Hardship, st.integers(1, 5), days)


@given(st.decimals(0, D("8000"), places=2), days, st.integers(1, 25), st.lists(licenses, max_size=4), hardships)
def test_payable_is_never_above_full_and_never_stacks(
    full: Decimal, due_on: date, year: int, held: list[OpenLicense], hardship: Hardship | None
) -> None:
    found = consider(full, due_on=due_on, year=year, grant_year=1, licenses=held, hardship=hardship)
    decided = best(found)

    assert D(0) <= decided.payable <= full
    assert decided.payable == min(result.payable for result in found if result.applies)
    assert decided.rate in (0, 15, 70, 85)
    assert abs(decided.payable - full * (100 - decided.rate) / 100) <= D("0.005")
    assert all(result.reasons and result.basis for result in found)


@given(days, st.lists(licenses, max_size=3), licenses)
def test_another_license_never_takes_the_reduction_away(
    due_on: date, held: list[OpenLicense], another: OpenLicense
) -> None:
    before = results(*held, due_on=due_on)[Policy.OPEN_LICENSE].payable

    assert results(*held, another, due_on=due_on)[Policy.OPEN_LICENSE].payable <= before
