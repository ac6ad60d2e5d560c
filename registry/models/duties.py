"""What the register's events bring about: duties to withdraw, and who watches a patent or a statement."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from core.models import Identified
from registry.enums import DutyOutcome, EndingKind
from registry.models.patents import Patent
from registry.models.statements import Statement


class WithdrawalDuty(Identified):
    """An announced statement met a bar: its patentee must withdraw it promptly (GL V-11 §2(2), §9).

    The period until ``due_on`` is office practice. Past it the office ends the statement itself (GL V-11 §4).
    """

    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="duties"
    )
    rules = models.JSONField(_("grounds"))  # ids of the rules that stand against acceptance
    since_on = models.DateField(_("since"))
    due_on = models.DateField(_("withdraw by"))
    # What the office does if the patentee does not: a later ground ends, one that existed at filing revokes.
    consequence = models.CharField(_("consequence"), max_length=15, choices=EndingKind)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=15, choices=DutyOutcome, blank=True)

    class Meta:
        verbose_name = _("duty to withdraw")
        verbose_name_plural = _("duties to withdraw")
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["due_on"], name="duty_open_by_day", condition=Q(closed_at=None))]
        constraints = [
            models.UniqueConstraint(
                fields=["statement"], condition=Q(closed_at=None), name="duty_one_open_per_statement"
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("since_on")), name="duty_due_after_its_ground"),
            models.CheckConstraint(
                condition=Q(consequence__in=(EndingKind.TERMINATION, EndingKind.REVOCATION)),
                name="duty_consequence_is_the_offices",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | Q(closed_at__isnull=False, outcome__in=DutyOutcome.values),
                name="duty_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.due_on}"


class Watch(Identified):
    """An organisation wants to be told what the register's events do to a patent or to one statement."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="watches")
    patent = models.ForeignKey(Patent, on_delete=models.PROTECT, null=True, blank=True, related_name="watches")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, blank=True, related_name="watches")
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        ordering = ["-begun_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(patent=None, statement__isnull=False) | Q(patent__isnull=False, statement=None),
                name="watch_of_one_thing",
            ),
            models.UniqueConstraint(fields=["organisation", "patent"], name="watch_patent_once"),
            models.UniqueConstraint(fields=["organisation", "statement"], name="watch_statement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.patent or self.statement}"
