"""A provincial officer's pages: their own province whole, and nothing of another one."""

import csv
import io
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import InboxMessage
from accounts.roles import Role
from core.lifecycle import Actor
from licensing.actions.clocks import remind_of_filings
from licensing.actions.deciding import record_filing
from licensing.queries.provincial import licensing_figures
from registry.queries.provincial import StatementFigures, statement_figures
from tests.cast import NOW, Cast
from tests.licensing.scene import Scene, later
from tests.mediation.scene import Dispute

PAGES = ["province", "province_statements", "province_filings"]
TABLES = ["province_statements_table", "province_filings_table"]


@pytest.fixture
def scene(cast) -> Scene:
    return Scene(cast)


@pytest.fixture
def other(cast):
    """The officer of the neighboring province."""
    return cast.official(Role.OFFICER, "The neighbor", province="32")


def texts(officer) -> dict[str, str]:
    """Return every page and table of an officer as text."""
    client = officer.client()
    found = {name: client.get(reverse(name)).content.decode() for name in PAGES}
    for name in TABLES:
        found[f"{name} csv"] = b"".join(client.get(reverse(name, args=["csv"])).streaming_content).decode()
        book = load_workbook(io.BytesIO(client.get(reverse(name, args=["xlsx"])).content))
        found[f"{name} xlsx"] = str(list(book.active.iter_rows(values_only=True))[1:])
    return found


def test_a_province_reads_nothing_of_another(scene, cast, other):
    """Neither a name, a number or a title, nor a count, on any page or in any download."""
    late = scene.license()
    scene.filing(scene.license(scene.announced(at=later(1)), by=cast.rival, number="V-2", at=later(1)), by=cast.rival)
    remind_of_filings(at=later(62))  # the three months end on 2 June 2026
    with time_machine.travel(later(120), tick=False):
        own, foreign = texts(cast.officer), texts(other)
        canaries = [
            late.number, late.statement.number, late.statement.patent.number, late.statement.patent.title,
            cast.patentee.organisation.name,
        ]  # fmt: skip
        for canary in canaries:
            assert canary in own["province"] + own["province_statements"], canary
            assert [where for where, text in foreign.items() if canary in text] == [], canary
    assert statement_figures("32") == StatementFigures(0, 0, 0, 0, 0)
    figures = licensing_figures("32", on=date(2026, 7, 1))
    assert {getattr(figures, name) for name in figures.__dataclass_fields__} == {0}


def test_the_figures_are_those_of_the_register(scene, cast):
    license = scene.license()  # never filed
    filed = scene.license(scene.announced(at=later(1)), by=cast.rival, number="V-2", at=later(1))
    record_filing(filing_id=scene.filing(filed, by=cast.rival, at=later(1)).pk, by=cast.examiner.actor, at=later(1))
    cast.statement_in("submitted")
    cast.draft()
    assert statement_figures("33") == StatementFigures(submitted=3, approved=2, announced=2, in_effect=2, refused=0)
    figures = licensing_figures("33", on=date(2026, 6, 2))
    assert (figures.noticed, figures.licensed, figures.recorded) == (2, 2, 1)
    assert (figures.filed_in_time, figures.filed_late, figures.still_in_time, figures.overdue) == (1, 0, 1, 0)
    assert licensing_figures("33", on=date(2026, 6, 3)).overdue == 1
    assert figures.reminders == 0
    remind_of_filings(at=later(92 - 30))
    told = InboxMessage.objects.filter(code="license-filing_due")
    assert set(told.values_list("organisation", flat=True)) == {
        cast.patentee.organisation.pk,
        cast.enterprise.organisation.pk,
    }
    assert licensing_figures("33", on=date(2026, 6, 3)).reminders == 2
    with time_machine.travel(later(92), tick=False):
        page = cast.officer.client(accept_language="en").get(reverse("province"))
    assert [wanted.license for wanted in page.context["late"]] == []
    assert page.context["licensing"].still_in_time == 1
    with time_machine.travel(later(93), tick=False):
        page = cast.officer.client().get(reverse("province"))
    assert [wanted.license for wanted in page.context["late"]] == [license]


def test_every_picture_has_its_table_beneath(scene, cast):
    scene.license()
    with time_machine.travel(later(1), tick=False):
        page = cast.officer.client().get(reverse("province"))
    funnel = page.context["charts"][0]
    assert [row[1] for row in funnel.rows] == ["1", "1", "1", "1", "1", "0"]
    months = page.context["charts"][1].rows
    assert (len(months), months[0], months[-1]) == (12, ("2025-04", "0"), ("2026-03", "1"))
    assert page.content.decode().count("<svg") == page.content.decode().count("<caption>") == 3


def test_mediation_is_counted_and_never_told(cast):
    dispute = Dispute(cast)
    case = dispute.requested()
    client = cast.officer.client()
    with time_machine.travel(dispute.at, tick=False):
        page = client.get(reverse("province"))
    assert [row[1] for row in page.context["charts"][-1].rows] == ["1"]
    assert (page.context["cases"], case.number in page.content.decode(), case.claim in page.content.decode()) == (
        1, False, False,
    )  # fmt: skip


def test_drafts_are_their_filers_alone(cast):
    statement = cast.draft()
    for text in texts(cast.officer).values():
        assert statement.patent.number not in text


def test_the_list_is_searched_narrowed_and_exported_as_shown(cast):
    waiting, correcting = cast.statement_in("submitted"), cast.statement_in("correction")
    client = cast.officer.client()
    shown = client.get(reverse("province_statements"), {"turn": "filer"}).context["rows"]
    assert [row["statement"] for row in shown] == [correcting]
    shown = client.get(reverse("province_statements"), {"q": f"ZL {waiting.patent.number}"}).context["rows"]
    assert [row["statement"] for row in shown] == [waiting]
    answer = client.get(reverse("province_statements_table", args=["csv"]), {"turn": "filer"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [correcting.number]
    assert client.get(reverse("province_statements_table", args=["pdf"])).status_code == 404


def test_a_cell_that_a_spreadsheet_would_run_is_made_text(cast):
    cast.statement_in("submitted", cast.patent(title="=HYPERLINK(1)"))
    client = cast.officer.client()
    book = load_workbook(io.BytesIO(client.get(reverse("province_statements_table", args=["xlsx"])).content))
    assert book.active["C2"].value == "'=HYPERLINK(1)"


def test_the_system_has_no_province():
    assert Actor.system("beat").province == ""


@pytest.mark.django_db
def test_no_province_is_no_statements():
    cast = Cast()
    cast.statement_in("submitted")
    assert statement_figures("") == StatementFigures(0, 0, 0, 0, 0)
    assert licensing_figures("", on=NOW.date() + timedelta(days=1)).licenses == 0
