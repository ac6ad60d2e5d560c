"""Papers from the office to the parties: numbered without gaps, served in the inbox, kept as they were sent."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import InboxMessage, Organisation, User
from core.models import Identified, StoredFile, append_only
from registry.enums import OfficePaperKind
from registry.models.proceedings import Ending
from registry.models.statements import Statement


def numbers_without_gaps() -> pgtrigger.Trigger:
    """Return the trigger that gives each kind of paper the numbers 1, 2, 3 … in each year."""
    return pgtrigger.Trigger(
        name="office_paper_no_gap",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func="""
            IF NEW.serial <> 1 + COALESCE(
                (SELECT max(serial) FROM registry_officepaper WHERE kind = NEW.kind AND year = NEW.year), 0
            ) THEN
                RAISE EXCEPTION 'the papers of the office are numbered without gaps' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


class OfficePaper(Identified):
    """One paper with its words as sent. The words are fixed with the act itself; the PDF is printed from them."""

    kind = models.CharField(_("kind"), max_length=25, choices=OfficePaperKind)
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField(_("serial number"))
    number = models.CharField(_("number"), max_length=20, unique=True)
    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="office_papers"
    )
    ending = models.ForeignKey(
        Ending, verbose_name=_("ending"), on_delete=models.PROTECT, null=True, blank=True, related_name="office_papers"
    )
    content = models.JSONField()
    content_hash = models.CharField(_("hash of the content"), max_length=64)
    due_on = models.DateField(_("last day"), null=True, blank=True)
    issued_by = models.ForeignKey(
        User, verbose_name=_("issued by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        verbose_name = _("paper from the office")
        verbose_name_plural = _("papers from the office")
        ordering = ["-issued_at", "number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "serial"], name="office_paper_number_once"),
            models.CheckConstraint(condition=Q(kind__in=OfficePaperKind.values), name="office_paper_of_known_kind"),
            models.CheckConstraint(condition=Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="office_paper_has_hash"),
        ]
        triggers = [*append_only("office_paper"), numbers_without_gaps()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Service(Identified):
    """A paper entered a party's inbox: that day it is served (Implementing Rules, Rule 4)."""

    paper = models.ForeignKey(OfficePaper, on_delete=models.PROTECT, related_name="services")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # The notice that told of it; one notice tells of all papers of a batch.
    message = models.ForeignKey(InboxMessage, on_delete=models.PROTECT, related_name="+")
    served_at = models.DateTimeField(_("served"))

    class Meta:
        verbose_name = _("service of a paper")
        verbose_name_plural = _("services of papers")
        constraints = [models.UniqueConstraint(fields=["paper", "organisation"], name="service_once_a_party")]
        triggers = append_only("service")

    def __str__(self) -> str:
        return f"{self.paper} → {self.organisation}"


class PrintedPaper(Identified):
    """The PDF of a paper, printed once and never exchanged."""

    paper = models.OneToOneField(OfficePaper, on_delete=models.PROTECT, related_name="printed")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    printed_at = models.DateTimeField(_("printed"))

    class Meta:
        verbose_name = _("printed paper")
        verbose_name_plural = _("printed papers")
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="printed_paper_has_hash")
        ]
        triggers = append_only("printed_paper")

    def __str__(self) -> str:
        return f"{self.paper}: {self.sha256[:12]}"
