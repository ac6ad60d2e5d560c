"""The pages of statements by spreadsheet: template, upload, findings, correction, submission, receipt."""

import csv
import io
import re
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from registry.actions import correcting, examining
from registry.actions.drafting import save_draft
from registry.enums import BatchStatus
from registry.facts import UNDERTAKINGS
from registry.models import Statement, StatementBatch
from tests.api_client import pdf
from tests.factories.patents import PledgeFactory
from tests.factories.spreadsheets import checked, deliver, row, table, xlsx
from tests.papers import text_of as words_of

pytestmark = pytest.mark.django_db


def url(name, batch=None):
    return reverse(f"registry:{name}", args=[batch.pk] if batch else [])


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def upload(content, name="statements.xlsx"):
    return {"file": SimpleUploadedFile(name, content)}


@pytest.fixture
def browser(cast):
    return cast.patentee.client()


def content_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_template_filled_in_comes_back_good(cast, browser):
    """Every dropdown's word is understood, every cell is text, and the example is not read."""
    answer = browser.get(url("template_xlsx"))
    assert answer["Content-Disposition"] == 'attachment; filename="statements.xlsx"'
    book = load_workbook(io.BytesIO(answer.content))
    sheet, lists = book.worksheets[0], book.worksheets[2]
    assert book.sheetnames == ["声明 Statements", "填写说明 Instructions", "选项 Choices"]
    assert [sheet["A1"].value, sheet["B1"].value] == ["专利号 Patent number", "支付方式 Fee mode"]
    assert {sheet.column_dimensions[letter].number_format for letter in "ABCDK"} == {"@"}
    ranges = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert ranges["B2:B10002"] == "'选项 Choices'!$A$2:$A$9"
    modes = [cell.value for cell in lists["A"][1:] if cell.value]
    assert modes[0] == "一次性付费 Lump sum"
    sheet.append([cast.patent().number, modes[-1], *[None] * 7, lists["B2"].value, "2030-12-31"])
    sheet["Q3"] = "为推广技术，免费许可。"
    content = io.BytesIO()
    book.save(content)
    answer = browser.post(url("batches"), upload(content.getvalue()))
    batch = StatementBatch.objects.get()
    assert answer.url == url("batch", batch)
    deliver()
    assert [(one.number, one.outcome) for one in batch.rows.all()] == [(3, "good")]


def test_the_template_as_csv_opens_in_spreadsheets_and_comes_back(cast, browser):
    text = content_of(browser.get(url("template_csv")))
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert (rows[0][0], rows[1][0]) == ("专利号 Patent number", "示例 Example: ZL202410000001.X")
    browser.post(url("batches"), upload(text, "statements.csv"))
    deliver()
    batch = StatementBatch.objects.get()
    assert (batch.status, batch.trouble["zh-hans"]) == (BatchStatus.UNREADABLE, "表格有表头，但其下没有任何行。")
    assert "The spreadsheet has headings but no row beneath them." in text_of(browser.get(url("batch", batch)))


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"x", "statements.xls", "This kind of file is not accepted here. Upload one of: CSV, XLSX."),
        (b"", "statements.xlsx", "The submitted file is empty."),
        (b"x", "statements.xlsx", "The file is named XLSX but contains something else."),
        (b"PK\x03\x04x", "statements.xlsx", "This workbook is damaged or protected by a password."),
        (b"a,b\n1,2\n", "statements.csv", "No row of headings was found."),
        (b"\xff\xfea\x00", "statements.csv", "This is no CSV file."),
    ],
)
def test_a_file_that_is_no_such_spreadsheet_is_explained_at_once(browser, content, name, sentence):
    answer = browser.post(url("batches"), upload(content, name))
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert StatementBatch.objects.count() == 0


def test_the_page_shows_progress_then_reasons_and_rows(cast, browser):
    rows = [row(cast.patent().number), row("2.02E+12"), row(cast.patent().number, explanation="")]
    browser.post(url("batches"), upload(xlsx(rows)))
    batch = StatementBatch.objects.get()
    assert "The spreadsheet is being read." in text_of(browser.get(url("batch", batch)))
    deliver()
    said = text_of(browser.get(url("batch", batch)))
    assert "“2.02E+12” is what a spreadsheet made of a patent number" in said
    assert "Q4 The brief explanation of the fee is missing. Say on what basis and how the fee was calculated." in said
    assert re.search(r"Patent number wrong B2 .*? 1 Explanation of the fee missing or too long F7", said)
    only = browser.get(url("batch", batch), {"outcome": "good"}).context["rows"]
    assert [one["row"].number for one in only] == [2]
    only = browser.get(url("batch", batch), {"rule": "F7"}).context["rows"]
    assert [one["row"].number for one in only] == [4]
    assert browser.get(url("batch", batch), {"outcome": "nonsense", "rule": "'", "page": "x"}).status_code == 200


