"""The import as an operator sees it: what goes in, what is refused and why, and that twice changes nothing."""

import csv
import gzip
import json
import time
import tracemalloc
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.models import AuditEvent
from registry.models import Delivery, Ownership, Patent, Patentee
from tests.factories.patents import patent_number

HEADER = "application_number,kind,title,patentees,filing_date,grant_date,ipc,address_or_province,abstract,source"
GOOD = (
    "200710308494.X,invention,一种散热器,杭州散热有限公司;王芳,2007-12-28,2010-06-02,H05K7/20,浙江省杭州市,,catalogue"
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path, capsys):
    """Run the command on a text or file; return the printed lines and the refused rows."""

    def run(content, *options, name="delivery.csv"):
        path = content
        if not hasattr(content, "is_file"):
            path = tmp_path / name
            data = content.encode() if isinstance(content, str) else content
            path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        rejects = tmp_path / "rejects.csv"
        call_command("import_patents", str(path), "--rejects", str(rejects), *options)
        refused = []
        if rejects.exists():
            with rejects.open(encoding="utf-8-sig", newline="") as file:
                refused = list(csv.DictReader(file))
        return capsys.readouterr().out.splitlines(), refused

    return run


def rows(*lines):
    return "\n".join([HEADER, *lines]) + "\n"


def register():
    """Everything the import may write to the register, without the log of deliveries."""
    return (
        list(Patent.objects.order_by("number").values()),
        list(Patentee.objects.order_by("id").values()),
        list(Ownership.objects.order_by("id").values()),
    )


def test_a_row_becomes_a_patent_with_its_holders_in_order(take):
    said, refused = take(rows(GOOD))
    patent = Patent.objects.get()
    assert said == ["1 new, 0 changed, 0 unchanged, 0 refused.", "Columns without use: source."]
    assert refused == []
    assert (patent.number, patent.kind, patent.title, patent.main_class, patent.province) == (
        "200710308494.X",
        "invention",
        "一种散热器",
        "H05K7/20",
        "33",
    )
    assert (patent.filed_on, patent.granted_on, patent.term_ends_on) == (
        date(2007, 12, 28),
        date(2010, 6, 2),
        date(2027, 12, 27),
    )
    assert (patent.annuity_state, patent.right_status) == ("unknown", "in_force")
    holders = list(patent.ownerships.values_list("position", "patentee__name", "patentee__is_person"))
    assert holders == [(1, "杭州散热有限公司", False), (2, "王芳", True)]


def test_the_same_file_twice_changes_nothing(take):
    take(rows(GOOD))
    before = register()
    said, _refused = take(rows(GOOD))
    assert said[0] == "0 new, 0 changed, 1 unchanged, 0 refused."
    assert register() == before


def test_only_what_changed_is_written_and_the_log_says_what(take):
    other = GOOD.replace("200710308494.X", "200820185283.1").replace("invention", "utility_model")
    take(rows(GOOD, other))
    untouched = Patent.objects.values().get(number="200820185283.1")
    said, _refused = take(rows(GOOD.replace("一种散热器", "一种新散热器").replace(";王芳", ""), other))
    assert said[0] == "0 new, 1 changed, 1 unchanged, 0 refused."
    assert Patent.objects.values().get(number="200820185283.1") == untouched
    changed = Patent.objects.get(number="200710308494.X")
    assert changed.title == "一种新散热器"
    assert [str(owner) for owner in changed.owners.all()] == ["杭州散热有限公司"]
    logged = AuditEvent.objects.filter(event="import batch").latest("id").data["updated"]
    assert logged == {
        "200710308494.X": {
            "title": ["一种散热器", "一种新散热器"],
            "patentees": [["杭州散热有限公司", "王芳"], ["杭州散热有限公司"]],
        }
    }


def test_where_a_delivery_is_silent_the_register_keeps_what_it_knows(take):
    take(rows(GOOD))
    Patent.objects.update(term_ends_on=date(2029, 1, 1), annuity_state="paid")
    said, _refused = take(rows(GOOD.replace("H05K7/20,浙江省杭州市", ",")))
    patent = Patent.objects.get()
    assert said[0] == "0 new, 0 changed, 1 unchanged, 0 refused."
    assert (patent.main_class, patent.province, patent.annuity_state) == ("H05K7/20", "33", "paid")
    assert patent.term_ends_on == date(2029, 1, 1)


def test_an_application_is_refused_and_refuses_nothing_else(take):
    application = GOOD.replace("200710308494.X", "202110123456.7").replace("2007-12-28,2010-06-02", "2021-02-02,")
    _said, refused = take(rows(application, GOOD))
    assert [(row["line"], row["field"], row["code"]) for row in refused] == [("2", "grant_date", "not_granted")]
    assert "Article 50" in refused[0]["reason"]
    assert "Rule 85(1)" in refused[0]["reason"]
    assert list(Patent.objects.values_list("number", flat=True)) == ["200710308494.X"]


