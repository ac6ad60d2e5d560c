"""Every row of a spreadsheet is judged by the rules of a single statement; each finding has its cell and article."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent, OutboxMessage
from registry.actions.batch_checking import check_portion, read_batch
from registry.actions.batch_uploading import upload_batch
from registry.enums import BatchStatus, RowOutcome
from registry.models import BatchRow, Statement
from registry.queries.batches import counts_of, reasons_of
from tests.cast import NOW
from tests.factories.patents import PatentFactory, PledgeFactory, patent_number
from tests.factories.spreadsheets import checked, clean, deliver, row, table, xlsx

pytestmark = pytest.mark.django_db


def said(batch, number):
    """Return what stands against a row: rule, cell and sentence in English."""
    found = batch.rows.get(number=number)
    return found.outcome, [(one["rule"], one["cell"], one["words"]["en"]["message"]) for one in found.findings]


def test_a_good_row_is_good_and_nothing_is_written_yet(cast):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    assert batch.status == BatchStatus.CHECKED
    assert said(batch, 2) == (RowOutcome.GOOD, [])
    assert Statement.objects.count() == 0


def test_each_row_gets_its_findings_with_cell_article_and_remedy(cast):
    pledged = cast.patent()
    PledgeFactory(patent=pledged)
    batch = checked(
        cast.patentee,
        [
            row(cast.patent().number, fixed_amount="2000万零一元", explanation=""),
            row(pledged.number),
            row(cast.co_owned_patent().number),
            row(PatentFactory().number),
        ],
    )
    assert said(batch, 2) == (
        RowOutcome.DEFECTIVE,
        [
            ("F3", "C2", "This is not a number."),
            ("F7", "Q2", "The brief explanation of the fee is missing."),
        ],
    )
    assert said(batch, 3) == (
        RowOutcome.BARRED,
        [("G4", "A3", "The patent is pledged to Bank of the Lake, who has not consented.")],
    )
    assert said(batch, 4) == (
        RowOutcome.CONSENTS,
        [("F5", "Y4", "Hillside Institute has not consented to this text.")],
    )
    assert said(batch, 5)[0] == RowOutcome.BARRED
    assert said(batch, 5)[1] == [("F11", "A5", "Lakeside University is not registered as a holder of this patent.")]
    found = batch.rows.get(number=3).findings[0]["words"]
    assert found["en"]["basis"][0] == "Implementing Rules of the Patent Law, Rule 86(1)(4)"
    assert (
        found["en"]["remedy"] == "Ask the pledgee for its consent, or have its written consent entered in the register."
    )
    assert "质权人" in found["zh-hans"]["remedy"]
    assert counts_of(batch).by_outcome == {"defective": 1, "barred": 2, "consents": 1}
    assert reasons_of(batch) == [("F11", 1), ("F3", 1), ("F5", 1), ("F7", 1), ("G4", 1)]


@pytest.mark.parametrize(
    ("number", "rule", "words"),
    [
        ("2.02E+12", "B2", "is what a spreadsheet made of a patent number"),
        (2.01511e12, "B2", "is what a spreadsheet made of a patent number"),
        ("", "B2", "Enter a patent number"),
        ("202110000001.1", "B2", "The check digit does not match"),
        ("CN102345678B", "B2", "This is the number of a publication."),
        (patent_number(9_999_999), "B3", "The register has no patent with this number."),
    ],
)
def test_a_number_that_is_none_is_explained(cast, number, rule, words):
    outcome, found = said(checked(cast.patentee, [row(number)]), 2)
    assert (outcome, found[0][:2]) == (RowOutcome.DEFECTIVE, (rule, "A2"))
    assert words in found[0][2]


def test_a_number_that_the_spreadsheet_took_for_one_is_read_with_all_its_digits(cast):
    patent = cast.patent(serial=1)
    digits, check = patent.number.split(".")
    assert check != "X"
    batch = checked(cast.patentee, [row(int(digits + check))])
    assert said(batch, 2) == (RowOutcome.GOOD, [])


def test_formulas_are_not_believed_and_errors_are_not_guessed_at(cast):
    patent = cast.patent()
    batch = checked(cast.patentee, [row(patent.number, fixed_amount="=1+1", explanation="#N/A")])
    outcome, found = said(batch, 2)
    assert (outcome, [one[:2] for one in found]) == (RowOutcome.DEFECTIVE, [("B1", "C2"), ("B1", "Q2")])
    assert found[0][2].startswith("This cell holds a formula.")
    assert found[1][2].startswith("The spreadsheet shows an error here.")


def test_a_patent_twice_keeps_its_first_row(cast):
    patent = cast.patent()
    batch = checked(cast.patentee, [row(patent.number), row(cast.patent().number), row(f"ZL{patent.number}")])
    assert said(batch, 2)[0] == RowOutcome.GOOD
    assert said(batch, 4) == (RowOutcome.DEFECTIVE, [("B4", "A4", "Row 2 is about the same patent.")])


def test_an_agency_sees_whose_consent_it_needs(cast):
    batch = checked(cast.agency, [row(cast.patent().number)])
    assert said(batch, 2) == (
        RowOutcome.CONSENTS,
        [("F6", "Y2", "Lakeside University has not consented to this text in writing.")],
    )


def test_an_agency_without_mandate_is_refused(cast):
    patent = PatentFactory(owners=[cast.member("Other Works", holds=True).patentee])
    batch = checked(cast.agency, [row(patent.number)])
    assert said(batch, 2)[1][0][:2] == ("F11", "A2")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_csv_file_of_any_of_the_country_s_encodings_is_read(cast, encoding):
    rows = [row(cast.patent().number), row(cast.patent().number, fixed_amount="面议")]
    file = clean(table(rows, encoding=encoding), "statements.csv")
    batch = upload_batch(file=file, by=cast.patentee.actor, at=NOW)
    deliver()
    assert said(batch, 2) == (RowOutcome.GOOD, [])
    assert said(batch, 3)[1] == [("F3", "C3", "“面议” leaves the price or the terms open.")]


def test_a_sheet_without_rows_is_told(cast):
    batch = checked(cast.patentee, [])
    assert batch.status == BatchStatus.UNREADABLE
    assert batch.trouble["en"] == "The spreadsheet has headings but no row beneath them."


def damaged_below(content):
    """Return the workbook with its sheet broken off behind the headings and a portion of rows."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part[: len(part) * 9 // 10] if name == "xl/worksheets/sheet1.xml" else part)
    return made.getvalue()


