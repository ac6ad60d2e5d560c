"""Answers given online beside the consent to a statement: to a withdrawal, by a pledgee, and refusals to consent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from core.models import Identified, append_only
from registry.models.facts import Pledge
from registry.models.patents import Patentee
from registry.models.proceedings import Ending
from registry.models.statements import Statement

_HASH = Q(content_hash__regex=r"^[0-9a-f]{64}$")


class EndingConsent(Identified):
    """A patentee's consent to exactly this request for withdrawal (LAW 14; GL V-11 §4)."""

    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, related_name="consents")
    patentee = models.ForeignKey(Patentee, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("patentee's consent to a withdrawal")
        verbose_name_plural = _("patentees' consents to withdrawals")
        constraints = [
            models.UniqueConstraint(fields=["ending", "patentee"], name="ending_consent_once"),
            models.CheckConstraint(condition=_HASH, name="ending_consent_to_exact_text"),
        ]
        triggers = append_only("ending_consent")

    def __str__(self) -> str:
        return f"{self.patentee}: {self.ending}"


class PledgeeConsent(Identified):
    """The pledgee's consent, given here, to the open licensing of the patent on these terms (RULES 86; GL V-11 §9).

    The register's own entry of it is made with it. Where that entry was annulled, the pledgee is asked again.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="pledgee_consents")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="consents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    content = models.JSONField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("pledgee's consent")
        verbose_name_plural = _("pledgees' consents")
        constraints = [
            models.UniqueConstraint(fields=["statement", "pledge", "content_hash"], name="pledgee_consent_once"),
            models.CheckConstraint(condition=_HASH, name="pledgee_consent_to_exact_text"),
        ]
        triggers = append_only("pledgee_consent")

    def __str__(self) -> str:
        return f"{self.organisation}: {self.statement}"


class Declination(Identified):
    """Somebody who was asked declined to consent to this text. They may consent later; another text is asked anew."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="declinations")
    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, null=True, blank=True, related_name="declinations")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    reason = models.TextField(_("reason"), blank=True)
    declined_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declined_at = models.DateTimeField(_("declined"))

    class Meta:
        verbose_name = _("refusal to consent")
        verbose_name_plural = _("refusals to consent")
        constraints = [
            models.CheckConstraint(condition=_HASH, name="declination_of_exact_text"),
            models.CheckConstraint(condition=Q(ending=None) | Q(pledge=None), name="declination_of_one_thing"),
            models.UniqueConstraint(
                fields=["statement", "ending", "pledge", "organisation", "content_hash"],
                nulls_distinct=False,
                name="declination_once",
            ),
        ]
        triggers = append_only("declination")

    def __str__(self) -> str:
        return f"{self.organisation}: {self.statement}"
