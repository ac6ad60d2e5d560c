"""Changes of the agency that acts on a statement: named by the patentee, kept for ever."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from core.models import Identified, append_only
from registry.enums import PENDING_STATUSES
from registry.models.bars import mandated
from registry.models.statements import Statement

_AT_WORK = ", ".join(f"'{status}'" for status in PENDING_STATUSES)
_DAY = "(NEW.named_at AT TIME ZONE 'Asia/Shanghai')::date"


def named_lawfully() -> pgtrigger.Trigger:
    """Return the trigger that lets a patentee name, for a statement at the office, an agency with its mandate in force, or
    none while it resides in the mainland (LAW 18)."""
    return pgtrigger.Trigger(
        name="agency_change_lawful",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM registry_statement AS statement
                JOIN registry_patent AS patent ON patent.id = statement.patent_id
                WHERE statement.id = NEW.statement_id AND statement.status IN ({_AT_WORK})
                AND statement.agency_id IS NOT DISTINCT FROM NEW.before_id
                AND CASE WHEN NEW.after_id IS NULL THEN NOT EXISTS (
                    SELECT 1 FROM registry_ownership AS held
                    JOIN registry_patentee AS holder ON holder.id = held.patentee_id
                    WHERE held.patent_id = patent.id AND holder.organisation_id = statement.filed_by_id
                    AND holder.residence <> 'CN'
                ) ELSE {mandated("NEW.after_id", "statement.filed_by_id", _DAY)} END
            ) THEN
                RAISE EXCEPTION 'an agency is named under a mandate in force, or none by a patentee of the mainland'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608
    )


class AgencyChange(Identified):
    """From then on another agency, or none, acts for the patentee on this statement (LAW 18)."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="agency_changes")
    before = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("agency before")
    )
    after = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("agency after")
    )
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(_("named"))

    class Meta:
        verbose_name = _("change of agency")
        verbose_name_plural = _("changes of agency")
        constraints = [
            models.CheckConstraint(
                condition=Q(before=None, after__isnull=False)
                | Q(before__isnull=False, after=None)
                | (Q(before__isnull=False, after__isnull=False) & ~Q(before=F("after"))),
                name="agency_change_changes_it",
            )
        ]
        triggers = [*append_only("agency_change"), named_lawfully()]

    def __str__(self) -> str:
        return f"{self.statement}: {self.after or self.statement.filed_by}"
