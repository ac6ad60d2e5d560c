"""Papers of a case, each before readers that never change."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Identified, StoredFile, append_only
from mediation.enums import Audience, PaperKind, Side
from mediation.models.cases import Case
from mediation.models.constraints import paper_is_in_place


class Paper(Identified):
    """A paper handed in by one side or the mediators. ``audience`` says who may ever read it.

    Rows are never changed: a paper is withdrawn by a further row that names it. Its title and the name of its file
    are as confidential as its content.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    side = models.CharField(_("handed in by"), max_length=10, choices=Side)
    audience = models.CharField(_("who may read it"), max_length=10, choices=Audience)
    kind = models.CharField(_("what it shows"), max_length=10, choices=PaperKind)
    title = models.CharField(_("title"), max_length=150)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    withdraws = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="withdrawal")
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"))

    class Meta:
        verbose_name = _("paper of a case")
        verbose_name_plural = _("papers of cases")
        indexes = [models.Index(fields=["case", "submitted_at"], name="paper_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(side=Side.APPLICANT, audience__in=(Audience.JOINT, Audience.APPLICANT))
                | Q(side=Side.RESPONDENT, audience__in=(Audience.JOINT, Audience.RESPONDENT))
                | Q(side=Side.MEDIATOR),
                name="paper_audience_of_its_side",
            ),
            models.CheckConstraint(
                condition=Q(withdraws=None, file__isnull=False) | Q(withdraws__isnull=False, file=None),
                name="paper_has_file_or_withdraws",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="paper_has_title"),
        ]
        triggers = [paper_is_in_place(), *append_only("paper")]

    def __str__(self) -> str:
        # Never the title: this text reaches logs and the admin.
        return f"{self.get_kind_display()} {self.submitted_at:%Y-%m-%d}"

    @property
    def readers(self) -> Audience:
        """The audience as an enum member."""
        return Audience(self.audience)
