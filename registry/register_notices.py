"""What the register's events make known: to filers, examiners and whoever watches. Each notice names its article."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.notifications import in_every_language, notify, register
from core.rules import Violation
from registry.models import Aftermath, Ending, Statement
from registry.notifications import tell_filer
from registry.watch_notices import tell_watchers

register(
    "statement-barred",
    subject=_("Statement %(number)s cannot be accepted at present"),
    body=_(
        "The register of patents has a new entry that bars open licensing of this patent: %(grounds)s Statement"
        " %(number)s cannot be accepted while this lasts. Withdraw it by %(due_on)s, unless the bar is removed before;"
        " otherwise the office ends it (Guidelines V-11, sections 2(2), 4 and 9; the length of the period is office"
        " practice). Its licensees have been told; licenses obtained before stay valid."
    ),
)
register(
    "statement-resumed",
    subject=_("Statement %(number)s can be accepted again"),
    body=_(
        "The register of patents holds no bar against statement %(number)s any more (Implementing Rules, Rule 86). It"
        " can be accepted again, and need not be withdrawn."
    ),
)
register(
    "statement-register_changed",
    subject=_("Statement %(number)s: the register has changed"),
    body=_(
        "While statement %(number)s is on your desk, the register of patents got an entry that stands against it:"
        " %(grounds)s"
    ),
)
register(
    "statement-holder_renamed",
    subject=_("Statement %(number)s: the patentee has another name"),
    body=_(
        "The register of patents has a pure change of name: %(change)s The patentee is the same, and statement"
        " %(number)s stays in effect; the office sees to the entry in the bulletin."
    ),
)
register(
    "statement-annulled_ground",
    subject=_("Statement %(number)s: an entry of the register was annulled"),
    body=_(
        "The register of patents had an entry by mistake, %(entry)s of %(effective_on)s, which is annulled now; statement"
        " %(number)s had ended or was refused with this entry as a ground. What was announced stays. You may declare anew;"
        " an examiner sees to the matter (Implementing Rules, Rule 106)."
    ),
)
register(
    "statement-end_held_back",
    subject=_("Statement %(number)s: its end by the office is held back"),
    body=_(
        "When the issue was to appear that would have announced the end of statement %(number)s by the office, no ground"
        " stood against it any more. The statement stays in effect; an examiner looks at it again (Guidelines V-11, section"
        " 4)."
    ),
)
register(
    "ending-held_back",
    subject=_("Statement %(number)s: its end by the office is held back"),
    body=_(
        "No ground stands any more for the end of statement %(number)s that you examined; it was not announced. Refuse it,"
        " or propose it on another ground."
    ),
)
register(
    "statement-aftermath",
    subject=_("Statement %(number)s: an entry on which it was decided is annulled"),
    body=_(
        "An entry of the register of patents, %(entry)s of %(effective_on)s, is annulled; you examined statement"
        " %(number)s, which ended or was refused with it as a ground. See to it, and say what was done."
    ),
)


def _articles(found: Violation) -> str:
    return gettext(" (") + gettext("; ").join(str(article) for article in found.basis) + gettext(")")


def grounds(violations: Iterable[Violation]) -> dict[str, str]:
    """Return what stands against a statement, each with its articles, in every language of the site."""
    found = list(violations)

    def say() -> str:
        return " ".join(f"{item.message}{_articles(item)}" for item in found)

    return in_every_language(say)


def tell_barred(statement: Statement, violations: Iterable[Violation], *, due_on: date, at: datetime) -> None:
    """Tell the filer, the agency and whoever watches that a statement cannot be accepted, under which article."""
    words = grounds(violations)
    tell_filer("barred", statement, at=at, grounds=words, due_on=due_on.isoformat())
    tell_watchers("barred", [statement], at=at, grounds=words)


def tell_resumed(statement: Statement, *, at: datetime) -> None:
    """Tell the same people that it can be accepted again."""
    tell_filer("resumed", statement, at=at)
    tell_watchers("resumed", [statement], at=at)


def tell_examiner(statement: Statement, violations: Iterable[Violation], *, at: datetime) -> None:
    """Tell the examiner of a statement under examination what the register has against it now."""
    notify(
        "statement-register_changed",
        key=f"register_changed:{statement.pk}:{statement.examiner_id}:{at.isoformat()}",
        at=at,
        user_id=statement.examiner_id,
        params={"number": statement.number, "grounds": grounds(violations)},
        url=reverse("admin:registry_statement_change", args=[statement.pk]),
    )


def tell_renamed(statement: Statement, change: str, *, at: datetime) -> None:
    """Tell the filer that a holder is registered under another name."""
    tell_filer("holder_renamed", statement, at=at, change=change)


def tell_end_held(ending: Ending, *, at: datetime) -> None:
    """Tell the filer and the examiner that an end by the office was not announced, since its ground is gone."""
    tell_filer("end_held_back", ending.statement, at=at)
    if ending.examiner_id is not None:
        notify(
            "ending-held_back",
            key=f"ending-held_back:{ending.pk}:{at.isoformat()}",
            at=at,
            user_id=ending.examiner_id,
            params={"number": ending.statement.number},
            url=reverse("admin:registry_ending_change", args=[ending.pk]),
        )


def tell_aftermath(item: Aftermath, *, at: datetime) -> None:
    """Tell the filer, and whoever examined the statement, that an event on which it ended or was refused is annulled."""
    statement, event = item.statement, item.event
    words: dict[str, Any] = {
        "entry": in_every_language(lambda: str(event.get_kind_display())),
        "effective_on": event.effective_on.isoformat(),
    }
    tell_filer("annulled_ground", statement, at=at, **words)
    if statement.examiner_id is not None:
        notify(
            "statement-aftermath",
            key=f"aftermath:{item.pk}:{statement.examiner_id}",
            at=at,
            user_id=statement.examiner_id,
            params={"number": statement.number, **words},
            url=reverse("admin:registry_aftermath_change", args=[item.pk]),
        )