def test_the_reader_s_language_is_that_of_the_findings(cast):
    cast.patentee.user.language = "zh-hans"
    cast.patentee.user.save()
    batch = checked(cast.patentee, [row(cast.patent().number, explanation="")])
    assert "缺少许可使用费简要说明。" in text_of(cast.patentee.client().get(url("batch", batch)))


def test_findings_come_back_beside_the_rows_in_their_cells_and_no_cell_is_run(cast, browser):
    """The annotated spreadsheet, uploaded again as it is, is read as it was typed."""
    phone, evil = "+86 571 8888 0000", '=HYPERLINK("http://x")'
    rows = [
        row(cast.patent().number, contact_name="陆湖", contact_phone=phone),
        {},
        row("2.02E+12", other_matters=phone),
    ]
    rows[2]["explanation"] = evil.replace("=", "-")
    batch = checked(cast.patentee, rows)
    sheet = load_workbook(io.BytesIO(content_of(browser.get(url("batch_findings_xlsx", batch))))).worksheets[0]
    assert [sheet["A2"].value, sheet["N2"].value, sheet["Z2"].value] == [rows[0]["patent_number"], f"'{phone}", "Good"]
    assert (sheet["A4"].value, sheet["Z4"].value) == ("2.02E+12", "With defects")
    assert sheet["AA4"].value.startswith("A4 “2.02E+12” is what a spreadsheet made of a patent number")
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    text = content_of(browser.get(url("batch_findings_csv", batch))).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert (lines[1][13], lines[3][16][:2], lines[3][25]) == (f"'{phone}", "'-", "With defects")
    assert [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))] == []
    browser.post(url("batch_correct", batch), upload(text.encode(), "again.csv"))
    deliver()
    again = StatementBatch.objects.get(replaces=batch)
    assert again.rows.get(number=2).cells == batch.rows.get(number=2).cells
    assert (again.ignored, again.rows.get(number=2).outcome) == ([], "good")


def submission(**said):
    return {"mode": "good", "signed_name": "Li Wei", **dict.fromkeys(UNDERTAKINGS, "on"), **said}


def test_submitting_is_one_page_one_act_and_gives_a_receipt(cast, browser):
    batch = checked(cast.patentee, [row(cast.patent().number), row(cast.co_owned_patent().number), row("2.02E+12")])
    said = text_of(browser.get(url("batch_submit", batch)))
    assert "1 row becomes a statement at once, with its own number. 1 row becomes a draft;" in said
    assert "1 row cannot be submitted." in said
    assert browser.post(url("batch_submit", batch), submission()).url == url("batch", batch)
    assert "Rows submitted 0 of 2" in text_of(browser.get(url("batch", batch)))
    deliver()
    receipt = text_of(browser.get(url("batch_receipt", batch)))
    statement = Statement.objects.get(status="submitted")
    assert statement.number in receipt
    assert "Statements received 1 Drafts that wait for consents 1" in receipt
    lines = list(csv.reader(io.StringIO(content_of(browser.get(url("batch_receipt_csv", batch))).decode("utf-8-sig"))))
    assert [line[:2] + line[4:6] for line in lines[1:]] == [
        ["2", statement.patent.number, "submitted", statement.number],
        ["3", Statement.objects.get(status="draft").patent.number, "drafted", ""],
    ]
    assert "The office has received statement" in text_of(browser.get(reverse("registry:receipt", args=[statement.pk])))


def test_the_receipt_comes_with_the_acceptance_paper_of_every_statement_in_one_archive(cast, browser):
    batch = checked(
        cast.patentee, [row(cast.patent().number), row(cast.patent().number), row(cast.co_owned_patent().number)]
    )
    browser.post(url("batch_submit", batch), submission())
    deliver()
    page = browser.get(url("batch_receipt", batch))
    assert "Receipt with all acceptance papers (ZIP)" in text_of(page)
    answer = browser.get(url("batch_receipt_zip", batch))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/zip", "private, no-store")
    with ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        numbers = list(Statement.objects.filter(status="submitted").order_by("number").values_list("number", flat=True))
        assert (names[0], len(names)) == ("receipt.csv", 3)
        assert sorted(name[: len(numbers[0])] for name in names[1:]) == numbers
        for name in names[1:]:
            assert name[: len(numbers[0])] in words_of(archive.read(name))
        receipt = archive.read("receipt.csv")
    assert receipt == content_of(browser.get(url("batch_receipt_csv", batch)))


