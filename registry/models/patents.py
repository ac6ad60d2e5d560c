"""The patent register: patents, their patentees, their state."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Residence
from accounts.models import Organisation
from core.models import Identified
from registry.enums import AnnuityState, PatentKind, RightStatus


class Patentee(Identified):
    """A holder as the register names them. ``organisation`` ties the name to who signs in here, once identified."""

    name = models.CharField(_("name"), max_length=200)
    is_person = models.BooleanField(_("natural person"), default=False)
    residence = models.CharField(_("residence"), max_length=2, choices=Residence, default=Residence.MAINLAND)
    province = models.CharField(_("province"), max_length=2, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="patentees",
    )

    class Meta:
        verbose_name = _("patentee")
        verbose_name_plural = _("patentees")
        indexes = [models.Index(fields=["name"], name="patentee_by_name")]
        constraints = [
            # An unidentified name is one row; two identified holders may share a name.
            models.UniqueConstraint(
                fields=["name", "address"], condition=Q(organisation=None), name="patentee_name_once_unidentified"
            ),
            models.UniqueConstraint(
                fields=["name", "organisation"],
                condition=Q(organisation__isnull=False),
                name="patentee_name_once_identified",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="patentee_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


def kind_of_number() -> Q:
    """Return the condition that the kind is the one that the number names: 1 and 8, 2 and 9, or 3 after the year."""
    form = r"^([0-9]{{4}}[{digits}][0-9]{{7}}|[0-9]{{2}}[{digits}][0-9]{{5}})\."
    digits = {PatentKind.INVENTION: "18", PatentKind.UTILITY_MODEL: "29", PatentKind.DESIGN: "3"}
    return reduce(or_, (Q(kind=kind, number__regex=form.format(digits=those)) for kind, those in digits.items()))


class Patent(Identified):
    """A granted patent and what the register knows of it, as of ``facts_as_of``."""

    number = models.CharField(_("patent number"), max_length=15, unique=True)  # canonical: 202410000001.X
    kind = models.CharField(_("kind"), max_length=15, choices=PatentKind)
    title = models.CharField(_("title"), max_length=500)
    abstract = models.TextField(_("abstract"), blank=True)
    filed_on = models.DateField(_("filing date"))
    # Unknown only where the supplier of the data vouches for the grant without naming the day.
    granted_on = models.DateField(_("grant announcement date"), null=True, blank=True)
    main_class = models.CharField(_("main class"), max_length=20, blank=True)  # IPC, or Locarno for designs
    industry = models.CharField(_("industry"), max_length=1, blank=True)  # section of GB/T 4754
    province = models.CharField(_("province"), max_length=2, blank=True)
    term_ends_on = models.DateField(_("last day of the term"))
    right_status = models.CharField(
        _("status of the right"), max_length=15, choices=RightStatus, default=RightStatus.IN_FORCE
    )
    annuity_state = models.CharField(_("annuities"), max_length=10, choices=AnnuityState, default=AnnuityState.UNKNOWN)
    facts_as_of = models.DateTimeField(_("as of"))
    owners = models.ManyToManyField(Patentee, through="Ownership", related_name="patents")

    class Meta:
        verbose_name = _("patent")
        verbose_name_plural = _("patents")
        indexes = [
            models.Index(fields=["main_class"], name="patent_by_class"),
            models.Index(fields=["province"], name="patent_by_province"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__regex=r"^([0-9]{12}|[0-9]{8})\.[0-9X]$"), name="patent_number_form"
            ),
            models.CheckConstraint(condition=kind_of_number(), name="patent_kind_is_its_numbers"),
            models.CheckConstraint(
                condition=Q(right_status__in=RightStatus.values, annuity_state__in=AnnuityState.values),
                name="patent_in_a_known_state",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="patent_has_title"),
            models.CheckConstraint(
                condition=Q(granted_on=None) | Q(granted_on__gte=F("filed_on")), name="patent_granted_after_filing"
            ),
            models.CheckConstraint(condition=Q(term_ends_on__gte=F("filed_on")), name="patent_term_after_filing"),
        ]

    def __str__(self) -> str:
        return f"ZL{self.number}"


class Ownership(models.Model):
    """Who holds the patent, in the register's order."""

    patent = models.ForeignKey(Patent, on_delete=models.CASCADE, related_name="ownerships")
    patentee = models.ForeignKey(Patentee, on_delete=models.PROTECT, related_name="ownerships")
    position = models.PositiveSmallIntegerField()
    # The day of the assignment or merger that made them holder, or to which the delivery speaks that first named them;
    # empty for whom the first delivery of the patent named, and for whom one named before such days were kept. Whoever reads
    # it takes an empty day as the beginning: they hold the patent from its grant on, and declared what was declared on it.
    since_on = models.DateField(_("holder since"), null=True, blank=True)

    class Meta:
        verbose_name = _("ownership")
        verbose_name_plural = _("ownerships")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["patent", "patentee"], name="ownership_once"),
            models.UniqueConstraint(fields=["patent", "position"], name="ownership_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="ownership_positions_start_with_one"),
        ]

    def __str__(self) -> str:
        return f"{self.patentee} / {self.patent}"
