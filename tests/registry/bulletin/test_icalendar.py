"""Issue days for calendar programs (RFC 5545)."""

from datetime import UTC, date, datetime

from registry.bulletin.icalendar import icalendar

DAYS = [(date(2026, 3, 3), True, ""), (date(2026, 3, 6), False, "设备检修; 改期, 见公告\n" + "长" * 60)]


def made(**changed) -> str:
    said = {"name": "专利开放许可公报", "origin": "registry.example/bulletin", "provisional": False}
    return icalendar(DAYS, stamp=datetime(2025, 12, 1, tzinfo=UTC), **{**said, **changed}).decode()


def test_each_day_is_an_event_of_a_whole_day_and_a_struck_one_is_canceled():
    text = made().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20260303\r\nDTEND;VALUE=DATE:20260304" in text
    assert [line for line in text.split("\r\n") if line.startswith("STATUS")] == [
        "STATUS:CONFIRMED",
        "STATUS:CANCELLED",
    ]
    assert "设备检修\\; 改期\\, 见公告\\n长长" in text


def test_days_of_a_provisional_year_are_tentative():
    assert "STATUS:TENTATIVE" in made(provisional=True)


def test_lines_end_and_fold_as_the_standard_wants():
    text = made()
    assert text.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert made() == text
