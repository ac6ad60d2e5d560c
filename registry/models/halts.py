"""The switch that halts publication: while a halt stands, no issue of the bulletin can come to exist."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Identified

# The row that a halt and every issue lock at their end, so that neither slips past the other.
SWITCH = "publication-switch"


def no_issue_while_halted() -> pgtrigger.Trigger:
    """Return the trigger that refuses an issue while publication is halted.

    It runs when the issue's transaction commits and waits for a halt that is being entered at this moment: a halt
    stops even the issue that was in the press when it came.
    """
    return pgtrigger.Trigger(
        name="issue_not_while_halted",
        operation=pgtrigger.Insert,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        func="""
            PERFORM 1 FROM core_counter WHERE name = 'publication-switch' FOR SHARE;
            IF EXISTS (SELECT 1 FROM registry_publicationhalt WHERE resumed_at IS NULL) THEN
                RAISE EXCEPTION 'publication is halted' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    )


class PublicationHalt(Identified):
    """Publication stands still from ``halted_at`` until a second person confirms the proposal to resume."""

    reason = models.TextField(_("reason"))
    halted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("halted by"))
    halted_at = models.DateTimeField(_("halted"))
    proposed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("resumption proposed by"),
    )
    proposed_at = models.DateTimeField(_("resumption proposed"), null=True, blank=True)
    resume_reason = models.TextField(_("why it may go on"), blank=True)
    resumed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("resumed by")
    )
    resumed_at = models.DateTimeField(_("resumed"), null=True, blank=True)

    class Meta:
        verbose_name = _("halt of publication")
        verbose_name_plural = _("halts of publication")
        ordering = ["-halted_at"]
        constraints = [
            models.UniqueConstraint(fields=["resumed_at"], nulls_distinct=False, name="halt_one_at_a_time"),
            models.CheckConstraint(condition=~Q(reason=""), name="halt_has_reason"),
            models.CheckConstraint(
                condition=Q(proposed_by=None, proposed_at=None, resume_reason="")
                | (Q(proposed_by__isnull=False, proposed_at__isnull=False) & ~Q(resume_reason="")),
                name="halt_proposal_whole",
            ),
            models.CheckConstraint(
                condition=Q(resumed_by=None, resumed_at=None)
                | Q(resumed_by__isnull=False, resumed_at__isnull=False, proposed_by__isnull=False),
                name="halt_resumed_on_proposal",
            ),
            models.CheckConstraint(
                condition=Q(resumed_by=None) | ~Q(resumed_by=F("proposed_by")), name="halt_two_persons_resume"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="halt_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="halt_as_entered",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.resumed_at IS NOT NULL OR OLD.reason IS DISTINCT FROM NEW.reason"
                    " OR OLD.halted_by_id IS DISTINCT FROM NEW.halted_by_id"
                    " OR OLD.halted_at IS DISTINCT FROM NEW.halted_at"
                ),
            ),
            pgtrigger.Trigger(
                name="halt_no_truncate",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.halted_at:%Y-%m-%d %H:%M}"
