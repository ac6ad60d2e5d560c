"""Public reading: the same values as the pages, nothing that is not public, nothing before its time."""

from datetime import timedelta
from unittest.mock import ANY

import pytest
import time_machine

from registry.actions.events import take_in_events
from registry.fees.terms import describe
from registry.models import BulletinEntry, BulletinIssue, Obstacle, Pledge
from tests.api_client import Program
from tests.cast import NOW, TODAY
from tests.registry.actions.test_events import BY, received

LATER = NOW + timedelta(days=1)


@pytest.fixture
def visitor(db):
    return Program()


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_statement_says_price_term_and_that_it_can_be_accepted(cast, visitor):
    statement = cast.statement_in("announced")
    entry = BulletinEntry.objects.get()
    found = visitor.get(f"statements/{statement.number}/").json()
    patent = statement.patent
    place = {"year": 2026, "issue": 1, "position": 1}
    assert found == {
        "number": statement.number,
        "status": "announced",
        "patent_number": patent.number,
        "kind": "invention",
        "title": patent.title,
        "main_class": patent.main_class,
        "patentees": ["Lakeside University"],
        "province": patent.province,
        "industry": patent.industry,
        "effective_on": "2026-03-02",
        "ended_on": None,
        "fee": {
            "mode": "lump_sum",
            "words": "¥200,000.00 once",
            "fixed_amount": "200000.00",
            "royalty_rate": None,
            "unit_price": None,
            "unit_name": "",
            "instalments": [],
            "due_at_start": "200000.00",
        },
        "term": {"mode": "months", "until": None, "months": 36},
        "licenses": 0,
        "acceptance": {
            "open": True,
            "checked_at": "2026-03-02T10:00:00+08:00",
            "facts_as_of": ANY,
            "violations": [],
        },
        "cost": None,
        "payment_terms": "签发书面通知后十日内一次付清。",
        "contact": {"name": "Wang Fang", "phone": "0571 8888 0000", "email": ANY, "address": ANY},
        "filed_on": str(patent.filed_on),
        "granted_on": str(patent.granted_on),
        "patent_term_ends_on": str(patent.term_ends_on),
        "announced_in": place,
        "announcements": [{"id": str(entry.pk), "kind": "statement", "issued_on": "2026-03-02", "place": place}],
        "replaces": "",
        "replaced_by": [],
    }


def test_the_page_and_the_api_name_the_same_price_number_and_patentee(cast, visitor):
    statement = cast.statement_in("announced", fee_mode="royalty_sales", fixed_amount="", royalty_rate="3.5")
    page = cast.enterprise.client().get(f"/statements/{statement.number}/").content.decode()
    found = visitor.get(f"statements/{statement.number}/").json()
    assert found["fee"]["words"] == describe(statement.terms)
    for value in (found["fee"]["words"], found["number"], found["patentees"][0], found["title"]):
        assert value in page


def test_a_barred_statement_says_why_it_cannot_be_accepted(cast, visitor):
    statement = cast.statement_in("announced")
    Pledge.objects.create(patent=statement.patent, pledgee="Bank of Lakes", since_on=TODAY)
    found = visitor.get(f"statements/{statement.number}/").json()["acceptance"]
    assert (found["open"], [item["rule"] for item in found["violations"]]) == (False, ["G4"])
    assert found["violations"][0]["basis"] and found["violations"][0]["remedy"]


@pytest.mark.parametrize("status", ["draft", "submitted", "approved", "refused", "canceled", "held"])
def test_what_is_not_announced_is_not_there(cast, visitor, status):
    statement = cast.statement_in(status)
    absent = visitor.get("statements/OL2026999999/")
    assert absent.status_code == 404
    if statement.number:
        answer = visitor.get(f"statements/{statement.number}/")
        assert (answer.status_code, answer.content) == (404, absent.content)
    assert visitor.get("statements/", ended="1").json()["results"] == []
    assert visitor.get("bulletin/entries/").json()["count"] == 0


def test_payee_explanation_and_reasons_are_nowhere_public(cast, visitor):
    statement = cast.statement_in("announced", payee_account="6222 9999 8888 7777", explanation="机密的计算依据。")
    addresses = [
        "statements/",
        f"statements/{statement.number}/",
        f"patents/{statement.patent.number}/",
        "bulletin/issues/2026/1/",
        "bulletin/entries/",
    ]
    for address in addresses:
        text = visitor.get(address).content.decode()
        assert statement.patent.number in text
        assert "6222 9999" not in text
        assert "机密的计算依据" not in text


def test_the_list_is_narrowed_as_the_page_is_and_says_the_cost(cast, visitor):
    dear = cast.statement_in("announced")
    cheap = cast.statement_in("announced", at=LATER, fee_mode="royalty_sales", fixed_amount="", royalty_rate="2")
    with time_machine.travel(LATER, tick=False):
        newest_first = visitor.get("statements/").json()
        assert [item["number"] for item in newest_first["results"]] == [cheap.number, dear.number]
        assert visitor.get("statements/", fee="lump_sum").json()["results"][0]["number"] == dear.number
        assert visitor.get("statements/", q=cheap.patent.number).json()["count"] == 1
        costly = visitor.get("statements/", order="cost", sales="100万元", years="2").json()
    assert [(item["number"], item["cost"]) for item in costly["results"]] == [
        (cheap.number, "40000.00"),
        (dear.number, "200000.00"),
    ]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"kind": "plant"}, "kind"),
        ({"term": "99"}, "term"),
        ({"years": "0"}, "years"),
        ({"q": "\x00"}, "q"),
        ({"status": "draft"}, "status"),
        ({"sales": "many", "years": "1"}, "sales"),
    ],
)
def test_a_filter_that_does_not_exist_is_named(visitor, query, field):
    answer = visitor.get("statements/", **query)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_the_pages_of_the_list_hang_together(cast, visitor, monkeypatch):
    monkeypatch.setattr("registry.queries.searching.PAGE_SIZE", 2)
    numbers = [cast.statement_in("announced", at=NOW + timedelta(days=day)).number for day in range(5)]
    found, address = [], "/api/v1/statements/"
    while address:
        page = visitor.client.get(address).json()
        found += [item["number"] for item in page["results"]]
        address = page["next"]
    assert found == numbers[::-1]


