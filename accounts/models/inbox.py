"""The inbox of an organisation or a person: every notice served electronically, readable for ever."""

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.models.people import User
from core.models import Identified


class InboxMessage(Identified):
    """One message. Its words are made from ``code`` and ``params`` in the reader's language."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="inbox"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="inbox")
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    url = models.CharField(max_length=300, blank=True)
    file_url = models.CharField(max_length=300, blank=True)  # path of the paper that came with it
    key = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField(_("served"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("inbox message")
        verbose_name_plural = _("inbox messages")
        indexes = [
            models.Index(fields=["organisation", "-at"], name="inbox_by_organisation"),
            models.Index(fields=["user", "-at"], name="inbox_by_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, user__isnull=False) | Q(organisation__isnull=False, user=None),
                name="inbox_one_addressee",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="inbox_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="inbox_as_served", exclude=["read_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.at:%Y-%m-%d}"
