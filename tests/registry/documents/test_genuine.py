"""Checking what somebody has in hand: exactly what the registry hands out is genuine, one changed byte is not."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from registry.documents import genuine
from registry.models import BulletinIssue
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
             b'{"entry": 1}', b"[" * 100_000, b"\xef\xbb\xbfa\r\n2026-001"],
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
