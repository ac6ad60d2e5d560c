"""500 statements by spreadsheet on the real patents: what stands against each is what their own dates say."""

import csv
from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.deadlines import law_date
from core.validation.files import inspect_upload
from registry.actions.batch_papers import MOST_PAPERS, add_batch_papers
from registry.actions.batch_submitting import submit_batch
from registry.actions.batch_uploading import upload_batch
from registry.enums import BatchMode, StatementStatus
from registry.facts import UNDERTAKINGS
from registry.models import EvaluationReport, Patent, Patentee, Statement
from registry.queries.batches import counts_of, reasons_of
from tests.api_client import pdf
from tests.factories.spreadsheets import clean, deliver, row, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.shared, pytest.mark.slow]
COUNT = 500


def day(text):
    return date(*map(int, text.split("-")))


def is_over(record, today):
    """The term by the law's own words: 20, 10, and for designs 10 years, since 1 June 2021 15 years, from filing."""
    filed = day(record["filing_date"])
    design = 15 if filed >= date(2021, 6, 1) else 10
    years = {"invention": 20, "utility_model": 10, "design": design}[record["kind"]]
    return (filed.year + years, filed.month, filed.day) <= (today.year, today.month, today.day)


def chosen(folder):
    """Every ninth real patent, so that all years and kinds are there."""
    with (folder / "patents.csv").open(encoding="utf-8-sig", newline="") as file:
        records = list(csv.DictReader(file))
    return records[:: len(records) // COUNT][:COUNT]


def expected(position, record, today):
    """The rules that stand against a row, worked out from the supplier's record alone."""
    if position % 50 == 0:
        return {"B2"}
    needs_report = record["kind"] != "invention" and position % 3 != 0
    found = {
        "G5": is_over(record, today),
        "G7": needs_report,
        "F1": not record["grant_date"],
        "F5": ";" in record["patentees"],
        "F7": position % 40 == 0,
    }
    return {rule for rule, stands in found.items() if stands}


def outcome(rules):
    if not rules:
        return "good"
    if rules == {"F5"}:
        return "consents"
    return "barred" if rules & {"G5", "G7", "F1"} else "defective"


def test_500_statements_on_real_patents(cast, shared_data, tmp_path, capsys):
    call_command("import_patents", str(shared_data / "patents.csv"), "--vouched", "--rejects", str(tmp_path / "no.csv"))
    records, today = chosen(shared_data), law_date(timezone.now())
    patents = Patent.objects.in_bulk([record["application_number"] for record in records], field_name="number")
    # One organisation stands for the first holder of each; the other holders sign in nowhere.
    first = {record["patentees"].split(";")[0].strip() for record in records}
    Patentee.objects.filter(name__in=first).update(organisation=cast.patentee.organisation)
    EvaluationReport.objects.bulk_create(
        EvaluationReport(patent=patents[record["application_number"]], reference=f"PJ{position:06d}",
                         issued_on=today, conclusion="positive")
        for position, record in enumerate(records, start=2)
        if record["kind"] != "invention" and position % 3 == 0
    )  # fmt: skip
    typed = []
    for position, record in enumerate(records, start=2):
        number = "2.02E+12" if position % 50 == 0 else record["application_number"]
        typed.append(row(number, **({"explanation": ""} if position % 40 == 0 else {})))
    wanted = {position: expected(position, record, today) for position, record in enumerate(records, start=2)}

    batch = upload_batch(file=clean(xlsx(typed)), by=cast.patentee.actor, at=timezone.now())
    deliver()

    found = {number: set(rules) for number, rules in batch.rows.values_list("number", "rules")}
    assert {number: found[number] ^ wanted[number] for number in wanted if found[number] != wanted[number]} == {}
    assert dict(reasons_of(batch)) == Counter(rule for rules in wanted.values() for rule in rules)
    counts = Counter(outcome(rules) for rules in wanted.values())
    assert counts_of(batch).by_outcome == counts
    with capsys.disabled():
        print(f"\n{COUNT} rows: {dict(counts)}; reasons {dict(reasons_of(batch))}")

    batch.refresh_from_db()
    undertakings = dict.fromkeys(UNDERTAKINGS, True)
    submit_batch(
        batch=batch, mode=BatchMode.GOOD, undertakings=undertakings, signed_name="陆湖", by=cast.patentee.actor,
        at=timezone.now(),
    )  # fmt: skip
    deliver()
    assert Statement.objects.filter(status=StatementStatus.SUBMITTED).count() == counts["good"]
    assert Statement.objects.filter(status=StatementStatus.DRAFT).count() == counts["consents"]
    assert counts_of(batch).of("submitted", "drafted") == counts["good"] + counts["consents"]
    with capsys.disabled():
        print(f"{reports_follow(cast, batch, counts['good'], undertakings)} more with their reports")


def reports_follow(cast, batch, before, undertakings):
    """What lacked nothing but its evaluation report is filed with it, named by the patent's number; return how many."""
    lacking = list(batch.rows.filter(rules=["G7"]).values_list("number", "patent__number"))[:MOST_PAPERS]
    files = [inspect_upload(pdf(number)) for _row, number in lacking]
    batch.refresh_from_db()
    add_batch_papers(batch=batch, files=files, by=cast.patentee.actor, at=timezone.now())
    deliver()
    assert set(batch.rows.filter(outcome="good").values_list("number", flat=True)) == {one for one, _number in lacking}
    submit_batch(
        batch=batch, mode=BatchMode.GOOD, undertakings=undertakings, signed_name="陆湖", by=cast.patentee.actor,
        at=timezone.now(),
    )  # fmt: skip
    deliver()
    assert counts_of(batch).of("submitted") == before + len(lacking)
    filed = Statement.objects.filter(papers__kind="evaluation_report")
    assert set(filed.values_list("patent__number", flat=True)) == {number for _row, number in lacking}
    return len(lacking)


def test_the_damaged_numbers_of_real_spreadsheets_are_recognized(cast, shared_data):
    with (shared_data / "damaged_rows_sample.csv").open(encoding="utf-8-sig", newline="") as file:
        damaged = [record["application_number_as_found"] for record in csv.DictReader(file)]
    batch = upload_batch(file=clean(xlsx([row(one) for one in damaged])), by=cast.patentee.actor, at=timezone.now())
    deliver()
    assert reasons_of(batch) == [("B2", 60)]
    sentences = [one.findings[0]["words"]["en"]["message"] for one in batch.rows.order_by("number")]
    assert [sentence for sentence in sentences if "is what a spreadsheet made of a patent number" not in sentence] == []