def test_a_vouched_row_without_grant_date_is_admitted_with_the_day_unknown(take):
    take(rows(GOOD.replace("2010-06-02", "")), "--vouched")
    assert Patent.objects.get().granted_on is None
    assert Delivery.objects.get().vouched is True
    take(rows(GOOD))
    assert Patent.objects.get().granted_on == date(2010, 6, 2)
    take(rows(GOOD.replace("2010-06-02", "")), "--vouched")
    assert Patent.objects.get().granted_on == date(2010, 6, 2)


def test_every_fault_is_told_with_its_line_field_value_and_reason(take):
    _said, refused = take(
        rows(
            GOOD.replace("200710308494.X", "2.00710E+12"),
            GOOD.replace("200710308494.X", "200710308494.1").replace("H05K7/20", "=cmd()"),
            GOOD.replace("invention", "design").replace("2010-06-02", "40331"),
            GOOD.replace("一种散热器", "一种\u202e散热器"),
            "200710308494.X,invention",
            GOOD,
            GOOD,
        )
    )
    told = [(row["line"], row["field"], row["value"], row["code"]) for row in refused]
    assert told == [
        ("2", "application_number", "2.00710E+12", "mangled_by_spreadsheet"),
        ("3", "application_number", "200710308494.1", "wrong_check_digit"),
        ("3", "ipc", "'=cmd()", "wrong_class"),
        ("4", "kind", "design", "kind_mismatch"),
        ("4", "grant_date", "40331", "mangled_by_spreadsheet"),
        ("5", "title", "一种\u202e散热器", "bidi"),
        ("6", "", "", "wrong_cell_count"),
        ("8", "application_number", "200710308494.X", "duplicate_number"),
    ]
    assert refused[-1]["reason"] == "Line 7 of this file has the same number."
    assert Patent.objects.count() == 1
    assert Delivery.objects.get().refused == 6


def test_a_number_given_twice_is_found_across_batches(take):
    second = GOOD.replace("200710308494.X", "200820185283.1").replace("invention", "utility_model")
    _said, refused = take(rows(GOOD, second, GOOD.replace("散热器", "加热器")), "--batch", "1")
    assert [(row["line"], row["code"]) for row in refused] == [("4", "duplicate_number")]
    assert Patent.objects.get(number="200710308494.X").title == "一种散热器"


def test_json_lines_and_gzip_are_read_as_well(take):
    record = {
        "patent_number": "ZL200710308494.X",
        "title": "一种散热器",
        "patentees": ["杭州散热有限公司"],
        "filing_date": "2007.12.28",
        "grant_date": "20100602",
        "ipc": "H05K7/20(2006.01)I;??G06F1/20(2006.01)I",
        "annuity_state": "paid",
        "industry": "c",
    }
    lines = [json.dumps(record), "not json", json.dumps({**record, "patent_number": 200710308494.1}), "[1]"]
    _said, refused = take("\n".join(lines), name="delivery.jsonl.gz")
    patent = Patent.objects.get()
    assert (patent.main_class, patent.annuity_state, patent.industry) == ("H05K7/20", "paid", "C")
    assert [(row["line"], row["code"]) for row in refused] == [("2", "not_json"), ("3", "not_text"), ("4", "not_json")]


def test_bytes_that_are_no_utf8_refuse_their_row_alone(take):
    bad = GOOD.replace("200710308494.X", "200820185283.1").encode("gb18030")
    _said, refused = take(HEADER.encode() + b"\n" + bad + b"\n" + GOOD.encode() + b"\n")
    assert [(row["line"], row["field"], row["code"]) for row in refused] == [("2", "title", "not_utf8")]
    assert Patent.objects.get().number == "200710308494.X"


def test_an_expired_term_is_expired_and_nothing_else_is_concluded(take):
    take(rows(GOOD.replace("200710308494.X", "85201131.8").replace("invention", "utility_model")
              .replace("2007-12-28,2010-06-02", "1985-04-25,1986-12-31")))  # fmt: skip
    patent = Patent.objects.get()
    assert (patent.term_ends_on, patent.right_status, patent.annuity_state) == (date(1995, 4, 24), "expired", "unknown")


def test_older_data_does_not_undo_newer(take):
    take(rows(GOOD), "--as-of", "2026-11-01")
    said, _refused = take(rows(GOOD.replace("散热器", "加热器")), "--as-of", "2026-10-01")
    assert said[0] == "0 new, 0 changed, 1 unchanged, 0 refused."
    assert Patent.objects.get().title == "一种散热器"
    said, _refused = take(rows(GOOD), "--as-of", "2026-11-02")
    assert said[0] == "0 new, 1 changed, 0 unchanged, 0 refused."


