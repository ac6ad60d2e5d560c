"""What the site hands out to those who check, read by the verifier as anyone would."""

from datetime import timedelta

import pytest
from django.test import Client

from registry.bulletin.verifier import Verifier
from registry.models import BulletinIssue
from tests.cast import NOW

pytestmark = pytest.mark.django_db
ADDRESSES = ("/bulletin/keys.txt", "/bulletin/2026/1.json", "/bulletin/2026/2.json", "/bulletin/2026/3.json")


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def issues(cast):
    """Three issues with one, two and one entries."""
    for day, count in enumerate((1, 2, 1)):
        at = NOW + timedelta(days=day)
        for _ in range(count - 1):
            cast.statement_in("approved", at=at)
        cast.statement_in("announced", at=at)
    return list(BulletinIssue.objects.order_by("serial"))


def fetched(visitor, *addresses):
    return [(address.rpartition("/")[2].split("?")[0], visitor.get(address).getvalue()) for address in addresses]


def checked(files):
    verifier = Verifier()
    return verifier.read(files), verifier


def test_the_public_files_alone_are_verified(visitor, issues):
    problems, verifier = checked(fetched(visitor, *ADDRESSES, "/bulletin/checkpoint.txt", "/bulletin/2026/1.txt"))
    assert problems == []
    assert verifier.summary()[0].startswith("3 issues, 4 entries, 2026-001 to 2026-003")


def test_the_year_in_one_file_is_the_issues_one_after_the_other(visitor, issues):
    every = b"".join(data for _name, data in fetched(visitor, *ADDRESSES[1:]))
    assert visitor.get("/bulletin/2026.jsonl").getvalue() == every


def test_an_issue_is_the_same_bytes_whenever_it_is_built(visitor, issues):
    assert visitor.get("/bulletin/2026/2.json").content == visitor.get("/bulletin/2026/2.json").content


def test_every_entry_has_a_proof_against_its_own_and_every_later_issue(visitor, issues):
    asked = [
        f"/bulletin/2026/{issue.number}/{position}.json?in={later}"
        for issue in issues
        for position in range(1, issue.entry_count + 1)
        for later in issues[issue.serial - 1 :]
    ]
    problems, verifier = checked(fetched(visitor, "/bulletin/keys.txt", "/bulletin/2026/proofs.jsonl", *asked))
    assert (problems, verifier.proofs) == ([], 4 + 8)
    assert visitor.get("/bulletin/2026/3/1.json?in=2026-001").status_code == 404


def test_any_two_issues_are_consistent(visitor, issues):
    pairs = [(first, second) for first in issues for second in issues if first.serial <= second.serial]
    asked = [f"/bulletin/consistency.json?first={first}&second={second}" for first, second in pairs]
    problems, verifier = checked(fetched(visitor, "/bulletin/keys.txt", *asked))
    assert (problems, verifier.proofs) == ([], 6)


def test_the_page_of_an_entry_shows_its_place_and_its_proof(visitor, issues):
    page = visitor.get("/bulletin/2026/2/2/")
    entry = issues[1].entries.get(position=2)
    assert page.context["number"] == 3
    assert entry.content_hash in page.text
    assert issues[1].root_hash in page.text
    assert all(item in page.text for item in page.context["proof"].path)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("first=2026-001&second=2026-009", "There is no such issue"),
        ("first=x&second=", "There is no such issue"),
        ("first=2026-002&second=2026-001", "Exchange them"),
        ("first=٢٠٢٦-001&second=2026-001", "There is no such issue"),
    ],
)
def test_what_cannot_be_proved_is_explained_and_nothing_typed_is_lost(visitor, issues, query, problem):
    answer = visitor.get(f"/bulletin/consistency/?{query}")
    assert answer.status_code == 422
    assert problem in answer.text
    assert f'value="{query.split("=")[1].split("&")[0]}"' in answer.text


def test_two_issues_give_a_proof_and_its_file(visitor, issues):
    page = visitor.get("/bulletin/consistency/?first=2026-001&second=2026-003")
    assert page.context["url"] == "/bulletin/consistency.json?first=2026-001&second=2026-003"
    assert issues[2].checkpoint.split("\n")[2] in page.text


def test_the_page_on_checking_hands_out_everything_and_names_the_key_for_what_it_is(visitor, issues):
    page = visitor.get("/bulletin/verify/").text
    for address in ("/bulletin/verify_bulletin.py", "/bulletin/keys.txt", "/bulletin/2026.jsonl"):
        assert f'href="{address}"' in page
    assert "Development key, no legal effect" in page
    assert visitor.get("/bulletin/verify_bulletin.py").getvalue().startswith(b'"""Checks the public files')


def test_an_empty_log_breaks_no_page(visitor, db):
    assert visitor.get("/bulletin/verify/").status_code == 200
    assert visitor.get("/bulletin/keys.txt").content == b""
    assert visitor.get("/bulletin/consistency/").status_code == 200
