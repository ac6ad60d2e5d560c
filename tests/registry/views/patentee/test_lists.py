"""The filer's list: state, turn and period of everything it filed, however many, and the same as a table."""

import csv
import io
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from registry.actions.answering import decline_consent
from registry.actions.consenting import ask_consents, give_consent
from registry.actions.drafting import save_draft
from registry.actions.redeclaring import begin_successor
from registry.models import Statement
from registry.queries import asking, content
from registry.queries.content import content_hash
from tests.cast import NOW, TODAY

LIST = "/my/statements/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def table(client, form: str, **said) -> list[list]:
    answer = client.get(reverse("registry:my_statements_table", args=[form]), said)
    if form == "csv":
        return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    return [list(row) for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)]


def test_each_row_says_state_turn_and_last_day(cast):
    waiting = cast.statement_in("correction")
    announced = cast.statement_in("announced")
    page = cast.patentee.client(accept_language="en").get(LIST)
    rows = {row["statement"]: row["turn"] for row in page.context["rows"]}
    assert rows[waiting].until == waiting.correction_due_on
    assert rows[announced] is None
    assert (waiting.number in page.content.decode(), announced.number in page.content.decode()) == (True, True)


def test_the_list_is_searched_narrowed_sorted_and_its_table_is_the_same(cast):
    cast.statement_in("submitted", cast.patent(title="一种热泵"))
    wanted = cast.statement_in("correction", cast.patent(title="一种电池"))
    client = cast.patentee.client()
    for said in ({"q": "电池"}, {"status": "correction"}, {"turn": "filer"}):
        assert [row["statement"] for row in client.get(LIST, said).context["rows"]] == [wanted]
        assert [row[0] for row in table(client, "csv", **said)[1:]] == [wanted.number]
    ordered = [row["statement"].patent.title for row in client.get(LIST, {"sort": "-title"}).context["rows"]]
    assert ordered == [row[2] for row in table(client, "xlsx", sort="-title")[1:]]
    assert set(ordered) == {"一种热泵", "一种电池"}
    assert client.get(reverse("registry:my_statements_table", args=["pdf"])).status_code == 404


def test_column_heads_say_how_they_are_sorted_and_turn_round(cast):
    cast.draft()
    page = cast.patentee.client().get(LIST, {"sort": "title", "q": "", "page": "1"}).content.decode()
    assert re.findall(r'aria-sort="(\w+)"><a href="([^"]+)"', page) == [("ascending", "?sort=-title&amp;q=")]


def test_nobody_reads_the_list_of_another(cast):
    cast.statement_in("submitted")
    rival = cast.member("Rival University", "university", holds=True)
    assert cast.rival.client().get(LIST).context["page"].paginator.count == 0
    assert table(rival.client(), "csv")[1:] == []


def test_cells_are_made_harmless_and_numbers_stay_numbers(cast):
    cast.draft(cast.patent(title="=cmd()"), fixed_amount="1234.5")
    row = table(cast.patentee.client(), "xlsx")[1]
    assert (row[2], row[12]) == ("'=cmd()", 1234.5)


def test_a_university_with_nine_hundred_patents_reads_its_list_in_few_queries(cast, django_assert_max_num_queries):
    draft = cast.draft()
    holder = cast.patentee.patentee
    patents = [cast.patent(title=f"第{n}项") for n in range(3)]
    copies = []
    for n in range(900):
        copy = Statement.objects.get(pk=draft.pk)
        copy.pk, copy.patent = None, patents[n % 3]
        copy.id = Statement._meta.get_field("id").get_default()
        copies.append(copy)
    Statement.objects.bulk_create(copies)
    client = cast.patentee.client()
    for said in ({}, {"sort": "until", "page": "9"}, {"q": "第2项"}):
        with django_assert_max_num_queries(20):
            page = client.get(LIST, said)
        assert len(page.context["rows"]) == 50
        assert len(page.content) < 200_000
    assert (page.context["page"].paginator.count, holder.ownerships.count()) == (300, 4)
    assert len(table(client, "csv")) == 902
    assert NOW.date() == TODAY


def test_texts_that_wait_are_counted_without_reading_them(cast, monkeypatch):
    first, *others = [cast.draft(cast.co_owned_patent()) for _ in range(4)]
    for statement in (first, *others):
        ask_consents(statement=statement, by=cast.patentee.actor, at=NOW)
    client = cast.co_owner.client()

    def waiting() -> int:
        return client.get(LIST).context["consents_waiting"]

    assert waiting() == 4
    with CaptureQueriesContext(connection) as few:
        waiting()
    give_consent(statement=first, read_hash=content_hash(first), by=cast.co_owner.actor, at=NOW)
    decline_consent(statement=others[0], read_hash=content_hash(others[0]), reason="", by=cast.co_owner.actor, at=NOW)
    assert waiting() == 2
    save_draft(statement=first, entries={"payee_account": "1"}, by=cast.patentee.actor, at=NOW)  # no part of the text
    assert waiting() == 2
    save_draft(statement=first, entries={"fixed_amount": "90000"}, by=cast.patentee.actor, at=NOW)
    assert waiting() == 3
    save_draft(statement=first, entries={"fixed_amount": "200000"}, by=cast.patentee.actor, at=NOW)
    assert waiting() == 2  # it is the text that was consented to

    for module in (content, asking):
        monkeypatch.setattr(module, "content_hash", _unread)
    monkeypatch.setattr(content, "canonical_content", _unread)
    with CaptureQueriesContext(connection) as many:
        assert waiting() == 2
    assert len(many) == len(few)


def _unread(*_args):
    raise AssertionError("the page reads a text to count it")


def test_a_text_asked_about_before_its_hash_was_kept_waits_until_it_is_answered(cast):
    given, waiting = [cast.draft(cast.co_owned_patent()) for _ in range(2)]
    for statement in (given, waiting):
        ask_consents(statement=statement, by=cast.patentee.actor, at=NOW)
    give_consent(statement=given, read_hash=content_hash(given), by=cast.co_owner.actor, at=NOW)
    Statement.objects.update(text_hash="")
    assert cast.co_owner.client().get(LIST).context["consents_waiting"] == 1


def test_replacing_an_earlier_statement_voids_what_was_consented_to_before(cast):
    patent = cast.co_owned_patent()
    earlier = cast.statement_in("withdrawn", patent)
    statement = cast.draft(patent)
    cast.consent_of_all(statement)
    client = cast.co_owner.client()
    assert client.get(LIST).context["consents_waiting"] == 0
    begin_successor(earlier=earlier, filed_by=statement.filed_by, by=cast.patentee.actor, at=NOW)
    assert client.get(LIST).context["consents_waiting"] == 1
    assert cast.co_owner.organisation.inbox.filter(code="consent-void").count() == 1
