"""The list and the page of statements as visitors see them."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from registry.enums import PUBLIC_STATUSES, StatementStatus
from tests.cast import NOW
from tests.factories.patents import PledgeFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def three(cast):
    """A lump sum in electricity, a royalty in physics, a free license; announced on three days."""
    return [
        cast.statement_in(
            "announced", cast.patent(main_class="H01M10/613", province="33"), at=NOW - 3 * DAY, fixed_amount="20000"
        ),
        cast.statement_in(
            "announced",
            cast.patent(main_class="G06F16/27", province="44", title="Query planner"),
            at=NOW - 2 * DAY,
            fee_mode="royalty_sales",
            fixed_amount="",
            royalty_rate="2",
        ),
        cast.statement_in(
            "announced", cast.patent(main_class="G01N33/00"), at=NOW - DAY, fee_mode="free", fixed_amount=""
        ),
    ]


def shown(visitor, **query):
    answer = visitor.get("/statements/", query)
    return [card["url"].split("/")[2] for card in answer.context["cards"]]


def numbers(*statements):
    return [statement.number for statement in statements]


def test_the_list_is_newest_first_and_each_filter_narrows_it(visitor, three):
    lump, royalty, free = three
    assert shown(visitor) == numbers(free, royalty, lump)
    assert shown(visitor, q="planner") == numbers(royalty)
    assert shown(visitor, classes="G") == numbers(free, royalty)
    assert shown(visitor, classes="g06f") == numbers(royalty)
    assert shown(visitor, province="44") == numbers(royalty)
    assert shown(visitor, fee="free") == numbers(free)
    assert shown(visitor, kind="design") == []
    assert shown(visitor, term="5") == []
    assert shown(visitor, term="3") == numbers(free, royalty, lump)


def test_facets_count_what_a_choice_would_show(visitor, three):
    found = visitor.get("/statements/", {"classes": "G"}).context["found"]
    facets = {facet.name: facet.counts for facet in found.facets}
    assert facets["classes"] == {"G": 2, "H": 1}
    assert facets["fee"] == {"free": 1, "royalty_sales": 1}
    assert facets["province"] == {"33": 1, "44": 1}
    assert facets["open"] == {"1": 2}
    assert facets["term"] == {"1": 2, "3": 2, "5": 0}


def test_what_cannot_be_accepted_says_why_and_the_filter_leaves_it_out(visitor, three):
    lump = three[0]
    PledgeFactory(patent=lump.patent)
    assert lump.number not in shown(visitor, open="1")
    page = visitor.get(f"/statements/{lump.number}/")
    assert "It cannot be accepted now" in page.text
    assert "pledged to Bank of the Lake" in page.text
    assert f"/statements/{lump.number}/accept/" not in page.text


def test_a_statement_page_says_price_term_contact_history_and_how_to_accept(visitor, three):
    lump = three[0]
    page = visitor.get(f"/statements/{lump.number}/").text
    for words in ("¥20,000.00 once", "Lakeside University", lump.contact_name, "Bulletin 2026-001, entry 1",
                  "It can be accepted now", f"/statements/{lump.number}/accept/"):  # fmt: skip
        assert words in page
    for secret in (lump.explanation, lump.signed_name, lump.payee_account):
        assert secret not in page


@pytest.mark.parametrize("status", [value for value in StatementStatus.values if value not in PUBLIC_STATUSES])
def test_a_statement_before_its_announcement_looks_like_none(visitor, cast, status):
    statement = cast.statement_in(status)
    missing = visitor.get("/statements/OL2099000001/")
    hidden = visitor.get(f"/statements/{statement.number or 'OL0'}/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert shown(visitor, ended="1") == []
    assert visitor.get(f"/patents/{statement.patent.number}/").context["cards"] == []


def test_one_that_ended_is_kept_and_cannot_be_accepted(visitor, cast):
    statement = cast.statement_in("withdrawn", at=NOW - 2 * DAY)
    assert shown(visitor) == []
    assert shown(visitor, ended="1") == numbers(statement)
    page = visitor.get(f"/statements/{statement.number}/").text
    assert "This statement has ended" in page
    assert "/accept/" not in page


def test_the_firms_own_figures_make_costs_that_sort(visitor, three):
    lump, royalty, free = three
    figures = {"sales": "500,000", "years": "2"}
    cards = visitor.get("/statements/", figures).context["cards"]
    assert [card["cost"] for card in cards] == ["¥0.00", "¥20,000.00", "¥20,000.00"]
    figures["sales"] = "100万"
    assert shown(visitor, order="cost", **figures) == numbers(free, lump, royalty)
    page = visitor.get(f"/statements/{royalty.number}/", figures).text
    assert "¥40,000.00" in page
    assert "2 % of ¥1,000,000.00 net sales." in page


def test_a_wrong_figure_is_told_and_kept(visitor, three):
    page = visitor.get("/statements/", {"sales": "many", "years": "0"})
    assert "This is not a number." in page.text
    assert 'value="many"' in page.text
    assert len(page.context["cards"]) == 3


def test_pages_follow_each_other_both_ways(visitor, cast, monkeypatch):
    made = [cast.statement_in("announced", at=NOW - number * DAY) for number in (5, 4, 3, 2, 1)]
    monkeypatch.setattr("registry.queries.searching.PAGE_SIZE", 2)
    newest = list(reversed(numbers(*made)))
    seen, address, back = [], "/statements/", []
    while address:
        page = visitor.get(address)
        seen.append([card["url"].split("/")[2] for card in page.context["cards"]])
        back.append(page.context["previous_url"])
        address = page.context["next_url"] and f"/statements/{page.context['next_url']}"
    assert seen == [newest[:2], newest[2:4], newest[4:]]
    assert back[0] == ""
    earlier = visitor.get(f"/statements/{back[2]}")
    assert [card["url"].split("/")[2] for card in earlier.context["cards"]] == newest[2:4]
    first = visitor.get(f"/statements/{earlier.context['previous_url']}")
    assert [card["url"].split("/")[2] for card in first.context["cards"]] == newest[:2]
    assert first.context["previous_url"] == ""


def test_a_patent_number_without_statement_leads_to_the_patent(visitor, cast):
    patent = cast.patent()
    page = visitor.get("/statements/", {"q": f"ZL{patent.number}"})
    assert page.context["patent_found"] == patent
    assert f"/patents/{patent.number}/" in page.text


def test_the_list_as_csv_has_the_same_rows(visitor, three):
    answer = visitor.get("/statements.csv", {"classes": "G"})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row["statement_number"] for row in rows] == numbers(*reversed(three[1:]))
    assert (rows[1]["royalty_rate"], rows[1]["patentees"]) == ("2.00", "Lakeside University")


def test_markup_in_a_title_stays_text(visitor, cast):
    statement = cast.statement_in("announced", cast.patent(title="<script>alert(1)</script>"))
    for address in ("/", "/statements/", f"/statements/{statement.number}/", "/bulletin/2026/1/"):
        assert "<script>alert(1)" not in visitor.get(address).text


@pytest.mark.parametrize("number", ["%00", "OL%27", "x" * 300, "OL2026000001%20"])
def test_strange_addresses_are_not_found(visitor, db, number):
    assert visitor.get(f"/statements/{number}/").status_code == 404
    assert visitor.get(f"/patents/{number}/").status_code == 404


def test_a_search_that_takes_too_long_says_so(visitor, db, monkeypatch):
    from django.db import connection

    def slow(*_args):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(2)")

    monkeypatch.setattr("registry.queries.searching.LONGEST_SEARCH", "50ms")
    monkeypatch.setattr("registry.queries.searching.capped_count", slow)
    page = visitor.get("/statements/", {"q": "电池"})
    assert "The search took too long" in page.text
    assert 'value="电池"' in page.text
