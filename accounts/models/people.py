"""People who sign in, and the office's appointments."""

import uuid
from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.roles import EXCLUSIVE_ROLES, OFFICE_ROLES, Role
from core.models import Identified

_EXCLUSIVE = ", ".join(f"'{role.value}'" for role in sorted(EXCLUSIVE_ROLES))

# Whoever runs the system or watches it holds no other office (safety.md §1.14). The person's row is locked first, so
# that two appointments made at the same moment see each other.
NO_EXCLUSIVE_MIX = f"""
    PERFORM 1 FROM accounts_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM accounts_appointment other
        WHERE other.user_id = NEW.user_id AND other.id <> NEW.id AND other.ended_at IS NULL
            AND other.role <> NEW.role AND (NEW.role IN ({_EXCLUSIVE}) OR other.role IN ({_EXCLUSIVE}))
    ) THEN
        RAISE EXCEPTION 'the role % excludes the other current roles of this person', NEW.role
            USING ERRCODE = 'check_violation', CONSTRAINT = 'appointment_exclusive_roles';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - the roles are constants of this program


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person; without a password nobody can sign in as them."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """Find a person whatever the case of the address."""
        return self.get(email__iexact=email)


class User(PermissionsMixin, AbstractBaseUser):
    """A person who signs in with an e-mail address. What they may do follows from roles, never from this table."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=100)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def is_staff(self) -> bool:
        """Django's admin asks for this; the examiners' site decides by appointment instead."""
        return self.is_superuser

    def get_full_name(self) -> str:
        """The name shown to others."""
        return str(self)


class Appointment(Identified):
    """A person's current role in the office; ended by a date, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=[(role.value, role.label) for role in Role])
    province = models.CharField(_("province"), max_length=2, blank=True)
    since_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=sorted(OFFICE_ROLES)), name="appointment_office_roles_only"),
            models.CheckConstraint(
                condition=(Q(role=Role.OFFICER) & ~Q(province="")) | (~Q(role=Role.OFFICER) & Q(province="")),
                name="appointment_officer_has_province",
            ),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(ended_at=None), name="appointment_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("since_at")), name="appointment_ends_after_start"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="appointment_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="appointment_as_made", exclude=["ended_at"]),
            pgtrigger.Protect(
                name="appointment_ended_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="appointment_exclusive_roles",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__ended_at__isnull=True),
                func=NO_EXCLUSIVE_MIX,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
