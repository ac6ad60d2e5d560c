"""What goes with a statement: consents, examinations, endings and papers."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Identified, Staged, StoredFile, append_only, follows
from registry.enums import ENDING_PAPERS, ConsentMethod, EndingKind, EndingStatus, PaperKind
from registry.lifecycles import ENDING
from registry.models.bulletin import BulletinEntry
from registry.models.constraints import begins_in, ending_is_no_colleague_s, paper_kept, withdrawn_by_all
from registry.models.patents import Patentee
from registry.models.statements import Statement


class OwnerConsent(Identified):
    """A patentee's consent to exactly this text (LAW 14; GL V-11 §3.2). A changed text leaves it without effect."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="consents")
    patentee = models.ForeignKey(Patentee, on_delete=models.PROTECT, related_name="consents")
    method = models.CharField(_("method"), max_length=10, choices=ConsentMethod)
    content_hash = models.CharField(max_length=64)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"))
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    content = models.JSONField(default=dict)  # the text itself, to show later what has changed since
    # An agreement binds the patentees who made it, until a day if it names one.
    binds = models.JSONField(default=list)  # ids of the patentees at that time
    valid_until = models.DateField(_("agreed until"), null=True, blank=True)  # last day

    class Meta:
        verbose_name = _("co-owner's consent")
        verbose_name_plural = _("co-owners' consents")
        constraints = [
            models.UniqueConstraint(fields=["statement", "patentee", "content_hash", "method"], name="consent_once"),
            models.CheckConstraint(
                condition=Q(method=ConsentMethod.ONLINE) | Q(paper__isnull=False), name="consent_on_paper_has_paper"
            ),
            models.CheckConstraint(condition=Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="consent_to_exact_text"),
            models.CheckConstraint(
                condition=(Q(method=ConsentMethod.AGREEMENT) & ~Q(binds=[]))
                | (~Q(method=ConsentMethod.AGREEMENT) & Q(binds=[], valid_until=None)),
                name="consent_agreement_binds_somebody",
            ),
        ]
        triggers = append_only("consent")

    def __str__(self) -> str:
        return f"{self.patentee}: {self.get_method_display()}"


class Examination(Identified):
    """One examiner's or approver's step with its reasons, as the filer reads it."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="examinations")
    event = models.CharField(max_length=30)
    reasons = models.TextField(_("reasons"), blank=True)
    violations = models.JSONField(default=list)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        verbose_name = _("examination step")
        verbose_name_plural = _("examination steps")
        triggers = append_only("examination")

    def __str__(self) -> str:
        return f"{self.event} {self.statement}"


class Ending(Staged):
    """A withdrawal requested by the patentee, or an end or revocation by the office (LAW 50(2); GL V-11 §4)."""

    lifecycle = ENDING

    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="endings"
    )
    kind = models.CharField(_("kind"), max_length=15, choices=EndingKind)
    status = models.CharField(
        _("status"), max_length=15, choices=EndingStatus, default=EndingStatus.PREPARED, editable=False
    )
    grounds = models.TextField(_("grounds"))
    # What the facts called for when the office proposed it, and why it differs (registry.rules.office_end).
    suggested_kind = models.CharField(_("called for"), max_length=15, choices=EndingKind, blank=True)
    falsehood = models.BooleanField(_("false at submission"), default=False)
    deviation = models.TextField(_("why another kind"), blank=True)
    content_hash = models.CharField(max_length=64, blank=True)  # of a withdrawal's request, to which patentees consent
    requested_by = models.ForeignKey(User, verbose_name=_("requested by"), on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("requested"))
    examiner = models.ForeignKey(
        User, verbose_name=_("examiner"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    announced_in = models.ForeignKey(
        BulletinEntry,
        verbose_name=_("announced in"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="announced_ending",
    )

    class Meta:
        verbose_name = _("ending of a statement")
        verbose_name_plural = _("endings of statements")
        constraints = [
            models.UniqueConstraint(
                fields=["statement"],
                condition=~Q(status__in=(EndingStatus.PREPARED, EndingStatus.REFUSED, EndingStatus.CANCELED)),
                name="ending_one_open_per_statement",
            ),
            models.UniqueConstraint(
                fields=["statement"],
                condition=Q(status=EndingStatus.PREPARED),
                name="ending_one_prepared_per_statement",
            ),
            models.CheckConstraint(
                condition=~Q(kind=EndingKind.WITHDRAWAL) | Q(content_hash__regex=r"^[0-9a-f]{64}$"),
                name="ending_withdrawal_has_hash",
            ),
            models.CheckConstraint(condition=~Q(grounds=""), name="ending_has_grounds"),
            models.CheckConstraint(
                condition=Q(kind=EndingKind.WITHDRAWAL, suggested_kind="", falsehood=False, deviation="")
                | (
                    ~Q(kind=EndingKind.WITHDRAWAL)
                    & ~Q(suggested_kind="")
                    & (Q(kind=F("suggested_kind")) | ~Q(deviation=""))
                ),
                name="ending_kind_follows_the_facts",
            ),
            models.CheckConstraint(
                condition=Q(falsehood=False) | Q(suggested_kind=EndingKind.REVOCATION),
                name="ending_falsehood_calls_for_revocation",
            ),
            models.CheckConstraint(
                condition=Q(examiner=None) | Q(decided_by=None) | ~Q(examiner=F("decided_by")),
                name="ending_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(status=EndingStatus.ANNOUNCED, announced_in__isnull=False)
                | (~Q(status=EndingStatus.ANNOUNCED) & Q(announced_in=None)),
                name="ending_announced_has_entry",
            ),
        ]
        triggers = [
            follows(ENDING),
            begins_in("ending", EndingStatus.PREPARED, "NEW.kind <> 'withdrawal' AND NEW.status = 'requested'"),
            withdrawn_by_all(),
            ending_is_no_colleague_s(),
            pgtrigger.ReadOnly(
                name="ending_as_requested",
                fields=[
                    "statement",
                    "kind",
                    "grounds",
                    "suggested_kind",
                    "falsehood",
                    "deviation",
                    "content_hash",
                    "requested_by",
                    "requested_at",
                ],
            ),
            pgtrigger.Protect(name="ending_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.statement}"


class StatementPaper(Identified):
    """A paper filed with a statement: evaluation report, consent, power of attorney, proof."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="papers")
    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    kind = models.CharField(_("kind"), max_length=30, choices=PaperKind)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("paper of a statement")
        verbose_name_plural = _("papers of statements")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PaperKind.values), name="paper_of_known_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=ENDING_PAPERS, ending__isnull=False)
                | (~Q(kind__in=ENDING_PAPERS) & Q(ending=None)),
                name="paper_of_ending_names_it",
            ),
        ]
        triggers = [paper_kept(), pgtrigger.Protect(name="paper_unchanged", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.kind}: {self.file}"
