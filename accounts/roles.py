"""Roles as code: who may act, in which capacity. A role is held for an organisation or by an office appointment."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.lifecycle import SYSTEM_ROLE


class Role(TextChoices):
    """Every capacity in which somebody acts. Stored in audit events, used in lifecycles and permissions."""

    PATENTEE = "patentee", _("Patentee")
    AGENCY = "agency", _("Patent agency")
    ENTERPRISE = "enterprise", _("Enterprise")
    EXAMINER = "examiner", _("Examiner")
    APPROVER = "approver", _("Approver")
    OFFICER = "officer", _("Provincial officer")
    MEDIATOR = "mediator", _("Mediator")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
    SYSTEM = SYSTEM_ROLE, _("System")


# Appointments of the office. They are held by a person, not through an organisation.
OFFICE_ROLES = frozenset({Role.EXAMINER, Role.APPROVER, Role.OFFICER, Role.MEDIATOR, Role.AUDITOR, Role.ADMINISTRATOR})

# Whoever runs the system, and whoever watches it, decide nothing in it (safety.md §1.14).
EXCLUSIVE_ROLES = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