def test_an_identified_unit_keeps_its_name_and_a_person_does_not(take, cast):
    unit = cast.member("杭州散热有限公司", holds=True)
    person = cast.member("王芳", "individual", holds=True)
    Patentee.objects.filter(pk=person.patentee.pk).update(is_person=True)
    take(rows(GOOD))
    first, second = Ownership.objects.order_by("position")
    assert first.patentee_id == unit.patentee.pk
    assert second.patentee_id != person.patentee.pk
    assert second.patentee.organisation_id is None


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("number,title\n1,2\n", "delivery.csv", "lacks the columns application_number, patentees"),
        (HEADER.replace("source", "patent_number") + "\n", "delivery.csv", "two columns for application_number"),
        ("", "delivery.csv", "lacks the columns application_number, title"),
        (b"\x1f\x8bnot gzip", "broken.csv", "lacks the columns"),
    ],
)
def test_a_file_that_is_none_stops_with_a_sentence(take, content, name, sentence):
    with pytest.raises(CommandError, match=sentence):
        take(content, name=name)


def test_a_gzip_file_that_ends_early_says_so_and_keeps_what_was_read(take, tmp_path):
    path = tmp_path / "cut.csv.gz"
    numbers = [
        f"{patent_number(serial)},invention,题目{serial},甲公司,2021-01-01,2022-01-01,,,,x" for serial in range(9000)
    ]
    path.write_bytes(gzip.compress(rows(*numbers).encode())[:-2000])
    with pytest.raises(CommandError, match="damaged or ends early"):
        take(path)
    assert Patent.objects.count() % 1000 == 0 < Patent.objects.count()
    assert Delivery.objects.get().finished_at is None


def test_whoever_waits_at_a_terminal_sees_how_far_it_is(tmp_path, monkeypatch):
    terminal = StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stderr", terminal)
    path = tmp_path / "delivery.csv"
    path.write_text(rows(*["2.0E+12,invention,题,甲公司,2021-01-01,2022-01-01,,,,x"] * 50))
    call_command("import_patents", str(path), "--batch", "10")
    assert "100%" in terminal.getvalue().split("\r")[-1]


def test_memory_does_not_grow_with_the_file(tmp_path):
    def peak(count):
        path = tmp_path / f"{count}.csv"
        with path.open("w") as file:
            file.write(HEADER + "\n")
            file.writelines(
                f"2.0E+12,invention,{'题' * 200},甲公司,2021-01-01,2022-01-01,,,,x\n" for _row in range(count)
            )
        tracemalloc.start()
        call_command("import_patents", str(path), "--batch", "200", "--rejects", str(tmp_path / "r.csv"))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(200)
    assert peak(8000) < 1.3 * peak(1000)


@pytest.mark.shared
@pytest.mark.slow
def test_the_real_patents_go_in_whole_and_again_without_change(take, shared_data):
    said, refused = take(shared_data / "patents.csv", "--vouched")
    assert said[0] == "4956 new, 0 changed, 0 unchanged, 0 refused."
    assert refused == []
    assert Patent.objects.filter(granted_on=None).count() == 15
    before = register()
    said, _refused = take(shared_data / "patents.csv", "--vouched")
    assert said[0] == "0 new, 0 changed, 4956 unchanged, 0 refused."
    assert register() == before


@pytest.mark.shared
def test_without_the_suppliers_word_the_15_rows_without_grant_date_stay_out(take, shared_data):
    said, refused = take(shared_data / "patents.csv")
    assert said[0] == "4941 new, 0 changed, 0 unchanged, 15 refused."
    assert {row["code"] for row in refused} == {"not_granted"}


@pytest.mark.shared
def test_no_application_goes_in(take, shared_data):
    said, refused = take(shared_data / "applications_not_granted.csv")
    assert said[0] == "0 new, 0 changed, 0 unchanged, 1245 refused."
    assert {row["line"] for row in refused if row["code"] == "not_granted"} == {str(line) for line in range(2, 1247)}
    assert Patent.objects.count() == 0


@pytest.mark.shared
def test_every_damaged_row_is_refused_for_its_damage(take, shared_data):
    said, refused = take(shared_data / "damaged_rows_sample.csv")
    assert said[0] == "0 new, 0 changed, 0 unchanged, 60 refused."
    assert [(row["line"], row["field"], row["code"]) for row in refused] == [
        (str(line), "application_number", "mangled_by_spreadsheet") for line in range(2, 62)
    ]


@pytest.mark.shared
@pytest.mark.slow
def test_25650_patents_take_under_30_seconds(take, shared_data):
    start = time.perf_counter()
    said, _refused = take(shared_data / "patents_all.csv.gz", "--vouched")
    seconds = time.perf_counter() - start
    print(f"25,650 patents in {seconds:.1f} s")
    assert said[0] == "25650 new, 0 changed, 0 unchanged, 0 refused."
    assert seconds < 30