def test_a_patent_is_read_in_any_writing_with_its_facts_and_their_time(cast, visitor):
    statement = cast.statement_in("announced")
    patent = statement.patent
    Obstacle.objects.create(patent=patent, description="The claims are under review.", since_on=TODAY)
    found = visitor.get(f"patents/ZL{patent.number}/").json()
    assert found["number"] == patent.number
    assert found["obstacles"] == [{"description": "The claims are under review.", "since": "2026-03-02", "until": None}]
    assert found["statements"] == [statement.number]
    assert found["facts_as_of"]
    assert visitor.get(f"patents/{patent.number.replace('.', '')}/").json() == found
    assert visitor.get("patents/no-number/").status_code == 404


def test_an_annulled_event_is_listed_with_its_annulment(cast, visitor):
    patent = cast.patent()
    take_in_events(events=[received(patent, "lapse", "2026-02-03", ref="wrong")], by=BY, at=NOW)
    undone = received(patent, "annulment", "2026-02-04", ref="A1", annuls="wrong", reason="Wrong patent.")
    take_in_events(events=[undone], by=BY, at=NOW)
    found = visitor.get(f"patents/{patent.number}/").json()
    events = {item["reference"]: item for item in found["events"]}
    assert (events["wrong"]["annulled_by"], events["A1"]["annulled_by"]) == (events["A1"]["id"], None)
    assert (found["right_status"], events["A1"]["details"]["reason"]) == ("in_force", "Wrong patent.")


def test_a_patent_s_facts_say_whence_and_as_of_when_and_its_events_are_listed(cast, visitor):
    patent = cast.patent()
    events = [
        received(patent, "annuity_late", "2026-03-01", ref="A1"),
        received(patent, "pledge_release", "2026-03-01", ref="A2", pledgee="Bank"),
    ]
    take_in_events(events=events, by=BY, at=NOW)
    found = visitor.get(f"patents/{patent.number}/").json()
    known = {item["fact"]: (item["source"], item["as_of"]) for item in found["known"]}
    assert set(known) == {"granted_on", "term_ends_on", "right_status", "annuity_state", "holders"}
    assert known["annuity_state"][0] == "gazette"
    assert known["annuity_state"][1] > known["right_status"][1]
    assert known["right_status"][0] == "delivery"
    assert [(item["kind"], item["effective_on"], item["reference"]) for item in found["events"]] == [
        ("annuity_late", "2026-03-01", "A1")
    ]


def test_the_issue_holds_exactly_what_was_printed_and_the_root(cast, visitor):
    cast.statement_in("announced")
    issue, entry = BulletinIssue.objects.get(), BulletinEntry.objects.get()
    answer = visitor.get("bulletin/issues/2026/1/")
    found = answer.json()
    assert (found["root_hash"], found["entry_count"], found["serial"]) == (issue.root_hash, 1, 1)
    assert (found["entries"][0]["content"], found["entries"][0]["content_hash"]) == (entry.content, entry.content_hash)
    assert visitor.get(f"bulletin/entries/{entry.pk}/").json() == found["entries"][0]
    listed = visitor.get("bulletin/issues/").json()
    assert found["checkpoint"] == issue.checkpoint
    whole = ("entries", "checkpoint")
    assert listed["results"] == [{name: value for name, value in found.items() if name not in whole}]
    assert visitor.get("bulletin/issues/2026/2/").status_code == 404


def test_entries_are_narrowed(cast, visitor):
    statement = cast.statement_in("announced")
    other = cast.statement_in("announced", at=LATER)
    numbers = lambda **query: [  # noqa: E731
        item["content"]["statement_number"] for item in visitor.get("bulletin/entries/", **query).json()["results"]
    ]
    assert numbers() == [other.number, statement.number]
    assert numbers(patent=f"ZL{statement.patent.number}") == [statement.number]
    assert numbers(since="2026-03-03") == [other.number]
    assert numbers(kind="withdrawal") == []
    assert visitor.get("bulletin/entries/", patent="7").json()["errors"].keys() == {"patent"}


def test_an_answer_that_did_not_change_is_not_sent_again(cast, visitor):
    cast.statement_in("announced")
    first = visitor.get("bulletin/issues/2026/1/")
    again = visitor.client.get("/api/v1/bulletin/issues/2026/1/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Last-Modified"] == "Mon, 02 Mar 2026 02:00:00 GMT"


def test_chinese_is_the_language_where_none_is_asked_for(cast):
    statement = cast.statement_in("announced")
    program = Program(language="")
    answer = program.get(f"statements/{statement.number}/")
    assert answer["Content-Language"] == "zh-hans"
