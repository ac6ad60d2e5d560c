"""The filer's list: state, turn and period of everything it filed, however many, and the same as a table."""

import csv
import io
import re

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from registry.models import Statement
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
