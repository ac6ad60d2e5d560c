"""The agreement: a text proposed by the mediators, signed by each side under exactly that text."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Identified, append_only
from mediation.enums import PARTIES, Side
from mediation.models.cases import Case
from mediation.models.constraints import agreement_takes_two, signature_is_of_the_text


class Agreement(Identified):
    """One version of the agreement. Its words never change; another wording is another version."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField(_("version"))
    parties = models.TextField(_("parties"), max_length=2000)
    facts = models.TextField(_("facts"), max_length=10000)
    dispute = models.TextField(_("matter in dispute"), max_length=10000)
    result = models.TextField(_("what the parties agree"), max_length=10000)
    performance_mode = models.TextField(_("how it is performed"), max_length=2000)
    performance_on = models.DateField(_("performed by"))
    content_hash = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"))
    superseded_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    effective_at = models.DateTimeField(_("effective"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="agreement_version_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(superseded_at=None), name="agreement_one_proposed_per_case"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(effective_at=None), name="agreement_effective_or_replaced"
            ),
            models.CheckConstraint(condition=Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="agreement_hash_form"),
            models.CheckConstraint(
                condition=~Q(parties="") & ~Q(facts="") & ~Q(dispute="") & ~Q(result="") & ~Q(performance_mode=""),
                name="agreement_complete",
            ),
        ]
        triggers = [
            agreement_takes_two(),
            pgtrigger.Protect(
                name="agreement_words_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["superseded_at", "effective_at"]),
            ),
            pgtrigger.Protect(
                name="agreement_settled",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__effective_at__isnull=False) | pgtrigger.Q(old__superseded_at__isnull=False),
            ),
            pgtrigger.Protect(name="agreement_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.case} / {self.version}"


class AgreementSignature(Identified):
    """The signature of one side, given once, under the hash of the text it read."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    signed_name = models.CharField(_("signed by"), max_length=100)
    content_hash = models.CharField(max_length=64)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("signed"))

    class Meta:
        verbose_name = _("signature of an agreement")
        verbose_name_plural = _("signatures of agreements")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "side"], name="signature_once_per_side"),
            models.CheckConstraint(condition=Q(side__in=PARTIES), name="signature_of_a_party"),
            models.CheckConstraint(condition=~Q(signed_name=""), name="signature_has_name"),
        ]
        triggers = [signature_is_of_the_text(), *append_only("signature")]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.side}"
