"""The calendar of the bulletin as the public reads it, in four forms that say the same."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from core.deadlines import law_date
from registry.actions import calendar
from registry.models import CalendarDay
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NEXT = law_date(timezone.now()).year + 1


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def plan(cast: Cast):
    """Next year's plan, made today, with one day struck out."""
    by, at = cast.approver.actor, timezone.now()
    made = calendar.make_calendar(year=NEXT, by=by, at=at)
    struck = made.days.filter(on__month=6).first().on
    calendar.change_day(day=struck, appears=False, reason="设备检修", by=by, at=at)
    return made, struck


def test_page_calendar_file_data_and_table_say_the_same(visitor, plan):
    made, struck = plan
    days = {str(day.on): day.appears for day in CalendarDay.objects.filter(calendar=made)}
    page = visitor.get(f"/bulletin/calendar/{NEXT}/").text
    data = visitor.get(f"/bulletin/calendar/{NEXT}.json").json()
    table = csv.DictReader(io.StringIO(visitor.get(f"/bulletin/calendar/{NEXT}.csv").getvalue().decode("utf-8-sig")))
    events = visitor.get(f"/bulletin/calendar/{NEXT}.ics").text.split("BEGIN:VEVENT")[1:]
    start = [re.search(r"DTSTART;VALUE=DATE:(\d{4})(\d\d)(\d\d)", event).groups() for event in events]
    assert set(re.findall(r'<time datetime="(\d{4}-\d\d-\d\d)">', page)) == set(days)
    assert {day["date"]: day["appears"] for day in data["days"]} == days
    assert {row["date"]: row["appears"] == "True" for row in table} == days
    assert {"-".join(on): "CANCELLED" not in event for on, event in zip(start, events, strict=True)} == days
    assert f'<del><time datetime="{struck}">' in page
    assert "设备检修" in page


def test_a_year_without_calendar_says_that_issues_follow_the_rule(visitor, db):
    page = visitor.get(f"/bulletin/calendar/{NEXT}/").text
    assert "The office has not made the calendar of this year yet" in page
    assert visitor.get(f"/bulletin/calendar/{NEXT}.json").json()["made_at"] is None


def test_years_there_is_nothing_to_say_of_are_not_found(visitor, plan):
    for address in (f"{NEXT + 1}/", f"{NEXT + 1}.ics", "1999.json", "99999999.csv"):
        assert visitor.get(f"/bulletin/calendar/{address}").status_code == 404
    assert visitor.get("/bulletin/calendar/").url == f"/bulletin/calendar/{NEXT - 1}/"


def test_the_office_makes_a_year_and_changes_a_day_at_its_desk(cast: Cast):
    client = cast.approver.client()
    desk = "/examination/registry/calendaryear/"
    assert client.get(f"{desk}make/").status_code == 200
    assert client.post(f"{desk}make/", {"step": "make", "make-year": NEXT}).status_code == 302
    assert client.post(f"{desk}make/", {"step": "make", "make-year": NEXT}).status_code == 422
    day = CalendarDay.objects.filter(on__month=7).first()
    page = f"{desk}{day.calendar_id}/change/"
    said = {"step": "change", "change-day": day.on, "change-appears": "no", "change-reason": ""}
    assert client.post(page, said).status_code == 422
    assert client.post(page, {**said, "change-reason": "检修"}).status_code == 302
    day.refresh_from_db()
    assert (day.appears, day.reason) == (False, "检修")
    assert cast.examiner.client().get(page).status_code == 200
    assert cast.examiner.client().get(f"{desk}make/").status_code == 404
    assert cast.examiner.client().post(page, said).status_code == 302
    assert date(NEXT, 1, 1) <= day.on


def test_other_people_see_no_desk(cast: Cast):
    assert cast.officer.client().get("/examination/registry/calendaryear/make/").status_code == 404
