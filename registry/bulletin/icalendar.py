"""A year's issue days as an iCalendar file (RFC 5545): same plan, same bytes."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone


def icalendar(
    days: Iterable[tuple[date, bool, str]], *, name: str, origin: str, stamp: datetime, provisional: bool
) -> bytes:
    """Return the file. ``days`` are date, whether an issue appears, and the reason of a change.

    A day that was struck out stays as a canceled event, so that whoever subscribed sees it go.
    """
    written = stamp.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")  # noqa: UP017
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{origin}//calendar//ZH", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    for day, appears, reason in days:
        status = "CANCELLED" if not appears else "TENTATIVE" if provisional else "CONFIRMED"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{day}@{origin.replace('/', '.')}",
            f"DTSTAMP:{written}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(name)}",
            *([f"DESCRIPTION:{_text(reason)}"] if reason else []),
            f"STATUS:{status}",
            f"SEQUENCE:{1 if reason else 0}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _text(value: str) -> str:
    """Escape what has a meaning in a text value."""
    for char in ("\\", ";", ","):
        value = value.replace(char, "\\" + char)
    return value.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a line so that none is longer than 75 octets, between characters."""
    parts, length = [""], 0
    for char in line:
        size = len(char.encode())
        if length + size > (75 if len(parts) == 1 else 74):
            parts.append("")
            length = 0
        parts[-1] += char
        length += size
    return "\r\n ".join(parts)
