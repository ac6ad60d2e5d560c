"""Checking what somebody has in hand: exactly what the registry hands out is genuine, one changed byte is not."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from registry.documents import bulletin, genuine
from registry.models import BulletinIssue, PrintedIssue
from tests.cast import Cast
from tests.factories.statements import ISSUE_DAY, announced, approved, publish

pytestmark = pytest.mark.django_db
FILES = ("1.pdf", "1.json", "1.csv", "1.txt", "1/1.json")


@pytest.fixture
def issue(cast: Cast) -> BulletinIssue:
    return announced(cast).announced_in.issue


def fetched(name: str) -> bytes:
    return Client().get(f"/bulletin/2026/{name}").getvalue()


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_bulletin_is_recognized_and_a_changed_one_is_not(issue, name):
    data = fetched(name)
    found = genuine.recognize_file(data)
    assert found.issue == issue
    for at in (len(data) // 3, len(data) // 2):
        assert genuine.recognize_file(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]) is None
        assert genuine.recognize_file(data[:at]) is None


@pytest.mark.parametrize("name", ["1.json", "1.txt", "1/1.json"])
def test_the_same_as_a_text(issue, name):
    assert genuine.recognize_text(fetched(name).decode().replace("\n", "\r\n")).issue == issue


def test_an_entry_its_leaf_and_a_root_are_recognized(issue, cast):
    entry = issue.entries.get()
    said = json.loads(fetched("1.json"))["entries"][0]
    assert genuine.recognize_text(json.dumps(said, ensure_ascii=False, indent=2)).entry == entry
    assert genuine.recognize_text(f" {entry.content_hash.upper()}\n").entry == entry
    approved(cast)
    later = publish(ISSUE_DAY + timedelta(days=3))
    assert genuine.recognize_text(later.root_hash).issue == later
    said["content"]["fee"]["fixed_amount"] = "1.00"
    assert genuine.recognize_text(json.dumps(said)) is None


@pytest.mark.parametrize(
    "data", [b"", b"x", b"%PDF-1.7 2026-001", b"{", b"[]", b"null", b"{}", b"\xef\xbb\xbf", b"\xff\xfe", b"0" * 64,
             b'{"entry": 1}', b"[" * 100_000, b"\xef\xbb\xbfa\r\n2026-001", b"MZ\x00", b'{"format": "\x00"}',
             b"\xef\xbb\xbfa\rb", b"\xef\xbb\xbf" + b"x" * 200_000],
)  # fmt: skip
def test_anything_else_is_not_recognized_and_breaks_nothing(issue, data):
    assert genuine.recognize_file(data) is None


def test_the_page_says_what_it_is_or_that_it_is_not(issue):
    visitor = Client(headers={"accept-language": "en"})

    def hand_in(data: bytes, name: str):
        return visitor.post("/check/", {"file": SimpleUploadedFile(name, data)})

    good, bad = hand_in(fetched("1.pdf"), "x.pdf"), hand_in(fetched("1.pdf") + b"\n", "x.pdf")
    assert (good.status_code, "Genuine" in good.text, issue.checkpoint.split("\n")[2] in good.text) == (200, True, True)
    assert (bad.status_code, "Not recognized" in bad.text) == (404, True)
    entry = visitor.post("/check/", {"text": issue.entries.get().content_hash})
    assert 'href="/bulletin/2026/1/1/"' in entry.text
    nothing = visitor.post("/check/", {})
    assert (nothing.status_code, "Choose a file" in nothing.text) == (422, True)
    kept = visitor.post("/check/", {"text": "<b>unknown</b>"})
    assert "&lt;b&gt;unknown&lt;/b&gt;" in kept.text


def place_of(issue: BulletinIssue) -> str:
    return f"bulletin/{issue}-{issue.root_hash[:16]}.pdf"


def test_a_print_is_known_for_ever_whatever_becomes_of_its_file_and_of_the_printer(issue, monkeypatch):
    """Its file is lost, and the printer has become another one: a later version writes other bytes for the same issue."""
    first = fetched("1.pdf")
    default_storage.delete(place_of(issue))
    monkeypatch.setattr(bulletin, "render", later_version(bulletin.render))
    second = fetched("1.pdf")
    assert first != second == fetched("1.pdf")
    assert [genuine.recognize_file(data).issue for data in (first, second)] == [issue, issue]
    assert genuine.recognize_file(first + b"\n") is None
    prints = issue.prints.order_by("printed_at").values_list("sha256", flat=True)
    assert list(prints) == [sha256(data).hexdigest() for data in (first, second)]


def later_version(render):
    """Return a printer whose documents end in one more comment, as PDF allows."""
    return lambda *given, **named: render(*given, **named) + b"% next version\n"


def test_a_print_of_before_hashes_were_kept_is_known_and_its_hash_kept_from_then_on(issue):
    old = bulletin.press(issue) + b"% former version\n"
    default_storage.delete(place_of(issue))
    default_storage.save(place_of(issue), ContentFile(old))
    assert genuine.recognize_file(old).issue == issue
    assert issue.prints.get().sha256 == sha256(old).hexdigest()
    assert fetched("1.pdf") == old


def test_a_file_that_somebody_changed_in_the_store_is_neither_handed_out_nor_genuine(issue):
    good = fetched("1.pdf")
    default_storage.delete(place_of(issue))
    default_storage.save(place_of(issue), ContentFile(good + b"% forged\n"))
    assert genuine.recognize_file(good + b"% forged\n") is None
    assert fetched("1.pdf") == good
    assert issue.prints.count() == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE registry_printedissue SET sha256 = repeat('0', 64)",
        "DELETE FROM registry_printedissue",
        "TRUNCATE registry_printedissue CASCADE",
    ],
)
def test_the_database_changes_no_hash_of_a_print(issue, sql):
    before = fetched("1.pdf") and list(PrintedIssue.objects.values())
    with pytest.raises(DatabaseError, match=r"Cannot (update|delete)|kept for ever"), transaction.atomic():
        connection.cursor().execute(f"SET CONSTRAINTS ALL IMMEDIATE; {sql}")
    assert list(PrintedIssue.objects.values()) == before
    assert len(before) == 1