def test_a_receipt_names_whoever_signed_each_statement(cast, browser):
    pledged = cast.patent()
    pledge = PledgeFactory(patent=pledged)
    batch = checked(cast.patentee, [row(cast.patent().number), row(pledged.number)])
    browser.post(url("batch_submit", batch), submission())
    deliver()
    pledge.delete()
    browser.post(url("batch_check", batch))
    deliver()
    browser.post(url("batch_submit", batch), submission(signed_name="Wang Fang"))
    deliver()
    assert [line["signed_by"] for line in receipt_lines(browser, batch)] == ["Li Wei", "Wang Fang"]
    receipt = text_of(browser.get(url("batch_receipt", batch)))
    each = re.findall(r"Submission (\d) Submitted .*? Submitted by (.*?) Signed by (.*?) Which rows", receipt)
    assert each == [("1", "Lakeside University staff", "Li Wei"), ("2", "Lakeside University staff", "Wang Fang")]
    assert receipt.count("Any unit or individual gets a license on the announced terms.") == 2
    assert re.findall(r"Result Statements received (\d)", receipt) == ["1", "1"]
    assert [line["submission"] for line in receipt_lines(browser, batch)] == ["1", "2"]
    shown = browser.get(url("batch", batch)).context["submissions"]
    assert [(one["act"].number, one["act"].received, one["trouble"]) for one in shown] == [(1, 1, ""), (2, 1, "")]


def test_the_page_keeps_why_a_submission_stopped(cast, browser):
    patents = [cast.patent(), cast.patent()]
    batch = checked(cast.patentee, [row(one.number) for one in patents])
    browser.post(url("batch_submit", batch), submission(mode="all"))
    assert "Submit all rows or none Under way Statements received 0" in text_of(browser.get(url("batch", batch)))
    PledgeFactory(patent=patents[1])
    deliver()
    why = "A row was not fit any more, so none was submitted."
    assert f"The submission stopped {why}" in text_of(browser.get(url("batch", batch)))
    browser.post(url("batch_submit", batch), submission())
    deliver()
    said = text_of(browser.get(url("batch", batch)))
    assert "The submission stopped" not in said
    assert f"Submit all rows or none {why} Statements received 0" in said
    assert "Submit the good rows and leave the others Statements received 1" in said


def receipt_lines(browser, batch):
    text = content_of(browser.get(url("batch_receipt_csv", batch))).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_receipt_shows_the_text_as_it_was_received_also_after_a_correction(cast, browser):
    batch = checked(cast.patentee, [row(cast.patent().number), row(cast.co_owned_patent().number)])
    browser.post(url("batch_submit", batch), submission())
    deliver()
    statement, at = Statement.objects.get(status="submitted"), timezone.now()
    received = [(statement.content_hash, "Li Wei"), ("", "Li Wei")]
    assert [(line["content_hash"], line["signed_by"]) for line in receipt_lines(browser, batch)] == received
    examining.claim(statement=statement, by=cast.examiner.actor, at=at)
    examining.request_correction(statement=statement, reasons="Fee.", by=cast.examiner.actor, at=at)
    changed = {"signed_name": "Wang Fang", "fixed_amount": "60000"}
    save_draft(statement=statement, entries=changed, by=cast.patentee.actor, at=at)
    assert correcting.correct(statement=statement, by=cast.patentee.actor, at=at).content_hash != received[0][0]
    assert [(line["content_hash"], line["signed_by"]) for line in receipt_lines(browser, batch)] == received
    assert "Wang Fang" not in text_of(browser.get(url("batch_receipt", batch)))


def test_what_is_missing_is_said_and_what_was_typed_stays(cast, browser):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    answer = browser.post(
        url("batch_submit", batch), {"mode": "all", "undertakes_open_to_all": "on", "signed_name": ""}
    )
    said = text_of(answer)
    assert "The signature is missing." in said
    assert "Write the name of whoever signs." in said
    assert "It is not undertaken that the patent is kept in force." in said
    form = answer.content.decode()
    assert re.search(r'name="undertakes_open_to_all"[^>]*checked', form)
    assert re.search(r'value="all"[^>]*checked', form)
    assert "Select a valid choice" in text_of(browser.post(url("batch_submit", batch), submission(mode="some")))


@pytest.mark.parametrize("act", ["batch_submit", "batch_correct", "batch_discard"])
def test_an_act_that_comes_too_late_is_told_on_the_batch_s_page(cast, browser, act):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    browser.post(url("batch_submit", batch), submission())
    answer = browser.post(url(act, batch), {**submission(), **upload(xlsx([]))}, follow=True)
    assert answer.redirect_chain == [(url("batch", batch), 302)]
    assert "This is not possible now; the page shows where the batch stands." in text_of(answer)


def papers(*files):
    return {"files": list(files)}


