"""Choices of this app, one word a legal state."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NoticeStatus(TextChoices):
    """The life of a licensee's written notice (LAW 51(1))."""

    WAITING = "waiting", pgettext_lazy("notice", "Served, waiting for payment")
    COMPLETED = "completed", pgettext_lazy("notice", "License obtained")
    CANCELED = "canceled", pgettext_lazy("notice", "Taken back by the licensee")
    CLOSED = "closed", pgettext_lazy("notice", "Closed without license")


class LicenseStatus(TextChoices):
    """The life of a license."""

    IN_FORCE = "in_force", pgettext_lazy("license", "In force")
    EXPIRED = "expired", pgettext_lazy("license", "Expired")
    TERMINATED = "terminated", pgettext_lazy("license", "Ended by agreement")


class FilingStatus(TextChoices):
    """The life of a filing of a license with the office (RULES 15(2); O62)."""

    SUBMITTED = "submitted", pgettext_lazy("filing", "Submitted, under examination")
    TAKEN_BACK = "taken_back", pgettext_lazy("filing", "Taken back by the applicant")
    RECORDED = "recorded", pgettext_lazy("filing", "Recorded")
    REFUSED = "refused", pgettext_lazy("filing", "Refused")
    REVOKED = "revoked", pgettext_lazy("filing", "Revoked")
    CANCELED = "canceled", pgettext_lazy("filing", "Canceled")


# A license has at most one filing in these states.
STANDING_FILINGS = (FilingStatus.SUBMITTED, FilingStatus.RECORDED)


class ChangeStatus(TextChoices):
    """The life of a change of a recorded filing (O62; GL V-8 §1.3.2.7)."""

    REQUESTED = "requested", pgettext_lazy("change of a filing", "Requested, under examination")
    RECORDED = "recorded", pgettext_lazy("change of a filing", "Recorded")
    REFUSED = "refused", pgettext_lazy("change of a filing", "Refused")
    TAKEN_BACK = "taken_back", pgettext_lazy("change of a filing", "Taken back")
    CLOSED = "closed", pgettext_lazy("change of a filing", "Closed, the record has ended")


class FilingAftermathKind(TextChoices):
    """What an annulled register event had brought about in a filing and its annulment does not undo."""

    REFUSED = "refused", _("The filing was refused")
    REVOKED = "revoked", _("The record was revoked, and the bulletin announced it")
    NAMED = "named", _("The record has a mistaken name")


class ChangeItem(TextChoices):
    """What of a record can change: the fields of the bulletin by their names there (GL V-8 §1.3.2.7)."""

    LICENSORS = "licensors", _("Licensor")
    LICENSEE = "licensee", _("Licensee")


class FilingSide(TextChoices):
    """Which side of the license files (RULES 87)."""

    LICENSOR = "licensor", _("Licensor")
    LICENSEE = "licensee", _("Licensee")


class FilingPaperKind(TextChoices):
    """What goes with a filing beside what the registry holds already (GL V-11 §7)."""

    IDENTITY = "identity", _("Proof of the applicant's identity")
    AUTHORITY = "authority", _("Power of attorney")
    EXPORT = "export", _("Technology export registration")
    OTHER = "other", _("Other paper")
