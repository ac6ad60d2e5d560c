"""What the register knows of a patent, line by line: what bars open licensing and what does not."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.rules import Text
from registry.models import EvaluationReport, Patent


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One entry of the register: what it is, who or what it names, and the days between which it holds."""

    kind: Text
    text: str
    since: date
    until: date | None = None


def register_lines(patent: Patent) -> list[RegisterLine]:
    """Return every recorded fact about the patent, newest first."""
    report = EvaluationReport.objects.filter(patent=patent).first()
    lines = [
        *(_line(item.get_kind_display(), item.licensee, item) for item in patent.encumbrances.all()),
        *(RegisterLine(_("Pledge"), _pledge(item), item.since_on, item.released_on) for item in patent.pledges.all()),
        *(_line(_("Suspension of procedures"), item.get_ground_display(), item) for item in patent.suspensions.all()),
        *(_line(_("Other obstacle"), item.description, item) for item in patent.obstacles.all()),
        *(
            RegisterLine(_("Invalidation"), item.get_scope_display(), item.decided_on)
            for item in patent.invalidations.all()
        ),
    ]
    if report is not None:
        text = f"{report.reference}: {report.get_conclusion_display()}"
        lines.append(RegisterLine(_("Patent evaluation report"), text, report.issued_on))
    return sorted(lines, key=lambda line: line.since, reverse=True)


def _line(kind: Text, text: str, item: Any) -> RegisterLine:
    return RegisterLine(kind, text, item.since_on, item.until_on)


def _pledge(pledge: Any) -> str:
    if pledge.consented_on is None:
        return pledge.pledgee
    return _("%(pledgee)s, who consented to open licensing") % {"pledgee": pledge.pledgee}
