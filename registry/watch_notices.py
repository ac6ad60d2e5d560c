"""What an organisation is told that watches a patent or a statement: whatever changes what it could do with it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.notifications import OrganisationNotice, in_every_language, notify_many, register
from registry.enums import StatementStatus
from registry.models import Patent, RegisterEvent, Statement, Watch

register(
    "watched-barred",
    subject=_("Statement %(number)s cannot be accepted at present"),
    body=_("You watch this. The register of patents has a new entry against statement %(number)s: %(grounds)s"),
)
register(
    "watched-resumed",
    subject=_("Statement %(number)s can be accepted again"),
    body=_("You watch this. The register of patents holds no bar against statement %(number)s any more."),
)
register(
    "watched-event",
    subject=_("Patent %(patent)s: a new entry in the register"),
    body=_("You watch this. The register of patents has a new entry on %(patent)s: %(entry)s, from %(effective_on)s."),
)
register(
    "watched-announced",
    subject=_("Statement %(number)s is announced"),
    body=_(
        "You watch patent %(patent)s. Statement %(number)s on it was announced on %(effective_on)s and can be accepted"
        " from that day on (Patent Law, Art. 51(1))."
    ),
)
register(
    "watched-redeclared",
    subject=_("Statement %(number)s is announced in the place of %(earlier)s"),
    body=_(
        "You watch this. The patentee has declared anew: statement %(number)s was announced on %(effective_on)s in the"
        " place of statement %(earlier)s and can be accepted from that day on. Licenses obtained under the earlier one keep"
        " its terms (Patent Law, Arts. 50(2) and 51(1))."
    ),
)
register(
    "watched-withdrawn",
    subject=_("Statement %(number)s was withdrawn"),
    body=_(
        "You watch this. The withdrawal of statement %(number)s was announced on %(ended_on)s; it can no longer be"
        " accepted. Licenses obtained before stay valid (Patent Law, Art. 50(2))."
    ),
)
register(
    "watched-ended",
    subject=_("Statement %(number)s was ended by the office"),
    body=_(
        "You watch this. The office has ended statement %(number)s; the bulletin of %(ended_on)s announces it"
        " (Guidelines V-11, section 4). It can no longer be accepted; licenses obtained before stay valid (Patent Law,"
        " Art. 50(2))."
    ),
)
register(
    "watched-revoked",
    subject=_("Statement %(number)s was revoked by the office"),
    body=_(
        "You watch this. The office has revoked statement %(number)s; the bulletin of %(ended_on)s announces it"
        " (Guidelines V-11, sections 3.4 and 4). It can no longer be accepted; licenses obtained before stay valid (Patent"
        " Law, Art. 50(2))."
    ),
)
register(
    "watched-expired",
    subject=_("Statement %(number)s has expired"),
    body=_(
        "You watch this. The term of statement %(number)s is over; from %(ended_on)s on it can no longer be accepted."
    ),
)
register(
    "watched-annulled",
    subject=_("Patent %(patent)s: an entry in the register is annulled"),
    body=_(
        "You watch this. An entry of the register of patents on %(patent)s was made by mistake and is annulled: %(entry)s,"
        " from %(effective_on)s."
    ),
)


def tell_event_watchers(patent: Patent, event: RegisterEvent, *, at: datetime) -> None:
    """Tell whoever watches the patent what was entered."""
    _tell_patent_watchers("watched-event", patent, event, f"watched:{event.pk}", at)


def tell_annulment_watchers(patent: Patent, event: RegisterEvent, annulment: RegisterEvent, *, at: datetime) -> None:
    """Tell them what was annulled."""
    _tell_patent_watchers("watched-annulled", patent, event, f"watched:{annulment.pk}", at)


def _tell_patent_watchers(code: str, patent: Patent, event: RegisterEvent, key: str, at: datetime) -> None:
    words = {
        "patent": str(patent),
        "entry": in_every_language(lambda: str(event.get_kind_display())),
        "effective_on": event.effective_on.isoformat(),
    }
    notices = [
        OrganisationNotice(f"{key}:{pk}", pk, words, reverse("registry:patent", args=[patent.number]))
        for pk in Watch.objects.filter(patent=patent).values_list("organisation_id", flat=True)
    ]
    notify_many(code, notices, at=at)


def tell_of_announcements(statements: Sequence[Statement], *, effective_on: date, at: datetime) -> None:
    """Tell whoever watches these patents, or the statements that these replace, what was announced."""
    said = {"effective_on": effective_on.isoformat()}
    anew = [statement for statement in statements if statement.replaces_id is not None]
    fresh = [statement for statement in statements if statement.replaces_id is None]
    tell_watchers("announced", fresh, at=at, **said)
    tell_watchers("redeclared", anew, at=at, **said)


def tell_of_end(statement: Statement, *, ended_on: date, at: datetime) -> None:
    """Tell whoever watches a statement, or its patent, that it was withdrawn, ended, revoked or has expired."""
    tell_watchers(StatementStatus(statement.status).value, [statement], at=at, ended_on=ended_on.isoformat())


def tell_watchers(event: str, statements: Sequence[Statement], *, at: datetime, **params: Any) -> None:
    """Tell each organisation once about each statement, in as many queries as about one. The filer and the agency, who
    are told otherwise, are left out."""
    watching = _watching(statements)
    notices = [
        OrganisationNotice(
            key=f"watched-{event}:{statement.pk}:{organisation_id}:{at.isoformat()}",
            organisation_id=organisation_id,
            params={"number": statement.number, **_names(event, statement), **params},
            url=reverse("registry:statement", args=[statement.number]),
        )
        for statement in statements
        for organisation_id in sorted(watching[statement.pk] - {statement.filed_by_id, statement.agency_id})
    ]
    notify_many(f"watched-{event}", notices, at=at)


def _names(event: str, statement: Statement) -> dict[str, str]:
    if event == "announced":
        return {"patent": str(statement.patent)}
    if event == "redeclared":
        assert statement.replaces is not None, "it replaces another"
        return {"earlier": statement.replaces.number}
    return {}


def _watching(statements: Sequence[Statement]) -> dict[UUID, set[UUID]]:
    """Return who watches each statement, its patent, or the statement that it replaces."""
    by_patent: dict[UUID, set[UUID]] = defaultdict(set)
    by_statement: dict[UUID, set[UUID]] = defaultdict(set)
    for statement in statements:
        by_patent[statement.patent_id].add(statement.pk)
        by_statement[statement.pk].add(statement.pk)
        if statement.replaces_id is not None:
            by_statement[statement.replaces_id].add(statement.pk)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = Watch.objects.filter(Q(statement__in=by_statement.keys()) | Q(patent__in=by_patent.keys()))
    for organisation_id, patent_id, statement_id in rows.values_list("organisation_id", "patent_id", "statement_id"):
        for pk in by_patent[patent_id] if patent_id else by_statement[statement_id]:
            found[pk].add(organisation_id)
    return found
