"""The bulletin as the public reads it: by year, as printed, as data."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client

from registry.bulletin.canonical import canonical
from registry.bulletin.merkle import leaf_hash, root_of
from registry.models import BulletinIssue
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "en"})


def test_issues_are_listed_and_shown_in_printed_order(visitor, cast):
    cast.statement_in("approved", cast.patent(main_class="H01M10/613", title="Second"), fixed_amount="20000")
    cast.statement_in("announced", cast.patent(main_class="G06F16/27", title="First"))
    issue = BulletinIssue.objects.get()
    assert list(visitor.get("/bulletin/").context["issues"]) == [issue]
    page = visitor.get("/bulletin/2026/1/")
    entries = [item["said"]["title"] for group in page.context["groups"] for item in group["entries"]]
    assert entries == ["First", "Second"]
    assert issue.root_hash in page.text
    assert "¥20,000.00 once" in page.text


def test_the_json_alone_proves_the_root(visitor, cast):
    cast.statement_in("announced")
    cast.statement_in("announced", at=NOW + timedelta(days=1))
    issues = [visitor.get(f"/bulletin/2026/{number}.json").json() for number in (1, 2)]
    leaves = [leaf_hash(canonical(entry["content"])) for issue in issues for entry in issue["entries"]]
    assert leaves == [entry["content_hash"] for issue in issues for entry in issue["entries"]]
    assert issues[1]["root_hash"] == root_of(leaves)
    assert issues[1]["previous_root"] == issues[0]["root_hash"] == root_of(leaves[:1])


def test_html_json_and_csv_say_the_same(visitor, cast):
    statement = cast.statement_in("announced", cast.patent(title="=cmd()"))
    said = visitor.get("/bulletin/2026/1.json").json()["entries"][0]["content"]
    answer = visitor.get("/bulletin/2026/1.csv")
    row = next(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    page = visitor.get("/bulletin/2026/1/").text
    assert row["title"] == "'=cmd()"
    assert (row["statement_number"], row["fixed_amount"], row["effective_on"], row["contact_name"]) == (
        statement.number,
        said["fee"]["fixed_amount"],
        said["effective_on"],
        said["contact"]["name"],
    )
    for value in (said["statement_number"], said["effective_on"], said["contact"]["name"], "Lakeside University"):
        assert value in page


@pytest.mark.parametrize(
    "address", ["/bulletin/2026/9/", "/bulletin/2026/9.json", "/bulletin/2026/9.csv", "/bulletin/99999999/1/",
                "/bulletin/?year=1999", "/bulletin/?year=x", "/bulletin/?year=99999999999"],
)  # fmt: skip
def test_issues_that_are_none_are_not_found(visitor, db, address):
    assert visitor.get(address).status_code == 404


def test_an_empty_bulletin_says_when_it_appears(visitor, db):
    assert "Tuesdays and Fridays" in visitor.get("/bulletin/").text
