"""A filer's software uploads a spreadsheet, reads how far it is and what stands against each row, and submits it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from registry.facts import UNDERTAKINGS
from registry.models import Statement, StatementBatch
from tests.api_client import Program, pdf
from tests.factories.spreadsheets import checked, deliver, row, table, xlsx

pytestmark = pytest.mark.django_db
SIGNED = {**dict.fromkeys(UNDERTAKINGS, True), "signed_name": "Li Wei"}


@pytest.fixture
def program(cast):
    return Program(cast.patentee)


def upload(rows):
    return SimpleUploadedFile("statements.xlsx", xlsx(rows))


def test_a_spreadsheet_is_uploaded_followed_submitted_and_corrected(cast, program):
    patents = [cast.patent(), cast.patent()]
    sent = program.upload("my/batches/", file=upload([row(patents[0].number), row(patents[1].number, explanation="")]))
    assert (sent.status_code, sent.json()["status"], sent.json()["outcomes"]) == (201, "checking", {})
    address = f"my/batches/{sent.json()['id']}/"
    deliver()
    found = program.get(address).json()
    assert (found["status"], found["rows"]) == ("checked", 2)
    assert (found["outcomes"], found["reasons"]) == ({"good": 1, "defective": 1}, {"F7": 1})
    rows = program.get(f"{address}rows/", outcome="defective").json()
    assert rows["count"] == 1
    assert rows["results"][0]["findings"] == [
        {
            "rule": "F7",
            "severity": "defect",
            "cell": "Q3",
            "title": "Explanation of the fee missing or too long",
            "basis": ["Patent Examination Guidelines, Part V, Ch. 11, §3.3"],
            "message": "The brief explanation of the fee is missing.",
            "remedy": "Say on what basis and how the fee was calculated.",
        }
    ]
    sending = program.post(f"{address}submit/", SIGNED).json()
    assert (sending["status"], sending["submissions"][0]["ended_at"]) == ("submitting", None)
    deliver()
    found = program.get(address).json()
    assert found["outcomes"] == {"submitted": 1, "defective": 1}
    [submission] = found["submissions"]
    assert submission.pop("submitted_at") <= submission.pop("ended_at")
    assert submission == {
        "number": 1, "mode": "good", "undertakings": list(UNDERTAKINGS), "signed_name": "Li Wei",
        "submitted_by": "Lakeside University staff", "trouble": "", "received": 1, "waiting": 0,
    }  # fmt: skip
    statement = Statement.objects.get()
    submitted = program.get(f"{address}rows/", outcome="submitted").json()["results"][0]
    assert (submitted["statement"], submitted["statement_number"]) == (str(statement.pk), statement.number)
    assert submitted["submission"] == 1

    again = program.upload(f"{address}correct/", file=upload([row(one.number) for one in patents]))
    deliver()
    assert again.json()["replaces"] == sent.json()["id"]
    assert program.get(f"my/batches/{again.json()['id']}/").json()["outcomes"] == {"before": 1, "good": 1}
    assert program.upload(f"{address}correct/", file=upload([])).status_code == 409
    assert [one["id"] for one in program.get("my/batches/").json()["results"]] == [
        again.json()["id"],
        sent.json()["id"],
    ]


def test_what_is_missing_is_refused_with_its_articles(cast, program):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    answer = program.post(f"my/batches/{batch.pk}/submit/", {"mode": "all"})
    assert answer.status_code == 422
    assert [one["rule"] for one in answer.json()["violations"]] == ["F2"] * 4 + ["F6"]
    assert program.post(f"my/batches/{batch.pk}/submit/", {"mode": "some"}).status_code == 400


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"a,b\n1,2\n", "No row of headings was found."),
        ("a.xlsx", b"PK\x03\x04", "This workbook is damaged"),
        ("a.xlsm", b"PK\x03\x04", "This kind of file is not accepted here."),
    ],
)
def test_a_file_that_is_no_such_spreadsheet_is_told(program, name, content, words):
    answer = program.upload("my/batches/", file=SimpleUploadedFile(name, content))
    assert answer.status_code == 400
    assert answer.json()["errors"]["file"][0].startswith(words)
    assert StatementBatch.objects.count() == 0


def test_papers_are_added_and_the_rows_are_checked_again(cast, program):
    model = cast.patent(utility_model=True)
    batch = checked(cast.patentee, [row(model.number, evaluation_report="r.pdf")])
    address = f"my/batches/{batch.pk}/"
    assert program.get(f"{address}papers/").json() == {"papers": [], "awaited": {"r.pdf": 1}}
    bad = program.upload(f"{address}papers/", files=[pdf("r"), SimpleUploadedFile("x.exe", b"MZ")])
    assert (bad.status_code, bad.json()["errors"]["files"][0][:6]) == (400, "x.exe:")
    assert program.upload(f"{address}papers/", files=[]).status_code == 400
    assert batch.papers.count() == 0
    assert program.upload(f"{address}papers/", files=[pdf("r")]).json()["status"] == "checking"
    assert program.post(f"{address}check/", {}).status_code == 409
    deliver()
    assert program.get(address).json()["outcomes"] == {"good": 1}
    paper = batch.papers.get().file
    said = program.get(f"{address}papers/").json()
    assert [(one["name"], one["sha256"]) for one in said["papers"]] == [("r.pdf", paper.sha256)]
    assert said["awaited"] == {}
    assert program.post(f"{address}check/", {}).json()["outcomes"] == {"unchecked": 1}


def test_another_organisation_s_batch_does_not_exist(cast):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    stranger, nothing = Program(cast.co_owner), "00000000-0000-4000-8000-000000000000"
    for address in ("", "rows/", "papers/"):
        theirs, absent = (stranger.get(f"my/batches/{pk}/{address}") for pk in (batch.pk, nothing))
        assert (theirs.status_code, theirs.content) == (404, absent.content)
    assert stranger.post(f"my/batches/{batch.pk}/submit/", SIGNED).status_code == 404
    assert stranger.post(f"my/batches/{batch.pk}/check/", {}).status_code == 404
    assert stranger.upload(f"my/batches/{batch.pk}/papers/", files=[pdf()]).status_code == 404
    file = SimpleUploadedFile("a.csv", table([row("x")]))
    assert stranger.upload(f"my/batches/{batch.pk}/correct/", file=file).status_code == 404
    assert Statement.objects.count() == 0


def test_a_batch_of_which_nothing_was_submitted_is_discarded(cast, program):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    address = f"my/batches/{batch.pk}/"
    assert Program(cast.rival).delete(address).status_code == 404
    assert program.delete(address).status_code == 204
    assert (program.get(address).status_code, program.get("my/batches/").json()["count"]) == (404, 0)
    batch.refresh_from_db()
    assert batch.status == "discarded"