def test_papers_are_uploaded_many_at_once_and_the_page_says_which_are_awaited(cast, browser):
    models = [cast.patent(utility_model=True) for _ in range(3)]
    named = [row(models[0].number, evaluation_report="报告一.pdf"), *(row(one.number) for one in models[1:])]
    batch = checked(cast.patentee, named)
    assert "Files that rows name and that are not here yet 报告一.pdf · 1 row" in text_of(
        browser.get(url("batch", batch))
    )
    answer = browser.post(url("batch_papers", batch), papers(pdf("报告一"), pdf(models[1].number)))
    assert answer.url == url("batch", batch)
    deliver()
    said = text_of(browser.get(url("batch", batch)))
    assert "not here yet" not in said
    assert "报告一.pdf" in said
    assert [one.outcome for one in batch.rows.order_by("number")] == ["good", "good", "barred"]


def test_what_is_wrong_with_one_paper_is_told_by_its_name_and_the_others_are_kept(cast, browser):
    model = cast.patent(utility_model=True)
    batch = checked(cast.patentee, [row(model.number)])
    bad = SimpleUploadedFile("scan.pdf", b"MZ not a document")
    answer = browser.post(url("batch_papers", batch), papers(bad, pdf(model.number), pdf("twice"), pdf("twice")))
    said = text_of(answer)
    assert answer.status_code == 200
    assert "scan.pdf: The file is named PDF but contains something else." in said
    assert "twice.pdf: Another of these files has the same name." in said
    assert f"The other files are kept {model.number}.pdf · twice.pdf" in said
    deliver()
    assert batch.rows.get().outcome == "good"


def test_no_paper_or_too_many_are_refused_in_words(cast, browser, monkeypatch):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    assert "This field is required." in text_of(browser.post(url("batch_papers", batch), {}))
    monkeypatch.setattr("registry.forms.batches.MOST_PAPERS", 1)
    answer = browser.post(url("batch_papers", batch), papers(pdf("a"), pdf("b")))
    assert "Upload at most 1 files at once." in text_of(answer)
    assert batch.papers.count() == 0


def test_the_rows_are_checked_again_at_a_button(cast, browser):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    assert browser.post(url("batch_check", batch)).url == url("batch", batch)
    assert "Rows checked 0 of 1" in text_of(browser.get(url("batch", batch)))
    assert "This is not possible now" in text_of(browser.post(url("batch_check", batch), follow=True))
    answer = browser.post(url("batch_papers", batch), papers(pdf("a")), follow=True)
    assert "This is not possible now" in text_of(answer)
    assert batch.papers.count() == 0


def test_a_batch_is_discarded_after_one_question(cast, browser):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    assert "Discard statements.xlsx?" in text_of(browser.get(url("batch_discard", batch)))
    browser.post(url("batch_discard", batch))
    assert browser.get(url("batch", batch)).status_code == 404
    assert "No spreadsheet was uploaded yet" in text_of(browser.get(url("batches")))


def test_another_organisation_s_batch_does_not_exist(cast):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    nothing = "/my/batches/00000000-0000-4000-8000-000000000000/"
    for person in (cast.co_owner, cast.agency, cast.examiner):
        stranger = person.client()
        for name in ("batch", "batch_correct", "batch_submit", "batch_papers", "batch_discard", "batch_findings_xlsx",
                     "batch_findings_csv", "batch_receipt", "batch_receipt_csv", "batch_receipt_zip"):  # fmt: skip
            assert stranger.get(url(name, batch)).status_code == 404
            assert stranger.post(url(name, batch), submission()).status_code == 404
        assert stranger.post(url("batch_check", batch)).status_code == 404
        assert stranger.get(nothing).status_code == 404


def test_a_receipt_exists_from_the_submission_on_and_findings_from_the_check_on(cast, browser):
    browser.post(url("batches"), upload(xlsx([row(cast.patent().number)])))
    batch = StatementBatch.objects.get()
    assert browser.get(url("batch_findings_xlsx", batch)).status_code == 404
    deliver()
    assert browser.get(url("batch_findings_xlsx", batch)).status_code == 200
    assert browser.get(url("batch_receipt", batch)).status_code == 404


def test_the_list_and_the_workbench_lead_there(cast, browser):
    assert url("batches") in browser.get(reverse("registry:my_statements")).content.decode()
    assert url("batches") in browser.get("/workbench/").content.decode()
    assert url("batches") in cast.agency.client().get("/workbench/").content.decode()


def test_no_page_of_a_batch_needs_more_queries_for_more_rows(cast, browser, django_assert_max_num_queries):
    small = checked(cast.patentee, [row(cast.patent().number) for _ in range(2)])
    large = checked(cast.patentee, [row(cast.patent().number) for _ in range(40)])
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for batch in (small, large):
        browser.get(url("batch", batch))
        with CaptureQueriesContext(connection) as captured:
            browser.get(url("batch", batch))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_table_in_the_encoding_of_chinese_windows_is_read(cast, browser):
    browser.post(url("batches"), upload(table([row(cast.patent().number)], encoding="gb18030"), "声明.csv"))
    deliver()
    assert [one.outcome for one in StatementBatch.objects.get().rows.all()] == ["good"]
