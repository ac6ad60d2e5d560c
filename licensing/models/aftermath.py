"""What an annulled register event had brought about in filings and is not undone with it: a task of the examiners."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from licensing.enums import FilingAftermathKind
from licensing.models.filings import Filing
from registry.models import LeftBehind, RegisterEvent, kept_as_found


class FilingAftermath(LeftBehind):
    """A filing that was refused or revoked, or a record that names the licensor, because of an event annulled now.

    The license itself stays in force. Either side may file again, but then later: an annuity that fell due in between is
    not reduced (GL V-11 §8). A person sees to that, or puts the record right, and says what was done.
    """

    annulment = models.ForeignKey(RegisterEvent, on_delete=models.PROTECT, related_name="filing_aftermath")
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="aftermath", verbose_name=_("filing"))
    kind = models.CharField(_("what it caused"), max_length=10, choices=FilingAftermathKind)

    class Meta:
        verbose_name = _("filing decided on an annulled event")
        verbose_name_plural = _("filings decided on annulled events")
        ordering = ["found_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "filing"], name="filingaftermath_once"),
            models.CheckConstraint(
                condition=Q(kind__in=FilingAftermathKind.values), name="filingaftermath_of_known_kind"
            ),
            *LeftBehind.Meta.constraints,
        ]
        triggers = kept_as_found("filingaftermath", "filing")

    def __str__(self) -> str:
        return f"{self.filing} {self.get_kind_display()}"