def test_a_sheet_that_is_damaged_further_down_is_told_and_none_of_its_rows_is_kept(cast):
    rows = [row(patent_number(serial)) for serial in range(1, 701)]
    batch = upload_batch(file=clean(damaged_below(xlsx(rows))), by=cast.patentee.actor, at=NOW)
    deliver()
    batch.refresh_from_db()
    assert (batch.status, batch.row_count, batch.rows.count()) == (BatchStatus.UNREADABLE, 0, 0)
    assert batch.trouble["en"] == (
        "The workbook is damaged. Open it in your spreadsheet program, save it again, upload it."
    )


def test_a_batch_is_read_and_checked_once_however_often_its_tasks_are_delivered(cast):
    batch = upload_batch(file=clean(xlsx([row(cast.patent().number)])), by=cast.patentee.actor, at=NOW)
    for _time in range(2):
        read_batch(batch_id=batch.pk, at=NOW)
    assert batch.rows.count() == 1
    deliver()
    before = (AuditEvent.objects.count(), OutboxMessage.objects.count())
    read_batch(batch_id=batch.pk, at=NOW)
    check_portion(batch_id=batch.pk, after=0, at=NOW)
    assert (AuditEvent.objects.count(), OutboxMessage.objects.count()) == before


def test_the_check_asks_no_more_of_the_database_for_more_rows(cast):
    def queries(count):
        rows = [row(cast.patent().number) for _ in range(count)]
        batch = upload_batch(file=clean(xlsx(rows)), by=cast.patentee.actor, at=NOW)
        read_batch(batch_id=batch.pk, at=NOW)
        with CaptureQueriesContext(connection) as captured:
            check_portion(batch_id=batch.pk, after=0, at=NOW)
        assert BatchRow.objects.filter(batch=batch, outcome="good").count() == count
        return len(captured)

    assert queries(3) == queries(60)
