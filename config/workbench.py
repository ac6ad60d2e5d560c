"""What the workbench shows: the work of every app for one actor, and what to do next in their capacity."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.lifecycle import Actor
from core.rules import Text
from licensing.queries import work as licensing_work
from mediation.queries import work as mediation_work
from registry.queries import work as registry_work

_SOURCES = (registry_work.work_items, licensing_work.work_items, mediation_work.work_items)


@dataclass(frozen=True, slots=True)
class Step:
    """A link to something the reader can do."""

    label: Text
    url: str


_STEPS: dict[str, tuple[tuple[Text, str], ...]] = {
    Role.PATENTEE: (
        (_("Submit an open license statement"), "registry:statement_new"),
        (_("Submit many statements by spreadsheet"), "registry:batches"),
        (_("My statements"), "registry:my_statements"),
        (_("Pricing help"), "registry:pricing"),
        (_("My licensees"), "licensing:my_licensees"),
        (_("My mediation cases"), "mediation:my_cases"),
    ),
    Role.ENTERPRISE: (
        (_("Search for a patent to use"), "registry:statement_list"),
        (_("My licenses"), "licensing:my_licenses"),
        (_("My watchlist"), "registry:watched"),
        (_("My mediation cases"), "mediation:my_cases"),
    ),
    Role.AGENCY: (
        (_("Submit a statement for a principal"), "registry:statement_new"),
        (_("Submit many statements by spreadsheet"), "registry:batches"),
        (_("Statements of your principals"), "registry:my_statements"),
        (_("Pricing help"), "registry:pricing"),
        (_("My licensees"), "licensing:my_licensees"),
        (_("My mediation cases"), "mediation:my_cases"),
        (_("Mandates of your principals"), "accounts:mandates"),
    ),
    Role.EXAMINER: ((_("Open the examination queue"), "admin:index"),),
    Role.APPROVER: ((_("Open the approval queue"), "admin:index"),),
    Role.OFFICER: (
        (_("Overview of your province"), "province"),
        (_("Statements of your province"), "province_statements"),
        (_("Filings wanted in your province"), "province_filings"),
        (_("Pricing help"), "registry:pricing"),
    ),
    Role.MEDIATOR: ((_("Open your docket"), "mediation:docket"),),
    Role.AUDITOR: ((_("Read the audit log"), "admin:core_auditevent_changelist"),),
    Role.ADMINISTRATOR: (
        (_("Decide on identity checks"), "admin:accounts_organisation_changelist"),
        (_("People and their appointments"), "admin:accounts_user_changelist"),
        (_("Parked messages"), "admin:core_outboxmessage_changelist"),
    ),
}


def work_items(actor: Actor, at: datetime) -> tuple[list[Any], list[Any]]:
    """Return what waits for the actor: with a deadline, soonest first, and without one."""
    items = [item for source in _SOURCES for item in source(actor, at)]
    dated = sorted((item for item in items if item.due_on is not None), key=lambda item: item.due_on)
    return dated, [item for item in items if item.due_on is None]


def next_steps(actor: Actor) -> list[Step]:
    """Return what somebody in this capacity can do."""
    if not actor.roles:
        return _steps(
            (
                (_("Register an organisation"), "accounts:organisation_new"),
                (_("Choose for whom you act"), "accounts:acting"),
                (_("Search statements"), "registry:statement_list"),
            )
        )
    return _steps(step for role in _STEPS if role in actor.roles for step in _STEPS[role])


def hint(actor: Actor) -> Text:
    """Return the sentence for an empty workbench."""
    if actor.organisation_id is None and not actor.is_office:
        return _(
            "You act for nobody yet. Register your organisation, or ask a colleague who manages it here to invite you."
        )
    if not actor.roles:
        return _("As soon as the identity of your organisation is confirmed you can file statements and take licenses.")
    return _("Whatever needs your decision or has a deadline will stand here.")


def _steps(pairs: Iterable[tuple[Text, str]]) -> list[Step]:
    """Each page once, under the label of the first role that leads there."""
    made: dict[str, Step] = {}
    for label, name in pairs:
        made.setdefault(name, Step(label, reverse(name)))
    return list(made.values())
