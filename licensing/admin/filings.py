"""The desk for filings: each beside the register's facts, every ground of refusal already checked."""

from datetime import date, datetime
from typing import Any

from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.admin import DeskAdmin, Step, trail
from core.deadlines import law_date
from core.storage import respond
from licensing.actions import changing, deciding
from licensing.admin.forms import ReasonsForm
from licensing.enums import FilingStatus, LicenseStatus
from licensing.forms.filing import OfficeChangeForm
from licensing.models import Filing, FilingPaper, Payment
from licensing.queries.checks import checked_grounds
from licensing.queries.facts import filing_facts
from licensing.queries.terms import rows_of
from licensing.queries.timing import decision_due_on

BUTTONS: dict[str, dict[str, Any]] = {
    "record": {
        "act": deciding.record_filing,
        "tone": "primary",
        "hint": _("It gets its filing number; the next issue of the bulletin announces it."),
    },
    "refuse": {
        "act": deciding.refuse_filing,
        "form_class": ReasonsForm,
        "tone": "danger",
        "hint": _("The license itself stays in force. Both sides read your reasons."),
    },
    "revoke": {"act": deciding.revoke_filing, "form_class": ReasonsForm, "tone": "danger"},
    "cancel": {"act": deciding.cancel_filing, "hint": _("The license is over.")},
}


def _button(event: str, title: Any) -> Step:
    row = dict(BUTTONS[event])
    act = row.pop("act")
    return Step(event, title, lambda thing, **said: act(filing_id=thing.pk, **said), **row)


def _change() -> Step:
    """The office changes a record of its own motion."""
    return Step(
        "change",
        _("Change the record"),
        lambda thing, **said: changing.make_change(filing_id=thing.pk, **said),
        form_class=OfficeChangeForm,
        hint=_("Only for another name of a party. Both sides read your grounds; the next issue announces it."),
    )


@admin.register(Filing)
class FilingDesk(DeskAdmin):
    """Filings, those that wait the longest first."""

    view_roles = frozenset({Role.EXAMINER, Role.AUDITOR})
    desk_template = "admin/licensing/filing/desk.html"
    list_display = ("license", "applicant", "side", "status", "submitted_on", "decide_by", "is_late", "number")
    list_filter = ("status", "is_late", "is_export", "side")
    list_select_related = ("license", "applicant")
    search_fields = ("number", "license__number", "license__statement__number", "applicant__name")
    ordering = ("submitted_at",)

    @admin.display(description=_("Decide by"))
    def decide_by(self, filing: Filing) -> date:
        """The seventh working day after receipt (O62 Art 11)."""
        return decision_due_on(filing)

    def get_steps(self, request: HttpRequest, thing: Filing) -> list[Step]:
        """The lifecycle's steps for this person; a record is canceled once its license is over."""
        steps = [
            _button(row.event, row.title)
            for row in Filing.lifecycle.events(thing.status, request.actor.roles)
            if row.event in BUTTONS and (row.event != "cancel" or thing.license.status != LicenseStatus.IN_FORCE)
        ]
        if thing.status == FilingStatus.RECORDED and Role.EXAMINER in request.actor.roles:
            steps.append(_change())
        return steps

    def get_desk(self, request: HttpRequest, thing: Filing, at: datetime) -> dict[str, Any]:
        """The facts, each ground with its result, the evidence, the history."""
        license = thing.license
        return {
            "license": license,
            "notice": license.notice,
            "patent": license.statement.patent,
            "grounds": checked_grounds(thing, on=law_date(at)),
            "facts": filing_facts(thing, on=law_date(at)),
            "terms": rows_of(license.notice.terms),
            "payments": license.notice.payments.all(),
            "receipt": getattr(license.notice, "receipt", None),
            "changes": thing.changes.order_by("requested_at"),
            "papers": thing.papers.select_related("file"),
            "aftermath": thing.aftermath.select_related("event").order_by("found_at"),
            "decide_by": decision_due_on(thing),
            "history": trail(thing, submit=_("Filing submitted")),
            "at": at,
        }

    def get_urls(self) -> list[Any]:
        """Add the evidence: papers of the filing, vouchers of its license."""
        wrap = self.admin_site.admin_view
        return [
            path("<uuid:pk>/papers/<uuid:paper_pk>/", wrap(self.paper), name="licensing_filing_paper"),
            path("<uuid:pk>/vouchers/<uuid:payment_pk>/", wrap(self.voucher), name="licensing_filing_voucher"),
            *super().get_urls(),
        ]

    def paper(self, request: HttpRequest, pk: Any, paper_pk: Any) -> FileResponse:
        """A paper that was handed in with the filing."""
        self._readable(request)
        return respond(get_object_or_404(FilingPaper.objects.select_related("file"), pk=paper_pk, filing_id=pk).file)

    def voucher(self, request: HttpRequest, pk: Any, payment_pk: Any) -> FileResponse:
        """The copy of a voucher of the filed license."""
        self._readable(request)
        payments = Payment.objects.filter(notice__license__filings=pk).select_related("proof")
        return respond(get_object_or_404(payments, pk=payment_pk).proof)

    def _readable(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise Http404
