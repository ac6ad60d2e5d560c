"""The annuity page: each year, what is due and why; a recorded license saves 15 %."""

from datetime import date

import pytest
from django.urls import reverse

from licensing.actions.deciding import record_filing
from licensing.queries.annuities import annuity_rows
from tests.cast import NOW
from tests.licensing.scene import at_noon, later


@pytest.fixture(autouse=True)
def _the_day(time_machine) -> None:
    time_machine.move_to(at_noon(date(2026, 3, 6)))


def payable(patent) -> dict[int, tuple[str, str]]:
    return {row.year: (str(row.full.amount), str(row.payable)) for row in annuity_rows(patent, on=date(2026, 3, 6))}


def test_only_what_falls_due_after_the_filing_while_the_license_runs_is_reduced(scene, cast) -> None:
    """Invention of 10 March 2021; year 6 is due on 10 March 2026, year 7 on 10 March 2027."""
    license = scene.license(scene.announced(term_mode="months", term_until="", term_months="12"))
    patent = license.statement.patent
    assert payable(patent)[6] == ("1200.00", "1200.00")  # a license without filing saves nothing

    filing = scene.filing(license)
    assert payable(patent)[6] == ("1200.00", "1200.00")  # nor does a filing that is not recorded
    record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=later(1))
    assert payable(patent)[6] == ("1200.00", "1020.00")
    assert payable(patent)[5] == ("1200.00", "1200.00")
    assert payable(patent)[7] == ("2000.00", "2000.00")  # the license ended on 1 March 2027


def test_the_page_shows_every_year_its_reasons_and_a_picture(scene, cast) -> None:
    license = scene.license()
    record_filing(filing_id=scene.filing(license).pk, by=cast.examiner.actor, at=NOW)
    number = license.statement.patent.number
    page = cast.patentee.client().get(reverse("licensing:annuities", args=[number])).content.decode()

    assert "<svg" in page
    assert "¥1,020.00" in page
    assert f"License {license.number} is filed and runs from" in page
    assert "No hardship reduction is approved." in page


def test_who_does_not_hold_the_patent_finds_no_page(scene, cast) -> None:
    number = cast.patent().number
    address = reverse("licensing:annuities", args=[number])

    for person in (cast.rival, cast.co_owner, cast.examiner):
        assert person.client().get(address).status_code == 404
    assert cast.agency.client().get(address).status_code == 200


def test_a_register_that_is_out_of_date_ends_no_right(scene) -> None:
    """The register said "paid" on 1 March 2026; by November year 6 must have been paid, but nobody knows."""
    license = scene.license()
    rows = annuity_rows(license.statement.patent, on=date(2026, 11, 24))

    states = {row.year: str(row.state) for row in rows}
    assert (states[5], states[6], states[7]) == ("past", "past", "open")
