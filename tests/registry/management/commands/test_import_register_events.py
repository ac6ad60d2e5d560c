"""The feed: taken in by batches, safe to run twice, refused lines in a file of their own."""

import csv
import gzip
import json
import tracemalloc
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from registry.models import ParkedEvent, Patent, Pledge, RegisterEvent
from tests.factories.patents import patent_number

pytestmark = pytest.mark.django_db


def feed(path, *lines):
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text + "\n", encoding="utf-8")
    return path


def line(patent, kind, on, reference, **details):
    return {"source": "gazette", "reference": reference, "patent": patent, "kind": kind, "on": on, **details}


def run(path, **options):
    out = StringIO()
    call_command("import_register_events", path, stdout=out, **options)
    return out.getvalue()


def rejects(path):
    with open(f"{path}.rejects.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["events.jsonl", "events.jsonl.gz"])
def test_a_feed_is_taken_in_once_however_often_it_is_run(cast, tmp_path, name):
    patent = cast.patent()
    path = feed(
        tmp_path / name,
        line(f"ZL{patent.number}", "pledge", "2026-02-03", "1", pledgee="Bank", number="Y1"),
        "",
        line(patent.number, "annuity_late", "2026-02-04", "2", year=5),
        line(patent.number, "suspension_end", "2026-02-05", "3"),
    )
    assert run(path, batch=1) == "2 entered, 1 parked for a person, 0 known already, 0 refused.\n"
    before = list(RegisterEvent.objects.values_list("pk", "received_at"))
    assert run(path) == "0 entered, 0 parked for a person, 3 known already, 0 refused.\n"
    assert list(RegisterEvent.objects.values_list("pk", "received_at")) == before
    assert (Pledge.objects.get().number, Patent.objects.get(pk=patent.pk).annuity_state) == ("Y1", "late")
    assert ParkedEvent.objects.get().code == "no_entry"
    assert not (tmp_path / f"{name}.rejects.csv").exists()


def test_what_is_refused_goes_to_a_file_with_line_field_and_reason(cast, tmp_path):
    patent = cast.patent()
    path = feed(
        tmp_path / "events.jsonl",
        line(patent.number, "annuity_late", "2026-02-04", "1"),
        line("2.02E+12", "lapse", "2099-01-01", "2"),
        "{broken",
        line(patent.number, "surrender", "2026-02-04", "1"),
    )
    out = run(path)
    assert out.startswith("1 entered, 0 parked for a person, 0 known already, 3 refused.\n")
    assert [(row["line"], row["field"], row["code"]) for row in rejects(path)] == [
        ("2", "patent", "mangled_by_spreadsheet"),
        ("2", "on", "not_yet"),
        ("3", "", "not_json"),
        ("4", "reference", "reference_reused"),
    ]
    assert all(row["reason"] for row in rejects(path))


def test_an_event_of_an_unknown_patent_is_parked_and_not_lost(tmp_path, db):
    path = feed(tmp_path / "events.jsonl", line(patent_number(99), "lapse", "2026-02-04", "1"))
    assert run(path) == "0 entered, 1 parked for a person, 0 known already, 0 refused.\n"
    assert ParkedEvent.objects.get().code == "unknown_patent"


def test_an_annulment_takes_its_event_out_whatever_the_order_of_the_lines(cast, tmp_path):
    patent = cast.patent()
    wrong = line(patent.number, "lapse", "2026-02-03", "1")
    undone = line(patent.number, "annulment", "2026-02-05", "2", annuls="1", reason="Meant for another patent.")
    said = [
        run(feed(tmp_path / f"{number}.jsonl", *lines), batch=1)
        for number, lines in enumerate([[wrong, undone], [undone, wrong]])
    ]
    assert said == [
        "2 entered, 0 parked for a person, 0 known already, 0 refused.\n",
        "0 entered, 0 parked for a person, 2 known already, 0 refused.\n",
    ]
    assert (Patent.objects.get(pk=patent.pk).right_status, RegisterEvent.objects.count()) == ("in_force", 2)


def test_a_feed_annuls_its_own_events_only_and_never_an_annulment_itself(cast, tmp_path):
    patent = cast.patent()
    other = {**line(patent.number, "annulment", "2026-02-05", "2", annuls="1", reason="Wrong."), "source": "annuities"}
    path = feed(
        tmp_path / "events.jsonl",
        line(patent.number, "lapse", "2026-02-03", "1"),
        other,
        line(patent.number, "annulment", "2026-02-05", "3", annuls="3", reason="Wrong."),
        line(patent.number, "annulment", "2026-02-05", "4", annuls="1"),
        {**other, "reference": "5", "annuls_source": "gazette"},
    )
    assert run(path).startswith("1 entered, 1 parked for a person, 0 known already, 3 refused.\n")
    assert [(row["line"], row["field"], row["code"]) for row in rejects(path)] == [
        ("3", "annuls", "annuls_itself"),
        ("4", "reason", "empty"),
        ("5", "annuls_source", "unknown_field"),
    ]
    assert ParkedEvent.objects.get().code == "annuls_unknown"
    assert Patent.objects.get(pk=patent.pk).right_status == "lapsed"


def test_a_missing_or_damaged_file_is_said(tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        run(tmp_path / "nothing.jsonl")
    path = tmp_path / "events.jsonl.gz"
    path.write_bytes(b"no gzip at all")
    with pytest.raises(CommandError, match="damaged or ends early"):
        run(path)
    with pytest.raises(CommandError, match="--batch"):
        run(feed(tmp_path / "a.jsonl"), batch=0)


def test_memory_does_not_grow_with_the_file(cast, tmp_path):
    patent = cast.patent()

    def peak(count):
        path = tmp_path / f"{count}.jsonl"
        wrong = json.dumps(line("2.0E+12", "obstacle", "2026-02-04", "1", description="题" * 900), ensure_ascii=False)
        with path.open("w") as file:
            file.write(json.dumps(line(patent.number, "annuity_late", "2026-02-04", str(count))) + "\n")
            file.writelines(f"{wrong}\n" for _row in range(count))
        tracemalloc.start()
        run(path, batch=200)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(200)
    assert peak(4000) < 1.3 * peak(1000)
