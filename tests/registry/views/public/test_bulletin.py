"""The bulletin as the public reads it: by year, as printed, as data."""

import pytest
from django.test import Client

from registry.models import BulletinIssue

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


def test_a_long_issue_is_read_page_by_page_in_the_order_of_print(visitor, cast, monkeypatch):
    monkeypatch.setattr("registry.views.public.bulletin.A_PAGE", 2)
    for main_class in ("A01B1/00", "B01D1/00"):
        cast.statement_in("approved", cast.patent(main_class=main_class))
    cast.statement_in("announced", cast.patent(main_class="C07C1/00"))
    pages = [visitor.get(f"/bulletin/2026/1/?page={number}").context["groups"] for number in (1, 2)]
    shown = [[item["said"]["main_class"] for group in groups for item in group["entries"]] for groups in pages]
    assert shown == [["A01B1/00", "B01D1/00"], ["C07C1/00"]]


@pytest.mark.parametrize(
    "address", ["/bulletin/2026/9/", "/bulletin/2026/9.json", "/bulletin/2026/9.txt",
                "/bulletin/2026/9/1/", "/bulletin/2026/9/1.json",
                "/bulletin/2026.jsonl", "/bulletin/2026/proofs.jsonl", "/bulletin/checkpoint.txt",
                "/bulletin/consistency.json",
                "/bulletin/2026/9.csv", "/bulletin/99999999/1/",
                "/bulletin/?year=1999", "/bulletin/?year=x", "/bulletin/?year=99999999999"],
)  # fmt: skip
def test_issues_that_are_none_are_not_found(visitor, db, address):
    assert visitor.get(address).status_code == 404


def test_an_empty_bulletin_says_when_it_appears(visitor, db):
    assert "Tuesdays and Fridays" in visitor.get("/bulletin/").text
