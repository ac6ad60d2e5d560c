"""The clock of a correction: the filer asks for more time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from core.deadlines import CALENDAR, law_date
from core.lifecycle import IllegalStep
from core.rules import Refused
from core.templatetags import ui
from registry.actions.extending import extend_correction
from registry.enums import StatementStatus
from registry.forms.filing import ExtensionForm
from registry.models import Statement
from registry.queries.progress import correction_missed, extension_days
from registry.views.patentee.acting import at_the_office
from registry.views.patentee.drafts import moved_on, own


@requires(Role.PATENTEE, Role.AGENCY)
@at_the_office()
def extend(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Offer the days to which the correction period can be extended, and extend it."""
    at = timezone.now()
    statement = own(request, pk, law_date(at))
    if statement.status != StatementStatus.CORRECTION or correction_missed(statement, on=law_date(at)):
        return moved_on(request, statement)
    form = ExtensionForm(request.POST or None, days=_choices(statement))
    refused: tuple = ()
    if request.method == "POST" and form.is_valid():
        try:
            extend_correction(statement=statement, by=request.actor, at=at, **form.cleaned_data)
        except Refused as error:
            refused = error.violations
        except IllegalStep:
            return moved_on(request, statement)
        else:
            messages.success(request, _("The correction period is extended."))
            return redirect("registry:draft", pk)
    for item in refused:
        if item.field in form.fields:
            form.add_error(item.field, str(item.message))
    found = [
        {"message": item.message, "remedy": item.remedy, "basis": item.basis, "url": item.field and f"#id_{item.field}"}
        for item in refused
    ]
    days = [statement.correction_due_on, *(day for _months, day in extension_days(statement))]
    note = next((CALENDAR.note(day) for day in days if day and not CALENDAR.knows(day)), "")
    context = {"statement": statement, "form": form, "found": found, "note": note}
    return render(request, "registry/patentee/extend.html", context)


def _choices(statement: Statement) -> list[tuple[int, str]]:
    words = [
        (months, day, ngettext("{day} (by {months} month)", "{day} (by {months} months)", months))
        for months, day in extension_days(statement)
    ]
    return [(months, format_html(text, day=ui.law_date(day), months=months)) for months, day, text in words]
