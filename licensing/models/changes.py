"""Changes of recorded filings: a party under another name (O62; GL V-8 §1.3.2.7)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from core.models import Staged, StoredFile, follows
from licensing.enums import ChangeItem, ChangeStatus, FilingSide
from licensing.lifecycles import FILING_CHANGE
from licensing.models.constraints import (
    begins_as,
    change_decided_by_no_colleague,
    changes_a_standing_record,
    kept,
)
from licensing.models.days import LawDay
from licensing.models.filings import Filing

UNDECIDED = (ChangeStatus.REQUESTED, ChangeStatus.TAKEN_BACK, ChangeStatus.CLOSED)


class FilingChange(Staged):
    """What a record says of a party, before and after. Without ``side`` the office makes it of its own motion."""

    lifecycle = FILING_CHANGE

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="changes", verbose_name=_("filing"))
    item = models.CharField(pgettext_lazy("change of a filing", "What changes"), max_length=10, choices=ChangeItem)
    before = models.TextField(pgettext_lazy("change of a filing", "Before"))
    after = models.TextField(pgettext_lazy("change of a filing", "After"))
    grounds = models.TextField(_("grounds"))
    status = models.CharField(
        _("status"), max_length=10, choices=ChangeStatus, default=ChangeStatus.REQUESTED, editable=False
    )
    side = models.CharField(_("requested by"), max_length=10, choices=FilingSide, blank=True)
    applicant = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("applicant")
    )
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("requested"))
    requested_on = models.DateField(_("day of the request"))

    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    changed_on = models.DateField(_("changed"), null=True, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)

    class Meta:
        verbose_name = _("change of a filing")
        verbose_name_plural = _("changes of filings")
        constraints = [
            models.UniqueConstraint(
                fields=["filing"], condition=Q(status=ChangeStatus.REQUESTED), name="filing_change_one_waiting"
            ),
            models.CheckConstraint(condition=Q(item__in=ChangeItem.values), name="filing_change_item_known"),
            models.CheckConstraint(
                condition=~Q(before="") & ~Q(after="") & ~Q(after=F("before")) & ~Q(grounds=""),
                name="filing_change_says_what_and_why",
            ),
            models.CheckConstraint(
                condition=Q(side="", applicant=None) | Q(side__in=FilingSide.values, applicant__isnull=False),
                name="filing_change_side_has_applicant",
            ),
            models.CheckConstraint(
                condition=~Q(item=ChangeItem.LICENSEE) | Q(side="") | Q(proof__isnull=False),
                name="filing_change_of_name_is_proved",
            ),
            models.CheckConstraint(
                condition=Q(status__in=UNDECIDED, decided_by=None, decided_at=None)
                | (~Q(status__in=UNDECIDED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="filing_change_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status=ChangeStatus.REFUSED) | ~Q(reasons=""), name="filing_change_refused_with_reasons"
            ),
            models.CheckConstraint(
                condition=Q(status=ChangeStatus.RECORDED, changed_on__isnull=False)
                | (~Q(status=ChangeStatus.RECORDED) & Q(changed_on=None)),
                name="filing_change_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(requested_on=LawDay("requested_at")), name="filing_change_day_is_its_time"
            ),
            # Who takes a request back stands in the log alone: a row cannot tell for whom an agency's mandate lets it act.
            models.CheckConstraint(
                condition=~Q(status=ChangeStatus.TAKEN_BACK) | ~Q(side=""), name="filing_change_taken_back_by_a_side"
            ),
        ]
        triggers = [
            follows(FILING_CHANGE),
            begins_as("filing_change", ChangeStatus.REQUESTED),
            kept("filing_change"),
            changes_a_standing_record(),
            change_decided_by_no_colleague(),
            pgtrigger.ReadOnly(
                name="filing_change_as_requested",
                fields=[
                    "filing", "item", "before", "after", "grounds", "side", "applicant", "proof", "requested_by",
                    "requested_at", "requested_on",
                ],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.filing}: {self.before} → {self.after}"
