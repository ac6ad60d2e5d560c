"""Events of the register of patents as received, those that wait for a person, and the baseline beneath them."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.fields.json import KT
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Identified, append_only
from core.rules import Text
from registry.enums import OFFICE, EventKind
from registry.events.contradictions import sentence
from registry.models.patents import Patent

_ANNULS = KT("details__annuls")


class RegisterEvent(Identified):
    """What a source said of a patent, kept for ever as received (RULES 106).

    The patent is named by number, since an event may come before its patent. A source's reference is given once: the
    same event again changes nothing. What the register makes of its events is the fold ``registry.events``.
    """

    patent_number = models.CharField(_("patent number"), max_length=15)  # canonical: 202410000001.X
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind)
    effective_on = models.DateField(_("takes effect"))
    source = models.CharField(_("source"), max_length=40)
    reference = models.CharField(_("source's reference"), max_length=100)
    details = models.JSONField(_("details"), default=dict)
    as_of = models.DateTimeField(_("as of"))  # the time to which the source speaks
    received_at = models.DateTimeField(_("received"))
    received_by = models.CharField(_("taken in by"), max_length=200)

    class Meta:
        verbose_name = _("register event")
        verbose_name_plural = _("register events")
        ordering = ["-received_at", "id"]
        indexes = [
            models.Index(fields=["patent_number", "effective_on"], name="event_by_patent"),
            models.Index(fields=["-received_at"], name="event_by_receipt"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "reference"], name="event_once_per_source"),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_of_known_kind"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(reference=""), name="event_has_source"),
            models.CheckConstraint(
                condition=Q(patent_number__regex=r"^([0-9]{12}|[0-9]{8})\.[0-9X]$"), name="event_number_form"
            ),
            models.CheckConstraint(condition=Q(as_of__lte=models.F("received_at")), name="event_as_of_not_to_come"),
            models.CheckConstraint(
                condition=(
                    Q(kind=EventKind.ANNULMENT, details__has_keys=["annuls", "reason"])
                    & ~Q(Exact(_ANNULS, Value("")))
                    & ~Q(Exact(KT("details__reason"), Value("")))
                )
                | (~Q(kind=EventKind.ANNULMENT) & ~Q(details__has_any_keys=["annuls", "annuls_source"])),
                name="event_annulment_names_event_and_reason",
            ),
            models.CheckConstraint(
                condition=~Q(details__has_key="annuls_source") | Q(source=OFFICE), name="event_annuls_its_source_s_own"
            ),
            models.CheckConstraint(
                condition=~Q(Exact(_ANNULS, models.F("reference")))
                | (Q(details__has_key="annuls_source") & ~Q(Exact(KT("details__annuls_source"), models.F("source")))),
                name="event_annuls_another",
            ),
        ]
        triggers = append_only("event")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ZL{self.patent_number} {self.effective_on}"


WAITING = Q(applied_at=None, dismissed_at=None, annulled_at=None)  # of parked events: nothing has become of them


class ParkedEvent(models.Model):
    """An event that contradicts the register and waits until it fits, is annulled, or is dismissed with a reason."""

    event = models.OneToOneField(
        RegisterEvent,
        verbose_name=_("register event"),
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="parked",
    )
    code = models.CharField(max_length=30)
    params = models.JSONField(default=dict)
    parked_at = models.DateTimeField(_("parked"))
    applied_at = models.DateTimeField(_("entered after all"), null=True, blank=True)
    annulled_at = models.DateTimeField(_("annulled"), null=True, blank=True)
    dismissed_at = models.DateTimeField(_("dismissed"), null=True, blank=True)
    dismissed_by = models.ForeignKey(
        User, verbose_name=_("dismissed by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dismissal_reason = models.TextField(_("why it was dismissed"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("parked register event")
        verbose_name_plural = _("parked register events")
        ordering = ["parked_at"]
        indexes = [models.Index(fields=["parked_at"], name="parked_event_waiting", condition=WAITING)]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at=None, dismissed_at=None)
                | Q(applied_at=None, annulled_at=None)
                | Q(dismissed_at=None, annulled_at=None),
                name="parked_event_settled_one_way",
            ),
            models.CheckConstraint(
                condition=Q(dismissed_at=None, dismissed_by=None, dismissal_reason="")
                | (Q(dismissed_at__isnull=False, dismissed_by__isnull=False) & ~Q(dismissal_reason="")),
                name="parked_event_dismissed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.event)

    @property
    def reason(self) -> Text:
        """Why the event waits, as a sentence."""
        return sentence(self.code, self.params)


class PatentBaseline(models.Model):
    """What the register knew of a patent without its events: from deliveries and what was entered before events."""

    patent = models.OneToOneField(Patent, on_delete=models.PROTECT, primary_key=True, related_name="baseline")
    data = models.JSONField()

    class Meta:
        verbose_name = _("baseline of a patent")
        verbose_name_plural = _("baselines of patents")

    def __str__(self) -> str:
        return str(self.patent)
